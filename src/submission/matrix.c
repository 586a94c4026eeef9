#include "submission/matrix.h"

#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/text.h"
#include "evidence/evidence.h"
#include "submission/grid.h"
#include "submission/value_store.h"

static int by_unit(const void *a, const void *b)
{
	const struct matrix_row *x = a, *y = b;

	return (x->s.unit_id > y->s.unit_id) - (x->s.unit_id < y->s.unit_id);
}

static int by_name(const void *a, const void *b)
{
	const struct unit *x = &((const struct matrix_row *)a)->unit,
			  *y = &((const struct matrix_row *)b)->unit;

	if (x->kind_position != y->kind_position)
		return x->kind_position - y->kind_position;
	return text_compare(x->name, y->name);
}

static struct matrix_row *row_of(struct matrix *matrix, id unit_id)
{
	struct matrix_row key = { .s.unit_id = unit_id };

	return bsearch(&key, matrix->rows, matrix->row_count, sizeof(key), by_unit);
}

static bool load_frame(struct call *c, const struct matrix_query *query, struct matrix *out)
{
	struct assignment_period *newest;
	period p = query->period;
	size_t count;

	if (!assignment_get(c, query->assignment_id, &out->assignment) ||
	    !account_require(c, RIGHT_FIGURE_READ, out->assignment.from_path))
		return false;
	if (p == 0) {
		if (!assignment_periods(c, query->assignment_id, 1, &newest, &count))
			return false;
		if (count == 0)
			return error_set(c->err, ERR_not_found, NULL, NULL);
		p = newest[0].period;
	}
	if (!assignment_period_get(c, query->assignment_id, p, &out->ap) ||
	    !unit_by_id(c, out->assignment.from_unit_id, NULL, &out->from) ||
	    !report_get(c, out->assignment.report_id, &out->report))
		return false;
	form_init(&out->form, c->mem, out->report);
	out->period_count = (size_t)query->periods;
	for (int i = 0; i < query->periods; i++)
		out->periods[i] = period_add(p, i + 1 - query->periods);
	out->may_receive = account_may(c, RIGHT_FIGURE_RECEIVE, out->assignment.from_path) &&
			   out->ap.state == PERIOD_OPEN;
	out->may_close = out->may_except = out->may_receive;
	return true;
}

/* Whether the unit belongs to what was asked for. */
static bool wanted(struct call *c, const struct matrix_query *query, const char *fold,
		   const struct matrix_row *row)
{
	if (query->by_state && row->s.state != query->state)
		return false;
	if (fold && !strstr(text_fold(c->mem, row->unit.name), fold) &&
	    !strstr(text_fold(c->mem, row->unit.code), fold))
		return false;
	return account_may(c, RIGHT_FIGURE_READ, row->unit.path);
}

static bool load_rows(struct call *c, const struct matrix_query *query, struct matrix *out)
{
	period last = out->ap.period;
	const char *fold = query->q && query->q[0] ? text_fold(c->mem, query->q) : NULL;
	struct submission *all;
	struct unit *units;
	id *ids;
	size_t count, first;

	if (!submission_of_assignment(c, query->assignment_id, out->periods[0], last, &all, &count))
		return false;
	for (first = count; first > 0 && all[first - 1].period == last; first--)
		;
	out->rows = ARENA_ARRAY(c->mem, struct matrix_row, count - first);
	ids = ARENA_ARRAY(c->mem, id, count - first);
	for (size_t i = first; i < count; i++)
		ids[i - first] = all[i].unit_id;
	if (count > first && !unit_by_ids(c, ids, count - first, NULL, &units))
		return false;
	for (size_t i = first; i < count; i++) {
		struct matrix_row *row = &out->rows[out->row_count];
		row->s = all[i];
		row->unit = units[i - first];
		if (!wanted(c, query, fold, row))
			continue;
		if ((out->row_count + 1) * out->report->item_count > MATRIX_CELLS_MAX)
			return error_set(c->err, ERR_matrix_too_large, NULL, NULL);
		row->states = ARENA_ARRAY(c->mem, const struct submission *, out->period_count);
		row->cells = ARENA_ARRAY(c->mem, struct matrix_cell, out->report->item_count);
		people_add(&out->people, c, row->s.entered_by);
		people_add(&out->people, c, row->s.approved_by);
		out->row_count++;
	}
	for (size_t i = 0; i < count; i++) {
		struct matrix_row *row = row_of(out, all[i].unit_id);
		for (size_t k = 0; row && k < out->period_count; k++)
			if (out->periods[k] == all[i].period)
				row->states[k] = &all[i];
	}
	return true;
}

/* Past figures while the scan runs: 12 per row and item, with the row last met as a hint. */
struct scanning {
	struct matrix *matrix;
	struct past_figure *past;
	struct matrix_row *row;
};

static struct matrix_row *scanned_row(struct scanning *scanning, id unit_id)
{
	if (!scanning->row || scanning->row->s.unit_id != unit_id)
		scanning->row = row_of(scanning->matrix, unit_id);
	return scanning->row;
}

static void take_figure(void *arg, period p, id unit_id, const struct cell *cell)
{
	struct scanning *scanning = arg;
	struct matrix *matrix = scanning->matrix;
	struct matrix_row *row = scanned_row(scanning, unit_id);
	size_t position, items = matrix->report->item_count;

	if (!row || !form_position(&matrix->form, cell->indicator_id, &position))
		return;
	if (p == matrix->ap.period) {
		row->cells[position].cell = *cell;
		return;
	}
	for (int back = 1; cell->present && back <= PAST_PERIODS; back++) {
		size_t place = ((size_t)(row - matrix->rows) * items + position) * PAST_PERIODS;
		if (period_add(matrix->ap.period, -back) == p)
			scanning->past[place + (size_t)(PAST_PERIODS - back)] =
				(struct past_figure){ true, cell->number };
	}
}

