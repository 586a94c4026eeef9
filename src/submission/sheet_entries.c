#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/rows.h"
#include "base/text.h"
#include "submission/sheet_form.h"
#include "submission/sheet_words.h"

enum { HEADING_WITHIN = 30, HEADING_MAX = 100, NOWHERE = SHEET_COLUMNS_MAX };

struct entry_reader {
	struct arena *mem;
	const struct form *form;
	unsigned level;
	size_t columns[SHEET_FIELDS]; /* where each field stands; NOWHERE: it does not */
	const char **codes;           /* of the form's items, folded; NULL: not for this unit */
	bool *seen;
};

static const struct sheet_cell *cell_at(const struct sheet_row *row, size_t column)
{
	static const struct sheet_cell none = { SHEET_BLANK, "" };

	return column < row->count ? &row->cells[column] : &none;
}

static bool is_heading(struct arena *mem, const char *folded, enum sheet_word word)
{
	return !strcmp(folded, text_fold(mem, sheet_word(word, LANG_VI))) ||
	       !strcmp(folded, text_fold(mem, sheet_word(word, LANG_EN)));
}

/* Takes the columns from the row of headings; false when this row is none. Columns may be moved or left out.
 */
static bool read_headings(struct entry_reader *r, const struct sheet_row *row)
{
	static const enum sheet_word words[SHEET_FIELDS] = {
		SHEET_WORD_code,     SHEET_WORD_name,      SHEET_WORD_measure,
	    SHEET_WORD_previous, SHEET_WORD_numerator, SHEET_WORD_denominator,
	    SHEET_WORD_value,    SHEET_WORD_nil,       SHEET_WORD_note,
	};

	for (size_t k = 0; k < SHEET_FIELDS; k++)
		r->columns[k] = NOWHERE;
	for (size_t i = 0; i < row->count; i++) {
		const char *folded;
		if (strlen(row->cells[i].text) > HEADING_MAX)
			continue;
		folded = text_fold(r->mem, row->cells[i].text);
		for (size_t k = 0; k < SHEET_FIELDS; k++)
			if (r->columns[k] == NOWHERE && is_heading(r->mem, folded, words[k]))
				r->columns[k] = i;
	}
	return r->columns[SHEET_CODE] != NOWHERE &&
	       (r->columns[SHEET_VALUE] != NOWHERE || r->columns[SHEET_NUMERATOR] != NOWHERE);
}

static void entry_fault(struct entry_reader *r, struct sheet_entry *entry, enum sheet_field field,
			const struct error_detail *detail)
{
	struct sheet_fault *faults = ARENA_ARRAY(r->mem, struct sheet_fault, entry->fault_count + 1);

	if (entry->fault_count)
		memcpy(faults, entry->faults, entry->fault_count * sizeof(*faults));
	faults[entry->fault_count] = (struct sheet_fault){
		.column = r->columns[field] == NOWHERE ? r->columns[SHEET_CODE] : r->columns[field],
		.detail = *detail,
	};
	entry->faults = faults;
	entry->fault_count++;
}

/* The column of "cells/<code>/<part>". */
static enum sheet_field field_of(const char *field)
{
	const char *part = strrchr(field, '/');

	if (!part)
		return SHEET_CODE;
	if (!strcmp(part, "/numerator"))
		return SHEET_NUMERATOR;
	if (!strcmp(part, "/denominator"))
		return SHEET_DENOMINATOR;
	if (!strcmp(part, "/note"))
		return SHEET_NOTE;
	return SHEET_VALUE;
}

static const char *word_of(struct entry_reader *r, const struct sheet_row *row, enum sheet_field field)
{
	const struct sheet_cell *cell = cell_at(row, r->columns[field]);

	if (cell->kind == SHEET_BLANK)
		return NULL;
	return text_trim(r->mem, cell->text);
}

/*
 * One figure in the API's form. A spreadsheet's own number is exact in its
 * digits; what stands as text was typed as people write.
 */
static const char *plain_word(struct entry_reader *r, const struct sheet_row *row, enum sheet_field field,
			      int decimals, struct sheet_entry *entry)
{
	const struct sheet_cell *cell = cell_at(row, r->columns[field]);
	struct error err = { .code = ERR_none };
	char text[DECIMAL_TEXT_MAX];
	int64_t number;
	bool ok;

	if (cell->kind == SHEET_BLANK)
		return NULL;
	ok = cell->kind == SHEET_NUMBER ? decimal_parse(cell->text, decimals, &number, NULL, &err)
					: decimal_parse_typed(cell->text, decimals, &number, NULL, &err);
	if (ok)
		return arena_strdup(r->mem, decimal_format(number, decimals, text));
	if (cell->text[0] == '#')
		err = (struct error){ .code = ERR_sheet_cell_error };
	struct error_detail detail = { .code = err.code, .args = { err.code == ERR_sheet_cell_error ?
								   cell->text :
								   arena_strdup(r->mem, err.args[0]) } };
	entry_fault(r, entry, field, &detail);
	return text_trim(r->mem, cell->text);
}

