#ifndef WATCH_WATCH_API_H
#define WATCH_WATCH_API_H

#include "http/http.h"

extern const struct route_table watch_routes;

#endif
