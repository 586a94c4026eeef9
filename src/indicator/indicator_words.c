#include <string.h>

#include "indicator/indicator_rules.h"

/* Words of the API, in the order of their enums; FREQUENCY starts at 1. */
static const char *const value_types[] = { "number", "percentage", "rank", "yes_no", "text" };
static const char *const accruals[] = { "stock", "flow", "cumulative" };
static const char *const frequencies[] = { "month", "quarter", "half_year", "year" };
static const char *const directions[] = { "higher", "lower", "range", "information" };
static const char *const aggregations[] = {
	"none", "sum", "ratio", "average", "max", "min", "last", "count_yes",
};
static const char *const operators[] = { "at_least", "more", "at_most", "less", "equal", "range" };
static const char *const target_states[] = { "none", "reached", "missed" };
static const char *const levels[] = { "central", "ministry", "province", "department", "commune" };

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const char *word_at(const char *const *words, int count, int at)
{
	return at >= 0 && at < count ? words[at] : "";
}

static int position_of(const char *const *words, int count, const char *word)
{
	for (int i = 0; word && i < count; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

const char *value_type_word(enum value_type type)
{
	return word_at(value_types, COUNT(value_types), (int)type);
}

const char *accrual_word(enum accrual accrual)
{
	return word_at(accruals, COUNT(accruals), (int)accrual);
}

const char *frequency_word(enum frequency frequency)
{
	return word_at(frequencies, COUNT(frequencies), (int)frequency - FREQUENCY_MONTH);
}

const char *direction_word(enum direction direction)
{
	return word_at(directions, COUNT(directions), (int)direction);
}

const char *aggregation_word(enum aggregation aggregation)
{
	return word_at(aggregations, COUNT(aggregations), (int)aggregation);
}

const char *target_operator_word(enum target_operator operator)
{
	return word_at(operators, COUNT(operators), (int)operator);
}

const char *target_state_word(enum target_state state)
{
	return word_at(target_states, COUNT(target_states), (int)state);
}

const char *level_word(int n)
{
	return n >= 0 && n < COUNT(levels) ? levels[n] : NULL;
}

unsigned level_parse(const char *word)
{
	int at = position_of(levels, COUNT(levels), word);

	return at < 0 ? 0 : 1u << at;
}

bool value_type_parse(const char *word, enum value_type *out)
{
	int at = position_of(value_types, COUNT(value_types), word);

	*out = at < 0 ? VALUE_NUMBER : (enum value_type)at;
	return at >= 0;
}

bool accrual_parse(const char *word, enum accrual *out)
{
	int at = position_of(accruals, COUNT(accruals), word);

	*out = at < 0 ? ACCRUAL_STOCK : (enum accrual)at;
	return at >= 0;
}

bool frequency_parse(const char *word, enum frequency *out)
{
	int at = position_of(frequencies, COUNT(frequencies), word);

	*out = at < 0 ? FREQUENCY_MONTH : (enum frequency)(at + FREQUENCY_MONTH);
	return at >= 0;
}

bool direction_parse(const char *word, enum direction *out)
{
	int at = position_of(directions, COUNT(directions), word);

	*out = at < 0 ? DIRECTION_INFORMATION : (enum direction)at;
	return at >= 0;
}

bool aggregation_parse(const char *word, enum aggregation *out)
{
	int at = position_of(aggregations, COUNT(aggregations), word);

	*out = at < 0 ? AGGREGATION_NONE : (enum aggregation)at;
	return at >= 0;
}

bool target_operator_parse(const char *word, enum target_operator *out)
{
	int at = position_of(operators, COUNT(operators), word);

	*out = at < 0 ? TARGET_AT_LEAST : (enum target_operator)at;
	return at >= 0;
}

unsigned level_of_kind(const char *unit_kind)
{
	static const struct {
		const char *kind;
		unsigned level;
	} kinds[] = {
		{ "central", LEVEL_CENTRAL },
		{ "ministry", LEVEL_MINISTRY },
		{ "province", LEVEL_PROVINCE },
		{ "department", LEVEL_DEPARTMENT },
		{ "commune", LEVEL_COMMUNE },
		{ "party", LEVEL_DEPARTMENT },
	};

	for (int i = 0; unit_kind && i < COUNT(kinds); i++)
		if (strcmp(kinds[i].kind, unit_kind) == 0)
			return kinds[i].level;
	return LEVEL_ALL;
}
