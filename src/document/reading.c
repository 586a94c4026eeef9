#include "document/reading.h"

#include "account/account.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/error.h"
#include "document/document_actions.h"
#include "document/reading_store.h"
#include "document/reading_tell.h"
#include "extract/extract.h"
#include "unit/unit.h"

static const char *const state_words[] = { "waiting", "running", "done", "failed" };

const char *reading_state_word(enum reading_state state)
{
	return state_words[state];
}

bool reading_may_add(struct call *c, id unit_id)
{
	int64_t waiting;
	struct unit unit;

	if (!unit_by_id(c, unit_id, "unit_id", &unit) || !account_require(c, RIGHT_DOCUMENT_MANAGE, unit.path) ||
	    !reading_waiting(c, unit_id, &waiting))
		return false;
	return waiting < READING_WAITING_MAX ||
	       error_set(c->err, ERR_reading_full, NULL, arena_printf(c->mem, "%lld", (long long)waiting), NULL);
}

bool reading_add(struct call *c, id unit_id, const struct file *file, struct reading *out)
{
	struct unit unit;

	if (!reading_may_add(c, unit_id) || !unit_by_id(c, unit_id, "unit_id", &unit))
		return false;
	if (!extract_takes(file->type))
		return error_set(c->err, ERR_reading_type, NULL, NULL);
	*out = (struct reading){
		.id = id_next(c->now),
		.unit_id = unit.id,
		.unit_path = unit.path,
		.file = *file,
		.state = READING_WAITING,
		.problem = "",
		.text = "",
		.documents = "[]",
		.created_by = document_caller(c),
		.created_at = c->now,
		.version = 1,
	};
	return file_keep(c, file) && reading_insert(c, out) && reading_tell(c, "reading.added", out);
}

static bool load(struct call *c, id reading_id, enum right right, struct reading *out)
{
	bool found;

	if (!reading_row(c, reading_id, &found, out))
		return false;
	c->right_checked = true;
	if (!found || out->document_id)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return account_require(c, right, out->unit_path);
}

bool reading_get(struct call *c, id reading_id, struct reading *out)
{
	return load(c, reading_id, RIGHT_DOCUMENT_READ, out);
}

bool reading_list(struct call *c, id unit_id, id after, int limit, struct reading **out, size_t *count)
{
	struct unit unit;

	return unit_by_id(c, unit_id, "unit_id", &unit) && account_require(c, RIGHT_DOCUMENT_READ, unit.path) &&
	       reading_rows(c, unit_id, after, limit, out, count);
}

static bool (*forgotten_by)(struct call *c, id reading_id);

void reading_forgotten_set(bool (*forgotten)(struct call *c, id reading_id))
{
	forgotten_by = forgotten;
}

static bool forget(struct call *c, const struct reading *reading)
{
	return reading_unname(c, reading->id) && (!forgotten_by || forgotten_by(c, reading->id)) &&
	       reading_delete(c, reading->id) && file_release(c, reading->file.sha256);
}

bool reading_remove(struct call *c, id reading_id)
{
	struct reading reading;

	return load(c, reading_id, RIGHT_DOCUMENT_MANAGE, &reading) && forget(c, &reading) &&
	       reading_tell(c, "reading.removed", &reading);
}

bool reading_withhold(struct call *c, const struct reading *reading)
{
	return forget(c, reading) && reading_tell(c, "reading.removed", reading);
}

bool reading_forget(struct call *c, const struct document *document)
{
	struct reading *rows;
	size_t count;

	if (!reading_rows_of(c, document, &rows, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!forget(c, &rows[i]) || (!rows[i].document_id && !reading_tell(c, "reading.removed", &rows[i])))
			return false;
	return true;
}

bool reading_accept(struct call *c, id reading_id, int64_t version, struct reading *out)
{
	if (!load(c, reading_id, RIGHT_DOCUMENT_MANAGE, out))
		return false;
	if (out->accepted_at)
		return error_set(c->err, ERR_reading_accepted, NULL, NULL);
	if (out->state == READING_WAITING || out->state == READING_RUNNING)
		return error_set(c->err, ERR_reading_not_done, NULL, NULL);
	if (version >= 0 && version != out->version)
		return error_set(c->err, ERR_stale_version, NULL, arena_printf(c->mem, "%lld", (long long)out->version), NULL);
	return reading_set_accepted(c, reading_id) && reading_tell(c, "reading.accepted", out);
}

bool reading_file_to(struct call *c, const struct reading *reading, id document_id)
{
	struct document_file file;
	struct document document;
	bool found;

	if (!document_row(c, document_id, &found, &document) || !found || document.stub)
		return c->err->code == ERR_none;
	return document_file_put(c, document_id, &reading->file, FILE_ROLE_MAIN, &file) &&
	       (!reading->text[0] || document_text_put(c, document_id, file.id, reading->text, reading->from_picture));
}
