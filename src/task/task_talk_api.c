/* Routes of comments, history, saved filters and acts on several tasks. */
#include <string.h>

#include "account/account.h"
#include "audit/audit.h"
#include "audit/audit_json.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "task/task_actions.h"
#include "task/task_api.h"
#include "task/task_input.h"
#include "task/task_json.h"
#include "task/task_shapes.h"
#include "task/task_talk.h"

enum { PAGE = 50, PAGE_MOST = 200, READERS = 20 };

static void write_comment(struct request *r, const struct task_comment_row *row, const struct people *people)
{
	struct json *json = &r->json;

	json_object(json, NULL);
	json_id(json, "id", row->id);
	json_text(json, "text", row->text);
	people_write(people, json, "by", row->by);
	json_instant(json, "at", row->at);
	json_array(json, "mentions");
	for (size_t i = 0; i < row->mention_count; i++)
		people_write(people, json, NULL, row->mentions[i]);
	json_end(json);
	json_end(json);
}

static bool load_people(struct call *c, struct people *people, const struct task_comment_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		people_add(people, c, rows[i].by);
		for (size_t k = 0; k < rows[i].mention_count; k++)
			people_add(people, c, rows[i].mentions[k]);
	}
	return people_load(people, c);
}

bool task_comment_post(struct request *r)
{
	struct call *c = &r->call;
	struct people people = { 0 };
	struct task_comment_row row = { .task_id = request_path_id(r, "id"), .text = json_get_text(r->body, "text") };

	if (!row.task_id ||
	    !task_read_ids(c, json_object_get(r->body, "mentions"), "mentions", &row.mentions, &row.mention_count) ||
	    !task_comment_add(c, &row) || !load_people(c, &people, &row, 1))
		return false;
	write_comment(r, &row, &people);
	return true;
}

bool task_comments_get(struct request *r)
{
	struct call *c = &r->call;
	int limit = request_limit(r, PAGE, PAGE_MOST);
	id task_id = request_path_id(r, "id");
	struct people people = { 0 };
	struct task_comment_row *rows;
	struct task task;
	size_t count;
	bool more;

	if (!task_id || !task_get(c, task_id, &task) ||
	    !task_comment_rows(c, task_id, request_query_id(r, "after"), limit + 1, &rows, &count))
		return false;
	more = count > (size_t)limit;
	if (more)
		count = (size_t)limit;
	if (!load_people(c, &people, rows, count))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "items");
	for (size_t i = 0; i < count; i++)
		write_comment(r, &rows[i], &people);
	json_end(&r->json);
	json_id(&r->json, "next", more ? rows[count - 1].id : 0);
	json_end(&r->json);
	return true;
}

bool task_history_get(struct request *r)
{
	struct call *c = &r->call;
	int limit = request_limit(r, PAGE, PAGE_MOST);
	id task_id = request_path_id(r, "id");
	struct event_view *views;
	struct task task;
	size_t count;
	bool more;

	if (!task_id || !task_get(c, task_id, &task) ||
	    !event_of_subject(c, r->lang, "task", task_id, "task.noted", request_query_id(r, "after"), limit + 1, &views,
			      &count))
		return false;
	more = count > (size_t)limit;
	if (more)
		count = (size_t)limit;
	json_object(&r->json, NULL);
	json_array(&r->json, "items");
	for (size_t i = 0; i < count; i++)
		event_write_told(r, &views[i]);
	json_end(&r->json);
	json_id(&r->json, "next", more ? views[count - 1].id : 0);
	json_end(&r->json);
	return true;
}

bool task_readers_get(struct request *r)
{
	struct call *c = &r->call;
	id task_id = request_path_id(r, "id"), *unit_ids;
	struct account_holder *people;
	struct unit *units;
	size_t count;

	if (!task_id || !task_readers(c, task_id, request_query(r, "q"), request_limit(r, READERS, READERS), &people, &count))
		return false;
	unit_ids = ARENA_ARRAY(c->mem, id, count);
	for (size_t i = 0; i < count; i++)
		unit_ids[i] = people[i].unit_id;
	if (!unit_by_ids(c, unit_ids, count, NULL, &units))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "items");
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		json_id(&r->json, "id", people[i].id);
		json_text(&r->json, "name", people[i].name);
		json_text(&r->json, "position", people[i].position);
		unit_write_ref(&r->json, "unit", &units[i]);
		json_end(&r->json);
	}
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static void write_filter(struct json *json, const struct task_filter_row *row)
{
	json_object(json, NULL);
	json_id(json, "id", row->id);
	json_text(json, "name", row->name);
	json_text(json, "query", row->query);
	json_end(json);
}

bool task_filters_get(struct request *r)
{
	struct task_filter_row *rows;
	size_t count;

	if (!task_filters(&r->call, &rows, &count))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "items");
	for (size_t i = 0; i < count; i++)
		write_filter(&r->json, &rows[i]);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

bool task_filter_put(struct request *r)
{
	struct task_filter_row row = { .name = json_get_text(r->body, "name"), .query = json_get_text(r->body, "query") };

	if (!task_filter_keep(&r->call, &row))
		return false;
	write_filter(&r->json, &row);
	return true;
}

bool task_filter_delete(struct request *r)
{
	id filter_id = request_path_id(r, "id");

	return filter_id && task_filter_forget(&r->call, filter_id);
}

static void write_results(struct request *r, const id *ids, const struct error *const *refusals, size_t count)
{
	char sentence[512];

	json_object(&r->json, NULL);
	json_array(&r->json, "results");
	for (size_t i = 0; i < count; i++) {
		const struct error *refusal = refusals[i];

		json_object(&r->json, NULL);
		json_id(&r->json, "id", ids[i]);
		json_bool(&r->json, "done", !refusal);
		json_text(&r->json, "code", refusal ? error_word(refusal->code) : NULL);
		json_text(&r->json, "title",
			  refusal ? error_sentence(refusal, r->lang, sentence, sizeof(sentence)) : NULL);
		json_end(&r->json);
	}
	json_end(&r->json);
	json_end(&r->json);
}

bool task_bulk_post(struct request *r)
{
	struct call *c = &r->call;
	const char *act = json_get_text(r->body, "act");
	struct task_bulk bulk = {
		.act = !strcmp(act, "pause")		? TASK_BULK_PAUSE
		       : !strcmp(act, "resume")		? TASK_BULK_RESUME
		       : !strcmp(act, "cancel")		? TASK_BULK_CANCEL
		       : !strcmp(act, "set_field")	? TASK_BULK_FIELD
		       : !strcmp(act, "set_programme") ? TASK_BULK_PROGRAMME
							: TASK_BULK_WEIGHT,
		.reason = json_get_text(r->body, "reason"),
		.value = json_get_text(r->body, "value"),
	};
	const struct error **refusals;
	id *ids;
	size_t count;

	if (!task_read_ids(c, json_object_get(r->body, "ids"), "ids", &ids, &count) ||
	    !task_bulk(c, &bulk, ids, count, &refusals))
		return false;
	write_results(r, ids, refusals, count);
	return true;
}
