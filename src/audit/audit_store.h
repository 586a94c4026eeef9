#ifndef AUDIT_AUDIT_STORE_H
#define AUDIT_AUDIT_STORE_H

#include <stdbool.h>

#include "audit/audit.h"

/* The SQL of the event log and its seals. */

bool audit_store_insert(struct call *c, id event_id, id account_id, const struct event *event);

#endif
