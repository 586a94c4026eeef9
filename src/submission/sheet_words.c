#include "submission/sheet_words.h"

#include "base/text.h"

static const char *const words[][2] = {
#define WORDING(name, vi, en) { vi, en },
#include "messages/sheet_wording.def"
#undef WORDING
};

const char *sheet_word(enum sheet_word word, enum language lang)
{
	return words[word][lang == LANG_EN];
}

const char *sheet_sentence(struct arena *mem, enum sheet_word word, enum language lang, const char *a,
			   const char *b)
{
	const char *const args[] = { a, b };

	return text_fill(mem, sheet_word(word, lang), args, 2);
}
