#ifndef AUDIT_AUDIT_API_H
#define AUDIT_AUDIT_API_H

#include "http/http.h"
#include "http/live.h"

extern const struct route_table audit_routes;

/* What the live stream reads. */
extern const struct live_source audit_live_source;

#endif
