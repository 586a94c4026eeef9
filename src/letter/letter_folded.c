#include "letter/letter_folded.h"

#include <string.h>

#include "base/arena.h"

void letter_fold_paragraph(struct arena *mem, const struct letter_clean *clean, struct letter_folded *out)
{
	*out = (struct letter_folded){ .clean = clean };
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

size_t letter_skip(const struct letter_folded *f, size_t at, const char *signs)
{
	while (at < f->clean->length && strchr(signs, f->clean->text[at]))
		at++;
	return at;
}

bool letter_phrase(const struct letter_folded *f, size_t at, const char *words, size_t *end)
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

bool letter_any_phrase(const struct letter_folded *f, size_t at, const char *const *phrases, size_t *end)
{
	for (; *phrases; phrases++)
		if (letter_phrase(f, at, *phrases, end))
			return true;
	return false;
}

bool letter_word_begins(const struct letter_folded *f, size_t at)
{
	return at == 0 || strchr(" (,;\"", f->clean->text[at - 1]);
}

size_t letter_sentence_end(const struct letter_folded *f, size_t at, size_t most)
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

static bool stands_at(const struct letter_folded *f, size_t at, const char *sign)
{
	size_t size = strlen(sign);
	return at < f->clean->length && f->clean->length - at >= size && !memcmp(f->clean->text + at, sign, size);
}

size_t letter_quote_opens(const struct letter_folded *f, size_t at)
{
	return stands_at(f, at, "\"") ? 1 : stands_at(f, at, "“") ? strlen("“") : 0;
}

size_t letter_quote_closes(const struct letter_folded *f, size_t at, size_t end, size_t *where)
{
	if (end - at > LETTER_TITLE_MAX && end > at)
		end = at + LETTER_TITLE_MAX;
	for (*where = at; *where < end; ++*where) {
		if (stands_at(f, *where, "\""))
			return 1;
		if (stands_at(f, *where, "”"))
			return strlen("”");
	}
	*where = 0;
	return 0;
}
