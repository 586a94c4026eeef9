#include "account/account.h"
#include "assignment/assignment_actions.h"
#include "assignment/assignment_rules.h"
#include "assignment/assignment_store.h"
#include "base/arena.h"
#include "base/error.h"
#include "rollup/rollup.h"
#include "submission/submission.h"
#include "unit/unit.h"

/* Periods of an assignment: opened, closed, opened again. */

static struct rollup_key key_of(const struct assignment_period *ap)
{
	return (struct rollup_key){ ap->assignment.province_id, ap->assignment.id, ap->period };
}

bool assignment_open_units(struct call *c, const struct assignment_period *ap, const id *unit_ids,
			   size_t count)
{
	struct rollup_key key = key_of(ap);
	struct tally difference = { 0 };
	size_t opened;

	if (!submission_open(c, ap, unit_ids, count, &opened))
		return false;
	difference.assigned = (int64_t)opened;
	return rollup_tally(c, &key, &difference);
}

/* Opens the period, or adds to an open one the units that have no row in it yet. */
static bool open_period(struct call *c, const struct assignment *assignment, period p,
			const struct holidays *holidays)
{
	struct assignment_period ap = {
		.assignment = *assignment,
		.period = p,
		.opens = deadline_opens(&assignment->rule, p),
		.deadline = deadline_of(&assignment->rule, p, holidays),
		.state = PERIOD_OPEN,
	};
	struct assignment_event told = { .kind = "period.opened", .period = p, .missing = -1 };
	bool found, duplicate;
	id *unit_ids;
	size_t count;

	if (!assignment_period_row(c, assignment->id, p, &found, &ap))
		return false;
	ap.assignment = *assignment;
	if (found && ap.state == PERIOD_CLOSED)
		return error_set(c->err, ERR_period_closed, "period", NULL);
	if (!found) {
		/* Opened by hand before its day: entry is open from now on. */
		if (ap.opens > c->now)
			ap.opens = c->now;
		if (!assignment_period_insert(c, &ap, &duplicate))
			return duplicate ? error_set(c->err, ERR_conflict, NULL, NULL) : false;
	}
	if (!assignment_unit_rows(c, assignment->id, p, &unit_ids, &count) ||
	    !assignment_open_units(c, &ap, unit_ids, count))
		return false;
	told.units = (int64_t)count;
	return assignment_tell(c, assignment, &told);
}

bool assignment_open(struct call *c, id assignment_id, period p)
{
	struct assignment assignment;
	struct holidays holidays;
	char text[PERIOD_TEXT_MAX];

	if (!assignment_managed(c, assignment_id, &assignment))
		return false;
	if (!assignment_has_period(&assignment, period_frequency(assignment.first), p))
		return error_set(c->err, ERR_period_outside, "period", period_format(assignment.first, text),
				 NULL);
	return deadline_holidays(c, &holidays) && open_period(c, &assignment, p, &holidays);
}

/* The first period that is to be opened now; 0 when there is none. */
static period next_due(const struct assignment_newest *row, instant now)
{
	period newest = assignment_newest_due(&row->assignment, now);
	period next = row->newest ? period_add(row->newest, 1) : row->assignment.first;

	return newest && next <= newest ? next : 0;
}

bool assignment_due(struct call *c, bool *due)
{
	struct assignment_newest *rows;
	size_t count;

	*due = false;
	if (!assignment_newest_rows(c, &rows, &count))
		return false;
	for (size_t i = 0; i < count && !*due; i++)
		*due = next_due(&rows[i], c->now) != 0;
	return true;
}

bool assignment_open_due(struct call *c, size_t *opened)
{
	struct assignment_newest *rows;
	struct holidays holidays;
	size_t count;

	*opened = 0;
	if (!assignment_newest_rows(c, &rows, &count) || !deadline_holidays(c, &holidays))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct assignment *assignment = &rows[i].assignment;
		period p = next_due(&rows[i], c->now);

		if (p && !assignment_fill_unit(c, assignment))
			return false;
		for (; p; p = next_due(&rows[i], c->now)) {
			if (!open_period(c, assignment, p, &holidays))
				return false;
			rows[i].newest = p;
			++*opened;
		}
	}
	return true;
}

