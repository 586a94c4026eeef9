#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/text.h"
#include "deadline/deadline.h"
#include "letter/letter.h"

/* The two ends of letters by tables: who issues and when, who signs and receives. */

#define MOTTO "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
#define BODY "\n\nKính gửi: Sở C\n\nĐề nghị Sở C báo cáo./.\n\n"
#define HEAD "UBND TỈNH A\nSỞ B\n\n" MOTTO "Số: 1/SB-VP\n\nA, ngày 1 tháng 5 năm 2026" BODY

static struct letter_document read_one(struct arena *mem, const char *text)
{
	struct letter_reading reading;
	letter_read(mem, text, &reading);
	assert_int_equal(reading.count, 1);
	return reading.documents[0];
}

static const struct {
	const char *head;
	const char *superior, *issuer, *number, *place, *date, *month, *type, *subject;
} heads[] = {
	{ "ỦY BAN NHÂN DÂN\nTỈNH AN\n\n" MOTTO "Số: 5/UBND-VX\nV/v nghỉ lễ\n\nAn, ngày 05 tháng 4 năm 2026", NULL,
	  "ỦY BAN NHÂN DÂN TỈNH AN", "5/UBND-VX", "An", "2026-04-05", NULL, "Công văn", "nghỉ lễ" },
	{ "ỦY BAN NHÂN DÂN\nTỈNH AN\n\n" MOTTO "Số: ...../UBND-VX\nV/v nghỉ lễ\n\nAn, ngày ... tháng 4 năm 2026", NULL,
	  "ỦY BAN NHÂN DÂN TỈNH AN", "/UBND-VX", "An", NULL, "2026-04", "Công văn", "nghỉ lễ" },
	{ "UBND TỈNH AN\nSỞ NỘI VỤ\n\n" MOTTO "Số: 5/SNV\n\nAn, ngày 5/4/2026\n\nV/v nghỉ lễ\nvà trực", "UBND TỈNH AN",
	  "SỞ NỘI VỤ", "5/SNV", "An", "2026-04-05", NULL, "Công văn", "nghỉ lễ và trực" },
	{ "UBND TỈNH AN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc\n"
	  "Số: 5/SNV\tAn, ngày 05 tháng 4 năm 2026\nV/v nghỉ lễ",
	  "UBND TỈNH AN", "SỞ NỘI VỤ", "5/SNV", "An", "2026-04-05", NULL, "Công văn", "nghỉ lễ" },
	{ "UBND TỈNH AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc\n"
	  "Số: 5/SNV An, ngày 05 tháng 4 năm 2026\n\"V/v nghỉ lễ\"",
	  "UBND TỈNH AN", "SỞ NỘI VỤ", "5/SNV", "An", "2026-04-05", NULL, "Công văn", "nghỉ lễ" },
	{ "UBND TỈNH VŨNG CAO CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc\n"
	  "Số: 5/SNV Vũng Cao, ngày 05 tháng 4 năm 2026", "UBND TỈNH VŨNG CAO", "SỞ NỘI VỤ", "5/SNV", "Vũng Cao", "2026-04-05", NULL,
	  "Công văn", NULL },
	{ "TỈNH ỦY AN\n*\nSố 5-CV/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nAn, ngày 05 tháng 4 năm 2026", NULL, "TỈNH ỦY AN",
	  "5-CV/TU", "An", "2026-04-05", NULL, "Công văn", NULL },
	{ "TỈNH ỦY AN\nBAN TỔ CHỨC\n*\nSố      -CV/BTC\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nAn, ngày      tháng 4 năm 2026",
	  "TỈNH ỦY AN", "BAN TỔ CHỨC", "-CV/BTC", "An", NULL, "2026-04", "Công văn", NULL },
	{ "HỎA TỐC\nỦY BAN NHÂN DÂN\nXÃ AN\n\nCỘNG HOÀ XÃ HỘI CHÙ NGHĨA VIET NAM\nĐộc lâp - Tự do - Hạnh phuc\n\n"
	  "Sô: 5 /UBND\n\nAn, ngày 05 tháng 4 nãm 2026",
	  NULL, "ỦY BAN NHÂN DÂN XÃ AN", "5 /UBND", "An", "2026-04-05", NULL, "Công văn", NULL },
	{ "BỘ Y TẾ\n\n" MOTTO "Số: 5/KH-BYT\n\nHà Nội, ngày 05 tháng 4 năm 2026\n\nKẾ HOẠCH\nTRIỂN KHAI TIÊM CHỦNG\nNĂM 2026", NULL,
	  "BỘ Y TẾ", "5/KH-BYT", "Hà Nội", "2026-04-05", NULL, "Kế hoạch", "TRIỂN KHAI TIÊM CHỦNG NĂM 2026" },
	{ "BỘ Y TẾ\n\n" MOTTO "Số: 5/TB-BYT\n\nHà Nội, ngày 05 tháng 4 năm 2026\n\nTHÔNG BÁO KẾT LUẬN\ncủa Bộ trưởng tại giao ban", NULL,
	  "BỘ Y TẾ", "5/TB-BYT", "Hà Nội", "2026-04-05", NULL, "Thông báo kết luận", "của Bộ trưởng tại giao ban" },
	{ "BỘ Y TẾ\n\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập -\nTự do - Hạnh phúc\nSố:\n5/BYT-VP\nHà\nNội, ngày 05\ntháng 4\nnăm 2026",
	  NULL, "BỘ Y TẾ", "5/BYT-VP", "Hà Nội", "2026-04-05", NULL, "Công văn", NULL },
	{ "BỘ Y TẾ\nSố:\n\n" MOTTO "/TTr-BYT\n\nHà Nội, ngày\n\ntháng\n\nnăm 2026\n\nTỜ TRÌNH\nVề phòng dịch\n(trình phiên họp tháng 4/2026)",
	  NULL, "BỘ Y TẾ", "/TTr-BYT", "Hà Nội", NULL, NULL, "Tờ trình", "phòng dịch" },
	{ "UBND XÃ AN\nCÔNG VĂN ĐẾN\nSố: 41\nNgày: 14/5/2026\nChuyển: Văn phòng\n\nBỘ Y TẾ\n\n" MOTTO "Số: 5/BYT-VP\n\n"
	  "Hà Nội, ngày 05 tháng 4 năm 2026", NULL, "BỘ Y TẾ", "5/BYT-VP", "Hà Nội", "2026-04-05", NULL, "Công văn", NULL },
	{ "DỰ THẢO LẦN 2\nBỘ Y TẾ\n\n" MOTTO "Số: 5/BYT-VP\nVề phòng dịch\n\nHà Nội, ngày 05 tháng 4 năm 2026", NULL, "BỘ Y TẾ",
	  "5/BYT-VP", "Hà Nội", "2026-04-05", NULL, "Công văn", "phòng dịch" },
	{ "SAO Y; UBND tỉnh An; 12/05/2026 08:15:22\nBỘ Y TẾ\n\n" MOTTO "Số: 5/CĐ-BYT\n\nHà Nội, hồi 15 giờ 00 ngày 05 tháng 4 năm 2026\n\n"
	  "CÔNG ĐIỆN\nVề phòng dịch", NULL, "BỘ Y TẾ", "5/CĐ-BYT", "Hà Nội", "2026-04-05", NULL, "Công điện", "phòng dịch" },
	{ "QUỐC HỘI\n\nNghị quyết số: 5/2026/QH16\n\n" MOTTO "NGHỊ QUYẾT\nVỀ THUẾ\nQUỐC HỘI\nCăn cứ Hiến pháp;", NULL, "QUỐC HỘI",
	  "5/2026/QH16", NULL, NULL, NULL, "Nghị quyết", "THUẾ" },
	{ "BỘ CHÍNH TRỊ\n*\nSố 5-NQ/TW\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nHà Nội, ngày 05 tháng 4 năm 2026\n\nNGHỊ QUYẾT\nCỦA BỘ CHÍNH TRỊ\nVỀ THUẾ",
	  NULL, "BỘ CHÍNH TRỊ", "5-NQ/TW", "Hà Nội", "2026-04-05", NULL, "Nghị quyết", "THUẾ" },
	{ "Đăng nhập\nTình trạng: Còn hiệu lực\n\nBỘ Y TẾ\n\n" MOTTO "Số: 5/KH-BYT\n\nHà Nội, ngày 05 tháng 4 năm 2026\n\nKẾ HOẠCH\n"
	  "PHÒNG DỊCH NĂM\n2026\nNgày 01/4/2026, Bộ Y tế họp về phòng dịch.", NULL, "BỘ Y TẾ", "5/KH-BYT", "Hà Nội", "2026-04-05", NULL,
	  "Kế hoạch", "PHÒNG DỊCH NĂM 2026" },
	{ "BỘ Y TẾ\n\n" MOTTO "Số: 5/BC-BYT\n\nHà Nội, ngày 05 tháng 4 năm 2026\n\nBÁO CÁO\nKết quả năm 2025;\nphương hướng năm 2026\n"
	  "Phần thứ nhất\nKẾT QUẢ", NULL, "BỘ Y TẾ", "5/BC-BYT", "Hà Nội", "2026-04-05", NULL, "Báo cáo",
	  "Kết quả năm 2025; phương hướng năm 2026" },
	{ "BỘ Y TẾ\n\n" MOTTO "Số: 5/TT-BYT\n\nHà Nội, ngày 05 tháng 4 năm 2026\n\nTHÔNG TƯ\n\nQuy định việc xét tặng\n\ndanh hiệu\n\n"
	  "“Thầy thuốc ưu tú”\n\nCăn cứ Luật Khám bệnh;", NULL, "BỘ Y TẾ", "5/TT-BYT", "Hà Nội", "2026-04-05", NULL, "Thông tư",
	  "Quy định việc xét tặng danh hiệu “Thầy thuốc ưu tú”" },
	{ "SỞ Y TẾ - SỞ NỘI VỤ\n\nLIÊN NGÀNH\n\nSố: 5/HDLN-SYT-SNV\n\n" MOTTO "An, ngày 05 tháng 4 năm 2026\n\n"
	  "HƯỚNG DẪN LIÊN NGÀNH\nVề chi trả", NULL, "SỞ Y TẾ - SỞ NỘI VỤ", "5/HDLN-SYT-SNV", "An", "2026-04-05", NULL,
	  "Hướng dẫn liên ngành", "chi trả" },
	{ "BỘ Y TẾ\n\n" MOTTO "Số: 5/CTr-BYT\n\nHà Nội, ngày 05 tháng 4 năm 2026\n\nCHƯƠNG TRÌNH CÔNG TÁC\nTháng 6 năm 2026", NULL,
	  "BỘ Y TẾ", "5/CTr-BYT", "Hà Nội", "2026-04-05", NULL, "Chương trình", "CÔNG TÁC Tháng 6 năm 2026" },
	{ "BỘ Y TẾ\n\n" MOTTO "Số: 5/CT-BYT\n\nHà Nội, ngày 05 tháng 4 năm 2026\n\nCHỈ THỊ\nVề phong trào \"Cả nước thi đua\"", NULL,
	  "BỘ Y TẾ", "5/CT-BYT", "Hà Nội", "2026-04-05", NULL, "Chỉ thị", "phong trào \"Cả nước thi đua\"" },
	{ "BỘ Y TẾ\n\n" MOTTO "Số: 5/KL-BYT\n\nHà Nội, ngày 05 tháng 4 năm 2026\n\nKẾT LUẬN\nvề phòng dịch năm 2026\n"
	  "Hội nghị giao ban của Bộ Y tế ngày 01 tháng 4 năm 2026 đã thảo luận các báo\ncáo và kết luận về phòng dịch năm 2026 như sau đây, để các đơn vị thực hiện:",
	  NULL, "BỘ Y TẾ", "5/KL-BYT", "Hà Nội", "2026-04-05", NULL, "Kết luận", "phòng dịch năm 2026" },
};

