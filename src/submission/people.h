#ifndef SUBMISSION_PEOPLE_H
#define SUBMISSION_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"

struct call;
struct json;

/* The people a screen names: gathered first, then looked up in one query. */
struct people {
	id *ids;
	const char **names;
	size_t count, room;
};

void people_add(struct people *people, struct call *c, id account_id); /* 0 is nobody */
bool people_load(struct people *people, struct call *c);

/* { "id", "name" }, or null for nobody. */
void people_write(const struct people *people, struct json *json, const char *key, id account_id);

#endif
