#include "extract/docx.h"

#include <stdio.h>
#include <string.h>

#include <unicode/ucasemap.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/text.h"
#include "extract/extract.h"

/*
 * word/document.xml is a tree of blocks: paragraphs and tables, tables of
 * cells of blocks, and text boxes anchored in the middle of a paragraph. Each
 * place that holds blocks is a frame; frames are on a stack.
 */
enum {
	FRAMES_MAX = 24, ID_MAX = 64, HEADERS_MAX = 16, PARTS_MAX = 5000, UNPACKED_MAX = 96 << 20,
	PATH_MAX_SIZE = 160, CASE_MAX = 4096, SPAN_MAX = 63,
};

struct frame {
	struct buf text;      /* of its blocks */
	struct buf line;      /* of the paragraph being read */
	struct buf after;     /* text boxes anchored in that paragraph */
	char style[ID_MAX];
	long list;            /* -1: as the style says */
	int level;

	/* A table in this frame. */
	bool in_table, bordered, row_bordered;
	struct buf row, row_stacked; /* the row's cells separated by tabs, and one after another */
	int cells, span;
};

struct reading {
	struct arena *mem;
	struct package package;
	struct part_reader reader;
	struct docx_lists *lists;
	struct docx_styles *styles;
	UCaseMap *capitals;

	struct frame frames[FRAMES_MAX];
	int depth;             /* of the innermost frame */
	int skip;              /* elements deep in what is passed over */
	bool in_paragraph_format, in_run_format, in_table_borders, in_cell_borders, in_text;
	bool hidden, caps;     /* of the run */

	char headers[HEADERS_MAX][PATH_MAX_SIZE];
	int header_count;
	bool notes;            /* reading footnotes */
};

static struct frame *top(struct reading *r)
{
	return &r->frames[r->depth];
}

static void give_up(struct reading *r)
{
	r->package.too_large = true;
	part_stop(&r->reader);
}

static void push(struct reading *r)
{
	struct frame *frame;

	if (r->depth + 1 == FRAMES_MAX) {
		give_up(r);
		return;
	}
	r->depth++;
	frame = top(r);
	if (!frame->text.mem) {
		struct buf *const bufs[] = { &frame->text, &frame->line, &frame->after, &frame->row,
					     &frame->row_stacked };
		for (size_t i = 0; i < sizeof(bufs) / sizeof(bufs[0]); i++)
			buf_init(bufs[i], r->mem, EXTRACT_TEXT_MAX);
	}
	buf_clear(&frame->text);
	buf_clear(&frame->line);
	buf_clear(&frame->after);
	frame->in_table = false;
}

static bool overflown(const struct frame *frame)
{
	return frame->text.overflow || frame->line.overflow || frame->after.overflow || frame->row.overflow ||
	       frame->row_stacked.overflow;
}

static void add(struct buf *to, const struct buf *from)
{
	buf_add(to, from->data, from->length);
}

static void start_paragraph(struct reading *r)
{
	struct frame *frame = top(r);

	buf_clear(&frame->line);
	buf_clear(&frame->after);
	frame->style[0] = '\0';
	frame->list = -1;
	frame->level = -1;
	r->hidden = r->caps = false;
}

static void add_mark(struct reading *r, struct frame *frame)
{
	long list = frame->list;
	int level = frame->level, style_level = -1;

	if (list < 0) {
		list = docx_style_list(r->styles, frame->style, &style_level);
		if (level < 0)
			level = style_level;
		if (level < 0 && list > 0)
			level = docx_list_level_of_style(r->lists, list, frame->style);
	}
	/* Empty paragraphs of a list are printed with their mark, and read as nothing. */
	if (list > 0 && frame->line.length)
		docx_list_mark(r->lists, list, level < 0 ? 0 : level, &frame->text);
}

static void end_paragraph(struct reading *r)
{
	struct frame *frame = top(r);

	add_mark(r, frame);
	add(&frame->text, &frame->line);
	buf_add_char(&frame->text, '\n');
	add(&frame->text, &frame->after);
	if (overflown(frame))
		give_up(r);
	buf_clear(&frame->line);
	buf_clear(&frame->after);
}

