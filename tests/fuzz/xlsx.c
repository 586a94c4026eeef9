#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "fuzz.h"
#include "package.h"
#include "sheet/sheet.h"

enum { ARENA_MAX = 1 << 30 };

static const char *const paths[] = { "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
				     "xl/worksheets/sheet1.xml", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *mem = arena_new(ARENA_MAX);
	struct error err = { .code = ERR_none };
	struct sheet sheet;
	struct buf package;

	buf_init(&package, mem, 0);
	if (fuzz_package(bytes, size, paths, &package))
		sheet_read_bytes(mem, package.data, package.length, &sheet, &err);
	arena_free(mem);
	return 0;
}
