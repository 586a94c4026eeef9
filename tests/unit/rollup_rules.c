#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "rollup/rollup_rules.h"

static void cells_give_sums(void **state)
{
	static const struct {
		struct cell cell;
		struct rollup sums;
	} rows[] = {
		{ { .indicator_id = 1 }, { .indicator_id = 1 } },
		{ { .indicator_id = 1, .nil = true }, { .indicator_id = 1, .units = 1, .nil = 1 } },
		{ { .indicator_id = 1, .present = true, .number = 25 }, { .indicator_id = 1, .units = 1,
									  .sum = 25 } },
		{ { .indicator_id = 1, .present = true, .number = -25 }, { .indicator_id = 1, .units = 1,
									   .sum = -25 } },
		{ { .indicator_id = 1, .present = true, .number = 1 },
		  { .indicator_id = 1, .units = 1, .sum = 1, .yes = 1 } },
		{ { .indicator_id = 1, .present = true, .number = 0 }, { .indicator_id = 1, .units = 1 } },
		{ { .indicator_id = 1, .present = true, .number = 5000, .numerator = 3, .denominator = 6 },
		  { .indicator_id = 1, .units = 1, .numerator = 3, .denominator = 6 } },
		{ { .indicator_id = 1, .present = true, .text = "x" }, { .indicator_id = 1, .units = 1 } },
	};
	struct rollup out;
	struct cell large = { .present = true, .number = ROLLUP_VALUE_MAX + 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(rollup_of_cell(&rows[i].cell, &out));
		assert_memory_equal(&out, &rows[i].sums, sizeof(out));
	}
	assert_false(rollup_of_cell(&large, &out));
	large.number = ROLLUP_VALUE_MAX;
	assert_true(rollup_of_cell(&large, &out));
	large = (struct cell){ .present = true, .denominator = -ROLLUP_VALUE_MAX - 1 };
	assert_false(rollup_of_cell(&large, &out));
}

static void differences_undo_themselves(void **state)
{
	struct rollup a = { .units = 1, .sum = 10, .yes = 1 }, b = { .units = 1, .sum = 30 };
	struct rollup forth = rollup_difference(&b, &a), back = rollup_difference(&a, &b);

	(void)state;
	assert_int_equal(forth.sum, 20);
	assert_int_equal(forth.units, 0);
	assert_int_equal(forth.yes, -1);
	assert_false(rollup_is_zero(&forth));
	assert_true(rollup_add(&forth, &back));
	assert_true(rollup_is_zero(&forth));
}

static void figures_follow_the_rule(void **state)
{
	static const struct {
		enum aggregation aggregation;
		int decimals;
		struct rollup sums;
		bool there;
		int64_t number;
	} rows[] = {
		{ AGGREGATION_NONE, 0, { .units = 2, .sum = 5 }, false, 0 },
		{ AGGREGATION_SUM, 0, { .units = 0 }, false, 0 },
		{ AGGREGATION_SUM, 0, { .units = 2, .sum = 5 }, true, 5 },
		{ AGGREGATION_SUM, 0, { .units = 2, .sum = 0 }, true, 0 },
		{ AGGREGATION_SUM, 0, { .units = 2, .sum = DECIMAL_MAX }, true, DECIMAL_MAX },
		{ AGGREGATION_SUM, 0, { .units = 2, .sum = DECIMAL_MAX + 1 }, false, 0 },
		/* 90/100 and 1/900 are 9.1 %, not the mean of 90 % and 0.11 %. */
		{ AGGREGATION_RATIO, 2, { .units = 2, .numerator = 91, .denominator = 1000 }, true, 910 },
		{ AGGREGATION_RATIO, 2, { .units = 2, .numerator = 0, .denominator = 0 }, false, 0 },
		{ AGGREGATION_RATIO, 2, { .units = 3, .numerator = 2, .denominator = 3 }, true, 6667 },
		{ AGGREGATION_RATIO, 2, { .units = 3, .numerator = 1, .denominator = 3 }, true, 3333 },
		{ AGGREGATION_AVERAGE, 1, { .units = 2, .sum = 5 }, true, 3 },
		{ AGGREGATION_AVERAGE, 1, { .units = 2, .sum = -5 }, true, -3 },
		{ AGGREGATION_AVERAGE, 1, { .units = 3, .sum = 4 }, true, 1 },
		{ AGGREGATION_MAX, 0, { .units = 2 }, false, 0 },
		{ AGGREGATION_MAX, 0, { .units = 2, .extremes = true, .max = 9, .min = 1,
					.last = 4 }, true, 9 },
		{ AGGREGATION_MIN, 0, { .units = 2, .extremes = true, .max = 9, .min = 1,
					.last = 4 }, true, 1 },
		{ AGGREGATION_LAST, 0, { .units = 2, .extremes = true, .max = 9, .min = 1,
					 .last = 4 }, true, 4 },
		{ AGGREGATION_COUNT_YES, 0, { .units = 117, .sum = 100, .yes = 100 }, true, 100 },
	};
	struct cell cell;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct indicator indicator = { .id = 7,
					       .aggregation = rows[i].aggregation,
					       .decimals = rows[i].decimals,
					       .factor = 100 };

		if (rollup_figure(&indicator, &rows[i].sums, &cell) != rows[i].there)
			fail_msg("row %zu", i);
		assert_int_equal(cell.indicator_id, 7);
		assert_int_equal(cell.present, rows[i].there);
		if (rows[i].there)
			assert_int_equal(cell.number, rows[i].number);
		if (rows[i].there && rows[i].aggregation == AGGREGATION_RATIO)
			assert_int_equal(cell.denominator, rows[i].sums.denominator);
	}
}

