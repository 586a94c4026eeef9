#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "child/child.h"
#include "extract/docx.h"
#include "extract/extract.h"
#include "extract/plain.h"
#include "extract/program/reading.h"

enum { MEMORY_OF_ONE = 1 << 30, STARTED_WRONG = 3, TOLD_NOTHING = 4, NICE = 10 };

static const struct child_limits limits = {
	.cpu_seconds = EXTRACT_SECONDS_MAX,
	.memory = (size_t)1536 << 20,
	.may_ask_files = true,
};

bool reading_page(struct reading *r, int done, int pages)
{
	char line[64];
	int length = snprintf(line, sizeof(line), "page %d %d\n", done, pages);

	r->pages = pages;
	return child_write(line, (size_t)length);
}

bool reading_too_large(struct reading *r)
{
	return error_set(r->err, ERR_extract_too_large, NULL, NULL);
}

static bool read_plain(struct reading *r, const void *bytes, size_t size)
{
	r->pages = 1;
	return plain_read(bytes, size, r->text) || error_set(r->err, ERR_extract_unreadable, NULL, NULL);
}

static bool read_docx(struct reading *r, const void *bytes, size_t size)
{
	r->pages = 1;
	return docx_read(r->mem, bytes, size, r->text, r->err);
}

static const struct kind {
	const char *word;
	bool recognizes;
	bool (*read)(struct reading *r, const void *bytes, size_t size);
} kinds[] = {
	{ "plain", false, read_plain },
	{ "docx", false, read_docx },
	{ "pdf", true, pdf_read },
	{ "picture", true, picture_read },
};

static const struct kind *kind_of(const char *word)
{
	for (size_t i = 0; word && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].word, word))
			return &kinds[i];
	return NULL;
}

static bool tell_error(const struct error *err)
{
	char line[128];
	int length = snprintf(line, sizeof(line), "error %s\n", error_word(err->code));

	return child_write(line, (size_t)length);
}

static bool tell_text(const struct reading *r, const struct buf *tidy)
{
	char line[96];
	int length = snprintf(line, sizeof(line), "text %d %d %zu\n", r->pages, r->pictures > 0, tidy->length);

	return child_write(line, (size_t)length) && child_write(tidy->data, tidy->length);
}

static bool read_and_tell(struct reading *r, const struct kind *kind, const struct buf *in)
{
	struct buf tidy;

	if (!kind->read(r, in->data, in->length))
		return tell_error(r->err);
	buf_init(&tidy, r->mem, EXTRACT_TEXT_MAX);
	if (!r->text->overflow)
		plain_tidy(r->mem, r->text->data ? r->text->data : "", r->text->length, &tidy);
	if (r->text->overflow || tidy.overflow)
		reading_too_large(r);
	else if (tidy.length == 0)
		error_set(r->err, ERR_extract_no_text, NULL, NULL);
	return r->err->code == ERR_none ? tell_text(r, &tidy) : tell_error(r->err);
}

static int answer(const struct kind *kind)
{
	struct error err = { .code = ERR_none };
	struct reading r = { .err = &err };
	struct buf in, text;

	/* Without a model pages with text are read all the same. */
	if (kind->recognizes)
		r.ocr = ocr_open();
	/* People wait for the server before they wait for this. */
	setpriority(PRIO_PROCESS, 0, NICE);
	if (!child_give_up(&limits))
		return STARTED_WRONG;
	r.mem = arena_new(MEMORY_OF_ONE);
	r.text = &text;
	buf_init(&in, r.mem, EXTRACT_FILE_MAX + 1);
	buf_init(&text, r.mem, EXTRACT_TEXT_MAX);
	if (!child_read_input(&in)) {
		reading_too_large(&r);
		return tell_error(&err) ? 0 : TOLD_NOTHING;
	}
	return read_and_tell(&r, kind, &in) ? 0 : TOLD_NOTHING;
}

int main(int argc, char **argv)
{
	const struct kind *kind = argc == 2 ? kind_of(argv[1]) : NULL;

	if (!kind) {
		fputs("theodoi-extract: started by theodoi to read one file; not for people\n", stderr);
		return 2;
	}
	/* Without exit's handlers: they are of libraries that may want what was given up. */
	_exit(answer(kind));
}
