#ifndef WATCH_WATCH_JSON_H
#define WATCH_WATCH_JSON_H

#include "http/http.h"
#include "watch/watch.h"

/* What the room's three screens write alike, and its shapes. */
extern const struct shape watch_report_shape;

void watch_report_write(struct json *json, const char *key, const struct report *report);

/*
 * A figure of a level: never a draft, without warnings. `target` is what the
 * sums of a rolled-up one say; NULL: it is a unit's own, judged by itself. Null when there is none.
 */
void watch_cell_write(struct json *json, const char *key, const struct indicator *indicator, const struct cell *cell,
		      const enum target_state *target, period p, enum language lang);

/* The three routes' shapes and handlers; the table is in watch_api.c. */
extern const struct shape my_work_reply_shape, overview_query_shape, overview_reply_shape, figures_query_shape,
	figures_reply_shape;
bool my_work_act(struct request *r);
bool overview_act(struct request *r);
bool figures_act(struct request *r);

#endif
