#ifndef TASK_TASK_ACTIONS_H
#define TASK_TASK_ACTIONS_H

#include "task/task.h"
#include "task/task_entry_store.h"
#include "task/task_store.h"

/* Private to the room: what its actions share. */

/* A task the caller may read; stale_version unless `version` is its own or -1. */
bool task_load(struct call *c, id task_id, int64_t version, struct task *out);

/* A right on a unit of a task that the caller is known to see: forbidden, never not_found. */
bool task_require(struct call *c, enum right right, const char *unit_path);

/* Whether the caller may read the task. */
bool task_visible(struct call *c, const struct task *task, bool *out);

id task_caller(const struct call *c); /* the account; 0 for the system */

/* The unit paths on which the caller has the right. */
bool task_scope(struct call *c, enum right right, struct task_ranges *out);

/* The unit alone (`exact`), what lies below it, or both, as far as `right` reaches there; none: count 0. */
enum task_reach { TASK_REACH_UNIT, TASK_REACH_BELOW, TASK_REACH_ALL };
bool task_reach(struct call *c, enum right right, const char *unit_path, enum task_reach reach, struct task_ranges *out);

/*
 * Writes a task and what is kept of it above: its share of the percent, whether it is late.
 * `before` as it was read, NULL for a new one. The version of `after` is the next one.
 */
bool task_put(struct call *c, const struct task *before, struct task *after);

/* A new task whose parent is told later, by one task_climb for many: its lateness and that shares changed. */
bool task_put_new(struct call *c, struct task *task);
bool task_climb(struct call *c, id task_id, int64_t late, bool shares);

/* Checks and completes a draft; `parent` NULL for none. The right was checked. Not yet written. */
bool task_from_draft(struct call *c, const struct task_draft *draft, const struct task *parent, struct task *out);
/* Writes it with its units, deadline, first report row and event; the tasks above are not told. */
bool task_write_new(struct call *c, const struct task_draft *draft, struct task *task);

/* Co-operating units are valid, none twice, none that leads. */
bool task_cooperating_check(struct call *c, id lead_id, const struct task_cooperating *rows, size_t count);
bool task_cooperating_put(struct call *c, id task_id, const struct task_cooperating *rows, size_t count);

/* The unit is the assigner or lies below it, and stands. */
bool task_lead_check(struct call *c, const char *assigner_path, id lead_id, const char *field, struct unit *out);

/* Deadline into the task and into what is kept of its deadlines. */
bool task_deadline_keep(struct call *c, const struct task *task, id request_id);

/* The document stands and the caller may read it. */
bool task_document_check(struct call *c, id document_id);

/* Opens the report rows whose time has come; report_next and the deadline of a recurring task move in `task`. */
bool task_open_rows(struct call *c, struct task *task, int64_t *opened);
bool task_recurring_deadline(struct call *c, struct task *task);

/* What an event tells beside the title; NULL, 0 and -1 are left out. */
struct task_told {
	const char *kind;      /* "task.reported" */
	const char *reason, *result, *cause, *remedy;
	instant deadline;
	int64_t period;
	int percent;           /* -1 */
	const char *new_date;
	const struct task *before; /* of a change: what differs is told with before and after */
	const char *state;
};
bool task_tell(struct call *c, const struct task *task, const struct task_told *told);

/* Whether the caller may add a file to the task; adds, gives and takes away. */
bool task_file_may_add(struct call *c, id task_id, struct task *out);
bool task_file_add(struct call *c, id task_id, const struct file *file, struct task_file_row *out);
bool task_file_load(struct call *c, id file_id, struct task_file_row *out, struct task *task);
bool task_file_take_away(struct call *c, id file_id);

/* Links files of the task to a report or request. */
bool task_files_check(struct call *c, id task_id, const id *file_ids, size_t count);
bool task_files_link(struct call *c, const id *file_ids, size_t count, id report_id, id request_id);

#endif
