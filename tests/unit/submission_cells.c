#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "deadline/deadline.h"
#include "submission/cell_rules.h"

static const struct indicator number = { .id = 1, .code = "N1", .type = VALUE_NUMBER, .decimals = 1, .factor = 1,
					 .has_min = true, .min = 0, .has_max = true, .max = 10000,
					 .outlier_percent = 50, .levels = LEVEL_ALL };
static const struct indicator share = { .id = 2, .code = "P1", .type = VALUE_PERCENTAGE, .decimals = 2,
					.part_decimals = 0, .factor = 100, .has_min = true, .min = 0, .has_max = true,
					.max = 10000, .levels = LEVEL_ALL };
static const struct indicator growth = { .id = 3, .code = "P2", .type = VALUE_PERCENTAGE, .decimals = 2,
					 .part_decimals = 1, .factor = 100, .levels = LEVEL_ALL };
static const struct indicator rank = { .id = 4, .code = "R1", .type = VALUE_RANK, .factor = 1, .levels = LEVEL_ALL };
static const struct indicator yes = { .id = 5, .code = "Y1", .type = VALUE_YES_NO, .factor = 1,
				      .levels = LEVEL_ALL };
static const struct indicator text = { .id = 6, .code = "T1", .type = VALUE_TEXT, .factor = 1,
				       .levels = LEVEL_ALL };
static const struct indicator total = { .id = 7, .code = "C1", .type = VALUE_NUMBER, .accrual = ACCRUAL_CUMULATIVE,
					.factor = 1, .levels = LEVEL_COMMUNE };

static const struct report_item items[] = {
	{ &number, 0, true, true, "" }, { &share, 1, true, false, "" }, { &growth, 2, false, false, "" },
	{ &rank, 3, false, false, "" }, { &yes, 4, false, false, "" },  { &text, 5, false, false, "" },
	{ &total, 6, true, false, "" },
};
static const struct report_check checks[] = {
	{ 1, 7, TARGET_AT_MOST, "N1 <= C1", true },
	{ 4, 1, TARGET_LESS, "R1 < N1", false },
};
static const struct report report = { .id = 9, .items = items, .item_count = 7, .checks = checks, .check_count = 2 };

static struct arena *mem;

