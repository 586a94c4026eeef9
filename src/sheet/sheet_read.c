#include "sheet/sheet.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/text.h"
#include "base/rows.h"
#include "ooxml/package.h"
#include "sheet/sheet_number.h"

/*
 * An XLSX is a zip of XML parts: xl/workbook.xml names the worksheets in
 * order, its .rels tell where they lie, xl/sharedStrings.xml holds the texts
 * that cells refer to by number.
 */
struct reading {
	struct arena *mem;
	struct package package;
	struct part_reader reader;
	char relation[64];        /* r:id of the first worksheet */
	char path[256];           /* of that worksheet, in the package */

	const char **strings;     /* shared */
	size_t string_count, string_room;
	size_t texts;             /* bytes of all texts kept */

	struct buf text;          /* being gathered */
	bool gathering, phonetic; /* furigana are no part of the text */

	struct sheet_row *rows;
	size_t row_count, row_room;
	int line;                 /* of the row being read */
	struct sheet_cell cells[SHEET_COLUMNS_MAX];
	size_t cell_count;        /* up to the last one filled */
	size_t column;            /* of the cell being read; past the maximum it is passed over */
	char type[16];
};

static void too_large(struct reading *r)
{
	r->package.too_large = true;
	part_stop(&r->reader);
}

static void on_workbook(void *arg, const char *name, const char **attributes)
{
	struct reading *r = arg;
	const char *relation = NULL;

	/* "id" alone would be sheetId's neighbour in no name space; the relation's has a prefix. */
	if (strcmp(name, "sheet") != 0 || r->relation[0])
		return;
	for (const char **at = attributes; *at; at += 2)
		if (text_ends(at[0], ":id"))
			relation = at[1];
	if (relation)
		snprintf(r->relation, sizeof(r->relation), "%s", relation);
}

/* Targets are relative to xl/, or absolute in the package. */
static void on_relation(void *arg, const char *name, const char **attributes)
{
	struct reading *r = arg;
	const char *id = part_attribute(attributes, "Id"), *target = part_attribute(attributes, "Target");

	if (strcmp(name, "Relationship") != 0 || !id || !target || strcmp(id, r->relation) != 0)
		return;
	if (target[0] == '/')
		snprintf(r->path, sizeof(r->path), "%s", target + 1);
	else
		snprintf(r->path, sizeof(r->path), "xl/%s", target);
}

/* The gathered text, trimmed of nothing; NULL when a limit is passed or it is no clean UTF-8. */
static const char *take_text(struct reading *r)
{
	const char *text;

	r->texts += r->text.length;
	if (r->text.overflow || r->texts > SHEET_TEXTS_MAX) {
		too_large(r);
		return NULL;
	}
	for (size_t i = 0; i < r->text.length; i++)
		if (r->text.data[i] == '\r')
			r->text.data[i] = '\n';
	if (!text_valid(r->text.data, r->text.length)) {
		part_stop(&r->reader);
		return NULL;
	}
	text = arena_strndup(r->mem, r->text.data, r->text.length);
	return text_nfc(r->mem, text);
}

static void on_text(void *arg, const char *text, int length)
{
	struct reading *r = arg;

	if (r->gathering && !r->phonetic)
		buf_add(&r->text, text, (size_t)length);
}

static void on_string_start(void *arg, const char *name, const char **attributes)
{
	struct reading *r = arg;

	(void)attributes;
	if (!strcmp(name, "si"))
		buf_clear(&r->text);
	else if (!strcmp(name, "t"))
		r->gathering = true;
	else if (!strcmp(name, "rPh"))
		r->phonetic = true;
}

static void on_string_end(void *arg, const char *name)
{
	struct reading *r = arg;

	if (!strcmp(name, "t")) {
		r->gathering = false;
	} else if (!strcmp(name, "rPh")) {
		r->phonetic = false;
	} else if (!strcmp(name, "si")) {
		const char *text = take_text(r);
		if (!text)
			return;
		if (r->string_count == SHEET_STRINGS_MAX) {
			too_large(r);
			return;
		}
		r->strings = rows_grown(r->mem, r->strings, r->string_count, &r->string_room,
					sizeof(*r->strings));
		r->strings[r->string_count++] = text;
	}
}

/* The column of a reference like "AB12"; the maximum for what lies further right. */
static size_t column_of(const char *reference)
{
	size_t column = 0;

	for (; *reference >= 'A' && *reference <= 'Z'; reference++) {
		column = column * 26 + (size_t)(*reference - 'A') + 1;
		if (column > SHEET_COLUMNS_MAX)
			return SHEET_COLUMNS_MAX;
	}
	return column == 0 ? SHEET_COLUMNS_MAX : column - 1;
}

static void start_row(struct reading *r, const char **attributes)
{
	const char *number = part_attribute(attributes, "r");
	int64_t line;

	if (number) {
		if (!text_to_int(number, 1, INT_MAX - 1, &line)) {
			part_stop(&r->reader);
			return;
		}
		r->line = (int)line;
	} else {
		r->line++;
	}
	r->cell_count = 0;
	r->column = SIZE_MAX;
	memset(r->cells, 0, sizeof(r->cells));
}

static void start_cell(struct reading *r, const char **attributes)
{
	const char *reference = part_attribute(attributes, "r"), *type = part_attribute(attributes, "t");

	if (reference)
		r->column = column_of(reference);
	else
		r->column = r->column == SIZE_MAX           ? 0
			    : r->column < SHEET_COLUMNS_MAX ? r->column + 1
							    : r->column;
	snprintf(r->type, sizeof(r->type), "%s", type ? type : "n");
	buf_clear(&r->text);
}

