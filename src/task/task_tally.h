#ifndef TASK_TASK_TALLY_H
#define TASK_TASK_TALLY_H

#include "task/task.h"

/*
 * The Government's frame: how many tasks there are, completed (on time, late)
 * and not completed (in time, overdue), per leading unit and every unit above
 * it, by programme and field. Kept by differences in the transaction that
 * changes a task. Cancelled tasks are not counted.
 */
struct task_tally_key {
	const char *unit_path, *parent_path; /* parent "" at the root */
	const char *programme, *field;       /* "": none */
	instant deadline;                    /* 0: none */
};

/* Counts, or differences of counts. */
struct task_tally {
	int64_t open, paused, on_time, late;
};

struct task_tally_row {
	struct task_tally_key key;
	struct task_tally tally;
};

/* Pure: where a task counts; all 0 for a cancelled one. */
struct task_tally task_tally_of(const struct task *task);

/*
 * Pure: the rows a change of a task touches with their differences, those that
 * change nothing left out. `before` NULL: it is new; `after` NULL: it is gone.
 */
void task_tally_differences(struct arena *mem, const struct task *before, const struct task *after,
			    struct task_tally_row **rows, size_t *count);

/* Takes a change over. In the transaction that makes it. */
bool task_tally_change(struct call *c, const struct task *before, const struct task *after);

/* Counts everything anew, as after units moved. */
bool task_tally_rebuild(struct call *c);

/* Compares what is kept with the tasks; a line per difference, their number added to *differences. */
bool task_tally_check(struct call *c, void (*each)(void *arg, const char *line), void *arg, size_t *differences);

enum task_figures_by { TASK_BY_UNIT, TASK_BY_PROGRAMME, TASK_BY_FIELD };

struct task_figures_row {
	const char *key;           /* a unit's path, or the programme's or field's name; "" for tasks without */
	const struct unit *unit;   /* by unit only */
	bool own;                  /* by unit: what the unit itself leads */
	int64_t completed_on_time, completed_late, open_in_time, overdue;
	int64_t without_deadline;  /* of open_in_time */
	int64_t paused;
};

struct task_figures_query {
	id unit_id;
	enum task_figures_by by;
	const char *programme, *field; /* NULL: all */
	instant from, to;              /* deadlines in (from, to]: 24h00 of a day is the next one's start; 0: no bound. With one, tasks without deadline are left out */
};

/* The rows and their sum for what the unit and all below it lead. Right: TASK_READ of the unit. */
bool task_figures(struct call *c, const struct task_figures_query *query, struct unit *unit,
		  struct task_figures_row **rows, size_t *count, struct task_figures_row *sum);

/* All that is counted: not completed or completed, paused ones too. */
int64_t task_figures_total(const struct task_figures_row *row);

#endif
