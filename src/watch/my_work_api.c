#include <stdlib.h>
#include <string.h>

#include "assignment/assignment_api.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "deadline/deadline_api.h"
#include "submission/submission_json.h"
#include "task/task_api.h"
#include "unit/unit_api.h"
#include "watch/watch_json.h"
#include "watch/watch_rules.h"

enum { EVENTS_SHOWN = 10 };

static const struct field figure_fields[] = {
	{ .name = "key", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "label", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "value", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "of", .type = FIELD_INT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .about = "The whole, when it is a part." },
	{ .name = "tone", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "red|amber|green|plain" },
	{ .name = NULL },
};
static const struct shape figure_shape = { "LeaderFigure", figure_fields };

static const struct field leader_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "report", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &watch_report_shape },
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &deadline_shape },
	{ .name = "figures", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &figure_shape, .max = 7 },
	{ .name = NULL },
};
static const struct shape leader_shape = { "LeaderView", leader_fields };

static const struct field card_fields[] = {
	{ .name = "kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "entry|approve|collect" },
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "report", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &watch_report_shape },
	{ .name = "assignment_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "period", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &deadline_shape },
	{ .name = "period_state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "open|closed" },
	{ .name = "submission_id", .type = FIELD_ID, .about = "entry and approve" },
	{ .name = "version", .type = FIELD_INT },
	{ .name = "revision", .type = FIELD_INT },
	{ .name = "window", .type = FIELD_CHOICE, .choices = "not_yet|open|late|locked" },
	{ .name = "state", .type = FIELD_TEXT },
	{ .name = "on_time", .type = FIELD_BOOL, .flags = FIELD_NULLABLE },
	{ .name = "filled", .type = FIELD_INT },
	{ .name = "total", .type = FIELD_INT },
	{ .name = "return_reason", .type = FIELD_TEXT, .flags = FIELD_NULLABLE },
	{ .name = "last_saved_at", .type = FIELD_TIME, .flags = FIELD_NULLABLE },
	{ .name = "submitted_at", .type = FIELD_TIME, .flags = FIELD_NULLABLE },
	{ .name = "entered_by", .type = FIELD_OBJECT, .flags = FIELD_NULLABLE, .of = &person_shape },
	{ .name = "tally", .type = FIELD_OBJECT, .of = &tally_shape, .about = "collect" },
	{ .name = "waiting", .type = FIELD_INT, .about = "collect: approved by their units, not yet received" },
	{ .name = "missing", .type = FIELD_INT, .about = "collect: not approved by their units" },
	{ .name = NULL },
};
static const struct shape card_shape = { "WorkCard", card_fields };

static const struct field event_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "kind", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "sentence", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &unit_ref_shape },
	{ .name = "subject_kind", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "subject_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = NULL },
};
static const struct shape event_shape = { "WorkEvent", event_fields };

static const struct field reply_fields[] = {
	{ .name = "now", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "cards", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &card_shape, .max = 200 },
	{ .name = "tasks", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &task_waiting_shape, .max = 200,
	  .about = "Tasks that wait for the caller: to explain first, then to decide, to report, to watch." },
	{ .name = "leader", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &leader_shape },
	{ .name = "events", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &event_shape, .max = EVENTS_SHOWN,
	  .about = "What happened lately where the caller watches, newest first." },
	{ .name = NULL },
};
const struct shape my_work_reply_shape = { "MyWork", reply_fields };

static const char *window_word(enum entry_window window)
{
	static const char *const words[] = { "not_yet", "open", "late", "locked" };

	return words[window];
}

static void write_form(struct request *r, const struct card *card, const struct people *people)
{
	const struct submission *s = &card->submission;
	struct json *json = &r->json;

	json_id(json, "submission_id", s->id);
	json_int(json, "version", s->version);
	json_int(json, "revision", s->revision);
	json_text(json, "window", window_word(card->window));
	json_text(json, "state", submission_state_word(s->state));
	if (s->first_submitted_at)
		json_bool(json, "on_time", s->on_time);
	else
		json_null(json, "on_time");
	json_int(json, "filled", (int64_t)card->filled);
	json_int(json, "total", (int64_t)card->total);
	json_text(json, "return_reason", s->state == SUBMISSION_RETURNED ? s->return_reason : NULL);
	json_instant(json, "last_saved_at", card->last_saved_at);
	json_instant(json, "submitted_at", s->submitted_at);
	people_write(people, json, "entered_by", s->entered_by);
}

static void write_card(struct request *r, const struct card *card, const struct people *people)
{
	static const char *const kinds[] = { "entry", "approve", "collect" };
	struct json *json = &r->json;

	json_object(json, NULL);
	json_text(json, "kind", kinds[card->kind]);
	unit_write_ref(json, "unit", &card->unit);
	watch_report_write(json, "report", card->report);
	json_id(json, "assignment_id", card->ap.assignment.id);
	period_write(json, "period", card->ap.period);
	deadline_write(json, "deadline", r->call.mem, card->ap.deadline, r->lang);
	json_text(json, "period_state", card->ap.state == PERIOD_CLOSED ? "closed" : "open");
	if (card->kind == CARD_COLLECT) {
		tally_write(json, "tally", &card->tally);
		json_int(json, "waiting", card->waiting);
		json_int(json, "missing", card->missing);
	} else {
		write_form(r, card, people);
	}
	json_end(json);
}

static const char *label_of(const char *key, enum language lang)
{
	static const struct {
		const char *key, *vi, *en;
	} labels[] = {
#define LABEL(key, vi, en) { #key, vi, en },
#include "messages/watch_wording.def"
#undef LABEL
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (!strcmp(labels[i].key, key))
			return lang == LANG_EN ? labels[i].en : labels[i].vi;
	return key;
}

struct leader_figure {
	const char *key;
	int64_t value, of; /* of -1: it is no part of a whole */
	enum tone tone;
};

static int64_t targets_missed(const struct overview *o)
{
	int64_t missed = 0;

	for (size_t i = 0; i < o->figure_count; i++) {
		const struct level_figure *f = &o->figures[i];

		missed += (o->answered_for ? f->approved_target : f->provisional_target) == TARGET_MISSED;
	}
	return missed;
}

/* Whether a unit is missing past its deadline: of several parts the first may be due before the last. */
static bool overdue(const struct overview *o, instant now)
{
	for (size_t i = 0; i < o->child_count; i++)
		if (standing_at(&o->children[i], o->at, now) == STANDING_MISSING)
			return true;
	return now >= o->deadline;
}

static int by_tone(const void *a, const void *b)
{
	return (int)((const struct leader_figure *)a)->tone - (int)((const struct leader_figure *)b)->tone;
}

/* At most seven, the red ones first. */
static void write_leader_figures(struct request *r, const struct overview *o)
{
	bool due = r->call.now >= o->deadline;
	const struct tally *t = &o->tally;
	int64_t short_of = targets_missed(o);
	struct leader_figure figures[] = {
		{ "missing", t->assigned - t->submitted, t->assigned,
		  t->submitted >= t->assigned ? TONE_GREEN : overdue(o, r->call.now) ? TONE_RED : TONE_AMBER },
		{ "late", t->late, t->assigned, t->late ? TONE_RED : TONE_PLAIN },
		{ "returned", t->returned, -1, t->returned ? TONE_AMBER : TONE_PLAIN },
		{ "targets_missed", short_of, (int64_t)o->figure_count, short_of ? TONE_RED : TONE_GREEN },
		{ "submitted", t->submitted, t->assigned, tone_of_share(t->submitted, t->assigned, due) },
		{ "approved", t->approved, t->assigned, tone_of_share(t->approved, t->assigned, due) },
		{ "received", t->received, t->assigned, tone_of_share(t->received, t->assigned, due) },
	};
	size_t count = sizeof(figures) / sizeof(*figures);

	qsort(figures, count, sizeof(*figures), by_tone);
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		json_text(&r->json, "key", figures[i].key);
		json_text(&r->json, "label", label_of(figures[i].key, r->lang));
		json_int(&r->json, "value", figures[i].value);
		if (figures[i].of >= 0)
			json_int(&r->json, "of", figures[i].of);
		else
			json_null(&r->json, "of");
		json_text(&r->json, "tone", tone_word(figures[i].tone));
		json_end(&r->json);
	}
}

static void write_leader(struct request *r, const struct overview *o)
{
	struct json *json = &r->json;

	json_object(json, "leader");
	unit_write_ref(json, "unit", &o->unit);
	if (o->report)
		watch_report_write(json, "report", o->report);
	else
		json_null(json, "report");
	if (o->deadline) {
		period_write(json, "period", o->periods[o->at]);
		deadline_write(json, "deadline", r->call.mem, o->deadline, r->lang);
	} else {
		json_null(json, "period");
		json_null(json, "deadline");
	}
	json_array(json, "figures");
	if (o->deadline)
		write_leader_figures(r, o);
	json_end(json);
	json_end(json);
}

/* Also of the forms on the screen what is older than everybody's newest. */
static bool load_events(struct request *r, const struct my_work *work, struct event_view **out, size_t *count)
{
	id *subjects = ARENA_ARRAY(r->call.mem, id, work->card_count + 1);
	size_t n = 0;

	for (size_t i = 0; i < work->card_count; i++)
		if (work->cards[i].submission.id)
			subjects[n++] = work->cards[i].submission.id;
	return event_recent(&r->call, r->lang, subjects, n, EVENTS_SHOWN, out, count);
}

static void write_events(struct json *json, const struct event_view *events, size_t count)
{
	json_array(json, "events");
	for (size_t i = 0; i < count; i++) {
		json_object(json, NULL);
		json_id(json, "id", events[i].id);
		json_instant(json, "at", events[i].at);
		json_text(json, "kind", events[i].kind);
		json_text(json, "sentence", events[i].sentence);
		if (events[i].unit.id)
			unit_write_ref(json, "unit", &events[i].unit);
		else
			json_null(json, "unit");
		json_text(json, "subject_kind", events[i].subject_kind);
		json_id(json, "subject_id", events[i].subject_id);
		json_end(json);
	}
	json_end(json);
}

bool my_work_act(struct request *r)
{
	struct my_work work;
	struct people people = { 0 };
	struct event_view *events;
	size_t event_count;

	if (!watch_my_work(&r->call, &work) || !load_events(r, &work, &events, &event_count))
		return false;
	for (size_t i = 0; i < work.card_count; i++)
		people_add(&people, &r->call, work.cards[i].submission.entered_by);
	if (!people_load(&people, &r->call))
		return false;
	json_object(&r->json, NULL);
	json_instant(&r->json, "now", r->call.now);
	json_array(&r->json, "cards");
	for (size_t i = 0; i < work.card_count; i++)
		write_card(r, &work.cards[i], &people);
	json_end(&r->json);
	if (!task_waiting_write(r, "tasks", work.tasks, work.task_count))
		return false;
	if (work.leads)
		write_leader(r, &work.overview);
	else
		json_null(&r->json, "leader");
	write_events(&r->json, events, event_count);
	json_end(&r->json);
	return true;
}
