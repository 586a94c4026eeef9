#include "watch/place.h"

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"

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

static void note_report(id *ids, size_t *count, id report_id)
{
	for (size_t i = 0; i < *count; i++)
		if (ids[i] == report_id)
			return;
	ids[(*count)++] = report_id;
}

/* The assignments of the report in view: of those given all, of those received the newest. Both lists are newest first. */
static void take_assignments(struct call *c, struct overview *o, const struct assignment *given, size_t given_count,
			     const struct assignment *received, size_t received_count)
{
	o->parts = ARENA_ARRAY(c->mem, struct part, given_count + 1);
	for (size_t i = given_count; i-- > 0;)
		if (given[i].report_id == o->report->id)
			o->parts[o->part_count++].now.assignment = given[i];
	for (size_t i = 0; i < received_count && !o->received.assignment.id; i++)
		if (received[i].report_id == o->report->id)
			o->received.assignment = received[i];
}

/* The reports the unit gives or receives, and of the one in view its assignments. */
static bool choose_report(struct call *c, struct overview *o, id report_id)
{
	struct assignment *given, *received;
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
	take_assignments(c, o, given, given_count, received, received_count);
	return true;
}

/* The opened periods of one assignment, newest first. */
struct opened {
	struct assignment_period *at;
	size_t count, used;
};

/* The newest periods that any of the assignments has opened, oldest first. */
static void merge_periods(struct overview *o, struct opened *opened, size_t count)
{
	period newest[WATCH_PERIODS];
	size_t found = 0;

	while (found < WATCH_PERIODS) {
		period next = 0;

		for (size_t i = 0; i < count; i++)
			if (opened[i].used < opened[i].count && opened[i].at[opened[i].used].period > next)
				next = opened[i].at[opened[i].used].period;
		if (!next)
			break;
		newest[found++] = next;
		for (size_t i = 0; i < count; i++)
			if (opened[i].used < opened[i].count && opened[i].at[opened[i].used].period == next)
				opened[i].used++;
	}
	for (size_t i = 0; i < found; i++)
		o->periods[i] = newest[found - 1 - i];
	o->period_count = found;
}

/* What the assignment opened: its deadlines beside the periods in view, and the one in view itself. */
static void take_deadlines(struct overview *o, struct part *part, const struct opened *opened)
{
	for (size_t at = 0, i = opened->count; i-- > 0;) {
		const struct assignment_period *ap = &opened->at[i];

		while (at < o->period_count && o->periods[at] < ap->period)
			at++;
		if (at == o->period_count || o->periods[at] != ap->period)
			continue;
		part->deadlines[at] = ap->deadline;
		if (at == o->at)
			part->now = *ap;
	}
	if (part->now.deadline > o->deadline)
		o->deadline = part->now.deadline;
}

/* The period in view: `p`, or the newest opened. */
static bool choose_at(struct call *c, struct overview *o, period p)
{
	o->at = o->period_count ? o->period_count - 1 : 0;
	for (size_t i = 0; i < o->period_count; i++)
		if (o->periods[i] == p) {
			o->at = i;
			return true;
		}
	return p ? error_set(c->err, ERR_not_found, "period", NULL) : true;
}

/* The periods that the unit opened for those below, else that it was given itself. */
static bool choose_period(struct call *c, struct overview *o, period p)
{
	struct opened *opened = ARENA_ARRAY(c->mem, struct opened, o->part_count + 1);
	struct opened received = { 0 };

	for (size_t i = 0; i < o->part_count; i++)
		if (!assignment_periods(c, o->parts[i].now.assignment.id, WATCH_PERIODS, &opened[i].at, &opened[i].count))
			return false;
	if (o->received.assignment.id &&
	    !assignment_periods(c, o->received.assignment.id, WATCH_PERIODS, &received.at, &received.count))
		return false;
	if (o->part_count)
		merge_periods(o, opened, o->part_count);
	else
		merge_periods(o, &received, 1);
	if (!choose_at(c, o, p))
		return false;
	for (size_t i = 0; i < o->part_count; i++)
		take_deadlines(o, &o->parts[i], &opened[i]);
	for (size_t i = 0; i < received.count && o->period_count; i++)
		if (received.at[i].period == o->periods[o->at])
			o->received = received.at[i];
	return true;
}

bool watch_place(struct call *c, id unit_id, id report_id, period p, struct overview *o)
{
	return choose_unit(c, unit_id, &o->unit) && account_require(c, RIGHT_OVERVIEW_READ, o->unit.path) &&
	       choose_report(c, o, report_id) && (!o->report || choose_period(c, o, p));
}