static void read_nil(struct entry_reader *r, const struct sheet_row *row, struct sheet_entry *entry)
{
	const char *text = cell_at(row, r->columns[SHEET_NIL])->text;
	const char *mark = strlen(text) > HEADING_MAX ? "?" : text_fold(r->mem, text);

	if (!strcmp(mark, "x") || !strcmp(mark, "1"))
		entry->words.nil = true;
	else if (mark[0] && strcmp(mark, "0") != 0)
		entry_fault(r, entry, SHEET_NIL, &(struct error_detail){ .code = ERR_sheet_nil_invalid });
}

static void read_words(struct entry_reader *r, const struct sheet_row *row, struct sheet_entry *entry)
{
	const struct indicator *indicator = entry->indicator;

	entry->words.note = word_of(r, row, SHEET_NOTE);
	read_nil(r, row, entry);
	switch (indicator->type) {
	case VALUE_PERCENTAGE:
		entry->words.numerator = plain_word(r, row, SHEET_NUMERATOR, indicator->part_decimals, entry);
		entry->words.denominator =
			plain_word(r, row, SHEET_DENOMINATOR, indicator->part_decimals, entry);
		/* A ratio typed as such proves nothing; it must not be passed over in silence either. */
		if (!entry->words.numerator && !entry->words.denominator && !entry->words.nil &&
		    cell_at(row, r->columns[SHEET_VALUE])->kind != SHEET_BLANK)
			entry_fault(r, entry, SHEET_NUMERATOR,
				    &(struct error_detail){ .code = ERR_cell_parts_required });
		break;
	case VALUE_TEXT:
		entry->words.text = word_of(r, row, SHEET_VALUE);
		break;
	case VALUE_NUMBER:
	case VALUE_RANK:
	case VALUE_YES_NO:
		entry->words.value = plain_word(r, row, SHEET_VALUE, indicator->decimals, entry);
		break;
	}
}

static bool says_something(const struct sheet_entry *entry)
{
	const struct cell_words *w = &entry->words;

	return w->value || w->numerator || w->denominator || w->text || w->note || w->nil ||
	       entry->fault_count;
}

static void check_entry(struct entry_reader *r, struct sheet_entry *entry, size_t position)
{
	struct faults faults = { .mem = r->mem };

	if (r->seen[position])
		entry_fault(r, entry, SHEET_CODE, &(struct error_detail){ .code = ERR_cell_twice });
	r->seen[position] = true;
	/* What could not be read has been told already. */
	if (entry->fault_count == 0)
		cell_read(entry->indicator, &entry->words, &entry->cell, &faults);
	for (size_t i = 0; i < faults.count; i++)
		entry_fault(r, entry, field_of(faults.rows[i].field), &faults.rows[i]);
}

static void fold_codes(struct entry_reader *r)
{
	const struct report *report = r->form->report;

	r->codes = ARENA_ARRAY(r->mem, const char *, report->item_count);
	for (size_t i = 0; i < report->item_count; i++)
		if (report_item_applies(&report->items[i], r->level))
			r->codes[i] = text_fold(r->mem, report->items[i].indicator->code);
}

/* The place on the form of a code, as written in any case; false for none that the unit fills in. */
static bool find_code(const struct entry_reader *r, const char *code, size_t *position)
{
	const char *folded;

	if (strlen(code) > HEADING_MAX)
		return false;
	folded = text_fold(r->mem, code);
	for (size_t i = 0; i < r->form->report->item_count; i++) {
		if (r->codes[i] && !strcmp(r->codes[i], folded)) {
			*position = i;
			return true;
		}
	}
	return false;
}

/* Whether a row is more than a section's title: anything in a column that is filled in. */
static bool has_input(const struct entry_reader *r, const struct sheet_row *row)
{
	for (size_t k = SHEET_NUMERATOR; k < SHEET_FIELDS; k++)
		if (cell_at(row, r->columns[k])->kind != SHEET_BLANK)
			return true;
	return false;
}

bool sheet_entries_read(struct arena *mem, const struct sheet *sheet, const struct form *form, unsigned level,
			struct sheet_entry **out, size_t *count, struct error *err)
{
	struct entry_reader r = { .mem = mem, .form = form, .level = level };
	size_t first = 0, room = 0, position;

	while (first < sheet->row_count && first < HEADING_WITHIN && !read_headings(&r, &sheet->rows[first]))
		first++;
	if (first == sheet->row_count || first == HEADING_WITHIN)
		return error_set(err, ERR_sheet_no_heading, NULL, NULL);
	fold_codes(&r);
	r.seen = ARENA_ARRAY(mem, bool, form->report->item_count);
	*out = NULL;
	*count = 0;
	for (size_t i = first + 1; i < sheet->row_count; i++) {
		const struct sheet_row *row = &sheet->rows[i];
		struct sheet_entry entry = { .line = row->line };
		entry.code = text_trim(mem, cell_at(row, r.columns[SHEET_CODE])->text);
		if (!has_input(&r, row))
			continue;
		if (find_code(&r, entry.code, &position)) {
			entry.indicator = form->report->items[position].indicator;
			entry.code = entry.indicator->code;
			read_words(&r, row, &entry);
			if (!says_something(&entry))
				continue;
			check_entry(&r, &entry, position);
		} else {
			entry_fault(&r, &entry, SHEET_CODE,
				    &(struct error_detail){ .code = ERR_indicator_not_in_form });
		}
		*out = rows_grown(mem, *out, *count, &room, sizeof(**out));
		(*out)[(*count)++] = entry;
	}
	return true;
}
