#ifndef AUDIT_AUDIT_WATCH_H
#define AUDIT_AUDIT_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "db/call.h"

struct arena;

/* What the caller may watch: live paths (audit_rules.h), none inside another. */
struct watch_list {
	const char **paths;
	size_t count;
};
bool watch_list_of(struct call *c, struct watch_list *out);

bool watch_list_holds(const struct watch_list *list, struct arena *mem, const char *kind, const char *unit_path);

/* The product's clock, for what no request asks for. */
instant audit_now(void);

#endif
