#include <string.h>

#include "base/arena.h"
#include "letter/letter_head.h"
#include "letter/letter_terms.h"

/*
 * The documents that a letter names: "Công văn số 2203/CV/VPTW ngày 06/5/2026
 * của Văn phòng Trung ương Đảng về triển khai ...". Words are compared folded
 * and without blanks, so that scans that lost them are read too.
 */
enum { ISSUER_MAX = 260, TITLE_MAX = 700, NAME_BEFORE_MAX = 90 };

/* A paragraph with the folded characters of it and where each stands. */
struct folded {
	const struct letter_clean *clean;
	char *text;
	size_t *at;       /* byte of each folded character; one past it: the length */
	size_t *index;    /* of each byte: how many folded characters are before it */
	size_t length;
};

static void fold(struct arena *mem, const struct letter_clean *clean, struct folded *out)
{
	*out = (struct folded){ .clean = clean };
	out->text = arena_alloc(mem, clean->length + 1);
	out->at = ARENA_ARRAY(mem, size_t, clean->length + 1);
	out->index = ARENA_ARRAY(mem, size_t, clean->length + 1);
	for (size_t at = 0, size; at < clean->length; at += size) {
		char c = letter_fold(letter_char(clean->text, at, clean->length, &size));
		for (size_t i = 0; i < size; i++)
			out->index[at + i] = out->length;
		if (!c)
			continue;
		out->at[out->length] = at;
		out->text[out->length++] = c;
	}
	out->at[out->length] = clean->length;
	out->index[clean->length] = out->length;
}

static size_t skip_signs(const struct folded *f, size_t at, const char *signs)
{
	while (at < f->clean->length && strchr(signs, f->clean->text[at]))
		at++;
	return at;
}

/* Whether the phrase begins at byte `at`; where it ends. */
static bool phrase(const struct folded *f, size_t at, const char *words, size_t *end)
{
	size_t i = f->index[at], size = strlen(words);
	if (i >= f->length || f->at[i] != at || f->length - i < size || memcmp(f->text + i, words, size) != 0)
		return false;
	/* A whole word, or one that lost the blank before a capital or a number. */
	size_t stop = f->at[i + size - 1], length;
	letter_char(f->clean->text, stop, f->clean->length, &length);
	*end = stop + length;
	if (*end >= f->clean->length)
		return true;
	uint32_t next = letter_char(f->clean->text, *end, f->clean->length, &length);
	return !letter_is_letter(next) || letter_small(next) != next;
}

static bool any_phrase(const struct folded *f, size_t at, const char *const *phrases, size_t *end)
{
	for (; *phrases; phrases++)
		if (phrase(f, at, *phrases, end))
			return true;
	return false;
}

static bool word_begins(const struct folded *f, size_t at)
{
	return at == 0 || strchr(" (,;\"", f->clean->text[at - 1]);
}

static size_t sentence_end(const struct folded *f, size_t at, size_t most)
{
	const char *text = f->clean->text;
	size_t end = f->clean->length - at > most ? at + most : f->clean->length;
	for (; at < end; at++) {
		if (text[at] == ';' || text[at] == ')' || text[at] == '(')
			return at;
		bool stop = text[at] == '.' && (at + 1 >= f->clean->length || text[at + 1] == ' ' || text[at + 1] == '/');
		/* "TP. Vinh" goes on */
		if (stop && !(at >= 2 && !memcmp(text + at - 2, "TP", 2)))
			return at;
	}
	while (end < f->clean->length && ((unsigned char)text[end] & 0xc0) == 0x80)
		end--;
	return end;
}

/* "Cong van so": a type (which may be named after a law's title) and "so" before the number. */
static bool names_document(const struct folded *f, size_t at)
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

/* Names with commas of their own, or with words that else end a name. */
static const char *const whole_names[] = {
	"phattrienkhoahoccongnghedoimoisangtaovachuyendoiso", "vanhoathethaovadulich", "vanhoathethao",
	"khoahoccongnghedoimoisangtaovachuyendoiso", "khoahoccongnghe", "phongchongthamnhunglangphitieucuc",
	"phongchongthamnhung", "phongchongthientai", "phongchongdichbenh", "xaydungchinhdondang", "laodongthuongbinhvaxahoi",
	NULL,
};

static bool names_committee(const struct folded *f, size_t start, size_t at)
{
	size_t from = f->index[start], to = f->index[at];
	for (size_t i = from; i + 9 <= to; i++)
		if (!memcmp(f->text + i, "banchidao", 9))
			return true;
	return false;
}

