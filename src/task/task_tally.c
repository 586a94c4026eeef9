#include "task/task_tally.h"

#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "task/task_tally_store.h"
#include "unit/unit.h"

enum { DEPTH_MAX = 16, ROWS_MAX = 2 * DEPTH_MAX, PAGE = 2000 };

struct task_tally task_tally_of(const struct task *task)
{
	struct task_tally tally = { 0 };

	switch (task->state) {
	case TASK_NOT_STARTED:
	case TASK_IN_PROGRESS:
		tally.open = 1;
		break;
	case TASK_PAUSED:
		tally.paused = 1;
		break;
	case TASK_COMPLETED:
		if (task->deadline && task->completed_at >= task->deadline)
			tally.late = 1;
		else
			tally.on_time = 1;
		break;
	case TASK_CANCELLED:
		break;
	}
	return tally;
}

static bool is_nothing(const struct task_tally *tally)
{
	return !tally->open && !tally->paused && !tally->on_time && !tally->late;
}

static int key_order(const struct task_tally_key *a, const struct task_tally_key *b)
{
	int order = strcmp(a->unit_path, b->unit_path);

	if (!order)
		order = strcmp(a->programme, b->programme);
	if (!order)
		order = strcmp(a->field, b->field);
	return order ? order : (a->deadline > b->deadline) - (a->deadline < b->deadline);
}

static void add(struct task_tally *sum, const struct task_tally *part, int sign)
{
	sum->open += sign * part->open;
	sum->paused += sign * part->paused;
	sum->on_time += sign * part->on_time;
	sum->late += sign * part->late;
}

static struct task_tally_row *row_of(struct task_tally_row *rows, size_t *count, const struct task_tally_key *key)
{
	for (size_t i = 0; i < *count; i++)
		if (!key_order(&rows[i].key, key))
			return &rows[i];
	rows[*count] = (struct task_tally_row){ .key = *key };
	return &rows[(*count)++];
}

/* One row for each unit of the path: "TW/", "TW/66/", "TW/66/22015/". */
static void add_task(struct arena *mem, struct task_tally_row *rows, size_t *count, const struct task *task, int sign)
{
	struct task_tally counted = task_tally_of(task);
	struct task_tally_key key = { .programme = task->programme, .field = task->field, .deadline = task->deadline };
	int depth = 0;

	key.unit_path = "";
	for (const char *slash = strchr(task->lead_path, '/'); slash && depth < DEPTH_MAX;
	     slash = strchr(slash + 1, '/'), depth++) {
		key.parent_path = key.unit_path;
		key.unit_path = arena_strndup(mem, task->lead_path, (size_t)(slash - task->lead_path) + 1);
		add(&row_of(rows, count, &key)->tally, &counted, sign);
	}
}

void task_tally_differences(struct arena *mem, const struct task *before, const struct task *after,
			    struct task_tally_row **rows, size_t *count)
{
	size_t kept = 0;

	*rows = ARENA_ARRAY(mem, struct task_tally_row, ROWS_MAX);
	*count = 0;
	if (before)
		add_task(mem, *rows, count, before, -1);
	if (after)
		add_task(mem, *rows, count, after, 1);
	for (size_t i = 0; i < *count; i++)
		if (!is_nothing(&(*rows)[i].tally))
			(*rows)[kept++] = (*rows)[i];
	*count = kept;
}

bool task_tally_change(struct call *c, const struct task *before, const struct task *after)
{
	struct task_tally_row *rows;
	size_t count;

	task_tally_differences(c->mem, before, after, &rows, &count);
	return store_tally_add(c, rows, count);
}

static int by_key(const void *a, const void *b)
{
	return key_order(&((const struct task_tally_row *)a)->key, &((const struct task_tally_row *)b)->key);
}

/* Equal keys summed into one row, empty ones dropped; sorted. */
static size_t merge(struct task_tally_row *rows, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(rows, count, sizeof(*rows), by_key);
	for (size_t i = 0; i < count; i++) {
		if (kept && !by_key(&rows[kept - 1], &rows[i]))
			add(&rows[kept - 1].tally, &rows[i].tally, 1);
		else
			rows[kept++] = rows[i];
	}
	count = kept;
	kept = 0;
	for (size_t i = 0; i < count; i++)
		if (!is_nothing(&rows[i].tally))
			rows[kept++] = rows[i];
	return kept;
}

/* What the tasks themselves give. */
static bool count_all(struct call *c, struct task_tally_row **out, size_t *out_count)
{
	size_t used = 0, room = (size_t)PAGE * DEPTH_MAX, count;
	struct task_tally_row *rows = ARENA_ARRAY(c->mem, struct task_tally_row, room);
	struct task *tasks;
	id after = 0;

	do {
		if (!store_tally_tasks(c, after, PAGE, &tasks, &count))
			return false;
		for (size_t i = 0; i < count; i++) {
			struct task_tally_row *some;
			size_t n;

			task_tally_differences(c->mem, NULL, &tasks[i], &some, &n);
			if (used + n > room) {
				struct task_tally_row *grown;

				used = merge(rows, used);
				room = used * 2 + (size_t)PAGE * DEPTH_MAX;
				grown = ARENA_ARRAY(c->mem, struct task_tally_row, room);
				memcpy(grown, rows, used * sizeof(*rows));
				rows = grown;
			}
			memcpy(rows + used, some, n * sizeof(*some));
			used += n;
			after = tasks[i].id;
		}
	} while (count == PAGE);
	*out_count = merge(rows, used);
	*out = rows;
	return true;
}

