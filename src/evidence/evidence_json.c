#include "evidence/evidence_json.h"

#include "submission/people.h"
#include "submission/submission_json.h"

static const struct field fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "null: of the submission as a whole." },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "size", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "type", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "Media type, by content." },
	{ .name = "sha256", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "added_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .of = &person_shape },
	{ .name = "added_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape evidence_shape = { "Evidence", fields };

void evidence_write(struct json *json, const char *key, const struct evidence *evidence,
		    const struct people *people)
{
	json_object(json, key);
	json_id(json, "id", evidence->id);
	json_id(json, "indicator_id", evidence->indicator_id);
	json_text(json, "name", evidence->name);
	json_int(json, "size", evidence->size);
	json_text(json, "type", evidence->type);
	json_text(json, "sha256", evidence->sha256);
	people_write(people, json, "added_by", evidence->added_by);
	json_instant(json, "added_at", evidence->added_at);
	json_end(json);
}
