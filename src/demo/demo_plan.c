#include "demo/demo_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "demo/demo_figures.h"

enum { MINUTE_MS = 60000, HOUR_MS = 60 * MINUTE_MS, PER_MILLE = 1000 };
enum { EVIDENCE_YEAR = 2026, EVIDENCE_MONTH = 3 };

/* A month being planned: the unit at hand, and where its acts go. */
struct planning {
	struct demo_plan *plan;
	struct demo_member *member;
	period month;
	bool to_centre;
	bool outlier;
};

static instant moment(period month, int day, int hour, int minute)
{
	struct civil_date date = { period_year(month), period_number(month), day };

	return civil_start(date) + hour * (instant)HOUR_MS + minute * (instant)MINUTE_MS;
}

static struct demo_act *add(struct planning *p, instant at, enum demo_deed deed)
{
	struct demo_act *act = &p->plan->acts[p->plan->count];

	*act = (struct demo_act){
		.at = at,
		.order = p->plan->count++,
		.deed = deed,
		.member = p->member,
		.to_centre = p->to_centre,
		.outlier = p->outlier,
	};
	return act;
}

/* A number from 0 to count - 1 that belongs to the unit, the month and what is asked. */
static int pick(const struct planning *p, const char *about, int count)
{
	return demo_pick(p->member->unit.code, about, p->month, count);
}

/* A moment of a working day, to the second. */
static instant office_hour(const struct planning *p, const char *about, int day, int from, int to)
{
	int minutes = (to - from) * 60;

	return moment(p->month, day, from, pick(p, about, minutes)) + pick(p, "second", 60) * INT64_C(1000);
}

/* Most come towards the end. */
static instant submit_time(const struct planning *p, int deadline_day)
{
	int way = pick(p, "day", 100);

	if (way < 30)
		return office_hour(p, "hour", deadline_day, 8, 19);
	if (way < 55)
		return office_hour(p, "hour", deadline_day - 1, 8, 17);
	return office_hour(p, "hour", deadline_day - 2 - pick(p, "early", 7), 8, 17);
}

static instant no_later(instant at, instant end)
{
	return at < end ? at : end;
}

/* Files cost the disk a moment each: the last months have them. */
static void with_evidence(struct planning *p, instant at)
{
	if (period_year(p->month) >= EVIDENCE_YEAR && period_number(p->month) >= EVIDENCE_MONTH &&
	    pick(p, "evidence", 8) == 0)
		add(p, at - 5 * (instant)MINUTE_MS, DEMO_EVIDENCE);
}

/* Submitted, perhaps sent back by the unit's own approver, approved by `end`. */
static void plan_approval(struct planning *p, instant submitted, instant end)
{
	instant approved = submitted + (40 + pick(p, "wait", 300)) * (instant)MINUTE_MS;

	with_evidence(p, submitted);
	add(p, submitted, DEMO_SUBMIT);
	if (pick(p, "second look", 25) == 0 && approved + 3 * (instant)HOUR_MS < end) {
		p->outlier = false;
		add(p, submitted + 20 * (instant)MINUTE_MS, DEMO_RETURN_OWN);
		add(p, submitted + 90 * (instant)MINUTE_MS, DEMO_SUBMIT)->again = true;
		approved += 2 * (instant)HOUR_MS;
	}
	add(p, no_later(approved, end), DEMO_APPROVE);
}

/* A department or commune in a month that is over. */
static void plan_unit_past(struct planning *p)
{
	int luck = pick(p, "luck", PER_MILLE);
	instant deadline = moment(p->month, 17, 0, 0), close = moment(p->month, 18, 10, 0);
	instant received = moment(p->month, 17, 16, 0) + pick(p, "receive", 60) * (instant)MINUTE_MS;

	p->member->missing = luck < 8;
	if (p->member->missing)
		return;
	if (luck < 45) {
		plan_approval(p, office_hour(p, "hour", 17, 8, 19), close - HOUR_MS);
		add(p, close - HOUR_MS / 2, DEMO_RECEIVE);
		return;
	}
	plan_approval(p, submit_time(p, 16), deadline - MINUTE_MS);
	if (pick(p, "from above", 40) == 0) {
		add(p, moment(p->month, 17, 8, 30), DEMO_RETURN_ABOVE);
		add(p, moment(p->month, 17, 10, 15), DEMO_SUBMIT)->again = true;
		add(p, moment(p->month, 17, 14, 0), DEMO_APPROVE);
	}
	add(p, received, DEMO_RECEIVE);
}

/* How far a unit has come by the evening at which the story stands still. */
enum progress { BEGUN_NOT, DRAFTED, SUBMITTED, RETURNED_OWN, RETURNED_ABOVE, APPROVED, RECEIVED };

static enum progress progress_of(const struct planning *p, size_t place, size_t of)
{
	static const enum progress few[] = {
		DRAFTED, SUBMITTED, APPROVED, RECEIVED, BEGUN_NOT, RETURNED_ABOVE,
	};
	static const struct {
		int below;
		enum progress progress;
	} many[] = {
		{ 70, BEGUN_NOT },       { 170, DRAFTED },  { 290, SUBMITTED }, { 310, RETURNED_OWN },
		{ 330, RETURNED_ABOVE }, { 640, APPROVED }, { PER_MILLE, RECEIVED },
	};
	int luck = pick(p, "luck", PER_MILLE);

