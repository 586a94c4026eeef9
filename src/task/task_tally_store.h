#ifndef TASK_TASK_TALLY_STORE_H
#define TASK_TASK_TALLY_STORE_H

#include "task/task_tally.h"

bool store_tally_add(struct call *c, const struct task_tally_row *rows, size_t count);
bool store_tally_clear(struct call *c);

/* All rows, ordered by key. */
bool store_tally_all(struct call *c, struct task_tally_row **rows, size_t *count);

/* What counts of every task that is not cancelled: id, lead_path, programme, field, deadline, state, completed_at; by id, after `after`. */
bool store_tally_tasks(struct call *c, id after, int limit, struct task **tasks, size_t *count);

/* Sums of one unit by programme or field, or of each unit right below it; the key of a row is that word or path. */
bool store_tally_figures(struct call *c, const struct task_figures_query *query, const char *unit_path, bool children,
			 struct task_figures_row **rows, size_t *count);

#endif