bool assignment_duty(struct call *c, void *arg)
{
	size_t opened;

	(void)arg;
	return assignment_open_due(c, &opened);
}

/* Every unit that is missing, by name. */
static bool refuse_missing(struct call *c, const struct assignment_closed *closed)
{
	size_t count = closed->missing_count < ERROR_DETAILS_MAX ? closed->missing_count : ERROR_DETAILS_MAX;
	struct error_detail *details = ARENA_ARRAY(c->mem, struct error_detail, count);

	for (size_t i = 0; i < count; i++)
		details[i] = (struct error_detail){
			.code = ERR_unit_missing,
			.field = arena_printf(c->mem, "units/%s", closed->missing[i].code),
			.args = { closed->missing[i].name },
		};
	error_set(c->err, ERR_units_missing, NULL, arena_printf(c->mem, "%zu", closed->missing_count), NULL);
	c->err->details = details;
	c->err->detail_count = count;
	return false;
}

/* An assignment's period whose figures the caller receives. */
static bool received(struct call *c, id assignment_id, period p, struct assignment_period *out)
{
	return assignment_period_get(c, assignment_id, p, out) &&
	       account_require(c, RIGHT_FIGURE_RECEIVE, out->assignment.from_path);
}

bool assignment_close(struct call *c, id assignment_id, period p, bool accept_missing, const char *note,
		      struct assignment_closed *out)
{
	struct assignment_event told = { .kind = "period.closed", .period = p, .reason = note, .units = -1 };
	struct assignment_period ap;

	*out = (struct assignment_closed){ 0 };
	if (!received(c, assignment_id, p, &ap))
		return false;
	if (ap.state == PERIOD_CLOSED)
		return error_set(c->err, ERR_period_closed, NULL, NULL);
	if (!submission_missing(c, &ap, &out->missing, &out->missing_count))
		return false;
	if (out->missing_count && !accept_missing)
		return refuse_missing(c, out);
	if (out->missing_count && !assignment_gaps_insert(c, &ap, out->missing, out->missing_count))
		return false;
	told.missing = (int64_t)out->missing_count;
	if (!assignment_period_state(c, &ap, PERIOD_CLOSED, note) ||
	    !assignment_tell(c, &ap.assignment, &told))
		return false;
	if (!ap.assignment.parent_id)
		return true;
	return rollup_flush(c) && submission_fill_from_rollup(c, &ap, ap.assignment.parent_id,
							      &out->filled_submission_id);
}

bool assignment_reopen(struct call *c, id assignment_id, period p, const char *reason)
{
	struct assignment_event told = {
		.kind = "period.reopened", .period = p, .reason = reason, .units = -1, .missing = -1
	};
	struct assignment_period ap;

	if (!received(c, assignment_id, p, &ap))
		return false;
	if (ap.state != PERIOD_CLOSED)
		return error_set(c->err, ERR_period_still_open, NULL, NULL);
	if (!reason || !*reason)
		return error_set(c->err, ERR_reason_required, "reason", NULL);
	return assignment_period_state(c, &ap, PERIOD_OPEN, NULL) && assignment_gaps_remove(c, &ap) &&
	       assignment_tell(c, &ap.assignment, &told);
}

bool assignment_except(struct call *c, id assignment_id, period p, id unit_id, instant until,
		       const char *reason)
{
	struct assignment_period ap;

	if (!assignment_period_get(c, assignment_id, p, &ap) ||
	    !account_require(c, RIGHT_ASSIGNMENT_MANAGE, ap.assignment.from_path))
		return false;
	if (ap.state == PERIOD_CLOSED)
		return error_set(c->err, ERR_period_closed, NULL, NULL);
	if (!reason || !*reason)
		return error_set(c->err, ERR_reason_required, "reason", NULL);
	return submission_except(c, &ap, unit_id, until, reason);
}