/* What the version before held is compared with what stands. */
static void take_before(void *arg, period p, id unit_id, const struct cell *cell)
{
	struct scanning *scanning = arg;
	struct matrix_row *row = scanned_row(scanning, unit_id);
	struct matrix_cell *now;
	size_t position;

	(void)p;
	if (!row || !standing_shows(&row->s) ||
	    !form_position(&scanning->matrix->form, cell->indicator_id, &position))
		return;
	now = &row->cells[position];
	/* Cells without a row in the version before stay marked as changed below. */
	now->changed =
		now->cell.present != cell->present || now->cell.nil != cell->nil ||
	    (cell->present &&
	     (now->cell.number != cell->number || now->cell.numerator != cell->numerator ||
	      now->cell.denominator != cell->denominator || !text_equal(now->cell.text, cell->text)));
}

static void judge_cells(struct matrix *matrix, const struct past_figure *past)
{
	size_t items = matrix->report->item_count;
	int64_t median;

	for (size_t i = 0; i < matrix->row_count * items; i++) {
		struct matrix_cell *cell = &matrix->rows[i / items].cells[i % items];
		const struct indicator *indicator = matrix->report->items[i % items].indicator;
		const struct past_figure *before = &past[i * PAST_PERIODS];
		const struct past_figure *last = &before[PAST_PERIODS - 1];
		if (indicator->type != VALUE_TEXT && cell->cell.present && last->present)
			cell->has_change = decimal_subtract(cell->cell.number, last->number, &cell->change);
		cell->outlier = cell_outlier(indicator, &cell->cell, before, PAST_PERIODS, &median);
	}
}

static bool load_cells(struct call *c, struct matrix *matrix)
{
	size_t items = matrix->report->item_count;
	struct scanning scanning = { .matrix = matrix };
	struct scan figures = { take_figure, &scanning }, before = { take_before, &scanning };

	scanning.past = ARENA_ARRAY(c->mem, struct past_figure, matrix->row_count * items * PAST_PERIODS);
	for (size_t i = 0; i < matrix->row_count; i++)
		for (size_t k = 0; k < items; k++)
			matrix->rows[i].cells[k].cell.indicator_id = matrix->report->items[k].indicator->id;
	if (!store_scan(c, matrix->assignment.id, period_add(matrix->ap.period, -PAST_PERIODS),
			matrix->ap.period, &figures))
		return false;
	for (size_t i = 0; i < matrix->row_count; i++)
		for (size_t k = 0; matrix->rows[i].s.version > 1 && k < items; k++)
			matrix->rows[i].cells[k].changed = matrix->rows[i].cells[k].cell.present;
	scanning.row = NULL;
	if (!store_scan_before(c, matrix->assignment.id, matrix->ap.period, &before))
		return false;
	judge_cells(matrix, scanning.past);
	return true;
}

static bool load_files(struct call *c, struct matrix *matrix)
{
	struct evidence_count *counts;
	size_t count;

	if (!evidence_counts(c, matrix->assignment.id, matrix->ap.period, &counts, &count))
		return false;
	for (size_t i = 0; i < matrix->row_count; i++)
		for (size_t k = 0; k < count; k++)
			if (counts[k].submission_id == matrix->rows[i].s.id)
				matrix->rows[i].files = counts[k].files;
	return true;
}

static bool level_figures(struct call *c, const struct matrix *matrix, period p, enum basis basis,
			  struct level_figure **out)
{
	struct rollup_key key = { matrix->assignment.province_id, matrix->assignment.id, p };
	const struct target *used;
	struct rollup *sums;

	if (!rollup_read(c, &key, matrix->report, basis, &sums))
		return false;
	*out = ARENA_ARRAY(c->mem, struct level_figure, matrix->report->item_count);
	for (size_t i = 0; i < matrix->report->item_count; i++) {
		const struct indicator *indicator = matrix->report->items[i].indicator;
		if (!rollup_figure(indicator, &sums[i], &(*out)[i].cell))
			(*out)[i].cell = (struct cell){ .present = false };
		(*out)[i].cell.indicator_id = indicator->id;
		(*out)[i].target = rollup_target(indicator, period_year(p), &sums[i], &used);
	}
	return true;
}

static bool load_level(struct call *c, struct matrix *matrix)
{
	struct rollup_key key = { matrix->assignment.province_id, matrix->assignment.id, matrix->ap.period };
	period p = matrix->ap.period;
	struct submission own;
	bool found;

	if (!rollup_tally_read(c, &key, &matrix->tally) ||
	    !level_figures(c, matrix, p, BASIS_PROVISIONAL, &matrix->provisional) ||
	    !level_figures(c, matrix, p, BASIS_APPROVED, &matrix->approved) ||
	    !level_figures(c, matrix, period_add(p, -1), BASIS_APPROVED, &matrix->previous))
		return false;
	if (matrix->assignment.parent_id == 0)
		return true;
	if (!submission_find(c, matrix->assignment.parent_id, p, matrix->assignment.from_unit_id, &found,
			     &own))
		return false;
	matrix->own_submission_id = found ? own.id : 0;
	return true;
}

bool matrix_load(struct call *c, const struct matrix_query *query, struct matrix *out)
{
	*out = (struct matrix){ .row_count = 0 };
	if (!load_frame(c, query, out) || !load_rows(c, query, out) || !load_cells(c, out) ||
		!load_files(c, out) || !load_level(c, out) || !people_load(&out->people, c))
		return false;
	qsort(out->rows, out->row_count, sizeof(*out->rows), by_name);
	return true;
}
