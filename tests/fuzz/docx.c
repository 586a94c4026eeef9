#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "extract/docx.h"
#include "extract/extract.h"
#include "extract/plain.h"
#include "fuzz.h"
#include "package.h"

enum { ARENA_MAX = 1 << 30 };

static const char *const paths[] = {
	"word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml",
	"word/_rels/document.xml.rels", "word/header1.xml", "word/header2.xml", NULL,
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *mem = arena_new(ARENA_MAX);
	struct error err = { .code = ERR_none };
	struct buf package, text, tidy;

	buf_init(&package, mem, 0);
	buf_init(&text, mem, EXTRACT_TEXT_MAX);
	buf_init(&tidy, mem, EXTRACT_TEXT_MAX);
	if (fuzz_package(bytes, size, paths, &package) &&
		docx_read(mem, package.data, package.length, &text, &err) && text.length)
		plain_tidy(mem, text.data, text.length, &tidy);
	arena_free(mem);
	return 0;
}
