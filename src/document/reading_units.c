#include "document/reading_units.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "letter/letter.h"
#include "unit/unit.h"

/* The units that letters from one province, or from the centre, can name. */
struct field_of_view {
	int64_t province_id; /* 0: the centre */
	struct letter_unit *units;
	size_t count;
};

struct viewer {
	struct unit root, *centre; /* right below the root: provinces and central bodies */
	size_t centre_count;
	int64_t own_province;
	struct field_of_view views[LETTER_DOCUMENTS_MAX];
	size_t view_count;
};

static bool viewer_start(struct call *c, id unit_id, struct viewer *viewer)
{
	struct unit unit;

	*viewer = (struct viewer){ .view_count = 0 };
	if (!unit_by_id(c, unit_id, NULL, &unit) || !unit_root(c, &viewer->root) ||
	    !unit_children(c, viewer->root.id, NULL, &viewer->centre, &viewer->centre_count))
		return false;
	viewer->own_province = unit.province_id == viewer->root.id ? 0 : unit.province_id;
	return true;
}

static void take(struct field_of_view *view, const struct unit *units, size_t count)
{
	for (size_t i = 0; i < count; i++)
		view->units[view->count++] =
			(struct letter_unit){ units[i].id, units[i].name, units[i].kind, units[i].province_id };
}

/* Whether a head, folded, says the province: "ubnd tinh dak lak", or its committee of the Party: "tinh uy dak lak". */
static bool says_province(struct call *c, const char *head, const char *name)
{
	static const char *const kinds[][2] = { { "tinh ", "tinh uy " }, { "thanh pho ", "thanh uy " } };
	const char *folded = text_fold(c->mem, name);

	if (strstr(head, folded))
		return true;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
		size_t length = strlen(kinds[k][0]);

		if (strncmp(folded, kinds[k][0], length) == 0)
			return strstr(head, arena_printf(c->mem, "%s%s", kinds[k][1], folded + length));
	}
	return false;
}

/* The province whose name stands in the letter's head; NULL: none does. */
static const struct unit *province_of(struct call *c, const struct viewer *viewer, const struct letter_document *document)
{
	const char *const parts[] = { document->issuer, document->superior };

	for (size_t p = 0; p < sizeof(parts) / sizeof(*parts); p++) {
		const char *head = parts[p] ? text_fold(c->mem, parts[p]) : "";

		for (size_t i = 0; i < viewer->centre_count; i++)
			if (text_equal(viewer->centre[i].kind, "province") && says_province(c, head, viewer->centre[i].name))
				return &viewer->centre[i];
	}
	return NULL;
}

static bool view_of(struct call *c, struct viewer *viewer, const struct letter_document *document,
		    const struct field_of_view **out)
{
	const struct unit *issuing = province_of(c, viewer, document);
	int64_t province_id = issuing ? issuing->id : viewer->own_province;
	struct field_of_view *view = viewer->views;
	struct unit province, *below = NULL;
	size_t below_count = 0;

	for (; view < viewer->views + viewer->view_count; view++) {
		if (view->province_id == province_id) {
			*out = view;
			return true;
		}
	}
	if (province_id && (!unit_by_id(c, province_id, NULL, &province) ||
			    !unit_subtree(c, province.path, &below, &below_count)))
		return false;
	*view = (struct field_of_view){
		.province_id = province_id,
		.units = ARENA_ARRAY(c->mem, struct letter_unit, viewer->centre_count + below_count + 1),
	};
	viewer->view_count++;
	take(view, &viewer->root, 1);
	for (size_t i = 0; i < viewer->centre_count; i++)
		if (viewer->centre[i].id != province_id)
			take(view, &viewer->centre[i], 1);
	take(view, below, below_count);
	*out = view;
	return true;
}

static const char *const group_words[] = { NULL, "departments", "communes", "provinces", "ministries" };

static void write_matches(struct call *c, struct json *json, const char *key, const char *const *names, size_t count,
			  const struct field_of_view *view)
{
	struct letter_match *matches;
	size_t match_count;

	letter_units_match(c->mem, names, count, view->units, view->count, view->province_id, &matches, &match_count);
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
static char *units_of_tasks(struct call *c, const struct letter_document *document, const struct field_of_view *view)
{
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_array(&json, NULL);
	for (size_t i = 0; i < document->task_count; i++) {
		const struct letter_task *task = &document->tasks[i];

		json_object(&json, NULL);
		write_matches(c, &json, "lead_units", task->lead, task->lead_count, view);
		write_matches(c, &json, "cooperating_units", task->cooperating, task->cooperating_count, view);
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

bool reading_documents_write(struct call *c, struct buf *out, const struct letter_reading *reading, id unit_id)
{
	const struct field_of_view *view;
	struct viewer viewer;

	if (!viewer_start(c, unit_id, &viewer))
		return false;
	buf_add_char(out, '[');
	for (size_t i = 0; i < reading->count; i++) {
		const struct letter_document *document = &reading->documents[i];

		if (i)
			buf_add_char(out, ',');
		if (!view_of(c, &viewer, document, &view) ||
		    !add_document(c, out, document, units_of_tasks(c, document, view)))
			return false;
	}
	buf_add_char(out, ']');
	return true;
}
