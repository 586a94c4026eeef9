#include "submission_fixture.h"

#include "submission/bulk.h"
#include "submission/draft.h"
#include "submission/grid.h"
#include "submission/matrix.h"

#define ON_TIME "2026-05-10T08:00:00+07:00"
#define LAST_SECOND "2026-05-16T23:59:59+07:00"
#define TOO_LATE "2026-05-17T00:00:00+07:00"

/* What a test does in the writer's transaction. */
struct deed {
	struct world *w;
	size_t commune;
	int64_t number;      /* of A1, in tenths */
	int64_t version, revision;
	const char *reason;
	const struct cell_mark *marks;
	size_t mark_count;
	bool nil, from_draft;
	struct submission out;
};

static struct submission of(struct call *c, const struct deed *d)
{
	struct submission s;
	bool found;

	assert_true(submission_find(c, d->w->assignment_id, d->w->may, d->w->communes[d->commune].id, &found, &s));
	assert_true(found);
	return s;
}

static void fill(const struct world *w, int64_t number, struct cell *cells)
{
	for (size_t i = 0; i < ITEMS; i++)
		cells[i] = (struct cell){ .indicator_id = w->indicators[i], .present = true };
	cells[0].number = number;
	cells[1].numerator = 1;
	cells[1].denominator = 4;
	cells[2].number = 1;
	cells[3].text = "xong";
}

static bool submit(struct call *c, void *arg)
{
	struct deed *d = arg;
	struct cell cells[ITEMS];
	const struct report *report;
	struct submission s = of(c, d);
	struct submission_entry entry = { .submission_id = s.id, .revision = d->revision ? d->revision : -1,
					  .nil = d->nil, .late_reason = d->reason };

	if (!report_get(c, d->w->report_id, &report))
		return false;
	fill(d->w, d->number, cells);
	if (!d->from_draft && !d->nil) {
		entry.report = report;
		entry.cells = cells;
	}
	return submission_submit(c, &entry, &d->out);
}

static struct submission_step step_of(struct call *c, const struct deed *d)
{
	return (struct submission_step){
		.submission_id = of(c, d).id,
		.revision = d->revision ? d->revision : -1,
		.version = d->version,
		.reason = d->reason,
		.marks = d->marks,
		.mark_count = d->mark_count,
	};
}

static bool approve(struct call *c, void *arg)
{
	struct deed *d = arg;
	struct submission_step step = step_of(c, d);

	return submission_approve(c, &step, &d->out);
}

static bool receive(struct call *c, void *arg)
{
	struct deed *d = arg;
	struct submission_step step = step_of(c, d);

	return submission_receive(c, &step, &d->out);
}

static bool give_back(struct call *c, void *arg)
{
	struct deed *d = arg;
	struct submission_step step = step_of(c, d);

	return submission_return(c, &step, &d->out);
}

static bool recall(struct call *c, void *arg)
{
	struct deed *d = arg;
	struct submission_step step = step_of(c, d);

	return submission_recall(c, &step, &d->out);
}

static bool except(struct call *c, void *arg)
{
	struct deed *d = arg;

	return assignment_except(c, d->w->assignment_id, d->w->may, d->w->communes[d->commune].id,
				 at("2026-05-20T00:00:00+07:00"), "Mất điện");
}

static bool close_period(struct call *c, void *arg)
{
	struct deed *d = arg;
	struct assignment_closed closed;

	return assignment_close(c, d->w->assignment_id, d->w->may, true, NULL, &closed);
}

static void refused(struct fixture *f, bool ok, enum error_code code)
{
	if (ok)
		fail_msg("allowed, not %s", error_word(code));
	if (f->err.code != code)
		fail_msg("%s (%s), not %s", error_word(f->err.code), f->err.trace, error_word(code));
}

static void allowed(struct fixture *f, bool ok)
{
	if (!ok)
		fixture_fail(&f->err);
}

static void expect_level(struct fixture *f, const struct world *w, enum basis basis, int64_t units, int64_t sum)
{
	struct call *c = room_read(f);
	struct rollup_key key = { w->province.id, w->assignment_id, w->may };
	const struct report *report;
	struct rollup *sums = NULL;

	allowed(f, report_get(c, w->report_id, &report) && rollup_read(c, &key, report, basis, &sums));
	assert_int_equal(sums[0].units, units);
	assert_int_equal(sums[0].sum, sum);
	store_release(f->store, c);
}

