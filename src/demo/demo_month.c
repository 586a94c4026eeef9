#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "demo/demo_figures.h"
#include "demo/demo_plan.h"
#include "evidence/evidence.h"
#include "submission/submission.h"

enum { SCRATCH_MAX = 64 << 20, LATE_TEXTS = 4, NOTE_TEXTS = 5, MARK_TEXTS = 2, DRAFT_ITEMS = 9, SLIP = 10 };

/* The act under way. */
struct stage {
	struct call *c;
	struct demo_story *story;
	const struct demo_act *act;
	const struct report *report;
	period month;
};

static struct demo_person *named(const struct stage *s, enum demo_named who)
{
	return &s->story->people.named[who];
}

/* Who does the act. */
static const struct demo_person *doer(const struct stage *s)
{
	const struct demo_act *act = s->act;

	switch (act->deed) {
	case DEMO_OPEN_CENTRE:
	case DEMO_CLOSE_CENTRE:
		return named(s, DEMO_TW_COORDINATOR);
	case DEMO_OPEN_PROVINCE:
	case DEMO_CLOSE_PROVINCE:
		return named(s, DEMO_DL_COORDINATOR);
	case DEMO_RETURN_ABOVE:
	case DEMO_RECEIVE:
		return named(s, act->to_centre ? DEMO_TW_COORDINATOR : DEMO_DL_COORDINATOR);
	case DEMO_APPROVE:
	case DEMO_RETURN_OWN:
		return act->member->approver;
	default:
		return act->member->entry;
	}
}

/* Each member's row of the month that was just opened. */
static bool find_rows(struct stage *s, id assignment_id, struct demo_members *members)
{
	struct submission *rows;
	size_t count;

	if (!submission_of_assignment(s->c, assignment_id, s->month, s->month, &rows, &count))
		return false;
	for (size_t i = 0; i < members->count; i++) {
		members->at[i].submission_id = 0;
		members->at[i].version = 0;
		for (size_t k = 0; k < count; k++)
			if (rows[k].unit_id == members->at[i].unit.id)
				members->at[i].submission_id = rows[k].id;
		if (!members->at[i].submission_id)
			return error_internal(s->c->err, "%s has no row", members->at[i].unit.code);
	}
	return true;
}

static bool open_month(struct stage *s, id assignment_id, struct demo_members *members)
{
	return assignment_open(s->c, assignment_id, s->month) && find_rows(s, assignment_id, members);
}

/* Somebody typed a digit too many, or one too few. */
static void slip(const struct demo_act *act, const struct report_item *item, struct cell *cell)
{
	if (!act->outlier || !cell->present)
		return;
	if (strcmp(item->indicator->code, "TN12") == 0)
		cell->number *= SLIP;
	else if (strcmp(item->indicator->code, "TN01") == 0)
		cell->numerator /= SLIP;
}

/* All of a unit's figures of the month, in the form's order. */
static struct cell *figures(struct stage *s)
{
	const struct demo_member *member = s->act->member;
	struct cell *cells = ARENA_ARRAY(s->c->mem, struct cell, s->report->item_count);

	for (size_t i = 0; i < s->report->item_count; i++) {
		const struct report_item *item = &s->report->items[i];

		cells[i] = demo_figure(item, member->unit.code, member->level, s->month);
		slip(s->act, item, &cells[i]);
		if (cells[i].present &&
		    demo_pick(member->unit.code, item->indicator->code, -s->month, 30) == 0)
			cells[i].note = demo_text_of(s->c->mem, &s->story->texts, "note", NOTE_TEXTS, i);
		/* What is sent again after a return is corrected somewhere. */
		if (s->act->again && cells[i].denominator > cells[i].numerator &&
		    strcmp(item->indicator->code, "TN01") == 0)
			cells[i].numerator++;
	}
	return cells;
}

static instant deadline_of_act(const struct stage *s)
{
	struct civil_date day = { period_year(s->month), period_number(s->month),
				  s->act->to_centre ? 19 : 17 };

	return civil_start(day);
}

static bool submit(struct stage *s)
{
	struct demo_member *member = s->act->member;
	/* The full province's draft holds its roll-up: that is what it hands up. */
	bool rolled_up = s->act->to_centre && member == s->story->provinces.at;
	struct submission_entry entry = {
		.submission_id = member->submission_id,
		.revision = -1,
		.report = rolled_up ? NULL : s->report,
		.cells = rolled_up ? NULL : figures(s),
	};
	struct submission out;

	if (s->act->at >= deadline_of_act(s))
		entry.late_reason = demo_text_of(s->c->mem, &s->story->texts, "late", LATE_TEXTS,
						 demo_choice(member->unit.code, "late", s->month));
	if (!submission_submit(s->c, &entry, &out))
		return false;
	member->version = out.version;
	return true;
}

static bool save(struct stage *s, const struct cell *cells, const bool *take)
{
	struct cell_change *changes = ARENA_ARRAY(s->c->mem, struct cell_change, s->report->item_count);
	struct draft_result result;
	size_t count = 0;

	for (size_t i = 0; i < s->report->item_count; i++)
		if (take[i] && (cells[i].present || cells[i].nil))
			changes[count++] = (struct cell_change){ .cell = cells[i], .base_revision = -1 };
	return submission_save_draft(s->c, s->act->member->submission_id, changes, count, &result);
}

/* The first part of the form. */
static bool draft(struct stage *s)
{
	bool *take = ARENA_ARRAY(s->c->mem, bool, s->report->item_count);

	for (size_t i = 0; i < s->report->item_count && i < DRAFT_ITEMS; i++)
		take[i] = true;
	return save(s, figures(s), take);
}