static void extremes_leave_nil_out(void **state)
{
	static const struct cell cells[] = {
		{ .present = true, .number = 5 },  { .nil = true },
		{ .present = true, .number = -3 }, { .present = false, .number = 100 },
		{ .present = true, .number = 4 },
	};
	struct rollup sums = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		rollup_take_extremes(&sums, &cells[i]);
	assert_true(sums.extremes);
	assert_int_equal(sums.max, 5);
	assert_int_equal(sums.min, -3);
	assert_int_equal(sums.last, 4);
}

/* Three units, two with figures of 40 and 50, one where nothing arose; then none but the last. */
static void nil_is_a_count_of_zero_and_nothing_else(void **state)
{
	enum { NONE = -1 };
	static const struct {
		enum value_type type;
		enum accrual accrual;
		enum aggregation aggregation;
		int64_t number, alone;
	} rows[] = {
		{ VALUE_NUMBER, ACCRUAL_FLOW, AGGREGATION_SUM, 90, 0 },
		{ VALUE_NUMBER, ACCRUAL_STOCK, AGGREGATION_SUM, 90, 0 },
		{ VALUE_NUMBER, ACCRUAL_FLOW, AGGREGATION_AVERAGE, 30, 0 },
		{ VALUE_NUMBER, ACCRUAL_CUMULATIVE, AGGREGATION_AVERAGE, 30, 0 },
		{ VALUE_NUMBER, ACCRUAL_STOCK, AGGREGATION_AVERAGE, 45, NONE },
		{ VALUE_RANK, ACCRUAL_FLOW, AGGREGATION_AVERAGE, 45, NONE },
		{ VALUE_NUMBER, ACCRUAL_FLOW, AGGREGATION_MAX, 50, 0 },
		{ VALUE_NUMBER, ACCRUAL_FLOW, AGGREGATION_MIN, 0, 0 },
		{ VALUE_NUMBER, ACCRUAL_STOCK, AGGREGATION_MIN, 40, NONE },
		{ VALUE_RANK, ACCRUAL_FLOW, AGGREGATION_MIN, 40, NONE },
		{ VALUE_NUMBER, ACCRUAL_FLOW, AGGREGATION_LAST, 50, NONE },
		{ VALUE_YES_NO, ACCRUAL_STOCK, AGGREGATION_COUNT_YES, 2, NONE },
		{ VALUE_PERCENTAGE, ACCRUAL_FLOW, AGGREGATION_RATIO, 75, NONE },
	};
	const struct rollup sums = { .units = 3, .nil = 1, .sum = 90, .numerator = 3, .denominator = 4, .yes = 2,
				     .extremes = true, .max = 50, .min = 40, .last = 50 };
	const struct rollup below_zero = { .units = 2, .nil = 1, .sum = -7, .extremes = true, .max = -7, .min = -7 };
	const struct rollup nothing = { .units = 1, .nil = 1 };
	struct cell cell;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct indicator indicator = { .type = rows[i].type, .accrual = rows[i].accrual,
					       .aggregation = rows[i].aggregation, .factor = 100 };

		assert_true(rollup_figure(&indicator, &sums, &cell));
		if (cell.number != rows[i].number)
			fail_msg("row %zu: %lld", i, (long long)cell.number);
		if (rollup_figure(&indicator, &nothing, &cell) != (rows[i].alone != NONE))
			fail_msg("row %zu, where nothing arose anywhere", i);
		assert_int_equal(cell.number, 0);
		if (rows[i].aggregation == AGGREGATION_MAX) {
			assert_true(rollup_figure(&indicator, &below_zero, &cell));
			assert_int_equal(cell.number, 0);
		}
	}
}