static struct tally tally_now(struct fixture *f, const struct world *w)
{
	struct call *c = room_read(f);
	struct rollup_key key = { w->province.id, w->assignment_id, w->may };
	struct tally tally;

	allowed(f, rollup_tally_read(c, &key, &tally));
	store_release(f->store, c);
	return tally;
}

static void say(void *arg, const char *line)
{
	(void)arg;
	print_error("%s\n", line);
}

/* Whatever was done, the kept sums are those that recomputing gives. */
static void expect_consistent(struct fixture *f)
{
	struct call *c = room_read(f);
	size_t differences;

	allowed(f, rollup_check(c, say, NULL, &differences));
	store_release(f->store, c);
	assert_int_equal(differences, 0);
}

static void from_entry_to_receipt(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct deed d = { .w = w, .number = 125, .version = 1 };
	struct tally tally;

	allowed(f, as(f, &w->entry, LAST_SECOND, submit, &d));
	assert_int_equal(d.out.state, SUBMISSION_SUBMITTED);
	assert_int_equal(d.out.version, 1);
	assert_true(d.out.on_time);
	assert_int_equal(d.out.entered_by, 101);
	expect_level(f, w, BASIS_PROVISIONAL, 1, 125);
	expect_level(f, w, BASIS_APPROVED, 0, 0);

	allowed(f, as(f, &w->approver, TOO_LATE, approve, &d));
	assert_int_equal(d.out.approved_by, 103);
	expect_level(f, w, BASIS_APPROVED, 1, 125);

	allowed(f, as(f, &w->coordinator, TOO_LATE, receive, &d));
	assert_int_equal(d.out.state, SUBMISSION_RECEIVED);
	tally = tally_now(f, w);
	assert_int_equal(tally.assigned, COMMUNES);
	assert_int_equal(tally.submitted, 1);
	assert_int_equal(tally.on_time, 1);
	assert_int_equal(tally.approved, 1);
	assert_int_equal(tally.received, 1);
	expect_consistent(f);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM submission_step"), 3);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind LIKE 'submission.%'"), 3);
}

static void nobody_approves_what_they_entered(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct deed d = { .w = w, .number = 1, .version = 1 };
	struct grant two[2];
	struct person both = person(101, "Người nhập", ROLE_DATA_ENTRY, &w->communes[0]);

	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));
	two[0] = both.grant;
	two[1] = both.grant;
	two[1].role = ROLE_APPROVER;
	both.grant = two[1];
	refused(f, as(f, &both, ON_TIME, approve, &d), ERR_same_person);
	/* Another person's turn does not make it theirs: they entered something of it once. */
	allowed(f, as(f, &w->approver, ON_TIME, approve, &d));
	d.reason = "Sai số";
	allowed(f, as(f, &w->coordinator, ON_TIME, give_back, &d));
	d.version = 2;
	allowed(f, as(f, &w->entry2, ON_TIME, submit, &d));
	refused(f, as(f, &both, ON_TIME, approve, &d), ERR_same_person);
	expect_consistent(f);
}

static void recalled_figures_leave_the_level(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct deed d = { .w = w, .number = 10, .version = 1 };
	struct tally tally;

	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));
	allowed(f, as(f, &w->entry, ON_TIME, recall, &d));
	assert_int_equal(d.out.state, SUBMISSION_DRAFT);
	expect_level(f, w, BASIS_PROVISIONAL, 0, 0);
	tally = tally_now(f, w);
	assert_int_equal(tally.submitted, 0);
	assert_int_equal(tally.on_time, 0);

	d.number = 30;
	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));
	assert_int_equal(d.out.version, 2);
	expect_level(f, w, BASIS_PROVISIONAL, 1, 30);
	refused(f, as(f, &w->approver, ON_TIME, approve, &d), ERR_version_superseded);
	d.version = 2;
	allowed(f, as(f, &w->approver, ON_TIME, approve, &d));
	refused(f, as(f, &w->entry, ON_TIME, recall, &d), ERR_submission_approved);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM submission_value"), 2 * ITEMS);
	expect_consistent(f);
}

