#ifndef TASK_TASK_RULES_H
#define TASK_TASK_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "task/task.h"

/*
 * Timeliness. A deadline is exclusive: done in its last millisecond is on time, at the
 * instant itself is late. Due soon is whatever has at most `soon` milliseconds left.
 */
enum task_timeliness task_timeliness(enum task_state state, instant deadline, instant completed_at, instant now,
				     int64_t soon);

/* Overdue or completed late: what the tasks above count. */
bool task_is_late(const struct task *task, instant now);

/*
 * The leading unit owes an explanation: the task is overdue, was not handed in for
 * completion before its deadline, and no explanation for this deadline promises a later day than today.
 */
bool task_explanation_due(const struct task *task, instant now);

bool task_is_open(enum task_state state); /* not started or in progress */

/* ERR_none, or why the task takes no reports and requests (its state; a missing explanation is asked apart). */
enum error_code task_open_refusal(const struct task *task);

/* ERR_none with *after set, or why the step cannot be taken. */
enum error_code task_step_refusal(const struct task *task, enum task_step step, enum task_state *after);

enum error_code task_report_refusal(const struct task *task, const struct task_report_entry *entry, instant now);

struct task_ask_facts {
	bool waiting;          /* a request of this kind waits already */
	bool result;           /* some report of the task carries a result */
	int64_t open_parts;
	instant parent_deadline; /* 0: none */
};
enum error_code task_ask_refusal(const struct task *task, const struct task_request_entry *entry,
				 const struct task_ask_facts *facts, instant now);

/* Whether kind, instant and wording go together, and a recurring task has none. */
enum error_code task_deadline_refusal(instant deadline, enum task_deadline_kind kind,
				      const struct task_recurrence *recurrence);

/* A part may not be due behind the task above it; a task above without deadline bounds nothing. */
bool task_fits_parent(instant deadline, instant parent_deadline);

/*
 * Percent of a task and its parts, in hundredths. `weights` and `weighted` are sums over its
 * parts that are not cancelled, of weight and weight * rolled; without any, its own counts.
 */
int task_rolled(enum task_state state, int percent, int64_t weights, int64_t weighted);

/*
 * Periods of report rows: a period of deadline.h, or a week of ISO 8601 as year * 1000 + 500
 * + week. In text "2026-05", "2026-Q2", "2026-W20".
 */
int64_t task_slot_of(enum task_every every, struct civil_date day);
int64_t task_slot_next(int64_t slot);
struct civil_date task_slot_first_day(int64_t slot);
char *task_slot_format(int64_t slot, char *out); /* PERIOD_TEXT_MAX */
bool task_slot_parse(const char *text, int64_t *out);
instant task_slot_deadline(int64_t slot, int day); /* day 0: the last */

/* The first period of a recurring task given at `now` that can still be reported in time. */
int64_t task_slot_first(const struct task_recurrence *recurrence, instant now);

/* Words of the API. Parsing takes only words of their shapes. */
const char *task_state_word(enum task_state state);
const char *task_timeliness_word(enum task_timeliness timeliness);
const char *task_deadline_kind_word(enum task_deadline_kind kind);
const char *task_every_word(enum task_every every);
bool task_state_parse(const char *word, enum task_state *out);
bool task_timeliness_parse(const char *word, enum task_timeliness *out);
bool task_deadline_kind_parse(const char *word, enum task_deadline_kind *out);
bool task_every_parse(const char *word, enum task_every *out);

#endif
