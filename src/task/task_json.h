#ifndef TASK_TASK_JSON_H
#define TASK_TASK_JSON_H

#include "http/http.h"
#include "submission/people.h"
#include "task/task_document.h"
#include "task/task_store.h"
#include "unit/unit.h"

/* Tasks to be written, with the units and documents they name, looked up together. */
struct task_views {
	const struct task *tasks;
	size_t count;
	struct task_unit_row *cooperating; /* by task */
	size_t cooperating_count;
	id *unit_ids;                      /* sorted */
	struct unit *units;
	size_t unit_count;
	struct task_documents documents;
	int64_t soon;
};

enum { TASK_COOPERATING_LISTED = 20 };

/* At most `most` co-operating units of each. */
bool task_views_load(struct request *r, const struct task *tasks, size_t count, int most, struct task_views *out);
void task_write(struct request *r, const char *key, const struct task_views *views, size_t at);

/* One task with all that hangs on it, and its ETag. */
bool task_reply(struct request *r, id task_id);

/* One task alone, of a reply that says more: its members' writer is task_write. */
bool task_write_one(struct request *r, const char *key, const struct task *task);

struct task_request_row;
struct task_file_row;
void task_request_write(struct request *r, const char *key, const struct task_request_row *row,
			const struct task_file_row *files, size_t file_count, const struct people *people);
void task_file_write(struct request *r, const char *key, const struct task_file_row *row, const struct people *people);

/* Null when it is 0. */
void task_deadline_write(struct request *r, const char *key, instant deadline);

#endif