static void recalled_in_time_and_submitted_late(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct deed d = { .w = w, .number = 10, .version = 1, .reason = "Sửa lại" };
	struct tally tally;

	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));
	assert_true(d.out.on_time);
	allowed(f, as(f, &w->entry, ON_TIME, recall, &d));
	allowed(f, as(f, &w->coordinator, TOO_LATE, except, &d));
	allowed(f, as(f, &w->entry, TOO_LATE, submit, &d));
	assert_false(d.out.on_time);
	tally = tally_now(f, w);
	assert_int_equal(tally.submitted, 1);
	assert_int_equal(tally.on_time, 0);
	assert_int_equal(tally.late, 1);
	expect_consistent(f);
}

static void returned_figures_leave_the_level(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct cell_mark mark = { w->indicators[0], "Kiểm tra lại" };
	struct deed d = { .w = w, .number = 10, .version = 1, .marks = &mark, .mark_count = 1 };
	struct tally tally;

	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));
	refused(f, as(f, &w->approver, ON_TIME, give_back, &d), ERR_return_reason_required);
	d.reason = "Chưa khớp";
	refused(f, as(f, &w->coordinator, ON_TIME, give_back, &d), ERR_submission_not_approved);
	allowed(f, as(f, &w->approver, ON_TIME, approve, &d));
	refused(f, as(f, &w->approver, ON_TIME, give_back, &d), ERR_submission_approved);
	allowed(f, as(f, &w->coordinator, ON_TIME, receive, &d));
	mark.indicator_id = 1;
	refused(f, as(f, &w->coordinator, ON_TIME, give_back, &d), ERR_indicator_not_in_form);
	expect_level(f, w, BASIS_APPROVED, 1, 10);
	mark.indicator_id = w->indicators[0];
	allowed(f, as(f, &w->coordinator, ON_TIME, give_back, &d));
	assert_int_equal(d.out.state, SUBMISSION_RETURNED);
	assert_string_equal(d.out.return_reason, "Chưa khớp");
	expect_level(f, w, BASIS_PROVISIONAL, 0, 0);
	expect_level(f, w, BASIS_APPROVED, 0, 0);
	tally = tally_now(f, w);
	assert_int_equal(tally.returned, 1);
	assert_int_equal(tally.received, 0);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM submission_mark WHERE version = 1"), 1);

	/* What was returned is not late for coming again after the deadline; the lock holds all the same. */
	d.reason = NULL;
	refused(f, as(f, &w->entry, TOO_LATE, submit, &d), ERR_period_locked);
	allowed(f, as(f, &w->coordinator, TOO_LATE, except, &d));
	allowed(f, as(f, &w->entry, TOO_LATE, submit, &d));
	assert_true(d.out.on_time);
	assert_null(d.out.return_reason);
	expect_consistent(f);
}

static void the_lock_and_its_exception(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct deed d = { .w = w, .number = 10, .version = 1, .reason = "Mạng hỏng" };

	refused(f, as(f, &w->entry, TOO_LATE, submit, &d), ERR_period_locked);
	assert_string_equal(f->err.args[0], "16/5/2026");
	refused(f, as(f, &w->approver, TOO_LATE, except, &d), ERR_forbidden);
	allowed(f, as(f, &w->coordinator, TOO_LATE, except, &d));
	allowed(f, as(f, &w->entry, "2026-05-19T23:59:59+07:00", submit, &d));
	assert_false(d.out.on_time);
	assert_int_equal(tally_now(f, w).late, 1);
	allowed(f, as(f, &w->approver, "2026-05-20T08:00:00+07:00", approve, &d));

	/* An exception for what is approved gives it back to the unit. */
	d.commune = 1;
	refused(f, as(f, &w->stranger, "2026-05-20T08:00:00+07:00", submit, &d), ERR_period_locked);
	d.commune = 0;
	allowed(f, as(f, &w->coordinator, TOO_LATE, except, &d));
	assert_int_equal(submission_now(f, w->assignment_id, w->may, w->communes[0].id).state, SUBMISSION_RETURNED);
	expect_level(f, w, BASIS_APPROVED, 0, 0);
	expect_consistent(f);
}

