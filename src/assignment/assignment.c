#include "assignment/assignment.h"

#include <stdlib.h>

#include "account/account.h"
#include "audit/audit.h"
#include "assignment/assignment_actions.h"
#include "assignment/assignment_rules.h"
#include "assignment/assignment_store.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "indicator/indicator.h"
#include "rollup/rollup.h"
#include "unit/unit.h"

enum { LIST_MAX = 2000 };

bool assignment_fill_unit(struct call *c, struct assignment *assignment)
{
	struct unit from;

	if (!unit_by_id(c, assignment->from_unit_id, NULL, &from))
		return false;
	assignment->from_path = from.path;
	assignment->province_id = from.province_id;
	return true;
}

bool assignment_get(struct call *c, id assignment_id, struct assignment *out)
{
	bool found;

	if (!assignment_row(c, assignment_id, &found, out))
		return false;
	if (!found)
		return error_set(c->err, ERR_assignment_unknown, NULL, NULL);
	return assignment_fill_unit(c, out);
}

bool assignment_period_get(struct call *c, id assignment_id, period p, struct assignment_period *out)
{
	struct assignment assignment;
	bool found;

	if (!assignment_period_row(c, assignment_id, p, &found, out))
		return false;
	if (found)
		return assignment_fill_unit(c, &out->assignment);
	return assignment_get(c, assignment_id, &assignment) &&
	       error_set(c->err, ERR_period_not_opened, "period", NULL);
}

bool assignment_managed(struct call *c, id assignment_id, struct assignment *out)
{
	return assignment_get(c, assignment_id, out) &&
	       account_require(c, RIGHT_ASSIGNMENT_MANAGE, out->from_path);
}

bool assignment_tell(struct call *c, const struct assignment *assignment,
		     const struct assignment_event *event)
{
	struct event row = {
		.kind = event->kind,
		.unit_id = assignment->from_unit_id,
		.unit_path = assignment->from_path,
		.subject_kind = "assignment",
		.subject_id = assignment->id,
	};
	const struct report *report;
	char text[PERIOD_TEXT_MAX];
	struct buf buf;
	struct json json;

	if (!report_get(c, assignment->report_id, &report))
		return false;
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_id(&json, "assignment_id", assignment->id);
	json_id(&json, "report_id", assignment->report_id);
	json_text(&json, "title", report->title);
	if (event->period)
		json_text(&json, "period", period_format(event->period, text));
	if (event->units >= 0)
		json_int(&json, "units", event->units);
	if (event->missing >= 0)
		json_int(&json, "missing", event->missing);
	if (event->reason)
		json_text(&json, "reason", event->reason);
	if (!event->period) {
		json_text(&json, "first_period", period_format(assignment->first, text));
		json_text(&json, "last_period",
			  assignment->last ? period_format(assignment->last, text) : NULL);
		deadline_rule_write(&json, "rule", &assignment->rule);
		json_text(&json, "document", assignment->document);
	}
	json_end(&json);
	row.after = buf.data;
	return event_write(c, &row, NULL);
}

static int by_id(const void *a, const void *b)
{
	id x = *(const id *)a, y = *(const id *)b;

	return (x > y) - (x < y);
}

/* The name of one of the units, for an error. */
static const char *name_of(const struct unit *units, size_t count, id unit_id)
{
	for (size_t i = 0; i < count; i++)
		if (units[i].id == unit_id)
			return units[i].name;
	return "";
}

static bool check_once(struct call *c, const id *unit_ids, const struct unit *units, size_t count)
{
	id *sorted = ARENA_ARRAY(c->mem, id, count);

	for (size_t i = 0; i < count; i++)
		sorted[i] = unit_ids[i];
	qsort(sorted, count, sizeof(*sorted), by_id);
	for (size_t i = 1; i < count; i++)
		if (sorted[i] == sorted[i - 1])
			return error_set(c->err, ERR_unit_twice, "unit_ids", name_of(units, count, sorted[i]),
					 NULL);
	return true;
}

/* Whether these units can be given the assignment. */
static bool check_units(struct call *c, const struct assignment *assignment, const id *unit_ids, size_t count)
{
	struct civil_date today = civil_date_of(c->now);
	struct unit *units;
	bool overlaps;

	if (count > ROLLUP_UNITS_MAX)
		return error_set(c->err, ERR_too_many_items, "unit_ids",
				 arena_printf(c->mem, "%d", ROLLUP_UNITS_MAX), NULL);
	if (!unit_by_ids(c, unit_ids, count, "unit_ids", &units) || !check_once(c, unit_ids, units, count))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct unit *unit = &units[i];

		if (unit->id == assignment->from_unit_id || !unit_under(unit->path, assignment->from_path))
			return error_set(c->err, ERR_unit_not_below, "unit_ids", unit->name, NULL);
		/* The demonstration and late set-ups assign for periods before the units of today began. */
		if (unit->valid_to.year && civil_compare(unit->valid_to, today) <= 0)
			return error_set(c->err, ERR_unit_not_valid, "unit_ids", unit->name, NULL);
		if (!assignment_overlap(c, assignment->from_unit_id, assignment->report_id, unit->id,
					assignment->first, assignment->last, assignment->id, &overlaps))
			return false;
		if (overlaps)
			return error_set(c->err, ERR_unit_already_assigned, "unit_ids", unit->name, NULL);
	}
	return true;
}