static void end_text_box(struct reading *r)
{
	struct frame *box = top(r);

	if (r->depth == 0)
		return;
	r->depth--;
	add(&top(r)->after, &box->text);
	if (overflown(top(r)))
		give_up(r);
}

static void start_table(struct reading *r)
{
	/* The table's rows go to a frame of their own, so that a table in a cell is another. */
	push(r);
	top(r)->in_table = true;
	top(r)->bordered = false;
}

static void end_table(struct reading *r)
{
	struct frame *table = top(r);

	if (r->depth == 0)
		return;
	r->depth--;
	add(&top(r)->text, &table->text);
	if (overflown(top(r)))
		give_up(r);
}

static void start_row(struct reading *r)
{
	struct frame *table = top(r);

	buf_clear(&table->row);
	buf_clear(&table->row_stacked);
	table->row_bordered = false;
	table->cells = 0;
}

static void end_row(struct reading *r)
{
	struct frame *table = top(r);
	bool ruled = (table->bordered || table->row_bordered) && table->cells > 1;
	struct buf *row = ruled ? &table->row : &table->row_stacked;

	while (ruled && row->length > 0 && row->data[row->length - 1] == '\t')
		row->data[--row->length] = '\0';
	add(&table->text, row);
	if (ruled)
		buf_add_char(&table->text, '\n');
	if (overflown(table))
		give_up(r);
}

/* A cell's lines in one, without what would end it. */
static void add_joined(struct buf *to, const struct buf *text)
{
	bool gap = false, begun = false;

	for (size_t i = 0; i < text->length; i++) {
		char c = text->data[i];
		if (c == ' ' || c == '\t' || c == '\n') {
			gap = true;
			continue;
		}
		if (gap && begun)
			buf_add_char(to, ' ');
		buf_add_char(to, c);
		gap = false;
		begun = true;
	}
}

static void end_cell(struct reading *r)
{
	struct frame *cell = top(r), *table;

	if (r->depth == 0)
		return;
	if (overflown(cell))
		give_up(r);
	r->depth--;
	table = top(r);
	if (table->cells++ > 0)
		buf_add_char(&table->row, '\t');
	add_joined(&table->row, &cell->text);
	for (int i = 1; i < cell->span; i++)
		buf_add_char(&table->row, '\t');
	add(&table->row_stacked, &cell->text);
	if (overflown(table))
		give_up(r);
}

static void set_id(char *out, const char **attributes)
{
	const char *value = part_attribute(attributes, "val");

	snprintf(out, ID_MAX, "%s", value ? value : "");
}

static void on_paragraph_format(struct reading *r, const char *name, const char **attributes)
{
	struct frame *frame = top(r);

	if (!strcmp(name, "pStyle"))
		set_id(frame->style, attributes);
	else if (!strcmp(name, "numId"))
		frame->list = docx_number(attributes, "val", 0, 1000000000, 0);
	else if (!strcmp(name, "ilvl"))
		frame->level = (int)docx_number(attributes, "val", 0, LIST_LEVELS - 1, 0);
}

static void on_table_format(struct reading *r, const char *name, const char **attributes)
{
	struct frame *frame = top(r);
	bool side = !strcmp(name, "insideV") || !strcmp(name, "left") || !strcmp(name, "right") ||
		    !strcmp(name, "start") || !strcmp(name, "end");
	char style[ID_MAX];

	if (!strcmp(name, "tblStyle")) {
		set_id(style, attributes);
		frame->bordered = docx_style_bordered(r->styles, style);
	} else if (!strcmp(name, "tblBorders")) {
		r->in_table_borders = true;
		frame->bordered = false;
	} else if (r->in_table_borders && side) {
		frame->bordered = frame->bordered || docx_border_seen(attributes);
	} else if (!strcmp(name, "tcBorders")) {
		r->in_cell_borders = true;
	} else if (r->in_cell_borders && side && r->depth > 0) {
		struct frame *table = &r->frames[r->depth - 1];
		table->row_bordered = table->row_bordered || docx_border_seen(attributes);
	} else if (!strcmp(name, "gridSpan")) {
		frame->span = (int)docx_number(attributes, "val", 1, SPAN_MAX, 1);
	}
}

