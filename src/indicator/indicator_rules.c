#include "indicator/indicator_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/text.h"

enum { SLOTS_MIN = 8, NAME_MAX_LENGTH = 300, TEXT_MAX_LENGTH = 2000, WORD_MAX_LENGTH = 100 };

bool indicator_code_valid(const char *code)
{
	size_t length = strlen(code);

	if (length == 0 || length > INDICATOR_CODE_MAX)
		return false;
	for (size_t i = 0; i < length; i++) {
		char at = code[i];
		bool letter = (at >= 'A' && at <= 'Z') || (at >= '0' && at <= '9');

		if (!letter && (i == 0 || !strchr(".-_", at)))
			return false;
	}
	return true;
}

/* Gathers what is wrong with a definition. */
struct complaints {
	struct arena *mem;
	struct error_detail details[ERROR_DETAILS_MAX];
	size_t count;
};

static void complain(struct complaints *all, enum error_code code, const char *field, const char *arg)
{
	if (all->count == ERROR_DETAILS_MAX)
		return;
	all->details[all->count++] =
		(struct error_detail){ .code = code, .field = arena_strdup(all->mem, field),
				       .args = { arg } };
}

static void check_text(struct complaints *all, const char *field, const char *text, bool required,
		       size_t most)
{
	if (!text || !*text) {
		if (required)
			complain(all, ERR_field_required, field, NULL);
		return;
	}
	if (text_length(text) > most)
		complain(all, ERR_field_too_long, field, arena_printf(all->mem, "%zu", most));
}

/* Which kinds of roll-up make sense for which kind of value. */
static bool aggregation_fits(enum value_type type, enum aggregation aggregation)
{
	switch (aggregation) {
	case AGGREGATION_NONE:
		return true;
	case AGGREGATION_SUM:
	case AGGREGATION_AVERAGE:
		return type == VALUE_NUMBER;
	case AGGREGATION_RATIO:
		return type == VALUE_PERCENTAGE;
	case AGGREGATION_MAX:
	case AGGREGATION_MIN:
	case AGGREGATION_LAST:
		return type == VALUE_NUMBER || type == VALUE_PERCENTAGE || type == VALUE_RANK;
	case AGGREGATION_COUNT_YES:
		return type == VALUE_YES_NO;
	}
	return false;
}

static void check_scale(struct complaints *all, const struct indicator *d)
{
	bool whole = d->type == VALUE_RANK || d->type == VALUE_YES_NO || d->type == VALUE_TEXT;

	if (d->decimals < 0 || d->decimals > DECIMAL_PLACES_MAX || (whole && d->decimals != 0))
		complain(all, ERR_decimals_invalid, "decimals", NULL);
	if (d->part_decimals < 0 || d->part_decimals > DECIMAL_PLACES_MAX)
		complain(all, ERR_decimals_invalid, "part_decimals", NULL);
	if (d->factor < 1 || d->factor > 1000000 || (d->type != VALUE_PERCENTAGE && d->factor != 1))
		complain(all, ERR_factor_invalid, "factor", NULL);
	if (!aggregation_fits(d->type, d->aggregation))
		complain(all, ERR_aggregation_unfit, "aggregation", NULL);
	if (d->has_min && d->has_max && d->min > d->max)
		complain(all, ERR_range_reversed, "max", NULL);
	if (d->type == VALUE_TEXT && (d->has_min || d->has_max || d->target_count))
		complain(all, ERR_text_has_no_range, "value_type", NULL);
	if (d->outlier_percent < 0 || d->outlier_percent > 100000)
		complain(all, ERR_outlier_invalid, "outlier_percent", NULL);
	if (d->levels == 0 || (d->levels & ~(unsigned)LEVEL_ALL))
		complain(all, ERR_field_required, "levels", NULL);
}

static void check_targets(struct complaints *all, const struct indicator *d)
{
	if (d->target_count > INDICATOR_TARGETS_MAX)
		complain(all, ERR_too_many_items, "targets",
			 arena_printf(all->mem, "%d", INDICATOR_TARGETS_MAX));
	for (size_t i = 0; i < d->target_count; i++) {
		const struct target *target = &d->targets[i];

		if (target->year < 2000 || target->year > 2100)
			complain(all, ERR_target_year, arena_printf(all->mem, "targets/%zu/year", i), NULL);
		if (target->operator == TARGET_RANGE && target->high < target->value)
			complain(all, ERR_range_reversed, arena_printf(all->mem, "targets/%zu/high", i),
				 NULL);
		for (size_t k = 0; k < i && k < INDICATOR_TARGETS_MAX; k++)
			if (d->targets[k].year == target->year)
				complain(all, ERR_target_year_twice,
					 arena_printf(all->mem, "targets/%zu/year", i),
					 arena_printf(all->mem, "%d", target->year));
	}
}