static void a_closed_period_stands(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct deed d = { .w = w, .number = 10, .version = 1, .reason = "x" };
	struct submission own;
	const struct report *report;
	struct cell *cells = NULL;
	struct call *c;

	for (d.commune = 0; d.commune < 3; d.commune++) {
		allowed(f, as(f, NULL, ON_TIME, submit, &d));
		if (d.commune < 2)
			allowed(f, as(f, NULL, ON_TIME, approve, &d));
	}
	d.commune = 2;
	allowed(f, as(f, &w->coordinator, TOO_LATE, close_period, &d));
	refused(f, as(f, NULL, TOO_LATE, approve, &d), ERR_period_closed);
	refused(f, as(f, NULL, TOO_LATE, give_back, &d), ERR_period_closed);
	d.commune = 3;
	refused(f, as(f, NULL, TOO_LATE, submit, &d), ERR_period_closed);

	/* The province's own draft has what was approved: two times 1.0, 2 of 8, and no count of yes. */
	own = submission_now(f, w->central_id, w->may, w->province.id);
	assert_int_equal(own.state, SUBMISSION_DRAFT);
	c = room_read(f);
	allowed(f, report_get(c, w->report_id, &report) && submission_working_cells(c, &own, report, &cells));
	assert_true(cells[0].present);
	assert_int_equal(cells[0].number, 20);
	assert_int_equal(cells[1].numerator, 2);
	assert_int_equal(cells[1].denominator, 8);
	assert_int_equal(cells[1].number, 2500);
	assert_false(cells[2].present);
	store_release(f->store, c);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM submission_draft WHERE rolled_up = 1"), 2);
	expect_consistent(f);
}

struct draft_deed {
	struct world *w;
	struct cell_change changes[3];
	size_t count;
	struct draft_result out;
};

static bool save(struct call *c, void *arg)
{
	struct draft_deed *d = arg;
	struct deed which = { .w = d->w };

	return submission_save_draft(c, of(c, &which).id, d->changes, d->count, &d->out);
}

static void drafts_of_two_people(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct draft_deed d = { .w = w, .count = 2 };
	struct deed s = { .w = w, .from_draft = true, .version = 1 };

	d.changes[0].cell = (struct cell){ .indicator_id = w->indicators[0], .present = true, .number = 50 };
	d.changes[1].cell = (struct cell){ .indicator_id = w->indicators[1], .present = true, .numerator = 5,
					   .denominator = 4 };
	allowed(f, as(f, &w->entry, ON_TIME, save, &d));
	assert_int_equal(d.out.outcomes[0].kind, DRAFT_SAVED);
	assert_int_equal(d.out.outcomes[0].revision, 1);
	assert_int_equal(d.out.outcomes[1].kind, DRAFT_INVALID);
	assert_int_equal(d.out.outcomes[1].invalid.code, ERR_numerator_exceeds);

	/* The second person saw the cell empty: both figures are shown; the same figure is no conflict. */
	d.count = 1;
	d.changes[0].cell.number = 60;
	allowed(f, as(f, &w->entry2, ON_TIME, save, &d));
	assert_int_equal(d.out.outcomes[0].kind, DRAFT_CONFLICT);
	assert_int_equal(d.out.outcomes[0].cell.number, 50);
	assert_int_equal(d.out.outcomes[0].by, 101);
	d.changes[0].cell.number = 50;
	allowed(f, as(f, &w->entry2, ON_TIME, save, &d));
	assert_int_equal(d.out.outcomes[0].kind, DRAFT_SAVED);
	d.changes[0].cell.number = 60;
	d.changes[0].base_revision = 1;
	allowed(f, as(f, &w->entry2, ON_TIME, save, &d));
	assert_int_equal(d.out.outcomes[0].revision, 2);

	/* Twice in one request, and an indicator of no form. */
	d.count = 3;
	d.changes[0].base_revision = -1;
	d.changes[1] = d.changes[0];
	d.changes[2].cell.indicator_id = 1;
	allowed(f, as(f, &w->entry, ON_TIME, save, &d));
	assert_int_equal(d.out.outcomes[1].invalid.code, ERR_cell_twice);
	assert_int_equal(d.out.outcomes[2].invalid.code, ERR_indicator_not_in_form);

	/* The draft is not complete; then it is, and gone once it is submitted. */
	refused(f, as(f, &w->entry, ON_TIME, submit, &s), ERR_submission_invalid);
	assert_int_equal(f->err.detail_count, 1);
	assert_string_equal(f->err.details[0].field, "cells/A2/numerator");
	d.count = 1;
	d.changes[0].cell = (struct cell){ .indicator_id = w->indicators[1], .nil = true, .note = "Không có" };
	allowed(f, as(f, &w->entry, ON_TIME, save, &d));
	allowed(f, as(f, &w->entry, ON_TIME, submit, &s));
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM submission_draft"), 0);
	expect_level(f, w, BASIS_PROVISIONAL, 1, 60);
	refused(f, as(f, &w->entry, ON_TIME, save, &d), ERR_submission_submitted);

	/* Taken back, the cells go on from the version; who saw the cell before it is told. */
	allowed(f, as(f, &w->entry, ON_TIME, recall, &s));
	d.changes[0] = (struct cell_change){
		.cell = { .indicator_id = w->indicators[0], .present = true, .number = 70 }, .base_revision = 2
	};
	allowed(f, as(f, &w->entry, ON_TIME, save, &d));
	assert_int_equal(d.out.outcomes[0].kind, DRAFT_CONFLICT);
	assert_int_equal(d.out.outcomes[0].cell.number, 60);
	d.changes[0].base_revision = d.out.outcomes[0].revision;
	allowed(f, as(f, &w->entry, ON_TIME, save, &d));
	assert_int_equal(d.out.outcomes[0].kind, DRAFT_SAVED);
	assert_int_equal(d.out.outcomes[0].revision, CELL_REVISIONS + 1);
	allowed(f, as(f, &w->entry, ON_TIME, submit, &s));
	assert_int_equal(s.out.version, 2);
	expect_level(f, w, BASIS_PROVISIONAL, 1, 70);
	/* Both who typed a cell are among the authors, whoever submitted. */
	s.version = 2;
	w->entry2.grant.role = ROLE_APPROVER;
	refused(f, as(f, &w->entry2, ON_TIME, approve, &s), ERR_same_person);
	expect_consistent(f);
}

