#ifndef DEADLINE_DEADLINE_STORE_H
#define DEADLINE_DEADLINE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "deadline/deadline.h"

/* The SQL of the holidays, by date. */

bool holiday_store_range(struct call *c, struct civil_date first, struct civil_date end, struct holiday **out,
			 size_t *count);
bool holiday_store_find(struct call *c, struct civil_date date, bool *found, struct holiday *out);
bool holiday_store_put(struct call *c, const struct holiday *holiday);
bool holiday_store_put_new(struct call *c, const struct holiday *holiday);
bool holiday_store_remove(struct call *c, struct civil_date date);

#endif
