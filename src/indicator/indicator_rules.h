#ifndef INDICATOR_INDICATOR_RULES_H
#define INDICATOR_INDICATOR_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "indicator/indicator.h"

struct arena;
struct csv;
struct error;

enum {
	INDICATOR_CODE_MAX = 20,
	INDICATOR_TARGETS_MAX = 40,
	REPORT_ITEMS_MAX = 300,
	REPORT_CHECKS_MAX = 100,
};

/* The words of the API, separated by '|', in the order of their enums: for shapes. */
#define VALUE_TYPE_WORDS "number|percentage|rank|yes_no|text"
#define ACCRUAL_WORDS "stock|flow|cumulative"
#define FREQUENCY_WORDS "month|quarter|half_year|year"
#define DIRECTION_WORDS "higher|lower|range|information"
#define AGGREGATION_WORDS "none|sum|ratio|average|max|min|last|count_yes"
#define TARGET_OPERATOR_WORDS "at_least|more|at_most|less|equal|range"
#define TARGET_STATE_WORDS "none|reached|missed"
#define LEVEL_WORDS "central|ministry|province|department|commune"

const char *accrual_word(enum accrual accrual);
const char *frequency_word(enum frequency frequency);
const char *direction_word(enum direction direction);

/* The bit of a level's word, 0 when it is none; and the word of the n-th level, NULL behind the last. */
unsigned level_parse(const char *word);
const char *level_word(int n);

bool value_type_parse(const char *word, enum value_type *out);
bool accrual_parse(const char *word, enum accrual *out);
bool frequency_parse(const char *word, enum frequency *out);
bool direction_parse(const char *word, enum direction *out);
bool aggregation_parse(const char *word, enum aggregation *out);
bool target_operator_parse(const char *word, enum target_operator *out);

/* Capital letters, digits, '.', '-' and '_', the first a letter or digit. */
bool indicator_code_valid(const char *code);

/*
 * Whether a definition is complete and its parts agree: a ratio needs a percentage, a
 * percentage is never averaged, only yes/no is counted, ranks and yes/no are whole
 * numbers, the range and the targets have their order. All that is wrong is told, in
 * err->details (of `mem`), with indicator_invalid.
 */
bool definition_check(const struct indicator *definition, struct arena *mem, struct error *err);

/* Whether figures of both definitions can be added to each other. */
bool definition_same_scale(const struct indicator *a, const struct indicator *b);

/* The definition in row `row` of data/indicators-57.csv; strings are of `mem` and the table. */
bool definition_of_row(const struct csv *table, size_t row, struct arena *mem, struct indicator *out,
		       struct error *err);

/* Whether a target's condition holds. */
bool target_met(const struct target *target, int64_t value);

/* Fills report->slots and slot_mask in `mem`. */
void report_index(struct report *report, struct arena *mem);

#endif
