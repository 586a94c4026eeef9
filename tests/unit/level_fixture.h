#ifndef LEVEL_FIXTURE_H
#define LEVEL_FIXTURE_H

/*
 * A small country: the centre assigns a form to province 66, which passes it on to
 * three communes; May 2026 is open on both levels. The form has one indicator per rule of roll-up.
 */

#include "room_fixture.h"

#include "assignment/assignment.h"
#include "indicator/indicator.h"
#include "rollup/rollup.h"
#include "submission/submission.h"
#include "unit/unit.h"

enum { LEVEL_UNITS = 3, LEVEL_ITEMS = 7, LEVEL_NIL = -999999 };
enum { ITEM_SUM, ITEM_RATIO, ITEM_MAX, ITEM_MIN, ITEM_LAST, ITEM_AVERAGE, ITEM_YES };

struct level {
	struct fixture *f;
	id indicators[LEVEL_ITEMS];
	id report, centre, province, centre_assignment, assignment;
	id units[LEVEL_UNITS];
	id province_unit;
	period period;
};

static inline bool level_form(struct call *c, struct level *level)
{
	static const struct {
		const char *code;
		enum value_type type;
		enum aggregation aggregation;
	} rows[LEVEL_ITEMS] = {
		{ "SUM", VALUE_NUMBER, AGGREGATION_SUM },   { "RATIO", VALUE_PERCENTAGE, AGGREGATION_RATIO },
		{ "MAX", VALUE_NUMBER, AGGREGATION_MAX },   { "MIN", VALUE_NUMBER, AGGREGATION_MIN },
		{ "LAST", VALUE_NUMBER, AGGREGATION_LAST }, { "AVERAGE", VALUE_NUMBER, AGGREGATION_AVERAGE },
		{ "YES", VALUE_YES_NO, AGGREGATION_COUNT_YES },
	};
	struct report_draft draft = {
		.code = "FORM",
		.title = "Form",
		.frequency = FREQUENCY_MONTH,
		.owner_unit_id = level->centre,
		.indicator_ids = level->indicators,
		.item_count = LEVEL_ITEMS,
	};

	for (int i = 0; i < LEVEL_ITEMS; i++) {
		struct indicator definition = {
			.code = rows[i].code,
			.name = rows[i].code,
			.group = "group",
			.unit_of_measure = "x",
			.type = rows[i].type,
			.frequency = FREQUENCY_MONTH,
			.aggregation = rows[i].aggregation,
			.decimals = rows[i].type == VALUE_YES_NO ? 0 : 2,
			.factor = rows[i].type == VALUE_PERCENTAGE ? 100 : 1,
			.levels = LEVEL_ALL,
			.owner_unit_id = level->centre,
		};

		if (!indicator_create(c, &definition, &level->indicators[i]))
			return false;
	}
	return report_create(c, &draft, &level->report);
}

static inline bool level_make(struct call *c, void *arg)
{
	static const char *const codes[LEVEL_UNITS] = { "22015", "22045", "22051" };
	struct level *level = arg;
	struct unit unit;
	struct assignment_draft draft = { .rule = { .day = 18 }, .unit_count = 1,
						    .unit_ids = &level->province };

	period_parse("2026-05", &level->period);
	if (!unit_import_official(c) || !unit_by_code(c, "TW", NULL, &unit))
		return false;
	level->centre = unit.id;
	if (!unit_by_code(c, "66", NULL, &unit))
		return false;
	level->province = unit.id;
	for (int i = 0; i < LEVEL_UNITS; i++) {
		if (!unit_by_code(c, codes[i], NULL, &unit))
			return false;
		level->units[i] = unit.id;
	}
	if (!level_form(c, level))
		return false;
	draft.report_id = level->report;
	draft.first = level->period;
	draft.from_unit_id = level->centre;
	if (!assignment_create(c, &draft, &level->centre_assignment))
		return false;
	draft.from_unit_id = level->province;
	draft.parent_id = level->centre_assignment;
	draft.rule.day = 16;
	draft.unit_ids = level->units;
	draft.unit_count = LEVEL_UNITS;
	return assignment_create(c, &draft, &level->assignment) &&
	       assignment_open(c, level->centre_assignment, level->period) &&
	       assignment_open(c, level->assignment, level->period);
}

