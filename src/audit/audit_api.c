#include "audit/audit_api.h"

#include "account/account.h"
#include "audit/audit.h"
#include "audit/audit_json.h"
#include "base/arena.h"

enum { EXPORT_BYTES_MAX = 40 << 20, KIND_MAX = 60, PAGE_MAX = 200 };

static const struct field list_fields[] = {
	{ .name = "events", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &event_shape },
	{ .name = "next", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "Where to go on; a page may be short, even empty, although more follows." },
	{ 0 },
};
static const struct shape list_shape = { "EventList", list_fields };

#define FILTER_FIELDS \
	{ .name = "unit_id", .type = FIELD_ID, .about = "The unit and those below it." }, \
	{ .name = "kind", .type = FIELD_TEXT, .max = KIND_MAX, \
	  .about = "\"submission.approved\", or \"submission\" for all of that room." }, \
	{ .name = "account_id", .type = FIELD_ID, .about = "Who did it." }, \
	{ .name = "subject_kind", .type = FIELD_TEXT, .max = KIND_MAX }, \
	{ .name = "subject_id", .type = FIELD_ID }, \
	{ .name = "from", .type = FIELD_TEXT, .max = 40, .about = "An instant or a day, inclusive." }, \
	{ .name = "to", .type = FIELD_TEXT, .max = 40, .about = "An instant, exclusive, or a day, inclusive." }

static const struct field list_query_fields[] = {
	FILTER_FIELDS,
	{ .name = "after", .type = FIELD_ID, .about = "The cursor `next` of the page before." },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = PAGE_MAX },
	{ 0 },
};
static const struct shape list_query = { NULL, list_query_fields };

static const struct field export_query_fields[] = { FILTER_FIELDS, { 0 } };
static const struct shape export_query = { NULL, export_query_fields };

static const struct field block_fields[] = {
	{ .name = "no", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT64_MAX },
	{ .name = "first_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "last_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "events", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = AUDIT_BLOCK_MAX },
	{ .name = "root", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "Merkle root of the events, hex." },
	{ .name = "previous", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "Hash of the block before." },
	{ .name = "hash", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "signature", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "Ed25519 over the hash, hex." },
	{ .name = "key", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "Which key signed." },
	{ .name = "sealed_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape block_shape = { "AuditBlock", block_fields };

static const struct field blocks_fields[] = {
	{ .name = "blocks", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &block_shape },
	{ .name = "next", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ 0 },
};
static const struct shape blocks_shape = { "AuditBlockList", blocks_fields };

static const struct field blocks_query_fields[] = {
	{ .name = "after", .type = FIELD_ID, .about = "The cursor `next` of the page before." },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = PAGE_MAX },
	{ 0 },
};
static const struct shape blocks_query = { NULL, blocks_query_fields };

static const struct field problem_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "field", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "\"blocks/12\"." },
	{ 0 },
};
static const struct shape problem_shape = { "AuditProblem", problem_fields };

static const struct field verify_fields[] = {
	{ .name = "ok", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "events", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT64_MAX, .about = "Sealed and looked at." },
	{ .name = "unsealed", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT64_MAX,
	  .about = "Behind the last block." },
	{ .name = "blocks", .type = FIELD_INT, .flags = FIELD_REQUIRED, .max = INT64_MAX },
	{ .name = "last_hash", .type = FIELD_TEXT, .flags = FIELD_REQUIRED,
	  .about = "Hash of the last block; note it elsewhere." },
	{ .name = "problems", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &problem_shape },
	{ 0 },
};
static const struct shape verify_shape = { "AuditReport", verify_fields };

/* An instant, or the start of a day (`days_on` days later); 0 with an error when it is neither. */
static bool read_instant(struct request *r, const char *name, int days_on, instant *out)
{
	const char *text = request_query(r, name);
	struct civil_date day;
	*out = 0;
	if (!text || civil_parse(text, out))
		return true;
	if (!civil_parse_date(text, &day))
		return error_set(r->call.err, ERR_date_invalid, name, NULL);
	*out = civil_start(civil_add_days(day, days_on));
	return true;
}

static bool read_query(struct request *r, struct event_query *out)
{
	*out = (struct event_query){
		.unit_id = request_query_id(r, "unit_id"),
		.kind = request_query(r, "kind"),
		.account_id = request_query_id(r, "account_id"),
		.subject_kind = request_query(r, "subject_kind"),
		.subject_id = request_query_id(r, "subject_id"),
	};
	return read_instant(r, "from", 0, &out->from) && read_instant(r, "to", 1, &out->to);
}

static bool list(struct request *r)
{
	struct event_query query;
	struct event_view *views;
	size_t count;
	id next;
	if (!read_query(r, &query))
		return false;
	query.after = request_query_id(r, "after");
	query.limit = request_limit(r, 50, PAGE_MAX);
	if (!event_list(&r->call, r->lang, &query, &views, &count, &next))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "events");
	for (size_t i = 0; i < count; i++)
		event_write_logged(r, &views[i]);
	json_end(&r->json);
	json_id(&r->json, "next", next);
	json_end(&r->json);
	return true;
}

