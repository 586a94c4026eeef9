#ifndef UNIT_UNIT_API_H
#define UNIT_UNIT_API_H

#include "http/http.h"

extern const struct route_table unit_routes;

/* The unit reference unit_write_ref writes, for the shapes of other rooms. */
extern const struct shape unit_ref_shape;

#endif
