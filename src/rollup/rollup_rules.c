#include "rollup/rollup_rules.h"

#include "base/decimal.h"

static bool add(int64_t *a, int64_t b)
{
	return !__builtin_add_overflow(*a, b, a);
}

static bool too_large(int64_t value)
{
	return value > ROLLUP_VALUE_MAX || value < -ROLLUP_VALUE_MAX;
}

bool rollup_of_cell(const struct cell *cell, struct rollup *out)
{
	*out = (struct rollup){ .indicator_id = cell->indicator_id };
	if (cell->nil) {
		out->units = out->nil = 1;
		return true;
	}
	if (!cell->present)
		return true;
	if (too_large(cell->number) || too_large(cell->numerator) || too_large(cell->denominator))
		return false;
	out->units = 1;
	/* A percentage rolls up by its parts alone; every other figure has no denominator. */
	if (cell->denominator) {
		out->numerator = cell->numerator;
		out->denominator = cell->denominator;
	} else {
		out->sum = cell->number;
		out->yes = cell->number == 1;
	}
	return true;
}

struct rollup rollup_difference(const struct rollup *after, const struct rollup *before)
{
	return (struct rollup){
		.units = after->units - before->units,
		.nil = after->nil - before->nil,
		.sum = after->sum - before->sum,
		.numerator = after->numerator - before->numerator,
		.denominator = after->denominator - before->denominator,
		.yes = after->yes - before->yes,
	};
}

bool rollup_is_zero(const struct rollup *d)
{
	return !d->units && !d->nil && !d->sum && !d->numerator && !d->denominator && !d->yes;
}

bool tally_is_zero(const struct tally *d)
{
	return !d->assigned && !d->submitted && !d->on_time && !d->late && !d->approved && !d->received &&
	       !d->returned && !d->nil;
}

bool rollup_keeps_extremes(const struct indicator *indicator)
{
	return indicator->aggregation == AGGREGATION_MAX || indicator->aggregation == AGGREGATION_MIN ||
	       indicator->aggregation == AGGREGATION_LAST;
}

void rollup_take_extremes(struct rollup *sums, const struct cell *cell)
{
	if (!cell->present || cell->nil)
		return;
	if (!sums->extremes || cell->number > sums->max)
		sums->max = cell->number;
	if (!sums->extremes || cell->number < sums->min)
		sums->min = cell->number;
	sums->last = cell->number;
	sums->extremes = true;
}

static bool nil_is_zero(const struct indicator *indicator)
{
	return indicator->type == VALUE_NUMBER && indicator->accrual != ACCRUAL_STOCK;
}

/* Those whose answer the level's figure is made of. */
static int64_t answering(const struct indicator *indicator, const struct rollup *sums)
{
	return nil_is_zero(indicator) ? sums->units : sums->units - sums->nil;
}

static bool number_figure(struct cell *out, bool there, int64_t number)
{
	if (!there || number > DECIMAL_MAX || number < -DECIMAL_MAX)
		return false;
	out->present = true;
	out->number = number;
	return true;
}

static bool ratio_figure(const struct indicator *indicator, const struct rollup *sums, struct cell *out)
{
	if (!decimal_ratio(sums->numerator, sums->denominator, indicator->factor, indicator->decimals,
			   &out->number))
		return false;
	out->present = true;
	out->numerator = sums->numerator;
	out->denominator = sums->denominator;
	return true;
}

/* `sign` 1: the largest, -1: the smallest. */
static bool extreme_figure(const struct indicator *indicator, const struct rollup *sums, int sign, struct cell *out)
{
	int64_t number = !sums->extremes ? 0 : sign > 0 ? sums->max : sums->min;
	bool zero = sums->nil && nil_is_zero(indicator);

	if (zero && number * sign < 0)
		number = 0;
	return number_figure(out, sums->extremes || zero, number);
}

bool rollup_figure(const struct indicator *indicator, const struct rollup *sums, struct cell *out)
{
	int64_t units = answering(indicator, sums), average;

	*out = (struct cell){ .indicator_id = indicator->id };
	if (sums->units <= 0)
		return false;
	switch (indicator->aggregation) {
	case AGGREGATION_NONE:
		return false;
	case AGGREGATION_SUM:
		return number_figure(out, true, sums->sum);
	case AGGREGATION_RATIO:
		return ratio_figure(indicator, sums, out);
	case AGGREGATION_AVERAGE:
		/* The sum is scaled already: what is asked for is the whole number nearest to sum / units; 0 units give none. */
		return decimal_ratio(sums->sum, units, 1, 0, &average) &&
		       number_figure(out, true, average);
	case AGGREGATION_MAX:
		return extreme_figure(indicator, sums, 1, out);
	case AGGREGATION_MIN:
		return extreme_figure(indicator, sums, -1, out);
	case AGGREGATION_LAST:
		return number_figure(out, sums->extremes, sums->last);
	case AGGREGATION_COUNT_YES:
		return number_figure(out, units > 0, sums->yes);
	}
	return false;
}

bool rollup_fills(const struct indicator *indicator)
{
	return indicator->aggregation != AGGREGATION_NONE && indicator->aggregation != AGGREGATION_COUNT_YES;
}

enum target_state rollup_target(const struct indicator *indicator, int year, const struct rollup *sums,
				const struct target **used)
{
	struct cell figure;

	if (used)
		*used = NULL;
	if (!rollup_figure(indicator, sums, &figure))
		return TARGET_NONE;
	if (indicator->aggregation == AGGREGATION_COUNT_YES)
		figure.number = sums->yes >= answering(indicator, sums);
	return target_compare(indicator, year, figure.number, used);
}

bool rollup_add(struct rollup *a, const struct rollup *b)
{
	if (!add(&a->units, b->units) || !add(&a->nil, b->nil) || !add(&a->sum, b->sum) ||
	    !add(&a->numerator, b->numerator) || !add(&a->denominator, b->denominator) || !add(&a->yes, b->yes))
		return false;
	if (!b->extremes)
		return true;
	if (!a->extremes || b->max > a->max)
		a->max = b->max;
	if (!a->extremes || b->min < a->min)
		a->min = b->min;
	a->last = b->last;
	a->extremes = true;
	return true;
}

bool tally_add(struct tally *a, const struct tally *b)
{
	return add(&a->assigned, b->assigned) && add(&a->submitted, b->submitted) &&
	       add(&a->on_time, b->on_time) && add(&a->late, b->late) && add(&a->approved, b->approved) &&
	       add(&a->received, b->received) && add(&a->returned, b->returned) && add(&a->nil, b->nil);
}
