#ifndef TASK_TASK_TALK_H
#define TASK_TASK_TALK_H

#include "account/account.h"
#include "base/error.h"
#include "task/task.h"
#include "task/task_talk_store.h"

/* Comments, the own saved filters, and acts on several tasks. */

/* Task, text and mentions are given; whoever may read the task may comment and be mentioned. */
bool task_comment_add(struct call *c, struct task_comment_row *row);

/* Whom a comment can mention: people who may read the task, by a part of their name. */
bool task_readers(struct call *c, id task_id, const char *q, int limit, struct account_holder **out, size_t *count);

bool task_filters(struct call *c, struct task_filter_row **out, size_t *count);
bool task_filter_keep(struct call *c, struct task_filter_row *row);
bool task_filter_forget(struct call *c, id filter_id);

enum task_bulk_act { TASK_BULK_PAUSE, TASK_BULK_RESUME, TASK_BULK_CANCEL, TASK_BULK_FIELD, TASK_BULK_PROGRAMME,
		     TASK_BULK_WEIGHT };
struct task_bulk {
	enum task_bulk_act act;
	const char *reason, *value;
};

/* refusals[i] is NULL where it was done. What is refused changes nothing; a failure of the store takes all back. */
bool task_bulk(struct call *c, const struct task_bulk *bulk, const id *ids, size_t count, const struct error ***refusals);

#endif
