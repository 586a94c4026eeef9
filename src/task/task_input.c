#include "task/task_input.h"

#include "base/arena.h"
#include "task/task_rules.h"

void task_read_deadline(const json_t *object, instant *deadline, enum task_deadline_kind *kind, const char **written)
{
	const char *before = json_get_text(object, "before");

	*deadline = 0;
	*kind = TASK_DEADLINE_NONE;
	*written = NULL;
	if (!json_is_object(object))
		return;
	if (before)
		civil_parse(before, deadline);
	task_deadline_kind_parse(json_get_text(object, "kind"), kind);
	*written = json_get_text(object, "written");
}

void task_read_recurrence(const json_t *object, struct task_recurrence *out)
{
	const char *from = json_get_text(object, "from");

	*out = (struct task_recurrence){ .every = TASK_ONCE };
	if (!json_is_object(object))
		return;
	task_every_parse(json_get_text(object, "every"), &out->every);
	out->day = (int)json_get_int(object, "day", 0);
	if (from)
		period_parse(from, &out->from);
}

const struct task_cooperating *task_read_cooperating(struct call *c, const json_t *array, size_t *count)
{
	struct task_cooperating *rows;

	*count = json_array_size(array);
	rows = ARENA_ARRAY(c->mem, struct task_cooperating, *count);
	for (size_t i = 0; i < *count; i++) {
		const json_t *row = json_array_get(array, i);

		rows[i].unit_id = json_get_id(row, "unit_id");
		rows[i].part = json_get_text(row, "part");
	}
	return rows;
}

bool task_read_ids(struct call *c, const json_t *array, const char *field, id **out, size_t *count)
{
	*count = json_array_size(array);
	*out = ARENA_ARRAY(c->mem, id, *count);
	for (size_t i = 0; i < *count; i++)
		if (!id_parse(json_string_value(json_array_get(array, i)), &(*out)[i]))
			return error_set(c->err, ERR_field_invalid, arena_printf(c->mem, "%s/%zu", field, i), NULL);
	return true;
}
