/* What the room knows of documents. */
#include "task/task_document.h"

#include <stdlib.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "document/document.h"
#include "task/task_actions.h"
#include "task/task_document_store.h"

bool task_document_check(struct call *c, id document_id)
{
	struct document document;

	if (document_get(c, document_id, &document))
		return true;
	if (c->err->code == ERR_not_found) {
		error_clear(c->err);
		return error_set(c->err, ERR_task_document_unknown, "document_id", NULL);
	}
	return false;
}

bool task_documents_load(struct call *c, const id *ids, size_t count, struct task_documents *out)
{
	*out = (struct task_documents){ .ids = ids, .count = count,
					.refs = ARENA_ARRAY(c->mem, struct document_ref, count) };
	return !count || document_refs(c, ids, count, out->refs);
}

bool task_count_by_documents(struct call *c, struct document_tasks *out, size_t count)
{
	struct task_ranges ranges;

	return task_scope(c, RIGHT_TASK_READ, &ranges) && task_document_counts(c, &ranges, count, out);
}

bool task_reading_forgotten(struct call *c, id reading_id)
{
	return task_reading_unname(c, reading_id);
}

bool task_file_linked(struct call *c, const char *sha256, bool *out)
{
	return task_file_links(c, sha256, out);
}

static int compare_ids(const void *a, const void *b)
{
	id left = *(const id *)a, right = *(const id *)b;

	return left < right ? -1 : left > right;
}

void task_document_write(struct json *json, const char *key, const struct task_documents *documents, id document_id)
{
	const id *found = documents->count && document_id
				  ? bsearch(&document_id, documents->ids, documents->count, sizeof(document_id), compare_ids)
				  : NULL;
	const struct document_ref *ref = found ? &documents->refs[found - documents->ids] : NULL;
	char text[CIVIL_TEXT_MAX];

	if (!ref || !ref->id) {
		json_null(json, key);
		return;
	}
	json_object(json, key);
	json_id(json, "id", ref->id);
	json_text(json, "number", ref->number && ref->number[0] ? ref->number : NULL);
	json_text(json, "date", ref->date.year ? civil_format_date(ref->date, text) : NULL);
	json_text(json, "subject", ref->subject);
	json_end(json);
}

const char *task_document_number(const struct task_documents *documents, id document_id)
{
	for (size_t i = 0; document_id && i < documents->count; i++)
		if (documents->refs[i].id == document_id && documents->refs[i].number[0])
			return documents->refs[i].number;
	return NULL;
}
