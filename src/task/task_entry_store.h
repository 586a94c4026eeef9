#ifndef TASK_TASK_ENTRY_STORE_H
#define TASK_TASK_ENTRY_STORE_H

#include "file/file.h"
#include "task/task.h"
#include "task/task_store.h"

/* Rows of what hangs on a task: deadlines, reports, requests, explanations, files. */

struct task_deadline_row {
	id id, task_id, request_id, set_by;
	instant deadline;
	enum task_deadline_kind kind;
	const char *written;
	instant set_at;
};
bool task_deadline_insert(struct call *c, const struct task_deadline_row *row);
bool task_deadline_rows(struct call *c, id task_id, struct task_deadline_row **out, size_t *count); /* newest first */

struct task_report_row {
	id id, task_id, reported_by;
	int64_t period;       /* 0: in between */
	instant deadline, opened_at, reported_at;
	int percent;
	const char *result, *difficulties, *requests;
	bool nil;
};
/* `there`: a row of this period was there, and nothing was written. */
bool task_report_insert(struct call *c, const struct task_report_row *row, bool *there);
bool task_report_fill(struct call *c, const struct task_report_row *row);
bool task_report_rows(struct call *c, id task_id, struct task_report_row **out, size_t *count); /* newest first */
bool task_report_of_period(struct call *c, id task_id, int64_t slot, bool *found, struct task_report_row *out);
bool task_report_oldest_waiting(struct call *c, id task_id, bool *found, struct task_report_row *out);
bool task_report_has_result(struct call *c, id task_id, bool *out);

enum task_request_state { TASK_REQUEST_WAITING, TASK_REQUEST_ACCEPTED, TASK_REQUEST_REFUSED, TASK_REQUEST_WITHDRAWN };
struct task_request_row {
	id id, task_id, asked_by, decided_by;
	enum task_request_kind kind;
	enum task_request_state state;
	const char *reason, *decision;
	instant deadline, asked_at, decided_at;
};
bool task_request_insert(struct call *c, const struct task_request_row *row);
bool task_request_get(struct call *c, id request_id, bool *found, struct task_request_row *out);
bool task_request_waits(struct call *c, id task_id, enum task_request_kind kind, bool *out);
bool task_request_decide(struct call *c, const struct task_request_row *row);
bool task_requests_end(struct call *c, id task_id); /* those that wait are withdrawn */
bool task_request_rows(struct call *c, id task_id, struct task_request_row **out, size_t *count); /* newest first */

struct task_explanation_row {
	id id, task_id, given_by;
	instant deadline, given_at;
	const char *cause, *remedy;
	struct civil_date new_date;
};
bool task_explanation_insert(struct call *c, const struct task_explanation_row *row);
bool task_explanation_rows(struct call *c, id task_id, struct task_explanation_row **out, size_t *count);

struct task_file_row {
	id id, task_id, report_id, request_id, added_by;
	struct file file;
	instant added_at, removed_at;
};
bool task_file_insert(struct call *c, const struct task_file_row *row);
bool task_file_get(struct call *c, id file_id, bool *found, struct task_file_row *out);
bool task_file_link(struct call *c, id file_id, id report_id, id request_id);
bool task_file_remove(struct call *c, id file_id);
bool task_file_rows(struct call *c, id task_id, struct task_file_row **out, size_t *count); /* by time */
bool task_file_count(struct call *c, id task_id, int64_t *out);

/* For the first screen: rows that wait, of tasks led by units in the ranges, and requests to units in them. */
struct task_waiting_row {
	struct task task;
	id request_id;
	int64_t period;
	instant report_deadline;
};
bool task_waiting_reports(struct call *c, const struct task_ranges *ranges, int limit, struct task_waiting_row **out,
			  size_t *count);
bool task_waiting_requests(struct call *c, const struct task_ranges *ranges, enum task_request_kind kind,
			   id not_asked_by, int limit, struct task_waiting_row **out, size_t *count);

#endif