static void provinces_make_the_nation(void **state)
{
	struct rollup nation = { 0 };
	struct rollup a = { .units = 117, .nil = 3, .sum = 10, .numerator = 1, .denominator = 2, .yes = 3,
			    .extremes = true, .max = 4, .min = 4, .last = 4 };
	struct rollup b = { .units = 90, .nil = 1, .sum = 20, .numerator = 3, .denominator = 4, .yes = 5,
			    .extremes = true, .max = 9, .min = -1, .last = 2 };
	struct rollup none = { .units = 1 }, large = { .sum = INT64_MAX };
	struct tally x = { .assigned = INT64_MAX }, y = { .assigned = 1 };

	(void)state;
	assert_true(rollup_add(&nation, &a));
	assert_true(rollup_add(&nation, &b));
	assert_true(rollup_add(&nation, &none));
	assert_int_equal(nation.units, 208);
	assert_int_equal(nation.nil, 4);
	assert_int_equal(nation.sum, 30);
	assert_int_equal(nation.numerator, 4);
	assert_int_equal(nation.denominator, 6);
	assert_int_equal(nation.yes, 8);
	assert_int_equal(nation.max, 9);
	assert_int_equal(nation.min, -1);
	assert_int_equal(nation.last, 2);
	assert_false(rollup_add(&nation, &large));
	assert_false(tally_add(&x, &y));
}

static void targets_of_levels(void **state)
{
	static const struct target all = { 2026, TARGET_EQUAL, 1, 0 },
				   half = { 2026, TARGET_AT_LEAST, 5000, 0 };
	struct indicator yes_no = { .type = VALUE_YES_NO, .aggregation = AGGREGATION_COUNT_YES,
				    .targets = &all,
				    .target_count = 1 };
	struct indicator ratio = { .type = VALUE_PERCENTAGE, .aggregation = AGGREGATION_RATIO, .decimals = 2,
				   .factor = 100, .targets = &half, .target_count = 1 };
	struct rollup some = { .units = 117, .yes = 116 }, every = { .units = 117, .yes = 117 };
	struct rollup below = { .units = 2, .numerator = 499, .denominator = 1000 };
	const struct target *used;

	(void)state;
	assert_int_equal(rollup_target(&yes_no, 2026, &some, &used), TARGET_MISSED);
	assert_ptr_equal(used, &all);
	assert_int_equal(rollup_target(&yes_no, 2026, &every, NULL), TARGET_REACHED);
	some.nil = 1;
	assert_int_equal(rollup_target(&yes_no, 2026, &some, NULL), TARGET_REACHED);
	assert_int_equal(rollup_target(&ratio, 2026, &below, NULL), TARGET_MISSED);
	below.numerator = 500;
	assert_int_equal(rollup_target(&ratio, 2026, &below, NULL), TARGET_REACHED);
	assert_int_equal(rollup_target(&ratio, 2025, &below, NULL), TARGET_NONE);
	below.units = 0;
	assert_int_equal(rollup_target(&ratio, 2026, &below, NULL), TARGET_NONE);
	assert_false(rollup_fills(&yes_no));
	assert_true(rollup_fills(&ratio));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_give_sums),
		cmocka_unit_test(differences_undo_themselves),
		cmocka_unit_test(figures_follow_the_rule),
		cmocka_unit_test(extremes_leave_nil_out),
		cmocka_unit_test(nil_is_a_count_of_zero_and_nothing_else),
		cmocka_unit_test(provinces_make_the_nation),
		cmocka_unit_test(targets_of_levels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
