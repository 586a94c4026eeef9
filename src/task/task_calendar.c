#include "task/task_calendar.h"

#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "assignment/assignment.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "indicator/indicator.h"
#include "task/task_actions.h"
#include "task/task_calendar_store.h"
#include "unit/unit.h"

enum { UNITS_MAX = TASK_RANGES, ROUNDS = 3, PAST_DAYS = 60 };

/* What a calendar may read of all that its owner may. */
static const uint32_t calendar_rights = UINT32_C(1) << RIGHT_TASK_READ | UINT32_C(1) << RIGHT_ASSIGNMENT_READ |
					UINT32_C(1) << RIGHT_UNIT_READ | UINT32_C(1) << RIGHT_INDICATOR_READ |
					UINT32_C(1) << RIGHT_FIGURE_READ;

static const char *const words[][2] = {
#define WORDING(name, vi, en) { vi, en },
#include "messages/task_calendar_wording.def"
#undef WORDING
};

enum word {
#define WORDING(name, vi, en) WORD_##name,
#include "messages/task_calendar_wording.def"
#undef WORDING
};

struct calendar {
	struct call *call;
	enum language lang;
	const char *origin;
	const struct grant *units[UNITS_MAX]; /* one grant for each unit of the owner */
	size_t unit_count;
	struct ical_event *events;
	size_t count;
};

static const char *say(struct calendar *cal, enum word word, const char *a, const char *b, const char *d)
{
	const char *const args[] = { a, b, d };

	return text_fill(cal->call->mem, words[word][cal->lang == LANG_EN], args, 3);
}

bool task_calendar_get(struct call *c, instant *created_at)
{
	return account_require(c, RIGHT_SELF, NULL) && store_calendar_made(c, task_caller(c), created_at);
}

bool task_calendar_make(struct call *c, char secret[TOKEN_TEXT_MAX])
{
	char digest[SHA256_HEX_MAX];

	return account_require(c, RIGHT_SELF, NULL) &&
	       store_calendar_put(c, task_caller(c), token_digest(token_new(secret), digest));
}

bool task_calendar_remove(struct call *c)
{
	return account_require(c, RIGHT_SELF, NULL) && store_calendar_delete(c, task_caller(c));
}

static void collect_units(struct calendar *cal)
{
	const struct actor *actor = cal->call->actor;

	for (size_t i = 0; i < actor->grant_count && cal->unit_count < UNITS_MAX; i++) {
		size_t k = 0;

		while (k < cal->unit_count && cal->units[k]->unit_id != actor->grants[i].unit_id)
			k++;
		if (k == cal->unit_count)
			cal->units[cal->unit_count++] = &actor->grants[i];
	}
}

static bool has_event(const struct calendar *cal, const char *uid)
{
	for (size_t i = 0; i < cal->count; i++)
		if (!strcmp(cal->events[i].uid, uid))
			return true;
	return false;
}

static void add_event(struct calendar *cal, const struct ical_event *event)
{
	if (cal->count < TASK_CALENDAR_MAX && !has_event(cal, event->uid))
		cal->events[cal->count++] = *event;
}

static const char *address(struct calendar *cal, const char *kind, id number)
{
	return cal->origin ? arena_printf(cal->call->mem, "%s/%s/%lld", cal->origin, kind, (long long)number) : NULL;
}

static void add_task(struct calendar *cal, const struct task *task, const char *lead)
{
	struct call *c = cal->call;
	const char *until = task->deadline_written[0] ? task->deadline_written :
							deadline_wording(c->mem, task->deadline, cal->lang);

	add_event(cal, &(struct ical_event){
			       .uid = arena_printf(c->mem, "task-%lld@theodoi", (long long)task->id),
			       .summary = task->deadline_written[0] ?
						  arena_printf(c->mem, "%s (%s)", task->title, until) :
						  say(cal, WORD_task, task->title, until, ""),
			       .description = say(cal, WORD_lead, lead, "", ""),
			       .url = address(cal, "tasks", task->id),
			       .before = task->deadline,
			       .changed = task->created_at,
		       });
}

