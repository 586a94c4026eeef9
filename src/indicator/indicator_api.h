#ifndef INDICATOR_INDICATOR_API_H
#define INDICATOR_INDICATOR_API_H

#include "http/http.h"

extern const struct route_table indicator_routes;
extern const struct route_table report_routes;

/* What indicator_write and target_write write, for the shapes of other rooms. */
extern const struct shape indicator_shape;
extern const struct shape target_shape;

#endif
