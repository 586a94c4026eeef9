#include "document/document_api.h"

#include "account/account.h"
#include "account/account_policy.h"
#include "base/arena.h"
#include "base/text.h"
#include "document/document_actions.h"
#include "document/document_shapes.h"
#include "document/reading.h"
#include "file/file_api.h"
#include "submission/submission_json.h"
#include "unit/unit.h"

enum { BODY_MAX = 1 << 20 };

static struct civil_date day_of(const char *text)
{
	struct civil_date day = { 0 };

	if (text)
		civil_parse_date(text, &day);
	return day;
}

static int direction_of(const char *word)
{
	return text_equal(word, "incoming") ? 1 : text_equal(word, "issued") ? 2 : 0;
}

static bool list(struct request *r)
{
	struct call *c = &r->call;
	int limit = request_limit(r, 50, DOCUMENT_PAGE_MAX);
	enum secrecy secrecy = SECRECY_NORMAL;
	bool by_secrecy = secrecy_parse(request_query(r, "secrecy"), &secrecy), more;
	struct document_query query = {
		.unit_id = request_query_id(r, "unit_id"),
		.q = request_query(r, "q"),
		.type = request_query(r, "type"),
		.from = day_of(request_query(r, "from")),
		.to = day_of(request_query(r, "to")),
		.direction = direction_of(request_query(r, "register")),
		.secrecy = by_secrecy ? (int)secrecy : -1,
		.after = request_query_id(r, "after"),
		.limit = limit + 1,
	};
	struct document_tasks *tasks;
	struct document *rows;
	struct unit unit;
	size_t count;

	if (!query.unit_id && c->actor)
		query.unit_id = c->actor->unit_id;
	if (!document_list(c, &query, &rows, &count) || !unit_by_id(c, query.unit_id, NULL, &unit))
		return false;
	more = count > (size_t)limit;
	if (more)
		count = (size_t)limit;
	json_object(&r->json, NULL);
	tasks = ARENA_ARRAY(c->mem, struct document_tasks, count);
	for (size_t i = 0; i < count; i++)
		tasks[i].document_id = rows[i].id;
	if (!document_tasks_of(c, tasks, count))
		return false;
	json_array(&r->json, "items");
	for (size_t i = 0; i < count; i++)
		document_write_item(r, &rows[i], &unit, &tasks[i]);
	json_end(&r->json);
	json_id(&r->json, "next", more ? rows[count - 1].id : 0);
	json_bool(&r->json, "may_create", account_may(c, RIGHT_DOCUMENT_MANAGE, unit.path));
	json_end(&r->json);
	return true;
}

static bool create(struct request *r)
{
	struct document_input input;
	struct document made;

	return document_input_read(&r->call, r->body, &input) && document_create(&r->call, &input, &made) &&
	       document_reply(r, made.id);
}

static bool look(struct request *r)
{
	id document_id = request_path_id(r, "id");

	return document_id && document_reply(r, document_id);
}

static bool change(struct request *r)
{
	id document_id = request_path_id(r, "id");
	struct document_input input;
	struct document changed;

	return document_id && document_input_read(&r->call, r->body, &input) &&
	       document_change(&r->call, document_id, request_if_match(r), &input, &changed) &&
	       document_reply(r, document_id);
}

static bool text_get(struct request *r)
{
	id document_id = request_path_id(r, "id");
	const char *text;
	bool from_picture;

	if (!document_id || !document_text(&r->call, document_id, &text, &from_picture))
		return false;
	json_object(&r->json, NULL);
	json_text(&r->json, "text", text ? text : "");
	json_bool(&r->json, "from_picture", from_picture);
	json_end(&r->json);
	return true;
}

