#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "letter/letter_names.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Text that begins with names; the names apart by '|'; what is left behind them. */
static const struct {
	const char *text, *names, *rest;
} rows[] = {
	{ "Sở Khoa học và Công nghệ cử cán bộ", "Sở Khoa học và Công nghệ", "cử cán bộ" },
	{ "Sở Tài chính, Sở Nội vụ tham mưu", "Sở Tài chính|Sở Nội vụ", "tham mưu" },
	{ "Sở Tài chính và Sở Nội vụ rà soát", "Sở Tài chính|Sở Nội vụ", "rà soát" },
	{ "Sở Văn hóa, Thể thao và Du lịch, Sở Y tế chủ trì", "Sở Văn hóa, Thể thao và Du lịch|Sở Y tế", "chủ trì" },
	{ "các Sở: Tài chính, Nội vụ, Khoa học và Công nghệ; UBND các xã, phường triển khai",
	  "Sở Tài chính|Sở Nội vụ|Sở Khoa học và Công nghệ|UBND các xã, phường", "triển khai" },
	{ "các Sở Tài chính, Xây dựng và Công an tỉnh phối hợp", "Sở Tài chính|Sở Xây dựng|Công an tỉnh", "phối hợp" },
	{ "Sở Tài chính, Nội vụ, Giáo dục và Đào tạo thực hiện", "Sở Tài chính|Sở Nội vụ|Sở Giáo dục và Đào tạo", "thực hiện" },
	{ "Bộ trưởng các Bộ: Quốc phòng, Công an, Xây dựng chỉ đạo", "Bộ trưởng Bộ Quốc phòng|Bộ trưởng Bộ Công an|Bộ trưởng Bộ Xây dựng",
	  "chỉ đạo" },
	{ "Giám đốc các Sở: Tài chính, Nội vụ rà soát", "Giám đốc Sở Tài chính|Giám đốc Sở Nội vụ", "rà soát" },
	{ "Đảng ủy Quân sự tỉnh, Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương rà soát",
	  "Đảng ủy Quân sự tỉnh|Đảng ủy Mặt trận Tổ quốc|các đoàn thể Trung ương", "rà soát" },
	{ "Ủy ban MTTQ Việt Nam tỉnh và các đoàn thể chính trị - xã hội tham gia",
	  "Ủy ban MTTQ Việt Nam tỉnh|các đoàn thể chính trị - xã hội", "tham gia" },
	{ "Phó Thủ tướng Trần Hồng Hà trực tiếp chỉ đạo", "Phó Thủ tướng Trần Hồng Hà", "trực tiếp chỉ đạo" },
	{ "các sở, ban, ngành, UBND các xã, phường triển khai", "các sở, ban, ngành|UBND các xã, phường", "triển khai" },
	{ "Các sở, ban, ngành, UBND xã, phường triển khai", "Các sở, ban, ngành|UBND xã, phường", "triển khai" },
	{ "các sở, ngành, địa phương liên quan trên Hệ thống", "các sở, ngành, địa phương liên quan", "trên Hệ thống" },
	{ "các Sở, ban, ngành liên quan khẩn trương", "các Sở, ban, ngành liên quan", "khẩn trương" },
	{ "các Sở, ngành liên quan khẩn trương", "các Sở, ngành liên quan", "khẩn trương" },
	{ "các sở, ban, ngành, đoàn thể cấp tỉnh và UBND các xã, phường, đặc khu rà soát",
	  "các sở, ban, ngành, đoàn thể cấp tỉnh|UBND các xã, phường, đặc khu", "rà soát" },
	{ "Giám đốc, Thủ trưởng các Sở, ban, ngành cấp tỉnh; Chủ tịch UBND các phường, xã căn cứ chức năng",
	  "Giám đốc, Thủ trưởng các Sở, ban, ngành cấp tỉnh|Chủ tịch UBND các phường, xã", "căn cứ chức năng" },
	{ "Công an tỉnh triển khai", "Công an tỉnh", "triển khai" },
	{ "Chủ tịch UBND các xã chịu trách nhiệm", "Chủ tịch UBND các xã", "chịu trách nhiệm" },
	{ "Chủ tịch Ủy ban nhân dân các xã, phường chỉ đạo", "Chủ tịch Ủy ban nhân dân các xã, phường", "chỉ đạo" },
	{ "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương tổ chức",
	  "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương", "tổ chức" },
	{ "Bộ Khoa học và Công nghệ chủ trì", "Bộ Khoa học và Công nghệ", "chủ trì" },
	{ "Bộ Tài chính, Bộ Nội vụ và các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ rà soát",
	  "Bộ Tài chính|Bộ Nội vụ|các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "rà soát" },
	{ "các bộ, ngành, địa phương khẩn trương", "các bộ, ngành, địa phương", "khẩn trương" },
	{ "Các phòng chuyên môn, đơn vị trực thuộc Sở nghiêm túc", "Các phòng chuyên môn, đơn vị trực thuộc Sở", "nghiêm túc" },
	{ "Các đảng ủy, chi ủy trực thuộc Đảng ủy UBND tỉnh căn cứ", "Các đảng ủy, chi ủy trực thuộc Đảng ủy UBND tỉnh", "căn cứ" },
	{ "Các cơ quan tham mưu, giúp việc Đảng ủy UBND tỉnh theo chức năng",
	  "Các cơ quan tham mưu, giúp việc Đảng ủy UBND tỉnh", "theo chức năng" },
	{ "Văn phòng UBND tỉnh theo dõi", "Văn phòng UBND tỉnh", "theo dõi" },
	{ "Văn phòng Đoàn ĐBQH và HĐND tỉnh, Văn phòng UBND tỉnh phục vụ", "Văn phòng Đoàn ĐBQH và HĐND tỉnh|Văn phòng UBND tỉnh",
	  "phục vụ" },
	{ "Báo và Phát thanh, truyền hình tỉnh tuyên truyền", "Báo và Phát thanh, truyền hình tỉnh", "tuyên truyền" },
	{ "Ban Quản lý các khu công nghiệp tỉnh hướng dẫn", "Ban Quản lý các khu công nghiệp tỉnh", "hướng dẫn" },
	{ "Bộ Chỉ huy Quân sự tỉnh, Công an tỉnh bảo đảm", "Bộ Chỉ huy Quân sự tỉnh|Công an tỉnh", "bảo đảm" },
	{ "Ban Tổ chức Tỉnh ủy chủ trì", "Ban Tổ chức Tỉnh ủy", "chủ trì" },
	{ "Ban Thường vụ Tỉnh ủy xem xét", "Ban Thường vụ Tỉnh ủy", "xem xét" },
	{ "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tăng cường",
	  "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh|các tổ chức chính trị - xã hội", "tăng cường" },
	{ "Phòng Kinh tế, Hạ tầng và Đô thị, Phòng Văn hóa - Xã hội lập danh sách",
	  "Phòng Kinh tế, Hạ tầng và Đô thị|Phòng Văn hóa - Xã hội", "lập danh sách" },
	{ "UBND phường Tuy Hòa báo cáo", "UBND phường Tuy Hòa", "báo cáo" },
	{ "UBND các xã Ea Kao, Ea Tu và Hòa Phú báo cáo", "UBND xã Ea Kao|UBND xã Ea Tu|UBND xã Hòa Phú", "báo cáo" },
	{ "đồng chí Nguyễn Văn An, Phó Chủ tịch UBND xã phụ trách", "đồng chí Nguyễn Văn An, Phó Chủ tịch UBND xã", "phụ trách" },
	{ "Sở KH&CN chủ trì", "Sở KH&CN", "chủ trì" },
	{ "Thanh tra tỉnh, Sở Tư pháp kiểm tra", "Thanh tra tỉnh|Sở Tư pháp", "kiểm tra" },
	{ "Tòa án nhân dân tối cao, Viện kiểm sát nhân dân tối cao", "Tòa án nhân dân tối cao|Viện kiểm sát nhân dân tối cao", "" },
	{ "Thủ trưởng các sở, ban, ngành; Giám đốc Công an tỉnh", "Thủ trưởng các sở, ban, ngành|Giám đốc Công an tỉnh", "" },
	{ "Chánh Văn phòng UBND tỉnh đôn đốc", "Chánh Văn phòng UBND tỉnh", "đôn đốc" },
	{ "Bộ trưởng Bộ Y tế chỉ đạo", "Bộ trưởng Bộ Y tế", "chỉ đạo" },
	{ "Thuế tỉnh Nghệ An, Kho bạc Nhà nước khu vực XI phối hợp", "Thuế tỉnh Nghệ An|Kho bạc Nhà nước khu vực XI", "phối hợp" },
	{ "các cơ quan, đơn vị liên quan tham mưu", "các cơ quan, đơn vị liên quan", "tham mưu" },
	{ "Trung tâm Phục vụ hành chính công tỉnh vận hành", "Trung tâm Phục vụ hành chính công tỉnh", "vận hành" },
	{ "Các đảng ủy trực thuộc Tỉnh ủy, đảng ủy các xã, phường, đặc khu tổ chức hội nghị",
	  "Các đảng ủy trực thuộc Tỉnh ủy|đảng ủy các xã, phường, đặc khu", "tổ chức hội nghị" },
	{ "Ban Tuyên giáo và Dân vận Tỉnh ủy chủ trì", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "chủ trì" },
	{ "Ban Chỉ huy Phòng thủ dân sự thành phố tổ chức trực", "Ban Chỉ huy Phòng thủ dân sự thành phố", "tổ chức trực" },
	{ "Trung tâm Kiểm soát bệnh tật tỉnh giám sát", "Trung tâm Kiểm soát bệnh tật tỉnh", "giám sát" },
	{ "Chi cục Trồng trọt và Bảo vệ thực vật hướng dẫn", "Chi cục Trồng trọt và Bảo vệ thực vật", "hướng dẫn" },
	/* No names. */
	{ "trên Hệ thống", "", "trên Hệ thống" },
	{ "Ban hành kế hoạch", "", "Ban hành kế hoạch" },
	{ "Tổ chức thực hiện", "", "Tổ chức thực hiện" },
	{ "Phòng, chống thiên tai", "", "Phòng, chống thiên tai" },
	{ "của Sở Nội vụ", "", "của Sở Nội vụ" },
	{ "Hội nghị đánh giá", "", "Hội nghị đánh giá" },
	{ "Triển khai các báo cáo", "", "Triển khai các báo cáo" },
	{ "", "", "" },
};

static void names_are_told_from_what_follows(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	int wrong = 0;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct words words;
		struct names names = { .count = 0 };
		words_cut(mem, rows[i].text, strlen(rows[i].text), &words);
		size_t after = names_read(mem, &words, 0, words.count, &names);
		struct buf found;
		buf_init(&found, mem, 0);
		for (size_t n = 0; n < names.count; n++) {
			if (n)
				buf_add_char(&found, '|');
			buf_add_text(&found, names.at[n]);
		}
		const char *list = found.length ? found.data : "";
		char *rest = words_text(mem, &words, after, words.count);
		if (strcmp(list, rows[i].names) != 0 || strcmp(rest, rows[i].rest) != 0) {
			print_error("%s: [%s] and then '%s'\n", rows[i].text, list, rest);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_told_from_what_follows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
