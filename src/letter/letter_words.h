#ifndef LETTER_LETTER_WORDS_H
#define LETTER_LETTER_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct letter_clean;

/*
 * Private to the room: a text cut into words, for what reads phrases. Offsets
 * are bytes of the text; `lower` is the text in lower case and has the same
 * offsets, as small and capital letters of Vietnamese are equally long.
 */
struct word {
	size_t start, end;
	int number;     /* value of up to nine digits; -1: no number */
	char kind;      /* 'a' letters, '0' digits, else the sign itself ('?': one outside ASCII) */
	bool capital;   /* begins with a capital letter */
	bool gap;       /* white space stands before it */
	const char *as; /* what it is compared as: its small letters, a slip of recognition mended */
	size_t as_length;
};

struct words {
	const char *text, *lower;
	const struct word *at;
	size_t count;
	const struct letter_clean *clean; /* what it was cut from, to give words out as the letter has them; may be NULL */
	size_t base;                      /* where in it the text begins */
};

/* The words of a text; the fixed phrases of orders are known with one syllable's marks misread ("chu trì"). */
void words_cut(struct arena *mem, const char *text, size_t length, struct words *out);

/* Lower case by the letters of Vietnamese; as many bytes as `text`. */
char *words_lower(struct arena *mem, const char *text, size_t length);

/* How many words the phrase (lower case, single spaces) takes at word `i`; 0: it is not there. */
size_t words_match(const struct words *words, size_t i, const char *phrase);

/* The longest phrase of a table that ends with NULL; `which` may be NULL. */
size_t words_match_any(const struct words *words, size_t i, const char *const *phrases, size_t *which);

/* Whether word `i` is the sign `c`. */
bool words_sign(const struct words *words, size_t i, char c);

/* The text from word `from` to before word `to`, as written. */
char *words_text(struct arena *mem, const struct words *words, size_t from, size_t to);

/* letter_spelling.c: has the words of known phrases compared as they ought to be written. */
void words_mend(struct word *words, size_t count, const char *lower);

#endif
