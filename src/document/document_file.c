/* Files of a document: the same name again is a new revision. */
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "document/document_actions.h"
#include "document/reading_store.h"
#include "document/reading.h"
#include "extract/extract.h"

bool document_file_may_add(struct call *c, id document_id, struct document *out)
{
	if (!document_load_managed(c, document_id, -1, out))
		return false;
	if (out->stub)
		return error_set(c->err, ERR_document_stub_file, NULL, NULL);
	return out->files < DOCUMENT_FILES_MAX ||
	       error_set(c->err, ERR_document_files_many, NULL, arena_printf(c->mem, "%lld", (long long)out->files), NULL);
}

bool document_file_put(struct call *c, id document_id, const struct file *file, struct document_file *out)
{
	struct document_file *rows;
	size_t count;

	*out = (struct document_file){
		.id = id_next(c->now),
		.document_id = document_id,
		.file = *file,
		.revision = 1,
		.added_by = document_caller(c),
		.added_at = c->now,
	};
	if (!document_file_rows(c, document_id, &rows, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (text_equal(rows[i].file.name, file->name) && rows[i].revision >= out->revision)
			out->revision = rows[i].revision + 1;
	return file_keep(c, file) && document_file_insert(c, out);
}

bool document_file_add(struct call *c, id document_id, const struct file *file, struct document_file *out)
{
	struct document document;

	if (!document_file_may_add(c, document_id, &document) || !document_file_put(c, document_id, file, out) ||
	    !document_tell(c, "document.file_added", &document, file->name))
		return false;
	return !extract_takes(file->type) || reading_queue_text(c, &document, file);
}

bool document_file_open(struct call *c, id file_id, struct document_file *out)
{
	struct document document;
	bool found;

	if (!document_file_row(c, file_id, &found, out))
		return false;
	c->right_checked = true;
	if (!found)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return document_load(c, out->document_id, -1, &document) &&
	       file_check_out("document", out->id, &out->file, c->err);
}
