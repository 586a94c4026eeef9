#ifndef TASK_TASK_H
#define TASK_TASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/civil.h"
#include "base/id.h"
#include "db/call.h"
#include "deadline/deadline.h"

struct unit;

/*
 * Tasks (nhiệm vụ): a tree. One unit gave a task (the assigner), exactly one leads it
 * (chủ trì), any number co-operate (phối hợp), each with its part.
 *
 * State and timeliness are two axes. The state changes by acts; the timeliness is worked
 * out from state, deadline, completion and the time it is (task_rules.h) and never stored.
 *
 * Completion is asked for by the leading unit, with a result or evidence, and confirmed or
 * refused by the assigner. Confirmed, the moment of asking counts as the completion, so that
 * nobody is late by another's delay; until then the task is open. A unit that gave the task
 * to itself confirms it too, but never the person who asked.
 *
 * A deadline is never edited once work began: more time is asked for and decided, and the
 * deadlines before are kept. Once a task is late, the leading unit owes an explanation
 * (cause, remedy, a new date) and can neither report nor ask for completion without; when
 * that date passes too, the next is due.
 *
 * Pausing stops neither the calendar nor the deadline: while paused a task is neither in
 * time nor late; resumed, it is judged by its deadline as it stands, and if that passed
 * meanwhile, more time is asked for. Paused time is not taken off.
 *
 * Above a task the percent is the weighted mean of its parts; how many of the tasks below
 * it are late or were completed late is counted beside, so that no mean hides them. Both
 * are kept by the write. A task that is completed late stays late.
 *
 * Every unfinished task has a report row opened at the start of each month; a recurring one
 * (hằng tháng) one for each of its periods instead, and its deadline is that of the first
 * period not yet reported. Nothing to report (không phát sinh) is an answer too.
 *
 * Who may read: whoever has task.read on the assigner, the leading unit or a co-operating
 * one. Everybody else is told there is no such task.
 */
enum task_state { TASK_NOT_STARTED, TASK_IN_PROGRESS, TASK_COMPLETED, TASK_PAUSED, TASK_CANCELLED };

enum task_timeliness {
	TASK_NO_TIME,            /* without deadline, paused or cancelled */
	TASK_IN_TIME,
	TASK_DUE_SOON,
	TASK_OVERDUE,
	TASK_COMPLETED_ON_TIME,  /* also when there was no deadline to miss */
	TASK_COMPLETED_LATE,
};

enum task_deadline_kind { TASK_DEADLINE_NONE, TASK_DEADLINE_INSTANT, TASK_DEADLINE_QUARTER, TASK_DEADLINE_SOONEST };

enum task_every { TASK_ONCE, TASK_WEEKLY, TASK_MONTHLY, TASK_QUARTERLY, TASK_HALF_YEARLY, TASK_YEARLY };

/* `day` of the period's last month before 24h00 (of the week: 1 Monday; 0: its last day), from the month `from` on. */
struct task_recurrence {
	enum task_every every;
	int day;
	period from; /* 0: from the period it was given in */
};

enum {
	TASK_TITLE_MAX = 500, TASK_CONTENT_MAX = 10000, TASK_NAME_MAX = 200, TASK_REASON_MAX = 4000,
	TASK_WEIGHT_MAX = 1000, TASK_DEPTH_MAX = 8, TASK_COOPERATING_MAX = 4000, TASK_PARTS_MAX = 4000,
	TASK_FILE_MAX = 20 << 20, TASK_FILES_MAX = 100, TASK_BULK_MAX = 200,
};

struct task {
	id id, parent_id;          /* parent 0: none */
	const char *tree;          /* ids from the root down to itself, each ended by '/' */
	const char *title, *content, *programme, *field, *product, *head; /* "" for none; head: the person in charge */
	id document_id;            /* 0: none */
	id assigner_id, lead_id;
	const char *assigner_path, *lead_path;
	int64_t weight;            /* in its parent, from 1 */
	instant deadline;          /* exclusive; 0: none */
	enum task_deadline_kind deadline_kind;
	const char *deadline_written; /* as the letter words it; "" */
	struct task_recurrence recurrence;
	instant report_next;       /* when the next report row opens */
	enum task_state state;
	int percent;               /* as reported, 0 to 100 */
	int rolled;                /* of it and its parts, in hundredths of a percent */
	bool late;                 /* as counted in late_below of the tasks above */
	int64_t late_below;        /* tasks below that are overdue or were completed late */
	int64_t children;          /* direct parts, cancelled ones too */
	instant asked_at;          /* completion was asked for and waits; 0: no */
	id asked_by;
	instant completed_at;
	instant explained_until;   /* the new date of the newest explanation for this deadline, exclusive; 0: none */
	id reading_id;             /* the letter's reading it came from, and the words there; 0: none */
	int64_t source_start, source_end;
	id created_by;
	instant created_at;
	int64_t version;
};

/* A co-operating unit and its share. */
struct task_cooperating {
	id task_id, unit_id;
	const char *part;
};

/* Fails with not_found, also for whoever may not read it. */
bool task_get(struct call *c, id task_id, struct task *out);

/* Whether the caller may read a task that stands on this document. */
bool task_document_readable(struct call *c, id document_id, bool *out);

/* How many days before its deadline a task is due soon (setting task_due_soon_days), in milliseconds. */
bool task_due_soon(struct call *c, int64_t *out);

