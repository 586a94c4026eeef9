#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "letter/letter_folded.h"
#include "letter/letter_head.h"
#include "letter/letter_terms.h"

/*
 * The documents that a letter names: "Công văn số 2203/CV/VPTW ngày 06/5/2026
 * của Văn phòng Trung ương Đảng về triển khai ...".
 */
enum { NAME_BEFORE_MAX = 120, ISSUER_BEFORE_MAX = 120 };

/* "ngay 06/5/2026", "ngay 6 thang 5 nam 2026" behind the number, maybe behind a comma. */
static size_t read_date(const struct letter_folded *f, size_t at, struct letter_reference *out)
{
	size_t from = letter_skip(f, at, " ,("), stop;
	if (from >= f->clean->length || !letter_phrase(f, from, "ngay", &stop))
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
static size_t read_behind(struct arena *mem, const struct letter_folded *f, size_t at, struct letter_reference *out)
{
	static const char *const about[] = { "veviec", "vv", "ve", NULL };
	static const char *const verbs[] = { "quydinh", "banhanh", "pheduyet", "huongdan", "suadoi", "trienkhai",
					     "thuchien", "congbo", NULL };
	size_t stop, end = read_date(f, at, out);
	size_t next = letter_skip(f, end, " ,)");
	if (next < f->clean->length && letter_phrase(f, next, "cua", &stop)) {
		size_t start = letter_skip(f, stop, " ");
		size_t last = letter_issuer_end(f, start);
		if (last > start) {
			out->issuer = letter_item(mem, f->clean, start, last);
			end = last;
		}
		if (!out->date.year)
			end = read_date(f, end, out);
	}
	next = letter_skip(f, end, " ,");
	/* 'của Ban Bí thư "về tăng cường ..."' */
	size_t mark = letter_quote_opens(f, next), quoted = 0;
	if (mark && next + mark < f->clean->length && letter_any_phrase(f, next + mark, about, &stop)) {
		next = end = next + mark;
		letter_quote_closes(f, next, f->clean->length, &quoted);
	}
	/* "(sau day goi tat la Ban Chi dao) ve viec" */
	if (next < f->clean->length && f->clean->text[next] == '(') {
		size_t close = letter_sentence_end(f, next + 1, LETTER_ISSUER_MAX);
		size_t behind = close < f->clean->length && f->clean->text[close] == ')' ? letter_skip(f, close + 1, " ") : close;
		if (behind < f->clean->length && (letter_phrase(f, behind, "veviec", &stop) || letter_phrase(f, behind, "ve", &stop)))
			next = end = behind;
	}
	/* "gui cac co quan ve viec" */
	if (next < f->clean->length && letter_phrase(f, next, "gui", &stop)) {
		size_t limit = letter_sentence_end(f, next, LETTER_ISSUER_MAX);
		for (size_t i = next; i < limit; i++)
			if (letter_word_begins(f, i) && letter_phrase(f, i, "veviec", &stop)) {
				next = i;
				break;
			}
	}
	if (next >= f->clean->length)
		return end;
	bool titled = letter_any_phrase(f, next, about, &stop);
	size_t start = titled ? letter_skip(f, stop, " ") : next;
	if (!titled && (!(out->issuer || out->date.year) || letter_skip(f, end, " ") != next || !letter_any_phrase(f, next, verbs, &stop)))
		return end;
	size_t last = quoted > start ? quoted : letter_title_end(f, start);
	if (last <= start)
		return end;
	out->title = letter_item(mem, f->clean, start, last);
	return out->title ? last : end;
}

/* "Quyết định của Bộ Chính trị số 31-QĐ/TW": type and issuer before "số" at byte `end`. */
static const struct letter_type *type_of_issuer(struct arena *mem, const struct letter_folded *f, size_t end, size_t *start,
						const char **issuer)
{
	size_t low = end > ISSUER_BEFORE_MAX ? end - ISSUER_BEFORE_MAX : 0, stop, size;
	for (size_t back = end; back-- > low;) {
		if (strchr(".,;:()", f->clean->text[back]))
			return NULL;
		if (!letter_word_begins(f, back) || !letter_phrase(f, back, "cua", &stop))
			continue;
		const struct letter_type *type = letter_type_at_end(f->text, f->index[back]);
		size_t name = letter_skip(f, stop, " ");
		uint32_t first = name < end ? letter_char(f->clean->text, name, end, &size) : 'a';
		if (!type || letter_small(first) == first)
			return NULL;
		*issuer = letter_item(mem, f->clean, name, end);
		*start = f->at[f->index[back] - strlen(type->fold)];
		return type;
	}
	return NULL;
}

/* "Luật sửa đổi, bổ sung một số điều của Luật Đầu tư": where it begins that a law's name at `at` ends. */
static size_t amending_law(const struct letter_folded *f, size_t at, const char *law, size_t *behind)
{
	static const char amends[] = "motsodieucua";
	size_t index = f->index[at], size = strlen(amends), low = at > NAME_BEFORE_MAX ? at - NAME_BEFORE_MAX : 0, stop;
	if (index < size || memcmp(f->text + index - size, amends, size) != 0)
		return at;
	for (size_t back = at; back-- > low;)
		if (letter_word_begins(f, back) && letter_phrase(f, back, law, &stop)) {
			*behind = stop;
			return back;
		}
	return at;
}

/* The type before the number, and where the words for it begin. */
static const struct letter_type *type_before(struct arena *mem, const struct letter_folded *f, size_t at, size_t *start,
					     bool *so, const char **law, const char **issuer)
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
	type = type_of_issuer(mem, f, *start, start, issuer);
	if (type)
		return type;
	/* "Luat Dat dai so 31/2024/QH15" */
	static const char *const laws[] = { "boluat", "luat", "phaplenh", NULL };
	size_t end = *start, low = end > NAME_BEFORE_MAX ? end - NAME_BEFORE_MAX : 0, stop;
	for (size_t back = end; back-- > low;) {
		if (strchr(".;:()", f->clean->text[back]))
			break;
		size_t size;
		uint32_t c = letter_char(f->clean->text, back, end, &size);
		if (!letter_word_begins(f, back) || letter_small(c) == c)
			continue;
		for (size_t l = 0; laws[l]; l++)
			if (letter_phrase(f, back, laws[l], &stop)) {
				*start = amending_law(f, back, laws[l], &stop);
				*law = letter_item(mem, f->clean, stop, end);
				return letter_type_at_start(laws[l], strlen(laws[l]));
			}
	}
	return NULL;
}

