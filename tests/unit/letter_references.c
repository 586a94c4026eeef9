#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/text.h"
#include "letter/letter.h"

/* The one reference of a sentence; `date` and the like are NULL where the sentence is silent. */
static const struct {
	const char *sentence;
	const char *number, *type, *issuer, *date, *title;
} cases[] = {
	{ "Thực hiện Công văn số 12/SNV-VP ngày 5/4/2026 của Sở Nội vụ về việc nghỉ lễ.", "12/SNV-VP", "Công văn",
	  "Sở Nội vụ", "2026-04-05", "nghỉ lễ" },
	{ "Thực hiện Côngvănsố 12/SNV-VP ngày05/4/2026 củaSở Nội vụ.", "12/SNV-VP", "Công văn", "Sở Nội vụ", "2026-04-05",
	  NULL },
	{ "Căn cứ Nghị quyết số 57-NQ/TW, ngày 22 tháng 12 năm 2024 của Bộ Chính trị;", "57-NQ/TW", "Nghị quyết",
	  "Bộ Chính trị", "2024-12-22", NULL },
	{ "Theo Nghị quyết số 57-\n\nNQ/TW của Bộ Chính trị.", "57-NQ/TW", "Nghị quyết", "Bộ Chính trị", NULL, NULL },
	{ "theo Công văn số 19431-\nCV/VPTW, ngày 11/12/2025 của Văn phòng Trung ương Đảng về việc cắt giảm thủ tục.",
	  "19431-CV/VPTW", "Công văn", "Văn phòng Trung ương Đảng", "2025-12-11", "cắt giảm thủ tục" },
	{ "Căn cứ Luật Đất đai số 31/2024/QH15;", "31/2024/QH15", "Luật", NULL, NULL, "Đất đai" },
	{ "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;", "30/2020/NĐ-CP",
	  "Nghị định", "Chính phủ", "2020-03-05", "công tác văn thư" },
	{ "Quyết định số 512/QĐ-TTg ngày 11.4.2026 của Thủ tướng Chính phủ phê duyệt kế hoạch vốn.", "512/QĐ-TTg",
	  "Quyết định", "Thủ tướng Chính phủ", "2026-04-11", "phê duyệt kế hoạch vốn" },
	{ "theo Công văn 77/STC-NS (đã gửi).", "77/STC-NS", "Công văn", NULL, NULL, NULL },
	{ "Thông báo kết luận số 02-TB/BCĐ ngày 30/12/2025.", "02-TB/BCĐ", "Thông báo kết luận", NULL, "2025-12-30", NULL },
	{ "Ngày 29/4/2026, Sở Tài chính đã có Công văn số 80/STC-NS gửi các sở về việc lập dự toán.", "80/STC-NS",
	  "Công văn", "Sở Tài chính", "2026-04-29", "lập dự toán" },
	{ "Kế hoạch số 04-KH/BCĐTW ngày 05/01/2026 của Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, "
	  "đổi mới sáng tạo và chuyển đổi số về an ninh mạng;",
	  "04-KH/BCĐTW", "Kế hoạch",
	  "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số", "2026-01-05",
	  "an ninh mạng" },
	{ "Công văn số 15/BVHTTDL-DL ngày 2/3/2026 của Bộ Văn hóa, Thể thao và Du lịch về mùa lễ hội.", "15/BVHTTDL-DL",
	  "Công văn", "Bộ Văn hóa, Thể thao và Du lịch", "2026-03-02", "mùa lễ hội" },
	{ "Công văn số 9/SYT-VP ngày 3/3/2026 của Sở Y tế về phòng dịch, UBND xã yêu cầu các thôn thực hiện.",
	  "9/SYT-VP", "Công văn", "Sở Y tế", "2026-03-03", "phòng dịch" },
	{ "Thi hành Quyết định của Bộ Chính trị số 31-QĐ/TW, ngày 01-10-1997 về thể thức văn bản và Điều 2 của Quy chế;", "31-QĐ/TW",
	  "Quyết định", "Bộ Chính trị", "1997-10-01", "thể thức văn bản" },
	{ "Nghị quyết số 35/NQ-CP ngày 12/7/2025 của Chính phủ về sắp xếp đơn vị hành chính (ĐVHC) cấp xã giai đoạn 2025-2030 "
	  "(sau đây gọi tắt là Nghị quyết 35);", "35/NQ-CP", "Nghị quyết", "Chính phủ", "2025-07-12",
	  "sắp xếp đơn vị hành chính (ĐVHC) cấp xã giai đoạn 2025-2030" },
	{ "Quyết định số 922/QĐ-BKHCN ngày 20/5/2026 của Bộ trưởng Bộ Khoa học và Công nghệ phê duyệt Đề án \"Bộ chỉ số của các bộ, "
	  "ngành, tỉnh\" cho năm 2026, Sở Nội vụ đề nghị các sở báo cáo.", "922/QĐ-BKHCN", "Quyết định",
	  "Bộ trưởng Bộ Khoa học và Công nghệ", "2026-05-20", "phê duyệt Đề án \"Bộ chỉ số của các bộ, ngành, tỉnh\" cho năm 2026" },
	{ "Thực hiện Chỉ thị số 47-CT/TW, ngày 25/6/2025 của Ban Bí thư “về phòng cháy, chữa cháy” và quy định của tỉnh.", "47-CT/TW",
	  "Chỉ thị", "Ban Bí thư", "2025-06-25", "phòng cháy, chữa cháy" },
	{ "Nghị quyết số 10-NQ/TW, ngày 03/6/2017 của Hội nghị lần thứ năm Ban Chấp hành Trung ương khóa XII về kinh tế tư nhân.",
	  "10-NQ/TW", "Nghị quyết", "Hội nghị lần thứ năm Ban Chấp hành Trung ương khóa XII", "2017-06-03", "kinh tế tư nhân" },
	{ "Thực hiện Nghị quyết số 01/NQ-CP ngày 07/01/2026 của Chính phủ và ý kiến của Thủ tướng.", "01/NQ-CP", "Nghị quyết",
	  "Chính phủ", "2026-01-07", NULL },
	{ "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công số 90/2025/QH15;", "90/2025/QH15", "Luật", NULL, NULL,
	  "sửa đổi, bổ sung một số điều của Luật Đầu tư công" },
	{ "Công điện số 1409 ngày 15 tháng 9 năm 2021 của Bộ Y tế và các hướng dẫn.", "1409", "Công điện", "Bộ Y tế",
	  "2021-09-15", NULL },
	{ "theo Công văn số 1234/UBND.VX ngày 2/3/2026.", "1234/UBND.VX", "Công văn", NULL, "2026-03-02", NULL },
	{ "CHỈ THỊ SỐ 20/CT-TTG NGÀY 11/5/2026 CỦA THỦ TƯỚNG CHÍNH PHỦ QUY ĐỊNH CHI PHÍ.\n\nChỉ thị số 20/CT-TTg của Thủ tướng Chính phủ.",
	  "20/CT-TTg", "Chỉ thị", "Thủ tướng Chính phủ", "2026-05-11", "QUY ĐỊNH CHI PHÍ" },
	{ "Công văn số 1/KHĐT-TH ngày 3/9/2026 của Bộ Kế hoạch và Đầu tư về vốn.", "1/KHĐT-TH", "Công văn", "Bộ Kế hoạch và Đầu tư",
	  "2026-09-03", "vốn" },
	{ "Công văn số 1/BVTV ngày 3/9/2026 của Chi cục Trồng trọt và Bảo vệ thực vật về sâu bệnh.", "1/BVTV", "Công văn",
	  "Chi cục Trồng trọt và Bảo vệ thực vật", "2026-09-03", "sâu bệnh" },
	{ "Công văn số 1/QLDA ngày 3/9/2026 của Ban Quản lý các công trình giao thông thị xã Hồng Sơn về đê điều.", "1/QLDA", "Công văn",
	  "Ban Quản lý các công trình giao thông thị xã Hồng Sơn", "2026-09-03", "đê điều" },
	{ "CÔNG VĂN SỐ 1/BTC-NS NGÀY 3/9/2026 CỦA BỘ TÀI CHÍNH VỀ DỰ TOÁN", "1/BTC-NS", "Công văn", "BỘ TÀI CHÍNH", "2026-09-03",
	  "DỰ TOÁN" },
	{ "Quyết định số 5/QĐ-TTg ngày 3/9/2026 của Thủ tướng Chính phủ Phê duyệt quy hoạch tỉnh.", "5/QĐ-TTg", "Quyết định",
	  "Thủ tướng Chính phủ", "2026-09-03", "Phê duyệt quy hoạch tỉnh" },
	{ "Kết luận số 221-KL/TW, ngày 28/12/2025 của Bộ Chính trị, Ban Bí thư về tổ chức bộ máy.", "221-KL/TW", "Kết luận",
	  "Bộ Chính trị, Ban Bí thư", "2025-12-28", "tổ chức bộ máy" },
	{ "Công văn số 80/STC-NS ngày 5/4/2026 của Sở Tài chính về dự toán, tiếp theo ý kiến của UBND tỉnh.", "80/STC-NS", "Công văn",
	  "Sở Tài chính", "2026-04-05", "dự toán" },
	{ "Công văn số 21/UBND-VX ngày 1/2/2026; nhắc lại Công văn số 21/UBND-VX của UBND tỉnh.", "21/UBND-VX",
	  "Công văn", "UBND tỉnh", "2026-02-01", NULL },
};

