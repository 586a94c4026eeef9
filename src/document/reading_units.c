#include "document/reading_units.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"

static void take(struct letter_unit *out, size_t *count, const struct unit *units, size_t unit_count)
{
	for (size_t i = 0; i < unit_count; i++)
		out[(*count)++] = (struct letter_unit){ units[i].id, units[i].name, units[i].kind, units[i].province_id };
}

bool reading_units(struct call *c, id unit_id, struct letter_unit **out, size_t *count, int64_t *province_id)
{
	struct unit unit, root, province = { 0 }, *centre, *below = NULL;
	size_t centre_count, below_count = 0;

	if (!unit_by_id(c, unit_id, NULL, &unit) || !unit_root(c, &root) ||
	    !unit_children(c, root.id, NULL, &centre, &centre_count))
		return false;
	*province_id = unit.province_id == root.id ? 0 : unit.province_id;
	if (*province_id && (!unit_by_id(c, *province_id, NULL, &province) ||
			     !unit_subtree(c, province.path, &below, &below_count)))
		return false;
	*out = ARENA_ARRAY(c->mem, struct letter_unit, centre_count + below_count + 1);
	*count = 0;
	take(*out, count, &root, 1);
	for (size_t i = 0; i < centre_count; i++)
		if (centre[i].id != province.id)
			take(*out, count, &centre[i], 1);
	take(*out, count, below, below_count);
	return true;
}

static const char *const group_words[] = { NULL, "departments", "communes", "provinces", "ministries" };

static void write_matches(struct call *c, struct json *json, const char *key, const char *const *names, size_t count,
			  const struct letter_unit *units, size_t unit_count, int64_t province_id)
{
	struct letter_match *matches;
	size_t match_count;

	letter_units_match(c->mem, names, count, units, unit_count, province_id, &matches, &match_count);
	json_array(json, key);
	for (size_t i = 0; i < match_count; i++) {
		const struct letter_match *match = &matches[i];

		json_object(json, NULL);
		json_text(json, "name", match->name);
		json_id(json, "unit_id", match->group == LETTER_GROUP_NONE && match->unit_count == 1 ? match->unit_ids[0] : 0);
		json_text(json, "group", group_words[match->group]);
		json_array(json, "unit_ids");
		for (size_t k = 0; k < match->unit_count; k++)
			json_id(json, NULL, match->unit_ids[k]);
		json_end(json);
		json_int(json, "confidence", match->confidence);
		json_end(json);
	}
	json_end(json);
}

/* The units of each task of a document, in the order of its tasks. */
static char *units_of_tasks(struct call *c, const struct letter_document *document, const struct letter_unit *units,
			    size_t unit_count, int64_t province_id)
{
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_array(&json, NULL);
	for (size_t i = 0; i < document->task_count; i++) {
		const struct letter_task *task = &document->tasks[i];

		json_object(&json, NULL);
		write_matches(c, &json, "lead_units", task->lead, task->lead_count, units, unit_count, province_id);
		write_matches(c, &json, "cooperating_units", task->cooperating, task->cooperating_count, units, unit_count,
			      province_id);
		json_end(&json);
	}
	json_end(&json);
	return buf.data;
}

static char *document_text_of(struct call *c, const struct letter_document *document)
{
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	letter_document_write(&json, NULL, document);
	return buf.data;
}

static json_t *loads(struct call *c, const char *text)
{
	json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);

	if (!value)
		error_internal(c->err, "a reading wrote broken JSON");
	return value;
}

/* The reader's own object, with the units put into its tasks. */
static bool add_document(struct call *c, struct buf *out, const struct letter_document *document, const char *units)
{
	json_t *whole = loads(c, document_text_of(c, document)), *found = loads(c, units);
	json_t *tasks = whole ? json_object_get(whole, "tasks") : NULL;
	char *text = NULL;
	size_t i;
	json_t *task;

	json_array_foreach (tasks, i, task)
		json_object_update(task, json_array_get(found, i));
	if (whole)
		text = json_dumps(whole, JSON_COMPACT);
	json_decref(whole);
	json_decref(found);
	if (!text)
		return error_internal(c->err, "a reading could not be written");
	buf_add_text(out, text);
	free(text);
	return true;
}

bool reading_documents_write(struct call *c, struct buf *out, const struct letter_reading *reading,
			     const struct letter_unit *units, size_t unit_count, int64_t province_id)
{
	buf_add_char(out, '[');
	for (size_t i = 0; i < reading->count; i++) {
		const struct letter_document *document = &reading->documents[i];

		if (i)
			buf_add_char(out, ',');
		if (!add_document(c, out, document, units_of_tasks(c, document, units, unit_count, province_id)))
			return false;
	}
	buf_add_char(out, ']');
	return true;
}