/* Fifty thousand rows take a while: the slow queue makes them. */
static bool export_prepare(struct request *r)
{
	struct event_query query;
	struct buf *csv = ARENA_NEW(r->call.mem, struct buf);
	buf_init(csv, r->call.mem, EXPORT_BYTES_MAX);
	r->prepared = csv;
	return read_query(r, &query) && event_export(&r->call, r->lang, &query, csv);
}

static bool export(struct request *r)
{
	const struct buf *csv = r->prepared;
	reply_header(r, "Content-Disposition", "attachment; filename=\"theodoi-events.csv\"");
	reply_content(r, "text/csv; charset=utf-8", csv->data, csv->length);
	return true;
}

static bool blocks(struct request *r)
{
	int limit = request_limit(r, 50, PAGE_MAX);
	struct audit_block *rows;
	size_t count;
	if (!audit_blocks(&r->call, request_query_id(r, "after"), limit, &rows, &count))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "blocks");
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		json_int(&r->json, "no", rows[i].no);
		json_id(&r->json, "first_id", rows[i].first_id);
		json_id(&r->json, "last_id", rows[i].last_id);
		json_int(&r->json, "events", rows[i].events);
		json_text(&r->json, "root", rows[i].root);
		json_text(&r->json, "previous", rows[i].previous);
		json_text(&r->json, "hash", rows[i].hash);
		json_text(&r->json, "signature", rows[i].signature);
		json_text(&r->json, "key", rows[i].key_id);
		json_instant(&r->json, "sealed_at", rows[i].sealed_at);
		json_end(&r->json);
	}
	json_end(&r->json);
	/* Numbers start at 1: behind the first block there is none. */
	bool more = count == (size_t)limit && rows[count - 1].no > 1;
	json_id(&r->json, "next", more ? rows[count - 1].no : 0);
	json_end(&r->json);
	return true;
}

static bool require_log(struct call *c, struct unit *root)
{
	return unit_root(c, root) && account_require(c, RIGHT_EVENT_READ, root->path);
}

/* The long part, on a snapshot beside the requests of others. */
static bool verify_prepare(struct request *r)
{
	struct unit root;
	struct audit_report *report = ARENA_NEW(r->call.mem, struct audit_report);
	r->prepared = report;
	return require_log(&r->call, &root) && audit_verify(&r->call, NULL, report);
}

static const char *verified_json(struct call *c, const struct audit_report *report)
{
	struct buf buf;
	struct json json;
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_int(&json, "events", report->events);
	json_int(&json, "blocks", report->blocks);
	json_int(&json, "problems", (int64_t)report->problem_count);
	json_end(&json);
	return buf.data;
}

static void write_problem(struct request *r, const struct error_detail *problem)
{
	char sentence[512];
	json_object(&r->json, NULL);
	json_text(&r->json, "code", error_word(problem->code));
	json_text(&r->json, "title", error_detail_sentence(problem, r->lang, sentence, sizeof(sentence)));
	json_text(&r->json, "field", problem->field);
	json_end(&r->json);
}

static bool verify(struct request *r)
{
	const struct audit_report *report = r->prepared;
	struct unit root;
	if (!require_log(&r->call, &root))
		return false;
	struct event event = {
		.kind = "log.verified",
		.unit_id = root.id,
		.unit_path = root.path,
		.subject_kind = "event_log",
		.after = verified_json(&r->call, report),
	};
	if (!event_write(&r->call, &event, NULL))
		return false;
	json_object(&r->json, NULL);
	json_bool(&r->json, "ok", report->problem_count == 0);
	json_int(&r->json, "events", report->events);
	json_int(&r->json, "unsealed", report->unsealed);
	json_int(&r->json, "blocks", report->blocks);
	json_text(&r->json, "last_hash", report->last_hash);
	json_array(&r->json, "problems");
	for (size_t i = 0; i < report->problem_count; i++)
		write_problem(r, &report->problems[i]);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/event-log", .right = "event.read", .class = CLASS_READ, .query = &list_query,
	  .reply = &list_shape, .act = list, .summary = "Lists what happened, newest first." },
	{ .method = "GET", .path = "/api/event-log/export", .right = "event.read", .flags = ROUTE_SLOW,
	  .class = CLASS_EXPORT, .query = &export_query, .prepare = export_prepare, .act = export,
	  .summary = "The same as CSV for spreadsheets, at most 50,000 rows." },
	{ .method = "GET", .path = "/api/audit/blocks", .right = "event.read", .class = CLASS_READ,
	  .query = &blocks_query, .reply = &blocks_shape, .act = blocks,
	  .summary = "Lists the seals of the event log, newest first." },
	{ .method = "POST", .path = "/api/audit/verify", .right = "event.read", .flags = ROUTE_SLOW,
	  .class = CLASS_EXPORT, .reply = &verify_shape, .prepare = verify_prepare, .act = verify,
	  .summary = "Recomputes all seals and tells what was altered." },
};

const struct route_table audit_routes = { "audit", routes, sizeof(routes) / sizeof(routes[0]) };