static const char head[] = "UBND TỈNH A\nSỞ B\n\nSố: 1/SB-VP\n\nA, ngày 1 tháng 5 năm 2026\n\nKính gửi: Sở C\n\n";

static void read(struct arena *mem, const char *sentence, struct letter_document *out)
{
	struct letter_reading reading;
	letter_read(mem, arena_printf(mem, "%s%s\n", head, sentence), &reading);
	assert_int_equal(reading.count, 1);
	*out = reading.documents[0];
}

static void references_are_read(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	int wrong = 0;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct letter_document document;
		char date[CIVIL_TEXT_MAX];
		read(mem, cases[i].sentence, &document);
		const struct letter_reference *at = document.references;
		bool same = document.reference_count == 1 && text_equal(at->number, cases[i].number) &&
			    text_equal(at->type, cases[i].type) && text_equal(at->issuer, cases[i].issuer) &&
			    text_equal(at->date.year ? civil_format_date(at->date, date) : NULL, cases[i].date) &&
			    text_equal(at->title, cases[i].title);
		if (same)
			continue;
		print_error("%s\n", cases[i].sentence);
		for (size_t k = 0; k < document.reference_count; k++)
			print_error("\t%s | %s | %s | %d | %s\n", at[k].number, at[k].type ? at[k].type : "-",
				    at[k].issuer ? at[k].issuer : "-", at[k].date.day, at[k].title ? at[k].title : "-");
		wrong++;
	}
	arena_free(mem);
	assert_int_equal(wrong, 0);
}

static void no_references(void **state)
{
	static const char *const sentences[] = {
		"Hoàn thành trước 24h00 ngày 18/5/2026, tăng 12% so với năm 2025.",
		"Tại Công văn số 1/SB-VP này, Sở B đề nghị.",
		"Trực ban 24/24 giờ, điện thoại 0238-3840-000.",
		"Nghị quyết 57 của Bộ Chính trị và Đề án 06.",
	};
	(void)state;
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
		struct letter_document document;
		read(mem, sentences[i], &document);
		if (document.reference_count)
			fail_msg("%s: %s", sentences[i], document.references[0].number);
	}
	arena_free(mem);
}

static void sources_are_where_the_words_stand(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	struct letter_document document;
	read(mem, "Theo **Công văn** số 12/UBND-VX ngày 1/2/2026.", &document);
	assert_int_equal(document.reference_count, 1);
	/* "Theo **" is before it. */
	assert_int_equal(document.references[0].source.start, text_length(head) + 7);
	assert_int_equal(document.references[0].source.end, text_length(head) + 45);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_are_read),
		cmocka_unit_test(no_references),
		cmocka_unit_test(sources_are_where_the_words_stand),
	};
	return cmocka_run_group_tests_name("references", tests, NULL, NULL);
}