static void on_sheet_start(void *arg, const char *name, const char **attributes)
{
	struct reading *r = arg;

	if (!strcmp(name, "row"))
		start_row(r, attributes);
	else if (!strcmp(name, "c"))
		start_cell(r, attributes);
	else if (!strcmp(name, "v") || !strcmp(name, "t"))
		r->gathering = true;
	else if (!strcmp(name, "rPh"))
		r->phonetic = true;
}

static bool blank(const char *text)
{
	return text[strspn(text, " \t\n")] == '\0';
}

/* What the cell shows, by its type: number, shared or own text, truth, error. */
static bool read_value(struct reading *r, struct sheet_cell *out)
{
	char number[SHEET_NUMBER_MAX];
	int64_t index;
	const char *text = take_text(r);

	if (!text)
		return false;
	if (!strcmp(r->type, "n")) {
		out->kind = SHEET_NUMBER;
		if (blank(text))
			*out = (struct sheet_cell){ SHEET_BLANK, "" };
		else if (sheet_number(text, number))
			out->text = arena_strdup(r->mem, number);
		else
			*out = (struct sheet_cell){ SHEET_TEXT, text };
		return true;
	}
	if (!strcmp(r->type, "s")) {
		if (!text_to_int(text, 0, (int64_t)r->string_count - 1, &index)) {
			part_stop(&r->reader);
			return false;
		}
		text = r->strings[index];
	}
	*out = (struct sheet_cell){ blank(text) ? SHEET_BLANK : SHEET_TEXT, text };
	return true;
}

static void end_cell(struct reading *r)
{
	struct sheet_cell cell = { SHEET_BLANK, "" };

	if (r->column >= SHEET_COLUMNS_MAX || r->text.length == 0)
		return;
	if (!read_value(r, &cell) || cell.kind == SHEET_BLANK)
		return;
	r->cells[r->column] = cell;
	if (r->cell_count <= r->column)
		r->cell_count = r->column + 1;
}

static void end_row(struct reading *r)
{
	struct sheet_cell *cells;

	if (r->cell_count == 0)
		return;
	if (r->row_count == SHEET_ROWS_MAX) {
		too_large(r);
		return;
	}
	cells = ARENA_ARRAY(r->mem, struct sheet_cell, r->cell_count);
	for (size_t i = 0; i < r->cell_count; i++)
		cells[i] = r->cells[i].text ? r->cells[i] : (struct sheet_cell){ SHEET_BLANK, "" };
	r->rows = rows_grown(r->mem, r->rows, r->row_count, &r->row_room, sizeof(*r->rows));
	r->rows[r->row_count++] = (struct sheet_row){ r->line, r->cell_count, cells };
}

static void on_sheet_end(void *arg, const char *name)
{
	struct reading *r = arg;

	if (!strcmp(name, "v") || !strcmp(name, "t"))
		r->gathering = false;
	else if (!strcmp(name, "rPh"))
		r->phonetic = false;
	else if (!strcmp(name, "c"))
		end_cell(r);
	else if (!strcmp(name, "row"))
		end_row(r);
}

static bool read_part(struct reading *r, const char *path, bool needed,
		      void (*start)(void *arg, const char *name, const char **attributes),
		      void (*end)(void *arg, const char *name))
{
	bool there;

	r->reader = (struct part_reader){ .start = start, .end = end, .text = on_text, .arg = r };
	r->gathering = r->phonetic = false;
	if (!part_read(&r->package, path, &r->reader, &there))
		return false;
	return there || !needed || package_fails(&r->package, path);
}

static bool read_package(struct reading *r)
{
	if (!read_part(r, "xl/workbook.xml", true, on_workbook, NULL))
		return false;
	if (!r->relation[0])
		return package_fails(&r->package, "no worksheet");
	if (!read_part(r, "xl/_rels/workbook.xml.rels", true, on_relation, NULL))
		return false;
	if (!r->path[0])
		return package_fails(&r->package, "the worksheet has no part");
	return read_part(r, "xl/sharedStrings.xml", false, on_string_start, on_string_end) &&
	       read_part(r, r->path, true, on_sheet_start, on_sheet_end);
}

static const struct package_limits limits = {
	.file_max = SHEET_FILE_MAX,
	.unpacked_max = SHEET_UNPACKED_MAX,
	.parts_max = SHEET_PARTS_MAX,
};

static bool fails(const struct package *package, struct error *err)
{
	char rows[16];

	if (package->too_large) {
		snprintf(rows, sizeof(rows), "%d", SHEET_ROWS_MAX);
		error_set(err, ERR_sheet_too_large, NULL, rows, NULL);
	} else {
		error_set(err, ERR_sheet_unreadable, NULL, NULL);
	}
	if (!err->trace[0] && package->problem)
		snprintf(err->trace, sizeof(err->trace), "sheet: %s", package->problem);
	return false;
}

bool sheet_read_bytes(struct arena *mem, const void *bytes, size_t size, struct sheet *out, struct error *err)
{
	struct reading *r = ARENA_NEW(mem, struct reading);
	bool ok;

	r->mem = mem;
	buf_init(&r->text, mem, SHEET_TEXT_MAX);
	if (!package_open(&r->package, &limits, bytes, size))
		return fails(&r->package, err);
	ok = read_package(r);
	package_close(&r->package);
	*out = (struct sheet){ r->rows, r->row_count };
	return ok || fails(&r->package, err);
}

char *sheet_column_name(size_t column, char *out)
{
	size_t length = 0;

	for (size_t rest = column + 1; rest > 0 && length < 3; rest = (rest - 1) / 26)
		length++;
	out[length] = '\0';
	for (size_t rest = column + 1; length > 0; rest = (rest - 1) / 26)
		out[--length] = (char)('A' + (rest - 1) % 26);
	return out;
}