static bool check_parent(struct call *c, const struct assignment *assignment)
{
	struct assignment parent;
	bool found, has;

	if (!assignment->parent_id)
		return true;
	if (!assignment_row(c, assignment->parent_id, &found, &parent) ||
	    (found && !assignment_has_unit(c, parent.id, assignment->from_unit_id, &has)))
		return false;
	if (!found || !has)
		return error_set(c->err, ERR_parent_not_received, "parent_id", NULL);
	if (period_frequency(parent.first) != period_frequency(assignment->first))
		return error_set(c->err, ERR_parent_frequency, "parent_id", NULL);
	return true;
}

static bool check_periods(struct call *c, const struct assignment *assignment, enum frequency frequency)
{
	char text[PERIOD_TEXT_MAX];

	if (!period_valid(assignment->first) || period_frequency(assignment->first) != frequency)
		return error_set(
			c->err, ERR_period_outside, "first_period",
			period_valid(assignment->first) ? period_format(assignment->first, text) : "", NULL);
	if (!assignment->last)
		return true;
	if (!period_valid(assignment->last) || period_frequency(assignment->last) != frequency)
		return error_set(c->err, ERR_period_outside, "last_period",
				 period_format(assignment->first, text), NULL);
	return assignment->last >= assignment->first ||
	       error_set(c->err, ERR_period_order, "last_period", NULL);
}

bool assignment_create(struct call *c, const struct assignment_draft *draft, id *out)
{
	struct assignment made = {
		.report_id = draft->report_id,
		.from_unit_id = draft->from_unit_id,
		.parent_id = draft->parent_id,
		.rule = draft->rule,
		.first = draft->first,
		.last = draft->last,
		.document = draft->document,
		.version = 1,
	};
	const struct report *report;
	struct assignment_event told = { .kind = "assignment.created", .units = (int64_t)draft->unit_count,
					 .missing = -1 };

	if (!assignment_fill_unit(c, &made) || !account_require(c, RIGHT_ASSIGNMENT_MANAGE, made.from_path) ||
	    !report_get(c, draft->report_id, &report) || !deadline_rule_check(&draft->rule, "rule", c->err) ||
	    !check_periods(c, &made, report->frequency) || !check_parent(c, &made))
		return false;
	if (!draft->unit_count)
		return error_set(c->err, ERR_units_none, "unit_ids", NULL);
	made.id = id_next(c->now);
	if (!check_units(c, &made, draft->unit_ids, draft->unit_count) || !assignment_insert(c, &made) ||
	    !assignment_units_add(c, made.id, draft->unit_ids, draft->unit_count, made.first) ||
	    !assignment_tell(c, &made, &told))
		return false;
	*out = made.id;
	return true;
}

/* The units get their rows in the periods that are open; later ones open with them. */
static bool add_units(struct call *c, const struct assignment *assignment, const id *unit_ids, size_t count)
{
	period *open, newest;
	size_t open_count;
	struct assignment_period ap;

	if (!count)
		return true;
	if (assignment->unit_count + (int64_t)count > ROLLUP_UNITS_MAX)
		return error_set(c->err, ERR_too_many_items, "add_unit_ids",
				 arena_printf(c->mem, "%d", ROLLUP_UNITS_MAX), NULL);
	for (size_t i = 0; i < count; i++) {
		struct unit unit;
		bool has;

		if (!assignment_has_unit(c, assignment->id, unit_ids[i], &has) ||
		    (has && !unit_by_id(c, unit_ids[i], "add_unit_ids", &unit)))
			return false;
		if (has)
			return error_set(c->err, ERR_unit_already_assigned, "add_unit_ids", unit.name, NULL);
	}
	if (!check_units(c, assignment, unit_ids, count) ||
	    !assignment_newest_period(c, assignment->id, &newest) ||
	    !assignment_periods_open(c, assignment->id, &open, &open_count))
		return false;
	if (open_count)
		newest = open[0];
	else
		newest = newest ? period_add(newest, 1) : assignment->first;
	if (!assignment_units_add(c, assignment->id, unit_ids, count, newest))
		return false;
	for (size_t i = 0; i < open_count; i++)
		if (!assignment_period_get(c, assignment->id, open[i], &ap) ||
		    !assignment_open_units(c, &ap, unit_ids, count))
			return false;
	return true;
}

