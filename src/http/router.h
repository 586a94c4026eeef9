#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct route;
struct route_table;

enum { ROUTE_PARAMS_MAX = 6 };

/*
 * Finds the route of a path in a tree of its segments. A literal segment wins
 * over a `{name}`. Two routes with one method and form are a defect and stop
 * the program at start.
 */
struct router;

struct route_match {
	const struct route *route;  /* NULL: none by this method */
	int index;                  /* of the route among all, in order of the tables */
	size_t count;
	const char *names[ROUTE_PARAMS_MAX];
	const char *values[ROUTE_PARAMS_MAX];
	const char *allowed;        /* "GET, HEAD, OPTIONS": what the path accepts; NULL: the path is unknown */
};

struct router *router_new(struct arena *mem, const struct route_table *const *tables, size_t count);

/* Splits `path` where it stands; the values point into it. HEAD finds GET. */
void router_match(const struct router *router, char *path, const char *method, struct route_match *out);

#endif
