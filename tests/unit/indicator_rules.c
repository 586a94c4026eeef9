#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/embed.h"
#include "base/error.h"
#include "indicator/indicator_rules.h"

/* Puts `word` behind what is there, separated by '|'. */
static void join(char *all, size_t size, const char *word)
{
	size_t length = strlen(all);

	snprintf(all + length, size - length, "%s%s", length ? "|" : "", word);
}

static void words_and_shapes_agree(void **state)
{
	char all[256] = "";

	(void)state;
	for (int n = 0; *value_type_word((enum value_type)n); n++) {
		enum value_type back;

		assert_true(value_type_parse(value_type_word((enum value_type)n), &back));
		assert_int_equal(back, n);
		join(all, sizeof(all), value_type_word((enum value_type)n));
	}
	assert_string_equal(all, VALUE_TYPE_WORDS);
	all[0] = '\0';
	for (int n = 0; *aggregation_word((enum aggregation)n); n++) {
		enum aggregation back;

		assert_true(aggregation_parse(aggregation_word((enum aggregation)n), &back));
		assert_int_equal(back, n);
		join(all, sizeof(all), aggregation_word((enum aggregation)n));
	}
	assert_string_equal(all, AGGREGATION_WORDS);
	all[0] = '\0';
	for (int n = 0; *target_operator_word((enum target_operator)n); n++) {
		enum target_operator back;

		assert_true(target_operator_parse(target_operator_word((enum target_operator)n), &back));
		assert_int_equal(back, n);
		join(all, sizeof(all), target_operator_word((enum target_operator)n));
	}
	assert_string_equal(all, TARGET_OPERATOR_WORDS);
	all[0] = '\0';
	for (int n = 0; level_word(n); n++) {
		assert_int_equal(level_parse(level_word(n)), 1u << n);
		join(all, sizeof(all), level_word(n));
	}
	assert_string_equal(all, LEVEL_WORDS);
}

static void frequencies_start_at_one(void **state)
{
	static const struct {
		const char *word;
		enum frequency frequency;
	} rows[] = {
		{ "month", FREQUENCY_MONTH },
		{ "quarter", FREQUENCY_QUARTER },
		{ "half_year", FREQUENCY_HALF_YEAR },
		{ "year", FREQUENCY_YEAR },
	};
	enum frequency parsed;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_string_equal(frequency_word(rows[i].frequency), rows[i].word);
		assert_true(frequency_parse(rows[i].word, &parsed));
		assert_int_equal(parsed, rows[i].frequency);
	}
	assert_false(frequency_parse("week", &parsed));
	assert_false(frequency_parse(NULL, &parsed));
	assert_string_equal(frequency_word((enum frequency)9), "");
}

