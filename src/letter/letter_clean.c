#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "letter/letter_terms.h"
#include "letter/letter_text.h"

/*
 * Cleaning, one line at a time: marks of Markdown and HTML, blanks and the
 * placing of tone marks. Everything goes into buffers as long as the source
 * can make them; lines are slices of these.
 */
struct cleaner {
	struct arena *mem;
	const char *source;
	size_t length;
	char *text, *fold;
	size_t *at;
	unsigned char *moved;
	size_t used, fold_used;
	struct letter_line *lines;
	size_t count, room;
	int blanks;        /* blank lines since the last line */
	size_t spaced;     /* lines with a blank one above */
	size_t broken;     /* those of them that begin with a small letter: sentences go on across blank lines */
};

/* A vowel and its five tones; the second vowel of the pairs "oa", "oe", "uy" carries them in one way of writing. */
static const uint32_t tones[][6] = {
	{ 'o', 0xf3, 0xf2, 0x1ecf, 0xf5, 0x1ecd }, { 'O', 0xd3, 0xd2, 0x1ece, 0xd5, 0x1ecc },
	{ 'u', 0xfa, 0xf9, 0x1ee7, 0x169, 0x1ee5 }, { 'U', 0xda, 0xd9, 0x1ee6, 0x168, 0x1ee4 },
	{ 'a', 0xe1, 0xe0, 0x1ea3, 0xe3, 0x1ea1 }, { 'A', 0xc1, 0xc0, 0x1ea2, 0xc3, 0x1ea0 },
	{ 'e', 0xe9, 0xe8, 0x1ebb, 0x1ebd, 0x1eb9 }, { 'E', 0xc9, 0xc8, 0x1eba, 0x1ebc, 0x1eb8 },
	{ 'y', 0xfd, 0x1ef3, 0x1ef7, 0x1ef9, 0x1ef5 }, { 'Y', 0xdd, 0x1ef2, 0x1ef6, 0x1ef8, 0x1ef4 },
};
enum { VOWELS = sizeof(tones) / sizeof(tones[0]) };

static bool tone_of(uint32_t c, size_t *vowel, size_t *tone)
{
	for (size_t v = 0; v < VOWELS; v++)
		for (size_t t = 0; t < 6; t++)
			if (tones[v][t] == c) {
				*vowel = v;
				*tone = t;
				return true;
			}
	return false;
}

/* "o" and "a with acute" become "o with acute" and "a". */
static bool move_tone(uint32_t before, uint32_t *first, uint32_t *second, uint32_t after)
{
	size_t a, b, none, tone;
	uint32_t plain = letter_small(*first);
	if ((plain != 'o' && plain != 'u') || *second < 0x80 || letter_is_letter(after))
		return false;
	if (!tone_of(*first, &a, &none) || !tone_of(*second, &b, &tone))
		return false;
	uint32_t vowel = letter_small(tones[b][0]);
	bool pair = plain == 'o' ? vowel == 'a' || vowel == 'e' : vowel == 'y' && letter_small(before) != 'q';
	if (!pair || tone == 0)
		return false;
	*first = tones[a][tone];
	*second = tones[b][0];
	return true;
}

static bool move_back(uint32_t *first, uint32_t *second)
{
	size_t a, b, tone, none;
	if (!tone_of(*first, &a, &tone) || !tone_of(*second, &b, &none))
		return false;
	*first = tones[a][0];
	*second = tones[b][tone];
	return true;
}