/* Whether a second "ve" follows in the sentence: then the first is of the committee's name. */
static bool about_again(const struct folded *f, size_t at)
{
	size_t end = sentence_end(f, at, TITLE_MAX), stop;
	for (size_t i = at; i < end; i++)
		if (word_begins(f, i) && (phrase(f, i, "ve", &stop) || phrase(f, i, "veviec", &stop)))
			return true;
	return false;
}

static size_t word_end(const struct folded *f, size_t at, size_t end)
{
	while (at < end && f->clean->text[at] != ' ' && f->clean->text[at] != ',')
		at++;
	return at;
}

static size_t issuer_end(const struct folded *f, size_t start)
{
	size_t end = sentence_end(f, start, ISSUER_MAX), at = start, stop, size;
	while (at < end) {
		if (any_phrase(f, at, whole_names, &stop) && stop <= end) {
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
		if (at > start && small && any_phrase(f, at, issuer_stops, &stop)) {
			bool committee = names_committee(f, start, at);
			bool own = committee && phrase(f, at, "ve", &stop) && about_again(f, stop);
			if (committee && phrase(f, at, "ve", &stop)) {
				size_t name = skip_signs(f, stop, " "), past;
				own = own || any_phrase(f, name, whole_names, &past);
			}
			bool chidao = phrase(f, at, "chidao", &stop) && at >= 4 && !memcmp(f->clean->text + at - 4, "Ban ", 4);
			bool cac = phrase(f, at, "cac", &stop) && at == start;
			if (!own && !chidao && !cac)
				return at;
		}
		/* A title in capitals: "CUA BO CHINH TRI VE DOT PHA". */
		bool shouted = at > start && !small && end - at > strlen("VỀ") &&
			       !memcmp(f->clean->text + at, "VỀ", strlen("VỀ"));
		if (shouted && !names_committee(f, start, at))
			return at;
		if (at > start && small && phrase(f, at, "va", &stop)) {
			size_t next = skip_signs(f, stop, " ");
			size_t again;
			if (names_document(f, next) || phrase(f, next, "cac", &again) || phrase(f, next, "chidao", &again))
				return at;
		}
		at = word_end(f, at, end);
	}
	return end;
}

/* "Trong do", "UBND tinh yeu cau", another document: what ends a title behind a comma. */
static const char *const title_stops[] = {
	"trongdo", "dongthoi", "theodo", "uybannhandan", "ubnd", "giamdoc", "chutich", "botruong", "chanhvanphong", "denghi",
	"yeucau", "thutuong", "vanphong", "sokhoahoc", "danguy", "banthuongvu", "thuongtruc", "tinhuy", "thanhuy",
	"ngay", "theodenghi", "xet", "giao", "ganvoi", NULL,
};

/* Behind a comma: an office that asks for something, "Sở Nội vụ đề nghị ...", and no longer the title. */
static bool office_speaks(const struct folded *f, size_t at, size_t end)
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
			uint32_t next = letter_char(f->clean->text, skip_signs(f, i + 1, " "), f->clean->length, &size);
			if (letter_small(next) == next)
				return false;
		}
		if (i > at && f->clean->text[i - 1] == ' ' && letter_fold(letter_char(f->clean->text, i, end, &size)) &&
		    any_phrase(f, i, verbs, &stop)) {
			uint32_t c = letter_char(f->clean->text, i, end, &size);
			if (letter_small(c) == c)
				return true;
		}
	}
	return false;
}

static size_t title_end(const struct folded *f, size_t start)
{
	static const char *const sources[] = { "taicongvan", "theocongvan", "theochidaotai", "theochidaocua", "taikehoach",
					       "taivanban", "theovanban", NULL };
	size_t end = sentence_end(f, start, TITLE_MAX), stop;
	for (size_t at = start; at < end; at++) {
		if (f->clean->text[at] == ':' || f->clean->text[at] == '"')
			return at;
		if (f->clean->text[at] == ',') {
			size_t next = skip_signs(f, at + 1, " ");
			size_t office;
			bool stops = next < end && any_phrase(f, next, title_stops, &stop) &&
				     !phrase(f, next, "chutichnuoc", &office);
			if (stops || (next < end && (names_document(f, next) || office_speaks(f, next, end))))
				return at;
			continue;
		}
		if (at == start || f->clean->text[at - 1] != ' ')
			continue;
		if (phrase(f, at, "tai", &stop) && names_document(f, skip_signs(f, stop, " ")))
			return at;
		if (phrase(f, at, "va", &stop) && names_document(f, skip_signs(f, stop, " ")))
			return at;
		if (phrase(f, at, "theo", &stop) && names_document(f, skip_signs(f, stop, " ")))
			return at;
		if (phrase(f, at, sources[2], &stop))
			return at;
	}
	return end;
}

