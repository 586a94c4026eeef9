#include "assignment/assignment_api.h"

#include "account/account.h"
#include "assignment/assignment_actions.h"
#include "assignment/assignment_store.h"
#include "base/arena.h"
#include "base/text.h"
#include "deadline/deadline_api.h"
#include "submission/submission.h"
#include "unit/unit.h"
#include "unit/unit_api.h"

enum { NOTE_MAX = 2000, PAGE_MOST = 200 };

static const struct field query_fields[] = {
	{ .name = "from_unit_id", .type = FIELD_ID, .about = "Given by this unit." },
	{ .name = "to_unit_id", .type = FIELD_ID, .about = "Received by this unit." },
	{ .name = "ended", .type = FIELD_BOOL, .about = "Those too whose last period is closed." },
	{ .name = "after", .type = FIELD_ID, .about = "The cursor `next` of the page before." },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = PAGE_MOST },
	{ 0 },
};
static const struct shape query_shape = { NULL, query_fields };

static const struct field list_fields[] = {
	{ .name = "assignments", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &assignment_shape },
	{ .name = "next", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "may_create", .type = FIELD_BOOL, .flags = FIELD_REQUIRED,
	  .about = "Whether the caller may assign from the own unit." },
	{ 0 },
};
static const struct shape list_shape = { "AssignmentList", list_fields };

