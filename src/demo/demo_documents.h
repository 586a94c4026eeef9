#ifndef DEMO_DEMO_DOCUMENTS_H
#define DEMO_DEMO_DOCUMENTS_H

#include <stddef.h>

#include "base/civil.h"
#include "base/id.h"
#include "db/call.h"

struct demo_story;

/*
 * The letters that the demonstration's tasks stand on: from the centre to the province and on to a
 * commune, linked, with their text; and one too secret to be more than a stub.
 */
enum { DEMO_DOCUMENTS = 8 };
struct demo_documents {
	size_t next; /* what is entered next */
	id ids[DEMO_DOCUMENTS];
};

/* Lives on up to, not including, `until`, as demo_tasks_until does. */
bool demo_documents_until(struct call *c, struct demo_story *story, instant until);

/* What a task of demo_tasks.c stands on, once it is entered; 0: nothing. */
id demo_document_of_task(const struct demo_story *story, int task);

#endif
