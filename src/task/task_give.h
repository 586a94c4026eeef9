#ifndef TASK_TASK_GIVE_H
#define TASK_TASK_GIVE_H

#include "task/task.h"

/*
 * Gives one task to several leading units: with one it is led by that; with
 * more there is one task led by the assigner, and a part for each of them, in
 * which it is due and recurs. `out` gets the task above. Right: TASK_ASSIGN.
 */
bool task_give(struct call *c, const struct task_draft *draft, const id *lead_ids, size_t lead_count, id *out);

#endif
