#include "document/reading_tell.h"

#include "audit/audit.h"

bool reading_tell(struct call *c, const char *kind, const struct reading *reading)
{
	const struct event event = {
		.kind = kind,
		.unit_id = reading->unit_id,
		.unit_path = reading->unit_path,
		.subject_kind = "reading",
		.subject_id = reading->id,
	};

	return event_write(c, &event, NULL);
}