static void nothing_to_report(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct deed d = { .w = w, .nil = true, .version = 1 };

	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));
	assert_true(d.out.nil);
	assert_int_equal(tally_now(f, w).nil, 1);
	expect_level(f, w, BASIS_PROVISIONAL, 1, 0);
	expect_consistent(f);
}

static void rights_and_stale_writes(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct deed d = { .w = w, .number = 1, .version = 1, .reason = "x" };
	struct submission before = submission_now(f, w->assignment_id, w->may, w->communes[0].id);

	refused(f, as(f, &w->approver, ON_TIME, submit, &d), ERR_forbidden);
	refused(f, as(f, &w->coordinator, ON_TIME, submit, &d), ERR_forbidden);
	assert_false(as(f, &w->stranger, ON_TIME, submit, &d));
	assert_true(f->err.code == ERR_forbidden || f->err.code == ERR_not_found);
	d.revision = before.revision + 1;
	refused(f, as(f, &w->entry, ON_TIME, submit, &d), ERR_stale_version);
	d.revision = before.revision;
	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));
	refused(f, as(f, &w->approver, ON_TIME, approve, &d), ERR_stale_version);
	d.revision = d.out.revision;
	refused(f, as(f, &w->entry, ON_TIME, approve, &d), ERR_forbidden);
	refused(f, as(f, &w->coordinator, ON_TIME, approve, &d), ERR_forbidden);
	allowed(f, as(f, &w->approver, ON_TIME, approve, &d));
	d.revision = 0;
	refused(f, as(f, &w->approver, ON_TIME, receive, &d), ERR_forbidden);
	assert_false(as(f, &w->stranger, ON_TIME, recall, &d));
	expect_consistent(f);
}

struct bulk_deed {
	struct world *w;
	enum bulk_action action;
	struct submission_step steps[COMMUNES];
	struct bulk_outcome *out;
};

static bool bulk(struct call *c, void *arg)
{
	struct bulk_deed *b = arg;

	for (size_t i = 0; i < COMMUNES; i++) {
		struct deed d = { .w = b->w, .commune = i };
		b->steps[i] = (struct submission_step){ .submission_id = of(c, &d).id, .revision = -1, .version = 1,
							.reason = "Sai" };
	}
	return submission_bulk(c, b->action, b->steps, COMMUNES, &b->out);
}

