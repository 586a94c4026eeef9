#include "task/task_sheet.h"

#include <string.h>

#include "base/arena.h"
#include "base/rows.h"
#include "base/text.h"

enum { HEADING_WITHIN = 30, HEADING_MAX = 100, NOWHERE = SHEET_COLUMNS_MAX, NAMES_MAX = 60, DATE_MIN = 36526, DATE_MAX = 73050 };

struct reader {
	struct arena *mem;
	const struct task_sheet_context *context;
	size_t columns[TASK_COLUMNS_IN];
	const char *section;
};

/* Part of a heading, folded as text_fold does; the first that fits says which column it is. */
static const struct {
	const char *part;
	enum task_column column;
} heading_parts[] = {
	{ "chu tri", TASK_COLUMN_LEAD },
	{ "lead", TASK_COLUMN_LEAD },
	{ "phoi hop", TASK_COLUMN_COOPERATING },
	{ "co operating", TASK_COLUMN_COOPERATING },
	{ "san pham", TASK_COLUMN_PRODUCT },
	{ "ket qua", TASK_COLUMN_PRODUCT },
	{ "product", TASK_COLUMN_PRODUCT },
	{ "tien do thoi gian", TASK_COLUMNS_IN },
	{ "ty le hoan thanh", TASK_COLUMNS_IN },
	{ "thoi han", TASK_COLUMN_DEADLINE },
	{ "thoi gian", TASK_COLUMN_DEADLINE },
	{ "han hoan thanh", TASK_COLUMN_DEADLINE },
	{ "tien do", TASK_COLUMN_DEADLINE },
	{ "deadline", TASK_COLUMN_DEADLINE },
	{ "noi dung", TASK_COLUMN_CONTENT },
	{ "nhiem vu", TASK_COLUMN_CONTENT },
	{ "cong viec", TASK_COLUMN_CONTENT },
	{ "task", TASK_COLUMN_CONTENT },
	{ "don vi thuc hien", TASK_COLUMN_LEAD },
	{ "co quan thuc hien", TASK_COLUMN_LEAD },
};

static enum task_column heading_of(struct arena *mem, const char *text)
{
	const char *folded;

	if (strlen(text) > HEADING_MAX)
		return TASK_COLUMNS_IN;
	folded = text_fold(mem, text);
	if (text_equal(folded, "stt") || text_equal(folded, "tt") || text_equal(folded, "no"))
		return TASK_COLUMN_NUMBER;
	for (size_t i = 0; i < sizeof(heading_parts) / sizeof(*heading_parts); i++)
		if (strstr(folded, heading_parts[i].part))
			return heading_parts[i].column;
	return TASK_COLUMNS_IN;
}

static bool read_headings(struct reader *r, const struct sheet_row *row)
{
	for (size_t k = 0; k < TASK_COLUMNS_IN; k++)
		r->columns[k] = NOWHERE;
	for (size_t i = 0; i < row->count; i++) {
		enum task_column column = heading_of(r->mem, row->cells[i].text);

		if (column < TASK_COLUMNS_IN && r->columns[column] == NOWHERE)
			r->columns[column] = i;
	}
	return r->columns[TASK_COLUMN_CONTENT] != NOWHERE && r->columns[TASK_COLUMN_LEAD] != NOWHERE;
}

static const struct sheet_cell *cell_at(const struct reader *r, const struct sheet_row *row, enum task_column column)
{
	static const struct sheet_cell none = { SHEET_BLANK, "" };
	size_t at = r->columns[column];

	return at < row->count ? &row->cells[at] : &none;
}

static const char *text_at(struct reader *r, const struct sheet_row *row, enum task_column column)
{
	return text_trim(r->mem, cell_at(r, row, column)->text);
}

static void fault(struct reader *r, struct task_sheet_row *row, enum task_column column, enum error_code code,
		  const char *arg)
{
	struct task_sheet_fault *faults = ARENA_ARRAY(r->mem, struct task_sheet_fault, row->fault_count + 1);

	if (row->fault_count)
		memcpy(faults, row->faults, row->fault_count * sizeof(*faults));
	faults[row->fault_count++] = (struct task_sheet_fault){
		.column = r->columns[column] == NOWHERE ? r->columns[TASK_COLUMN_CONTENT] : r->columns[column],
		.detail = { .code = code, .args = { arg } },
	};
	row->faults = faults;
}

/* "Sở Tài chính; Sở Nội vụ, UBND các xã": a comma parts names too, but not inside brackets. */
static size_t split_names(struct arena *mem, const char *text, const char **names)
{
	size_t count = 0;
	int brackets = 0;
	const char *from = text;

	for (const char *at = text;; at++) {
		if (*at == '(')
			brackets++;
		else if (*at == ')' && brackets)
			brackets--;
		if (*at && (brackets || !strchr(";,\n", *at)))
			continue;
		if (at > from && count < NAMES_MAX) {
			const char *name = text_trim(mem, arena_strndup(mem, from, (size_t)(at - from)));

			while (*name == '-' || *name == ' ')
				name++;
			if (*name)
				names[count++] = name;
		}
		if (!*at)
			return count;
		from = at + 1;
	}
}

static void match_units(struct reader *r, struct task_sheet_row *row, enum task_column column, const char *text,
			struct letter_match **matches, size_t *count)
{
	const char *names[NAMES_MAX];
	size_t name_count;

