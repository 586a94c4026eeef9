#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "letter/letter_terms.h"
#include "letter/letter_text.h"

enum { DEPTH_PART = 1, DEPTH_ROMAN, DEPTH_POINT, DEPTH_SECOND, DEPTH_THIRD, DEPTH_LETTER, DEPTH_DASH, DEPTH_PLUS };

enum { CELL_MAX = 50 }; /* letters of a line that may be a cell */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool blank_at(const char *text, size_t at, size_t length)
{
	return at >= length || text[at] == ' ' || text[at] == '\t';
}

/* "1.", "1)", "1.2.", "1.2.3": the parts give the depth. */
static size_t number_mark(const char *text, size_t length, int *depth)
{
	size_t at = 0;
	int parts = 0;
	for (;;) {
		size_t digits = at;
		while (at < length && is_digit(text[at]))
			at++;
		if (at == digits || at - digits > 2)
			return 0;
		parts++;
		if (at < length && text[at] == '.' && at + 1 < length && is_digit(text[at + 1]) && parts < 4) {
			at++;
			continue;
		}
		break;
	}
	bool closed = at < length && (text[at] == '.' || text[at] == ')' || text[at] == '/' ||
				      (text[at] == '-' && blank_at(text, at + 1, length)));
	if (closed)
		at++;
	if ((!closed && parts < 2) || !blank_at(text, at, length)) {
		/* Scans lose the blank: "1.Giao". */
		size_t size;
		uint32_t next = at < length ? letter_char(text, at, length, &size) : ' ';
		if (!closed || parts != 1 || text[at - 1] != '.' || letter_small(next) == next)
			return 0;
	}
	*depth = parts == 1 ? DEPTH_POINT : parts == 2 ? DEPTH_SECOND : DEPTH_THIRD;
	return at;
}

static size_t roman_mark(const char *text, size_t length, int *depth)
{
	size_t at = 0;
	while (at < length && strchr("IVX", text[at]))
		at++;
	if (at == 0 || at > 5 || at >= length || !strchr(".)-", text[at]) || !blank_at(text, at + 1, length))
		return 0;
	*depth = DEPTH_ROMAN;
	return at + 1;
}

/* "a)", "đ)", "a.", "(i)", "(1)" */
static size_t letter_mark_of(const char *text, size_t length, int *depth)
{
	size_t at = 0, size;
	*depth = DEPTH_LETTER;
	if (text[0] == '(') {
		at = 1;
		while (at < length && at < 6 && ((text[at] >= 'a' && text[at] <= 'z') || is_digit(text[at])))
			at++;
		return at > 1 && at < length && text[at] == ')' && blank_at(text, at + 1, length) ? at + 1 : 0;
	}
	uint32_t c = letter_char(text, 0, length, &size);
	if (!letter_is_letter(c) || letter_small(c) != c || size >= length)
		return 0;
	if (text[size] == ')' || (text[size] == '.' && blank_at(text, size + 1, length)))
		return size + 1;
	return 0;
}

/* "Điều 2.", "Chương II", "Phần thứ nhất", "Mục 1" */
static size_t word_mark(const char *text, size_t length, int *depth)
{
	static const struct {
		const char *word;
		int depth;
	} words[] = {
		{ "Điều ", DEPTH_ROMAN }, { "Chương ", DEPTH_PART },
		{ "Mục ", DEPTH_ROMAN }, { "CHƯƠNG ", DEPTH_PART },
		{ "ĐIỀU ", DEPTH_ROMAN },
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t at = strlen(words[i].word), start = at;
		if (length <= at || memcmp(text, words[i].word, at) != 0)
			continue;
		while (at < length && (is_digit(text[at]) || strchr("IVX", text[at])))
			at++;
		if (at == start || at - start > 6)
			return 0;
		if (at < length && (text[at] == '.' || text[at] == ':'))
			at++;
		else if (at < length)
			return 0; /* "Dieu 2 Nghi dinh" in a sentence */
		*depth = words[i].depth;
		return at;
	}
	return 0;
}

