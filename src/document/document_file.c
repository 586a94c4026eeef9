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

static const char ROOM[] = "document";

bool document_file_may_add(struct call *c, id document_id, struct document *out)
{
	if (!document_load_managed(c, document_id, -1, out))
		return false;
	if (out->stub)
		return error_set(c->err, ERR_document_stub_file, NULL, NULL);
	return out->files < DOCUMENT_FILES_MAX ||
	       error_set(c->err, ERR_document_files_many, NULL, arena_printf(c->mem, "%lld", (long long)out->files), NULL);
}

/* Not said: the first file and its revisions are the document itself. */
static bool is_main(enum document_file_role role, const struct document_file *same_name, size_t count)
{
	return role == FILE_ROLE_MAIN || (role == FILE_ROLE_UNSAID && (!count || (same_name && same_name->main)));
}

bool document_file_put(struct call *c, id document_id, const struct file *file, enum document_file_role role,
		       struct document_file *out)
{
	const struct document_file *newest = NULL;
	struct document_file *rows;
	size_t count;

	if (!document_file_rows(c, document_id, &rows, &count))
		return false;
	for (size_t i = 0; i < count && !newest; i++)
		if (text_equal(rows[i].file.name, file->name))
			newest = &rows[i];
	*out = (struct document_file){
		.id = id_next(c->now),
		.document_id = document_id,
		.file = *file,
		.main = is_main(role, newest, count),
		.revision = newest ? newest->revision + 1 : 1,
		.added_by = document_caller(c),
		.added_at = c->now,
	};
	return file_keep(c, file) && document_file_insert(c, out);
}

bool document_file_add(struct call *c, id document_id, const struct file *file, enum document_file_role role,
		       struct document_file *out)
{
	struct document document;

	if (!document_file_may_add(c, document_id, &document) || !document_file_put(c, document_id, file, role, out) ||
	    !document_tell(c, "document.file_added", &document, NULL))
		return false;
	return !extract_takes(file->type) || reading_queue_text(c, &document, out);
}

static bool load(struct call *c, id file_id, struct document_file *out)
{
	bool found;

	if (!document_file_row(c, file_id, &found, out))
		return false;
	c->right_checked = true;
	return found || error_set(c->err, ERR_not_found, NULL, NULL);
}

bool document_file_open(struct call *c, id file_id, struct document_file *out)
{
	struct document document;

	return load(c, file_id, out) && document_load(c, out->document_id, -1, &document) &&
	       file_check_out(ROOM, out->id, &out->file, c->err);
}

bool document_file_remove(struct call *c, id file_id, const char *reason)
{
	struct document document;
	struct document_file file;

	if (!load(c, file_id, &file) || !document_load_managed(c, file.document_id, -1, &document))
		return false;
	return reading_text_delete(c, file_id) && document_file_delete(c, &file) && file_release(c, file.file.sha256) &&
	       document_index(c, &document) && document_tell(c, "document.file_removed", &document, reason);
}

bool document_file_linked(struct call *c, const char *sha256, bool *out)
{
	return document_file_links(c, sha256, out);
}

/* Writes the event of one; a file that was removed since needs none. */
static bool tell_damaged(struct call *c, id file_id)
{
	struct document document;
	struct document_file file;
	bool found;

	if (!document_file_row(c, file_id, &found, &file))
		return false;
	if (!found)
		return true;
	return document_row(c, file.document_id, &found, &document) && found &&
	       document_tell(c, "document.file_damaged", &document, NULL);
}

bool document_tell_damage(struct call *c, void *arg)
{
	id links[FILE_DAMAGES_MAX];
	size_t count = file_damage_take(ROOM, links);

	(void)arg;
	for (size_t i = 0; i < count; i++) {
		if (tell_damaged(c, links[i]))
			continue;
		for (; i < count; i++)
			file_damage_note(ROOM, links[i]);
		return false;
	}
	return true;
}
