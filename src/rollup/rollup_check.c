#include <stdlib.h>

#include "assignment/assignment.h"
#include "base/arena.h"
#include "base/error.h"
#include "rollup/rollup_rules.h"
#include "rollup/rollup_store.h"
#include "submission/submission.h"
#include "unit/unit.h"

enum { SCRATCH_MAX = 256 << 20 };

/* One assignment's period, worked out anew. */
struct sums {
	const struct report *report;
	struct rollup *of[BASIS_COUNT]; /* in the form's order */
	struct tally tally;
	bool too_large;
};

struct check {
	struct call *c; /* its mem is emptied after each key */
	void (*each)(void *arg, const char *line);
	void *arg;
	size_t *differences;
};

static bool take(struct call *c, void *arg, const struct submission *s, const struct report *report,
		 const struct cell *cells)
{
	struct sums *sums = arg;
	struct tally tally = submission_tally(s);

	(void)c;
	if (!tally_add(&sums->tally, &tally))
		sums->too_large = true;
	for (enum basis basis = BASIS_PROVISIONAL; basis < BASIS_COUNT && cells; basis++) {
		if (!submission_counts(s->state, basis))
			continue;
		for (size_t i = 0; i < report->item_count; i++) {
			const struct report_item *item = report_item_find(sums->report,
									  cells[i].indicator_id);
			struct rollup one;

			if (!item)
				continue;
			if (!rollup_of_cell(&cells[i], &one) ||
			    !rollup_add(&sums->of[basis][item - sums->report->items], &one))
				sums->too_large = true;
		}
	}
	return true;
}

/* Largest, smallest and last, in the order of submitting. */
static bool take_extremes(struct call *c, const struct rollup_key *key, struct sums *sums)
{
	for (enum basis basis = BASIS_PROVISIONAL; basis < BASIS_COUNT; basis++) {
		for (size_t i = 0; i < sums->report->item_count; i++) {
			const struct indicator *indicator = sums->report->items[i].indicator;
			struct standing_figure *figures;
			size_t count;

			if (!rollup_keeps_extremes(indicator))
				continue;
			if (!submission_values_for(c, key->assignment_id, key->period, indicator->id, basis,
						   &figures, &count))
				return false;
			for (size_t k = 0; k < count; k++)
				rollup_take_extremes(&sums->of[basis][i], &figures[k].cell);
		}
	}
	return true;
}

/* Tells one number that is not what it should be. */
static void compare(struct check *check, const char *where, const char *what, int64_t is, int64_t should)
{
	if (is == should)
		return;
	++*check->differences;
	check->each(check->arg, arena_printf(check->c->mem, "%s: %s is %lld, should be %lld", where, what,
					     (long long)is, (long long)should));
}

static void compare_sums(struct check *check, const char *where, const struct rollup *is,
			 const struct rollup *should)
{
	compare(check, where, "units", is->units, should->units);
	compare(check, where, "nil", is->nil, should->nil);
	compare(check, where, "sum", is->sum, should->sum);
	compare(check, where, "numerator", is->numerator, should->numerator);
	compare(check, where, "denominator", is->denominator, should->denominator);
	compare(check, where, "yes", is->yes, should->yes);
	if (!is->extremes && !should->extremes)
		return;
	compare(check, where, "figures with an extreme", is->extremes, should->extremes);
	compare(check, where, "max", is->max, should->max);
	compare(check, where, "min", is->min, should->min);
	compare(check, where, "last", is->last, should->last);
}

static void compare_tallies(struct check *check, const char *where, const struct tally *is,
			    const struct tally *should)
{
	compare(check, where, "assigned", is->assigned, should->assigned);
	compare(check, where, "submitted", is->submitted, should->submitted);
	compare(check, where, "on_time", is->on_time, should->on_time);
	compare(check, where, "late", is->late, should->late);
	compare(check, where, "approved", is->approved, should->approved);
	compare(check, where, "received", is->received, should->received);
	compare(check, where, "returned", is->returned, should->returned);
	compare(check, where, "nil", is->nil, should->nil);
}

