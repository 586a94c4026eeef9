/*
 * The acts on a submission. Submitting is the product's hot path; in the
 * writer's transaction it costs 6 statements of this room: the row by id,
 * INSERT of the version, one INSERT run for all values, DELETE of the draft,
 * UPDATE of the row, INSERT of the step; one more for a form that asks for
 * evidence. Period, unit and event are those rooms' statements. The roll-up
 * and the tally are staged in memory and written once per batch.
 */
#include <stdio.h>
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "evidence/evidence.h"
#include "submission/cell_rules.h"
#include "submission/submission.h"
#include "submission/submission_rules.h"
#include "submission/submission_store.h"
#include "submission/value_store.h"
#include "submission/work.h"

/* Moves the tally of the level that assigned it. */
static bool change_tally(struct call *c, const struct work *work, const struct submission *after)
{
	struct tally a = submission_tally(&work->s), b = submission_tally(after);
	struct rollup_key key = work_key(work);
	struct tally difference = {
		.submitted = b.submitted - a.submitted,
		.on_time = b.on_time - a.on_time,
		.late = b.late - a.late,
		.approved = b.approved - a.approved,
		.received = b.received - a.received,
		.returned = b.returned - a.returned,
		.nil = b.nil - a.nil,
	};

	return rollup_tally(c, &key, &difference);
}

/* Whether the act moves figures of the standing version into or out of a basis. */
static bool moves_figures(enum submission_state before, enum submission_state after)
{
	for (enum basis basis = BASIS_PROVISIONAL; basis < BASIS_COUNT; basis++)
		if (submission_counts(before, basis) != submission_counts(after, basis))
			return true;
	return false;
}

static bool change_rollup(struct call *c, const struct work *work, enum submission_state after,
			  const struct report *report, const struct cell *cells)
{
	struct contribution figures = { cells, report->item_count }, nothing = { NULL, 0 };
	struct rollup_key key = work_key(work);

	for (enum basis basis = BASIS_PROVISIONAL; basis < BASIS_COUNT; basis++) {
		bool was = submission_counts(work->s.state, basis), is = submission_counts(after, basis);
		if (was != is && !rollup_change(c, &key, report, basis, work->unit.id,
						was ? figures : nothing, is ? figures : nothing))
			return false;
	}
	return true;
}

/* Row, tally, step and event of an act that was allowed and whose values and roll-up are written. */
static bool finish(struct call *c, const struct work *work, struct submission *s, const char *kind,
		   const char *reason)
{
	struct step_row step = {
		.step = strchr(kind, '.') + 1,
		.version = s->version,
		.by = work_account(c),
		.at = c->now,
		.reason = reason,
	};

	return store_submission_update(c, s) && change_tally(c, work, s) &&
	       store_step_insert(c, s->id, &step) && work_event(c, work, s, kind);
}

struct files {
	const struct evidence *rows;
	size_t count;
};

static bool has_file(void *arg, id indicator_id)
{
	const struct files *files = arg;

	for (size_t i = 0; i < files->count; i++)
		if (files->rows[i].indicator_id == indicator_id || files->rows[i].indicator_id == 0)
			return true;
	return false;
}

bool submission_check(struct call *c, id submission_id, const struct report *report, unsigned level,
		      struct cell *cells, struct faults *faults)
{
	struct evidence *rows;
	struct files files;
	bool asked = false, filled = false;

	cells_check(report, level, cells, faults);
	for (size_t i = 0; i < report->item_count; i++) {
		filled = filled || cells[i].present || cells[i].nil;
		asked = asked || (report->items[i].evidence_required && cells[i].present);
	}
	if (!filled && faults->total == 0)
		fault_add(faults, ERR_submission_empty, "cells", NULL, NULL);
	if (!asked)
		return true;
	if (!evidence_of_submission(c, submission_id, &rows, &files.count))
		return false;
	files.rows = rows;
	cells_check_evidence(report, cells, has_file, &files, faults);
	return true;
}

/* The figures a submit is about: those given, the draft's, or nothing to report throughout. */
static bool entry_cells(struct call *c, const struct work *work, const struct submission_entry *entry,
			const struct report *report, struct cell **out)
{
	size_t count = report->item_count;
	unsigned level = level_of_kind(work->unit.kind);

	if (!entry->nil && !entry->cells)
		return submission_working_cells(c, &work->s, report, out);
	*out = ARENA_ARRAY(c->mem, struct cell, count);
	for (size_t i = 0; i < count; i++) {
		if (!entry->nil)
			(*out)[i] = entry->cells[i];
		(*out)[i].indicator_id = report->items[i].indicator->id;
		if (entry->nil)
			(*out)[i].nil = report_item_applies(&report->items[i], level);
	}
	return true;
}

