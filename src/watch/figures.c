#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "watch/watch.h"

static bool covers(const struct assignment *a, const struct figure_query *q)
{
	return a->report_id == q->report_id && a->first <= q->period && (!a->last || a->last >= q->period);
}

/* What the unit was given, the newest; id 0: nothing. */
static bool find_received(struct call *c, const struct figure_query *q, struct assignment *out)
{
	struct assignment *list;
	size_t count;

	if (!assignment_to_unit(c, q->unit_id, true, &list, &count))
		return false;
	for (size_t i = 0; i < count && !out->id; i++)
		if (covers(&list[i], q))
			*out = list[i];
	return true;
}

/* What the unit gave, in one part or several, oldest first. */
static bool find_given(struct call *c, const struct figure_query *q, struct assignment **out, size_t *count)
{
	struct assignment *list;
	size_t all;

	if (!assignment_from_unit(c, q->unit_id, true, &list, &all))
		return false;
	*out = ARENA_ARRAY(c->mem, struct assignment, all + 1);
	*count = 0;
	for (size_t i = all; i-- > 0;)
		if (covers(&list[i], q))
			(*out)[(*count)++] = list[i];
	return true;
}

static void fill_row(struct figure_row *row, const struct known_figure *known)
{
	row->has_cell = true;
	row->cell = known->cell;
	row->entered_by = known->entered_by;
	row->entered_at = known->entered_at;
	row->approved_by = known->approved_by;
	row->approved_at = known->approved_at;
	row->approved = known->approved_at != 0;
}

static const struct known_figure *known_of(const struct known_figure *known, size_t count, id unit_id)
{
	for (size_t low = 0, high = count; low < high;) {
		size_t middle = low + (high - low) / 2;

		if (known[middle].unit_id == unit_id)
			return &known[middle];
		if (known[middle].unit_id < unit_id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool read_own(struct call *c, const struct figure_query *q, instant at, struct figure_view *view)
{
	struct assignment received = { 0 };
	struct known_figure *known;
	const struct known_figure *own;
	size_t count;
	bool found;

	view->own.unit = view->unit;
	if (!find_received(c, q, &received))
		return false;
	if (!received.id)
		return true;
	if (!submission_find(c, received.id, q->period, q->unit_id, &found, &view->own.submission) ||
	    !submission_known_on(c, received.id, q->period, q->indicator_id, at, &known, &count))
		return false;
	own = known_of(known, count, q->unit_id);
	if (own)
		fill_row(&view->own, own);
	return true;
}

static int by_path(const void *a, const void *b)
{
	const struct figure_row *left = a, *right = b;

	return strcmp(left->unit.path, right->unit.path);
}

static bool passes_on(const struct assignment *passed, size_t count, id unit_id)
{
	for (size_t i = 0; i < count; i++)
		if (passed[i].from_unit_id == unit_id)
			return true;
	return false;
}

/* The units of one part. */
static bool add_children(struct call *c, const struct figure_query *q, instant at, const struct assignment *given,
			 struct figure_view *view)
{
	struct submission *rows;
	struct known_figure *known;
	struct assignment *passed;
	struct figure_row *grown;
	struct unit *units;
	size_t count, known_count, passed_count;
	id *ids;

	if (!submission_of_assignment(c, given->id, q->period, q->period, &rows, &count) ||
	    !submission_known_on(c, given->id, q->period, q->indicator_id, at, &known, &known_count) ||
	    !assignment_passed_on(c, given->id, &passed, &passed_count))
		return false;
	ids = ARENA_ARRAY(c->mem, id, count + 1);
	for (size_t i = 0; i < count; i++)
		ids[i] = rows[i].unit_id;
	if (!unit_by_ids(c, ids, count, NULL, &units))
		return false;
	grown = ARENA_ARRAY(c->mem, struct figure_row, view->child_count + count + 1);
	if (view->child_count)
		memcpy(grown, view->children, view->child_count * sizeof(*grown));
	view->children = grown;
	for (size_t i = 0; i < count; i++) {
		const struct known_figure *figure = known_of(known, known_count, ids[i]);
		struct figure_row *row = &view->children[view->child_count];

		/* Whoever sees the level's own figure alone does not see what it is made of. */
		if (!account_may(c, RIGHT_FIGURE_READ, units[i].path))
			continue;
		view->child_count++;
		row->unit = units[i];
		row->submission = rows[i];
		row->has_children = passes_on(passed, passed_count, ids[i]);
		if (figure)
			fill_row(row, figure);
	}
	return true;
}

static bool read_rolled_up(struct call *c, const struct figure_query *q, const struct assignment *given, size_t count,
			   struct figure_view *view)
{
	struct cell *const into[BASIS_COUNT] = { &view->provisional, &view->approved };
	enum target_state *const targets[BASIS_COUNT] = { &view->provisional_target, &view->approved_target };
	const struct report_item *item = report_item_find(view->report, q->indicator_id);
	struct rollup_key *keys = ARENA_ARRAY(c->mem, struct rollup_key, count);

	for (size_t i = 0; i < count; i++)
		keys[i] = watch_key(&given[i], q->period);
	for (enum basis basis = BASIS_PROVISIONAL; basis < BASIS_COUNT; basis++) {
		const struct rollup *at;
		struct rollup *sums;

		if (!rollup_read_together(c, keys, count, view->report, basis, &sums))
			return false;
		at = &sums[item - view->report->items];
		rollup_figure(view->indicator, at, into[basis]);
		*targets[basis] = rollup_target(view->indicator, period_year(q->period), at, NULL);
	}
	return true;
}

static bool read_below(struct call *c, const struct figure_query *q, instant at, struct figure_view *view)
{
	struct assignment *given;

	if (!find_given(c, q, &given, &view->part_count))
		return false;
	view->part_ids = ARENA_ARRAY(c->mem, id, view->part_count + 1);
	for (size_t i = 0; i < view->part_count; i++) {
		view->part_ids[i] = given[i].id;
		if (!add_children(c, q, at, &given[i], view))
			return false;
	}
	if (view->child_count)
		qsort(view->children, view->child_count, sizeof(*view->children), by_path);
	/* sums are kept for today only: a figure of another day is read from the children's versions */
	return q->as_of || !view->part_count || read_rolled_up(c, q, given, view->part_count, view);
}

bool watch_figures(struct call *c, const struct figure_query *q, struct figure_view *out)
{
	instant at = q->as_of ? q->as_of : c->now;
	const struct report_item *item;

	memset(out, 0, sizeof(*out));
	out->period = q->period;
	if (!unit_by_id(c, q->unit_id, "unit_id", &out->unit) ||
	    !account_require(c, RIGHT_FIGURE_READ, out->unit.path) || !report_get(c, q->report_id, &out->report))
		return false;
	item = report_item_find(out->report, q->indicator_id);
	if (!item)
		return error_set(c->err, ERR_indicator_unknown, "indicator_id", NULL);
	out->indicator = item->indicator;
	return read_own(c, q, at, out) && read_below(c, q, at, out);
}