static void on_run(struct reading *r, const char *name, const char **attributes)
{
	struct buf *line = &top(r)->line;

	if (!strcmp(name, "r")) {
		r->hidden = r->caps = false;
	} else if (!strcmp(name, "rPr")) {
		r->in_run_format = true;
	} else if (r->in_run_format) {
		if (!strcmp(name, "vanish"))
			r->hidden = docx_on(attributes);
		else if (!strcmp(name, "caps"))
			r->caps = docx_on(attributes);
	} else if (!strcmp(name, "t")) {
		r->in_text = !r->hidden;
	} else if (!strcmp(name, "tab")) {
		buf_add_char(line, '\t');
	} else if (!strcmp(name, "br") || !strcmp(name, "cr")) {
		buf_add_char(line, '\n');
	} else if (!strcmp(name, "noBreakHyphen")) {
		buf_add_char(line, '-');
	} else if (!strcmp(name, "footnoteReference") || !strcmp(name, "endnoteReference")) {
		long number = docx_number(attributes, "id", 1, 100000, 0);
		if (number && !part_attribute(attributes, "customMarkFollows"))
			buf_add_format(line, " [%ld]", number);
	}
}

/* What is not printed: deleted and moved text, the format before a tracked change, the copy for old programs. */
static bool passed_over(const char *name)
{
	return !strcmp(name, "del") || !strcmp(name, "moveFrom") || text_ends(name, "PrChange") ||
	       !strcmp(name, "Fallback") || !strcmp(name, "instrText");
}

static void on_start(void *arg, const char *name, const char **attributes)
{
	struct reading *r = arg;

	if (r->skip || passed_over(name)) {
		r->skip++;
	} else if (!strcmp(name, "pPr")) {
		r->in_paragraph_format = true;
	} else if (r->in_paragraph_format) {
		on_paragraph_format(r, name, attributes);
	} else if (!strcmp(name, "p")) {
		start_paragraph(r);
	} else if (!strcmp(name, "tbl")) {
		start_table(r);
	} else if (!strcmp(name, "tr")) {
		start_row(r);
	} else if (!strcmp(name, "tc")) {
		push(r);
		top(r)->span = 1;
	} else if (!strcmp(name, "txbxContent")) {
		push(r);
	} else if (r->notes && !strcmp(name, "footnote")) {
		long number = docx_number(attributes, "id", 1, 100000, 0);
		if (part_attribute(attributes, "type") || !number)
			r->skip++;
		else
			buf_add_format(&top(r)->text, "[%ld]", number);
	} else {
		on_table_format(r, name, attributes);
		on_run(r, name, attributes);
	}
}

static void on_end(void *arg, const char *name)
{
	struct reading *r = arg;

	if (r->skip) {
		r->skip--;
	} else if (!strcmp(name, "pPr")) {
		r->in_paragraph_format = false;
	} else if (r->in_paragraph_format) {
		return;
	} else if (!strcmp(name, "p")) {
		end_paragraph(r);
	} else if (!strcmp(name, "tbl")) {
		end_table(r);
	} else if (!strcmp(name, "tr")) {
		end_row(r);
	} else if (!strcmp(name, "tc")) {
		end_cell(r);
	} else if (!strcmp(name, "txbxContent")) {
		end_text_box(r);
	} else if (!strcmp(name, "rPr")) {
		r->in_run_format = false;
	} else if (!strcmp(name, "t")) {
		r->in_text = false;
	} else if (!strcmp(name, "tblBorders")) {
		r->in_table_borders = false;
	} else if (!strcmp(name, "tcBorders")) {
		r->in_cell_borders = false;
	}
}

/* A run of the format "all capitals" is stored in small letters. */
static void add_capitals(struct reading *r, const char *text, int length)
{
	char out[CASE_MAX];
	UErrorCode status = U_ZERO_ERROR;
	int32_t size = ucasemap_utf8ToUpper(r->capitals, out, sizeof(out), text, length, &status);

	if (U_SUCCESS(status) && size <= (int32_t)sizeof(out))
		buf_add(&top(r)->line, out, (size_t)size);
	else
		buf_add(&top(r)->line, text, (size_t)length);
}

static void on_text(void *arg, const char *text, int length)
{
	struct reading *r = arg;

	if (r->skip || !r->in_text)
		return;
	if (r->caps)
		add_capitals(r, text, length);
	else
		buf_add(&top(r)->line, text, (size_t)length);
}