static void bulk_tells_each_refusal(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct bulk_deed b = { .w = w, .action = BULK_RECEIVE };
	struct deed d = { .w = w, .number = 10, .version = 1 };

	for (d.commune = 0; d.commune < 3; d.commune++) {
		allowed(f, as(f, NULL, ON_TIME, submit, &d));
		if (d.commune != 1)
			allowed(f, as(f, NULL, ON_TIME, approve, &d));
	}
	allowed(f, as(f, &w->coordinator, ON_TIME, bulk, &b));
	assert_true(b.out[0].done);
	assert_false(b.out[1].done);
	assert_int_equal(b.out[1].err->code, ERR_submission_not_approved);
	assert_true(b.out[2].done);
	assert_int_equal(b.out[3].err->code, ERR_version_superseded);
	assert_int_equal(tally_now(f, w).received, 2);
	b.action = BULK_RETURN;
	allowed(f, as(f, &w->coordinator, ON_TIME, bulk, &b));
	assert_true(b.out[0].done);
	assert_false(b.out[1].done);
	assert_int_equal(tally_now(f, w).returned, 2);
	b.action = BULK_APPROVE;
	allowed(f, as(f, &w->stranger, ON_TIME, bulk, &b));
	for (size_t i = 0; i < COMMUNES; i++)
		assert_false(b.out[i].done);
	expect_consistent(f);
}

static struct call *reading_as(struct fixture *f, struct person *who, const char *when)
{
	struct call *c = room_read(f);

	c->now = at(when);
	who->actor.grants = &who->grant;
	c->actor = &who->actor;
	c->address = "127.0.0.1";
	return c;
}

static void reading_ends(struct fixture *f, struct call *c)
{
	c->actor = NULL;
	c->address = NULL;
	store_release(f->store, c);
}

static void drafts_stay_in_the_unit(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct draft_deed draft = { .w = w, .count = 1 };
	struct deed d = { .w = w, .number = 10, .version = 1 };
	struct matrix_query query = { .assignment_id = w->assignment_id, .period = w->may, .periods = 2 };
	struct matrix matrix;
	struct grid grid;
	struct call *c;
	id submission_id = submission_now(f, w->assignment_id, w->may, w->communes[0].id).id;

	draft.changes[0].cell = (struct cell){ .indicator_id = w->indicators[0], .present = true, .number = 50 };
	allowed(f, as(f, &w->entry, ON_TIME, save, &draft));

	c = reading_as(f, &w->entry, ON_TIME);
	allowed(f, grid_load(c, submission_id, &grid));
	assert_true(grid.working.cells[0].present);
	assert_true(grid.may.enter && grid.may.submit);
	assert_false(grid.may.approve || grid.may.receive || grid.may.give_back || grid.may.recall);
	reading_ends(f, c);

	c = reading_as(f, &w->coordinator, ON_TIME);
	allowed(f, grid_load(c, submission_id, &grid));
	assert_false(grid.working.cells[0].present);
	assert_false(grid.may.enter);
	allowed(f, matrix_load(c, &query, &matrix));
	assert_int_equal(matrix.row_count, COMMUNES);
	reading_ends(f, c);

	c = reading_as(f, &w->stranger, ON_TIME);
	assert_false(grid_load(c, submission_id, &grid));
	error_clear(c->err);
	assert_false(matrix_load(c, &query, &matrix));
	reading_ends(f, c);

	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));
	c = reading_as(f, &w->coordinator, ON_TIME);
	allowed(f, grid_load(c, submission_id, &grid));
	assert_int_equal(grid.working.cells[0].number, 10);
	reading_ends(f, c);
}

static bool submit_in(struct call *c, void *arg)
{
	struct deed *d = arg;
	struct world past = *d->w;
	struct deed one = *d;
	bool ok;

	past.may = d->version; /* the period, for this helper */
	one.w = &past;
	one.version = 0;
	ok = submit(c, &one);
	d->out = one.out;
	return ok;
}

