#include <string.h>

#include "base/arena.h"
#include "letter/letter_head.h"
#include "letter/letter_terms.h"

/*
 * What web pages and PDF files break in the head of a letter: a motto, a place
 * with its date and a number, each over several lines, become one line again.
 */
enum { PIECES_MAX = 4, PIECE_MAX = 60 };

/* Whether the lines [i, i + count) together say the motto; `more`: they are the begin of it. */
static bool says(const struct letter_line *lines, size_t count, const char *motto, bool *more)
{
	size_t used = 0, size = strlen(motto);
	for (size_t i = 0; i < count; i++) {
		*more = used + lines[i].fold_length <= size && !memcmp(motto + used, lines[i].fold, lines[i].fold_length);
		if (!*more)
			return false;
		used += lines[i].fold_length;
	}
	return used == size;
}

static size_t motto_pieces(const struct letter_line *lines, size_t count)
{
	static const char *const mottos[] = { "conghoaxahoichunghiavietnam", "doclaptudohanhphuc", "dangcongsanvietnam",
					      "doantncshochiminh", NULL };
	if (lines[0].fold_length < 4 || lines[0].fold_length > 24)
		return 0;
	for (size_t m = 0; mottos[m]; m++) {
		bool more = true;
		for (size_t take = 1; more && take <= count; take++)
			if (says(lines, take, mottos[m], &more))
				return take > 1 && (lines[0].upper || m == 1) ? take : 0;
	}
	return 0;
}

/* "Số:" above "16/2017/TT-BTC". */
static size_t number_pieces(const struct letter_line *lines, size_t count)
{
	if (count < 2 || !letter_is(lines[0].fold, lines[0].fold_length, "so", 0) || lines[0].clean.length > 8)
		return 0;
	const struct letter_clean *below = &lines[1].clean;
	return letter_number_end(below->text, 0, below->length, true) == below->length ? 2 : 0;
}

static bool is_place(const char *text, size_t length)
{
	size_t size;
	uint32_t first = letter_char(text, 0, length, &size);
	return length && letter_small(first) != first && !memchr(text, ':', length) && !memchr(text, ';', length);
}

/* "Hà Nội, ngày 25" above "tháng 05 năm 2020". */
static size_t date_pieces(struct arena *mem, const struct letter_line *lines, size_t count)
{
	const struct letter_clean *first = &lines[0].clean;
	const char *comma = memchr(first->text, ',', first->length);
	struct letter_dated dated;
	if (!comma || lines[0].upper || first->length > PIECE_MAX || !is_place(first->text, first->length))
		return 0;
	size_t behind = (size_t)(comma - first->text) + 1;
	while (behind < first->length && first->text[behind] == ' ')
		behind++;
	if (first->length - behind < 4 || memcmp(first->text + behind, "ng", 2) != 0)
		return 0;
	if (letter_date_read(first->text, first->length, &dated) && (dated.date.year || dated.month))
		return 0;
	for (size_t take = 2; take <= count; take++) {
		const struct letter_line *next = &lines[take - 1];
		bool goes_on = next->clean.length <= 30 &&
			       (letter_begins(next->fold, next->fold_length, "thang", 0) ||
				letter_begins(next->fold, next->fold_length, "nam", 0) ||
				(next->fold_length && next->fold[0] >= '0' && next->fold[0] <= '9'));
		if (!goes_on)
			return 0;
		struct letter_clean whole;
		letter_lines_join(mem, lines, 0, take, &whole);
		if (letter_date_read(whole.text, whole.length, &dated) && dated.end + 3 >= whole.length &&
		    whole.text[whole.length - 1] >= '0' && whole.text[whole.length - 1] <= '9')
			return take;
	}
	return 0;
}

/* One or two words with a capital each. */
static bool is_name_piece(const char *text, size_t length)
{
	size_t words = 0, size;
	bool begins = true;
	for (size_t at = 0; at < length; at += size) {
		uint32_t c = letter_char(text, at, length, &size);
		if (c == ' ' || c == '-' || c == '.') {
			begins = true;
			continue;
		}
		if (!letter_is_letter(c) || (begins && letter_small(c) == c))
			return false;
		words += begins;
		begins = false;
	}
	return words >= 1 && words <= 2;
}

/* "Sơn" above "La, ngày 11 tháng 3": the begin of a place's name. */
static bool begins_place(const struct letter_line *lines, size_t count)
{
	const struct letter_clean *first = &lines[0].clean;
	struct letter_dated dated;
	if (count < 2 || lines[0].upper || first->length > 24 || !is_name_piece(first->text, first->length) ||
	    lines[1].blank_before)
		return false;
	const struct letter_clean *below = &lines[1].clean;
	const char *comma = memchr(below->text, ',', below->length);
	return comma && comma - below->text < 24 && is_place(below->text, below->length) &&
	       letter_date_read(below->text, below->length, &dated) && dated.end + 3 >= below->length &&
	       dated.start <= (size_t)(comma - below->text) + 2;
}

/* Puts the lines [i, i + count) into line `at`. */
static void join(struct arena *mem, struct letter_lines *lines, size_t i, size_t count, size_t at)
{
	struct letter_line whole = lines->at[i];
	letter_lines_join(mem, lines->at, i, i + count, &whole.clean);
	size_t length = 0, used = 0;
	for (size_t k = i; k < i + count; k++)
		length += lines->at[k].fold_length;
	char *fold = arena_alloc(mem, length + 1);
	for (size_t k = i; k < i + count; k++) {
		memcpy(fold + used, lines->at[k].fold, lines->at[k].fold_length);
		used += lines->at[k].fold_length;
	}
	fold[used] = '\0';
	whole.fold = fold;
	whole.fold_length = used;
	whole.source.end = lines->at[i + count - 1].source.end;
	lines->at[at] = whole;
}

void letter_lines_mend(struct arena *mem, struct letter_lines *lines)
{
	size_t used = 0;
	for (size_t i = 0; i < lines->count;) {
		const struct letter_line *line = &lines->at[i];
		size_t left = lines->count - i < PIECES_MAX ? lines->count - i : PIECES_MAX;
		size_t count = motto_pieces(line, left);
		if (!count)
			count = number_pieces(line, left);
		if (!count)
			count = date_pieces(mem, line, left);
		if (!count)
			count = 1;
		if (count > 1)
			join(mem, lines, i, count, used);
		else
			lines->at[used] = *line;
		/* The place's first word, which is now the line above. */
		if (used && begins_place(&lines->at[used - 1], 2)) {
			join(mem, lines, used - 1, 2, used - 1);
			used--;
		}
		used++;
		i += count;
	}
	lines->count = used;
}