static bool read_part(struct reading *r, const char *path, bool needed)
{
	bool there;

	r->reader = (struct part_reader){ .start = on_start, .end = on_end, .text = on_text, .arg = r };
	r->skip = 0;
	r->in_paragraph_format = r->in_run_format = r->in_table_borders = r->in_cell_borders = r->in_text = false;
	r->depth = -1;
	push(r);
	if (!part_read(&r->package, path, &r->reader, &there))
		return false;
	return there || !needed || package_fails(&r->package, "no document");
}

static void on_relation(void *arg, const char *name, const char **attributes)
{
	struct reading *r = arg;
	const char *type = part_attribute(attributes, "Type"), *target = part_attribute(attributes, "Target");

	if (strcmp(name, "Relationship") != 0 || !type || !target || r->header_count == HEADERS_MAX ||
		!text_ends(type, "/header"))
		return;
	snprintf(r->headers[r->header_count++], PATH_MAX_SIZE, target[0] == '/' ? "%s" : "word/%s",
		 target[0] == '/' ? target + 1 : target);
}

/* A page header that is more than a page number: some offices keep their letter head there. */
static bool is_worth_reading(const struct buf *text)
{
	for (size_t i = 0; i < text->length; i++) {
		unsigned char c = (unsigned char)text->data[i];
		if (c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
			return true;
	}
	return false;
}

static bool add_headers(struct reading *r, struct buf *out)
{
	bool there;

	r->reader = (struct part_reader){ .start = on_relation, .arg = r };
	if (!part_read(&r->package, "word/_rels/document.xml.rels", &r->reader, &there))
		return false;
	for (int i = 0; i < r->header_count; i++) {
		if (!read_part(r, r->headers[i], false))
			return false;
		if (is_worth_reading(&r->frames[0].text) &&
			!(out->length && strstr(out->data, r->frames[0].text.data)))
			add(out, &r->frames[0].text);
	}
	return true;
}

static bool read_package(struct reading *r, struct buf *out)
{
	if (!docx_styles_read(&r->package, r->mem, &r->styles) || !docx_lists_read(&r->package, r->mem, &r->lists) ||
		!add_headers(r, out) || !read_part(r, "word/document.xml", true))
		return false;
	add(out, &r->frames[0].text);
	r->notes = true;
	if (!read_part(r, "word/footnotes.xml", false))
		return false;
	add(out, &r->frames[0].text);
	if (out->overflow)
		r->package.too_large = true;
	return !out->overflow;
}

/* Word's encrypted files are no zip but a compound file with a stream of this name, in UTF-16. */
static bool is_encrypted(const void *bytes, size_t size)
{
	static const char magic[] = "\xd0\xcf\x11\xe0";
	static const char stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

	return size > sizeof(magic) && !memcmp(bytes, magic, sizeof(magic) - 1) &&
	       memmem(bytes, size, stream, sizeof(stream)) != NULL;
}

static bool fails(const struct package *package, struct error *err)
{
	error_set(err, package->too_large ? ERR_extract_too_large : ERR_extract_unreadable, NULL, NULL);
	if (!err->trace[0] && package->problem)
		snprintf(err->trace, sizeof(err->trace), "docx: %s", package->problem);
	return false;
}

bool docx_read(struct arena *mem, const void *bytes, size_t size, struct buf *out, struct error *err)
{
	static const struct package_limits limits = {
		.file_max = EXTRACT_FILE_MAX,
		.unpacked_max = UNPACKED_MAX,
		.parts_max = PARTS_MAX,
	};
	struct reading *r = ARENA_NEW(mem, struct reading);
	UErrorCode status = U_ZERO_ERROR;
	bool ok;

	if (is_encrypted(bytes, size))
		return error_set(err, ERR_extract_encrypted, NULL, NULL);
	r->mem = mem;
	if (!package_open(&r->package, &limits, bytes, size))
		return fails(&r->package, err);
	r->capitals = ucasemap_open("vi", 0, &status);
	ok = U_SUCCESS(status) && read_package(r, out);
	ucasemap_close(r->capitals);
	package_close(&r->package);
	return ok || fails(&r->package, err);
}
