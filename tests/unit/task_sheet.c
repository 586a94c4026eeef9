#include "task/task_sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

#define TEXT(words) { SHEET_TEXT, words }
#define NUMBER(digits) { SHEET_NUMBER, digits }
#define BLANK { SHEET_BLANK, "" }
#define ROW(number, ...) \
	{ number, sizeof((struct sheet_cell[]){ __VA_ARGS__ }) / sizeof(struct sheet_cell), \
	  (struct sheet_cell[]){ __VA_ARGS__ } }
#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static const struct letter_unit units[] = {
	{ 66, "Đắk Lắk", "province", 66 },
	{ 1, "Sở Khoa học và Công nghệ", "department", 66 },
	{ 2, "Sở Tài chính", "department", 66 },
	{ 3, "Sở Nội vụ", "department", 66 },
	{ 11, "Phường Tuy Hòa", "commune", 66 },
	{ 12, "Xã Krông Ana", "commune", 66 },
};

static const struct task_sheet_context context = {
	.today = { 2026, 5, 5 }, .units = units, .unit_count = COUNT(units), .province_id = 66,
};

static instant end_of(int year, int month, int day)
{
	return civil_start((struct civil_date){ year, month, day }) + DAY_MS;
}

static void an_annex_of_another_office_is_read_by_its_headings(void **state)
{
	const struct sheet_row rows[] = {
		ROW(1, TEXT("PHỤ LỤC II")),
		ROW(2, TEXT("DANH MỤC NHIỆM VỤ QUÝ II/2026")),
		ROW(4, TEXT("TT"), TEXT("Tên nhiệm vụ"), TEXT("Thời gian hoàn thành"), TEXT("Cơ quan chủ trì"),
		    TEXT("Cơ quan phối hợp"), TEXT("Kết quả, sản phẩm")),
		ROW(5, TEXT("I"), TEXT("Hoàn thiện thể chế")),
		ROW(6, NUMBER("1"), TEXT("Xây dựng quy chế dữ liệu"), TEXT("Trước ngày 30/6/2026"),
		    TEXT("Sở Khoa học và Công nghệ"), TEXT("Sở Tài chính; Sở Nội vụ"), TEXT("Quyết định của UBND tỉnh")),
		ROW(7, NUMBER("2"), TEXT("Rà soát danh mục"), NUMBER("46187"), TEXT("Sở Tài chính, Sở Nội vụ"), BLANK,
		    TEXT("Báo cáo")),
	};
	const struct sheet sheet = { rows, COUNT(rows) };
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	struct task_sheet_row *read;
	size_t count;

	(void)state;
	assert_true(task_sheet_read(mem, &sheet, &context, &read, &count, &err));
	assert_int_equal(count, 2);
	assert_int_equal(read[0].line, 6);
	assert_string_equal(read[0].section, "Hoàn thiện thể chế");
	assert_string_equal(read[0].content, "Xây dựng quy chế dữ liệu");
	assert_string_equal(read[0].product, "Quyết định của UBND tỉnh");
	assert_int_equal(read[0].fault_count, 0);
	assert_int_equal(read[0].lead_count, 1);
	assert_int_equal(read[0].leads[0].unit_ids[0], 1);
	assert_int_equal(read[0].other_count, 2);
	assert_int_equal(read[0].others[1].unit_ids[0], 3);
	assert_int_equal(read[0].deadline.before, end_of(2026, 6, 29));
	assert_int_equal(read[1].lead_count, 2);
	assert_int_equal(read[1].deadline.before, end_of(2026, 6, 14));
	assert_string_equal(read[1].deadline_text, "14/6/2026");
	arena_free(mem);
}

static void each_row_says_what_is_wrong_with_it(void **state)
{
	const struct sheet_row rows[] = {
		ROW(1, TEXT("STT"), TEXT("Nội dung"), TEXT("Chủ trì"), TEXT("Phối hợp"), TEXT("Sản phẩm"), TEXT("Thời hạn")),
		ROW(2, NUMBER("1"), BLANK, TEXT("Sở Tài chính")),
		ROW(3, NUMBER("2"), TEXT("Việc hai"), BLANK, TEXT("Sở Nội vụ")),
		ROW(4, NUMBER("3"), TEXT("Việc ba"), TEXT("Sở Trồng Trọt Vũ Trụ"), BLANK, BLANK, TEXT("khi nào xong")),
	};
	const struct {
		size_t row, column;
		enum error_code code;
	} wanted[] = {
		{ 0, 1, ERR_task_sheet_content_missing },
		{ 1, 2, ERR_task_sheet_lead_missing },
		{ 2, 2, ERR_task_sheet_unit_unknown },
		{ 2, 5, ERR_task_sheet_deadline_unread },
	};
	const struct sheet sheet = { rows, COUNT(rows) };
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	struct task_sheet_row *read;
	size_t count, seen = 0;

	(void)state;
	assert_true(task_sheet_read(mem, &sheet, &context, &read, &count, &err));
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < read[i].fault_count; k++, seen++) {
			assert_int_equal(i, wanted[seen].row);
			assert_int_equal(read[i].faults[k].column, wanted[seen].column);
			assert_int_equal(read[i].faults[k].detail.code, wanted[seen].code);
		}
	}
	assert_int_equal(seen, COUNT(wanted));
	arena_free(mem);
}

