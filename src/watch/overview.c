#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "watch/watch.h"

/* The unit to show when none is named: that of the first grant that may watch, else the person's own. */
static bool choose_unit(struct call *c, id unit_id, struct unit *out)
{
	const struct actor *actor = c->actor;

	if (unit_id)
		return unit_by_id(c, unit_id, "unit_id", out);
	for (size_t i = 0; actor && i < actor->grant_count; i++)
		if (account_may(c, RIGHT_OVERVIEW_READ, actor->grants[i].unit_path))
			return unit_by_id(c, actor->grants[i].unit_id, NULL, out);
	return actor ? unit_by_id(c, actor->unit_id, NULL, out) : unit_root(c, out);
}

static const struct assignment *of_report(const struct assignment *list, size_t count, id report_id)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].report_id == report_id)
			return &list[i];
	return NULL;
}

static void note_report(id *ids, size_t *count, id report_id)
{
	for (size_t i = 0; i < *count; i++)
		if (ids[i] == report_id)
			return;
	ids[(*count)++] = report_id;
}

/* The reports the unit gives or receives, and of the one in view its assignments. */
static bool choose_report(struct call *c, struct overview *o, id report_id)
{
	struct assignment *given, *received;
	const struct assignment *a;
	size_t given_count, received_count;
	struct report *reports;
	id *ids;

	if (!assignment_from_unit(c, o->unit.id, false, &given, &given_count) ||
	    !assignment_to_unit(c, o->unit.id, false, &received, &received_count))
		return false;
	ids = ARENA_ARRAY(c->mem, id, given_count + received_count + 1);
	for (size_t i = 0; i < given_count; i++)
		note_report(ids, &o->report_count, given[i].report_id);
	for (size_t i = 0; i < received_count; i++)
		note_report(ids, &o->report_count, received[i].report_id);
	reports = ARENA_ARRAY(c->mem, struct report, o->report_count + 1);
	o->reports = reports;
	for (size_t i = 0; i < o->report_count; i++) {
		const struct report *report;

		if (!report_get(c, ids[i], &report))
			return false;
		reports[i] = *report;
		if (ids[i] == report_id || (!report_id && i == 0))
			o->report = &reports[i];
	}
	if (!o->report)
		return report_id ? error_set(c->err, ERR_report_unknown, "report_id", NULL) : true;
	a = of_report(given, given_count, o->report->id);
	if (a)
		o->given.assignment = *a;
	a = of_report(received, received_count, o->report->id);
	if (a)
		o->received.assignment = *a;
	return true;
}

/* The opened periods of an assignment, newest first, with the one in view copied to `at`; at.period 0 when it is not open. */
static bool find_period(struct call *c, struct assignment_period *at, period p, struct assignment_period **opened,
			size_t *count)
{
	if (!assignment_periods(c, at->assignment.id, WATCH_PERIODS, opened, count))
		return false;
	for (size_t i = 0; i < *count; i++) {
		if ((*opened)[i].period != p && p)
			continue;
		*at = (*opened)[i];
		break;
	}
	return true;
}

/* The periods of the given assignment, else of the received one, oldest first, and the one in view. */
static bool choose_period(struct call *c, struct overview *o, period p)
{
	struct assignment_period *first = o->given.assignment.id ? &o->given : &o->received;
	struct assignment_period *opened, *others;
	size_t count, other_count;

	if (!first->assignment.id)
		return true;
	if (!find_period(c, first, p, &opened, &count))
		return false;
	if (p && first->period != p)
		return error_set(c->err, ERR_not_found, "period", NULL);
	o->period_count = count;
	for (size_t i = 0; i < count; i++) {
		const struct assignment_period *ap = &opened[count - 1 - i];

		o->periods[i] = ap->period;
		o->deadlines[i] = ap->deadline;
		if (ap->period == first->period)
			o->at = i;
	}
	if (first == &o->received || !o->received.assignment.id || !first->period)
		return true;
	return find_period(c, &o->received, first->period, &others, &other_count);
}

struct rollup_key watch_key(const struct assignment *a, period p)
{
	return (struct rollup_key){ a->province_id, a->id, p };
}

static int by_path(const void *a, const void *b)
{
	const struct child *left = a, *right = b;

	return strcmp(left->unit.path, right->unit.path);
}

static int by_id(const void *a, const void *b)
{
	const struct child *left = a, *right = b;

	return left->unit.id < right->unit.id ? -1 : left->unit.id > right->unit.id;
}

static struct child *child_of(struct overview *o, id unit_id)
{
	struct child key = { .unit = { .id = unit_id } };

	return bsearch(&key, o->children, o->child_count, sizeof(key), by_id);
}