	/* "các sở, ban, ngành" is one name though it has commas: the whole is tried first. */
	names[0] = text;
	letter_units_match(r->mem, names, 1, r->context->units, r->context->unit_count, r->context->province_id, matches,
			   count);
	if (*count && (*matches)[0].unit_count)
		return;
	name_count = split_names(r->mem, text, names);
	letter_units_match(r->mem, names, name_count, r->context->units, r->context->unit_count,
			   r->context->province_id, matches, count);
	for (size_t i = 0; i < *count; i++)
		if (!(*matches)[i].unit_count)
			fault(r, row, column, ERR_task_sheet_unit_unknown, (*matches)[i].name);
}

/* A date cell holds a number of days, 36526 on 1/1/2000; the deadline is the end of that day. */
static bool read_date_cell(const struct sheet_cell *cell, struct letter_deadline *deadline)
{
	struct civil_date day;
	int64_t number;

	if (cell->kind != SHEET_NUMBER || !text_to_int(cell->text, DATE_MIN, DATE_MAX, &number))
		return false;
	day = civil_add_days((struct civil_date){ 2000, 1, 1 }, (int)number - DATE_MIN);
	deadline->kind = LETTER_INSTANT;
	deadline->known = true;
	deadline->before = civil_start(civil_add_days(day, 1));
	return true;
}

static void read_deadline(struct reader *r, const struct sheet_row *cells, struct task_sheet_row *row)
{
	char date[CIVIL_TEXT_MAX];

	if (read_date_cell(cell_at(r, cells, TASK_COLUMN_DEADLINE), &row->deadline)) {
		civil_format_date_vi(civil_date_of(row->deadline.before - 1), date);
		row->deadline.wording = row->deadline_text = arena_strdup(r->mem, date);
		return;
	}
	row->deadline_text = text_at(r, cells, TASK_COLUMN_DEADLINE);
	if (!row->deadline_text[0])
		return;
	letter_deadline_read(r->mem, row->deadline_text, r->context->today, &row->deadline, &row->recurrence);
	if (!row->deadline.known && row->deadline.kind != LETTER_SOONEST && !row->recurrence.every)
		fault(r, row, TASK_COLUMN_DEADLINE, ERR_task_sheet_deadline_unread, row->deadline_text);
}

static bool is_section(struct reader *r, const struct sheet_row *cells)
{
	return text_at(r, cells, TASK_COLUMN_CONTENT)[0] && !text_at(r, cells, TASK_COLUMN_LEAD)[0] &&
	       !text_at(r, cells, TASK_COLUMN_COOPERATING)[0] && !text_at(r, cells, TASK_COLUMN_PRODUCT)[0] &&
	       cell_at(r, cells, TASK_COLUMN_DEADLINE)->kind == SHEET_BLANK;
}

static bool is_empty(struct reader *r, const struct sheet_row *cells)
{
	for (enum task_column column = TASK_COLUMN_CONTENT; column < TASK_COLUMNS_IN; column++)
		if (text_at(r, cells, column)[0])
			return false;
	return true;
}

static void read_row(struct reader *r, const struct sheet_row *cells, struct task_sheet_row *row)
{
	*row = (struct task_sheet_row){
		.line = cells->line,
		.section = r->section,
		.content = text_at(r, cells, TASK_COLUMN_CONTENT),
		.product = text_at(r, cells, TASK_COLUMN_PRODUCT),
		.lead = text_at(r, cells, TASK_COLUMN_LEAD),
		.cooperating = text_at(r, cells, TASK_COLUMN_COOPERATING),
	};
	if (!row->content[0])
		fault(r, row, TASK_COLUMN_CONTENT, ERR_task_sheet_content_missing, NULL);
	else if (text_length(row->content) > TASK_CONTENT_MAX)
		fault(r, row, TASK_COLUMN_CONTENT, ERR_task_sheet_content_long,
		      arena_printf(r->mem, "%d", TASK_CONTENT_MAX));
	if (row->lead[0])
		match_units(r, row, TASK_COLUMN_LEAD, row->lead, &row->leads, &row->lead_count);
	else
		fault(r, row, TASK_COLUMN_LEAD, ERR_task_sheet_lead_missing, NULL);
	if (row->cooperating[0])
		match_units(r, row, TASK_COLUMN_COOPERATING, row->cooperating, &row->others, &row->other_count);
	read_deadline(r, cells, row);
}

bool task_sheet_read(struct arena *mem, const struct sheet *sheet, const struct task_sheet_context *context,
		     struct task_sheet_row **rows, size_t *count, struct error *err)
{
	struct reader r = { .mem = mem, .context = context, .section = "" };
	size_t at = 0, room = 0;

	while (at < sheet->row_count && at < HEADING_WITHIN && !read_headings(&r, &sheet->rows[at]))
		at++;
	if (at == sheet->row_count || at == HEADING_WITHIN)
		return error_set(err, ERR_task_sheet_no_heading, NULL, NULL);
	*rows = NULL;
	*count = 0;
	for (at++; at < sheet->row_count; at++) {
		const struct sheet_row *cells = &sheet->rows[at];

		if (is_empty(&r, cells))
			continue;
		if (is_section(&r, cells)) {
			r.section = text_at(&r, cells, TASK_COLUMN_CONTENT);
			continue;
		}
		if (*count == TASK_SHEET_ROWS_MAX)
			return error_set(err, ERR_sheet_too_large, NULL,
					 arena_printf(mem, "%d", TASK_SHEET_ROWS_MAX), NULL);
		*rows = rows_grown(mem, *rows, *count, &room, sizeof(**rows));
		read_row(&r, cells, &(*rows)[(*count)++]);
	}
	return *count || error_set(err, ERR_task_sheet_empty, NULL, NULL);
}