static void codes(void **state)
{
	static const struct {
		const char *code;
		bool valid;
	} rows[] = {
		{ "TN01", true },  { "CL-1.2_A", true }, { "A", true },    { "", false },
		{ "tn01", false }, { "-TN", false },     { "T N", false }, { "ABCDEFGHIJKLMNOPQRST", true },
		{ "ABCDEFGHIJKLMNOPQRSTU", false },       { "TN/1", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (indicator_code_valid(rows[i].code) != rows[i].valid)
			fail_msg("code '%s'", rows[i].code);
}

static struct indicator percentage(void)
{
	return (struct indicator){
		.code = "TN01",
		.name = "Name",
		.group = "Group",
		.unit_of_measure = "%",
		.type = VALUE_PERCENTAGE,
		.frequency = FREQUENCY_MONTH,
		.aggregation = AGGREGATION_RATIO,
		.decimals = 2,
		.factor = 100,
		.levels = LEVEL_COMMUNE,
	};
}

/* Whether the definition is refused with this code on this field. */
static void refused(const struct indicator *definition, enum error_code code, const char *field)
{
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	bool found = false;

	assert_false(definition_check(definition, mem, &err));
	assert_int_equal(err.code, ERR_indicator_invalid);
	for (size_t i = 0; i < err.detail_count; i++)
		found |= err.details[i].code == code && strcmp(err.details[i].field, field) == 0;
	if (!found)
		fail_msg("%s on %s is missing", error_word(code), field);
	arena_free(mem);
}

static void definitions_are_checked(void **state)
{
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	struct indicator d = percentage();
	struct target twice[] = { { 2026, TARGET_AT_LEAST, 100, 0 }, { 2026, TARGET_AT_LEAST, 200, 0 } };
	struct target reversed = { 2026, TARGET_RANGE, 200, 100 }, early = { 1999, TARGET_MORE, 1, 0 };

	(void)state;
	assert_true(definition_check(&d, mem, &err));
	arena_free(mem);

	d = percentage(), d.code = "tn01";
	refused(&d, ERR_indicator_code, "code");
	d = percentage(), d.name = "";
	refused(&d, ERR_field_required, "name");
	d = percentage(), d.decimals = 7;
	refused(&d, ERR_decimals_invalid, "decimals");
	d = percentage(), d.factor = 0;
	refused(&d, ERR_factor_invalid, "factor");
	d = percentage(), d.aggregation = AGGREGATION_AVERAGE;
	refused(&d, ERR_aggregation_unfit, "aggregation");
	d = percentage(), d.aggregation = AGGREGATION_SUM;
	refused(&d, ERR_aggregation_unfit, "aggregation");
	d = percentage(), d.has_min = d.has_max = true, d.min = 5, d.max = 4;
	refused(&d, ERR_range_reversed, "max");
	d = percentage(), d.levels = 0;
	refused(&d, ERR_field_required, "levels");
	d = percentage(), d.levels = 32;
	refused(&d, ERR_field_required, "levels");
	d = percentage(), d.targets = twice, d.target_count = 2;
	refused(&d, ERR_target_year_twice, "targets/1/year");
	d = percentage(), d.targets = &reversed, d.target_count = 1;
	refused(&d, ERR_range_reversed, "targets/0/high");
	d = percentage(), d.targets = &early, d.target_count = 1;
	refused(&d, ERR_target_year, "targets/0/year");
	d = percentage(), d.type = VALUE_YES_NO;
	refused(&d, ERR_decimals_invalid, "decimals");
	d = percentage(), d.type = VALUE_NUMBER;
	refused(&d, ERR_factor_invalid, "factor");
	d = percentage(), d.type = VALUE_TEXT, d.has_min = true;
	refused(&d, ERR_text_has_no_range, "value_type");
}

static void targets_are_compared(void **state)
{
	static const struct target many[] = {
		{ 2026, TARGET_AT_LEAST, 8000, 0 },
		{ 2030, TARGET_MORE, 9000, 0 },
	};
	static const struct {
		int year;
		int64_t value;
		enum target_state state;
		int used;
	} rows[] = {
		{ 2025, 9999, TARGET_NONE, 0 },       { 2026, 8000, TARGET_REACHED, 2026 },
		{ 2026, 7999, TARGET_MISSED, 2026 },  { 2029, 7999, TARGET_MISSED, 2026 },
		{ 2030, 9000, TARGET_MISSED, 2030 },  { 2030, 9001, TARGET_REACHED, 2030 },
		{ 2040, 9001, TARGET_REACHED, 2030 },
	};
	static const struct {
		enum target_operator operator;
		int64_t value;
		bool met;
	} operators[] = {
		{ TARGET_AT_LEAST, 10, true }, { TARGET_AT_LEAST, 9, false }, { TARGET_MORE, 10, false },
		{ TARGET_MORE, 11, true },     { TARGET_AT_MOST, 10, true },  { TARGET_AT_MOST, 11, false },
		{ TARGET_LESS, 10, false },    { TARGET_LESS, 9, true },      { TARGET_EQUAL, 10, true },
		{ TARGET_EQUAL, 9, false },    { TARGET_RANGE, 10, true },    { TARGET_RANGE, 20, true },
		{ TARGET_RANGE, 21, false },   { TARGET_RANGE, 9, false },
	};
	struct indicator d = percentage();
	const struct target *used;

	(void)state;
	d.targets = many;
	d.target_count = 2;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(target_compare(&d, rows[i].year, rows[i].value, &used), rows[i].state);
		assert_int_equal(used ? used->year : 0, rows[i].used);
	}
	d.direction = DIRECTION_INFORMATION;
	assert_int_equal(target_compare(&d, 2026, 9000, NULL), TARGET_NONE);
	assert_int_equal(target_of_year(&d, 2020)->year, 2026);
	assert_int_equal(target_of_year(&d, 2027)->year, 2026);
	assert_int_equal(target_of_year(&d, 2031)->year, 2030);
	d.target_count = 0;
	assert_null(target_of_year(&d, 2026));
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		struct target target = { 2026, operators[i].operator, 10, 20 };

		if (target_met(&target, operators[i].value) != operators[i].met)
			fail_msg("operator row %zu", i);
	}
}

