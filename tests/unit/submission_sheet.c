#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "submission/sheet_form.h"

static const struct indicator number = { .id = 1, .code = "TN01", .type = VALUE_NUMBER, .decimals = 1, .factor = 1,
					 .has_min = true, .levels = LEVEL_ALL };
static const struct indicator share = { .id = 2, .code = "TN02", .type = VALUE_PERCENTAGE, .decimals = 2,
					.factor = 100, .has_min = true, .has_max = true, .max = 10000,
					.levels = LEVEL_ALL };
static const struct indicator yes = { .id = 3, .code = "TN03", .type = VALUE_YES_NO, .factor = 1,
				      .levels = LEVEL_ALL };
static const struct indicator text = { .id = 4, .code = "TN04", .type = VALUE_TEXT, .factor = 1,
				       .levels = LEVEL_ALL };
static const struct indicator other = { .id = 5, .code = "TN05", .type = VALUE_NUMBER, .factor = 1,
					.levels = LEVEL_PROVINCE };
static const struct report_item items[] = {
	{ &number, 0, true, false, "" }, { &share, 1, true, false, "" }, { &yes, 2, false, false, "" },
	{ &text, 3, false, false, "" },  { &other, 4, false, false, "" },
};
static const struct report report = { .id = 9, .items = items, .item_count = 5 };

static struct arena *mem;
static struct form form;