static const char *name_of(struct check *check, const struct assignment *assignment,
			   const struct report *report, period p)
{
	char text[PERIOD_TEXT_MAX];
	struct unit from;

	if (!unit_by_id(check->c, assignment->from_unit_id, NULL, &from))
		return "";
	return arena_printf(check->c->mem, "%s (%s), %s, %s", from.name, from.code, report->code,
			    period_format(p, text));
}

static bool check_key(struct check *check, const struct rollup_key *key)
{
	static const char *const bases[BASIS_COUNT] = { "provisional", "approved" };
	struct call *c = check->c;
	struct assignment assignment;
	struct sums sums = { 0 };
	struct rollup *kept;
	struct tally tally;
	const char *name;

	if (!assignment_get(c, key->assignment_id, &assignment) ||
	    !report_get(c, assignment.report_id, &sums.report))
		return false;
	name = name_of(check, &assignment, sums.report, key->period);
	compare(check, name, "province", key->province_id, assignment.province_id);
	for (enum basis basis = BASIS_PROVISIONAL; basis < BASIS_COUNT; basis++)
		sums.of[basis] = ARENA_ARRAY(c->mem, struct rollup, sums.report->item_count);
	if (!submission_each(c, key->assignment_id, key->period, take, &sums) ||
	    !take_extremes(c, key, &sums) || !rollup_tally_read(c, key, &tally))
		return false;
	compare(check, name, "sums past what can be counted", sums.too_large, false);
	compare_tallies(check, name, &tally, &sums.tally);
	for (enum basis basis = BASIS_PROVISIONAL; basis < BASIS_COUNT; basis++) {
		if (!rollup_read(c, key, sums.report, basis, &kept))
			return false;
		for (size_t i = 0; i < sums.report->item_count; i++)
			compare_sums(check,
				     arena_printf(c->mem, "%s, %s (%s)", name,
						  sums.report->items[i].indicator->code, bases[basis]),
				     &kept[i], &sums.of[basis][i]);
	}
	return true;
}

static int by_key(const void *a, const void *b)
{
	const struct rollup_key *x = a, *y = b;

	if (x->assignment_id != y->assignment_id)
		return x->assignment_id < y->assignment_id ? -1 : 1;
	if (x->period != y->period)
		return x->period < y->period ? -1 : 1;
	return (x->province_id > y->province_id) - (x->province_id < y->province_id);
}

/* The keys that have rows and those that should have: every opened period of every assignment. */
static bool gather_keys(struct call *c, struct rollup_key **out, size_t *count)
{
	struct assignment_period *periods;
	struct rollup_key *kept;
	size_t kept_count, period_count;

	if (!rollup_keys(c, &kept, &kept_count) || !assignment_all_periods(c, &periods, &period_count))
		return false;
	*out = ARENA_ARRAY(c->mem, struct rollup_key, kept_count + period_count);
	for (size_t i = 0; i < kept_count; i++)
		(*out)[i] = kept[i];
	for (size_t i = 0; i < period_count; i++)
		(*out)[kept_count + i] = (struct rollup_key){ periods[i].assignment.province_id,
							      periods[i].assignment.id, periods[i].period };
	*count = kept_count + period_count;
	qsort(*out, *count, sizeof(**out), by_key);
	return true;
}

bool rollup_check(struct call *c, void (*each)(void *arg, const char *line), void *arg, size_t *differences)
{
	struct arena *mem = arena_new(SCRATCH_MAX);
	struct call inner = *c;
	struct check check = { &inner, each, arg, differences };
	struct rollup_key *keys;
	size_t count;
	bool ok;

	*differences = 0;
	inner.mem = mem;
	ok = gather_keys(c, &keys, &count);
	for (size_t i = 0; ok && i < count; i++) {
		if (i && by_key(&keys[i], &keys[i - 1]) == 0)
			continue;
		ok = check_key(&check, &keys[i]);
		arena_reset(mem);
	}
	arena_free(mem);
	return ok;
}
