#ifndef SUBMISSION_SHEET_WORDS_H
#define SUBMISSION_SHEET_WORDS_H

#include "base/error.h"

struct arena;

/* The sentences of messages/sheet_wording.def. */
enum sheet_word {
#define WORDING(name, vi, en) SHEET_WORD_##name,
#include "messages/sheet_wording.def"
#undef WORDING
};

const char *sheet_word(enum sheet_word word, enum language lang);

/* With {0} and {1} filled in. */
const char *sheet_sentence(struct arena *mem, enum sheet_word word, enum language lang, const char *a,
			   const char *b);

#endif
