#include "demo/demo_tasks.h"

#include "base/arena.h"
#include "demo/demo_story.h"
#include "task/task.h"
#include "unit/unit.h"

enum deed { GIVE, ROWS, REPORT, NIL, EXPLAIN, ASK, EXTEND, CONFIRM, PAUSE };

/* What happened, in its order. Texts are "task.N.<what>" of data/demo-texts.csv. */
struct step {
	const char *at;
	enum deed deed;
	enum demo_named by;
	int task;             /* its place */
	const char *lead;     /* GIVE: code of the unit */
	const char *due;      /* GIVE, EXTEND: its last day; NULL: as soon as possible */
	int above;            /* GIVE: the task it is a part of; -1: none */
	int weight, percent;
	const char *with;     /* GIVE: a co-operating unit */
	const char *date;     /* EXPLAIN: the new date */
	bool monthly;
};

static const struct step steps[] = {
	{ "2026-03-02T09:00:00+07:00", GIVE, DEMO_TW_COORDINATOR, 0, "66", "2026-06-30", -1, 1, 0, NULL, NULL, false },
	{ "2026-03-04T08:30:00+07:00", GIVE, DEMO_DL_COORDINATOR, 1, "66-KHCN", "2026-04-30", 0, 3, 0, NULL, NULL, false },
	{ "2026-03-04T08:40:00+07:00", GIVE, DEMO_DL_COORDINATOR, 2, "22015", "2026-05-08", 0, 2, 0, "66-KHCN", NULL, false },
	{ "2026-03-04T08:50:00+07:00", GIVE, DEMO_DL_COORDINATOR, 3, "22045", "2026-06-15", 0, 1, 0, "66-KHCN", NULL, false },
	{ "2026-03-10T14:00:00+07:00", GIVE, DEMO_DL_COORDINATOR, 4, "66", "2026-04-15", -1, 1, 0, NULL, NULL, false },
	{ "2026-03-16T10:00:00+07:00", GIVE, DEMO_DL_COORDINATOR, 5, "22015", "2026-05-12", -1, 1, 0, NULL, NULL, false },
	{ "2026-03-20T15:00:00+07:00", GIVE, DEMO_DL_COORDINATOR, 6, "66-KHCN", "2026-05-19", -1, 1, 0, "22015", NULL, false },
	{ "2026-04-01T00:00:00+07:00", ROWS, DEMO_DL_COORDINATOR, 0, NULL, NULL, -1, 0, 0, NULL, NULL, false },
	{ "2026-04-02T09:00:00+07:00", GIVE, DEMO_DL_COORDINATOR, 7, "22015", NULL, -1, 1, 0, NULL, NULL, true },
	{ "2026-04-06T09:00:00+07:00", REPORT, DEMO_DEPARTMENT_ENTRY, 1, NULL, NULL, -1, 0, 60, NULL, NULL, false },
	{ "2026-04-10T16:00:00+07:00", REPORT, DEMO_COMMUNE_ENTRY, 2, NULL, NULL, -1, 0, 30, NULL, NULL, false },
	{ "2026-04-14T16:00:00+07:00", NIL, DEMO_COMMUNE_ENTRY, 7, NULL, NULL, -1, 0, 0, NULL, NULL, false },
	{ "2026-04-15T15:30:00+07:00", REPORT, DEMO_DL_ENTRY, 0, NULL, NULL, -1, 0, 40, NULL, NULL, false },
	{ "2026-04-16T09:00:00+07:00", EXPLAIN, DEMO_DL_ENTRY, 4, NULL, NULL, -1, 0, 0, NULL, "2026-04-22", false },
	{ "2026-04-20T10:00:00+07:00", ASK, DEMO_DL_ENTRY, 4, NULL, NULL, -1, 0, 0, NULL, NULL, false },
	{ "2026-04-21T08:00:00+07:00", CONFIRM, DEMO_DL_LEADER, 4, NULL, NULL, -1, 0, 0, NULL, NULL, false },
	{ "2026-04-24T09:00:00+07:00", GIVE, DEMO_DL_COORDINATOR, 8, "66-KHCN", "2026-05-31", -1, 1, 0, NULL, NULL, false },
	{ "2026-04-24T09:20:00+07:00", GIVE, DEMO_DL_COORDINATOR, 9, "22015", "2026-07-31", -1, 1, 0, NULL, NULL, false },
	{ "2026-04-24T09:40:00+07:00", GIVE, DEMO_DL_COORDINATOR, 10, "22045", NULL, -1, 1, 0, NULL, NULL, false },
	{ "2026-04-27T17:00:00+07:00", ASK, DEMO_DEPARTMENT_APPROVER, 1, NULL, NULL, -1, 0, 0, NULL, NULL, false },
	{ "2026-04-28T08:00:00+07:00", CONFIRM, DEMO_DL_COORDINATOR, 1, NULL, NULL, -1, 0, 0, NULL, NULL, false },
	{ "2026-05-01T00:00:00+07:00", ROWS, DEMO_DL_COORDINATOR, 0, NULL, NULL, -1, 0, 0, NULL, NULL, false },
	{ "2026-05-04T10:00:00+07:00", PAUSE, DEMO_DL_COORDINATOR, 9, NULL, NULL, -1, 0, 0, NULL, NULL, false },
	{ "2026-05-05T09:00:00+07:00", REPORT, DEMO_DEPARTMENT_ENTRY, 6, NULL, NULL, -1, 0, 90, NULL, NULL, false },
	{ "2026-05-06T09:00:00+07:00", EXTEND, DEMO_DEPARTMENT_APPROVER, 8, NULL, "2026-06-30", -1, 0, 0, NULL, NULL, false },
	{ "2026-05-09T08:30:00+07:00", EXPLAIN, DEMO_COMMUNE_ENTRY, 2, NULL, NULL, -1, 0, 0, NULL, "2026-05-25", false },
	{ "2026-05-09T08:45:00+07:00", REPORT, DEMO_COMMUNE_ENTRY, 2, NULL, NULL, -1, 0, 70, NULL, NULL, false },
	{ "2026-05-14T15:00:00+07:00", ASK, DEMO_DEPARTMENT_APPROVER, 6, NULL, NULL, -1, 0, 0, NULL, NULL, false },
};