bool submission_submit(struct call *c, const struct submission_entry *entry, struct submission *out)
{
	struct work work;
	struct deed_facts facts;
	struct faults faults = { .mem = c->mem };
	const struct report *report;
	struct cell *cells;
	enum error_code refusal;

	if (!work_load(c, entry->submission_id, &work) ||
	    !account_require(c, RIGHT_FIGURE_ENTER, work.unit.path) ||
	    !work_check_revision(c, &work, entry->revision))
		return false;
	facts = work_facts(&work);
	facts.reason = entry->late_reason && entry->late_reason[0];
	*out = work.s;
	refusal = submission_decide(DEED_SUBMIT, &facts, &out->state);
	if (refusal != ERR_none)
		return work_refuse(c, &work, refusal, 0);
	if (!report_get(c, work.s.report_id, &report))
		return false;
	if (entry->report && entry->report->version != report->version)
		return error_set(c->err, ERR_form_changed, NULL, NULL);
	if (entry->nil && entry->cells)
		return error_set(c->err, ERR_nil_with_cells, "nil", NULL);
	if (!entry_cells(c, &work, entry, report, &cells) ||
	    !submission_check(c, work.s.id, report, level_of_kind(work.unit.kind), cells, &faults) ||
	    !faults_none(&faults, c->err))
		return false;

	out->version++;
	out->submitted_at = c->now;
	/* A draft that was submitted before was taken back by its own unit, whose matter the time since then is. */
	if (out->first_submitted_at == 0 || work.s.state == SUBMISSION_DRAFT)
		out->on_time = c->now < work.ap.deadline;
	if (out->first_submitted_at == 0)
		out->first_submitted_at = c->now;
	if (facts.reason && work.window == ENTRY_LATE)
		out->late_reason = entry->late_reason;
	out->nil = entry->nil;
	out->entered_by = work_account(c);
	out->approved_by = out->received_by = 0;
	out->approved_at = out->received_at = 0;
	out->return_reason = NULL;
	struct version_row version = {
		.version = out->version,
		.report_version = report->version,
		.at = c->now,
		.by = out->entered_by,
		.late_reason = work.window == ENTRY_LATE ? out->late_reason : NULL,
	};
	return store_version_insert(c, out->id, &version) &&
	       store_values_insert(c, out, out->version, cells, report->item_count) &&
	       store_drafts_delete(c, out->id) && change_rollup(c, &work, out->state, report, cells) &&
	       finish(c, &work, out, "submission.submitted", version.late_reason);
}

/* What the acts that follow a submitted version share. */
struct deed {
	enum submission_deed deed;
	const char *kind; /* of the event */
	bool exact;       /* names a version */
};

/* The act on `work`, whose right was checked. `change` is applied to the row; NULL: none. */
static bool carry_out(struct call *c, struct work *work, const struct deed *deed,
		      const struct submission_step *step, struct deed_facts facts,
		      void (*change)(struct call *c, const struct submission_step *step,
				     struct submission *s),
		      struct submission *out)
{
	const struct report *report;
	struct cell *cells;
	enum error_code refusal;

	facts.exact_version = step->version == work->s.version;
	facts.reason = step->reason && step->reason[0];
	*out = work->s;
	refusal = submission_decide(deed->deed, &facts, &out->state);
	if (deed->exact && !facts.exact_version && !facts.closed)
		refusal = ERR_version_superseded;
	if (refusal != ERR_none)
		return work_refuse(c, work, refusal, step->version);
	if (!work_check_revision(c, work, step->revision))
		return false;
	if (change)
		change(c, step, out);
	work->began = true;
	if (moves_figures(work->s.state, out->state) &&
	    (!work_standing_report(c, work, &report) ||
	     !submission_cells(c, &work->s, report, work->s.version, &cells) ||
	     !change_rollup(c, work, out->state, report, cells)))
		return false;
	return finish(c, work, out, deed->kind, step->reason);
}

bool submission_recall(struct call *c, const struct submission_step *step, struct submission *out)
{
	static const struct deed deed = { DEED_RECALL, "submission.recalled", false };
	struct work work;

	return work_load(c, step->submission_id, &work) &&
	       account_require(c, RIGHT_FIGURE_ENTER, work.unit.path) &&
	       carry_out(c, &work, &deed, step, work_facts(&work), NULL, out);
}

static void set_approved(struct call *c, const struct submission_step *step, struct submission *s)
{
	(void)step;
	s->approved_by = work_account(c);
	s->approved_at = c->now;
}

bool act_approve(struct call *c, const struct submission_step *step, struct work *work,
		 struct submission *out)
{
	static const struct deed deed = { DEED_APPROVE, "submission.approved", true };
	struct deed_facts facts;

	if (!work_load(c, step->submission_id, work) ||
		!account_require(c, RIGHT_FIGURE_APPROVE, work->unit.path))
		return false;
	facts = work_facts(work);
	if (c->actor && !store_is_author(c, work->s.id, work_account(c), &facts.same_person))
		return false;
	return carry_out(c, work, &deed, step, facts, set_approved, out) &&
	       store_version_approve(c, out->id, out->version, out->approved_by, out->approved_at);
}