static size_t put_char(char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

static void put(struct cleaner *c, uint32_t character, size_t offset, bool moved)
{
	size_t size = put_char(c->text + c->used, character);
	for (size_t i = 0; i < size; i++) {
		c->at[c->used + i] = offset;
		c->moved[c->used + i] = moved;
	}
	c->used += size;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x3000;
}

static bool is_nothing(uint32_t c)
{
	return c == '*' || c == '^' || c == '\r' || c == 0x200b || c == 0xfeff || c == 0xad || c == 0x200c ||
	       c == 0x200d || c == '`' || c < 0x20 || c == 0x7f;
}

/* The character at `at`, an entity of HTML as the one it stands for; how many code points of the source it takes. */
static uint32_t source_char(const struct cleaner *c, size_t at, size_t end, size_t *size, size_t *points)
{
	uint32_t here;
	*size = *points = c->source[at] == '&' ? letter_entity(c->source, at, end, &here) : 0;
	if (*size)
		return here;
	*points = 1;
	return letter_char(c->source, at, end, size);
}

/* A list's "* " is what a dash is. */
static bool is_star_mark(const struct cleaner *c, size_t at, size_t end)
{
	if (c->source[at] != '*' || at + 1 >= end || c->source[at + 1] != ' ')
		return false;
	for (size_t behind = at + 1; behind < end && behind < at + 8; behind++)
		if (!strchr("* \t\r", c->source[behind]))
			return true;
	return false;
}

/* Puts one character, and the next where a tone mark is moved; the bytes taken. */
static size_t clean_char(struct cleaner *c, size_t at, size_t end, size_t *offset, uint32_t *before)
{
	uint32_t second = 0, after = 0;
	size_t size, second_size = 0, after_size, points, second_points, none;
	uint32_t here = source_char(c, at, end, &size, &points);
	if (here >= 0x2010 && here <= 0x2011)
		here = '-';
	if (at + size < end)
		second = source_char(c, at + size, end, &second_size, &second_points);
	if (second_size && at + size + second_size < end)
		after = source_char(c, at + size + second_size, end, &after_size, &none);
	bool moved = second >= 0x80 && move_tone(*before, &here, &second, after);
	put(c, here, *offset, moved);
	*before = here;
	*offset += points;
	if (!moved)
		return size;
	put(c, second, *offset, false);
	*before = second;
	*offset += second_points;
	return size + second_size;
}

/* Cleans the characters [at, end) of a line behind what is there; `offset` is that of the first. */
static void clean_line(struct cleaner *c, size_t at, size_t end, size_t offset)
{
	size_t start = c->used, gap = 0, gap_offset = 0;
	uint32_t before = 0;
	bool wide = false;
	while (at < end) {
		enum letter_tag_kind kind;
		size_t size, points, tag = c->source[at] == '<' ? letter_tag(c->source, at, end, &kind) : 0;
		uint32_t here = source_char(c, at, end, &size, &points);
		if (tag) {
			for (size_t i = at; i < at + tag; i++)
				offset += ((unsigned char)c->source[i] & 0xc0) != 0x80;
			at += tag;
			if (kind != LETTER_TAG_CELL)
				continue;
			gap_offset = gap ? gap_offset : offset - 1;
			gap++;
			wide = true;
			continue;
		}
		if (c->used == start && is_star_mark(c, at, end)) {
			put(c, '-', offset, false);
		} else if (is_blank(here) || here == '|') {
			if (!gap)
				gap_offset = offset;
			gap++;
			wide = wide || here == '\t' || here == '|' || gap >= 4;
		} else if (is_nothing(here) || (c->used == start && here == '#') || here == '<' || here == '>') {
			;
		} else {
			if (gap && c->used > start)
				put(c, wide ? '\t' : ' ', gap_offset, false);
			before = gap ? 0 : before;
			at += clean_char(c, at, end, &offset, &before);
			gap = 0;
			wide = false;
			continue;
		}
		at += size;
		offset += points;
	}
	c->text[c->used] = '\n';
	c->at[c->used] = offset;
	c->moved[c->used] = 0;
}

static void add_line(struct cleaner *c, size_t start, size_t end)
{
	while (start < end && (c->text[start] == ' ' || c->text[start] == '\t'))
		start++;
	while (end > start && (c->text[end - 1] == ' ' || c->text[end - 1] == '\t'))
		end--;
	if (start == end || c->count == LETTER_LINES_MAX)
		return;
	if (c->count == c->room) {
		size_t room = c->room ? 2 * c->room : 256;
		struct letter_line *lines = ARENA_ARRAY(c->mem, struct letter_line, room);
		if (c->count)
			memcpy(lines, c->lines, c->count * sizeof(*lines));
		c->lines = lines;
		c->room = room;
	}
	struct letter_line *line = &c->lines[c->count++];
	line->clean = (struct letter_clean){ c->text + start, c->at + start, end - start, c->moved + start };
	line->blank_before = c->blanks;
	line->source = letter_span_of(&line->clean, 0, line->clean.length);
	line->fold = c->fold + c->fold_used;
	size_t capitals = 0, smalls = 0;
	size_t first_size;
	uint32_t first = letter_char(c->text, start, end, &first_size);
	c->broken += c->blanks > 0 && letter_is_letter(first) && letter_small(first) == first;
	for (size_t at = start, size; at < end; at += size) {
		uint32_t here = letter_char(c->text, at, end, &size);
		char fold = letter_fold(here);
		if (fold)
			c->fold[c->fold_used++] = fold;
		if (letter_is_letter(here)) {
			capitals += letter_small(here) != here;
			smalls += letter_small(here) == here;
		}
	}
	line->fold_length = (size_t)(c->fold + c->fold_used - line->fold);
	c->fold[c->fold_used++] = '\0';
	line->upper = capitals >= 2 && smalls * 8 <= capitals;
	c->spaced += c->blanks > 0;
	c->blanks = 0;
}

/* A rule ("____", "-----", "(*)"), dots, or the number of a page: nothing to read. */
static bool says_nothing(const char *text, size_t length)
{
	size_t digits = 0;
	for (size_t at = 0, size; at < length; at += size) {
		uint32_t c = letter_char(text, at, length, &size);
		if (c >= '0' && c <= '9')
			digits++;
		else if (letter_fold(c))
			return false;
		else if (c == '+' || c == '/')
			return false;
	}
	return digits <= 3;
}

/* "Trang 2/5", "Page 3 of 5". */
static bool is_page(const char *text, size_t length)
{
	static const char *const words[] = { "Trang ", "trang ", "Page ", NULL };
	for (size_t i = 0; words[i]; i++) {
		size_t at = strlen(words[i]);
		if (length <= at || length > 24 || memcmp(text, words[i], at) != 0 || text[at] < '0' || text[at] > '9')
			continue;
		while (at < length && strchr("0123456789 /|-.of", text[at]))
			at++;
		return at == length;
	}
	return false;
}

/* "Trang 1UBND TỈNH A": the bytes that a page's number glued to a line takes. */
static size_t page_before(const char *text, size_t length)
{
	size_t at = strlen("Trang "), size;
	if (length <= at + 1 || memcmp(text, "Trang ", at) != 0 || text[at] < '0' || text[at] > '9')
		return 0;
	while (at < length && text[at] >= '0' && text[at] <= '9')
		at++;
	uint32_t next = at < length ? letter_char(text, at, length, &size) : ' ';
	return letter_small(next) != next ? at : 0;
}

/* Adds a line that holds a whole head as the lines it was. */
static void unroll(struct cleaner *c, size_t start, size_t end)
{
	while (start < end) {
		size_t next = start + letter_unroll(c->text + start, end - start);
		if (!says_nothing(c->text + start, next - start))
			add_line(c, start, next);
		start = next;
		while (start < end && strchr(" \t|", c->text[start]))
			start++;
	}
}

/* Adds the line [start, end), in columns when it is one of the places that have them. */
static void cut_line(struct cleaner *c, size_t start, size_t end)
{
	char *text = c->text;
	start += page_before(text + start, end - start);
	if (letter_is_rolled(text + start, end - start)) {
		unroll(c, start, end);
		return;
	}
	if (letter_columns(text + start, end - start)) {
		for (size_t at = start; at <= end; at++)
			if (at == end || text[at] == '\t') {
				add_line(c, start, at);
				start = at + 1;
			}
		return;
	}
	size_t cut = letter_name_then_head(text + start, end - start);
	if (cut) {
		add_line(c, start, start + cut);
		start += cut;
	}
	add_line(c, start, end);
}

/* Where the line that begins at `at` ends, and where the next one begins; the end of a line of HTML is one too. */
static size_t line_end(const char *text, size_t at, size_t length, size_t *next)
{
	size_t end = at;
	while (end < length && text[end] != '\n' && text[end] != '\f' && text[end] != '\v') {
		enum letter_tag_kind kind;
		size_t tag = text[end] == '<' ? letter_tag(text, end, length, &kind) : 0;
		if (tag && kind == LETTER_TAG_LINE) {
			*next = end + tag;
			while (*next < length && strchr(" \t\r", text[*next]))
				++*next;
			*next += *next < length && text[*next] == '\n';
			return end;
		}
		end++;
	}
	*next = end + 1;
	return end;
}

void letter_lines_read(struct arena *mem, const char *text, struct letter_lines *out)
{
	size_t length = strnlen(text, LETTER_TEXT_MAX);
	struct cleaner c = { .mem = mem, .source = text, .length = length };
	/* A character becomes at most as many bytes as it had, moved tones three for two; a line adds its end. */
	size_t room = length + length / 2 + 8;
	c.text = arena_alloc(mem, room);
	c.moved = arena_alloc(mem, room);
	c.fold = arena_alloc(mem, 2 * room);
	c.at = ARENA_ARRAY(mem, size_t, room);
	size_t offset = 0;
	for (size_t at = 0; at <= length && c.count < LETTER_LINES_MAX;) {
		size_t next, end = line_end(text, at, length, &next);
		size_t start = c.used;
		clean_line(&c, at, end, offset);
		size_t stop = c.used++;
		if (stop == start) {
			c.blanks += end < length;
		} else if (!says_nothing(c.text + start, stop - start) && !is_page(c.text + start, stop - start)) {
			cut_line(&c, start, stop);
		}
		for (size_t i = at; i < next && i < length; i++)
			offset += ((unsigned char)text[i] & 0xc0) != 0x80;
		at = next;
	}
	bool loose = c.count > 8 && c.spaced * 10 > c.count * 7;
	*out = (struct letter_lines){ c.lines, c.count,
				      loose && c.broken * 8 > c.count, loose };
	letter_lines_mend(mem, out);
}

struct letter_span letter_span_of(const struct letter_clean *clean, size_t start, size_t end)
{
	if (end > clean->length)
		end = clean->length;
	if (start >= end)
		return (struct letter_span){ clean->at[start > clean->length ? clean->length : start],
					     clean->at[start > clean->length ? clean->length : start] };
	return (struct letter_span){ clean->at[start], clean->at[end - 1] + 1 };
}

struct letter_clean letter_part(const struct letter_clean *clean, size_t start, size_t end)
{
	const char *text = clean->text;
	while (start < end && (text[start] == ' ' || text[start] == '\t'))
		start++;
	while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\t'))
		end--;
	return (struct letter_clean){ text + start, clean->at + start, end - start,
				      clean->moved ? clean->moved + start : NULL };
}

char *letter_written(struct arena *mem, const struct letter_clean *clean, size_t start, size_t end)
{
	struct letter_clean part = letter_part(clean, start, end);
	char *out = arena_alloc(mem, part.length * 2 + 1);
	size_t used = 0;
	for (size_t at = 0, size; at < part.length; at += size) {
		uint32_t c = letter_char(part.text, at, part.length, &size);
		if (part.moved && part.moved[at] && at + size < part.length) {
			size_t second_size;
			uint32_t second = letter_char(part.text, at + size, part.length, &second_size);
			move_back(&c, &second);
			used += put_char(out + used, c);
			used += put_char(out + used, second);
			size += second_size;
			continue;
		}
		used += put_char(out + used, c == '\t' ? ' ' : c);
	}
	out[used] = '\0';
	return out;
}

/* "57-" and "NQ/TW" are one number; "kinh te -" and "xa hoi" stay apart. */
bool letter_broken_number(const struct letter_clean *above, const struct letter_clean *below)
{
	size_t end = above->length, size;
	if (end < 2 || (above->text[end - 1] != '-' && above->text[end - 1] != '/'))
		return false;
	size_t last = end - 2;
	while (last > 0 && ((unsigned char)above->text[last] & 0xc0) == 0x80)
		last--;
	uint32_t before = letter_char(above->text, last, end - 1, &size);
	uint32_t next = letter_char(below->text, 0, below->length, &size);
	bool capital = letter_small(next) != next;
	bool figure = before >= '0' && before <= '9';
	return letter_fold(before) && (capital || (next >= '0' && next <= '9')) &&
	       (figure || letter_small(before) != before);
}

void letter_lines_join(struct arena *mem, const struct letter_line *lines, size_t first, size_t end,
		       struct letter_clean *out)
{
	size_t length = 0;
	for (size_t i = first; i < end; i++)
		length += lines[i].clean.length + 1;
	char *text = arena_alloc(mem, length + 1);
	unsigned char *moved = arena_alloc(mem, length + 1);
	size_t *at = ARENA_ARRAY(mem, size_t, length + 1);
	size_t used = 0;
	for (size_t i = first; i < end; i++) {
		const struct letter_clean *line = &lines[i].clean;
		if (i > first && !letter_broken_number(&lines[i - 1].clean, line)) {
			text[used] = ' ';
			at[used++] = lines[i - 1].source.end;
		}
		for (size_t b = 0; b < line->length; b++) {
			text[used] = (char)(line->text[b] == '\t' ? ' ' : line->text[b]);
			moved[used] = line->moved[b];
			at[used++] = line->at[b];
		}
	}
	at[used] = end > first ? lines[end - 1].source.end : 0;
	*out = (struct letter_clean){ text, at, used, moved };
}
