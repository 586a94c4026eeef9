/* What the room knows of documents. */
#include "task/task_document.h"

#include "base/error.h"
#include "task/task_actions.h"

bool task_document_check(struct call *c, id document_id)
{
	(void)document_id;
	return error_set(c->err, ERR_not_found, "document_id", NULL);
}

bool task_documents_load(struct call *c, const id *ids, size_t count, struct task_documents *out)
{
	(void)c;
	*out = (struct task_documents){ .ids = ids, .count = count };
	return true;
}

void task_document_write(struct json *json, const char *key, const struct task_documents *documents, id document_id)
{
	(void)documents;
	(void)document_id;
	json_null(json, key);
}
