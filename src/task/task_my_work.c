/* What waits for the caller, and whether what the writes keep is right. */
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/rows.h"
#include "task/task_actions.h"
#include "task/task_rules.h"

struct gathering {
	struct task_waiting *rows;
	size_t count, room;
	int limit;
};

static void add(struct call *c, struct gathering *g, enum task_wait kind, const struct task_waiting_row *row)
{
	g->rows = rows_grown(c->mem, g->rows, g->count, &g->room, sizeof(*g->rows));
	g->rows[g->count++] = (struct task_waiting){
		.kind = kind,
		.task = row->task,
		.request_id = row->request_id,
		.period = row->period,
		.report_deadline = row->report_deadline,
	};
}

static bool gathered(const struct gathering *g, id task_id)
{
	for (size_t i = 0; i < g->count; i++)
		if (g->rows[i].task.id == task_id && g->rows[i].kind != TASK_WAIT_REPORT)
			return true;
	return false;
}

/* A late task without a cause comes first, and once; one whose cause was given is only named as late. */
static bool add_pressing(struct call *c, struct gathering *g, const struct task_ranges *ranges, enum task_role role,
			 enum task_wait kind, instant from, instant to)
{
	struct task *tasks;
	size_t count, taken = 0;

	if (!task_rows_pressing(c, ranges, role, from, to, 2 * g->limit, &tasks, &count))
		return false;
	for (size_t i = 0; i < count && taken < (size_t)g->limit; i++) {
		bool due = role == TASK_ROLE_LEAD && task_explanation_due(&tasks[i], c->now);

		if (due != (kind == TASK_WAIT_EXPLAIN) || gathered(g, tasks[i].id))
			continue;
		add(c, g, kind, &(struct task_waiting_row){ .task = tasks[i] });
		taken++;
	}
	return true;
}

static bool add_requests(struct call *c, struct gathering *g, const struct task_ranges *decides, enum task_wait kind)
{
	struct task_waiting_row *rows;
	size_t count;

	if (!task_waiting_requests(c, decides, kind == TASK_WAIT_CONFIRM ? TASK_ASK_COMPLETION : TASK_ASK_EXTENSION,
				   task_caller(c), g->limit, &rows, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		add(c, g, kind, &rows[i]);
	return true;
}

static bool add_reports(struct call *c, struct gathering *g, const struct task_ranges *reports)
{
	struct task_waiting_row *rows;
	size_t count;

	if (!task_waiting_reports(c, reports, g->limit, &rows, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		add(c, g, TASK_WAIT_REPORT, &rows[i]);
	return true;
}

bool task_my_work(struct call *c, int limit, struct task_waiting **out, size_t *count)
{
	struct gathering g = { .limit = limit };
	struct task_ranges reports, decides;
	int64_t soon;

	if (!task_due_soon(c, &soon) || !task_scope(c, RIGHT_TASK_REPORT, &reports) ||
	    !task_scope(c, RIGHT_TASK_DECIDE, &decides))
		return false;
	if (reports.count &&
	    !add_pressing(c, &g, &reports, TASK_ROLE_LEAD, TASK_WAIT_EXPLAIN, 0, c->now))
		return false;
	if (decides.count && (!add_requests(c, &g, &decides, TASK_WAIT_CONFIRM) ||
			      !add_requests(c, &g, &decides, TASK_WAIT_DECIDE)))
		return false;
	if (reports.count && (!add_reports(c, &g, &reports) ||
			      !add_pressing(c, &g, &reports, TASK_ROLE_LEAD, TASK_WAIT_LATE, 0, c->now)))
		return false;
	if (decides.count && !add_pressing(c, &g, &decides, TASK_ROLE_ASSIGNER, TASK_WAIT_LATE, 0, c->now))
		return false;
	if (reports.count &&
	    !add_pressing(c, &g, &reports, TASK_ROLE_LEAD, TASK_WAIT_DUE_SOON, c->now, c->now + soon))
		return false;
	*out = g.rows;
	*count = g.count;
	return true;
}

/* One branch of the tree under way, from the root down. */
struct level {
	struct task task;
	int64_t late_below, children, weights, weighted;
};

struct checking {
	struct call *call;
	void (*each)(void *arg, const char *line);
	void *arg;
	size_t differences;
	struct level levels[TASK_DEPTH_MAX + 1];
	int depth;
};

static void compare(struct checking *k, const struct task *task, const char *what, int64_t kept, int64_t right)
{
	if (kept == right)
		return;
	k->differences++;
	if (k->differences <= 100)
		k->each(k->arg, arena_printf(k->call->mem, "task %lld: %s is %lld, not %lld", (long long)task->id, what,
					     (long long)kept, (long long)right));
}

static void leave(struct checking *k)
{
	struct level *level = &k->levels[--k->depth], *above = k->depth ? &k->levels[k->depth - 1] : NULL;
	const struct task *task = &level->task;
	int rolled = task_rolled(task->state, task->percent, level->weights, level->weighted);

	compare(k, task, "late_below", task->late_below, level->late_below);
	compare(k, task, "children", task->children, level->children);
	compare(k, task, "rolled", task->rolled, rolled);
	if (!above)
		return;
	above->late_below += level->late_below + task->late;
	above->children++;
	if (task->state != TASK_CANCELLED) {
		above->weights += task->weight;
		above->weighted += task->weight * rolled;
	}
}

static void enter(struct checking *k, const struct task *task)
{
	while (k->depth && strncmp(task->tree, k->levels[k->depth - 1].task.tree,
				   strlen(k->levels[k->depth - 1].task.tree)) != 0)
		leave(k);
	/* Completed late is forever; overdue is counted by a duty, a few seconds after the deadline. */
	if (task->late || task->state == TASK_COMPLETED)
		compare(k, task, "late", task->late, task_is_late(task, k->call->now));
	if (k->depth <= TASK_DEPTH_MAX) {
		k->levels[k->depth] = (struct level){ .task = *task };
		k->levels[k->depth++].task.tree = arena_strdup(k->call->mem, task->tree);
	}
}

bool task_check(struct call *c, void (*each)(void *arg, const char *line), void *arg, size_t *differences)
{
	enum { STRETCH = 2000 };
	struct checking *k = ARENA_NEW(c->mem, struct checking);
	struct call inner = *c;
	const char *after = "";
	struct task *tasks;
	size_t count = STRETCH;
	bool ok = true;

	k->call = c;
	k->each = each;
	k->arg = arg;
	inner.mem = arena_new(0);
	while (ok && count == STRETCH) {
		ok = task_rows_by_tree(&inner, after, STRETCH, &tasks, &count);
		for (size_t i = 0; ok && i < count; i++)
			enter(k, &tasks[i]);
		if (ok && count)
			after = arena_strdup(c->mem, tasks[count - 1].tree);
		arena_reset(inner.mem);
	}
	arena_free(inner.mem);
	while (k->depth)
		leave(k);
	*differences = k->differences;
	return ok;
}