bool definition_check(const struct indicator *d, struct arena *mem, struct error *err)
{
	struct complaints *all = ARENA_NEW(mem, struct complaints);

	all->mem = mem;
	if (!d->code || !indicator_code_valid(d->code))
		complain(all, ERR_indicator_code, "code", NULL);
	check_text(all, "name", d->name, true, NAME_MAX_LENGTH);
	check_text(all, "group", d->group, true, WORD_MAX_LENGTH);
	check_text(all, "resolution", d->resolution, false, WORD_MAX_LENGTH);
	check_text(all, "unit_of_measure", d->unit_of_measure, d->type != VALUE_TEXT, WORD_MAX_LENGTH);
	check_text(all, "definition", d->definition, false, TEXT_MAX_LENGTH);
	check_text(all, "source", d->source, false, TEXT_MAX_LENGTH);
	check_scale(all, d);
	check_targets(all, d);
	if (!all->count)
		return true;
	error_set(err, ERR_indicator_invalid, NULL, NULL);
	err->details = all->details;
	err->detail_count = all->count;
	return false;
}

bool definition_same_scale(const struct indicator *a, const struct indicator *b)
{
	return a->type == b->type && a->decimals == b->decimals && a->part_decimals == b->part_decimals &&
	       a->factor == b->factor && a->aggregation == b->aggregation;
}

bool target_met(const struct target *target, int64_t value)
{
	switch (target->operator) {
	case TARGET_AT_LEAST:
		return value >= target->value;
	case TARGET_MORE:
		return value > target->value;
	case TARGET_AT_MOST:
		return value <= target->value;
	case TARGET_LESS:
		return value < target->value;
	case TARGET_EQUAL:
		return value == target->value;
	case TARGET_RANGE:
		return value >= target->value && value <= target->high;
	}
	return false;
}

/* The year's own target or the latest before it. */
static const struct target *target_until(const struct indicator *indicator, int year)
{
	const struct target *found = NULL;

	for (size_t i = 0; i < indicator->target_count; i++) {
		const struct target *target = &indicator->targets[i];

		if (target->year <= year && (!found || target->year > found->year))
			found = target;
	}
	return found;
}

const struct target *target_of_year(const struct indicator *indicator, int year)
{
	const struct target *found = target_until(indicator, year);

	if (found)
		return found;
	for (size_t i = 0; i < indicator->target_count; i++)
		if (!found || indicator->targets[i].year < found->year)
			found = &indicator->targets[i];
	return found;
}

enum target_state target_compare(const struct indicator *indicator, int year, int64_t value,
				 const struct target **used)
{
	const struct target *target = target_until(indicator, year);

	if (used)
		*used = target;
	if (!target || indicator->direction == DIRECTION_INFORMATION)
		return TARGET_NONE;
	return target_met(target, value) ? TARGET_REACHED : TARGET_MISSED;
}

/* Ids count time in their upper bits: multiplication spreads them. */
static size_t slot_of(id indicator_id, size_t mask)
{
	return (size_t)((uint64_t)indicator_id * UINT64_C(0x9e3779b97f4a7c15) >> 40) & mask;
}

void report_index(struct report *report, struct arena *mem)
{
	size_t size = SLOTS_MIN;
	uint16_t *slots;

	while (size < report->item_count * 2)
		size *= 2;
	slots = ARENA_ARRAY(mem, uint16_t, size);
	for (size_t i = 0; i < report->item_count; i++) {
		size_t at = slot_of(report->items[i].indicator->id, size - 1);

		while (slots[at])
			at = (at + 1) & (size - 1);
		slots[at] = (uint16_t)(i + 1);
	}
	report->slots = slots;
	report->slot_mask = size - 1;
}

const struct report_item *report_item_find(const struct report *report, id indicator_id)
{
	size_t at = slot_of(indicator_id, report->slot_mask);

	if (!report->slots)
		return NULL;
	for (; report->slots[at]; at = (at + 1) & report->slot_mask) {
		const struct report_item *item = &report->items[report->slots[at] - 1];

		if (item->indicator->id == indicator_id)
			return item;
	}
	return NULL;
}

bool report_item_applies(const struct report_item *item, unsigned level)
{
	return (item->indicator->levels & level) != 0;
}