static int set_up(void **state)
{
	(void)state;
	mem = arena_new(0);
	form_init(&form, mem, &report);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

/* Cells of a row by "tText|n12.5||": t and n as the spreadsheet has them. */
static struct sheet_row row_of(int line, const char *cells)
{
	struct sheet_cell *out = ARENA_ARRAY(mem, struct sheet_cell, 16);
	size_t count = 0;

	for (;;) {
		size_t length = strcspn(cells, "|");
		enum sheet_kind kind = length == 0 ? SHEET_BLANK : cells[0] == 'n' ? SHEET_NUMBER : SHEET_TEXT;
		out[count++] = (struct sheet_cell){ kind, length ? arena_strndup(mem, cells + 1, length - 1) : "" };
		if (cells[length] == '\0')
			break;
		cells += length + 1;
	}
	return (struct sheet_row){ line, count, out };
}

#define HEADING "tMã|tChỉ số|tĐơn vị tính|tKỳ trước|tTử số|tMẫu số|tGiá trị|tKhông phát sinh|tGhi chú"

static size_t read_rows(const char *const *lines, struct sheet_entry **out, struct error *err)
{
	struct sheet_row *rows = ARENA_ARRAY(mem, struct sheet_row, 50);
	struct sheet sheet = { rows, 0 };
	size_t count = 0;

	*err = (struct error){ .code = ERR_none };
	for (; *lines; lines++, sheet.row_count++)
		rows[sheet.row_count] = row_of((int)sheet.row_count + 1, *lines);
	sheet_entries_read(mem, &sheet, &form, LEVEL_COMMUNE, out, &count, err);
	return count;
}

static void each_line(void **state)
{
	static const struct {
		const char *line;
		const char *fault; /* "column code", or NULL */
		struct cell cell;
	} rows[] = {
		{ "tTN01||||||n1234.5", NULL, { .present = true, .number = 12345 } },
		{ "tTN01||||||t1.234,5", NULL, { .present = true, .number = 12345 } },
		{ "t tn01 ||||||t1.234,5", NULL, { .present = true, .number = 12345 } },
		{ "tTN01||||||t1.234,56", "G number_too_precise", { 0 } },
		{ "tTN01||||||n1234.56", "G number_too_precise", { 0 } },
		{ "tTN01||||||tnăm", "G number_invalid", { 0 } },
		{ "tTN01||||||t#DIV/0!", "G sheet_cell_error", { 0 } },
		{ "tTN01||||||n-1", "G cell_below_min", { 0 } },
		{ "tTN01|||||||tx", NULL, { .nil = true } },
		{ "tTN01|||||||tX|tKhông có", NULL, { .nil = true, .note = "Không có" } },
		{ "tTN01|||||||tcó", "H sheet_nil_invalid", { 0 } },
		{ "tTN01||||||n5|tx", "G cell_nil_with_figures", { 0 } },
		{ "tTN01||||n1||n5", NULL, { .present = true, .number = 50 } },
		{ "tTN02||||n1|t3", NULL, { .present = true, .number = 3333, .numerator = 1, .denominator = 3 } },
		{ "tTN02||||t1.000|t4.000", NULL,
		  { .present = true, .number = 2500, .numerator = 1000, .denominator = 4000 } },
		{ "tTN02||||n5|n4", "E numerator_exceeds", { 0 } },
		{ "tTN02||||n5|n0", "F denominator_zero", { 0 } },
		{ "tTN02||||n5", "F cell_parts_required", { 0 } },
		{ "tTN02||||||n25", "E cell_parts_required", { 0 } },
		{ "tTN03||||||n1", NULL, { .present = true, .number = 1 } },
		{ "tTN03||||||tcó", "G number_invalid", { 0 } },
		{ "tTN03||||||n2", "G yes_no_invalid", { 0 } },
		{ "tTN04||||||tĐã xong", NULL, { .present = true, .text = "Đã xong" } },
		{ "tTN05||||||n1", "A indicator_not_in_form", { 0 } },
		{ "tTN99||||||n1", "A indicator_not_in_form", { 0 } },
		{ "||||||n1", "A indicator_not_in_form", { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *const lines[] = { "tBáo cáo", HEADING, rows[i].line, NULL };
		struct sheet_entry *entries;
		struct error err;
		char column[4];
		size_t count = read_rows(lines, &entries, &err);
		const char *found = NULL;
		if (count != 1)
			fail_msg("%s: %zu lines", rows[i].line, count);
		assert_int_equal(entries[0].line, 3);
		if (entries[0].fault_count)
			found = arena_printf(mem, "%s %s", sheet_column_name(entries[0].faults[0].column, column),
					     error_word(entries[0].faults[0].detail.code));
		if (!found != !rows[i].fault || (found && strcmp(found, rows[i].fault)))
			fail_msg("%s: %s", rows[i].line, found ? found : "no fault");
		if (!found && !cell_equal(&entries[0].cell, &rows[i].cell))
			fail_msg("%s: another cell", rows[i].line);
	}
}

static void lines_that_say_nothing(void **state)
{
	static const char *const lines[] = {
		HEADING, "tNhóm một", "tTN01|tTên|tNgười|n5", "tTN02", "tTN01||||||n1", "tTN01||||||n2", NULL,
	};
	struct sheet_entry *entries;
	struct error err;

	(void)state;
	assert_int_equal(read_rows(lines, &entries, &err), 2);
	assert_int_equal(entries[0].line, 5);
	assert_int_equal(entries[0].fault_count, 0);
	assert_int_equal(entries[1].line, 6);
	assert_int_equal(entries[1].faults[0].detail.code, ERR_cell_twice);
}

static void headings(void **state)
{
	static const char *const moved[] = { "tGHI CHÚ|tGiá trị|tMã", "tx|n5|tTN01", NULL };
	static const char *const english[] = { "tCode|tValue", "tTN01|n5", NULL };
	static const char *const none[] = { "tTN01|n5", "tTN02|n5", NULL };
	static const char *const no_input[] = { "tMã|tChỉ số", "tTN01|tx", NULL };
	struct sheet_entry *entries;
	struct error err;

	(void)state;
	assert_int_equal(read_rows(moved, &entries, &err), 1);
	assert_int_equal(entries[0].cell.number, 50);
	assert_string_equal(entries[0].cell.note, "x");
	assert_int_equal(read_rows(english, &entries, &err), 1);
	assert_int_equal(entries[0].cell.number, 50);
	read_rows(none, &entries, &err);
	assert_int_equal(err.code, ERR_sheet_no_heading);
	read_rows(no_input, &entries, &err);
	assert_int_equal(err.code, ERR_sheet_no_heading);
}

/* The page of a grid, through a real file, gives the cells that were on it. */
static void out_and_in(void **state)
{
	static struct cell cells[] = {
		{ .indicator_id = 1, .present = true, .number = 12345, .note = "=HYPERLINK(1)" },
		{ .indicator_id = 2, .present = true, .number = 5000, .numerator = 1, .denominator = 2 },
		{ .indicator_id = 3, .nil = true },
		{ .indicator_id = 4, .present = true, .text = "Đã xong" },
		{ .indicator_id = 5, .present = true, .number = 1 },
	};
	static struct cell previous[5];
	struct grid grid = {
		.work = { .unit = { .name = "Phường Tuy Hoà" }, .s = { .period = period_make(FREQUENCY_MONTH, 2026, 5) },
			  .ap = { .deadline = INT64_C(1778950800000) } },
		.report = &report,
		.level = LEVEL_COMMUNE,
		.working = { .cells = cells },
		.past = { .previous = previous },
	};
	struct report titled = report;
	struct sheet_entry *entries;
	struct sheet_page page;
	struct error err = { .code = ERR_none };
	struct sheet sheet;
	const char *bytes;
	size_t size, count;

	(void)state;
	titled.title = "Báo cáo";
	titled.instructions = "";
	grid.report = &titled;
	struct report_item named[5];
	struct indicator own[5];
	for (size_t i = 0; i < 5; i++) {
		named[i] = items[i];
		own[i] = *items[i].indicator;
		own[i].name = "Tên";
		own[i].unit_of_measure = "%";
		named[i].indicator = &own[i];
	}
	titled.items = named;
	for (enum language lang = LANG_VI; lang <= LANG_EN; lang++) {
		page = sheet_page_of(mem, &grid, lang);
		if (!sheet_write(mem, &page, &bytes, &size, &err) || !sheet_read_bytes(mem, bytes, size, &sheet, &err) ||
		    !sheet_entries_read(mem, &sheet, &form, LEVEL_COMMUNE, &entries, &count, &err))
			fail_msg("%s %s", error_word(err.code), err.trace);
		assert_int_equal(count, 4);
		for (size_t i = 0; i < count; i++) {
			assert_int_equal(entries[i].fault_count, 0);
			assert_true(cell_equal(&entries[i].cell, &cells[i]));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line),
		cmocka_unit_test(lines_that_say_nothing),
		cmocka_unit_test(headings),
		cmocka_unit_test(out_and_in),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