static void heads_are_read(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	int wrong = 0;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		char date[CIVIL_TEXT_MAX], month[PERIOD_TEXT_MAX];
		struct letter_document d = read_one(mem, arena_printf(mem, "%s%s", heads[i].head, BODY));
		const char *day = d.date.year ? civil_format_date(d.date, date) : NULL;
		const char *in = d.month ? period_format(d.month, month) : NULL;
		if (text_equal(d.superior, heads[i].superior) && text_equal(d.issuer, heads[i].issuer) &&
		    text_equal(d.number, heads[i].number) && text_equal(d.place, heads[i].place) &&
		    text_equal(day, heads[i].date) && text_equal(in, heads[i].month) && text_equal(d.type, heads[i].type) &&
		    text_equal(d.subject, heads[i].subject) && d.addressee_count == 1)
			continue;
		wrong++;
		print_error("%zu: %s | %s | %s | %s | %s | %s | %s | %s\n", i, d.superior ? d.superior : "-",
			    d.issuer ? d.issuer : "-", d.number ? d.number : "-", d.place ? d.place : "-", day ? day : "-",
			    in ? in : "-", d.type ? d.type : "-", d.subject ? d.subject : "-");
	}
	arena_free(mem);
	assert_int_equal(wrong, 0);
}

static const struct {
	const char *end;
	const char *prefix, *position, *name;
	size_t recipients;
	const char *last;
} ends[] = {
	{ "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn An\n", NULL, "GIÁM ĐỐC", "Trần Văn An", 2, "Lưu: VT" },
	{ "GIÁM ĐỐC\n\nTrần Văn An\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n", NULL, "GIÁM ĐỐC", "Trần Văn An", 2, "Lưu: VT" },
	{ "Nơi nhận:\tKT. GIÁM ĐỐC\n- Như trên;\tPHÓ GIÁM ĐỐC\n- Lưu: VT.\n\tTrần Văn An\n", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC",
	  "Trần Văn An", 2, "Lưu: VT" },
	{ "Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT.\nTrần Văn An\n", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC",
	  "Trần Văn An", 2, "Lưu: VT" },
	{ "Nơi nhận:\nTM. ỦY BAN NHÂN DÂN\n- Như trên;\nKT. CHỦ TỊCH\n- Lưu: VT.\nPHÓ CHỦ TỊCH\nTrần Văn An\n",
	  "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn An", 2, "Lưu: VT" },
	{ "Nơi nhận:\n- Đồng chí Trần Văn Bình,\nPhó Chủ tịch UBND tỉnh\n(để báo cáo),\n- Lưu VP.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nLê Na\n",
	  "T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Na", 2, "Lưu VP" },
	{ "Nơi nhận: Như trên; Lưu: VT.\n\nTUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ NỘI VỤ\n\n(Đã ký)\n\nY Thanh Hà Niê\n", "TUQ. CHỦ TỊCH",
	  "GIÁM ĐỐC SỞ NỘI VỤ", "Y Thanh Hà Niê", 2, "Lưu: VT" },
	{ "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nQ. GIÁM ĐỐC\n\nĐại tá Trần Văn An\n", NULL, "Q. GIÁM ĐỐC", "Trần Văn An", 2,
	  "Lưu: VT" },
	{ "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. BAN CHỈ ĐẠO\nPHÁT TRIỂN KHOA HỌC\nTRƯỞNG BAN\n\nTRẦN VĂN AN\n",
	  "TM. BAN CHỈ ĐẠO PHÁT TRIỂN KHOA HỌC", "TRƯỞNG BAN", "TRẦN VĂN AN", 2, "Lưu: VT" },
	{ "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n\nPGS.TS. Trần Văn An\n\nPHỤ LỤC\nDanh mục\n",
	  "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Trần Văn An", 2, "Lưu: VT" },
	{ "Nơi nhận :            GIÁM ĐỐC\n\n– Như trên;\n\n– Văn phòng;             (đã ký)\n\n– Lưu: VT.               Trần Văn An\n", NULL,
	  "GIÁM ĐỐC", "Trần Văn An", 3, "Lưu: VT" },
	{ "KT. BỘ TRƯỞNG\nBỘ NỘI VỤ\nTHỨ TRƯỞNG\n\nKT. BỘ TRƯỞNG\nBỘ Y TẾ\nTHỨ TRƯỞNG\n\nTrần Văn An\n\nLê Na\n\nNơi nhận:\n- Lưu: VT.\n",
	  "KT. BỘ TRƯỞNG BỘ NỘI VỤ", "THỨ TRƯỞNG", "Trần Văn An", 1, "Lưu: VT" },
	{ "Nơi nhận:\nNhư trên;\nUBND tỉnh (b/c);\nLưu: VT.\nGIÁM ĐỐC\nTrần Văn An\n", NULL, "GIÁM ĐỐC", "Trần Văn An", 3, "Lưu: VT" },
	{ "- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn An\n", NULL, "GIÁM ĐỐC", "Trần Văn An", 2, "Lưu: VT" },
	{ "TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ NỘI VỤ\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Văn An\n\nNơi nhận:\n- Lưu: VT.\n",
	  "TUQ. CHỦ TỊCH; GIÁM ĐỐC SỞ NỘI VỤ; KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn An", 1, "Lưu: VT" },
	{ "GIÁM ĐỐC SỞ NỘI VỤ          BÍ THƯ TỈNH ĐOÀN\n\nTrần Văn An          Lê Na\n\nNơi nhận:\n- Lưu: VT.\n", NULL,
	  "GIÁM ĐỐC SỞ NỘI VỤ", "Trần Văn An", 1, "Lưu: VT" },
	{ "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", NULL, 2, "Lưu: VT" },
};