static void a_sheet_without_headings_or_rows_is_refused(void **state)
{
	const struct sheet_row none[] = { ROW(1, TEXT("Họ tên"), TEXT("Chức vụ")) };
	const struct sheet_row empty[] = { ROW(1, TEXT("Nội dung"), TEXT("Chủ trì")) };
	struct sheet sheet = { none, 1 };
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	struct task_sheet_row *read;
	size_t count;

	(void)state;
	assert_false(task_sheet_read(mem, &sheet, &context, &read, &count, &err));
	assert_int_equal(err.code, ERR_task_sheet_no_heading);
	error_clear(&err);
	sheet.rows = empty;
	assert_false(task_sheet_read(mem, &sheet, &context, &read, &count, &err));
	assert_int_equal(err.code, ERR_task_sheet_empty);
	arena_free(mem);
}

/* The page that is written, as the rows a reader of the file gets. */
static struct sheet as_read(struct arena *mem, const struct sheet_page *page)
{
	struct sheet_row *rows = ARENA_ARRAY(mem, struct sheet_row, page->rows);

	for (size_t i = 0; i < page->rows; i++) {
		struct sheet_cell *cells = ARENA_ARRAY(mem, struct sheet_cell, page->columns);

		for (size_t k = 0; k < page->columns; k++) {
			const struct sheet_value *value = &page->values[i * page->columns + k];

			cells[k].kind = value->kind;
			cells[k].text = value->kind == SHEET_TEXT ? value->text :
					value->kind == SHEET_NUMBER ? arena_printf(mem, "%lld", (long long)value->number) : "";
		}
		rows[i] = (struct sheet_row){ (int)i + 1, page->columns, cells };
	}
	return (struct sheet){ rows, page->rows };
}

static void what_goes_out_comes_in_again(void **state)
{
	const struct task tasks[] = {
		{ .content = "Xây dựng quy chế, trình UBND tỉnh", .product = "Quy chế", .deadline = end_of(2026, 5, 16),
		  .deadline_kind = TASK_DEADLINE_INSTANT, .deadline_written = "trước 24h00 ngày 16/5" },
		{ .content = "Việc hai", .product = "", .deadline = end_of(2026, 7, 31),
		  .deadline_kind = TASK_DEADLINE_INSTANT, .deadline_written = "sau khi có hướng dẫn" },
		{ .content = "Việc ba", .product = "", .deadline = end_of(2026, 6, 30),
		  .deadline_kind = TASK_DEADLINE_QUARTER, .deadline_written = "trong Quý II/2026" },
		{ .content = "Việc tư", .product = "", .deadline_written = "", .deadline_kind = TASK_DEADLINE_SOONEST },
		{ .content = "Việc năm", .product = "", .deadline_written = "", .deadline = end_of(2026, 5, 16),
		  .deadline_kind = TASK_DEADLINE_INSTANT, .recurrence = { TASK_MONTHLY, 16, 2026105 } },
		{ .content = "Việc sáu", .product = "", .deadline_written = "", .deadline_kind = TASK_DEADLINE_NONE },
	};
	const instant now = civil_start(context.today);

	(void)state;
	for (int lang = LANG_VI; lang <= LANG_EN; lang++) {
		struct arena *mem = arena_new(0);
		struct task_sheet_line lines[COUNT(tasks)];
		struct error err = { .code = ERR_none };
		struct task_sheet_row *read;
		struct sheet_page page;
		struct sheet sheet;
		size_t count;

		for (size_t i = 0; i < COUNT(tasks); i++)
			lines[i] = (struct task_sheet_line){ .task = &tasks[i], .lead = "Sở Khoa học và Công nghệ",
							     .cooperating = i ? "" : "Sở Tài chính; Phường Tuy Hòa" };
		page = task_sheet_page(mem, lines, COUNT(lines), now, (enum language)lang);
		sheet = as_read(mem, &page);
		assert_true(task_sheet_read(mem, &sheet, &context, &read, &count, &err));
		assert_int_equal(count, COUNT(tasks));
		for (size_t i = 0; i < count; i++) {
			if (read[i].fault_count)
				fail_msg("row %zu: %s", i, error_word(read[i].faults[0].detail.code));
			assert_string_equal(read[i].content, tasks[i].content);
			assert_string_equal(read[i].product, tasks[i].product);
			assert_int_equal(read[i].lead_count, 1);
			assert_int_equal(read[i].leads[0].unit_ids[0], 1);
			if (tasks[i].deadline && !tasks[i].recurrence.every)
				assert_int_equal(read[i].deadline.before, tasks[i].deadline);
		}
		assert_int_equal(read[0].other_count, 2);
		assert_int_equal(read[0].others[1].unit_ids[0], 11);
		assert_int_equal(read[3].deadline.kind, LETTER_SOONEST);
		assert_string_equal(read[4].recurrence.every, "month");
		assert_int_equal(read[4].recurrence.day, 16);
		assert_int_equal(read[4].recurrence.from, 2026105);
		arena_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_annex_of_another_office_is_read_by_its_headings),
		cmocka_unit_test(each_row_says_what_is_wrong_with_it),
		cmocka_unit_test(a_sheet_without_headings_or_rows_is_refused),
		cmocka_unit_test(what_goes_out_comes_in_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
