#ifndef DEADLINE_DEADLINE_API_H
#define DEADLINE_DEADLINE_API_H

#include "http/http.h"

extern const struct route_table deadline_routes;

/* { "before", "wording" } and a deadline rule, for the shapes of other rooms. */
extern const struct shape deadline_shape;
extern const struct shape deadline_rule_shape;

#endif