static void ends_are_read(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	int wrong = 0;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct letter_document d = read_one(mem, arena_printf(mem, "%s%s", HEAD, ends[i].end));
		if (text_equal(d.signer.prefix, ends[i].prefix) && text_equal(d.signer.position, ends[i].position) &&
		    text_equal(d.signer.name, ends[i].name) && d.recipient_count == ends[i].recipients &&
		    text_equal(d.recipients[d.recipient_count - 1], ends[i].last))
			continue;
		wrong++;
		print_error("%zu: %s | %s | %s | %zu\n", i, d.signer.prefix ? d.signer.prefix : "-",
			    d.signer.position ? d.signer.position : "-", d.signer.name ? d.signer.name : "-", d.recipient_count);
		for (size_t k = 0; k < d.recipient_count; k++)
			print_error("\t%s\n", d.recipients[k]);
	}
	arena_free(mem);
	assert_int_equal(wrong, 0);
}

static void no_letter_is_no_document(void **state)
{
	static const char *const texts[] = { "", "\n\n\n", "Danh sách\n1. Gạo\n2. Muối\n", "***", "PHỤ LỤC\n", "Số: 12\n" };
	(void)state;
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct letter_reading reading;
		letter_read(mem, texts[i], &reading);
		assert_int_equal(reading.count, 0);
	}
	arena_free(mem);
}

