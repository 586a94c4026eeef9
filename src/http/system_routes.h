#ifndef HTTP_SYSTEM_ROUTES_H
#define HTTP_SYSTEM_ROUTES_H

#include <stdbool.h>

struct exchange;
struct route;
struct route_table;

/* The server's own routes: API document, live stream, health, metrics. */
extern const struct route_table system_routes;

/* Whether the route is answered here at once, without store or session. */
bool system_answers(const struct exchange *x);
bool system_answer(struct exchange *x);

bool system_is_stream(const struct route *route);

#endif
