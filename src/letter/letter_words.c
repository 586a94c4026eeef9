#include "letter/letter_words.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "letter/letter_text.h"

static bool is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) ||
	       (c >= 0x300 && c <= 0x36f) || (c >= 0x1e00 && c <= 0x1eff);
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0 || c == 0x200b || c == 0xfeff;
}

char *words_lower(struct arena *mem, const char *text, size_t length)
{
	char *lower = arena_strndup(mem, text, length);
	for (size_t at = 0, size; at < length; at += size) {
		uint32_t c = letter_char(text, at, length, &size);
		uint32_t small = letter_small(c);
		if (small == c)
			continue;
		if (size == 1) {
			lower[at] = (char)small;
		} else if (size == 2 && small < 0x800) {
			lower[at] = (char)(0xc0 | small >> 6);
			lower[at + 1] = (char)(0x80 | (small & 0x3f));
		} else if (size == 3) {
			lower[at + 1] = (char)(0x80 | (small >> 6 & 0x3f));
			lower[at + 2] = (char)(0x80 | (small & 0x3f));
		}
	}
	return lower;
}

static int number_of(const char *text, const struct word *word)
{
	if (word->kind != '0' || word->end - word->start > 9)
		return -1;
	int value = 0;
	for (size_t i = word->start; i < word->end; i++)
		value = value * 10 + (text[i] - '0');
	return value;
}

/* The end of the run of letters or digits that begins at `at`. */
static size_t run_end(const char *text, size_t at, size_t length, bool digits)
{
	while (at < length) {
		size_t size;
		uint32_t c = letter_char(text, at, length, &size);
		if (digits ? !(c >= '0' && c <= '9') : !is_letter(c))
			break;
		at += size;
	}
	return at;
}

void words_cut(struct arena *mem, const char *text, size_t length, struct words *out)
{
	struct word *words = ARENA_ARRAY(mem, struct word, length + 1);
	size_t count = 0;
	bool gap = false;
	for (size_t at = 0; at < length;) {
		size_t size;
		uint32_t c = letter_char(text, at, length, &size);
		if (is_blank(c) || c == '^') { /* 24^h00 */
			gap = gap || c != '^';
			at += size;
			continue;
		}
		struct word *word = &words[count++];
		word->start = at;
		word->gap = gap;
		gap = false;
		word->kind = (char)(is_letter(c) ? 'a' : c >= '0' && c <= '9' ? '0' : c < 0x80 ? c : '?');
		if (c == 0x2013 || c == 0x2014 || c == 0x2012 || c == 0x2010 || c == 0x2011)
			word->kind = '-';
		word->capital = letter_small(c) != c;
		at = word->kind == 'a' || word->kind == '0' ? run_end(text, at, length, word->kind == '0') : at + size;
		word->end = at;
		word->number = number_of(text, word);
	}
	const char *lower = words_lower(mem, text, length);
	words_mend(words, count, lower);
	*out = (struct words){ .text = arena_strndup(mem, text, length), .lower = lower, .at = words, .count = count };
}

size_t words_match(const struct words *words, size_t i, const char *phrase)
{
	size_t word = i;
	if (i >= words->count || *words->at[i].as != *phrase)
		return 0;
	while (*phrase) {
		if (word >= words->count)
			return 0;
		const struct word *at = &words->at[word];
		size_t length = at->as_length;
		if (strncmp(at->as, phrase, length) != 0)
			return 0;
		phrase += length;
		word++;
		if (*phrase == ' ') {
			phrase++;
			if (word < words->count && !words->at[word].gap)
				return 0;
		} else if (*phrase && word < words->count && words->at[word].gap) {
			return 0;
		}
	}
	return word - i;
}

size_t words_match_any(const struct words *words, size_t i, const char *const *phrases, size_t *which)
{
	size_t best = 0;
	if (i >= words->count)
		return 0;
	/* Nearly all phrases differ in their first two bytes; the text is ended by NUL. */
	const char *here = words->at[i].as;
	for (size_t p = 0; phrases[p]; p++) {
		if (phrases[p][0] != here[0] || (phrases[p][1] && phrases[p][1] != here[1]))
			continue;
		size_t taken = words_match(words, i, phrases[p]);
		if (taken <= best)
			continue;
		best = taken;
		if (which)
			*which = p;
	}
	return best;
}

bool words_sign(const struct words *words, size_t i, char c)
{
	return i < words->count && words->at[i].kind == c;
}

char *words_text(struct arena *mem, const struct words *words, size_t from, size_t to)
{
	if (from >= to || to > words->count)
		return arena_strdup(mem, "");
	size_t start = words->at[from].start;
	if (words->clean)
		return letter_written(mem, words->clean, words->base + start, words->base + words->at[to - 1].end);
	return arena_strndup(mem, words->text + start, words->at[to - 1].end - start);
}
