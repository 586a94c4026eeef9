#include "sheet/sheet_wire.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "sheet/sheet_number.h"

static void write_cell(struct json *json, struct buf *cell, const struct sheet_cell *value)
{
	buf_clear(cell);
	if (value->kind != SHEET_BLANK) {
		buf_add_char(cell, value->kind == SHEET_NUMBER ? 'n' : 't');
		buf_add_text(cell, value->text);
	}
	json_text_n(json, NULL, cell->data, cell->length);
}

bool wire_write(struct buf *out, const struct sheet *sheet)
{
	struct json json;
	struct buf cell;

	buf_init(&cell, out->mem, SHEET_TEXT_MAX + 2);
	json_start(&json, out);
	json_object(&json, NULL);
	json_array(&json, "rows");
	for (size_t i = 0; i < sheet->row_count; i++) {
		json_array(&json, NULL);
		json_int(&json, NULL, sheet->rows[i].line);
		for (size_t k = 0; k < sheet->rows[i].count; k++)
			write_cell(&json, &cell, &sheet->rows[i].cells[k]);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	return json_finish(&json) && !out->overflow;
}

bool wire_write_error(struct buf *out, const struct error *err)
{
	struct json json;

	json_start(&json, out);
	json_object(&json, NULL);
	json_text(&json, "error", error_word(err->code));
	json_end(&json);
	return json_finish(&json);
}

static bool broken(struct error *err, const char *what)
{
	error_set(err, ERR_sheet_unreadable, NULL, NULL);
	snprintf(err->trace, sizeof(err->trace), "sheet: the child said %s", what);
	return false;
}

/* A cell, checked as if a stranger had sent it. */
static bool read_cell(struct arena *mem, const json_t *value, size_t *texts, struct sheet_cell *out)
{
	const char *text = json_string_value(value);
	size_t length = json_string_length(value);

	*out = (struct sheet_cell){ SHEET_BLANK, "" };
	if (!text || length > SHEET_TEXT_MAX + 1 || !text_valid(text, length))
		return false;
	if (length == 0)
		return true;
	*texts += length;
	if (*texts > SHEET_TEXTS_MAX)
		return false;
	out->kind = text[0] == 'n' ? SHEET_NUMBER : SHEET_TEXT;
	out->text = arena_strdup(mem, text + 1);
	if (out->kind == SHEET_NUMBER)
		return strlen(out->text) < SHEET_NUMBER_MAX &&
		       strspn(out->text, "-.0123456789") == strlen(out->text);
	return text[0] == 't';
}

static bool read_row(struct arena *mem, const json_t *row, size_t *texts, struct sheet_row *out)
{
	size_t size = json_array_size(row);
	json_int_t line = json_integer_value(json_array_get(row, 0));
	struct sheet_cell *cells;

	if (size < 2 || size > SHEET_COLUMNS_MAX + 1 || line <= 0 || line >= INT32_MAX)
		return false;
	cells = ARENA_ARRAY(mem, struct sheet_cell, size - 1);
	for (size_t i = 1; i < size; i++)
		if (!read_cell(mem, json_array_get(row, i), texts, &cells[i - 1]))
			return false;
	*out = (struct sheet_row){ (int)line, size - 1, cells };
	return true;
}

bool wire_read(struct arena *mem, struct arena *scratch, const char *text, size_t length, struct sheet *out,
	       struct error *err)
{
	struct error bad = { .code = ERR_none };
	json_t *said = json_parse(scratch, text, length, &bad);
	json_t *rows = json_object_get(said, "rows");
	const char *error = said ? json_get_text(said, "error") : NULL;
	struct sheet_row *read;
	char limit[16];
	size_t texts = 0;

	if (error && text_equal(error, "sheet_too_large")) {
		snprintf(limit, sizeof(limit), "%d", SHEET_ROWS_MAX);
		return error_set(err, ERR_sheet_too_large, NULL, limit, NULL);
	}
	if (error)
		return broken(err, "the file is unreadable");
	if (!json_is_array(rows) || json_array_size(rows) > SHEET_ROWS_MAX)
		return broken(err, "no rows");
	read = ARENA_ARRAY(mem, struct sheet_row, json_array_size(rows));
	for (size_t i = 0; i < json_array_size(rows); i++)
		if (!read_row(mem, json_array_get(rows, i), &texts, &read[i]))
			return broken(err, "a malformed row");
	*out = (struct sheet){ read, json_array_size(rows) };
	return true;
}
