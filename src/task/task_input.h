#ifndef TASK_TASK_INPUT_H
#define TASK_TASK_INPUT_H

#include "http/http.h"
#include "task/task.h"

/* Parts of bodies that were checked against their shapes. Absent members leave what they fill alone. */

void task_read_deadline(const json_t *object, instant *deadline, enum task_deadline_kind *kind, const char **written);
void task_read_recurrence(const json_t *object, struct task_recurrence *out);
const struct task_cooperating *task_read_cooperating(struct call *c, const json_t *array, size_t *count);
/* Ids in texts; none when one is no id. */
bool task_read_ids(struct call *c, const json_t *array, const char *field, id **out, size_t *count);

#endif
