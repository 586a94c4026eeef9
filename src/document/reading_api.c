#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "document/document_api.h"
#include "document/document_shapes.h"
#include "document/reading.h"
#include "file/file_api.h"
#include "unit/unit.h"

enum { READING_PAGE_MAX = 100 };

/* The sentence of the code that stopped it, in the reader's language. */
static const char *problem_of(struct request *r, const char *word)
{
	struct error err = { .code = ERR_none };
	enum error_code code;
	char *out = arena_alloc(r->call.mem, 600);

	if (!word[0])
		return NULL;
	if (!error_parse(word, &code))
		code = ERR_internal;
	error_set(&err, code, NULL, NULL);
	return error_sentence(&err, r->lang, out, 600);
}

bool reading_write(struct request *r, const char *key, const struct reading *reading, bool whole)
{
	struct json *json = &r->json;
	struct document_ref *known = NULL;
	size_t count = 0;
	struct unit unit;

	if (whole && !reading->accepted_at && !reading_known(&r->call, reading, &known, &count))
		return false;
	if (!unit_by_id(&r->call, reading->unit_id, NULL, &unit))
		return false;
	json_object(json, key);
	json_id(json, "id", reading->id);
	unit_write_ref(json, "unit", &unit);
	json_text(json, "name", reading->file.name);
	json_text(json, "state", reading_state_word(reading->state));
	json_int(json, "pages_done", reading->pages_done);
	json_int(json, "pages_total", reading->pages_total);
	json_bool(json, "from_picture", reading->from_picture);
	json_text(json, "problem", problem_of(r, reading->problem));
	json_instant(json, "created_at", reading->created_at);
	json_instant(json, "accepted_at", reading->accepted_at);
	json_int(json, "version", reading->version);
	if (whole) {
		json_text(json, "text", reading->text[0] ? reading->text : NULL);
		json_raw(json, "documents", reading->documents);
		json_array(json, "known");
		for (size_t i = 0; i < count; i++)
			document_ref_write(r, NULL, &known[i]);
		json_end(json);
	}
	json_end(json);
	return true;
}

static id unit_of(struct request *r)
{
	id unit_id = request_query_id(r, "unit_id");

	return unit_id || !r->call.actor ? unit_id : r->call.actor->unit_id;
}

static bool add_prepare(struct request *r)
{
	struct file *file = ARENA_NEW(r->call.mem, struct file);

	r->prepared = file;
	return file_upload_check(r) && reading_may_add(&r->call, unit_of(r)) && file_from_upload(r, file);
}

static bool add_post(struct request *r)
{
	struct reading made;

	if (!reading_add(&r->call, unit_of(r), r->prepared, &made) || !reading_write(r, NULL, &made, true))
		return false;
	reply_etag(r, made.version);
	/* Before the commit: the thread finds it a moment later, when it looks again. */
	reading_wake();
	return true;
}

static bool list_get(struct request *r)
{
	int limit = request_limit(r, 20, READING_PAGE_MAX);
	struct reading *rows;
	size_t count;
	bool more;

	if (!reading_list(&r->call, unit_of(r), request_query_id(r, "after"), limit + 1, &rows, &count))
		return false;
	more = count > (size_t)limit;
	if (more)
		count = (size_t)limit;
	json_object(&r->json, NULL);
	json_array(&r->json, "items");
	for (size_t i = 0; i < count; i++)
		if (!reading_write(r, NULL, &rows[i], false))
			return false;
	json_end(&r->json);
	json_id(&r->json, "next", more ? rows[count - 1].id : 0);
	json_end(&r->json);
	return true;
}

static bool one_get(struct request *r)
{
	id reading_id = request_path_id(r, "id");
	struct reading reading;

	if (!reading_id || !reading_get(&r->call, reading_id, &reading))
		return false;
	reply_etag(r, reading.version);
	return reading_write(r, NULL, &reading, true);
}

static bool one_delete(struct request *r)
{
	id reading_id = request_path_id(r, "id");

	return reading_id && reading_remove(&r->call, reading_id);
}

static const struct route routes[] = {
	{ .method = "POST", .path = "/api/readings", .right = "document.manage",
	  .flags = ROUTE_UPLOAD | ROUTE_SLOW | ROUTE_CREATES, .class = CLASS_ENTRY, .body_max = DOCUMENT_FILE_MAX,
	  .query = &reading_add_query_shape, .reply = &reading_shape, .prepare = add_prepare, .act = add_post,
	  .summary = "A letter to be read into drafts of documents and tasks." },
	{ .method = "GET", .path = "/api/readings", .right = "document.read", .class = CLASS_READ,
	  .query = &reading_query_shape, .reply = &reading_list_shape, .act = list_get,
	  .summary = "The letters a unit had read, newest first." },
	{ .method = "GET", .path = "/api/readings/{id}", .right = "document.read", .class = CLASS_READ,
	  .reply = &reading_shape, .act = one_get, .summary = "How far a reading is, its text and what was understood." },
	{ .method = "DELETE", .path = "/api/readings/{id}", .right = "document.manage", .class = CLASS_ENTRY,
	  .act = one_delete, .summary = "Forgets a reading; what was made of it stays." },
};

const struct route_table reading_routes = { "readings", routes, sizeof(routes) / sizeof(routes[0]) };
