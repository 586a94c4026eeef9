#ifndef TASK_TASK_READING_H
#define TASK_TASK_READING_H

#include "document/reading.h"
#include "task/task.h"

/*
 * Accepting what was read out of a letter, as the officer corrected it: documents and tasks
 * in one write. A reading is accepted once.
 */
struct task_reading_document {
	int64_t index;                 /* in the reading */
	bool skip;                     /* not to be registered */
	struct document_input input;   /* its unit is the reading's */
};

/*
 * One instruction. With several leading units there is one task led by the unit that accepts,
 * with one part for each of them; what recurs or is due then does so in the parts.
 */
struct task_reading_task {
	int64_t document_index;        /* -1: none */
	const id *lead_ids;
	size_t lead_count;
	struct task_draft draft;
};

struct task_reading_input {
	struct task_reading_document *documents;
	struct task_reading_task *tasks;
	size_t document_count, task_count;
};

/* Ids of what was made, in the order given; skipped documents are left out, tasks with parts are the ones above. */
struct task_reading_made {
	id *documents, *tasks;
	size_t document_count, task_count;
	bool withheld;                 /* one is above the approved secrecy: the reading is forgotten */
};

/* Right: DOCUMENT_MANAGE of the reading's unit, and TASK_ASSIGN for tasks. */
bool task_reading_accept(struct call *c, id reading_id, int64_t version, const struct task_reading_input *input,
			 struct task_reading_made *out);

/* What became of a reading: its documents, and tasks (without parts) as far as the caller may read them. Right: DOCUMENT_READ. */
enum { TASK_READING_TASKS_MAX = 500 };
struct task_reading_results {
	struct document_ref *documents;
	struct task *tasks;
	size_t document_count, task_count;
};
bool task_reading_made(struct call *c, id reading_id, struct task_reading_results *out);

#endif