static bool chain_get(struct request *r)
{
	id document_id = request_path_id(r, "id");
	struct json *json = &r->json;
	char day[CIVIL_TEXT_MAX];
	struct chain chain;

	if (!document_id || !document_chain(&r->call, document_id, &chain))
		return false;
	json_object(json, NULL);
	json_array(json, "nodes");
	for (size_t i = 0; i < chain.node_count; i++) {
		const struct chain_node *node = &chain.nodes[i];

		json_object(json, NULL);
		json_id(json, "id", node->document_id);
		json_text(json, "number", node->number[0] ? node->number : NULL);
		json_text(json, "date", node->date.year ? civil_format_date(node->date, day) : NULL);
		json_text(json, "issuer", node->issuer[0] ? node->issuer : NULL);
		json_text(json, "subject", node->subject[0] ? node->subject : NULL);
		json_text(json, "level", node->level);
		json_end(json);
	}
	json_end(json);
	json_array(json, "edges");
	for (size_t i = 0; i < chain.edge_count; i++) {
		json_object(json, NULL);
		json_int(json, "from", (int64_t)chain.edges[i].from);
		json_int(json, "to", (int64_t)chain.edges[i].to);
		json_text(json, "kind", document_link_word(chain.edges[i].kind));
		json_end(json);
	}
	json_end(json);
	json_bool(json, "cut", chain.cut);
	json_end(json);
	return true;
}

static bool link_post(struct request *r)
{
	id document_id = request_path_id(r, "id");
	struct document_link given, made;

	return document_id && document_link_read(&r->call, r->body, &given) &&
	       document_link_add(&r->call, document_id, &given, &made) && document_link_write(r, NULL, &made, document_id);
}

static bool link_delete_route(struct request *r)
{
	id link_id = request_path_id(r, "id");

	return link_id && document_link_remove(&r->call, link_id);
}

static void write_register_row(struct request *r, const struct document *d, const char *receiver)
{
	struct json *json = &r->json;
	char day[CIVIL_TEXT_MAX];

	json_object(json, NULL);
	json_id(json, "document_id", d->id);
	json_text(json, "arrived_on", civil_format_date(d->arrived_on, day));
	if (d->arrival_number)
		json_int(json, "arrival_number", d->arrival_number);
	else
		json_null(json, "arrival_number");
	json_text(json, "issuer", d->issuer);
	json_text(json, "number", d->number[0] ? d->number : NULL);
	json_text(json, "date", d->date.year ? civil_format_date(d->date, day) : NULL);
	json_text(json, "summary",
		  d->type[0] && d->subject[0] ? arena_printf(r->call.mem, "%s: %s", d->type, d->subject) : d->subject);
	json_text(json, "receiver", receiver);
	json_null(json, "passed_on");
	json_text(json, "signature", "");
	json_text(json, "note", "");
	json_end(json);
}

