#include <string.h>

#include "letter/letter_terms.h"

/* Codes are in capitals, as normal forms of numbers are. Of two types with one code the first is meant. */
const struct letter_type letter_types[] = {
	{ "Nghị quyết", "nghiquyet", "NQ", false },
	{ "Quyết định", "quyetdinh", "QĐ", false },
	{ "Chỉ thị", "chithi", "CT", false },
	{ "Quy chế", "quyche", "QC", false },
	{ "Quy định", "quydinh", "QYĐ", false },
	{ "Quy định", "quydinh", "QĐI", false },
	{ "Thông cáo", "thongcao", "TC", false },
	{ "Thông báo", "thongbao", "TB", false },
	{ "Thông báo kết luận", "thongbaoketluan", "TBKL", false },
	{ "Hướng dẫn", "huongdan", "HD", false },
	{ "Chương trình", "chuongtrinh", "CTR", false },
	{ "Chương trình hành động", "chuongtrinhhanhdong", "CTRHĐ", false },
	{ "Kế hoạch", "kehoach", "KH", false },
	{ "Phương án", "phuongan", "PA", false },
	{ "Đề án", "dean", "ĐA", false },
	{ "Dự án", "duan", "DA", false },
	{ "Báo cáo", "baocao", "BC", false },
	{ "Biên bản", "bienban", "BB", false },
	{ "Tờ trình", "totrinh", "TTR", false },
	{ "Hợp đồng", "hopdong", "HĐ", false },
	{ "Công văn", "congvan", "CV", false },
	{ "Công điện", "congdien", "CĐ", false },
	{ "Bản ghi nhớ", "banghinho", "BGN", false },
	{ "Bản thỏa thuận", "banthoathuan", "BTT", false },
	{ "Giấy ủy quyền", "giayuyquyen", "GUQ", false },
	{ "Giấy mời", "giaymoi", "GM", false },
	{ "Giấy giới thiệu", "giaygioithieu", "GGT", false },
	{ "Giấy nghỉ phép", "giaynghiphep", "GNP", false },
	{ "Giấy chứng nhận", "giaychungnhan", "GCN", false },
	{ "Phiếu gửi", "phieugui", "PG", false },
	{ "Phiếu chuyển", "phieuchuyen", "PC", false },
	{ "Phiếu báo", "phieubao", "PB", false },
	{ "Thư công", "thucong", NULL, false },
	{ "Quyết nghị", "quyetnghi", NULL, false },
	{ "Kết luận", "ketluan", "KL", false },
	{ "Kết luận thanh tra", "ketluanthanhtra", NULL, false },
	{ "Thư mời", "thumoi", NULL, false },
	{ "Giấy triệu tập", "giaytrieutap", "GTT", false },
	{ "Phiếu trình", "phieutrinh", "PTR", false },
	{ "Thông tri", "thongtri", "TT", true },
	{ "Tuyên bố", "tuyenbo", "TBO", false },
	{ "Lời kêu gọi", "loikeugoi", "LKG", false },
	{ "Quy hoạch", "quyhoach", "QH", true },
	{ "Nghị định", "nghidinh", "NĐ", false },
	{ "Thông tư", "thongtu", "TT", false },
	{ "Thông tư liên tịch", "thongtulientich", "TTLT", false },
	{ "Nghị quyết liên tịch", "nghiquyetlientich", "NQLT", false },
	{ "Kế hoạch liên tịch", "kehoachlientich", "KHLT", false },
	{ "Quy chế phối hợp", "quychephoihop", "QCPH", false },
	{ "Chương trình phối hợp", "chuongtrinhphoihop", "CTRPH", false },
	{ "Hướng dẫn liên ngành", "huongdanliennganh", "HDLN", false },
	{ "Hướng dẫn liên tịch", "huongdanlientich", "HDLT", false },
	{ "Pháp lệnh", "phaplenh", "PL", false },
	{ "Lệnh", "lenh", "L", false },
	{ "Bộ luật", "boluat", NULL, false },
	{ "Luật", "luat", NULL, false },
	{ "Hiến pháp", "hienphap", NULL, false },
	{ NULL, NULL, NULL, false },
};

const struct letter_type *letter_type_of_code(const char *code, size_t length, bool party)
{
	const struct letter_type *found = NULL;
	for (const struct letter_type *type = letter_types; type->name; type++) {
		if (!type->code || strlen(type->code) != length || memcmp(type->code, code, length) != 0)
			continue;
		if (type->party == party)
			return type;
		if (!type->party)
			found = type;
	}
	return found;
}

const struct letter_type *letter_type_at_start(const char *fold, size_t length)
{
	const struct letter_type *best = NULL;
	size_t most = 0;
	for (const struct letter_type *type = letter_types; type->name; type++) {
		size_t size = strlen(type->fold);
		if (size > most && size <= length && !memcmp(fold, type->fold, size)) {
			best = type;
			most = size;
		}
	}
	return best;
}

const struct letter_type *letter_type_at_end(const char *fold, size_t length)
{
	const struct letter_type *best = NULL;
	size_t most = 0;
	for (const struct letter_type *type = letter_types; type->name; type++) {
		size_t size = strlen(type->fold);
		if (size > most && size <= length && !memcmp(fold + length - size, type->fold, size)) {
			best = type;
			most = size;
		}
	}
	return best;
}

/* Whether the line begins with the name, but for case and blanks. */
static bool begins_with(const struct letter_line *line, const char *name)
{
	const char *text = line->clean.text;
	size_t length = line->clean.length, at = 0, rest = strlen(name), i = 0, size, name_size;
	while (i < rest) {
		uint32_t wanted = letter_char(name, i, rest, &name_size);
		i += name_size;
		if (wanted == ' ')
			continue;
		while (at < length && text[at] == ' ')
			at++;
		if (at >= length || letter_small(letter_char(text, at, length, &size)) != letter_small(wanted))
			return false;
		at += size;
	}
	return at >= length || !letter_is_letter(letter_char(text, at, length, &size));
}

const struct letter_type *letter_type_of_title(const struct letter_line *line)
{
	const struct letter_type *best = NULL;
	size_t most = 0;
	for (const struct letter_type *type = letter_types; type->name; type++) {
		size_t size = strlen(type->fold);
		bool same = line->fold_length == size && !memcmp(line->fold, type->fold, size);
		if (size > most && (same || begins_with(line, type->name))) {
			best = type;
			most = size;
		}
	}
	return best;
}
