#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "letter/letter.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Two provinces with the names the program carries, and the centre. */
static const struct letter_unit units[] = {
	{ 1, "Trung ương", "central", 1 },
	{ 2, "Bộ Khoa học và Công nghệ", "ministry", 1 },
	{ 3, "Bộ Tài chính", "ministry", 1 },
	{ 4, "Văn phòng Chính phủ", "ministry", 1 },
	{ 66, "Tỉnh Đắk Lắk", "province", 66 },
	{ 40, "Tỉnh Nghệ An", "province", 40 },
	{ 79, "Thành phố Hồ Chí Minh", "province", 79 },
	{ 6601, "Văn phòng Uỷ ban nhân dân tỉnh", "department", 66 },
	{ 6602, "Sở Nội vụ", "department", 66 },
	{ 6603, "Sở Tài chính", "department", 66 },
	{ 6604, "Sở Khoa học và Công nghệ", "department", 66 },
	{ 6605, "Sở Văn hoá, Thể thao và Du lịch", "department", 66 },
	{ 6606, "Sở Nông nghiệp và Môi trường", "department", 66 },
	{ 6607, "Thanh tra tỉnh", "department", 66 },
	{ 6608, "Ban Quản lý các khu công nghiệp", "department", 66 },
	{ 6609, "Sở Dân tộc và Tôn giáo", "department", 66 },
	{ 6610, "Tỉnh uỷ Đắk Lắk", "party", 66 },
	{ 6651, "Phường Tuy Hoà", "commune", 66 },
	{ 6652, "Xã Ea Kao", "commune", 66 },
	{ 6653, "Xã Hoà Phú", "commune", 66 },
	{ 6654, "Phường Hoà Phú", "commune", 66 },
	{ 4001, "Văn phòng Uỷ ban nhân dân tỉnh", "department", 40 },
	{ 4002, "Sở Nội vụ", "department", 40 },
	{ 4004, "Sở Khoa học và Công nghệ", "department", 40 },
	{ 4005, "Công an tỉnh", "department", 40 },
	{ 4051, "Xã Nam Đàn", "commune", 40 },
};

#define NONE LETTER_GROUP_NONE
#define DEPARTMENTS LETTER_GROUP_DEPARTMENTS
#define COMMUNES LETTER_GROUP_COMMUNES
#define PROVINCES LETTER_GROUP_PROVINCES
#define MINISTRIES LETTER_GROUP_MINISTRIES

