#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "unit/unit_rules.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void codes_fit_into_paths(void **state)
{
	(void)state;
	static const char *const good[] = { "TW", "66", "22015", "66-KHCN", "a.b_c", "0", "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345" };
	static const char *const bad[] = { "", "66/22015", "-66", ".x", "_", "6 6", "66%", "\xc4\x90L", "66\n",
					   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456" };
	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(unit_code_valid(good[i]));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(unit_code_valid(bad[i]));
}

static void a_path_tells_what_lies_below(void **state)
{
	(void)state;
	static const struct {
		const char *path, *root;
		bool under;
	} rows[] = {
		{ "TW/66/22015/", "TW/66/", true },   { "TW/66/", "TW/66/", true },  { "TW/66/", "TW/", true },
		{ "TW/660/", "TW/66/", false },       { "TW/66/", "TW/66/22015/", false }, { "TW/66-KHCN/", "TW/66/", false },
		{ "TW/66/", "", true },
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(unit_under(rows[i].path, rows[i].root), rows[i].under);
		/* The range that the store searches holds the same. */
		bool in_range = strcmp(rows[i].path, rows[i].root) >= 0 &&
				strcmp(rows[i].path, unit_path_end(mem, rows[i].root)) < 0;
		assert_int_equal(in_range, rows[i].under);
	}
	assert_string_equal(unit_path_make(mem, "TW/66/", "22015"), "TW/66/22015/");
	assert_string_equal(unit_path_make(mem, "", "TW"), "TW/");
	assert_int_equal(unit_path_depth("TW/66/22015/"), 3);
	assert_int_equal(unit_path_depth("TW/"), 1);
	arena_free(mem);
}

static void units_have_several_forms_to_be_found_by(void **state)
{
	(void)state;
	static const struct {
		const char *code, *name, *english, *forms;
	} rows[] = {
		{ "22015", "Phường Tuy Hoà", "Tuy Hoa", "|phuong tuy hoa|tuy hoa|22015" },
		{ "66", "Tỉnh Đắk Lắk", "Dak Lak", "|tinh dak lak|dak lak|66" },
		{ "01", "Thành phố Hà Nội", "Hanoi", "|thanh pho ha noi|ha noi|hanoi|01" },
		{ "66-KHCN", "Sở Khoa học và Công nghệ", "Department of Science",
		  "|so khoa hoc va cong nghe|khoa hoc va cong nghe|department of science|66 khcn|khcn" },
		{ "TW", "Trung ương", "Centre", "|trung uong|centre|tw" },
		{ "X", "Xã", "Xã", "|xa|x" },
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(unit_search_forms(mem, rows[i].code, rows[i].name, rows[i].english), rows[i].forms);
	arena_free(mem);
}

static void every_unit_has_a_province(void **state)
{
	(void)state;
	struct unit centre = { .id = 1, .province_id = 1 }, province = { .id = 2, .province_id = 2 };
	assert_int_equal(unit_province_of(1, "central", NULL), 1);
	assert_int_equal(unit_province_of(2, "province", &centre), 2);
	assert_int_equal(unit_province_of(3, "commune", &province), 2);
	assert_int_equal(unit_province_of(4, "ministry", &centre), 1);
}

static void a_unit_is_valid_from_its_first_day_to_its_last(void **state)
{
	(void)state;
	struct unit open = { .valid_from = { 2025, 7, 1 } };
	struct unit ended = { .valid_from = { 2025, 7, 1 }, .valid_to = { 2026, 1, 1 } };
	static const struct {
		struct civil_date day;
		bool open, ended;
	} rows[] = {
		{ { 2025, 6, 30 }, false, false }, { { 2025, 7, 1 }, true, true },    { { 2025, 12, 31 }, true, true },
		{ { 2026, 1, 1 }, true, false },   { { 2030, 1, 1 }, true, false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(unit_valid_on(&open, rows[i].day), rows[i].open);
		assert_int_equal(unit_valid_on(&ended, rows[i].day), rows[i].ended);
	}
}

static void moves_are_checked(void **state)
{
	(void)state;
	struct unit root = { .id = 1, .path = "TW/", .name = "TW" };
	struct unit province = { .id = 2, .parent_id = 1, .path = "TW/66/", .name = "66" };
	struct unit commune = { .id = 3, .parent_id = 2, .path = "TW/66/22015/", .name = "22015" };
	struct unit other = { .id = 4, .parent_id = 1, .path = "TW/01/", .name = "01" };
	struct unit deep = { .id = 5, .parent_id = 1, .path = "1/2/3/4/5/6/7/8/9/10/11/", .name = "11" };
	const struct {
		const struct unit *unit, *parent;
		int below;
		enum error_code code;
	} rows[] = {
		{ &commune, &other, 0, ERR_none },
		{ &province, &other, 1, ERR_none },
		{ &root, &other, 0, ERR_unit_root_fixed },
		{ &province, &province, 0, ERR_unit_below_itself },
		{ &province, &commune, 0, ERR_unit_below_itself },
		{ &commune, &deep, 0, ERR_none },
		{ &province, &deep, 1, ERR_unit_too_deep },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		assert_int_equal(unit_move_check(rows[i].unit, rows[i].parent, rows[i].below, &err), rows[i].code == ERR_none);
		assert_int_equal(err.code, rows[i].code);
	}
}

static void mergers_are_checked(void **state)
{
	(void)state;
	struct unit root = { .id = 1, .path = "TW/", .name = "TW", .valid_from = { 1945, 9, 2 } };
	struct unit unit = { .id = 2, .parent_id = 1, .path = "TW/a/", .name = "a", .valid_from = { 2025, 7, 1 } };
	struct unit below = { .id = 3, .parent_id = 2, .path = "TW/a/b/", .name = "b", .valid_from = { 2025, 7, 1 } };
	struct unit other = { .id = 4, .parent_id = 1, .path = "TW/c/", .name = "c", .valid_from = { 2025, 7, 1 } };
	struct unit gone = { .id = 5, .parent_id = 1, .path = "TW/d/", .name = "d", .valid_from = { 2025, 7, 1 },
			     .valid_to = { 2026, 1, 1 } };
	const struct {
		const struct unit *unit, *successor;
		struct civil_date on;
		enum error_code code;
	} rows[] = {
		{ &unit, &other, { 2026, 5, 1 }, ERR_none },
		{ &unit, &root, { 2026, 5, 1 }, ERR_none },
		{ &root, &other, { 2026, 5, 1 }, ERR_unit_root_fixed },
		{ &gone, &other, { 2026, 5, 1 }, ERR_unit_ended },
		{ &unit, &unit, { 2026, 5, 1 }, ERR_unit_successor_own },
		{ &unit, &below, { 2026, 5, 1 }, ERR_unit_successor_own },
		{ &unit, &gone, { 2026, 5, 1 }, ERR_unit_merge_day },
		{ &unit, &gone, { 2025, 12, 31 }, ERR_none },
		{ &unit, &other, { 2025, 7, 1 }, ERR_unit_merge_day },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		assert_int_equal(unit_merge_check(rows[i].unit, rows[i].successor, rows[i].on, &err),
				 rows[i].code == ERR_none);
		assert_int_equal(err.code, rows[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_fit_into_paths),
		cmocka_unit_test(a_path_tells_what_lies_below),
		cmocka_unit_test(units_have_several_forms_to_be_found_by),
		cmocka_unit_test(every_unit_has_a_province),
		cmocka_unit_test(a_unit_is_valid_from_its_first_day_to_its_last),
		cmocka_unit_test(moves_are_checked),
		cmocka_unit_test(mergers_are_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