bool task_tally_rebuild(struct call *c)
{
	struct task_tally_row *rows;
	size_t count;

	return store_tally_clear(c) && count_all(c, &rows, &count) && store_tally_add(c, rows, count);
}

static void tell(struct call *c, const struct task_tally_row *row, const char *what,
		 void (*each)(void *arg, const char *line), void *arg, size_t *differences)
{
	char deadline[CIVIL_TEXT_MAX];

	++*differences;
	each(arg, arena_printf(c->mem, "tasks of %s, programme \"%s\", field \"%s\", deadline %s: %s", row->key.unit_path,
			       row->key.programme, row->key.field,
			       row->key.deadline ? civil_format(row->key.deadline, deadline) : "none", what));
}

bool task_tally_check(struct call *c, void (*each)(void *arg, const char *line), void *arg, size_t *differences)
{
	struct task_tally_row *kept, *counted;
	size_t kept_count, count, i = 0, k = 0;

	if (!store_tally_all(c, &kept, &kept_count) || !count_all(c, &counted, &count))
		return false;
	kept_count = merge(kept, kept_count);
	while (i < kept_count || k < count) {
		int order = i == kept_count ? 1 : k == count ? -1 : by_key(&kept[i], &counted[k]);

		if (order < 0) {
			tell(c, &kept[i++], "counted, but there is none", each, arg, differences);
		} else if (order > 0) {
			tell(c, &counted[k++], "there, but not counted", each, arg, differences);
		} else {
			struct task_tally difference = kept[i].tally;

			add(&difference, &counted[k].tally, -1);
			if (!is_nothing(&difference))
				tell(c, &kept[i], "counted wrongly", each, arg, differences);
			i++;
			k++;
		}
	}
	return true;
}

int64_t task_figures_total(const struct task_figures_row *row)
{
	return row->completed_on_time + row->completed_late + row->open_in_time + row->overdue + row->paused;
}

static void add_figures(struct task_figures_row *sum, const struct task_figures_row *part, int sign)
{
	sum->completed_on_time += sign * part->completed_on_time;
	sum->completed_late += sign * part->completed_late;
	sum->open_in_time += sign * part->open_in_time;
	sum->overdue += sign * part->overdue;
	sum->without_deadline += sign * part->without_deadline;
	sum->paused += sign * part->paused;
}

/* The last code of a path: "22015" of "TW/66/22015/". */
static const char *code_of(struct arena *mem, const char *path)
{
	size_t length = strlen(path), start;

	if (length)
		length--;
	for (start = length; start && path[start - 1] != '/';)
		start--;
	return arena_strndup(mem, path + start, length - start);
}

/* Names to the rows of the units below; those that ended meanwhile are looked up one by one. */
static bool name_units(struct call *c, const struct unit *parent, struct task_figures_row *rows, size_t count)
{
	struct unit *children;
	size_t child_count, k = 0;

	if (!unit_children(c, parent->id, NULL, &children, &child_count))
		return false;
	for (size_t i = 0; i < count; i++) {
		for (k = 0; k < child_count && strcmp(children[k].path, rows[i].key) != 0;)
			k++;
		if (k < child_count) {
			rows[i].unit = &children[k];
			continue;
		}
		struct unit *unit = ARENA_NEW(c->mem, struct unit);

		if (!unit_by_code(c, code_of(c->mem, rows[i].key), NULL, unit))
			return false;
		rows[i].unit = unit;
	}
	return true;
}

/* By unit, what the unit itself leads comes first: all of it but what those below lead. */
static bool add_own(struct call *c, const struct unit *unit, struct task_figures_row **rows, size_t *count,
		    const struct task_figures_row *sum)
{
	struct task_figures_row *all = ARENA_ARRAY(c->mem, struct task_figures_row, *count + 1);
	struct task_figures_row own = *sum;

	if (!name_units(c, unit, *rows, *count))
		return false;
	for (size_t i = 0; i < *count; i++)
		add_figures(&own, &(*rows)[i], -1);
	own.key = unit->path;
	own.unit = unit;
	own.own = true;
	if (!task_figures_total(&own))
		return true;
	all[0] = own;
	if (*count)
		memcpy(all + 1, *rows, *count * sizeof(*all));
	*rows = all;
	++*count;
	return true;
}

bool task_figures(struct call *c, const struct task_figures_query *query, struct unit *unit,
		  struct task_figures_row **rows, size_t *count, struct task_figures_row *sum)
{
	struct task_figures_query whole = *query;
	struct task_figures_row *parts;
	size_t part_count;

	memset(sum, 0, sizeof(*sum));
	if (!unit_by_id(c, query->unit_id, "unit_id", unit) || !account_require(c, RIGHT_TASK_READ, unit->path))
		return false;
	whole.by = query->by == TASK_BY_UNIT ? TASK_BY_PROGRAMME : query->by;
	if (!store_tally_figures(c, &whole, unit->path, false, &parts, &part_count))
		return false;
	for (size_t i = 0; i < part_count; i++)
		add_figures(sum, &parts[i], 1);
	*rows = parts;
	*count = part_count;
	if (query->by != TASK_BY_UNIT)
		return true;
	return store_tally_figures(c, query, unit->path, true, rows, count) && add_own(c, unit, rows, count, sum);
}
