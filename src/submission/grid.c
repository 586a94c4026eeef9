#include "submission/grid.h"

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "submission/submission_rules.h"
#include "submission/value_store.h"

bool sees_drafts(const struct call *c, const struct submission *s)
{
	return !c->actor || c->actor->unit_id == s->unit_id ||
	       account_may(c, RIGHT_FIGURE_ENTER, s->unit_path) ||
	       account_may(c, RIGHT_FIGURE_APPROVE, s->unit_path);
}

bool standing_shows(const struct submission *s)
{
	return s->version > 0 && s->state != SUBMISSION_DRAFT;
}

bool submission_require_sight(struct call *c, id submission_id, struct submission *out)
{
	if (!submission_get(c, submission_id, out) || !account_require(c, RIGHT_FIGURE_READ, out->unit_path))
		return false;
	if (!sees_drafts(c, out) && !standing_shows(out))
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return true;
}

static bool allowed(const struct work *work, enum submission_deed deed, bool same_person)
{
	struct deed_facts facts = work_facts(work);
	enum submission_state next;

	facts.exact_version = true;
	facts.reason = true;
	facts.same_person = same_person;
	return submission_decide(deed, &facts, &next) == ERR_none;
}

bool grid_may(struct call *c, const struct work *work, struct grid_may *out)
{
	bool enters = account_may(c, RIGHT_FIGURE_ENTER, work->unit.path);
	bool approves = account_may(c, RIGHT_FIGURE_APPROVE, work->unit.path);
	bool receives = account_may(c, RIGHT_FIGURE_RECEIVE, work->ap.assignment.from_path);
	bool same_person = false;

	if (approves && c->actor && work->s.state == SUBMISSION_SUBMITTED &&
	    !store_is_author(c, work->s.id, work_account(c), &same_person))
		return false;
	*out = (struct grid_may){
		.enter = enters && allowed(work, DEED_SAVE, false),
		.submit = enters && allowed(work, DEED_SUBMIT, false),
		.recall = enters && allowed(work, DEED_RECALL, false),
		.approve = approves && allowed(work, DEED_APPROVE, same_person),
		.give_back = (approves && allowed(work, DEED_RETURN_OWN, false)) ||
			     (receives && allowed(work, DEED_RETURN_ABOVE, false)),
		.receive = receives && allowed(work, DEED_RECEIVE, false),
	};
	out->attach = out->enter;
	return true;
}

bool past_load(struct call *c, const struct submission *s, const struct form *form, struct past *out)
{
	size_t items = form->report->item_count, count, position;
	struct past_row *rows;

	for (int i = 0; i < PAST_PERIODS; i++)
		out->periods[i] = period_add(s->period, i - PAST_PERIODS);
	out->figures = ARENA_ARRAY(c->mem, struct past_figure, items * PAST_PERIODS);
	out->previous = form_cells(form, c->mem);
	out->has_previous = ARENA_ARRAY(c->mem, bool, items);
	if (!store_past(c, s->unit_id, s->report_id, out->periods[0], s->period, &rows, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!form_position(form, rows[i].cell.indicator_id, &position))
			continue;
		for (size_t k = 0; k < PAST_PERIODS; k++)
			if (out->periods[k] == rows[i].period && rows[i].cell.present)
				out->figures[position * PAST_PERIODS + k] =
					(struct past_figure){ true, rows[i].cell.number };
		if (rows[i].period == out->periods[PAST_PERIODS - 1]) {
			out->previous[position] = rows[i].cell;
			out->has_previous[position] = true;
		}
	}
	return true;
}

const struct past_figure *past_of(const struct past *past, size_t position)
{
	return &past->figures[position * PAST_PERIODS];
}

/* The figures the caller may see: the draft of one's own unit, else what was handed up. */
static bool load_cells(struct call *c, struct grid *grid)
{
	const struct submission *s = &grid->work.s;

	grid->drafts = sees_drafts(c, s);
	if (grid->drafts)
		return working_load(c, s, &grid->form, &grid->working);
	grid->working.rows = ARENA_ARRAY(c->mem, struct draft_row, grid->report->item_count);
	for (size_t i = 0; i < grid->report->item_count; i++)
		grid->working.rows[i].revision = cell_base_revision(s);
	if (!store_values(c, s, &grid->form, standing_shows(s) ? s->version : 0, &grid->working.standing))
		return false;
	grid->working.cells = grid->working.standing;
	return true;
}

/* Files go with the figures they prove. */
static bool load_files(struct call *c, struct grid *grid)
{
	if (!grid->drafts && !standing_shows(&grid->work.s))
		return true;
	return evidence_of_submission(c, grid->work.s.id, &grid->evidence, &grid->evidence_count);
}

static void gather_people(struct call *c, struct grid *grid)
{
	const struct submission *s = &grid->work.s;

	people_add(&grid->people, c, s->entered_by);
	people_add(&grid->people, c, s->approved_by);
	people_add(&grid->people, c, s->received_by);
	for (size_t i = 0; i < grid->mark_count; i++)
		people_add(&grid->people, c, grid->marks[i].by);
	for (size_t i = 0; i < grid->evidence_count; i++)
		people_add(&grid->people, c, grid->evidence[i].added_by);
	for (size_t i = 0; i < grid->step_count; i++)
		people_add(&grid->people, c, grid->steps[i].by);
}

/* While cells change they follow the form that stands; submitted ones the form they were submitted on. */
static bool load_form(struct call *c, struct grid *grid)
{
	const struct work *work = &grid->work;
	bool edited = submission_state_allows(DEED_SAVE, work->s.state);

	if (edited ? !report_get(c, work->s.report_id, &grid->report) :
		     !work_standing_report(c, work, &grid->report))
		return false;
	form_init(&grid->form, c->mem, grid->report);
	grid->level = level_of_kind(work->unit.kind);
	return true;
}

bool grid_load(struct call *c, id submission_id, struct grid *out)
{
	const struct submission *s = &out->work.s;

	*out = (struct grid){ .drafts = false };
	if (!work_load(c, submission_id, &out->work) ||
		!account_require(c, RIGHT_FIGURE_READ, out->work.unit.path))
		return false;
	if (!unit_by_id(c, out->work.ap.assignment.from_unit_id, NULL, &out->from) || !load_form(c, out) ||
		!load_cells(c, out) || !past_load(c, s, &out->form, &out->past) ||
	    !grid_may(c, &out->work, &out->may) || !store_marks(c, s->id, &out->marks, &out->mark_count) ||
	    !load_files(c, out) || !store_steps(c, s->id, &out->steps, &out->step_count))
		return false;
	gather_people(c, out);
	return people_load(&out->people, c);
}
