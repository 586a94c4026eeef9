#ifndef DEADLINE_DEADLINE_RULES_H
#define DEADLINE_DEADLINE_RULES_H

#include "deadline/deadline.h"

/* The first day of the month `offset` months after the last month of the period. */
struct civil_date period_last_month(period p, int offset);

/* That day of the month, or the month's last when it is shorter. */
struct civil_date period_day_in_month(struct civil_date month, int day);

enum { HOLIDAYS_MAX = 4000 };

#endif
