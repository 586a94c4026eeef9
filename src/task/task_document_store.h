#ifndef TASK_TASK_DOCUMENT_STORE_H
#define TASK_TASK_DOCUMENT_STORE_H

#include "task/task_store.h"

struct document_tasks;

/* Of the documents that `out` names: tasks in the ranges, without parts of tasks on the same document. */
bool task_document_counts(struct call *c, const struct task_ranges *ranges, size_t count, struct document_tasks *out);

/* What came from a reading, without parts, in the order it was made. */
bool task_rows_of_reading(struct call *c, id reading_id, const struct task_ranges *ranges, int limit, struct task **out,
			  size_t *count);
bool task_reading_unname(struct call *c, id reading_id);

bool task_file_links(struct call *c, const char *sha256, bool *out);

#endif
