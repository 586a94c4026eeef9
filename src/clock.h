#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>

#include "base/civil.h"

/*
 * The product's clock: the system's, or one that was set to another time and
 * runs on from there (a demonstration, tests), or stands still. Process-wide;
 * any thread may ask.
 */
instant product_now(void);
void product_clock_set(instant now, bool frozen);

struct route_table;

/* POST /api/test/clock moves the clock; only served with --demo or --test-clock. */
extern const struct route_table clock_routes;

#endif