static void the_matrix_compares(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct deed april = { .w = w, .number = 100, .version = w->april };
	struct deed d = { .w = w, .number = 100, .version = 1 };
	struct matrix_query query = { .assignment_id = w->assignment_id, .periods = 2 };
	const struct matrix_row *row = NULL;
	struct matrix matrix;
	struct call *c;

	allowed(f, as(f, NULL, "2026-04-10T08:00:00+07:00", submit_in, &april));
	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));
	allowed(f, as(f, &w->entry, ON_TIME, recall, &d));
	d.number = 120;
	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));

	c = reading_as(f, &w->coordinator, ON_TIME);
	allowed(f, matrix_load(c, &query, &matrix));
	assert_int_equal(matrix.ap.period, w->may);
	assert_int_equal(matrix.period_count, 2);
	assert_int_equal(matrix.periods[0], w->april);
	for (size_t i = 0; i < matrix.row_count; i++)
		if (matrix.rows[i].unit.id == w->communes[0].id)
			row = &matrix.rows[i];
	assert_non_null(row);
	assert_int_equal(row->states[0]->state, SUBMISSION_SUBMITTED);
	assert_int_equal(row->cells[0].cell.number, 120);
	assert_true(row->cells[0].has_change);
	assert_int_equal(row->cells[0].change, 20);
	assert_true(row->cells[0].changed);
	assert_false(row->cells[1].changed);
	assert_int_equal(row->cells[1].change, 0);
	assert_int_equal(matrix.provisional[0].cell.number, 120);
	assert_false(matrix.approved[0].cell.present);
	assert_int_equal(matrix.tally.submitted, 1);
	assert_true(matrix.own_submission_id > 0);
	assert_true(matrix.may_receive);

	query.by_state = true;
	query.state = SUBMISSION_DRAFT;
	allowed(f, matrix_load(c, &query, &matrix));
	assert_int_equal(matrix.row_count, COMMUNES - 1);
	query.by_state = false;
	query.q = "không có đơn vị nào";
	allowed(f, matrix_load(c, &query, &matrix));
	assert_int_equal(matrix.row_count, 0);
	reading_ends(f, c);
}

static bool copy_last(struct call *c, void *arg)
{
	struct deed *d = arg;
	struct draft_result result;
	size_t count;

	if (!draft_copy_last(c, of(c, d).id, &result, &count))
		return false;
	d->number = (int64_t)count;
	return true;
}

static void last_period_is_copied(void **state)
{
	struct fixture *f = fixture_of(state);
	struct world *w = world_new(f);
	struct deed april = { .w = w, .number = 100, .version = w->april };
	struct deed d = { .w = w, .from_draft = true };
	struct draft_deed draft = { .w = w, .count = 1 };

	refused(f, as(f, &w->entry, ON_TIME, copy_last, &d), ERR_nothing_to_copy);
	allowed(f, as(f, NULL, "2026-04-10T08:00:00+07:00", submit_in, &april));
	draft.changes[0].cell = (struct cell){ .indicator_id = w->indicators[0], .present = true, .number = 7 };
	allowed(f, as(f, &w->entry, ON_TIME, save, &draft));
	allowed(f, as(f, &w->entry, ON_TIME, copy_last, &d));
	assert_int_equal(d.number, 3); /* what was typed already stays */
	allowed(f, as(f, &w->entry, ON_TIME, submit, &d));
	expect_level(f, w, BASIS_PROVISIONAL, 1, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_ON_BOTH(from_entry_to_receipt),
		ROOM_ON_BOTH(nobody_approves_what_they_entered),
		ROOM_ON_BOTH(recalled_figures_leave_the_level),
		ROOM_ON_BOTH(recalled_in_time_and_submitted_late),
		ROOM_ON_BOTH(returned_figures_leave_the_level),
		ROOM_ON_BOTH(the_lock_and_its_exception),
		ROOM_ON_BOTH(a_closed_period_stands),
		ROOM_ON_BOTH(drafts_of_two_people),
		ROOM_ON_BOTH(nothing_to_report),
		ROOM_ON_BOTH(rights_and_stale_writes),
		ROOM_ON_BOTH(bulk_tells_each_refusal),
		ROOM_ON_BOTH(drafts_stay_in_the_unit),
		ROOM_ON_BOTH(the_matrix_compares),
		ROOM_ON_BOTH(last_period_is_copied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