	/* Those whose accounts are named have something to do. */
	if (strcmp(p->member->unit.code, DEMO_COMMUNE) == 0)
		return DRAFTED;
	if (strcmp(p->member->unit.code, DEMO_DEPARTMENT) == 0)
		return SUBMITTED;
	if (of <= sizeof(few) / sizeof(few[0]))
		return few[place % (sizeof(few) / sizeof(few[0]))];
	for (size_t i = 0; i < sizeof(many) / sizeof(many[0]); i++)
		if (luck < many[i].below)
			return many[i].progress;
	return RECEIVED;
}

/* A department or commune in the month in progress: all before the evening of the 16th. */
static void plan_unit_now(struct planning *p, size_t place, size_t of)
{
	enum progress progress = progress_of(p, place, of);
	instant submitted = office_hour(p, "hour", 15 - pick(p, "day", 7), 8, 16);
	instant approved = submitted + (40 + pick(p, "wait", 300)) * (instant)MINUTE_MS;
	instant noon = moment(p->month, 16, 12, 0) + pick(p, "receive", 150) * (instant)MINUTE_MS;

	p->outlier = pick(p, "slip", 24) == 0;
	if (progress == BEGUN_NOT)
		return;
	if (progress == DRAFTED) {
		add(p, office_hour(p, "hour", 16, 9, 18), DEMO_DRAFT);
		return;
	}
	if (progress == SUBMITTED)
		submitted = office_hour(p, "hour", 16, 13, 19);
	with_evidence(p, submitted);
	add(p, submitted, DEMO_SUBMIT);
	if (progress == RETURNED_OWN)
		add(p, approved, DEMO_RETURN_OWN);
	if (progress >= RETURNED_ABOVE)
		add(p, approved, DEMO_APPROVE);
	if (progress == RETURNED_ABOVE)
		add(p, noon, DEMO_RETURN_ABOVE);
	if (progress == RECEIVED)
		add(p, noon, DEMO_RECEIVE);
}

/* A province whose story is its own figures alone, in a month that is over. */
static void plan_province_past(struct planning *p)
{
	int luck = pick(p, "luck", PER_MILLE);
	instant deadline = moment(p->month, 19, 0, 0), end = moment(p->month, 21, 0, 0);

	p->member->missing = luck < 10;
	if (p->member->missing)
		return;
	if (luck < 60)
		plan_approval(p, office_hour(p, "hour", 19, 8, 19), end);
	else
		plan_approval(p, submit_time(p, 18), deadline - MINUTE_MS);
	add(p, moment(p->month, 21, 9, pick(p, "receive", 300)), DEMO_RECEIVE);
}

static void plan_province_now(struct planning *p)
{
	int luck = pick(p, "luck", 100);
	instant submitted = office_hour(p, "hour", 15 - pick(p, "day", 3), 8, 16);

	if (luck >= 65)
		return;
	if (luck >= 42) {
		add(p, office_hour(p, "hour", 16, 9, 18), DEMO_DRAFT);
		return;
	}
	add(p, submitted, DEMO_SUBMIT);
	if (luck < 30)
		add(p, submitted + (60 + pick(p, "wait", 240)) * (instant)MINUTE_MS, DEMO_APPROVE);
	if (luck < 14)
		add(p, moment(p->month, 16, 14, pick(p, "receive", 120)), DEMO_RECEIVE);
}

/* The province whose units' figures are in the store: closed, its roll-up completed, handed up. */
static void plan_full_province(struct planning *p)
{
	p->member->missing = false;
	add(p, moment(p->month, 18, 10, 0), DEMO_CLOSE_PROVINCE);
	add(p, moment(p->month, 18, 13, 30), DEMO_FILL_PROVINCE);
	add(p, moment(p->month, 18, 14, pick(p, "minute", 59)), DEMO_SUBMIT)->again = true;
	add(p, moment(p->month, 18, 16, pick(p, "minute", 59)), DEMO_APPROVE);
	add(p, moment(p->month, 20, 9, pick(p, "minute", 59)), DEMO_RECEIVE);
}

static int by_time(const void *a, const void *b)
{
	const struct demo_act *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

void demo_plan_month(struct demo_story *story, period month, struct arena *mem, struct demo_plan *out)
{
	size_t units = story->units.count, provinces = story->provinces.count;
	size_t most = (units + provinces + 1) * DEMO_ACTS_MAX;
	struct planning p = { .plan = out, .month = month };
	bool past = moment(month, 25, 0, 0) < story->now;

	*out = (struct demo_plan){ ARENA_ARRAY(mem, struct demo_act, most), 0 };
	add(&p, moment(month, 1, 0, 5), DEMO_OPEN_CENTRE);
	add(&p, moment(month, 1, 0, 10), DEMO_OPEN_PROVINCE);
	for (size_t i = 0; i < units; i++) {
		p.member = &story->units.at[i];
		p.outlier = false;
		if (past)
			plan_unit_past(&p);
		else
			plan_unit_now(&p, i, units);
	}
	p.to_centre = true;
	p.outlier = false;
	for (size_t i = 0; i < provinces; i++) {
		p.member = &story->provinces.at[i];
		if (past && i == 0)
			plan_full_province(&p);
		else if (past)
			plan_province_past(&p);
		else if (i > 0)
			plan_province_now(&p);
	}
	p.member = NULL;
	add(&p, moment(month, 25, 10, 0), DEMO_CLOSE_CENTRE);
	qsort(out->acts, out->count, sizeof(*out->acts), by_time);
	while (out->count && out->acts[out->count - 1].at > story->now)
		out->count--;
}
