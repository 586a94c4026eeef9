#include <string.h>

#include "letter/letter_folded.h"
#include "letter/letter_terms.h"

/* Of a document that a letter names: how far the name of its issuer goes, and what it is about. */

/* "Cong van so": a type (which may be named after a law's title) and "so" before the number. */
static bool names_document(const struct letter_folded *f, size_t at)
{
	const struct letter_type *type = NULL;
	size_t i = f->index[at], length = f->length - i < 40 ? f->length - i : 40;
	if (f->at[i] != at)
		return false;
	type = letter_type_at_start(f->text + i, length);
	if (!type)
		return false;
	size_t behind = i + strlen(type->fold);
	return behind + 1 < f->length && !memcmp(f->text + behind, "so", 2) && behind + 2 < f->length &&
	       f->text[behind + 2] >= '0' && f->text[behind + 2] <= '9';
}

/* Words that no name of an office holds. Their marks count: "về" ends a name that "vệ" does not. */
static const char *const issuer_stops[] = {
	"về", "v/v", "tại", "trong", "theo", "quy định", "ban hành", "phê duyệt", "hướng dẫn", "sửa đổi", "triển khai",
	"yêu cầu", "đề nghị", "gửi", "được", "đã", "đến", "đối với", "nhằm", "ngày", "cho", "là", "nếu", "đang", "thông qua",
	"kèm", "phân công", "giao", "thực hiện", "quyết định", "và các", "văn bản", "đề cập", "xác định", "để", "xin", "lấy",
	"chỉ đạo", "công bố", "và công văn", "và kế hoạch", "trình", "ủy quyền", "lên", "trên", "sẽ", "phải", "cần", "cũng",
	"hiện", "do", "bởi", "từ", "khi", "sau", "trước", "này", "các", "tháng", "năm", "ở", "còn", "chưa", "nhưng", "mà",
	"thì", "vào", "với", "không", "bằng", "qua", "nhất", NULL,
};

/* The same where a title is in capitals, or its first word has one. */
static const char *const capital_stops[] = {
	"VỀ", "TẠI", "QUY ĐỊNH", "BAN HÀNH", "PHÊ DUYỆT", "HƯỚNG DẪN", "SỬA ĐỔI", "TRIỂN KHAI", "THỰC HIỆN", "CÔNG BỐ",
	"Về", "Quy định", "Ban hành", "Phê duyệt", "Hướng dẫn", "Sửa đổi", "Công bố", NULL,
};

/*
 * Whether one of the phrases begins at byte `at`, with its marks. A scan's loss
 * of all of them is taken where the plain word could not be another.
 */
static bool marked_phrase(const struct letter_folded *f, size_t at, const char *phrase)
{
	enum { SHORTEST = 4 };
	const char *text = f->clean->text;
	size_t length = f->clean->length, rest = strlen(phrase), size = 0, phrase_size, plain = 0, letters = 0;
	for (size_t i = 0; i < rest; i += phrase_size) {
		uint32_t wanted = letter_char(phrase, i, rest, &phrase_size);
		if (wanted == ' ') {
			at = letter_skip(f, at, " ");
			continue;
		}
		uint32_t c = at < length ? letter_char(text, at, length, &size) : ' ';
		if (c != wanted && c != (uint32_t)letter_fold(wanted))
			return false;
		plain += c != wanted;
		letters++;
		at += size;
	}
	if (at < length && letter_is_letter(letter_char(text, at, length, &size)) &&
	    letter_small(letter_char(text, at, length, &size)) == letter_char(text, at, length, &size))
		return false;
	return !plain || letters >= SHORTEST || !strcmp(phrase, "về");
}

static bool any_marked_phrase(const struct letter_folded *f, size_t at, const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (marked_phrase(f, at, *phrases))
			return true;
	return false;
}

/* Names with commas of their own, or with words that else end a name. */
static const char *const whole_names[] = {
	"phattrienkhoahoccongnghedoimoisangtaovachuyendoiso", "vanhoathethaovadulich", "vanhoathethao",
	"khoahoccongnghedoimoisangtaovachuyendoiso", "khoahoccongnghe", "phongchongthamnhunglangphitieucuc",
	"giaothong", "congtrinh", "quanlycac", "lienhiepcac", "bochinhtribanbithu", "quanlyvonnhanuoctaidoanhnghiep", "phongchongthamnhung", "phongchongthientai", "phongchongdichbenh", "xaydungchinhdondang", "laodongthuongbinhvaxahoi",
	NULL,
};

