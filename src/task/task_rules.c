#include "task/task_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

bool task_is_open(enum task_state state)
{
	return state == TASK_NOT_STARTED || state == TASK_IN_PROGRESS;
}

enum task_timeliness task_timeliness(enum task_state state, instant deadline, instant completed_at, instant now,
				     int64_t soon)
{
	if (state == TASK_COMPLETED)
		return !deadline || completed_at < deadline ? TASK_COMPLETED_ON_TIME : TASK_COMPLETED_LATE;
	if (!task_is_open(state) || !deadline)
		return TASK_NO_TIME;
	if (now >= deadline)
		return TASK_OVERDUE;
	return deadline - now <= soon ? TASK_DUE_SOON : TASK_IN_TIME;
}

bool task_is_late(const struct task *task, instant now)
{
	enum task_timeliness timeliness =
		task_timeliness(task->state, task->deadline, task->completed_at, now, 0);

	return timeliness == TASK_OVERDUE || timeliness == TASK_COMPLETED_LATE;
}

bool task_explanation_due(const struct task *task, instant now)
{
	if (task_timeliness(task->state, task->deadline, 0, now, 0) != TASK_OVERDUE)
		return false;
	if (task->asked_at && task->asked_at < task->deadline)
		return false;
	return now >= task->explained_until;
}

enum error_code task_open_refusal(const struct task *task)
{
	switch (task->state) {
	case TASK_COMPLETED:
		return ERR_task_not_open_completed;
	case TASK_PAUSED:
		return ERR_task_not_open_paused;
	case TASK_CANCELLED:
		return ERR_task_not_open_cancelled;
	case TASK_NOT_STARTED:
	case TASK_IN_PROGRESS:
		break;
	}
	return ERR_none;
}

enum error_code task_step_refusal(const struct task *task, enum task_step step, enum task_state *after)
{
	if (step == TASK_RESUME) {
		*after = task->percent ? TASK_IN_PROGRESS : TASK_NOT_STARTED;
		return task->state == TASK_PAUSED ? ERR_none : ERR_task_not_paused;
	}
	*after = step == TASK_PAUSE ? TASK_PAUSED : TASK_CANCELLED;
	if (step == TASK_CANCEL && task->state == TASK_PAUSED)
		return ERR_none;
	return task_open_refusal(task);
}

static bool empty(const char *text)
{
	return !text || !text[0];
}

enum error_code task_report_refusal(const struct task *task, const struct task_report_entry *entry, instant now)
{
	bool texts = !empty(entry->result) || !empty(entry->difficulties) || !empty(entry->requests);
	enum error_code refusal = task_open_refusal(task);

	if (refusal != ERR_none)
		return refusal;
	if (task->asked_at)
		return ERR_task_completion_waiting;
	if (task_explanation_due(task, now))
		return ERR_task_explanation_missing;
	if (entry->nil)
		return texts || entry->file_count ? ERR_task_nil_with_texts : ERR_none;
	if (!texts && !entry->file_count && entry->percent == task->percent)
		return ERR_task_report_empty;
	return ERR_none;
}

bool task_fits_parent(instant deadline, instant parent_deadline)
{
	return !parent_deadline || !deadline || deadline <= parent_deadline;
}

static enum error_code extension_refusal(const struct task *task, const struct task_request_entry *entry,
					 const struct task_ask_facts *facts, instant now)
{
	if (empty(entry->reason))
		return ERR_reason_required;
	if (!task->deadline || task->recurrence.every != TASK_ONCE)
		return ERR_task_no_deadline;
	if (entry->deadline <= task->deadline || entry->deadline <= now)
		return ERR_task_extension_deadline;
	return task_fits_parent(entry->deadline, facts->parent_deadline) ? ERR_none : ERR_task_after_parent;
}