/* Open tasks with a deadline that these units lead or take part in. */
static bool add_tasks(struct calendar *cal, const struct task_ranges *ranges, enum task_role role)
{
	const struct task_query query = {
		.ranges = *ranges,
		.role = (int)role,
		.state = -1,
		.timeliness = -1,
		.due_from = cal->call->now - PAST_DAYS * DAY_MS,
		.sort = TASK_BY_DUE,
		.limit = TASK_CALENDAR_MAX,
	};
	struct task *tasks;
	struct unit *leads;
	size_t count;
	id *ids;

	if (!task_rows(cal->call, &query, &tasks, &count))
		return false;
	ids = ARENA_ARRAY(cal->call->mem, id, count + 1);
	for (size_t i = 0; i < count; i++)
		ids[i] = tasks[i].lead_id;
	if (!unit_by_ids(cal->call, ids, count, NULL, &leads))
		return false;
	for (size_t i = 0; i < count; i++)
		if (tasks[i].deadline && tasks[i].state <= TASK_IN_PROGRESS)
			add_task(cal, &tasks[i], leads[i].name);
	return true;
}

static bool add_all_tasks(struct calendar *cal)
{
	struct task_ranges all = { .count = 0 };

	for (size_t i = 0; i < cal->unit_count; i++) {
		struct task_ranges some;

		if (!account_may(cal->call, RIGHT_TASK_READ, cal->units[i]->unit_path))
			continue;
		if (!task_reach(cal->call, RIGHT_TASK_READ, cal->units[i]->unit_path, TASK_REACH_UNIT, &some))
			return false;
		for (size_t k = 0; k < some.count && all.count < TASK_RANGES; k++)
			all.at[all.count++] = some.at[k];
	}
	return !all.count || (add_tasks(cal, &all, TASK_ROLE_LEAD) && add_tasks(cal, &all, TASK_ROLE_COOPERATING));
}

static bool add_report(struct calendar *cal, const struct assignment *assignment)
{
	struct call *c = cal->call;
	struct assignment_period *periods;
	const struct report *report;
	size_t count;

	if (!assignment_periods(c, assignment->id, ROUNDS, &periods, &count) ||
	    !report_get(c, assignment->report_id, &report))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (periods[i].state == PERIOD_CLOSED || periods[i].deadline < c->now - PAST_DAYS * DAY_MS)
			continue;
		add_event(cal, &(struct ical_event){
				       .uid = arena_printf(c->mem, "report-%lld-%lld@theodoi", (long long)assignment->id,
							   (long long)periods[i].period),
				       .summary = say(cal, WORD_report, report->title,
						      period_wording(c->mem, periods[i].period, cal->lang),
						      deadline_wording(c->mem, periods[i].deadline, cal->lang)),
				       .url = cal->origin,
				       .before = periods[i].deadline,
				       .changed = periods[i].opens,
			       });
	}
	return true;
}

static bool add_reports(struct calendar *cal)
{
	for (size_t i = 0; i < cal->unit_count; i++) {
		struct assignment *received;
		size_t count;

		if (!account_may(cal->call, RIGHT_FIGURE_READ, cal->units[i]->unit_path))
			continue;
		if (!assignment_to_unit(cal->call, cal->units[i]->unit_id, false, &received, &count))
			return false;
		for (size_t k = 0; k < count; k++)
			if (!add_report(cal, &received[k]))
				return false;
	}
	return true;
}

static int by_deadline(const void *a, const void *b)
{
	const struct ical_event *left = a, *right = b;

	if (left->before != right->before)
		return left->before < right->before ? -1 : 1;
	return strcmp(left->uid, right->uid);
}

bool task_calendar_events(struct call *c, const char *secret, const char *origin, struct ical_event **events,
			  size_t *count, enum language *lang)
{
	struct calendar cal = { .call = c, .origin = origin };
	char digest[SHA256_HEX_MAX];
	id owner;
	bool may = false;

	if (!store_calendar_owner(c, token_digest(secret, digest), &owner) ||
	    (owner && !account_as(c, owner, calendar_rights, &cal.lang, &may)))
		return false;
	if (!may)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	cal.events = ARENA_ARRAY(c->mem, struct ical_event, TASK_CALENDAR_MAX);
	collect_units(&cal);
	if (!add_all_tasks(&cal) || !add_reports(&cal))
		return false;
	if (cal.count)
		qsort(cal.events, cal.count, sizeof(*cal.events), by_deadline);
	*events = cal.events;
	*count = cal.count;
	*lang = cal.lang;
	return true;
}

const char *task_calendar_name(struct call *c, enum language lang)
{
	struct calendar cal = { .call = c, .lang = lang };

	return say(&cal, WORD_name, c->actor ? c->actor->name : "", "", "");
}