bool submission_approve(struct call *c, const struct submission_step *step, struct submission *out)
{
	struct work work;

	return act_approve(c, step, &work, out);
}

static void set_received(struct call *c, const struct submission_step *step, struct submission *s)
{
	(void)step;
	s->received_by = work_account(c);
	s->received_at = c->now;
}

/* Whoever sees the figures but does not collect them is told so. */
static bool require_receive(struct call *c, const struct work *work)
{
	if (!account_require(c, RIGHT_FIGURE_READ, work->unit.path))
		return false;
	return account_may(c, RIGHT_FIGURE_RECEIVE, work->ap.assignment.from_path) ||
	       error_set(c->err, ERR_forbidden, NULL, NULL);
}

bool act_receive(struct call *c, const struct submission_step *step, struct work *work,
		 struct submission *out)
{
	static const struct deed deed = { DEED_RECEIVE, "submission.received", true };

	return work_load(c, step->submission_id, work) && require_receive(c, work) &&
	       carry_out(c, work, &deed, step, work_facts(work), set_received, out);
}

bool submission_receive(struct call *c, const struct submission_step *step, struct submission *out)
{
	struct work work;

	return act_receive(c, step, &work, out);
}

/* What was approved or received no longer is; the version keeps who approved it. */
static void set_returned(struct call *c, const struct submission_step *step, struct submission *s)
{
	(void)c;
	s->return_reason = step->reason;
	s->approved_by = s->received_by = 0;
	s->approved_at = s->received_at = 0;
}

/* Comments of the marked cells belong to the version that was returned. */
static bool read_marks(struct call *c, const struct work *work, const struct submission_step *step,
		       struct mark_row **out)
{
	const struct report *report;

	*out = ARENA_ARRAY(c->mem, struct mark_row, step->mark_count);
	if (step->mark_count == 0)
		return true;
	if (!work_standing_report(c, work, &report))
		return false;
	for (size_t i = 0; i < step->mark_count; i++) {
		const struct cell_mark *mark = &step->marks[i];
		if (!report_item_find(report, mark->indicator_id))
			return error_set(c->err, ERR_indicator_not_in_form,
					 arena_printf(c->mem, "marks/%zu/indicator_id", i), NULL);
		(*out)[i] = (struct mark_row){
			.version = work->s.version,
			.indicator_id = mark->indicator_id,
			.comment = mark->comment,
			.by = work_account(c),
			.at = c->now,
		};
	}
	return true;
}

/*
 * Before approval it is the unit's own matter, after it that of the level
 * above; whoever holds one of the two rights alone is judged by that one.
 */
static bool returns_from_above(const struct call *c, const struct work *work)
{
	bool receives = account_may(c, RIGHT_FIGURE_RECEIVE, work->ap.assignment.from_path);
	bool approves = account_may(c, RIGHT_FIGURE_APPROVE, work->unit.path);

	return receives != approves ? receives : work->s.state != SUBMISSION_SUBMITTED;
}

bool act_return(struct call *c, const struct submission_step *step, bool exact, struct work *work,
		struct submission *out)
{
	struct deed deed = { .kind = "submission.returned", .exact = exact };
	struct mark_row *marks;

	if (!work_load(c, step->submission_id, work))
		return false;
	if (returns_from_above(c, work)) {
		deed.deed = DEED_RETURN_ABOVE;
		if (!require_receive(c, work))
			return false;
	} else {
		deed.deed = DEED_RETURN_OWN;
		if (!account_require(c, RIGHT_FIGURE_APPROVE, work->unit.path))
			return false;
	}
	return read_marks(c, work, step, &marks) &&
	       carry_out(c, work, &deed, step, work_facts(work), set_returned, out) &&
	       store_marks_insert(c, work->s.id, marks, step->mark_count);
}

bool submission_return(struct call *c, const struct submission_step *step, struct submission *out)
{
	struct work work;

	return act_return(c, step, false, &work, out);
}

bool submission_except(struct call *c, const struct assignment_period *ap, id unit_id, instant until,
		       const char *reason)
{
	static const struct deed deed = { DEED_REOPEN, "submission.reopened", false };
	struct submission_step step = { .revision = -1, .reason = reason };
	struct submission row;
	struct work work;
	bool found;

	if (until <= c->now)
		return error_set(c->err, ERR_exception_past, "until", NULL);
	if (!store_submission_find(c, ap->assignment.id, ap->period, unit_id, &found, &row))
		return false;
	if (!found)
		return error_set(c->err, ERR_unit_not_assigned, "unit_id", NULL);
	if (!work_load(c, row.id, &work))
		return false;
	step.submission_id = row.id;
	step.version = work.s.version;
	work.s.exception_until = until;
	return carry_out(c, &work, &deed, &step, work_facts(&work),
			 submission_counts(work.s.state, BASIS_APPROVED) ? set_returned : NULL, &row) &&
	       store_exception_reason(c, row.id, reason);
}
