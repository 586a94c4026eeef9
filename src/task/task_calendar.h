#ifndef TASK_TASK_CALENDAR_H
#define TASK_TASK_CALENDAR_H

#include "base/crypto.h"
#include "base/error.h"
#include "task/ical.h"
#include "task/task.h"

/*
 * A person's deadlines as a calendar that phones and mail programs fetch by a
 * secret address: tasks that the person's units lead or take part in, and
 * reports due. It shows what the owner may see at that moment, and is gone when
 * the address is taken back or the account is closed.
 */

/* When the address was made; 0: there is none. */
bool task_calendar_get(struct call *c, instant *created_at);

/* A new secret in place of an older one. */
bool task_calendar_make(struct call *c, char secret[TOKEN_TEXT_MAX]);
bool task_calendar_remove(struct call *c);

enum { TASK_CALENDAR_MAX = 500 };

/* Everything by that secret, soonest first; fails with not_found. `lang` gets the owner's language. `origin`: "https://host", for links. */
bool task_calendar_events(struct call *c, const char *secret, const char *origin, struct ical_event **events,
			  size_t *count, enum language *lang);

/* What the calendar is called: its owner's. */
const char *task_calendar_name(struct call *c, enum language lang);

#endif
