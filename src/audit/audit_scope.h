#ifndef AUDIT_AUDIT_SCOPE_H
#define AUDIT_AUDIT_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "account/account.h"
#include "audit/audit_store.h"

/* Where the caller may read the event log. */
struct log_scope {
	const struct scope *parts;
	size_t count;
};

/* Narrowed to the subtree of a unit unless that is 0; forbidden when nothing is left. */
bool log_scope_of(struct call *c, id unit_id, struct log_scope *out);

bool log_scope_holds(const struct log_scope *scope, const char *unit_path);

/* As ranges for the store; they may hold more than the scope when that has more parts than there are ranges. */
void log_scope_ranges(struct call *c, const struct log_scope *scope, struct path_range ranges[PATH_RANGES]);

#endif
