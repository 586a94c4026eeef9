#include "submission/draft.h"

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "submission/cell_rules.h"
#include "submission/submission_store.h"
#include "submission/work.h"

int64_t cell_base_revision(const struct submission *s)
{
	return s->version * CELL_REVISIONS;
}

static bool may_be_edited(enum submission_state state)
{
	return submission_state_allows(DEED_SAVE, state);
}

bool working_load(struct call *c, const struct submission *s, const struct form *form, struct working *out)
{
	if (!store_values(c, s, form, s->version, &out->standing))
		return false;
	if (may_be_edited(s->state)) {
		if (!store_drafts(c, s->id, form, &out->rows))
			return false;
	} else {
		out->rows = ARENA_ARRAY(c->mem, struct draft_row, form->report->item_count);
	}
	out->cells = ARENA_ARRAY(c->mem, struct cell, form->report->item_count);
	for (size_t i = 0; i < form->report->item_count; i++) {
		if (!out->rows[i].there)
			out->rows[i].revision = cell_base_revision(s);
		out->cells[i] = out->rows[i].there ? out->rows[i].cell : out->standing[i];
	}
	return true;
}

bool submission_working_cells(struct call *c, const struct submission *s, const struct report *report,
			      struct cell **out)
{
	struct working working;
	struct form form;

	form_init(&form, c->mem, report);
	if (!working_load(c, s, &form, &working))
		return false;
	*out = working.cells;
	return true;
}

bool submission_filled(struct call *c, const struct submission *s, const struct report *report,
		       size_t *filled, size_t *total, instant *last_saved_at)
{
	struct working working;
	struct unit unit;
	struct form form;
	unsigned level;

	form_init(&form, c->mem, report);
	if (!working_load(c, s, &form, &working) || !unit_by_id(c, s->unit_id, NULL, &unit))
		return false;
	level = level_of_kind(unit.kind);
	*filled = *total = 0;
	*last_saved_at = 0;
	for (size_t i = 0; i < report->item_count; i++) {
		if (!report_item_applies(&report->items[i], level))
			continue;
		++*total;
		*filled += working.cells[i].present || working.cells[i].nil;
		if (working.rows[i].there && working.rows[i].at > *last_saved_at)
			*last_saved_at = working.rows[i].at;
	}
	return true;
}

/* The caller joins those who entered cells; the first time it is told to the log. */
static bool note_author(struct call *c, const struct work *work)
{
	bool added;

	if (!c->actor)
		return true;
	if (!store_author_add(c, work->s.id, work_account(c), &added))
		return false;
	return !added || work_event(c, work, &work->s, "submission.drafted");
}

static void refuse(struct draft_outcome *outcome, const struct faults *faults)
{
	outcome->kind = DRAFT_INVALID;
	outcome->invalid = faults->rows[0];
}

/* Judges one change; `kept` gets the row to write when it is good. */
static void judge(struct call *c, const struct form *form, const struct working *working,
		  const struct cell_change *change, struct draft_outcome *outcome, struct draft_row *kept,
		  bool *seen)
{
	struct faults faults = { .mem = c->mem };
	const struct draft_row *row;
	size_t position;

	outcome->cell = change->cell;
	if (change->unread != ERR_none) {
		fault_add(&faults, change->unread, change->unread_field, change->unread_args[0],
			  change->unread_args[1]);
		refuse(outcome, &faults);
		return;
	}
	if (!form_position(form, change->cell.indicator_id, &position)) {
		fault_add(&faults, ERR_indicator_not_in_form, "cells", NULL, NULL);
		refuse(outcome, &faults);
		return;
	}
	if (seen[position]) {
		fault_cell(&faults, ERR_cell_twice, form->report->items[position].indicator, "indicator_id",
			   NULL, NULL);
		refuse(outcome, &faults);
		return;
	}
	seen[position] = true;
	if (!cell_check(form->report->items[position].indicator, &outcome->cell, &faults)) {
		refuse(outcome, &faults);
		return;
	}
	row = &working->rows[position];
	if (change->rolled_up && !outcome->cell.note)
		outcome->cell.note = working->cells[position].note;
	if (change->base_revision != -1 && change->base_revision != row->revision &&
	    !cell_equal(&outcome->cell, &working->cells[position])) {
		outcome->kind = DRAFT_CONFLICT;
		outcome->cell = working->cells[position];
		outcome->revision = row->revision;
		outcome->by = row->by;
		outcome->at = row->at;
		return;
	}
	outcome->kind = DRAFT_SAVED;
	outcome->revision = row->revision;
	if (row->there && row->rolled_up == change->rolled_up && cell_equal(&outcome->cell, &row->cell))
		return;
	outcome->revision = row->revision + 1;
	*kept = (struct draft_row){
		.there = true,
		.cell = outcome->cell,
		.revision = outcome->revision,
		.rolled_up = change->rolled_up,
		.by = work_account(c),
		.at = c->now,
	};
}