static bool register_get(struct request *r)
{
	id unit_id = request_query_id(r, "unit_id");
	struct document *rows;
	struct unit unit;
	size_t count;

	if (!document_register(&r->call, unit_id, (int)request_query_int(r, "year", 0),
			       (int)request_query_int(r, "month", 0), &rows, &count) ||
	    !unit_by_id(&r->call, unit_id, NULL, &unit))
		return false;
	json_object(&r->json, NULL);
	unit_write_ref(&r->json, "unit", &unit);
	json_array(&r->json, "rows");
	for (size_t i = 0; i < count; i++)
		write_register_row(r, &rows[i], unit.name);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static bool file_prepare(struct request *r)
{
	struct file *file = ARENA_NEW(r->call.mem, struct file);
	id document_id = request_path_id(r, "id");
	struct document document;

	r->prepared = file;
	return document_id && file_upload_check(r) && document_file_may_add(&r->call, document_id, &document) &&
	       file_from_upload(r, file);
}

static enum document_file_role role_asked(const struct request *r)
{
	const char *word = request_query(r, "role");

	return !word ? FILE_ROLE_UNSAID : text_equal(word, "main") ? FILE_ROLE_MAIN : FILE_ROLE_ATTACHED;
}

static bool file_post(struct request *r)
{
	struct people people = { .count = 0 };
	struct document_file added;

	people_add(&people, &r->call, document_caller(&r->call));
	if (!document_file_add(&r->call, request_path_id(r, "id"), r->prepared, role_asked(r), &added) || !people_load(&people, &r->call))
		return false;
	document_file_write(r, NULL, &added, &people);
	reading_wake();
	return true;
}

static bool file_open_prepare(struct request *r)
{
	struct document_file *file = ARENA_NEW(r->call.mem, struct document_file);
	id file_id = request_path_id(r, "id");

	r->prepared = file;
	return file_id && document_file_open(&r->call, file_id, file);
}

static bool file_open(struct request *r)
{
	const struct document_file *file = r->prepared;

	return file_reply(r, &file->file);
}

static bool settings_get(struct request *r)
{
	struct policy policy;

	r->call.right_checked = true;
	if (!policy_read(&r->call, &policy))
		return false;
	json_object(&r->json, NULL);
	json_text(&r->json, "secrecy_max", secrecy_word((enum secrecy)policy.document_secrecy_max));
	json_end(&r->json);
	return true;
}

static bool file_delete_route(struct request *r)
{
	id file_id = request_path_id(r, "id");

	return file_id && document_file_remove(&r->call, file_id, json_get_text(r->body, "reason"));
}

#define ONE "/api/documents/{id}"

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/documents", .right = "document.read", .class = CLASS_READ,
	  .query = &document_query_shape, .reply = &document_list_shape, .act = list,
	  .summary = "The documents a unit keeps, newest first." },
	{ .method = "POST", .path = "/api/documents", .right = "document.manage", .flags = ROUTE_CREATES, .class = CLASS_ENTRY,
	  .body_max = BODY_MAX, .body = &document_input_shape, .reply = &document_detail_shape, .act = create,
	  .summary = "Enters a document." },
	{ .method = "GET", .path = ONE, .right = "document.read", .class = CLASS_READ, .reply = &document_detail_shape,
	  .act = look, .summary = "A document with files and links." },
	{ .method = "PATCH", .path = ONE, .right = "document.manage", .flags = ROUTE_IF_MATCH, .class = CLASS_ENTRY,
	  .body_max = BODY_MAX, .body = &document_change_shape, .reply = &document_detail_shape, .act = change,
	  .summary = "Corrects a document." },
	{ .method = "GET", .path = ONE "/text", .right = "document.read", .class = CLASS_READ, .reply = &document_text_shape,
	  .act = text_get, .summary = "The text of the newest file that is the document itself; empty while none is read." },
	{ .method = "GET", .path = ONE "/chain", .right = "document.read", .class = CLASS_READ, .reply = &chain_shape,
	  .act = chain_get, .summary = "The letters above and below it." },
	{ .method = "POST", .path = ONE "/files", .right = "document.manage",
	  .flags = ROUTE_UPLOAD | ROUTE_SLOW | ROUTE_CREATES, .class = CLASS_ENTRY, .body_max = DOCUMENT_FILE_MAX,
	  .query = &document_file_query_shape, .reply = &document_file_shape, .prepare = file_prepare, .act = file_post,
	  .summary = "Adds a file; the same name again is a new revision." },
	{ .method = "GET", .path = "/api/document-files/{id}", .right = "document.read", .flags = ROUTE_SLOW,
	  .class = CLASS_EXPORT, .prepare = file_open_prepare, .act = file_open, .summary = "A file of a document." },
	{ .method = "DELETE", .path = "/api/document-files/{id}", .right = "document.manage", .class = CLASS_ENTRY,
	  .body = &document_file_removal_shape, .act = file_delete_route,
	  .summary = "Removes one revision of a file with its text; others stay." },
	{ .method = "POST", .path = ONE "/links", .right = "document.manage", .flags = ROUTE_CREATES, .class = CLASS_ENTRY,
	  .body = &document_link_input_shape, .reply = &document_link_shape, .act = link_post,
	  .summary = "Links it to a document of the registry or to one that is only named." },
	{ .method = "DELETE", .path = "/api/document-links/{id}", .right = "document.manage", .class = CLASS_ENTRY,
	  .act = link_delete_route, .summary = "Takes a link away." },
	{ .method = "GET", .path = "/api/document-settings", .right = "self", .class = CLASS_READ,
	  .reply = &document_settings_shape, .act = settings_get, .summary = "What this instance keeps of documents." },
	{ .method = "GET", .path = "/api/document-register", .right = "document.read", .class = CLASS_READ,
	  .query = &register_query_shape, .reply = &register_shape, .act = register_get,
	  .summary = "The incoming register (Decree 30/2020/ND-CP, annex IV) of a month or year." },
};

const struct route_table document_routes = { "documents", routes, sizeof(routes) / sizeof(routes[0]) };
