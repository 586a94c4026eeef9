#ifndef HTTP_WATCHMAN_H
#define HTTP_WATCHMAN_H

#include <stdbool.h>

struct server;

/*
 * A thread that looks after the server: ends connections past their deadline,
 * decides on shedding, tries the store now and then for /healthz, and forgets
 * old idempotent replies.
 */
struct watchman;

struct watchman *watchman_start(struct server *server);
void watchman_stop(struct watchman *watchman);

/* The store was read, and the writer answered, not long ago. */
bool watchman_healthy(const struct watchman *watchman);

#endif