static const struct field create_fields[] = {
	{ .name = "report_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "from_unit_id", .type = FIELD_ID, .about = "Without it, the caller's unit." },
	{ .name = "parent_id", .type = FIELD_ID, .flags = FIELD_NULLABLE },
	{ .name = "rule", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &deadline_rule_shape },
	{ .name = "first_period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ .name = "last_period", .type = FIELD_PERIOD, .flags = FIELD_NULLABLE },
	{ .name = "document", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = ASSIGNMENT_DOCUMENT_MAX },
	{ .name = "unit_ids", .type = FIELD_ARRAY, .item = FIELD_ID, .max = ROLLUP_UNITS_MAX },
	{ .name = "include", .type = FIELD_ARRAY, .item = FIELD_TEXT, .max = 4,
	  .about = "All units directly below of these kinds: provinces, ministries, departments, communes." },
	{ 0 },
};
static const struct shape create_shape = { "AssignmentInput", create_fields };

static const struct field change_fields[] = {
	{ .name = "rule", .type = FIELD_OBJECT, .of = &deadline_rule_shape,
	  .about = "Holds for periods opened from now on." },
	{ .name = "last_period", .type = FIELD_PERIOD, .flags = FIELD_NULLABLE },
	{ .name = "add_unit_ids", .type = FIELD_ARRAY, .item = FIELD_ID, .max = ROLLUP_UNITS_MAX },
	{ .name = "remove_unit_ids", .type = FIELD_ARRAY, .item = FIELD_ID, .max = ROLLUP_UNITS_MAX },
	{ 0 },
};
static const struct shape change_shape = { "AssignmentChange", change_fields };

static const struct field open_fields[] = {
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape open_shape = { "PeriodOpening", open_fields };

static const struct field close_fields[] = {
	{ .name = "accept_missing", .type = FIELD_BOOL,
	  .about = "Close though units are missing; the gap is recorded." },
	{ .name = "note", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = NOTE_MAX },
	{ 0 },
};
static const struct shape close_shape = { "PeriodClosing", close_fields };

static const struct field missing_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "draft|submitted|approved|received|returned" },
	{ 0 },
};
static const struct shape missing_shape = { "MissingUnit", missing_fields };

static const struct field missing_list_fields[] = {
	{ .name = "missing", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &missing_shape,
	  .max = ROLLUP_UNITS_MAX },
	{ 0 },
};
static const struct shape missing_list_shape = { "MissingUnitList", missing_list_fields };

static const struct field closed_fields[] = {
	{ .name = "missing", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &missing_shape,
	  .max = ROLLUP_UNITS_MAX },
	{ .name = "filled_submission_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "The unit's own submission to the level above, its draft filled with the roll-up." },
	{ 0 },
};
static const struct shape closed_shape = { "PeriodClosed", closed_fields };

static const struct field reason_fields[] = {
	{ .name = "reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = NOTE_MAX },
	{ 0 },
};
static const struct shape reason_shape = { "Reason", reason_fields };

static const struct field exception_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "until", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = NOTE_MAX },
	{ 0 },
};
static const struct shape exception_shape = { "EntryException", exception_fields };

static const struct field excepted_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "until", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape excepted_shape = { "EntryExcepted", excepted_fields };

/* Whether the caller may see the assignment: what the own unit, one above or one below gave. */
static bool visible(const struct call *c, const struct assignment *assignment)
{
	return account_may(c, RIGHT_ASSIGNMENT_READ, assignment->from_path);
}

static bool may_create(struct call *c, bool *out)
{
	struct unit own;

	*out = false;
	if (!c->actor)
		return true;
	if (!unit_by_id(c, c->actor->unit_id, NULL, &own))
		return false;
	*out = account_may(c, RIGHT_ASSIGNMENT_MANAGE, own.path);
	return true;
}

/* The list is open to everybody who is signed in, and shows what each may see. */
static bool may_list(struct call *c)
{
	const struct scope *scopes;
	size_t count;

	return account_scope(c, RIGHT_ASSIGNMENT_READ, &scopes, &count);
}

static bool list(struct request *r)
{
	struct call *c = &r->call;
	int limit = request_limit(r, 50, PAGE_MOST);
	const char *ended = request_query(r, "ended");
	struct assignment_query query = {
		.from_unit_id = request_query_id(r, "from_unit_id"),
		.to_unit_id = request_query_id(r, "to_unit_id"),
		.before = request_query_id(r, "after"),
		.ended = ended && *ended == 't',
		.counted = true,
		.limit = limit + 1,
	};
	struct assignment *rows;
	size_t count;
	bool more, create;

	if (!may_list(c) || !may_create(c, &create) || !assignment_rows(c, &query, &rows, &count))
		return false;
	more = count > (size_t)limit;
	if (more)
		count = (size_t)limit;
	json_object(&r->json, NULL);
	json_array(&r->json, "assignments");
	for (size_t i = 0; i < count; i++) {
		if (query.to_unit_id && query.from_unit_id && rows[i].from_unit_id != query.from_unit_id)
			continue;
		if (!assignment_fill_unit(c, &rows[i]))
			return false;
		if (visible(c, &rows[i]) && !assignment_write(r, NULL, &rows[i]))
			return false;
	}
	json_end(&r->json);
	json_id(&r->json, "next", more ? rows[count - 1].id : 0);
	json_bool(&r->json, "may_create", create);
	json_end(&r->json);
	return true;
}

/* One assignment with its units. */
static bool reply_assignment(struct request *r, id assignment_id)
{
	struct call *c = &r->call;
	struct assignment assignment;
	struct unit *units;
	id *unit_ids;
	size_t count;

	if (!assignment_get(c, assignment_id, &assignment) ||
	    !account_require(c, RIGHT_ASSIGNMENT_READ, assignment.from_path) ||
	    !assignment_units(c, assignment_id, &unit_ids, &count) ||
	    !unit_by_ids(c, unit_ids, count, NULL, &units))
		return false;
	reply_etag(r, assignment.version);
	json_object(&r->json, NULL);
	if (!assignment_write_members(r, &assignment))
		return false;
	json_array(&r->json, "units");
	for (size_t i = 0; i < count; i++)
		unit_write_ref(&r->json, NULL, &units[i]);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

/* Likewise after a change in the same transaction, whose counts are still to be written. */
static bool reply_changed(struct request *r, id assignment_id)
{
	return rollup_flush(&r->call) && reply_assignment(r, assignment_id);
}

static bool look(struct request *r)
{
	id assignment_id = request_path_id(r, "id");

	return assignment_id && reply_assignment(r, assignment_id);
}

/* Room for the ids a request chooses: named ones and those of whole kinds. */
struct chosen {
	id *ids;
	size_t count;
};

static bool choose(struct chosen *chosen, id unit_id)
{
	if (chosen->count == ROLLUP_UNITS_MAX)
		return false;
	chosen->ids[chosen->count++] = unit_id;
	return true;
}

static bool choose_named(struct call *c, const json_t *rows, const char *field, struct chosen *out)
{
	id unit_id;

	for (size_t i = 0; i < json_array_size(rows); i++) {
		if (!id_parse(json_string_value(json_array_get(rows, i)), &unit_id))
			return error_set(c->err, ERR_field_invalid, arena_printf(c->mem, "%s/%zu", field, i),
					 NULL);
		choose(out, unit_id);
	}
	return true;
}

static bool choose_kind(struct call *c, id from_unit_id, const char *word, struct chosen *out)
{
	static const char *const kinds[][2] = {
		{ "provinces", "province" },
		{ "ministries", "ministry" },
		{ "departments", "department" },
		{ "communes", "commune" },
	};
	const char *kind = NULL;
	struct unit *units;
	size_t count;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_equal(kinds[i][0], word))
			kind = kinds[i][1];
	if (!kind)
		return error_set(c->err, ERR_field_choice, "include",
				 "provinces|ministries|departments|communes", NULL);
	if (!unit_children(c, from_unit_id, kind, &units, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool there = false;

		for (size_t k = 0; k < out->count && !there; k++)
			there = out->ids[k] == units[i].id;
		if (!there && !choose(out, units[i].id))
			return error_set(c->err, ERR_too_many_items, "include",
					 arena_printf(c->mem, "%d", ROLLUP_UNITS_MAX), NULL);
	}
	return true;
}

static bool choose_units(struct call *c, const json_t *body, id from_unit_id, struct chosen *out)
{
	const json_t *include = json_object_get(body, "include");

	*out = (struct chosen){ ARENA_ARRAY(c->mem, id, ROLLUP_UNITS_MAX), 0 };
	if (!choose_named(c, json_object_get(body, "unit_ids"), "unit_ids", out))
		return false;
	for (size_t i = 0; i < json_array_size(include); i++)
		if (!choose_kind(c, from_unit_id, json_string_value(json_array_get(include, i)), out))
			return false;
	return true;
}

static bool create(struct request *r)
{
	struct call *c = &r->call;
	const char *last = json_get_text(r->body, "last_period");
	struct assignment_draft draft = {
		.report_id = json_get_id(r->body, "report_id"),
		.from_unit_id = json_get_id(r->body, "from_unit_id"),
		.parent_id = json_get_id(r->body, "parent_id"),
		.document = json_get_text(r->body, "document"),
	};
	struct chosen chosen;
	id made;

	if (!draft.from_unit_id && c->actor)
		draft.from_unit_id = c->actor->unit_id;
	period_parse(json_get_text(r->body, "first_period"), &draft.first);
	if (last)
		period_parse(last, &draft.last);
	if (!deadline_rule_read(json_object_get(r->body, "rule"), "rule", &draft.rule, c->err) ||
	    !choose_units(c, r->body, draft.from_unit_id, &chosen))
		return false;
	draft.unit_ids = chosen.ids;
	draft.unit_count = chosen.count;
	return assignment_create(c, &draft, &made) && reply_changed(r, made);
}

static bool change(struct request *r)
{
	struct call *c = &r->call;
	id assignment_id = request_path_id(r, "id");
	const json_t *rule = json_object_get(r->body, "rule"),
		     *last = json_object_get(r->body, "last_period");
	struct chosen add = { ARENA_ARRAY(c->mem, id, ROLLUP_UNITS_MAX), 0 };
	struct chosen removed = { ARENA_ARRAY(c->mem, id, ROLLUP_UNITS_MAX), 0 };
	struct assignment_change changed = { .set_last = last != NULL };
	struct deadline_rule read;

	if (!assignment_id || (rule && !deadline_rule_read(rule, "rule", &read, c->err)) ||
	    !choose_named(c, json_object_get(r->body, "add_unit_ids"), "add_unit_ids", &add) ||
	    !choose_named(c, json_object_get(r->body, "remove_unit_ids"), "remove_unit_ids", &removed))
		return false;
	if (last && !json_is_null(last))
		period_parse(json_string_value(last), &changed.last);
	changed.rule = rule ? &read : NULL;
	changed.add_unit_ids = add.ids;
	changed.add_count = add.count;
	changed.remove_unit_ids = removed.ids;
	changed.remove_count = removed.count;
	return assignment_change(c, assignment_id, request_if_match(r), &changed) &&
	       reply_changed(r, assignment_id);
}

static bool open_period(struct request *r)
{
	id assignment_id = request_path_id(r, "id");
	period p = 0;

	period_parse(json_get_text(r->body, "period"), &p);
	return assignment_id && assignment_open(&r->call, assignment_id, p) &&
	       reply_changed(r, assignment_id);
}

/* The period of the path; an impossible one is not there. */
static bool path_period(struct request *r, period *out)
{
	return period_parse(request_path(r, "period"), out) ||
	       error_set(r->call.err, ERR_not_found, NULL, NULL);
}

static bool write_missing(struct request *r, const struct missing_unit *missing, size_t count)
{
	id *unit_ids = ARENA_ARRAY(r->call.mem, id, count);
	struct unit *units;

	for (size_t i = 0; i < count; i++)
		unit_ids[i] = missing[i].unit_id;
	if (!unit_by_ids(&r->call, unit_ids, count, NULL, &units))
		return false;
	json_array(&r->json, "missing");
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		unit_write_ref(&r->json, "unit", &units[i]);
		json_text(&r->json, "state", submission_state_word(missing[i].state));
		json_end(&r->json);
	}
	json_end(&r->json);
	return true;
}

static bool close_period(struct request *r)
{
	id assignment_id = request_path_id(r, "id");
	struct assignment_closed closed;
	period p;

	if (!assignment_id || !path_period(r, &p) ||
	    !assignment_close(&r->call, assignment_id, p, json_get_bool(r->body, "accept_missing", false),
			      json_get_text(r->body, "note"), &closed))
		return false;
	json_object(&r->json, NULL);
	if (!write_missing(r, closed.missing, closed.missing_count))
		return false;
	json_id(&r->json, "filled_submission_id", closed.filled_submission_id);
	json_end(&r->json);
	return true;
}

static bool reopen_period(struct request *r)
{
	id assignment_id = request_path_id(r, "id");
	period p;

	return assignment_id && path_period(r, &p) &&
	       assignment_reopen(&r->call, assignment_id, p, json_get_text(r->body, "reason")) &&
	       reply_changed(r, assignment_id);
}

static bool list_missing(struct request *r)
{
	struct call *c = &r->call;
	id assignment_id = request_path_id(r, "id");
	struct assignment_period ap;
	struct missing_unit *missing;
	size_t count;
	period p;

	if (!assignment_id || !path_period(r, &p) || !assignment_period_get(c, assignment_id, p, &ap) ||
	    !account_require(c, RIGHT_FIGURE_READ, ap.assignment.from_path) ||
	    !submission_missing(c, &ap, &missing, &count))
		return false;
	json_object(&r->json, NULL);
	if (!write_missing(r, missing, count))
		return false;
	json_end(&r->json);
	return true;
}

static bool except(struct request *r)
{
	struct call *c = &r->call;
	id assignment_id = request_path_id(r, "id"), unit_id = json_get_id(r->body, "unit_id");
	instant until = 0;
	struct unit unit;
	period p;

	civil_parse(json_get_text(r->body, "until"), &until);
	if (!assignment_id || !path_period(r, &p) ||
	    !assignment_except(c, assignment_id, p, unit_id, until, json_get_text(r->body, "reason")) ||
	    !unit_by_id(c, unit_id, "unit_id", &unit))
		return false;
	json_object(&r->json, NULL);
	unit_write_ref(&r->json, "unit", &unit);
	json_instant(&r->json, "until", until);
	json_end(&r->json);
	return true;
}

#define ONE "/api/assignments/{id}"
#define PERIOD ONE "/periods/{period}"

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/assignments", .right = "assignment.read", .class = CLASS_READ,
	  .query = &query_shape, .reply = &list_shape, .act = list,
	  .summary = "Lists assignments, newest first." },
	{ .method = "GET", .path = ONE, .right = "assignment.read", .class = CLASS_READ,
	  .reply = &assignment_shape,
	  .act = look, .summary = "Gives an assignment with its units." },
	{ .method = "POST", .path = "/api/assignments", .right = "assignment.manage", .flags = ROUTE_CREATES,
	  .class = CLASS_ENTRY, .body_max = 256 << 10, .body = &create_shape, .reply = &assignment_shape,
	  .act = create, .summary = "Assigns a report to units below, or passes one on." },
	{ .method = "PATCH", .path = ONE, .right = "assignment.manage", .flags = ROUTE_IF_MATCH,
	  .class = CLASS_ENTRY,
	  .body_max = 256 << 10, .body = &change_shape, .reply = &assignment_shape, .act = change,
	  .summary = "Changes rule, end or units of an assignment." },
	{ .method = "POST", .path = ONE "/periods", .right = "assignment.manage", .flags = ROUTE_CREATES,
	  .class = CLASS_ENTRY, .body = &open_shape, .reply = &assignment_shape, .act = open_period,
	  .summary = "Opens a period by hand." },
	{ .method = "POST", .path = PERIOD "/close", .right = "figure.receive", .class = CLASS_ENTRY,
	  .body = &close_shape, .reply = &closed_shape, .act = close_period,
	  .summary = "Closes a period; with units missing only when that is accepted." },
	{ .method = "POST", .path = PERIOD "/reopen", .right = "figure.receive", .class = CLASS_ENTRY,
	  .body = &reason_shape, .reply = &assignment_shape, .act = reopen_period,
	  .summary = "Opens a closed period again." },
	{ .method = "GET", .path = PERIOD "/missing", .right = "figure.read", .class = CLASS_READ,
	  .reply = &missing_list_shape, .act = list_missing,
	  .summary = "Lists the units without approved figures." },
	{ .method = "POST", .path = PERIOD "/exceptions", .right = "assignment.manage",
	  .flags = ROUTE_CREATES,
	  .class = CLASS_ENTRY, .body = &exception_shape, .reply = &excepted_shape, .act = except,
	  .summary = "Opens entry for one unit until an instant." },
};

const struct route_table assignment_routes = { "assignment", routes, sizeof(routes) / sizeof(routes[0]) };