/* Keeps what can be kept of `changes` in the draft of `s`. */
static bool save(struct call *c, const struct submission *s, const struct report *report,
		 const struct cell_change *changes, size_t count, struct draft_result *out)
{
	struct draft_row *kept = ARENA_ARRAY(c->mem, struct draft_row, count);
	bool *seen = ARENA_ARRAY(c->mem, bool, report->item_count);
	struct working working;
	struct form form;
	size_t rows = 0, position;

	form_init(&form, c->mem, report);
	if (!working_load(c, s, &form, &working))
		return false;
	out->outcomes = ARENA_ARRAY(c->mem, struct draft_outcome, count);
	for (size_t i = 0; i < count; i++) {
		judge(c, &form, &working, &changes[i], &out->outcomes[i], &kept[rows], seen);
		if (!kept[rows].there)
			continue;
		if (form_position(&form, kept[rows].cell.indicator_id, &position))
			working.cells[position] = kept[rows].cell;
		rows++;
	}
	out->report = report;
	out->cells = working.cells;
	return store_drafts_save(c, s->id, kept, rows);
}

/* Loads a submission whose draft the caller may change now. */
static bool open_draft(struct call *c, id submission_id, struct work *work, const struct report **report)
{
	struct deed_facts facts;
	enum submission_state next;
	enum error_code refusal;

	if (!work_load(c, submission_id, work) || !account_require(c, RIGHT_FIGURE_ENTER, work->unit.path))
		return false;
	facts = work_facts(work);
	refusal = submission_decide(DEED_SAVE, &facts, &next);
	if (refusal != ERR_none) {
		work_refuse(c, work, refusal, 0);
		return false;
	}
	return report_get(c, work->s.report_id, report);
}

bool submission_require_change(struct call *c, id submission_id, struct submission *out)
{
	const struct report *report;
	struct work work;

	if (!open_draft(c, submission_id, &work, &report))
		return false;
	*out = work.s;
	return true;
}

bool submission_save_draft(struct call *c, id submission_id, const struct cell_change *changes, size_t count,
			   struct draft_result *out)
{
	const struct report *report;
	struct work work;

	return open_draft(c, submission_id, &work, &report) &&
	       save(c, &work.s, report, changes, count, out) && note_author(c, &work);
}

/* What may be carried over from one period to the next. */
static bool carries_over(const struct indicator *indicator, period from, period to)
{
	switch (indicator->accrual) {
	case ACCRUAL_STOCK:
		return true;
	case ACCRUAL_CUMULATIVE:
		return period_year(from) == period_year(to);
	case ACCRUAL_FLOW:
		break;
	}
	return false;
}

