#ifndef LETTER_LETTER_FOLDED_H
#define LETTER_LETTER_FOLDED_H

#include "letter/letter_text.h"

/*
 * Private to the room: a paragraph with the folded characters of it and where
 * each stands, for what reads references. Words are compared folded and without
 * blanks, so that scans that lost them are read too.
 */
struct letter_folded {
	const struct letter_clean *clean;
	char *text;
	size_t *at;       /* byte of each folded character; one past it: the length */
	size_t *index;    /* of each byte: how many folded characters are before it */
	size_t length;
};

enum { LETTER_ISSUER_MAX = 260, LETTER_TITLE_MAX = 700 };

void letter_fold_paragraph(struct arena *mem, const struct letter_clean *clean, struct letter_folded *out);

/* The first byte from `at` on that is none of the signs. */
size_t letter_skip(const struct letter_folded *f, size_t at, const char *signs);

/* Whether the phrase, or one of several, begins at byte `at`; where it ends. */
bool letter_phrase(const struct letter_folded *f, size_t at, const char *words, size_t *end);
bool letter_any_phrase(const struct letter_folded *f, size_t at, const char *const *phrases, size_t *end);

bool letter_word_begins(const struct letter_folded *f, size_t at);

/* The end of the sentence, or of the part before a bracket, at most `most` bytes away. */
size_t letter_sentence_end(const struct letter_folded *f, size_t at, size_t most);

/* The length of the quotes that open at `at`; 0: none do. */
size_t letter_quote_opens(const struct letter_folded *f, size_t at);

/* The length of the quotes that close before `end`, and where the first do; 0: none do. */
size_t letter_quote_closes(const struct letter_folded *f, size_t at, size_t end, size_t *where);

/* letter_cited.c: where the name of an issuer that begins at `start` ends, and where a title does. */
size_t letter_issuer_end(const struct letter_folded *f, size_t start);
size_t letter_title_end(const struct letter_folded *f, size_t start);

#endif