/* What cannot come from the units below. */
static bool fill_province(struct stage *s)
{
	bool *take = ARENA_ARRAY(s->c->mem, bool, s->report->item_count);

	for (size_t i = 0; i < s->report->item_count; i++)
		take[i] = !rollup_fills(s->report->items[i].indicator);
	return save(s, figures(s), take);
}

static bool step_act(struct stage *s, bool (*step)(struct call *c, const struct submission_step *step,
						   struct submission *out))
{
	const struct submission_step act = {
		.submission_id = s->act->member->submission_id,
		.revision = -1,
		.version = s->act->member->version,
	};
	struct submission out;

	return step(s->c, &act, &out);
}

static bool give_back(struct stage *s, const char *reason)
{
	const struct demo_member *member = s->act->member;
	const struct cell_mark mark = {
		.indicator_id = s->report->items[0].indicator->id,
		.comment = demo_text_of(s->c->mem, &s->story->texts, "mark", MARK_TEXTS,
					demo_choice(member->unit.code, "mark", s->month)),
	};
	const struct submission_step act = {
		.submission_id = member->submission_id,
		.revision = -1,
		.version = member->version,
		.reason = demo_text(&s->story->texts, reason),
		.marks = &mark,
		.mark_count = 1,
	};
	struct submission out;

	return submission_return(s->c, &act, &out);
}

/* A small text, or a PDF of one empty page; both tell whose they are. */
static bool attach(struct stage *s)
{
	const struct demo_texts *texts = &s->story->texts;
	const struct demo_member *member = s->act->member;
	bool pdf = demo_pick(member->unit.code, "pdf", s->month, 2) == 0;
	char month[PERIOD_TEXT_MAX];
	struct evidence out;
	struct buf file;
	id indicator_id = 0;

	for (size_t i = 0; i < s->report->item_count; i++)
		if (strcmp(s->report->items[i].indicator->code, pdf ? "TN01" : "TN06") == 0)
			indicator_id = s->report->items[i].indicator->id;
	buf_init(&file, s->c->mem, 0);
	period_format(s->month, month);
	if (pdf) {
		buf_add_format(&file, "%%PDF-1.4\n%% %s %s\n", member->unit.code, month);
		buf_add_text(&file, "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
				    "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
				    "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj\n"
				    "trailer <</Root 1 0 R>>\n%%EOF\n");
	} else {
		buf_add_format(&file, "%s\n%s\n%s\n", member->unit.name, month,
			       demo_text(texts, "file.training.text"));
	}
	return evidence_add_bytes(s->c, member->submission_id, indicator_id,
				  demo_text(texts, pdf ? "file.dossiers" : "file.training"), file.data,
				  file.length, &out);
}

static bool close_month(struct stage *s, id assignment_id)
{
	struct assignment_closed closed;

	return assignment_close(s->c, assignment_id, s->month, true, demo_text(&s->story->texts, "close"),
				&closed);
}

static bool carry_out(struct stage *s)
{
	struct demo_story *story = s->story;

	switch (s->act->deed) {
	case DEMO_OPEN_CENTRE:
		return open_month(s, story->centre_assignment, &story->provinces);
	case DEMO_OPEN_PROVINCE:
		return open_month(s, story->province_assignment, &story->units);
	case DEMO_DRAFT:
		return draft(s);
	case DEMO_EVIDENCE:
		return attach(s);
	case DEMO_SUBMIT:
		return submit(s);
	case DEMO_RETURN_OWN:
		return give_back(s, "return.own");
	case DEMO_APPROVE:
		return step_act(s, submission_approve);
	case DEMO_RETURN_ABOVE:
		return give_back(s, "return.above");
	case DEMO_RECEIVE:
		return step_act(s, submission_receive);
	case DEMO_CLOSE_PROVINCE:
		return close_month(s, story->province_assignment);
	case DEMO_FILL_PROVINCE:
		return fill_province(s);
	case DEMO_CLOSE_CENTRE:
		return close_month(s, story->centre_assignment);
	}
	return false;
}

/* Which act failed, for the log. */
static void name_failure(const struct stage *s)
{
	struct error *err = s->c->err;
	char at[CIVIL_TEXT_MAX];
	struct buf trace;

	buf_init(&trace, s->c->mem, sizeof(err->trace));
	buf_add_format(&trace, "[deed %d of %s at %s] ", s->act->deed,
		       s->act->member ? s->act->member->unit.code : "-", civil_format(s->act->at, at));
	if (err->detail_count)
		buf_add_format(&trace, "%s %s ", error_word(err->details[0].code), err->details[0].field);
	buf_add_text(&trace, err->trace);
	memcpy(err->trace, trace.data,
	       trace.length < sizeof(err->trace) ? trace.length + 1 : sizeof(err->trace) - 1);
	err->trace[sizeof(err->trace) - 1] = '\0';
}

bool demo_month_live(struct call *c, void *arg)
{
	const struct demo_month *month = arg;
	struct arena *scratch = arena_new(SCRATCH_MAX);
	struct call inner = *c;
	struct stage s = { .c = &inner, .story = month->story, .month = month->period };
	struct demo_plan plan;
	bool ok = true;

	inner.mem = scratch;
	inner.address = "127.0.0.1";
	demo_plan_month(month->story, month->period, c->mem, &plan);
	for (size_t i = 0; ok && i < plan.count; i++) {
		s.act = &plan.acts[i];
		inner.now = s.act->at;
		inner.actor = &doer(&s)->actor;
		ok = demo_documents_until(&inner, month->story, inner.now) &&
		     demo_tasks_until(&inner, month->story, inner.now) &&
		     report_get(&inner, month->story->report_id, &s.report) && carry_out(&s);
		if (!ok)
			name_failure(&s);
		arena_reset(scratch);
	}
	arena_free(scratch);
	return ok;
}