static inline void level_new(struct level *level, struct fixture *f)
{
	*level = (struct level){ .f = f };
	writer_batch_set(f->store, &rollup_batch);
	room_write(f, level_make, level);
}

/* One act on the submission of the n-th unit. */
struct level_act {
	struct level *level;
	int unit;
	enum { ACT_SUBMIT, ACT_APPROVE, ACT_RECEIVE, ACT_RETURN, ACT_RECALL } act;
	int64_t values[LEVEL_ITEMS]; /* scaled, or LEVEL_NIL. RATIO: the numerator of a hundred */
	bool flush, fail;            /* write the roll-up early; then fail */
};

static inline bool level_submit(struct call *c, const struct level_act *act, const struct submission *s)
{
	struct cell cells[LEVEL_ITEMS] = { 0 };
	struct submission_entry entry = { .submission_id = s->id, .revision = -1, .cells = cells };
	struct submission out;

	if (!report_get(c, act->level->report, &entry.report))
		return false;
	for (int i = 0; i < LEVEL_ITEMS; i++) {
		cells[i].indicator_id = act->level->indicators[i];
		cells[i].nil = act->values[i] == LEVEL_NIL;
		cells[i].present = !cells[i].nil;
		if (cells[i].nil)
			continue;
		if (i == ITEM_RATIO) {
			cells[i].numerator = act->values[i];
			cells[i].denominator = 100;
		} else {
			cells[i].number = act->values[i];
		}
	}
	return submission_submit(c, &entry, &out);
}

static inline bool level_carry_out(struct call *c, void *arg)
{
	const struct level_act *act = arg;
	struct submission s, out;
	struct submission_step step = { .revision = -1, .reason = "reason" };
	bool found, ok;

	if (!submission_find(c, act->level->assignment, act->level->period, act->level->units[act->unit],
			     &found, &s) ||
	    !found)
		return false;
	step.submission_id = s.id;
	step.version = s.version;
	switch (act->act) {
	case ACT_SUBMIT:
		ok = level_submit(c, act, &s);
		break;
	case ACT_APPROVE:
		ok = submission_approve(c, &step, &out);
		break;
	case ACT_RECEIVE:
		ok = submission_receive(c, &step, &out);
		break;
	case ACT_RETURN:
		ok = submission_return(c, &step, &out);
		break;
	default:
		ok = submission_recall(c, &step, &out);
	}
	if (ok && act->flush)
		ok = rollup_flush(c);
	return ok && (!act->fail || error_set(c->err, ERR_conflict, NULL, NULL));
}

static inline void level_do(struct level *level, struct level_act act)
{
	act.level = level;
	room_write(level->f, level_carry_out, &act);
}

/* The roll-up's figure of one item; false when there is none. */
static inline bool level_figure(struct level *level, enum basis basis, int item, struct cell *out)
{
	struct call *c = room_read(level->f);
	struct assignment assignment;
	const struct report *report;
	struct rollup *sums;
	bool there;

	assert_true(assignment_get(c, level->assignment, &assignment));
	assert_true(report_get(c, level->report, &report));
	assert_true(rollup_read(c,
				&(struct rollup_key){ assignment.province_id, assignment.id, level->period },
				report, basis, &sums));
	there = rollup_figure(report->items[item].indicator, &sums[item], out);
	store_release(level->f->store, c);
	return there;
}

static inline struct tally level_tally(struct level *level)
{
	struct call *c = room_read(level->f);
	struct assignment assignment;
	struct tally tally;

	assert_true(assignment_get(c, level->assignment, &assignment));
	assert_true(rollup_tally_read(
		c, &(struct rollup_key){ assignment.province_id, assignment.id, level->period }, &tally));
	store_release(level->f->store, c);
	return tally;
}

static inline void level_print(void *arg, const char *line)
{
	(void)arg;
	print_message("%s\n", line);
}

static inline size_t level_differences(struct level *level)
{
	struct call *c = room_read(level->f);
	size_t differences;

	if (!rollup_check(c, level_print, NULL, &differences))
		fixture_fail(c->err);
	store_release(level->f->store, c);
	return differences;
}

#endif