/* "ngay 06/5/2026", "ngay 6 thang 5 nam 2026" behind the number, maybe behind a comma. */
static size_t read_date(const struct folded *f, size_t at, struct letter_reference *out)
{
	size_t from = skip_signs(f, at, " ,("), stop;
	if (from >= f->clean->length || !phrase(f, from, "ngay", &stop))
		return at;
	struct letter_dated dated;
	size_t most = f->clean->length - from < 60 ? f->clean->length - from : 60;
	/* The first date of the stretch: shorten until only one is left. */
	for (size_t i = stop - from; i <= most; i++) {
		if (i < most && f->clean->text[from + i] != ' ' && f->clean->text[from + i] != ',' &&
		    f->clean->text[from + i] != ';' && f->clean->text[from + i] != ')' && f->clean->text[from + i] != '.')
			continue;
		if (!letter_date_read(f->clean->text + from, i, &dated) || dated.start != 0 || !dated.date.year)
			continue;
		out->date = dated.date;
		return from + dated.end;
	}
	return at;
}

/* What stands behind the number: date, issuer, title. The end of it. */
static size_t read_behind(struct arena *mem, const struct folded *f, size_t at, struct letter_reference *out)
{
	static const char *const about[] = { "veviec", "vv", "ve", NULL };
	static const char *const verbs[] = { "quydinh", "banhanh", "pheduyet", "huongdan", "suadoi", "trienkhai",
					     "thuchien", "congbo", NULL };
	size_t stop, end = read_date(f, at, out);
	size_t next = skip_signs(f, end, " ,)");
	if (next < f->clean->length && phrase(f, next, "cua", &stop)) {
		size_t start = skip_signs(f, stop, " ");
		size_t last = issuer_end(f, start);
		if (last > start) {
			out->issuer = letter_item(mem, f->clean, start, last);
			end = last;
		}
		if (!out->date.year)
			end = read_date(f, end, out);
	}
	next = skip_signs(f, end, " ,");
	/* "(sau day goi tat la Ban Chi dao) ve viec" */
	if (next < f->clean->length && f->clean->text[next] == '(') {
		size_t close = sentence_end(f, next + 1, ISSUER_MAX);
		size_t behind = close < f->clean->length && f->clean->text[close] == ')' ? skip_signs(f, close + 1, " ") : close;
		if (behind < f->clean->length && (phrase(f, behind, "veviec", &stop) || phrase(f, behind, "ve", &stop)))
			next = end = behind;
	}
	/* "gui cac co quan ve viec" */
	if (next < f->clean->length && phrase(f, next, "gui", &stop)) {
		size_t limit = sentence_end(f, next, ISSUER_MAX);
		for (size_t i = next; i < limit; i++)
			if (word_begins(f, i) && phrase(f, i, "veviec", &stop)) {
				next = i;
				break;
			}
	}
	if (next >= f->clean->length)
		return end;
	bool titled = any_phrase(f, next, about, &stop);
	size_t start = titled ? skip_signs(f, stop, " ") : next;
	if (!titled && (!(out->issuer || out->date.year) || skip_signs(f, end, " ") != next || !any_phrase(f, next, verbs, &stop)))
		return end;
	size_t last = title_end(f, start);
	if (last <= start)
		return end;
	out->title = letter_item(mem, f->clean, start, last);
	return out->title ? last : end;
}

/* The type before the number, and where the words for it begin. */
static const struct letter_type *type_before(struct arena *mem, const struct folded *f, size_t at, size_t *start,
					     bool *so, const char **law)
{
	size_t i = f->index[at];
	*so = i >= 2 && !memcmp(f->text + i - 2, "so", 2);
	if (*so)
		i -= 2;
	const struct letter_type *type = letter_type_at_end(f->text, i);
	if (type) {
		*start = f->at[i - strlen(type->fold)];
		return type;
	}
	*start = i < f->length ? f->at[i] : at;
	if (!*so)
		return NULL;
	/* "Luat Dat dai so 31/2024/QH15" */
	static const char *const laws[] = { "boluat", "luat", "phaplenh", NULL };
	size_t end = *start, low = end > NAME_BEFORE_MAX ? end - NAME_BEFORE_MAX : 0, stop;
	for (size_t back = end; back-- > low;) {
		if (strchr(".;:()", f->clean->text[back]))
			break;
		size_t size;
		uint32_t c = letter_char(f->clean->text, back, end, &size);
		if (!word_begins(f, back) || letter_small(c) == c)
			continue;
		for (size_t l = 0; laws[l]; l++)
			if (phrase(f, back, laws[l], &stop)) {
				*law = letter_item(mem, f->clean, stop, end);
				*start = back;
				return letter_type_at_start(laws[l], strlen(laws[l]));
			}
	}
	return NULL;
}