static bool read_children(struct call *c, struct overview *o)
{
	struct unit *units;
	id *ids;

	if (!assignment_units(c, o->given.assignment.id, &ids, &o->child_count) ||
	    !unit_by_ids(c, ids, o->child_count, NULL, &units))
		return false;
	o->children = ARENA_ARRAY(c->mem, struct child, o->child_count + 1);
	for (size_t i = 0; i < o->child_count; i++)
		o->children[i].unit = units[i];
	qsort(o->children, o->child_count, sizeof(*o->children), by_id);
	return true;
}

/* Twelve periods of submissions of all children in one scan. */
static bool read_submissions(struct call *c, struct overview *o)
{
	struct submission *rows;
	size_t count, at = 0;

	if (!submission_of_assignment(c, o->given.assignment.id, o->periods[0], o->periods[o->period_count - 1], &rows,
				      &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct child *child = child_of(o, rows[i].unit_id);

		while (at < o->period_count && o->periods[at] < rows[i].period)
			at++;
		if (child && at < o->period_count && o->periods[at] == rows[i].period)
			child->periods[at] = &rows[i];
	}
	for (size_t i = 0; i < o->child_count; i++)
		o->children[i].now = o->children[i].periods[o->at];
	return true;
}

static void add_tally(struct tally *sum, const struct tally *part)
{
	sum->assigned += part->assigned;
	sum->submitted += part->submitted;
	sum->on_time += part->on_time;
	sum->late += part->late;
	sum->approved += part->approved;
	sum->received += part->received;
	sum->returned += part->returned;
	sum->nil += part->nil;
}

/*
 * How the children passed the report on, and how far the units below them
 * are; `keys` gets the sums below those that have submitted nothing themselves.
 */
static bool read_passed_on(struct call *c, struct overview *o, struct rollup_key **keys, size_t *count)
{
	struct assignment *passed;
	struct tally *tallies;
	size_t passed_count;

	if (!assignment_passed_on(c, o->given.assignment.id, &passed, &passed_count))
		return false;
	*keys = ARENA_ARRAY(c->mem, struct rollup_key, passed_count + 1);
	tallies = ARENA_ARRAY(c->mem, struct tally, passed_count + 1);
	for (size_t i = 0; i < passed_count; i++)
		(*keys)[i] = watch_key(&passed[i], o->given.period);
	if (passed_count && !rollup_tally_read_many(c, *keys, passed_count, tallies))
		return false;
	*count = 0;
	for (size_t i = 0; i < passed_count; i++) {
		struct child *child = child_of(o, passed[i].from_unit_id);

		if (!child)
			continue;
		child->passed_on = &passed[i];
		add_tally(&child->tally, &tallies[i]);
		add_tally(&o->below, &tallies[i]);
		o->has_below = true;
		if (!child->now || !submission_counts(child->now->state, BASIS_PROVISIONAL))
			(*keys)[(*count)++] = (*keys)[i];
	}
	return true;
}

/*
 * What the level knows before anything is approved: `sums` has what its
 * children submitted; those that passed the report on and have submitted
 * nothing are known by what stands below them.
 */
static bool add_from_below(struct call *c, struct overview *o, const struct rollup_key *keys, size_t count,
			   struct rollup *sums)
{
	struct rollup **parts = ARENA_ARRAY(c->mem, struct rollup *, count);

	if (!rollup_read_many(c, keys, count, o->report, BASIS_PROVISIONAL, parts))
		return false;
	for (size_t k = 0; k < count; k++)
		for (size_t i = 0; i < o->report->item_count; i++)
			if (!rollup_add(&sums[i], &parts[k][i]))
				return error_internal(c->err, "the sum over the units below is too large");
	return true;
}

static bool read_rolled_up(struct call *c, struct overview *o, const struct rollup_key *below, size_t below_count)
{
	struct rollup_key key = watch_key(&o->given.assignment, o->given.period);
	struct rollup *provisional, *approved;

	if (!rollup_read(c, &key, o->report, BASIS_PROVISIONAL, &provisional) ||
	    !rollup_read(c, &key, o->report, BASIS_APPROVED, &approved) ||
	    !rollup_tally_read(c, &key, &o->tally))
		return false;
	if (below_count && !add_from_below(c, o, below, below_count, provisional))
		return false;
	for (size_t i = 0; i < o->figure_count; i++) {
		struct level_figure *f = &o->figures[i];
		int year = period_year(o->given.period);

		rollup_figure(f->indicator, &provisional[i], &f->provisional);
		rollup_figure(f->indicator, &approved[i], &f->approved);
		f->provisional_target = rollup_target(f->indicator, year, &provisional[i], NULL);
		f->approved_target = rollup_target(f->indicator, year, &approved[i], NULL);
	}
	o->answered_for = !o->received.assignment.id && o->tally.assigned && o->tally.approved == o->tally.assigned;
	return true;
}

static size_t period_at(const struct overview *o, period p)
{
	size_t at = 0;

	while (at < o->period_count && o->periods[at] != p)
		at++;
	return at;
}

/* The earlier periods as approved below the level, the one in view as it stands now. */
static bool read_trend(struct call *c, struct overview *o)
{
	struct period_rollups *rounds;
	size_t count;

	if (!rollup_read_periods(c, o->given.assignment.province_id, o->given.assignment.id, o->report, BASIS_APPROVED,
				 o->periods[0], o->periods[o->period_count - 1], &rounds, &count))
		return false;
	for (size_t r = 0; r < count; r++) {
		size_t at = period_at(o, rounds[r].period);

		for (size_t i = 0; at < o->period_count && i < o->figure_count; i++) {
			struct cell cell = { 0 };

			o->figures[i].has_trend[at] =
				rollup_figure(o->figures[i].indicator, &rounds[r].sums[i], &cell);
			o->figures[i].trend[at] = cell.number;
		}
	}
	for (size_t i = 0; i < o->figure_count; i++) {
		o->figures[i].has_trend[o->at] = o->figures[i].provisional.present;
		o->figures[i].trend[o->at] = o->figures[i].provisional.number;
	}
	return true;
}

/* The unit's own figure: what its approver answered for stands over what was rolled up. */
static bool read_own(struct call *c, struct overview *o)
{
	struct cell *cells;
	bool found;

	if (!o->received.period)
		return true;
	if (!submission_find(c, o->received.assignment.id, o->received.period, o->unit.id, &found, &o->own))
		return false;
	if (!found || !o->own.version || !submission_counts(o->own.state, BASIS_PROVISIONAL))
		return true;
	if (!submission_cells(c, &o->own, o->report, o->own.version, &cells))
		return false;
	o->answered_for = submission_counts(o->own.state, BASIS_APPROVED);
	for (size_t i = 0; i < o->figure_count; i++) {
		struct level_figure *f = &o->figures[i];
		enum target_state target = cells[i].present ? target_compare(f->indicator, period_year(o->own.period),
									     cells[i].number, NULL) :
							      TARGET_NONE;

		if (o->answered_for) {
			f->approved = cells[i];
			f->approved_target = target;
		}
		if (!o->given.assignment.id) {
			f->provisional = cells[i];
			f->provisional_target = target;
		}
	}
	return true;
}

/* Of a unit that gathers from nobody: what it handed in itself, period by period. */
static bool read_own_trend(struct call *c, struct overview *o)
{
	struct submission *rows;
	size_t count;

	if (!submission_of_unit(c, o->unit.id, o->periods[0], &rows, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t at = period_at(o, rows[i].period);
		struct cell *cells;

		if (rows[i].assignment_id != o->received.assignment.id || at == o->period_count ||
		    !submission_counts(rows[i].state, BASIS_PROVISIONAL))
			continue;
		if (!submission_cells(c, &rows[i], o->report, rows[i].version, &cells))
			return false;
		for (size_t k = 0; k < o->figure_count; k++) {
			o->figures[k].has_trend[at] = cells[k].present;
			o->figures[k].trend[at] = cells[k].number;
		}
	}
	return true;
}

static bool read_figures(struct call *c, struct overview *o, const struct rollup_key *below, size_t below_count)
{
	o->figure_count = o->report->item_count;
	o->figures = ARENA_ARRAY(c->mem, struct level_figure, o->figure_count + 1);
	for (size_t i = 0; i < o->figure_count; i++)
		o->figures[i].indicator = o->report->items[i].indicator;
	if (o->given.period && (!read_rolled_up(c, o, below, below_count) || !read_trend(c, o)))
		return false;
	if (!o->given.assignment.id && o->received.period && !read_own_trend(c, o))
		return false;
	return read_own(c, o);
}

bool watch_overview(struct call *c, id unit_id, id report_id, period p, struct overview *out)
{
	struct rollup_key *below = NULL;
	size_t below_count = 0;

	memset(out, 0, sizeof(*out));
	if (!choose_unit(c, unit_id, &out->unit) || !account_require(c, RIGHT_OVERVIEW_READ, out->unit.path))
		return false;
	if (!choose_report(c, out, report_id))
		return false;
	if (!out->report)
		return true;
	if (!choose_period(c, out, p))
		return false;
	if (out->given.period && (!read_children(c, out) || !read_submissions(c, out) ||
				  !read_passed_on(c, out, &below, &below_count)))
		return false;
	if (!read_figures(c, out, below, below_count))
		return false;
	if (out->child_count)
		qsort(out->children, out->child_count, sizeof(*out->children), by_path);
	return true;
}