/* A name in a letter of a province (0: the centre): the unit (0: left open), or a group and how many it is. */
static const struct {
	const char *name;
	int64_t province, unit;
	enum letter_group group;
	size_t members;
} rows[] = {
	{ "Sở Khoa học và Công nghệ", 66, 6604, NONE, 0 },
	{ "Sở Khoa học và Công nghệ", 40, 4004, NONE, 0 },
	{ "sở khoa học và công nghệ", 66, 6604, NONE, 0 },
	{ "Sở KH&CN", 66, 6604, NONE, 0 },
	{ "Sở KHCN", 66, 6604, NONE, 0 },
	{ "Sở Khoa học và Công nghê", 66, 6604, NONE, 0 },
	{ "Sở Khoa học và Công nghệp", 66, 6604, NONE, 0 },
	{ "Sở Khoa học - Công nghệ", 66, 6604, NONE, 0 },
	{ "Sở Văn hóa, Thể thao và Du lịch", 66, 6605, NONE, 0 },
	{ "Sở VHTT&DL", 66, 6605, NONE, 0 },
	{ "Sở NN&MT", 66, 6606, NONE, 0 },
	{ "Sở DT&TG", 66, 6609, NONE, 0 },
	{ "Giám đốc Sở Tài chính", 66, 6603, NONE, 0 },
	{ "Sở Tài chính tỉnh Đắk Lắk", 66, 6603, NONE, 0 },
	{ "Sở Nội vụ tỉnh Nghệ An", 66, 4002, NONE, 0 },
	{ "Văn phòng UBND tỉnh", 66, 6601, NONE, 0 },
	{ "Văn phòng Ủy ban nhân dân tỉnh", 66, 6601, NONE, 0 },
	{ "Chánh Văn phòng UBND tỉnh", 66, 6601, NONE, 0 },
	{ "VP UBND tỉnh", 40, 4001, NONE, 0 },
	{ "Thanh tra tỉnh", 66, 6607, NONE, 0 },
	{ "Ban Quản lý các khu công nghiệp", 66, 6608, NONE, 0 },
	{ "Ban Quản lý các KCN", 66, 6608, NONE, 0 },
	{ "UBND tỉnh", 66, 66, NONE, 0 },
	{ "Ủy ban nhân dân tỉnh", 40, 40, NONE, 0 },
	{ "Chủ tịch UBND tỉnh", 66, 66, NONE, 0 },
	{ "UBND tỉnh Nghệ An", 0, 40, NONE, 0 },
	{ "Uỷ ban nhân dân Thành phố Hồ Chí Minh", 0, 79, NONE, 0 },
	{ "UBND TP Hồ Chí Minh", 0, 79, NONE, 0 },
	{ "UBND phường Tuy Hòa", 66, 6651, NONE, 0 },
	{ "Ủy ban nhân dân xã Ea Kao", 66, 6652, NONE, 0 },
	{ "Chủ tịch UBND xã Hòa Phú", 66, 6653, NONE, 0 },
	{ "UBND phường Hòa Phú", 66, 6654, NONE, 0 },
	{ "Tỉnh ủy", 66, 6610, NONE, 0 },
	{ "Bộ Khoa học và Công nghệ", 66, 2, NONE, 0 },
	{ "Bộ trưởng Bộ Tài chính", 0, 3, NONE, 0 },
	{ "Bộ KH&CN", 0, 2, NONE, 0 },
	{ "Văn phòng Chính phủ", 66, 4, NONE, 0 },
	{ "Công an tỉnh", 40, 4005, NONE, 0 },
	{ "Sờ Tài chính", 66, 6603, NONE, 0 },
	{ "Bộ trưởng Bộ Khoa học và Công nghệ", 0, 2, NONE, 0 },
	{ "Ban Quản lý các khu công nghiệp tỉnh", 66, 6608, NONE, 0 },
	{ "Công an tỉnh Nghệ An", 66, 4005, NONE, 0 },
	{ "Chủ tịch UBND tỉnh Nghệ An", 66, 40, NONE, 0 },
	{ "UBND TP. Hồ Chí Minh", 66, 79, NONE, 0 },
	{ "UBND Nghệ An", 0, 40, NONE, 0 },
	{ "Chủ tịch UBND Hồ Chí Minh", 0, 79, NONE, 0 },
	{ "Chủ tịch UBND phường Tuy Hòa", 66, 6651, NONE, 0 },
	{ "Lãnh đạo Sở Nội vụ", 66, 6602, NONE, 0 },
	{ "Văn phòng UBND tỉnh Nghệ An", 66, 4001, NONE, 0 },
	{ "Bộ KH&CN", 66, 2, NONE, 0 },
	{ "Sở Văn hóa Thể thao và Du lịch", 66, 6605, NONE, 0 },
	{ "đồng chí Giám đốc Sở Nội vụ", 66, 6602, NONE, 0 },
	{ "Phó Chủ tịch UBND tỉnh", 66, 66, NONE, 0 },
	/* Left open rather than guessed. */
	{ "Trạm Y tế các xã, phường", 66, 0, NONE, 0 },
	{ "Công an các xã, phường", 66, 0, NONE, 0 },
	{ "Phòng Văn hóa - Xã hội các xã, phường", 66, 0, NONE, 0 },
	{ "Các đơn vị trực thuộc Sở", 66, 0, NONE, 0 },
	{ "các đơn vị thuộc Bộ", 0, 0, NONE, 0 },
	{ "các phòng, đơn vị thuộc Sở", 66, 0, NONE, 0 },
	{ "Các cấp ủy", 66, 0, NONE, 0 },
	{ "các tỉnh ủy, thành ủy", 0, 0, NONE, 0 },
	{ "UBND các huyện, thị xã, thành phố", 66, 0, NONE, 0 },
	{ "Trung tâm Phục vụ hành chính công các xã, phường", 66, 0, NONE, 0 },
	{ "Các Ban của Hội đồng nhân dân tỉnh", 66, 0, NONE, 0 },
	{ "Công an tỉnh", 66, 0, NONE, 0 },
	{ "Sở Nội vụ", 0, 0, NONE, 0 },
	{ "Sở Y tế", 66, 0, NONE, 0 },
	{ "Sở Tư pháp", 66, 0, NONE, 0 },
	{ "UBND xã Nam Đàn", 66, 0, NONE, 0 },
	{ "UBND Hòa Phú", 66, 0, NONE, 0 },
	{ "UBND tỉnh", 0, 0, NONE, 0 },
	{ "Giám đốc Sở", 66, 0, NONE, 0 },
	{ "đồng chí Nguyễn Văn An", 66, 0, NONE, 0 },
	{ "các cơ quan, đơn vị liên quan", 66, 0, NONE, 0 },
	{ "Các phòng chuyên môn, đơn vị trực thuộc Sở", 66, 0, NONE, 0 },
	{ "", 66, 0, NONE, 0 },
	/* Groups. */
	{ "Chủ tịch UBND các xã, phường, đặc khu", 66, 0, COMMUNES, 4 },
	{ "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", 66, 0, MINISTRIES, 3 },
	{ "Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", 0, 0, MINISTRIES, 3 },
	{ "Bộ trưởng, Thủ trưởng cơ quan ngang bộ", 0, 0, MINISTRIES, 3 },
	{ "Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", 0, 0, PROVINCES, 3 },
	{ "UBND các tỉnh, thành phố nêu trên", 0, 0, PROVINCES, 0 },
	{ "Chủ tịch UBND các xã, phường nêu trên", 66, 0, COMMUNES, 0 },
	{ "UBND các xã, phường có liên quan", 66, 0, COMMUNES, 0 },
	{ "UBND các xã, phường ven biển", 66, 0, COMMUNES, 0 },
	{ "các Sở liên quan", 66, 0, DEPARTMENTS, 0 },
	{ "các cơ quan chuyên môn thuộc UBND tỉnh", 66, 0, DEPARTMENTS, 9 },
	{ "Sở, ban, ngành, đoàn thể tỉnh", 66, 0, DEPARTMENTS, 9 },
	{ "các sở, ban, ngành, hội, đoàn thể tỉnh", 66, 0, DEPARTMENTS, 9 },
	{ "UBND các địa phương", 66, 0, COMMUNES, 4 },
	{ "Chủ tịch UBND tỉnh, thành phố trực thuộc Trung ương", 0, 0, PROVINCES, 3 },
	{ "các sở, ban, ngành", 66, 0, DEPARTMENTS, 9 },
	{ "Các Sở, ban, ngành cấp tỉnh", 66, 0, DEPARTMENTS, 9 },
	{ "các sở, ngành", 40, 0, DEPARTMENTS, 4 },
	{ "Thủ trưởng các sở, ban, ngành", 66, 0, DEPARTMENTS, 9 },
	{ "Giám đốc, Thủ trưởng các Sở, ban, ngành cấp tỉnh", 66, 0, DEPARTMENTS, 9 },
	{ "các Sở, ban, ngành liên quan", 66, 0, DEPARTMENTS, 0 },
	{ "UBND các xã, phường", 66, 0, COMMUNES, 4 },
	{ "UBND xã, phường", 66, 0, COMMUNES, 4 },
	{ "UBND cấp xã", 66, 0, COMMUNES, 4 },
	{ "UBND các phường, xã", 40, 0, COMMUNES, 1 },
	{ "UBND các xã, phường, đặc khu", 66, 0, COMMUNES, 4 },
	{ "Chủ tịch UBND các xã, phường", 66, 0, COMMUNES, 4 },
	{ "các địa phương", 66, 0, COMMUNES, 4 },
	{ "các địa phương", 0, 0, PROVINCES, 3 },
	{ "UBND các tỉnh, thành phố trực thuộc Trung ương", 0, 0, PROVINCES, 3 },
	{ "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", 0, 0, MINISTRIES, 3 },
};

