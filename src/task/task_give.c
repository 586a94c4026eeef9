#include "task/task_give.h"

#include "base/error.h"

bool task_give(struct call *c, const struct task_draft *draft, const id *lead_ids, size_t lead_count, id *out)
{
	struct task_draft whole = *draft, part = *draft;
	struct task made;

	if (!lead_count)
		return error_set(c->err, ERR_task_lead_none, "lead_unit_ids", NULL);
	whole.lead_id = lead_count == 1 ? lead_ids[0] : draft->assigner_id;
	if (lead_count > 1)
		whole.recurrence = (struct task_recurrence){ .every = TASK_ONCE };
	if (!task_create(c, &whole, &made))
		return false;
	*out = made.id;
	part.parent_id = made.id;
	part.cooperating = NULL;
	part.cooperating_count = 0;
	for (size_t i = 0; lead_count > 1 && i < lead_count; i++) {
		part.lead_id = lead_ids[i];
		if (!task_create(c, &part, &made))
			return false;
	}
	return true;
}
