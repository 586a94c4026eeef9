#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "watch/watch.h"

static bool find_assignment(struct call *c, const struct figure_query *q, bool given, struct assignment *out)
{
	struct assignment *list;
	size_t count;

	if (given ? !assignment_from_unit(c, q->unit_id, true, &list, &count)
		  : !assignment_to_unit(c, q->unit_id, true, &list, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (list[i].report_id != q->report_id || list[i].first > q->period ||
		    (list[i].last && list[i].last < q->period))
			continue;
		*out = list[i];
		break;
	}
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
	if (!find_assignment(c, q, false, &received))
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

static bool read_children(struct call *c, const struct figure_query *q, instant at, const struct assignment *given,
			  struct figure_view *view)
{
	struct submission *rows;
	struct known_figure *known;
	struct assignment *passed;
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
	view->children = ARENA_ARRAY(c->mem, struct figure_row, count + 1);
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
	qsort(view->children, view->child_count, sizeof(*view->children), by_path);
	return true;
}

static bool read_rolled_up(struct call *c, const struct figure_query *q, const struct assignment *given,
			   struct figure_view *view)
{
	struct rollup_key key = watch_key(given, q->period);
	struct cell *const into[BASIS_COUNT] = { &view->provisional, &view->approved };
	enum target_state *const targets[BASIS_COUNT] = { &view->provisional_target, &view->approved_target };

	for (enum basis basis = BASIS_PROVISIONAL; basis < BASIS_COUNT; basis++) {
		struct rollup *sums;

		if (!rollup_read(c, &key, view->report, basis, &sums))
			return false;
		for (size_t i = 0; i < view->report->item_count; i++)
			if (view->report->items[i].indicator->id == q->indicator_id) {
				rollup_figure(view->indicator, &sums[i], into[basis]);
				*targets[basis] = rollup_target(view->indicator, period_year(q->period), &sums[i],
								NULL);
			}
	}
	return true;
}

bool watch_figures(struct call *c, const struct figure_query *q, struct figure_view *out)
{
	instant at = q->as_of ? q->as_of : c->now;
	struct assignment given = { 0 };
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
	if (!read_own(c, q, at, out) || !find_assignment(c, q, true, &given))
		return false;
	if (!given.id)
		return true;
	out->child_assignment_id = given.id;
	if (!read_children(c, q, at, &given, out))
		return false;
	/* sums are kept for today only: a figure of another day is read from the children's versions */
	return q->as_of || read_rolled_up(c, q, &given, out);
}