/* "Ngay 29/4/2026, Van phong Trung uong Dang da co Cong van so ...": date and issuer before. */
static void read_before(struct arena *mem, const struct folded *f, size_t start, struct letter_reference *out)
{
	static const char *const has[] = { "daco", "dabanhanh", "co", "banhanh", "daky", NULL };
	size_t low = start > 200 ? start - 200 : 0, stop;
	for (size_t back = start; back-- > low;) {
		if (f->clean->text[back] == ';' || f->clean->text[back] == '.')
			return;
		if (!word_begins(f, back) || !phrase(f, back, "ngay", &stop))
			continue;
		struct letter_reference dated = { 0 };
		size_t comma = read_date(f, back, &dated);
		if (!dated.date.year || comma >= start || f->clean->text[comma] != ',')
			return;
		size_t name = skip_signs(f, comma, " ,");
		for (size_t at = name; at < start; at++) {
			if (f->clean->text[at] == ',')
				return;
			if (word_begins(f, at) && any_phrase(f, at, has, &stop) && skip_signs(f, stop, " ") == start) {
				out->date = dated.date;
				if (!out->issuer)
					out->issuer = letter_item(mem, f->clean, name, at);
				return;
			}
		}
		return;
	}
}

struct found {
	struct letter_reference *at;
	size_t count;
};

static void keep(struct found *found, const struct letter_reference *reference)
{
	for (size_t i = 0; i < found->count; i++) {
		struct letter_reference *known = &found->at[i];
		if (strcmp(known->number_normal, reference->number_normal) != 0)
			continue;
		if (!known->type)
			known->type = reference->type;
		if (!known->issuer)
			known->issuer = reference->issuer;
		if (!known->date.year)
			known->date = reference->date;
		if (!known->title)
			known->title = reference->title;
		return;
	}
	if (found->count < LETTER_ITEMS_MAX)
		found->at[found->count++] = *reference;
}

/* A number in a paragraph begins with a digit that nothing of a number stands before. */
static bool number_begins(const struct letter_clean *clean, size_t at)
{
	if (clean->text[at] < '0' || clean->text[at] > '9')
		return false;
	if (at == 0)
		return true;
	char before = clean->text[at - 1];
	return !(before >= '0' && before <= '9') && before != '-' && before != '/' && before != '.' && before != ',';
}

static size_t read_one(struct arena *mem, const struct folded *f, size_t at, size_t end, struct found *found,
		       const struct letter_document *document)
{
	struct letter_reference reference = { 0 };
	bool so = false;
	size_t start = at;
	const struct letter_type *type = type_before(mem, f, at, &start, &so, &reference.title);
	reference.number = letter_written(mem, f->clean, at, end);
	reference.number_normal = letter_number_normal(mem, reference.number);
	if (!reference.number_normal)
		return end;
	struct letter_number number;
	letter_number_split(mem, reference.number, &number);
	if (!type && number.type)
		type = letter_type_of_code(number.type, strlen(number.type), reference.number_normal[strlen(number.running)] == '-');
	if (!type && !so)
		return end;
	bool law = number.issuer && !memcmp(number.issuer, "QH", 2) && !number.type;
	if (!type && !law) /* a number without code of a type is that of a State letter */
		type = letter_type_of_code("CV", 2, false);
	reference.type = type ? type->name : NULL;
	size_t last = read_behind(mem, f, end, &reference);
	if (!reference.date.year)
		read_before(mem, f, start, &reference);
	reference.source = letter_span_of(f->clean, start, last);
	if (!document->number_normal || strcmp(document->number_normal, reference.number_normal) != 0)
		keep(found, &reference);
	return end;
}

void letter_references_read(struct arena *mem, const struct letter_paragraph *paragraphs, size_t count,
			    struct letter_document *document)
{
	struct found found = { ARENA_ARRAY(mem, struct letter_reference, LETTER_ITEMS_MAX), 0 };
	size_t most = (size_t)LETTER_ITEMS_MAX * 4; /* bounds the work on a text of numbers alone */
	for (size_t i = 0; i < count && most; i++) {
		const struct letter_clean *clean = &paragraphs[i].clean;
		struct folded f = { 0 };
		for (size_t at = 0; at < clean->length && most; at++) {
			if (!number_begins(clean, at))
				continue;
			size_t end = letter_number_end(clean->text, at, clean->length, false);
			if (!end)
				continue;
			if (!f.text)
				fold(mem, clean, &f);
			at = read_one(mem, &f, at, end, &found, document) - 1;
			most--;
		}
	}
	document->references = found.at;
	document->reference_count = found.count;
}
