#include "submission/submission.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "submission/submission_store.h"
#include "submission/value_store.h"
#include "unit/unit.h"

static bool fill_paths(struct call *c, struct submission *rows, size_t count)
{
	id *ids = ARENA_ARRAY(c->mem, id, count);
	struct unit *units;

	if (count == 0)
		return true;
	for (size_t i = 0; i < count; i++)
		ids[i] = rows[i].unit_id;
	if (!unit_by_ids(c, ids, count, NULL, &units))
		return false;
	for (size_t i = 0; i < count; i++)
		rows[i].unit_path = units[i].path;
	return true;
}

bool submission_get(struct call *c, id submission_id, struct submission *out)
{
	bool found;

	if (!store_submission_get(c, submission_id, &found, out))
		return false;
	if (!found)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return fill_paths(c, out, 1);
}

bool submission_find(struct call *c, id assignment_id, period p, id unit_id, bool *found,
		     struct submission *out)
{
	return store_submission_find(c, assignment_id, p, unit_id, found, out) &&
	       (!*found || fill_paths(c, out, 1));
}

bool submission_of_assignment(struct call *c, id assignment_id, period first, period last,
			      struct submission **out, size_t *count)
{
	return store_submissions_of_assignment(c, assignment_id, first, last, out, count) &&
	       fill_paths(c, *out, *count);
}

bool submission_of_unit(struct call *c, id unit_id, period since, struct submission **out, size_t *count)
{
	return store_submissions_of_unit(c, unit_id, since, out, count) && fill_paths(c, *out, *count);
}

static int by_value(const void *a, const void *b)
{
	id x = *(const id *)a, y = *(const id *)b;

	return (x > y) - (x < y);
}

bool submission_open(struct call *c, const struct assignment_period *ap, const id *unit_ids, size_t count,
		     size_t *opened)
{
	struct submission *there, *rows = ARENA_ARRAY(c->mem, struct submission, count);
	struct unit *units;
	id *known;
	size_t there_count, added = 0;

	if (!store_submissions_of_assignment(c, ap->assignment.id, ap->period, ap->period, &there,
					     &there_count) ||
	    !unit_by_ids(c, unit_ids, count, "unit_ids", &units))
		return false;
	known = ARENA_ARRAY(c->mem, id, there_count);
	for (size_t i = 0; i < there_count; i++)
		known[i] = there[i].unit_id;
	qsort(known, there_count, sizeof(*known), by_value);
	for (size_t i = 0; i < count; i++) {
		if (bsearch(&unit_ids[i], known, there_count, sizeof(*known), by_value))
			continue;
		rows[added++] = (struct submission){
			.id = id_next(c->now),
			.assignment_id = ap->assignment.id,
			.report_id = ap->assignment.report_id,
			.unit_id = unit_ids[i],
			.province_id = units[i].province_id,
			.period = ap->period,
			.state = SUBMISSION_DRAFT,
		};
	}
	if (opened)
		*opened = added;
	return added == 0 || store_submissions_insert(c, rows, added);
}

bool submission_cells(struct call *c, const struct submission *s, const struct report *report,
		      int64_t version, struct cell **out)
{
	struct form form;

	form_init(&form, c->mem, report);
	return store_values(c, s, &form, version, out);
}

/* The submission being put together from the rows of one scan. */
struct gathering {
	bool (*each)(struct call *c, void *arg, const struct submission *s, const struct report *report,
		     const struct cell *cells);
	void *arg;
	struct submission s;
	int64_t report_version;     /* of `form`; 0: none yet */
	struct form form;
	struct cell *empty, *cells;
};

static bool give(struct call *c, struct gathering *g)
{
	bool submitted = g->s.version > 0;

	return g->s.id == 0 ||
	       g->each(c, g->arg, &g->s, submitted ? g->form.report : NULL, submitted ? g->cells : NULL);
}

static bool take_form(struct call *c, struct gathering *g, const struct each_row *row)
{
	const struct report *report;

	if (row->report_version == 0)
		return true;
	if (row->report_version != g->report_version) {
		if (!report_get_version(c, row->submission.report_id, row->report_version, &report))
			return false;
		form_init(&g->form, c->mem, report);
		g->empty = form_cells(&g->form, c->mem);
		g->cells = form_cells(&g->form, c->mem);
		g->report_version = row->report_version;
	}
	for (size_t i = 0; i < g->form.report->item_count; i++)
		g->cells[i] = g->empty[i];
	return true;
}

static bool gather(struct call *c, void *arg, const struct each_row *row)
{
	struct gathering *g = arg;
	size_t position;

	if (row->submission.id != g->s.id) {
		if (!give(c, g) || !take_form(c, g, row))
			return false;
		g->s = row->submission;
	}
	if (row->cell && g->report_version && form_position(&g->form, row->cell->indicator_id, &position))
		g->cells[position] = *row->cell;
	return true;
}

bool submission_each(struct call *c, id assignment_id, period p,
		     bool (*each)(struct call *c, void *arg, const struct submission *s,
				  const struct report *report, const struct cell *cells),
		     void *arg)
{
	struct gathering g = { .each = each, .arg = arg };

	return store_each(c, assignment_id, p, gather, &g) && give(c, &g);
}

bool submission_values_for(struct call *c, id assignment_id, period p, id indicator_id, enum basis basis,
			   struct standing_figure **out, size_t *count)
{
	return store_standing_figures(c, assignment_id, p, indicator_id, basis, out, count);
}

static int by_name(const void *a, const void *b)
{
	const struct missing_unit *x = a, *y = b;

	return text_compare(x->name, y->name);
}

bool submission_missing(struct call *c, const struct assignment_period *ap, struct missing_unit **out,
			size_t *count)
{
	struct submission *rows;
	struct unit *units;
	id *ids;
	size_t row_count, missing = 0;

	*out = NULL;
	*count = 0;
	if (!store_submissions_of_assignment(c, ap->assignment.id, ap->period, ap->period, &rows, &row_count))
		return false;
	ids = ARENA_ARRAY(c->mem, id, row_count);
	for (size_t i = 0; i < row_count; i++) {
		if (submission_counts(rows[i].state, BASIS_APPROVED))
			continue;
		rows[missing] = rows[i];
		ids[missing++] = rows[i].unit_id;
	}
	if (missing == 0)
		return true;
	if (!unit_by_ids(c, ids, missing, NULL, &units))
		return false;
	*out = ARENA_ARRAY(c->mem, struct missing_unit, missing);
	for (size_t i = 0; i < missing; i++)
		(*out)[i] = (struct missing_unit){ units[i].id, units[i].code, units[i].name, rows[i].state };
	qsort(*out, missing, sizeof(**out), by_name);
	*count = missing;
	return true;
}
