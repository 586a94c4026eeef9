#include "evidence/evidence_api.h"

#include "base/arena.h"
#include "evidence/evidence_actions.h"
#include "evidence/evidence_json.h"
#include "file/file_api.h"
#include "submission/people.h"
#include "submission/submission.h"

static const struct field add_query_fields[] = {
	{ .name = "indicator_id", .type = FIELD_ID,
	  .about = "The cell it proves; absent: the submission as a whole." },
	{ .name = NULL },
};
static const struct shape add_query_shape = { NULL, add_query_fields };

static bool answer(struct request *r, const struct evidence *evidence)
{
	struct people people = { .count = 0 };

	people_add(&people, &r->call, evidence->added_by);
	if (!people_load(&people, &r->call))
		return false;
	evidence_write(&r->json, NULL, evidence, &people);
	return true;
}

/* On the slow queue: looks at the content and takes the file into its folder, on the disk before the row is. */
static bool add_prepare(struct request *r)
{
	struct evidence *evidence = ARENA_NEW(r->call.mem, struct evidence);
	struct submission s;
	struct file file;

	evidence->submission_id = request_path_id(r, "id");
	evidence->indicator_id = request_query_id(r, "indicator_id");
	if (evidence->submission_id == 0 || !file_upload_check(r))
		return false;
	r->prepared = evidence;
	if (!evidence_may_add(&r->call, evidence->submission_id, evidence->indicator_id,
			      request_upload(r)->name, &s) ||
		!file_from_upload(r, &file))
		return false;
	evidence_file_set(evidence, &file);
	return true;
}

static bool add_post(struct request *r)
{
	struct evidence added;

	return evidence_add(&r->call, r->prepared, &added) && answer(r, &added);
}

static bool file_prepare(struct request *r)
{
	struct evidence *evidence = ARENA_NEW(r->call.mem, struct evidence);
	id evidence_id = request_path_id(r, "id");

	r->prepared = evidence;
	return evidence_id != 0 && evidence_open(&r->call, evidence_id, evidence);
}

static bool file_get_act(struct request *r)
{
	const struct file file = evidence_file(r->prepared);

	return file_reply(r, &file);
}

static bool remove_delete(struct request *r)
{
	id evidence_id = request_path_id(r, "id");

	return evidence_id != 0 && evidence_remove(&r->call, evidence_id);
}

static bool restore_post(struct request *r)
{
	struct evidence restored;
	id evidence_id = request_path_id(r, "id");

	return evidence_id != 0 && evidence_restore(&r->call, evidence_id, &restored) && answer(r, &restored);
}

static const struct route routes[] = {
	{ .method = "POST", .path = "/api/submissions/{id}/evidence", .right = "figure.enter",
	  .flags = ROUTE_UPLOAD | ROUTE_SLOW | ROUTE_CREATES, .class = CLASS_ENTRY, .body_max = EVIDENCE_MAX,
	  .query = &add_query_shape, .reply = &evidence_shape, .prepare = add_prepare, .act = add_post,
	  .summary = "Adds a file that proves a figure, while the figures may be changed." },
	{ .method = "GET", .path = "/api/evidence/{id}", .right = "figure.read", .flags = ROUTE_SLOW,
	  .class = CLASS_EXPORT, .prepare = file_prepare, .act = file_get_act,
	  .summary = "The file, its bytes checked against its hash." },
	{ .method = "DELETE", .path = "/api/evidence/{id}", .right = "figure.enter", .class = CLASS_ENTRY,
	  .act = remove_delete, .summary = "Takes a file away; it can be put back." },
	{ .method = "POST", .path = "/api/evidence/{id}/restore", .right = "figure.enter",
	  .class = CLASS_ENTRY,
	  .reply = &evidence_shape, .act = restore_post, .summary = "Puts back a file that was taken away." },
};

const struct route_table evidence_routes = { "evidence", routes, sizeof(routes) / sizeof(routes[0]) };