static bool remove_units(struct call *c, const struct assignment *assignment, const id *unit_ids,
			 size_t count)
{
	period newest, until;

	if (!assignment_newest_period(c, assignment->id, &newest))
		return false;
	until = newest ? period_add(newest, 1) : assignment->first;
	for (size_t i = 0; i < count; i++) {
		struct unit unit;
		bool had;

		if (!unit_by_id(c, unit_ids[i], "remove_unit_ids", &unit) ||
		    !assignment_unit_end(c, assignment->id, unit_ids[i], until, &had))
			return false;
		if (!had)
			return error_set(c->err, ERR_unit_has_not, "remove_unit_ids", unit.name, NULL);
	}
	return true;
}

bool assignment_change(struct call *c, id assignment_id, int64_t version,
		       const struct assignment_change *change)
{
	struct assignment made;
	struct assignment_event told = { .kind = "assignment.changed", .missing = -1 };
	bool changed;

	if (!assignment_managed(c, assignment_id, &made))
		return false;
	if (change->rule) {
		if (!deadline_rule_check(change->rule, "rule", c->err))
			return false;
		made.rule = *change->rule;
	}
	if (change->set_last)
		made.last = change->last;
	if (!check_periods(c, &made, period_frequency(made.first)) ||
	    !assignment_update(c, &made, version, &changed))
		return false;
	if (!changed)
		return error_set(c->err, ERR_stale_version, NULL,
				 arena_printf(c->mem, "%lld", (long long)made.version), NULL);
	if (!remove_units(c, &made, change->remove_unit_ids, change->remove_count) ||
	    !add_units(c, &made, change->add_unit_ids, change->add_count))
		return false;
	told.units = made.unit_count + (int64_t)change->add_count - (int64_t)change->remove_count;
	return assignment_tell(c, &made, &told);
}

static bool list(struct call *c, const struct assignment_query *query, struct assignment **out, size_t *count)
{
	if (!assignment_rows(c, query, out, count))
		return false;
	for (size_t i = 0; i < *count; i++)
		if (!assignment_fill_unit(c, &(*out)[i]))
			return false;
	return true;
}

bool assignment_to_unit(struct call *c, id unit_id, bool ended, struct assignment **out, size_t *count)
{
	const struct assignment_query query = { .to_unit_id = unit_id, .ended = ended, .limit = LIST_MAX };

	return list(c, &query, out, count);
}

bool assignment_from_unit(struct call *c, id unit_id, bool ended, struct assignment **out, size_t *count)
{
	const struct assignment_query query = { .from_unit_id = unit_id, .ended = ended, .limit = LIST_MAX };

	return list(c, &query, out, count);
}

bool assignment_passed_on(struct call *c, id parent_id, struct assignment **out, size_t *count)
{
	const struct assignment_query query = { .parent_id = parent_id, .ended = true, .limit = LIST_MAX };

	return list(c, &query, out, count);
}

static int by_path(const void *a, const void *b)
{
	const char *x = ((const struct unit *)a)->path, *y = ((const struct unit *)b)->path;

	for (; *x && *x == *y; x++, y++)
		continue;
	return (unsigned char)*x - (unsigned char)*y;
}

bool assignment_units(struct call *c, id assignment_id, id **unit_ids, size_t *count)
{
	struct unit *units;

	if (!assignment_unit_rows(c, assignment_id, 0, unit_ids, count) ||
	    !unit_by_ids(c, *unit_ids, *count, NULL, &units))
		return false;
	qsort(units, *count, sizeof(*units), by_path);
	for (size_t i = 0; i < *count; i++)
		(*unit_ids)[i] = units[i].id;
	return true;
}

bool assignment_periods(struct call *c, id assignment_id, int limit, struct assignment_period **out,
			size_t *count)
{
	struct assignment assignment;

	if (!assignment_get(c, assignment_id, &assignment) ||
	    !assignment_period_rows(c, assignment_id, limit, out, count))
		return false;
	for (size_t i = 0; i < *count; i++)
		(*out)[i].assignment = assignment;
	return true;
}

bool assignment_all_periods(struct call *c, struct assignment_period **out, size_t *count)
{
	if (!assignment_period_rows_all(c, out, count))
		return false;
	for (size_t i = 0; i < *count; i++) {
		struct assignment *assignment = &(*out)[i].assignment;

		if (i && assignment->id == (*out)[i - 1].assignment.id) {
			assignment->from_path = (*out)[i - 1].assignment.from_path;
			assignment->province_id = (*out)[i - 1].assignment.province_id;
		} else if (!assignment_fill_unit(c, assignment)) {
			return false;
		}
	}
	return true;
}