/* The first instant after a day. */
static instant end_of(const char *day)
{
	struct civil_date date = { 0 };

	civil_parse_date(day, &date);
	return civil_start(civil_add_days(date, 1));
}

static const char *text(struct call *c, struct demo_story *story, int task, const char *what)
{
	return demo_text(&story->texts, arena_printf(c->mem, "task.%d.%s", task, what));
}

static bool give(struct call *c, struct demo_story *story, const struct step *step)
{
	const struct demo_texts *texts = &story->texts;
	struct task_cooperating cooperating = { .part = demo_text(texts, "task.part") };
	struct task_draft draft = {
		.assigner_id = story->people.named[step->by].unit.id,
		.parent_id = step->above < 0 ? 0 : story->tasks.tasks[step->above],
		.document_id = demo_document_of_task(story, step->task),
		.title = text(c, story, step->task, "title"),
		.content = text(c, story, step->task, "content"),
		.product = text(c, story, step->task, "product"),
		.programme = demo_text(texts, "task.programme"),
		.field = text(c, story, step->task, "field"),
		.weight = step->weight,
		.deadline = step->due ? end_of(step->due) : 0,
		.deadline_kind = step->due ? TASK_DEADLINE_INSTANT : step->monthly ? TASK_DEADLINE_NONE : TASK_DEADLINE_SOONEST,
		.cooperating = &cooperating,
		.cooperating_count = step->with ? 1 : 0,
	};
	struct unit lead, with;
	struct task made;

	if (step->monthly)
		draft.recurrence = (struct task_recurrence){ .every = TASK_MONTHLY, .day = 16 };
	if (!unit_by_code(c, step->lead, NULL, &lead) || (step->with && !unit_by_code(c, step->with, NULL, &with)))
		return false;
	draft.lead_id = lead.id;
	if (step->with)
		cooperating.unit_id = with.id;
	if (!task_create(c, &draft, &made))
		return false;
	story->tasks.tasks[step->task] = made.id;
	return true;
}

static bool report(struct call *c, struct demo_story *story, const struct step *step)
{
	struct task_report_entry entry = { .nil = step->deed == NIL };
	struct task task;

	if (!entry.nil) {
		entry.percent = step->percent;
		entry.result = text(c, story, step->task, "result");
	}
	return task_report(c, story->tasks.tasks[step->task], -1, &entry, &task);
}

static bool explain(struct call *c, struct demo_story *story, const struct step *step)
{
	struct civil_date date = { 0 };
	struct task task;

	civil_parse_date(step->date, &date);
	return task_explain(c, story->tasks.tasks[step->task], -1, text(c, story, step->task, "cause"),
			    text(c, story, step->task, "remedy"), date, &task);
}

static bool ask(struct call *c, struct demo_story *story, const struct step *step)
{
	bool extension = step->deed == EXTEND;
	struct task_request_entry entry = {
		.kind = extension ? TASK_ASK_EXTENSION : TASK_ASK_COMPLETION,
		.reason = text(c, story, step->task, extension ? "reason" : "done"),
		.deadline = extension ? end_of(step->due) : 0,
	};
	struct task task;

	return task_ask(c, story->tasks.tasks[step->task], -1, &entry, &task, &story->tasks.requests[step->task]);
}

static bool take(struct call *c, struct demo_story *story, const struct step *step)
{
	struct task task;

	switch (step->deed) {
	case GIVE:
		return give(c, story, step);
	case ROWS:
		return task_report_duty(c, NULL);
	case REPORT:
	case NIL:
		return report(c, story, step);
	case EXPLAIN:
		return explain(c, story, step);
	case ASK:
	case EXTEND:
		return ask(c, story, step);
	case CONFIRM:
		return task_decide(c, story->tasks.requests[step->task], -1, true, "", &task);
	case PAUSE:
		break;
	}
	return task_step(c, story->tasks.tasks[step->task], -1, TASK_PAUSE, text(c, story, step->task, "reason"), &task);
}

bool demo_tasks_until(struct call *c, struct demo_story *story, instant until)
{
	enum { STEPS = sizeof(steps) / sizeof(*steps) };
	struct demo_tasks *tasks = &story->tasks;

	for (; tasks->next < STEPS; tasks->next++) {
		const struct step *step = &steps[tasks->next];
		struct call inner = *c;

		civil_parse(step->at, &inner.now);
		if (inner.now >= until)
			break;
		inner.actor = step->deed == ROWS ? NULL : &story->people.named[step->by].actor;
		inner.address = step->deed == ROWS ? NULL : "127.0.0.1";
		if (!take(&inner, story, step))
			return false;
	}
	return true;
}
