/*
 * The events of a task. The one that history shows stands under the leading unit, whose
 * offices above hear it as well; co-operating units lie elsewhere and are told by one of
 * their own each, which says no more than that something happened.
 */
#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "task/task_actions.h"
#include "task/task_rules.h"

enum { TOLD_UNITS = 200, TOLD_TEXT = 500 };

/* The last day a deadline leaves, which is how people name it. */
static void write_due(struct json *json, const char *key, instant deadline)
{
	char text[CIVIL_TEXT_MAX];

	json_text(json, key, deadline ? civil_format_date(civil_date_of(deadline - 1), text) : NULL);
}

/* Long texts stand in their rows; the event tells how they begin. */
static void write_text(struct json *json, struct arena *mem, const char *key, const char *text)
{
	size_t length = 0;

	if (!text || !text[0])
		return;
	while (length < TOLD_TEXT && text[length])
		length++;
	while (text[length] && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	json_text(json, key, text[length] ? arena_printf(mem, "%.*s…", (int)length, text) : text);
}

static void write_differing(struct json *json, struct arena *mem, const char *key, const char *text, const char *other)
{
	if (!text_equal(text, other))
		write_text(json, mem, key, text[0] ? text : "—");
}

/* What of `task` is not as in `other`. */
static void write_difference(struct json *json, struct arena *mem, const struct task *task, const struct task *other)
{
	write_differing(json, mem, "content", task->content, other->content);
	write_differing(json, mem, "programme", task->programme, other->programme);
	write_differing(json, mem, "field", task->field, other->field);
	write_differing(json, mem, "product", task->product, other->product);
	if (task->weight != other->weight)
		json_int(json, "weight", task->weight);
	if (task->document_id != other->document_id)
		json_id(json, "document_id", task->document_id);
	if (task->lead_id != other->lead_id)
		json_id(json, "lead_id", task->lead_id);
	if (task->deadline != other->deadline) {
		json_instant(json, "deadline", task->deadline);
		write_due(json, "due", task->deadline);
	}
}

static void write_told(struct json *json, struct arena *mem, const struct task *task, const struct task_told *told)
{
	char text[PERIOD_TEXT_MAX];

	write_text(json, mem, "reason", told->reason);
	write_text(json, mem, "result", told->result);
	write_text(json, mem, "cause", told->cause);
	write_text(json, mem, "remedy", told->remedy);
	if (told->deadline) {
		json_instant(json, "deadline", told->deadline);
		write_due(json, "due", told->deadline);
	}
	if (told->period)
		json_text(json, "period", task_slot_format(told->period, text));
	if (told->percent >= 0)
		json_int(json, "percent", told->percent);
	if (told->new_date)
		json_text(json, "new_date", told->new_date);
	if (told->state)
		json_text(json, "state", told->state);
	if (told->before)
		write_difference(json, mem, task, told->before);
}

static const char *text_of(struct call *c, const struct task *task, const struct task *other, const struct task_told *told)
{
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "title", task->title);
	if (told)
		write_told(&json, c->mem, task, told);
	else if (other)
		write_difference(&json, c->mem, task, other);
	json_end(&json);
	return buf.data;
}

static bool tell_cooperating(struct call *c, const struct task *task)
{
	struct task_unit_row *rows;
	size_t count;

	if (!task_cooperating_rows(c, &task->id, 1, TOLD_UNITS, &rows, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct event event = {
			.kind = "task.noted",
			.unit_id = rows[i].unit_id,
			.unit_path = rows[i].unit_path,
			.subject_kind = "task",
			.subject_id = task->id,
		};

		if (!event_write(c, &event, NULL))
			return false;
	}
	return true;
}

bool task_tell(struct call *c, const struct task *task, const struct task_told *told)
{
	struct event event = {
		.kind = told->kind,
		.unit_id = task->lead_id,
		.unit_path = task->lead_path,
		.subject_kind = "task",
		.subject_id = task->id,
		.before = told->before ? text_of(c, told->before, task, NULL) : NULL,
		.after = text_of(c, task, NULL, told),
	};

	return event_write(c, &event, NULL) && tell_cooperating(c, task);
}