/* "Ngay 29/4/2026, Van phong Trung uong Dang da co Cong van so ...": date and issuer before. */
static void read_before(struct arena *mem, const struct letter_folded *f, size_t start, struct letter_reference *out)
{
	static const char *const has[] = { "daco", "dabanhanh", "co", "banhanh", "daky", NULL };
	size_t low = start > 200 ? start - 200 : 0, stop;
	for (size_t back = start; back-- > low;) {
		if (f->clean->text[back] == ';' || f->clean->text[back] == '.')
			return;
		if (!letter_word_begins(f, back) || !letter_phrase(f, back, "ngay", &stop))
			continue;
		struct letter_reference dated = { 0 };
		size_t comma = read_date(f, back, &dated);
		if (!dated.date.year || comma >= start || f->clean->text[comma] != ',')
			return;
		size_t name = letter_skip(f, comma, " ,");
		for (size_t at = name; at < start; at++) {
			if (f->clean->text[at] == ',')
				return;
			if (letter_word_begins(f, at) && letter_any_phrase(f, at, has, &stop) && letter_skip(f, stop, " ") == start) {
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

/* Whether `better` says in small letters what `known` says in capitals, or says it at all. */
static bool better_said(const char *known, const char *better)
{
	if (!better || !known)
		return better != NULL;
	size_t length = strlen(known), size;
	for (size_t at = 0; at < length; at += size) {
		uint32_t c = letter_char(known, at, length, &size);
		if (letter_is_letter(c) && letter_small(c) == c)
			return false;
	}
	length = strlen(better);
	for (size_t at = 0; at < length; at += size) {
		uint32_t c = letter_char(better, at, length, &size);
		if (letter_is_letter(c) && letter_small(c) == c)
			return true;
	}
	return false;
}

static void keep(struct found *found, const struct letter_reference *reference)
{
	for (size_t i = 0; i < found->count; i++) {
		struct letter_reference *known = &found->at[i];
		if (strcmp(known->number_normal, reference->number_normal) != 0)
			continue;
		if (!known->type)
			known->type = reference->type;
		if (better_said(known->number, reference->number))
			known->number = reference->number;
		if (better_said(known->issuer, reference->issuer))
			known->issuer = reference->issuer;
		if (!known->date.year)
			known->date = reference->date;
		if (better_said(known->title, reference->title))
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
	/* A scan's "4i7" is no "7". */
	if (at > 1 && before >= 'a' && before <= 'z' && clean->text[at - 2] >= '0' && clean->text[at - 2] <= '9')
		return false;
	return !(before >= '0' && before <= '9') && before != '-' && before != '/' && before != '.' && before != ',';
}

/* The document's own number, or its begin: in "4144 /GDĐT – VP" blanks may stand anywhere. */
static bool is_own(const struct letter_document *document, const char *number)
{
	const char *own = document->number_normal;
	size_t length = strlen(number);
	return own && !strncmp(own, number, length) && strchr("/-", own[length]);
}

/* "Công điện số 1409 ngày 15 tháng 9 năm 2021": a number alone is one of a document by its type and its date. */
static size_t read_bare(struct arena *mem, const struct letter_folded *f, size_t at, struct found *found,
			const struct letter_document *document)
{
	enum { DIGITS_MAX = 6 };
	struct letter_reference reference = { 0 };
	size_t start = at, end = at;
	bool so = false;

	while (end < f->clean->length && isdigit((unsigned char)f->clean->text[end]))
		end++;
	if (end - at > DIGITS_MAX)
		return end;
	const struct letter_type *type = type_before(mem, f, at, &start, &so, &reference.title, &reference.issuer);
	if (!type || !so || read_date(f, end, &reference) == end)
		return end;
	reference.number = reference.number_normal = letter_written(mem, f->clean, at, end);
	reference.type = type->name;
	reference.source = letter_span_of(f->clean, start, read_behind(mem, f, end, &reference));
	if (!is_own(document, reference.number_normal))
		keep(found, &reference);
	return end;
}

static size_t read_one(struct arena *mem, const struct letter_folded *f, size_t at, size_t end, struct found *found,
		       const struct letter_document *document)
{
	struct letter_reference reference = { 0 };
	bool so = false;
	size_t start = at;
	const struct letter_type *type = type_before(mem, f, at, &start, &so, &reference.title, &reference.issuer);
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
	if (!is_own(document, reference.number_normal))
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
		struct letter_folded f = { 0 };
		for (size_t at = 0; at < clean->length && most; at++) {
			if (!number_begins(clean, at))
				continue;
			size_t end = letter_number_end(clean->text, at, clean->length, false);
			if (!f.text)
				letter_fold_paragraph(mem, clean, &f);
			if (!end) {
				at = read_bare(mem, &f, at, &found, document) - 1;
				continue;
			}
			at = read_one(mem, &f, at, end, &found, document) - 1;
			most--;
		}
	}
	document->references = found.at;
	document->reference_count = found.count;
}