static int set_up(void **state)
{
	(void)state;
	mem = arena_new(0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static void each_cell(void **state)
{
	static const struct {
		const struct indicator *indicator;
		struct cell_words words;
		const char *fault; /* "field code", or NULL */
		struct cell cell;
	} rows[] = {
		{ &number, { .value = "12.5" }, NULL, { .present = true, .number = 125 } },
		{ &number, { .value = "12.50" }, NULL, { .present = true, .number = 125 } },
		{ &number, { .value = "0" }, NULL, { .present = true } },
		{ &number, { .value = "" }, NULL, { .present = false } },
		{ &number, { .note = "n" }, NULL, { .present = false, .note = "n" } },
		{ &number, { .nil = true }, NULL, { .nil = true } },
		{ &number, { .nil = true, .value = "1" }, "cells/N1/value cell_nil_with_figures", { 0 } },
		{ &number, { .value = "12.55" }, "cells/N1/value number_too_precise", { 0 } },
		{ &number, { .value = "12,5" }, "cells/N1/value number_invalid", { 0 } },
		{ &number, { .value = "12,5", .typed = true }, NULL, { .present = true, .number = 125 } },
		{ &number, { .value = "x" }, "cells/N1/value number_invalid", { 0 } },
		{ &number, { .value = "1e3" }, "cells/N1/value number_invalid", { 0 } },
		{ &number, { .value = "-0.1" }, "cells/N1/value cell_below_min", { 0 } },
		{ &number, { .value = "1000.1" }, "cells/N1/value cell_above_max", { 0 } },
		{ &number, { .value = "1000" }, NULL, { .present = true, .number = 10000 } },
		{ &number, { .value = "99999999999999999999" }, "cells/N1/value number_too_large", { 0 } },
		{ &number, { .value = "1", .numerator = "1" }, "cells/N1/numerator field_unknown", { 0 } },
		{ &number, { .value = "1", .text = "a" }, "cells/N1/text field_unknown", { 0 } },
		{ &share, { .numerator = "1", .denominator = "3" }, NULL,
		  { .present = true, .number = 3333, .numerator = 1, .denominator = 3 } },
		{ &share, { .numerator = "2", .denominator = "3" }, NULL,
		  { .present = true, .number = 6667, .numerator = 2, .denominator = 3 } },
		{ &share, { .numerator = "3", .denominator = "3" }, NULL,
		  { .present = true, .number = 10000, .numerator = 3, .denominator = 3 } },
		{ &share, { .numerator = "4", .denominator = "3" }, "cells/P1/numerator numerator_exceeds", { 0 } },
		{ &share, { .numerator = "-1", .denominator = "3" }, "cells/P1/numerator numerator_negative", { 0 } },
		{ &share, { .numerator = "0", .denominator = "0" }, "cells/P1/denominator denominator_zero", { 0 } },
		{ &share, { .numerator = "1", .denominator = "-2" }, "cells/P1/denominator denominator_zero", { 0 } },
		{ &share, { .numerator = "1" }, "cells/P1/denominator cell_parts_required", { 0 } },
		{ &share, { .denominator = "1" }, "cells/P1/numerator cell_parts_required", { 0 } },
		{ &share, { .numerator = "1.5", .denominator = "3" }, "cells/P1/numerator number_too_precise", { 0 } },
		{ &share, { .numerator = "9999999999999999", .denominator = "3" },
		  "cells/P1/numerator number_too_large", { 0 } },
		{ &growth, { .numerator = "-1.5", .denominator = "0.5" }, NULL,
		  { .present = true, .number = -30000, .numerator = -15, .denominator = 5 } },
		{ &growth, { .numerator = "4", .denominator = "3" }, NULL,
		  { .present = true, .number = 13333, .numerator = 40, .denominator = 30 } },
		{ &growth, { .numerator = "99999999999999", .denominator = "0.1" },
		  "cells/P2/numerator ratio_too_large", { 0 } },
		{ &rank, { .value = "1" }, NULL, { .present = true, .number = 1 } },
		{ &rank, { .value = "0" }, "cells/R1/value rank_invalid", { 0 } },
		{ &rank, { .value = "1.5" }, "cells/R1/value number_too_precise", { 0 } },
		{ &yes, { .value = "1" }, NULL, { .present = true, .number = 1 } },
		{ &yes, { .value = "0" }, NULL, { .present = true, .number = 0 } },
		{ &yes, { .value = "2" }, "cells/Y1/value yes_no_invalid", { 0 } },
		{ &text, { .text = "Đã xong" }, NULL, { .present = true, .text = "Đã xong" } },
		{ &text, { .value = "1" }, "cells/T1/value field_unknown", { 0 } },
		{ &text, { .nil = true, .text = "a" }, "cells/T1/text cell_nil_with_figures", { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct faults faults = { .mem = mem };
		struct cell cell, expected = rows[i].cell;
		bool ok = cell_read(rows[i].indicator, &rows[i].words, &cell, &faults);
		const char *found = faults.count ? arena_printf(mem, "%s %s", faults.rows[0].field,
								error_word(faults.rows[0].code)) : NULL;
		if (ok != (rows[i].fault == NULL) || (found && strcmp(found, rows[i].fault ? rows[i].fault : "")))
			fail_msg("row %zu: %s", i, found ? found : "no fault");
		expected.indicator_id = rows[i].indicator->id;
		if (ok && (!cell_equal(&cell, &expected) || cell.indicator_id != expected.indicator_id))
			fail_msg("row %zu: another cell (number %lld)", i, (long long)cell.number);
	}
}

static char *long_text(size_t length)
{
	char *out = arena_alloc(mem, length * 2 + 1);

	for (size_t i = 0; i < length; i++)
		memcpy(out + 2 * i, "đ", 2);
	return out;
}

static void lengths_count_characters(void **state)
{
	struct faults faults = { .mem = mem };
	struct cell_words words = { .text = long_text(CELL_TEXT_MAX), .note = long_text(CELL_NOTE_MAX) };
	struct cell cell;

	(void)state;
	assert_true(cell_read(&text, &words, &cell, &faults));
	words.text = long_text(CELL_TEXT_MAX + 1);
	words.note = long_text(CELL_NOTE_MAX + 1);
	assert_false(cell_read(&text, &words, &cell, &faults));
	assert_int_equal(faults.total, 2);
	assert_int_equal(faults.rows[0].code, ERR_field_too_long);
}

/* A form without a fault; the tests spoil it. */
static struct cell *good_form(void)
{
	struct cell *cells = ARENA_ARRAY(mem, struct cell, report.item_count);

	for (size_t i = 0; i < report.item_count; i++)
		cells[i].indicator_id = items[i].indicator->id;
	cells[0].present = true;
	cells[0].number = 100; /* 10.0 */
	cells[1].present = true;
	cells[1].numerator = 1;
	cells[1].denominator = 2;
	cells[6].present = true;
	cells[6].number = 10;
	return cells;
}

static void expect_faults(struct cell *cells, unsigned level, const char *expected)
{
	struct faults faults = { .mem = mem };
	char found[512] = "";
	size_t length = 0;
	bool ok = cells_check(&report, level, cells, &faults);

	for (size_t i = 0; i < faults.count; i++)
		length += (size_t)snprintf(found + length, sizeof(found) - length, "%s%s %s", i ? "; " : "",
					   faults.rows[i].field, error_word(faults.rows[i].code));
	assert_string_equal(found, expected);
	assert_int_equal(ok, expected[0] == '\0');
}

static void whole_forms(void **state)
{
	struct cell *cells = good_form();

	(void)state;
	expect_faults(cells, LEVEL_COMMUNE, "");
	assert_int_equal(cells[1].number, 5000);

	cells[0].number = 101;
	expect_faults(cells, LEVEL_COMMUNE, "cells/N1/value check_failed");

	cells = good_form();
	cells[0].present = cells[1].present = cells[6].present = false;
	expect_faults(cells, LEVEL_COMMUNE,
		      "cells/N1/value cell_required; cells/P1/numerator cell_required; cells/C1/value cell_required");
	/* C1 is for communes alone. */
	expect_faults(cells, LEVEL_PROVINCE, "cells/N1/value cell_required; cells/P1/numerator cell_required");

	/* Nothing to report is an answer, and counts as 0 where figures are compared. */
	cells[0].nil = cells[1].nil = cells[6].nil = true;
	expect_faults(cells, LEVEL_COMMUNE, "");
	cells[0].nil = false;
	cells[0].present = true;
	expect_faults(cells, LEVEL_COMMUNE, "cells/N1/value check_failed");

	/* All faults at once; rules between figures wait until each is right by itself. */
	cells = good_form();
	cells[0].number = 20000;
	cells[1].denominator = 0;
	cells[4].present = true;
	cells[4].number = 3;
	expect_faults(cells, LEVEL_COMMUNE,
		      "cells/N1/value cell_above_max; cells/P1/denominator denominator_zero; "
		      "cells/Y1/value yes_no_invalid");
}

static bool has_two(void *arg, id indicator_id)
{
	(void)arg;
	return indicator_id == 2;
}

static bool has_any(void *arg, id indicator_id)
{
	(void)arg;
	return indicator_id > 0;
}

static void evidence_is_asked_for_figures(void **state)
{
	struct faults faults = { .mem = mem };
	struct cell *cells = good_form();

	(void)state;
	assert_true(cells_check_evidence(&report, cells, has_any, NULL, &faults));
	assert_false(cells_check_evidence(&report, cells, has_two, NULL, &faults));
	assert_int_equal(faults.total, 1);
	assert_string_equal(faults.rows[0].field, "cells/N1/evidence");
	cells[0].present = false;
	cells[0].nil = true;
	assert_true(cells_check_evidence(&report, cells, has_two, NULL, &faults));
}

static void many_faults_are_counted(void **state)
{
	struct faults faults = { .mem = mem };
	struct error err = { .code = ERR_none };

	(void)state;
	assert_true(faults_none(&faults, &err));
	for (int i = 0; i < ERROR_DETAILS_MAX + 50; i++)
		fault_add(&faults, ERR_cell_required, "cells/X/value", NULL, NULL);
	assert_false(faults_none(&faults, &err));
	assert_int_equal(err.code, ERR_submission_invalid);
	assert_int_equal(err.detail_count, ERROR_DETAILS_MAX);
	assert_string_equal(err.args[0], "250");
}

static void medians(void **state)
{
	struct past_figure past[PAST_PERIODS] = { { false, 0 } };
	int64_t median = -1;

	(void)state;
	assert_false(past_median(past, PAST_PERIODS, &median));
	past[3] = (struct past_figure){ true, 30 };
	assert_true(past_median(past, PAST_PERIODS, &median));
	assert_int_equal(median, 30);
	past[5] = (struct past_figure){ true, 10 };
	assert_true(past_median(past, PAST_PERIODS, &median));
	assert_int_equal(median, 10);
	past[11] = (struct past_figure){ true, 20 };
	assert_true(past_median(past, PAST_PERIODS, &median));
	assert_int_equal(median, 20);
}

static void outliers(void **state)
{
	static const struct {
		int64_t past[4], value;
		bool outlier;
	} rows[] = {
		{ { 100, 100, 100, 100 }, 150, false }, /* 50 % is still usual */
		{ { 100, 100, 100, 100 }, 151, true },
		{ { 100, 100, 100, 100 }, 49, true },
		{ { 100, 100, 100, 100 }, 50, false },
		{ { -1, 100, 100, 100 }, 151, true },
		{ { -1, -1, 100, 100 }, 900, false }, /* two are too few to judge by */
		{ { 0, 0, 0, 0 }, 900, false },       /* nothing to compare with */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct past_figure past[4];
		struct cell cell = { .present = true, .number = rows[i].value };
		int64_t median;
		for (size_t k = 0; k < 4; k++)
			past[k] = (struct past_figure){ rows[i].past[k] >= 0, rows[i].past[k] };
		if (cell_outlier(&number, &cell, past, 4, &median) != rows[i].outlier)
			fail_msg("row %zu", i);
	}
}

static void warnings(void **state)
{
	struct past_figure past[PAST_PERIODS] = { { false, 0 } };
	struct cell *cells = good_form();
	struct cell_warnings out;
	period may = period_make(FREQUENCY_MONTH, 2026, 5), january = period_make(FREQUENCY_MONTH, 2026, 1);

	(void)state;
	past[PAST_PERIODS - 1] = (struct past_figure){ true, 11 };
	cell_warn(mem, &report, cells, 6, may, past, PAST_PERIODS, &out);
	assert_int_equal(out.count, 1);
	assert_int_equal(out.rows[0].code, ERR_cumulative_falls);
	assert_string_equal(out.rows[0].args[0], "11");
	/* A running total begins anew with the year. */
	cell_warn(mem, &report, cells, 6, january, past, PAST_PERIODS, &out);
	assert_int_equal(out.count, 0);

	cells[3].present = true;
	cells[3].number = 10;
	cell_warn(mem, &report, cells, 3, may, past, PAST_PERIODS, &out);
	assert_int_equal(out.count, 1);
	assert_int_equal(out.rows[0].code, ERR_check_warns);
	assert_string_equal(out.rows[0].args[0], "R1 < N1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_cell),
		cmocka_unit_test(lengths_count_characters),
		cmocka_unit_test(whole_forms),
		cmocka_unit_test(evidence_is_asked_for_figures),
		cmocka_unit_test(many_faults_are_counted),
		cmocka_unit_test(medians),
		cmocka_unit_test(outliers),
		cmocka_unit_test(warnings),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