bool draft_copy_last(struct call *c, id submission_id, struct draft_result *out, size_t *count)
{
	const struct report *report;
	struct cell_change *changes;
	struct submission before;
	struct working working;
	struct work work;
	struct form form;
	struct cell *last;
	bool found = false;

	*count = 0;
	if (!open_draft(c, submission_id, &work, &report))
		return false;
	for (int back = 1; back <= PAST_PERIODS && !found; back++) {
		period p = period_add(work.s.period, -back);
		if (!store_submission_find(c, work.s.assignment_id, p, work.s.unit_id, &found, &before))
			return false;
		found = found && submission_counts(before.state, BASIS_PROVISIONAL);
	}
	if (!found)
		return error_set(c->err, ERR_nothing_to_copy, NULL, NULL);
	form_init(&form, c->mem, report);
	if (!store_values(c, &before, &form, before.version, &last) ||
	    !working_load(c, &work.s, &form, &working))
		return false;
	changes = ARENA_ARRAY(c->mem, struct cell_change, report->item_count);
	for (size_t i = 0; i < report->item_count; i++) {
		if (working.cells[i].present || working.cells[i].nil || (!last[i].present && !last[i].nil) ||
		    !carries_over(report->items[i].indicator, before.period, work.s.period))
			continue;
		changes[*count] = (struct cell_change){ .cell = last[i], .base_revision = -1 };
		changes[(*count)++].cell.note = working.cells[i].note;
	}
	return save(c, &work.s, report, changes, *count, out) && note_author(c, &work);
}

/* Adds what the units of one assignment gave, approved figures alone, to the sums of the form above. */
static bool add_level(struct call *c, const struct assignment *below, period p, const struct report *above,
		      struct rollup *totals)
{
	struct rollup_key key = { below->province_id, below->id, p };
	const struct report *report;
	struct rollup *sums;

	if (!report_get(c, below->report_id, &report) || !rollup_read(c, &key, report, BASIS_APPROVED, &sums))
		return false;
	for (size_t i = 0; i < report->item_count; i++) {
		const struct report_item *item = report_item_find(above, report->items[i].indicator->id);

		if (item && !rollup_add(&totals[item - above->items], &sums[i]))
			return error_internal(c->err, "the sum over the units below is too large");
	}
	return true;
}

/*
 * The level's figures as cells for the form above: of all units it passed the
 * report on to, whether by one assignment or by several with deadlines of their own.
 */
static bool level_changes(struct call *c, const struct assignment_period *below, const struct report *above,
			  struct cell_change *changes, size_t *count)
{
	struct rollup *totals = ARENA_ARRAY(c->mem, struct rollup, above->item_count);
	struct assignment *passed;
	size_t passed_count;
	struct cell cell;

	*count = 0;
	if (!rollup_flush(c) || !assignment_passed_on(c, below->assignment.parent_id, &passed, &passed_count))
		return false;
	for (size_t i = 0; i < passed_count; i++)
		if (passed[i].from_unit_id == below->assignment.from_unit_id &&
		    !add_level(c, &passed[i], below->period, above, totals))
			return false;
	for (size_t i = 0; i < above->item_count; i++) {
		const struct indicator *indicator = above->items[i].indicator;

		if (!rollup_fills(indicator) || !rollup_figure(indicator, &totals[i], &cell))
			continue;
		cell.indicator_id = indicator->id;
		changes[(*count)++] =
			(struct cell_change){ .cell = cell, .base_revision = -1, .rolled_up = true };
	}
	return true;
}

bool submission_fill_from_rollup(struct call *c, const struct assignment_period *below,
				 id parent_assignment_id, id *filled)
{
	struct assignment_period parent;
	const struct report *report;
	struct cell_change *changes;
	struct draft_result result;
	struct submission s;
	size_t count;
	bool found;

	*filled = 0;
	if (!store_submission_find(c, parent_assignment_id, below->period, below->assignment.from_unit_id,
				   &found, &s))
		return false;
	if (!found || !may_be_edited(s.state))
		return true;
	if (!assignment_period_get(c, parent_assignment_id, below->period, &parent))
		return false;
	if (parent.state == PERIOD_CLOSED)
		return true;
	if (!report_get(c, s.report_id, &report))
		return false;
	changes = ARENA_ARRAY(c->mem, struct cell_change, report->item_count);
	if (!level_changes(c, below, report, changes, &count) ||
		!save(c, &s, report, changes, count, &result))
		return false;
	*filled = s.id;
	return true;
}