static bool names_committee(const struct letter_folded *f, size_t start, size_t at)
{
	size_t from = f->index[start], to = f->index[at];
	for (size_t i = from; i + 9 <= to; i++)
		if (!memcmp(f->text + i, "banchidao", 9))
			return true;
	return false;
}

/* Whether a second "ve" follows in the sentence: then the first is of the committee's name. */
static bool about_again(const struct letter_folded *f, size_t at)
{
	size_t end = letter_sentence_end(f, at, LETTER_TITLE_MAX);
	for (size_t i = at; i < end; i++)
		if (letter_word_begins(f, i) && marked_phrase(f, i, "về"))
			return true;
	return false;
}

static size_t word_end(const struct letter_folded *f, size_t at, size_t end)
{
	while (at < end && f->clean->text[at] != ' ' && f->clean->text[at] != ',')
		at++;
	return at;
}

size_t letter_issuer_end(const struct letter_folded *f, size_t start)
{
	size_t end = letter_sentence_end(f, start, LETTER_ISSUER_MAX), at = start, stop, size;
	while (at < end) {
		if (letter_any_phrase(f, at, whole_names, &stop) && stop <= end) {
			at = stop;
			continue;
		}
		char c = f->clean->text[at];
		if (c == ',' || c == ':' || c == '"')
			return at;
		if (c == ' ') {
			at++;
			continue;
		}
		uint32_t first = letter_char(f->clean->text, at, end, &size);
		bool small = letter_small(first) == first;
		if (first == 0x201c || first == 0x201d || names_document(f, at))
			return at;
		if (at > start && small && any_marked_phrase(f, at, issuer_stops)) {
			bool committee = names_committee(f, start, at);
			bool own = committee && letter_phrase(f, at, "ve", &stop) && about_again(f, stop);
			if (committee && letter_phrase(f, at, "ve", &stop)) {
				size_t name = letter_skip(f, stop, " "), past;
				own = own || letter_any_phrase(f, name, whole_names, &past);
			}
			bool chidao = letter_phrase(f, at, "chidao", &stop) && at >= 4 && !memcmp(f->clean->text + at - 4, "Ban ", 4);
			/* "Hội nghị lần thứ năm Ban Chấp hành Trung ương" */
			bool fifth = letter_phrase(f, at, "nam", &stop) && at >= 6 && !memcmp(f->clean->text + at - 6, "thứ ", strlen("thứ "));
			bool cac = letter_phrase(f, at, "cac", &stop) && at == start;
			if (!own && !chidao && !cac && !fifth)
				return at;
		}
		if (at > start && !small && any_marked_phrase(f, at, capital_stops) && !names_committee(f, start, at))
			return at;
		static const char *const others[] = { "cac", "chidao", "ykien", "dieu", NULL };
		if (at > start && small && letter_phrase(f, at, "va", &stop)) {
			size_t next = letter_skip(f, stop, " ");
			size_t again;
			if (names_document(f, next) || letter_any_phrase(f, next, others, &again))
				return at;
		}
		at = word_end(f, at, end);
	}
	return end;
}

/* "Dieu 2", of another document. */
static bool names_article(const struct letter_folded *f, size_t at)
{
	size_t stop;
	if (!letter_phrase(f, at, "dieu", &stop))
		return false;
	size_t number = letter_skip(f, stop, " ");
	return number < f->clean->length && f->clean->text[number] >= '0' && f->clean->text[number] <= '9';
}

/* "Trong do", "UBND tinh yeu cau", another document: what ends a title behind a comma. */
static const char *const title_stops[] = {
	"trongdo", "dongthoi", "theodo", "uybannhandan", "ubnd", "giamdoc", "chutich", "botruong", "chanhvanphong", "denghi",
	"yeucau", "thutuong", "vanphong", "sokhoahoc", "danguy", "banthuongvu", "thuongtruc", "tinhuy", "thanhuy",
	"ngay", "theodenghi", "tieptheo", "xet", "giao", "ganvoi", NULL,
};