enum error_code task_ask_refusal(const struct task *task, const struct task_request_entry *entry,
				 const struct task_ask_facts *facts, instant now)
{
	enum error_code refusal = task_open_refusal(task);

	if (refusal != ERR_none)
		return refusal;
	if (facts->waiting)
		return ERR_task_request_waiting;
	if (entry->kind == TASK_ASK_EXTENSION)
		return extension_refusal(task, entry, facts, now);
	if (task_explanation_due(task, now))
		return ERR_task_explanation_missing;
	if (facts->open_parts)
		return ERR_task_parts_open;
	if (empty(entry->reason) && !entry->file_count && !facts->result)
		return ERR_task_completion_empty;
	return ERR_none;
}

enum error_code task_deadline_refusal(instant deadline, enum task_deadline_kind kind,
				      const struct task_recurrence *recurrence)
{
	bool dated = kind == TASK_DEADLINE_INSTANT || kind == TASK_DEADLINE_QUARTER;

	if (recurrence->every != TASK_ONCE) {
		if (deadline || dated)
			return ERR_task_recurs_with_deadline;
		if (recurrence->every == TASK_WEEKLY && recurrence->day > 7)
			return ERR_task_recurs_day;
		return ERR_none;
	}
	if (dated && !deadline)
		return ERR_task_deadline_needed;
	return !dated && deadline ? ERR_task_deadline_unfit : ERR_none;
}

int task_rolled(enum task_state state, int percent, int64_t weights, int64_t weighted)
{
	if (state == TASK_COMPLETED)
		return 10000;
	return weights > 0 ? (int)(weighted / weights) : percent * 100;
}

enum { WEEK = 5 };

static bool is_week(int64_t slot)
{
	return slot / 100 % 10 == WEEK;
}

/* Weeks begin on Monday; the first holds the year's first Thursday. */
static struct civil_date monday_of(struct civil_date day)
{
	return civil_add_days(day, 1 - civil_weekday(day));
}

static int64_t week_of(struct civil_date day)
{
	struct civil_date thursday = civil_add_days(monday_of(day), 3);
	struct civil_date new_year = { thursday.year, 1, 1 };
	int64_t days = (civil_start(thursday) - civil_start(new_year)) / DAY_MS;

	return (int64_t)thursday.year * 1000 + (int64_t)WEEK * 100 + days / 7 + 1;
}

static struct civil_date week_first_day(int64_t week)
{
	struct civil_date fourth = { (int)(week / 1000), 1, 4 };

	return civil_add_days(monday_of(fourth), ((int)(week % 100) - 1) * 7);
}

int64_t task_slot_of(enum task_every every, struct civil_date day)
{
	switch (every) {
	case TASK_WEEKLY:
		return week_of(day);
	case TASK_QUARTERLY:
		return period_of(FREQUENCY_QUARTER, day);
	case TASK_HALF_YEARLY:
		return period_of(FREQUENCY_HALF_YEAR, day);
	case TASK_YEARLY:
		return period_of(FREQUENCY_YEAR, day);
	case TASK_ONCE:
	case TASK_MONTHLY:
		break;
	}
	return period_of(FREQUENCY_MONTH, day);
}

struct civil_date task_slot_first_day(int64_t slot)
{
	return is_week(slot) ? week_first_day(slot) : period_first_day(slot);
}

int64_t task_slot_next(int64_t slot)
{
	return is_week(slot) ? week_of(civil_add_days(week_first_day(slot), 7)) : period_add(slot, 1);
}

char *task_slot_format(int64_t slot, char *out)
{
	if (!is_week(slot))
		return period_format(slot, out);
	snprintf(out, PERIOD_TEXT_MAX, "%d-W%02d", (int)(slot / 1000) % 10000, (int)(slot % 100));
	return out;
}

bool task_slot_parse(const char *text, int64_t *out)
{
	char year[5], again[PERIOD_TEXT_MAX];
	int64_t years, number;

	if (strlen(text) != 8 || text[4] != '-' || text[5] != 'W')
		return period_parse(text, out);
	memcpy(year, text, 4);
	year[4] = '\0';
	if (!text_to_int(year, 1900, 2999, &years) ||
	    !text_to_int(text[6] == '0' ? text + 7 : text + 6, 1, 53, &number))
		return false;
	*out = years * 1000 + (int64_t)WEEK * 100 + number;
	return week_of(week_first_day(*out)) == *out && text_equal(task_slot_format(*out, again), text);
}

