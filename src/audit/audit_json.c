#include "audit/audit_json.h"

#include <string.h>

#include "audit/audit.h"
#include "unit/unit_api.h"

static const struct field by_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape by_shape = { NULL, by_fields };

#define TOLD_FIELDS \
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED }, \
	{ .name = "at", .type = FIELD_TIME, .flags = FIELD_REQUIRED }, \
	{ .name = "kind", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "sentence", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = 4096, \
	  .about = "In the language of the request." }, \
	{ .name = "by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &by_shape, \
	  .about = "Null for the system, or nobody signed in." }, \
	{ .name = "before", .type = FIELD_ANY, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "after", .type = FIELD_ANY, .flags = FIELD_REQUIRED | FIELD_NULLABLE }

static const struct field told_fields[] = { TOLD_FIELDS, { 0 } };
const struct shape event_told_shape = { "EventTold", told_fields };

static const struct field event_fields[] = {
	TOLD_FIELDS,
	{ .name = "address", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &unit_ref_shape },
	{ .name = "subject_kind", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "subject_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "block", .type = FIELD_INT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .max = INT64_MAX,
	  .about = "Number of the block that seals it." },
	{ 0 },
};
const struct shape event_shape = { "Event", event_fields };

/* What before and after hold is JSON; a text that is none is shown as nothing rather than breaking the reply. */
static void write_text(struct request *r, const char *key, const char *text)
{
	struct error unreadable = { 0 };
	json_t *value = text ? json_parse(r->call.mem, text, strlen(text), &unreadable) : NULL;
	if (value)
		json_copy(&r->json, key, value);
	else
		json_null(&r->json, key);
}

static void write_told(struct request *r, const struct event_view *view)
{
	struct json *json = &r->json;
	json_id(json, "id", view->id);
	json_instant(json, "at", view->at);
	json_text(json, "kind", view->kind);
	json_text(json, "sentence", view->sentence);
	if (view->account_id) {
		json_object(json, "by");
		json_id(json, "id", view->account_id);
		json_text(json, "name", view->account_name);
		json_end(json);
	} else {
		json_null(json, "by");
	}
	write_text(r, "before", view->before);
	write_text(r, "after", view->after);
}

void event_write_told(struct request *r, const struct event_view *view)
{
	json_object(&r->json, NULL);
	write_told(r, view);
	json_end(&r->json);
}

void event_write_logged(struct request *r, const struct event_view *view)
{
	struct json *json = &r->json;
	json_object(json, NULL);
	write_told(r, view);
	json_text(json, "address", view->address);
	unit_write_ref(json, "unit", view->unit.id ? &view->unit : NULL);
	json_text(json, "subject_kind", view->subject_kind);
	json_id(json, "subject_id", view->subject_id);
	if (view->block)
		json_int(json, "block", view->block);
	else
		json_null(json, "block");
	json_end(json);
}
