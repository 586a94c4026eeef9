#ifndef DB_LEASE_H
#define DB_LEASE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/call.h"

/*
 * Leadership for a job that only one node may do at a time: a row that its
 * holder renews. A write action; *held tells whether this process has it now, for
 * `ms` from call.now.
 */
bool lease_take(struct call *c, const char *name, int64_t ms, bool *held);

#endif