instant task_slot_deadline(int64_t slot, int day)
{
	struct deadline_rule rule = { .day = day ? day : 31 };

	if (is_week(slot))
		return civil_start(civil_add_days(week_first_day(slot), day ? day : 7));
	return deadline_of(&rule, slot, &(struct holidays){ NULL, 0 });
}

int64_t task_slot_first(const struct task_recurrence *recurrence, instant now)
{
	int64_t slot = task_slot_of(recurrence->every, civil_date_of(now));

	if (recurrence->from) {
		int64_t from = task_slot_of(recurrence->every, period_first_day(recurrence->from));

		if (from > slot)
			slot = from;
	}
	while (task_slot_deadline(slot, recurrence->day) <= now)
		slot = task_slot_next(slot);
	return slot;
}

static const char *const state_words[] = {
	[TASK_NOT_STARTED] = "not_started", [TASK_IN_PROGRESS] = "in_progress", [TASK_COMPLETED] = "completed",
	[TASK_PAUSED] = "paused",	    [TASK_CANCELLED] = "cancelled",
};

static const char *const timeliness_words[] = {
	[TASK_NO_TIME] = "none",
	[TASK_IN_TIME] = "in_time",
	[TASK_DUE_SOON] = "due_soon",
	[TASK_OVERDUE] = "overdue",
	[TASK_COMPLETED_ON_TIME] = "completed_on_time",
	[TASK_COMPLETED_LATE] = "completed_late",
};

static const char *const kind_words[] = {
	[TASK_DEADLINE_NONE] = "none",
	[TASK_DEADLINE_INSTANT] = "instant",
	[TASK_DEADLINE_QUARTER] = "quarter",
	[TASK_DEADLINE_SOONEST] = "soonest",
};

static const char *const every_words[] = {
	[TASK_ONCE] = "once",	      [TASK_WEEKLY] = "week",		[TASK_MONTHLY] = "month",
	[TASK_QUARTERLY] = "quarter", [TASK_HALF_YEARLY] = "half_year", [TASK_YEARLY] = "year",
};

static const char *const wait_words[] = {
	[TASK_WAIT_EXPLAIN] = "explain", [TASK_WAIT_CONFIRM] = "confirm", [TASK_WAIT_DECIDE] = "decide",
	[TASK_WAIT_REPORT] = "report",	 [TASK_WAIT_LATE] = "late",	  [TASK_WAIT_DUE_SOON] = "due_soon",
};

const char *task_state_word(enum task_state state)
{
	return state_words[state];
}

const char *task_timeliness_word(enum task_timeliness timeliness)
{
	return timeliness_words[timeliness];
}

const char *task_deadline_kind_word(enum task_deadline_kind kind)
{
	return kind_words[kind];
}

const char *task_every_word(enum task_every every)
{
	return every_words[every];
}

const char *task_wait_word(enum task_wait kind)
{
	return wait_words[kind];
}

/* -1 when it is none of them. */
static int place_of(const char *const *words, size_t count, const char *word)
{
	for (size_t i = 0; word && i < count; i++)
		if (!strcmp(words[i], word))
			return (int)i;
	return -1;
}

#define PLACE_OF(words, word) place_of(words, sizeof(words) / sizeof(*(words)), word)

bool task_state_parse(const char *word, enum task_state *out)
{
	int place = PLACE_OF(state_words, word);

	if (place >= 0)
		*out = (enum task_state)place;
	return place >= 0;
}

bool task_timeliness_parse(const char *word, enum task_timeliness *out)
{
	int place = PLACE_OF(timeliness_words, word);

	if (place >= 0)
		*out = (enum task_timeliness)place;
	return place >= 0;
}

bool task_deadline_kind_parse(const char *word, enum task_deadline_kind *out)
{
	int place = PLACE_OF(kind_words, word);

	if (place >= 0)
		*out = (enum task_deadline_kind)place;
	return place >= 0;
}

bool task_every_parse(const char *word, enum task_every *out)
{
	int place = PLACE_OF(every_words, word);

	if (place >= 0)
		*out = (enum task_every)place;
	return place >= 0;
}
