#ifndef TASK_TASK_STORE_H
#define TASK_TASK_STORE_H

#include "account/account.h"
#include "task/task.h"

/* Rows of tasks, and lists of them. Private to the room, like all *_store.h. */

bool task_row(struct call *c, id task_id, bool *found, struct task *out);

/* title_key is made from the title; `late`, `rolled` and the rest are written as they stand. */
bool task_row_insert(struct call *c, const struct task *task);
bool task_row_update(struct call *c, const struct task *task);

/* What it is found by (base/words.h). */
bool task_words_put(struct call *c, id task_id, const char *words);

/* What the tasks above keep of those below. No version moves by it. */
bool task_row_add_late(struct call *c, id task_id, int64_t difference);
bool task_row_add_child(struct call *c, id task_id);
bool task_row_set_rolled(struct call *c, id task_id, int rolled);

struct task_sums {
	int64_t weights, weighted; /* of the parts that are not cancelled */
	int64_t open;              /* parts that are neither completed nor cancelled */
};
bool task_child_sums(struct call *c, id parent_id, struct task_sums *out);

/* The tasks below, without itself, from the deepest up, that are open or paused. */
bool task_rows_open_below(struct call *c, const char *tree, struct task **out, size_t *count);
bool task_children(struct call *c, id parent_id, struct task **out, size_t *count);

enum task_role { TASK_ROLE_ASSIGNER, TASK_ROLE_LEAD, TASK_ROLE_COOPERATING };
struct task_unit_row {
	id task_id, unit_id;
	enum task_role role;
	const char *unit_path, *part;
};
bool task_units_insert(struct call *c, const struct task_unit_row *rows, size_t count);
bool task_units_delete(struct call *c, id task_id, enum task_role role);
/* The co-operating units of these tasks by task and path, at most `most` of each. */
bool task_cooperating_rows(struct call *c, const id *task_ids, size_t count, int most, struct task_unit_row **out,
			   size_t *out_count);

/* Unit paths from `low` up to but without `high`; unused ones hold nothing. */
enum { TASK_RANGES = 8 };
struct task_range {
	const char *low, *high;
};
struct task_ranges {
	struct task_range at[TASK_RANGES];
	size_t count;
	bool everywhere; /* one of them is the whole tree: no unit need be asked for */
};

enum task_sort { TASK_BY_DUE, TASK_BY_DUE_LAST, TASK_BY_TITLE, TASK_BY_LEAD, TASK_BY_STATE, TASK_BY_NEWEST, TASK_SORTS };

/* For lists: not started, in progress or paused. */
enum { TASK_UNFINISHED = 5 };

/* Zero, NULL and -1 do not filter. */
struct task_query {
	struct task_ranges ranges;
	int role;               /* enum task_role; -1: any */
	int state, timeliness;  /* -1: any; a state may be TASK_UNFINISHED */
	const char *field, *programme, *q;
	id document_id, parent_id;
	bool roots;
	instant due_from, due_to; /* deadline > due_from, <= due_to */
	enum task_sort sort;
	id after;
	int limit;
	int64_t soon;           /* ms */
};
bool task_rows(struct call *c, const struct task_query *query, struct task **out, size_t *count);

/* Whether a task that concerns a unit in the ranges stands on the document. */
bool task_row_on_document(struct call *c, id document_id, const struct task_ranges *ranges, bool *out);

/* Open tasks not yet counted as late whose deadline has come; unfinished ones whose report row is due. */
bool task_rows_turning_late(struct call *c, instant now, int limit, struct task **out, size_t *count);
bool task_rows_reporting(struct call *c, instant now, int limit, struct task **out, size_t *count);
bool task_report_next_set(struct call *c, id task_id, instant next, instant deadline);

/* Overdue or due soon, led by (TASK_ROLE_LEAD) or given by a unit in the ranges, by deadline. */
bool task_rows_pressing(struct call *c, const struct task_ranges *ranges, enum task_role role, instant from,
			instant to, int limit, struct task **out, size_t *count);

bool task_units_moved(struct call *c, const char *from, const char *to);

/* For task_check: all tasks by tree, behind `after` ("" for the first). */
bool task_rows_by_tree(struct call *c, const char *after, int limit, struct task **out, size_t *count);

#endif