struct task_draft {
	id assigner_id, lead_id, parent_id, document_id, reading_id;
	const char *title, *content, *programme, *field, *product, *head; /* NULL: "" */
	int64_t weight; /* 0: 1 */
	instant deadline;
	enum task_deadline_kind deadline_kind;
	const char *deadline_written;
	struct task_recurrence recurrence;
	const struct task_cooperating *cooperating;
	size_t cooperating_count;
	int64_t source_start, source_end;
};

/*
 * Gives a task. The leading unit is the assigner itself or lies below it; with a parent, the
 * assigner is the unit that leads the parent, and the deadline not behind the parent's.
 * Right: TASK_ASSIGN of the assigner.
 */
bool task_create(struct call *c, const struct task_draft *draft, struct task *out);

/*
 * What the assigner changes later; NULL and 0 stay. A deadline is set so only while the task
 * is not started and not late; the leading unit only while nothing was passed down.
 */
struct task_change {
	const char *title, *content, *programme, *field, *product, *head;
	int64_t weight;
	id lead_id;
	bool set_document, set_deadline, set_cooperating;
	id document_id;
	instant deadline;
	enum task_deadline_kind deadline_kind;
	const char *deadline_written;
	const struct task_cooperating *cooperating;
	size_t cooperating_count;
};
bool task_change(struct call *c, id task_id, int64_t version, const struct task_change *change, struct task *out);

/* Passes a task down in parts. Right: TASK_ASSIGN of the leading unit. A part without a deadline has the parent's. */
bool task_pass_down(struct call *c, id task_id, int64_t version, const struct task_draft *parts, size_t count,
		    struct task *out);

/* A progress report. Right: TASK_REPORT of the leading unit, as for what follows up to task_decide. */
struct task_report_entry {
	int64_t period;        /* 0: the oldest row that waits, else none */
	int percent;
	const char *result, *difficulties, *requests; /* NULL: "" */
	bool nil;              /* không phát sinh: no texts, the percent stays */
	const id *file_ids;    /* of files added to the task before */
	size_t file_count;
};
bool task_report(struct call *c, id task_id, int64_t version, const struct task_report_entry *entry, struct task *out);

/* Cause, remedy, and the day by which it will be done; only for a task that is overdue. */
bool task_explain(struct call *c, id task_id, int64_t version, const char *cause, const char *remedy,
		  struct civil_date new_date, struct task *out);

enum task_request_kind { TASK_ASK_COMPLETION, TASK_ASK_EXTENSION };
struct task_request_entry {
	enum task_request_kind kind;
	const char *reason;    /* of more time; the result of a completion, may be "" */
	instant deadline;      /* asked for; extension only */
	const id *file_ids;
	size_t file_count;
};
bool task_ask(struct call *c, id task_id, int64_t version, const struct task_request_entry *entry, struct task *out,
	      id *request_id);
bool task_withdraw(struct call *c, id request_id);

/* Right: TASK_DECIDE of the assigner; never whoever asked. A refusal needs its reason. `version` is the task's. */
bool task_decide(struct call *c, id request_id, int64_t version, bool accept, const char *reason, struct task *out);

/*
 * Pauses, resumes or cancels, with a reason. Cancelling takes the open tasks below along.
 * Right: TASK_ASSIGN of the assigner. version -1: whatever it is.
 */
enum task_step { TASK_PAUSE, TASK_RESUME, TASK_CANCEL };
bool task_step(struct call *c, id task_id, int64_t version, enum task_step step, const char *reason, struct task *out);

/*
 * Background duties, for the system alone: counts as late what became overdue, and opens the
 * report rows whose time has come. A bounded number each time.
 */
bool task_late_duty(struct call *c, void *arg);
bool task_report_duty(struct call *c, void *arg);

/* Writes to the log which files of tasks were found damaged at a download: a duty. */
bool task_tell_damage(struct call *c, void *arg);

/* Whether a content is a task's or a list's to be imported; for file_linked_set. */
bool task_file_linked(struct call *c, const char *sha256, bool *out);

/* Tasks that came from a reading do not name it any more; for reading_forgotten_set. */
bool task_reading_forgotten(struct call *c, id reading_id);

/* For document_tasks_by_set. */
struct document_tasks;
bool task_count_by_documents(struct call *c, struct document_tasks *out, size_t count);

/* A unit and all below it got another path; in the transaction of that change. Both end with '/'. */
bool task_unit_moved(struct call *c, const char *from, const char *to);

/* Recomputes what the writes keep (rolled, late_below, children); a line per difference, their number in *differences. */
bool task_check(struct call *c, void (*each)(void *arg, const char *line), void *arg, size_t *differences);

/* What waits for the caller, for the first screen: in this order, each kind by deadline; at most `limit` of each. */
enum task_wait { TASK_WAIT_EXPLAIN, TASK_WAIT_CONFIRM, TASK_WAIT_DECIDE, TASK_WAIT_REPORT, TASK_WAIT_LATE,
		 TASK_WAIT_DUE_SOON, TASK_WAIT_COUNT };
struct task_waiting {
	enum task_wait kind;
	struct task task;
	id request_id;         /* confirm and decide */
	int64_t period;        /* report */
	instant report_deadline;
};
bool task_my_work(struct call *c, int limit, struct task_waiting **out, size_t *count);
const char *task_wait_word(enum task_wait kind); /* "explain" */

#endif
