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

static const char *const issuer_stops[] = {
	"ve", "veviec", "vv", "tai", "trong", "theo", "quydinh", "banhanh", "pheduyet", "huongdan", "suadoi", "trienkhai",
	"yeucau", "denghi", "gui", "duoc", "da", "den", "doivoi", "nham", "ngay", "cho", "la", "neu", "dang", "thongqua",
	"kemtheo", "phancong", "giao", "thuchien", "quyetdinh", "vanbanso", "taihoinghi", "vacac", "vanban", "decap",
	"xacdinh", "de", "xin", "lay", "chidao", "congbo", "vacongvan", "vakehoach",
	"trinh", "uyquyen", "len", "tren", "se", "phai", "can", "cung", "hien", "do", "boi", "tu", "khi",
	"sau", "truoc", "nay", "cac", "thang", "nam",
	"o", "con", "chua", "nhung", "ma", "thi", "vao", "voi", "khong", "bang", "qua", "nhat", "kem", NULL,
};

static const char *const shouted_stops[] = {
	"ve", "veviec", "quydinh", "banhanh", "pheduyet", "huongdan", "suadoi", "trienkhai", "thuchien", "tai", "congbo", NULL,
};

/* Names with commas of their own, or with words that else end a name. */
static const char *const whole_names[] = {
	"phattrienkhoahoccongnghedoimoisangtaovachuyendoiso", "vanhoathethaovadulich", "vanhoathethao",
	"khoahoccongnghedoimoisangtaovachuyendoiso", "khoahoccongnghe", "phongchongthamnhunglangphitieucuc",
	"phongchongthamnhung", "phongchongthientai", "phongchongdichbenh", "xaydungchinhdondang", "laodongthuongbinhvaxahoi",
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
	size_t end = letter_sentence_end(f, at, LETTER_TITLE_MAX), stop;
	for (size_t i = at; i < end; i++)
		if (letter_word_begins(f, i) && (letter_phrase(f, i, "ve", &stop) || letter_phrase(f, i, "veviec", &stop)))
			return true;
	return false;
}

static size_t word_end(const struct letter_folded *f, size_t at, size_t end)
{
	while (at < end && f->clean->text[at] != ' ' && f->clean->text[at] != ',')
		at++;
	return at;
}

/* Whether [start, at) is in capitals: "CỦA THỦ TƯỚNG CHÍNH PHỦ QUY ĐỊNH ...", in the title of a letter. */
static bool shouted(const struct letter_folded *f, size_t start, size_t at)
{
	for (size_t size; start < at; start += size) {
		uint32_t c = letter_char(f->clean->text, start, at, &size);
		if (letter_is_letter(c) && letter_small(c) == c)
			return false;
	}
	return true;
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
		if (at > start && small && letter_any_phrase(f, at, issuer_stops, &stop)) {
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
		bool capitals = at > start && !small && shouted(f, start, at) && shouted(f, at, word_end(f, at, end));
		if (capitals && letter_any_phrase(f, at, shouted_stops, &stop) && !names_committee(f, start, at))
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
	for (size_t at = start; at < end; at++) {
		while (at < end && (quoted = quote_end(f, at, end)) > 0)
			at = quoted;
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