/* "Một là,", "Thứ hai:" */
static size_t counted_mark(const char *text, size_t length, int *depth)
{
	static const char *const counted[] = {
		"Một là", "Hai là", "Ba là", "Bốn là", "Năm là", "Sáu là", "Bảy là", "Tám là", "Chín là", "Mười là",
		"Thứ nhất", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", NULL
	};
	for (size_t i = 0; counted[i]; i++) {
		size_t taken = strlen(counted[i]);
		if (length <= taken + 1 || memcmp(text, counted[i], taken) != 0 || !strchr(",:", text[taken]))
			continue;
		/* "Thứ hai, ngày 18/5" */
		if (length > taken + 7 && memcmp(text + taken + 2, "ngày", strlen("ngày")) == 0)
			return 0;
		*depth = DEPTH_POINT;
		return taken + 1;
	}
	return 0;
}

size_t letter_mark(const char *text, size_t length, int *depth)
{
	*depth = 0;
	if (!length)
		return 0;
	if ((text[0] == '-' || text[0] == '+') && length > 1) {
		*depth = text[0] == '-' ? DEPTH_DASH : DEPTH_PLUS;
		return 1;
	}
	if (length > 3 && (!memcmp(text, "•", 3) || !memcmp(text, "–", 3) ||
			   !memcmp(text, "—", 3))) {
		*depth = DEPTH_DASH;
		return 3;
	}
	size_t taken = number_mark(text, length, depth);
	if (!taken)
		taken = roman_mark(text, length, depth);
	if (!taken)
		taken = word_mark(text, length, depth);
	if (!taken)
		taken = counted_mark(text, length, depth);
	if (!taken)
		taken = letter_mark_of(text, length, depth);
	if (!taken)
		*depth = 0;
	return taken;
}

static int compare_sizes(const void *a, const void *b)
{
	size_t first = *(const size_t *)a, second = *(const size_t *)b;
	return (first > second) - (first < second);
}

/* The length that lines are broken at: nine of ten are no longer. */
static size_t usual_width(struct arena *mem, const struct letter_lines *lines, size_t first, size_t end)
{
	if (first >= end)
		return 0;
	size_t *widths = ARENA_ARRAY(mem, size_t, end - first);
	for (size_t i = first; i < end; i++)
		widths[i - first] = lines->at[i].fold_length;
	qsort(widths, end - first, sizeof(*widths), compare_sizes);
	return widths[(end - first) * 9 / 10];
}

/* A row of a table, or its head: cells with gaps between. What stands below a row may be the rest of two cells. */
static bool is_row(const struct letter_line *line, bool below_row)
{
	const struct letter_clean *clean = &line->clean;
	const char *gap = memchr(clean->text, '\t', clean->length);
	return gap && (below_row || memchr(gap + 1, '\t', clean->length - (size_t)(gap + 1 - clean->text)));
}

static bool ends_sentence(const struct letter_line *line)
{
	const struct letter_clean *clean = &line->clean;
	size_t at = clean->length;
	while (at > 0 && strchr(")\"", clean->text[at - 1]))
		at--;
	return at > 0 && strchr(".;:!?", clean->text[at - 1]);
}

/* "Công văn số" above "4120/BTC-NS": a number was moved down. */
static bool ends_with_so(const struct letter_line *line)
{
	static const char so[] = " số";
	const struct letter_clean *clean = &line->clean;
	size_t size = strlen(so);
	return clean->length > size && !memcmp(clean->text + clean->length - size, so, size);
}

