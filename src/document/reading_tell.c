#include "document/reading_tell.h"

#include "audit/audit.h"
#include "base/buf.h"
#include "base/json.h"

bool reading_tell(struct call *c, const char *kind, const struct reading *reading)
{
	struct event event = {
		.kind = kind,
		.unit_id = reading->unit_id,
		.unit_path = reading->unit_path,
		.subject_kind = "reading",
		.subject_id = reading->id,
	};
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "name", reading->file.name);
	json_end(&json);
	event.after = buf.data;
	return event_write(c, &event, NULL);
}