/* The reader takes its time and memory by the length of the text, whatever it is made of. */
static void long_texts_are_read(void **state)
{
	static const char *const parts[] = { "a\n", "12/UBND ", "Số: 1/UBND-VX\n", "của Ban Chỉ đạo về ", "- ", "TM. CHỦ TỊCH\n",
					     "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "Nơi nhận:\n", "Kính gửi:\n- a\n", "1. ", "(", "ngày ",
					     "Công văn số 12/UBND ngày 5/4/2026 của Sở ", "giao Sở Nội vụ, ",
					     "Công văn số 1/A về “", "CHỦ NGHĨA VIỆT NAM Hạnh phúc Số: 1. A, ngày ", "A, ngày 5\n",
					     "Công văn của Sở A số 1/A (b) c ", "</p>&nbsp;<br", "* ", "CỘNG\nHÒA\n" };
	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct arena *mem = arena_new(0);
		size_t size = strlen(parts[i]), count = (size_t)(1 << 19) / size;
		char *text = arena_alloc(mem, count * size + sizeof(HEAD));
		memcpy(text, HEAD, sizeof(HEAD) - 1);
		for (size_t k = 0; k < count; k++)
			memcpy(text + sizeof(HEAD) - 1 + k * size, parts[i], size);
		struct letter_reading reading;
		letter_read(mem, text, &reading);
		assert_true(reading.count >= 1);
		arena_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_are_read),
		cmocka_unit_test(ends_are_read),
		cmocka_unit_test(no_letter_is_no_document),
		cmocka_unit_test(long_texts_are_read),
	};
	return cmocka_run_group_tests_name("ends of letters", tests, NULL, NULL);
}