/* Whether line `i` begins a paragraph, when it has no mark. */
static bool begins_plain(const struct letter_lines *lines, size_t i, size_t width)
{
	const struct letter_line *line = &lines->at[i], *above = &lines->at[i - 1];
	size_t size;
	if (letter_broken_number(&above->clean, &line->clean) || ends_with_so(above))
		return false;
	uint32_t first = letter_char(line->clean.text, 0, line->clean.length, &size);
	bool small = letter_is_letter(first) && letter_small(first) == first;
	bool blank = lines->spaced ? line->blank_before > above->blank_before + 1 : line->blank_before > 0;
	if (blank)
		return !small || ends_sentence(above);
	if (small && !ends_sentence(above))
		return false;
	if (line->upper != above->upper && (line->upper || above->upper) && line->fold_length > 3)
		return true;
	/* A title stands alone: "3. Kien nghi" above "De nghi ...". */
	if (!ends_sentence(above))
		return !small && above->fold_length * 2 < width;
	/* A full line may end a sentence in the middle of a paragraph; a short one ends it. */
	return above->fold_length * 4 < width * 3 || width > 160;
}

/* Whether the mark is one: "- xa hoi" and "2026. Giam doc" go on the line above. */
static bool begins_marked(const struct letter_lines *lines, size_t i, size_t taken)
{
	const struct letter_line *line = &lines->at[i], *above = &lines->at[i - 1];
	const char *text = line->clean.text;
	size_t length = line->clean.length, at = taken, size;
	if (ends_sentence(above) || (line->blank_before && !lines->spaced))
		return true;
	while (at < length && text[at] == ' ')
		at++;
	if (at >= length)
		return false;
	uint32_t next = letter_char(text, at, length, &size);
	bool capital = letter_small(next) != next;
	char last = above->clean.text[above->clean.length - 1];
	if (text[0] == '-' || text[0] == '+')
		return capital || last == ',';
	return capital || !letter_is_letter(next) || above->upper;
}

/* "STT" above other short lines: a table whose cells are lines of their own. */
static bool heads_cells(const struct letter_lines *lines, size_t i, size_t end)
{
	static const char *const numbers[] = { "stt", "tt", "sott", "sothutu", NULL };
	bool number = false;
	for (size_t n = 0; numbers[n]; n++)
		number = number || strcmp(lines->at[i].fold, numbers[n]) == 0;
	return number && i + 2 < end && lines->at[i + 1].fold_length < CELL_MAX && lines->at[i + 2].fold_length < CELL_MAX;
}

/* Whether text in full lines begins behind such a table. */
static bool ends_cells(const struct letter_lines *lines, size_t i, size_t end)
{
	return i + 1 < end && lines->at[i].fold_length > CELL_MAX && lines->at[i + 1].fold_length > CELL_MAX;
}

void letter_paragraphs_read(struct arena *mem, const struct letter_lines *lines, size_t first, size_t end,
			    struct letter_paragraph **out, size_t *count)
{
	size_t width = usual_width(mem, lines, first, end), used = 0;
	struct letter_paragraph *paragraphs = ARENA_ARRAY(mem, struct letter_paragraph, end > first ? end - first : 1);
	bool cells = false, row = false;
	for (size_t i = first; i < end;) {
		const struct letter_line *line = &lines->at[i];
		size_t next = i + 1;
		cells = cells ? !ends_cells(lines, i, end) : heads_cells(lines, i, end);
		row = is_row(line, row);
		for (; next < end && !row && !cells && !is_row(&lines->at[next], false); next++) {
			int depth;
			const struct letter_clean *clean = &lines->at[next].clean;
			size_t taken = letter_mark(clean->text, clean->length, &depth);
			if (taken ? begins_marked(lines, next, taken) : begins_plain(lines, next, width))
				break;
		}
		struct letter_paragraph *paragraph = &paragraphs[used++];
		struct letter_clean whole;
		if (row)
			whole = line->clean; /* its gaps part the cells */
		else
			letter_lines_join(mem, lines->at, i, next, &whole);
		size_t taken = letter_mark(whole.text, line->clean.length, &paragraph->depth);
		if (taken)
			paragraph->mark = arena_strndup(mem, whole.text, taken);
		size_t from = taken;
		while (from < whole.length && (whole.text[from] == ' ' || whole.text[from] == '\t'))
			from++;
		paragraph->clean = letter_part(&whole, from, whole.length);
		paragraph->source = (struct letter_span){ line->source.start, lines->at[next - 1].source.end };
		i = next;
	}
	*out = paragraphs;
	*count = used;
}
