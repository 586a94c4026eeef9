#include "task/task.h"

#include <string.h>

#include "account/account.h"
#include "account/account_policy.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "base/words.h"
#include "task/task_actions.h"
#include "task/task_rules.h"
#include "task/task_tally.h"
#include "unit/unit.h"

id task_caller(const struct call *c)
{
	return c->actor ? c->actor->account_id : 0;
}

/* A path of the task on which the caller may read tasks; NULL: none. */
static bool readable_path(struct call *c, const struct task *task, const char **out)
{
	struct task_unit_row *rows;
	size_t count;

	*out = account_may(c, RIGHT_TASK_READ, task->lead_path)	   ? task->lead_path
	       : account_may(c, RIGHT_TASK_READ, task->assigner_path) ? task->assigner_path
								       : NULL;
	if (*out)
		return true;
	if (!task_cooperating_rows(c, &task->id, 1, TASK_COOPERATING_MAX, &rows, &count))
		return false;
	for (size_t i = 0; i < count && !*out; i++)
		if (account_may(c, RIGHT_TASK_READ, rows[i].unit_path))
			*out = rows[i].unit_path;
	return true;
}

bool task_visible(struct call *c, const struct task *task, bool *out)
{
	const char *path;

	if (!readable_path(c, task, &path))
		return false;
	*out = path != NULL;
	return true;
}

bool task_load(struct call *c, id task_id, int64_t version, struct task *out)
{
	const char *path;
	bool found;

	if (!task_row(c, task_id, &found, out))
		return false;
	if (!found)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	if (!readable_path(c, out, &path) || !account_require(c, RIGHT_TASK_READ, path ? path : out->lead_path))
		return false;
	if (version >= 0 && version != out->version)
		return error_set(c->err, ERR_stale_version, NULL,
				 arena_printf(c->mem, "%lld", (long long)out->version), NULL);
	return true;
}

bool task_get(struct call *c, id task_id, struct task *out)
{
	return task_load(c, task_id, -1, out);
}

bool task_require(struct call *c, enum right right, const char *unit_path)
{
	c->right_checked = true;
	return account_may(c, right, unit_path) || error_set(c->err, ERR_forbidden, NULL, NULL);
}

/* Behind a path come those below it; no code begins with '.'. */
static void add_range(struct call *c, struct task_ranges *out, const char *path, bool own, bool below)
{
	char *end;

	if (out->count == TASK_RANGES)
		return;
	end = below ? arena_strdup(c->mem, path) : arena_printf(c->mem, "%s.", path);
	if (below)
		end[strlen(end) - 1]++;
	out->at[out->count++] = (struct task_range){ own ? path : arena_printf(c->mem, "%s.", path), end };
	if (own && below && strchr(path, '/') == path + strlen(path) - 1)
		out->everywhere = true;
}

bool task_scope(struct call *c, enum right right, struct task_ranges *out)
{
	const struct scope *scopes;
	size_t count;

	*out = (struct task_ranges){ .count = 0 };
	if (!account_scope(c, right, &scopes, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		add_range(c, out, scopes[i].path, true, scopes[i].subtree);
	return true;
}

bool task_reach(struct call *c, enum right right, const char *unit_path, enum task_reach reach, struct task_ranges *out)
{
	const struct scope *scopes;
	size_t count;

	*out = (struct task_ranges){ .count = 0 };
	if (!account_scope(c, right, &scopes, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct scope *scope = &scopes[i];

		if (text_equal(scope->path, unit_path) || (scope->subtree && unit_under(unit_path, scope->path))) {
			add_range(c, out, unit_path, reach != TASK_REACH_BELOW, reach != TASK_REACH_UNIT && scope->subtree);
			out->everywhere = out->everywhere && scope->subtree;
		} else if (reach != TASK_REACH_UNIT && unit_under(scope->path, unit_path)) {
			add_range(c, out, scope->path, true, scope->subtree);
		}
	}
	return out->count || account_require(c, right, unit_path);
}

bool task_due_soon(struct call *c, int64_t *out)
{
	struct policy policy;

	if (!policy_read(c, &policy))
		return false;
	*out = policy.task_due_soon_days * DAY_MS;
	return true;
}

bool task_document_readable(struct call *c, id document_id, bool *out)
{
	struct task_ranges ranges;

	return task_scope(c, RIGHT_TASK_READ, &ranges) && task_row_on_document(c, document_id, &ranges, out);
}

bool task_unit_moved(struct call *c, const char *from, const char *to)
{
	return task_units_moved(c, from, to) && task_tally_rebuild(c);
}

/* What the task counts for above: its own percent, or the mean of its parts. */
static bool work_out(struct call *c, struct task *task)
{
	struct task_sums sums = { 0 };

	if (task->children && !task_child_sums(c, task->id, &sums))
		return false;
	task->rolled = task_rolled(task->state, task->percent, sums.weights, sums.weighted);
	task->late = task_is_late(task, c->now);
	return true;
}

bool task_climb(struct call *c, id task_id, int64_t late, bool shares)
{
	while (task_id && (late || shares)) {
		struct task task;
		bool found;

		if (!task_row(c, task_id, &found, &task) || !found ||
		    (late && !task_row_add_late(c, task_id, late)))
			return false;
		if (shares) {
			int before = task.rolled;

			if (!work_out(c, &task))
				return false;
			shares = task.rolled != before;
			if (shares && !task_row_set_rolled(c, task_id, task.rolled))
				return false;
		}
		task_id = task.parent_id;
	}
	return true;
}

/* The words of its texts, when they are not as they were. */
static bool index_words(struct call *c, const struct task *before, const struct task *after)
{
	const char *const texts[] = { after->title, after->content, after->product };
	const char *const old[] = { before ? before->title : NULL, before ? before->content : NULL,
				    before ? before->product : NULL };
	enum { TEXTS = sizeof(texts) / sizeof(*texts) };
	size_t same = 0;

	while (same < TEXTS && text_equal(texts[same], old[same]))
		same++;
	return same == TEXTS || task_words_put(c, after->id, words_of(c->mem, texts, TEXTS));
}

bool task_put_new(struct call *c, struct task *task)
{
	return work_out(c, task) && task_row_insert(c, task) && index_words(c, NULL, task) &&
	       task_tally_change(c, NULL, task) &&
	       (!task->parent_id || task_row_add_child(c, task->parent_id));
}

/* Once, by whichever comes first behind the deadline: the duty or an act. */
static bool tell_overdue(struct call *c, const struct task *task)
{
	struct task_told told = { .kind = "task.overdue", .deadline = task->deadline, .percent = -1 };

	return !task_is_open(task->state) || task_tell(c, task, &told);
}

bool task_put(struct call *c, const struct task *before, struct task *after)
{
	bool shares;

	if (!before)
		return task_put_new(c, after) && task_climb(c, after->parent_id, after->late, true);
	if (!work_out(c, after))
		return false;
	after->version = before->version + 1;
	shares = before->rolled != after->rolled || before->weight != after->weight ||
		 (before->state == TASK_CANCELLED) != (after->state == TASK_CANCELLED);
	return task_row_update(c, after) && index_words(c, before, after) && task_tally_change(c, before, after) &&
	       task_climb(c, after->parent_id, (int64_t)after->late - (int64_t)before->late, shares) &&
	       (before->late || !after->late || tell_overdue(c, after));
}