static void scale_decides_what_can_be_added(void **state)
{
	struct indicator a = percentage(), b = percentage();

	(void)state;
	b.name = "Other";
	b.has_max = true;
	b.max = 10000;
	assert_true(definition_same_scale(&a, &b));
	b.decimals = 1;
	assert_false(definition_same_scale(&a, &b));
	b = a, b.factor = 1000;
	assert_false(definition_same_scale(&a, &b));
	b = a, b.part_decimals = 1;
	assert_false(definition_same_scale(&a, &b));
	b = a, b.aggregation = AGGREGATION_NONE;
	assert_false(definition_same_scale(&a, &b));
}

static void items_are_found(void **state)
{
	enum { COUNT = 300 };
	struct arena *mem = arena_new(0);
	struct indicator *indicators = ARENA_ARRAY(mem, struct indicator, COUNT);
	struct report_item *items = ARENA_ARRAY(mem, struct report_item, COUNT);
	struct report report = { .items = items, .item_count = COUNT };

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		indicators[i].id = INT64_C(1000000000000) + (int64_t)i * 4096;
		items[i].indicator = &indicators[i];
	}
	report_index(&report, mem);
	for (int i = 0; i < COUNT; i++)
		assert_ptr_equal(report_item_find(&report, indicators[i].id), &items[i]);
	assert_null(report_item_find(&report, 1));
	assert_null(report_item_find(&report, 0));
	assert_null(report_item_find(&(struct report){ 0 }, 1));
	arena_free(mem);
}

static void table_of_resolution_57_is_read(void **state)
{
	const struct embedded_file *file = embedded_find("data/indicators-57.csv");
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	struct csv table;
	struct indicator d;
	int illustrative = 0;

	(void)state;
	assert_non_null(file);
	assert_true(csv_parse(mem, (const char *)file->data, file->size, &table, &err));
	assert_int_equal(table.rows, 35);
	for (size_t row = 0; row < table.rows; row++) {
		if (!definition_of_row(&table, row, mem, &d, &err))
			fail_msg("row %zu: %s on %s", row, error_word(err.code), err.field);
		illustrative += d.illustrative;
		if (d.aggregation == AGGREGATION_RATIO)
			assert_int_equal(d.type, VALUE_PERCENTAGE);
		if (strcmp(d.code, "CL07") == 0) {
			assert_int_equal(d.decimals, 3);
			assert_int_equal(d.targets[0].value, 700);
			assert_int_equal(d.targets[0].operator, TARGET_MORE);
			assert_int_equal(d.levels, LEVEL_CENTRAL | LEVEL_PROVINCE);
		}
		if (strcmp(d.code, "CL11") == 0) {
			assert_int_equal(d.factor, 10000);
			assert_false(d.has_max);
		}
		if (strcmp(d.code, "CL12") == 0) {
			assert_int_equal(d.targets[0].operator, TARGET_RANGE);
			assert_int_equal(d.targets[0].high, 50);
		}
		if (strcmp(d.code, "TN01") == 0) {
			assert_int_equal(d.max, 10000);
			assert_int_equal(d.targets[0].value, 8000);
			assert_int_equal(d.frequency, FREQUENCY_MONTH);
			assert_int_equal(d.levels, LEVEL_PROVINCE | LEVEL_DEPARTMENT | LEVEL_COMMUNE);
		}
		if (strcmp(d.code, "TN06") == 0)
			assert_int_equal(d.target_count, 0);
		if (strcmp(d.code, "TN12") == 0)
			assert_int_equal(d.decimals, 1);
		if (strcmp(d.code, "TN13") == 0)
			assert_int_equal(d.frequency, FREQUENCY_QUARTER);
		if (strcmp(d.code, "TN15") == 0)
			assert_int_equal(d.targets[0].operator, TARGET_AT_MOST);
	}
	assert_int_equal(illustrative, 16);
	arena_free(mem);
}

static void levels_of_kinds(void **state)
{
	(void)state;
	assert_int_equal(level_of_kind("commune"), LEVEL_COMMUNE);
	assert_int_equal(level_of_kind("party"), LEVEL_DEPARTMENT);
	assert_int_equal(level_of_kind("school"), LEVEL_ALL);
	assert_int_equal(level_of_kind(NULL), LEVEL_ALL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_shapes_agree),
		cmocka_unit_test(frequencies_start_at_one),
		cmocka_unit_test(codes),
		cmocka_unit_test(definitions_are_checked),
		cmocka_unit_test(targets_are_compared),
		cmocka_unit_test(scale_decides_what_can_be_added),
		cmocka_unit_test(items_are_found),
		cmocka_unit_test(table_of_resolution_57_is_read),
		cmocka_unit_test(levels_of_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
