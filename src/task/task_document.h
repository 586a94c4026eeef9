#ifndef TASK_TASK_DOCUMENT_H
#define TASK_TASK_DOCUMENT_H

#include "base/json.h"
#include "db/call.h"

struct document_ref;

/* The documents that tasks stand on, looked up together; `ids` sorted, each once. */
struct task_documents {
	const id *ids;
	struct document_ref *refs;
	size_t count;
};
bool task_documents_load(struct call *c, const id *ids, size_t count, struct task_documents *out);

/* { "id", "number", "date", "subject" }, or null. */
void task_document_write(struct json *json, const char *key, const struct task_documents *documents, id document_id);

/* "2203-CV/VPTW"; NULL for none. */
const char *task_document_number(const struct task_documents *documents, id document_id);

#endif