static void a_name_is_one_unit_or_none(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	int wrong = 0;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct letter_match *match;
		size_t count;
		letter_units_match(mem, &rows[i].name, 1, units, COUNT(units), rows[i].province, &match, &count);
		assert_int_equal(count, 1);
		assert_ptr_equal(match->name, rows[i].name);
		int64_t unit = match->group == NONE && match->unit_count == 1 ? match->unit_ids[0] : 0;
		size_t members = match->group == NONE ? 0 : match->unit_count;
		assert_true((match->unit_count > 0) == (match->confidence >= 60));
		assert_in_range(match->confidence, 0, 100);
		if (unit != rows[i].unit || match->group != rows[i].group || members != rows[i].members) {
			print_error("%s of %d: unit %d, group %d of %zu\n", rows[i].name, (int)rows[i].province, (int)unit,
				    (int)match->group, members);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	arena_free(mem);
}

static void a_name_of_two_groups_gives_two(void **state)
{
	(void)state;
	static const char *const names[] = { "các sở, ngành, địa phương", "Sở Nội vụ", "các bộ, ngành, địa phương" };
	struct arena *mem = arena_new(0);
	struct letter_match *match;
	size_t count;
	letter_units_match(mem, names, 2, units, COUNT(units), 66, &match, &count);
	assert_int_equal(count, 3);
	assert_int_equal(match[0].group, DEPARTMENTS);
	assert_int_equal(match[1].group, COMMUNES);
	assert_ptr_equal(match[1].name, names[0]);
	assert_int_equal(match[2].unit_ids[0], 6602);
	letter_units_match(mem, names + 2, 1, units, COUNT(units), 0, &match, &count);
	assert_int_equal(count, 2);
	assert_int_equal(match[0].group, MINISTRIES);
	assert_int_equal(match[1].group, PROVINCES);
	letter_units_match(mem, names, 0, units, COUNT(units), 66, &match, &count);
	assert_int_equal(count, 0);
	letter_units_match(mem, names + 1, 1, units, 0, 66, &match, &count);
	assert_int_equal(count, 1);
	assert_int_equal(match->unit_count, 0);
	arena_free(mem);
}

/* Two offices of one name in a province: neither is taken. */
static void it_never_chooses_between_two(void **state)
{
	(void)state;
	static const struct letter_unit twins[] = {
		{ 66, "Tỉnh Đắk Lắk", "province", 66 },
		{ 7, "Trung tâm Chuyển đổi số", "department", 66 },
		{ 8, "Trung tâm chuyển đổi số", "department", 66 },
		{ 9, "Chi cục Hải quan khu vực 11", "department", 66 },
		{ 10, "Chi cục Hải quan khu vực 12", "department", 66 },
		{ 11, "Trung tâm Kiểm nghiệm A", "department", 66 },
		{ 12, "Trung tâm Kiểm nghiệm B", "department", 66 },
	};
	static const char *const names[] = {
		"Trung tâm Chuyển đổi số", "Chi cục Hải quan khu vực 13", "Trung tâm Kiểm nghiệm C",
		"Chi cục Hải quan khu vực 12",
	};
	struct arena *mem = arena_new(0);
	struct letter_match *match;
	size_t count;
	letter_units_match(mem, names, 4, twins, COUNT(twins), 66, &match, &count);
	assert_int_equal(count, 4);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(match[i].unit_count, 0);
	assert_int_equal(match[3].unit_ids[0], 10);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_one_unit_or_none),
		cmocka_unit_test(a_name_of_two_groups_gives_two),
		cmocka_unit_test(it_never_chooses_between_two),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
