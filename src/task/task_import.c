#include "task/task_import.h"

#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "task/task_actions.h"
#include "task/task_give.h"
#include "task/task_rules.h"
#include "unit/unit.h"

bool task_import_may(struct call *c, id unit_id)
{
	struct unit unit;

	return unit_by_id(c, unit_id, "unit_id", &unit) && account_require(c, RIGHT_TASK_ASSIGN, unit.path);
}

static bool load_units(struct call *c, id unit_id, struct task_sheet_context *out)
{
	struct letter_unit *units;
	struct unit unit, *below;
	size_t count;

	if (!unit_by_id(c, unit_id, NULL, &unit) || !unit_subtree(c, unit.path, &below, &count))
		return false;
	units = ARENA_ARRAY(c->mem, struct letter_unit, count + 1);
	for (size_t i = 0; i < count; i++)
		units[i] = (struct letter_unit){ below[i].id, below[i].name, below[i].kind, below[i].province_id };
	out->units = units;
	out->unit_count = count;
	out->province_id = unit.parent_id ? unit.province_id : 0;
	return true;
}

bool task_import_read(struct call *c, const struct task_import *import, struct task_sheet_row **rows, size_t *count)
{
	struct task_sheet_context context = { .today = civil_date_of(import->created_at) };
	char path[FILE_PATH_MAX];
	struct sheet sheet;

	return load_units(c, import->unit_id, &context) &&
	       sheet_read(c->mem, file_path(import->file.sha256, path), &sheet, c->err) &&
	       task_sheet_read(c->mem, &sheet, &context, rows, count, c->err);
}

bool task_import_add(struct call *c, id unit_id, const struct file *file, struct task_import *out)
{
	if (!task_import_may(c, unit_id))
		return false;
	*out = (struct task_import){
		.id = id_next(c->now),
		.unit_id = unit_id,
		.file = *file,
		.created_by = task_caller(c),
		.created_at = c->now,
	};
	return file_keep(c, file) && store_import_insert(c, out);
}

bool task_import_load(struct call *c, id import_id, struct task_import *out)
{
	bool found;

	c->right_checked = true;
	if (!store_import_get(c, import_id, &found, out))
		return false;
	if (!found || (c->actor && out->created_by != c->actor->account_id))
		return error_set(c->err, ERR_not_found, NULL, NULL);
	if (!task_import_may(c, out->unit_id))
		return false;
	return !out->accepted_at || error_set(c->err, ERR_task_import_accepted, NULL, NULL);
}

/* The first words of the content, as a title. */
static const char *title_of(struct call *c, const char *content)
{
	enum { TITLE_BYTES = 300 };
	size_t length = strcspn(content, "\n");

	if (length <= TITLE_BYTES)
		return arena_strndup(c->mem, content, length);
	length = TITLE_BYTES;
	while (length && content[length] != ' ')
		length--;
	if (!length)
		for (length = TITLE_BYTES; ((unsigned char)content[length] & 0xc0) == 0x80;)
			length--;
	return arena_printf(c->mem, "%.*s…", (int)length, content);
}

static size_t add_ids(id *ids, size_t count, const struct letter_match *matches, size_t match_count, const id *except,
		      size_t except_count)
{
	for (size_t i = 0; i < match_count; i++) {
		for (size_t k = 0; k < matches[i].unit_count; k++) {
			id unit_id = matches[i].unit_ids[k];
			bool known = false;

			for (size_t n = 0; n < count && !known; n++)
				known = ids[n] == unit_id;
			for (size_t n = 0; n < except_count && !known; n++)
				known = except[n] == unit_id;
			if (!known)
				ids[count++] = unit_id;
		}
	}
	return count;
}

static size_t room_for(const struct letter_match *matches, size_t count)
{
	size_t room = 1;

	for (size_t i = 0; i < count; i++)
		room += matches[i].unit_count;
	return room;
}

static void take_deadline(struct call *c, const struct task_sheet_row *row, struct task_draft *draft)
{
	draft->deadline_written = row->deadline_text;
	if (row->recurrence.every && task_every_parse(row->recurrence.every, &draft->recurrence.every)) {
		draft->recurrence.day = row->recurrence.day;
		draft->recurrence.from = row->recurrence.from;
		/* A task's rule counts to 24h00 of its day: "trước ngày 25 hằng tháng" is the 24th. */
		if (row->deadline.known && row->recurrence.day && draft->recurrence.every != TASK_WEEKLY)
			draft->recurrence.day = civil_date_of(row->deadline.before - 1).day;
		return;
	}
	if (row->deadline.known)
		draft->deadline = row->deadline.before;
	draft->deadline_kind = row->deadline.kind == LETTER_SOONEST			  ? TASK_DEADLINE_SOONEST
			       : !row->deadline.known					  ? TASK_DEADLINE_NONE
			       : row->deadline.kind == LETTER_QUARTER ? TASK_DEADLINE_QUARTER
								      : TASK_DEADLINE_INSTANT;
	if (text_length(row->deadline_text) > TASK_NAME_MAX)
		draft->deadline_written = arena_strdup(c->mem, "");
}

static bool give_row(struct call *c, const struct task_import *import, const struct task_sheet_row *row, id *out)
{
	id *leads = ARENA_ARRAY(c->mem, id, room_for(row->leads, row->lead_count));
	id *others = ARENA_ARRAY(c->mem, id, room_for(row->others, row->other_count));
	size_t lead_count = add_ids(leads, 0, row->leads, row->lead_count, NULL, 0);
	size_t other_count = add_ids(others, 0, row->others, row->other_count, leads, lead_count);
	struct task_cooperating *cooperating = ARENA_ARRAY(c->mem, struct task_cooperating, other_count + 1);
	struct task_draft draft = {
		.assigner_id = import->unit_id,
		.title = title_of(c, row->content),
		.content = row->content,
		.field = text_length(row->section) <= TASK_NAME_MAX ? row->section : "",
		.product = row->product,
		.cooperating = cooperating,
		.cooperating_count = other_count,
	};

	for (size_t i = 0; i < other_count; i++)
		cooperating[i] = (struct task_cooperating){ .unit_id = others[i], .part = "" };
	take_deadline(c, row, &draft);
	return task_give(c, &draft, leads, lead_count, out);
}

bool task_import_accept(struct call *c, const struct task_import *import, const struct task_sheet_row *rows, size_t count,
			id *made)
{
	struct task_import now;

	if (!task_import_load(c, import->id, &now))
		return false;
	for (size_t i = 0; i < count; i++)
		if (rows[i].fault_count)
			return error_set(c->err, ERR_task_import_faulty, NULL, arena_printf(c->mem, "%d", rows[i].line), NULL);
	for (size_t i = 0; i < count; i++)
		if (!give_row(c, import, &rows[i], &made[i]))
			return false;
	return store_import_accepted(c, import->id);
}
