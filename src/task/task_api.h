#ifndef TASK_TASK_API_H
#define TASK_TASK_API_H

#include "http/http.h"
#include "task/task_store.h"

extern const struct route_table task_routes;

/* What a list is asked for, from the query of a request; for the list and for what is made of it. */
bool task_query_read(struct request *r, struct task_query *out);

/* What waits for the caller: an array of TaskWaiting, for the first screen. */
extern const struct shape task_waiting_shape;
bool task_waiting_write(struct request *r, const char *key, const struct task_waiting *rows, size_t count);

/* Handlers of the room's table of routes. */
bool task_report_post(struct request *r);
bool task_request_post(struct request *r);
bool task_decision_post(struct request *r);
bool task_request_delete(struct request *r);
bool task_explanation_post(struct request *r);
bool task_state_post(struct request *r);
bool task_file_prepare(struct request *r);
bool task_file_post(struct request *r);
bool task_file_open_prepare(struct request *r);
bool task_file_open(struct request *r);
bool task_file_delete(struct request *r);
bool task_comment_post(struct request *r);
bool task_comments_get(struct request *r);
bool task_readers_get(struct request *r);
bool task_history_get(struct request *r);
bool task_filters_get(struct request *r);
bool task_filter_put(struct request *r);
bool task_filter_delete(struct request *r);
bool task_bulk_post(struct request *r);
extern const struct shape task_accept_shape, task_accepted_shape;
bool task_accept_post(struct request *r);
extern const struct shape task_reading_results_shape;
bool task_reading_made_get(struct request *r);

#endif
