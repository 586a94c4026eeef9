#ifndef TASK_TASK_TALK_STORE_H
#define TASK_TASK_TALK_STORE_H

#include "task/task.h"

/* Rows of comments and of saved filters. */

struct task_comment_row {
	id id, task_id, by;
	const char *text;
	instant at;
	id *mentions;
	size_t mention_count;
};
bool task_comment_insert(struct call *c, const struct task_comment_row *row);
/* Newest first, behind `before` (0: from the newest), with their mentions. */
bool task_comment_rows(struct call *c, id task_id, id before, int limit, struct task_comment_row **out, size_t *count);

struct task_filter_row {
	id id;
	const char *name, *query;
};
/* The row's id is that of the filter of this name, when it was there. */
bool task_filter_save(struct call *c, id account_id, struct task_filter_row *row);
bool task_filter_rows(struct call *c, id account_id, struct task_filter_row **out, size_t *count);
bool task_filter_count(struct call *c, id account_id, const char *but_name, int64_t *out);
bool task_filter_remove(struct call *c, id account_id, id filter_id, bool *removed);

#endif