/* Behind a comma: an office that asks for something, "Sở Nội vụ đề nghị ...", and no longer the title. */
static bool office_speaks(const struct letter_folded *f, size_t at, size_t end)
{
	static const char *const verbs[] = { "denghi", "yeucau", "huongdan", "baocao", "chidao", "kinhtrinh", "banhanh", "quydinh",
					     "thongbao", "dexuat", "kinhdenghi", "giao", "trinh", "nhusau", "trantrong",
					     "quyetdinh", "xaydung", "cokien", "coykien", "thongnhat", "chuyen", "saogui", NULL };
	size_t size, stop;
	uint32_t first = letter_char(f->clean->text, at, end, &size);
	if (letter_small(first) == first || !letter_is_letter(first))
		return false;
	for (size_t i = at; i < end && i < at + 200; i++) {
		if (f->clean->text[i] == ':')
			return true;
		if (f->clean->text[i] == ',') {
			/* "Phòng Kinh tế, Hạ tầng và Đô thị" */
			uint32_t next = letter_char(f->clean->text, letter_skip(f, i + 1, " "), f->clean->length, &size);
			if (letter_small(next) == next)
				return false;
		}
		if (i > at && f->clean->text[i - 1] == ' ' && letter_fold(letter_char(f->clean->text, i, end, &size)) &&
		    letter_any_phrase(f, i, verbs, &stop)) {
			uint32_t c = letter_char(f->clean->text, i, end, &size);
			if (letter_small(c) == c)
				return true;
		}
	}
	return false;
}

/* The end of brackets in the middle of a title: "cấp ủy viên (khóa XIV) các cấp"; 0: they end it. */
static size_t aside_end(const struct letter_folded *f, size_t at)
{
	static const char *const defines[] = { "sauday", "goitat", "goichung", "viettat", "kemtheo", "ban", "duoc", "congvan", NULL };
	enum { ASIDE_MAX = 60 };
	const char *text = f->clean->text;
	size_t length = f->clean->length, close = at + 1, stop, size;
	while (close < length && close < at + ASIDE_MAX && text[close] != ')' && text[close] != '(')
		close++;
	if (close + 2 >= length || text[close] != ')' || text[close + 1] != ' ' || letter_any_phrase(f, at + 1, defines, &stop) ||
	    memchr(text + at, '/', close - at))
		return 0;
	uint32_t next = letter_char(text, close + 2, length, &size);
	bool figure = next >= '0' && next <= '9';
	return figure || (letter_is_letter(next) && letter_small(next) == next) ? close + 1 : 0;
}

/* The end of the sentence that a title is in, over brackets in its middle. */
static size_t title_sentence_end(const struct letter_folded *f, size_t start)
{
	size_t end = letter_sentence_end(f, start, LETTER_TITLE_MAX), behind;
	while (end < f->clean->length && end - start < LETTER_TITLE_MAX && f->clean->text[end] == '(' && (behind = aside_end(f, end)) > 0)
		end = letter_sentence_end(f, behind, LETTER_TITLE_MAX - (end - start));
	return end;
}

/* Behind quotes that open at `at` and close before `end`; 0: none do. */
static size_t quote_end(const struct letter_folded *f, size_t at, size_t end)
{
	size_t close, size = letter_quote_opens(f, at);
	size = size ? letter_quote_closes(f, at + size, end, &close) : 0;
	return size ? close + size : 0;
}

size_t letter_title_end(const struct letter_folded *f, size_t start)
{
	static const char *const sources[] = { "taicongvan", "theocongvan", "theochidaotai", "theochidaocua", "taikehoach",
					       "taivanban", "theovanban", NULL };
	size_t end = title_sentence_end(f, start), stop, quoted;
	bool unclosed = false;
	for (size_t at = start; at < end; at++) {
		while (!unclosed && at < end && letter_quote_opens(f, at)) {
			quoted = quote_end(f, at, end);
			unclosed = !quoted;
			at = quoted ? quoted : at;
		}
		if (at >= end)
			return end;
		if (f->clean->text[at] == ':' || f->clean->text[at] == '"')
			return at;
		if (f->clean->text[at] == ',') {
			size_t next = letter_skip(f, at + 1, " ");
			size_t office;
			bool stops = next < end && letter_any_phrase(f, next, title_stops, &stop) &&
				     !letter_phrase(f, next, "chutichnuoc", &office);
			if (stops || (next < end && (names_document(f, next) || office_speaks(f, next, end))))
				return at;
			continue;
		}
		if (at == start || f->clean->text[at - 1] != ' ')
			continue;
		if (letter_phrase(f, at, "tai", &stop) && names_document(f, letter_skip(f, stop, " ")))
			return at;
		if (letter_phrase(f, at, "va", &stop) &&
		    (names_document(f, letter_skip(f, stop, " ")) || names_article(f, letter_skip(f, stop, " "))))
			return at;
		if (letter_phrase(f, at, "theo", &stop) && names_document(f, letter_skip(f, stop, " ")))
			return at;
		if (letter_phrase(f, at, sources[2], &stop))
			return at;
	}
	return end;
}
