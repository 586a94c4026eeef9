#include "base/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/rows.h"
#include "base/text.h"

enum { WORD_MAX = 60, QUERY_WORDS_MAX = 20 };

struct word_list {
	char **at;
	size_t count, room, bytes;
};

/* By hand: under strict_string_checks the sanitizer walks to the end of the text with every strcspn. */
static size_t word_length(const char *text)
{
	const char *at = text;

	while (*at && *at != ' ')
		at++;
	return (size_t)(at - text);
}

/* Cuts folded text at its spaces; a long word is cut where a character ends. */
static void cut_words(struct arena *mem, const char *folded, struct word_list *words)
{
	while (*folded && words->count < WORDS_MAX && words->bytes < WORDS_BYTES_MAX - WORD_MAX) {
		size_t length = word_length(folded), kept = length < WORD_MAX ? length : WORD_MAX;

		while (kept && kept < length && ((unsigned char)folded[kept] & 0xc0) == 0x80)
			kept--;
		if (kept) {
			words->at = rows_grown(mem, words->at, words->count, &words->room, sizeof(*words->at));
			words->at[words->count++] = arena_strndup(mem, folded, kept);
			words->bytes += kept;
		}
		folded += length;
		folded += *folded == ' ';
	}
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char *words_of(struct arena *mem, const char *const *texts, size_t count)
{
	struct word_list words = { NULL, 0, 0, 0 };
	struct buf out;

	for (size_t i = 0; i < count; i++)
		if (texts[i])
			cut_words(mem, text_fold(mem, texts[i]), &words);
	if (words.count)
		qsort(words.at, words.count, sizeof(*words.at), by_bytes);
	buf_init(&out, mem, 0);
	for (size_t i = 0; i < words.count; i++) {
		if (i && !strcmp(words.at[i], words.at[i - 1]))
			continue;
		if (out.length)
			buf_add_char(&out, ' ');
		buf_add_text(&out, words.at[i]);
	}
	return out.data ? out.data : arena_strdup(mem, "");
}

/* Folded words have letters and digits alone, so a quote around them is enough. */
static char *match(struct arena *mem, const char *q, const char *open, const char *close, const char *between,
		   const char *prefix)
{
	struct word_list words = { NULL, 0, 0, 0 };
	struct buf out;
	size_t count;

	cut_words(mem, text_fold(mem, q), &words);
	count = words.count < QUERY_WORDS_MAX ? words.count : QUERY_WORDS_MAX;
	if (!count)
		return NULL;
	buf_init(&out, mem, 0);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_text(&out, between);
		buf_add_text(&out, open);
		buf_add_text(&out, words.at[i]);
		buf_add_text(&out, close);
		if (i == words.count - 1)
			buf_add_text(&out, prefix);
	}
	return out.data;
}

char *words_match_sqlite(struct arena *mem, const char *q)
{
	return match(mem, q, "\"", "\"", " ", "*");
}

char *words_match_postgres(struct arena *mem, const char *q)
{
	return match(mem, q, "'", "'", " & ", ":*");
}
