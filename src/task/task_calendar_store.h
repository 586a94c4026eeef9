#ifndef TASK_TASK_CALENDAR_STORE_H
#define TASK_TASK_CALENDAR_STORE_H

#include "task/task.h"

bool store_calendar_put(struct call *c, id account_id, const char *digest);
bool store_calendar_delete(struct call *c, id account_id);
bool store_calendar_made(struct call *c, id account_id, instant *created_at); /* 0: none */
bool store_calendar_owner(struct call *c, const char *digest, id *account_id); /* 0: nobody's */

#endif
