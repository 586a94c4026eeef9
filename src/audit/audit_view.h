#ifndef AUDIT_AUDIT_VIEW_H
#define AUDIT_AUDIT_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/audit.h"
#include "audit/audit_rules.h"

/* The row's own columns, copied. */
void event_view_take(struct arena *mem, const struct event_row *row, struct event_view *out);

/* Names, units, sentences and, when asked for, the sealing blocks of views that are newest first. */
bool event_views_fill(struct call *c, enum language lang, struct event_view *views, size_t count, bool blocks);

#endif
