#include "submission/sheet_words.h"

#include "base/arena.h"
#include "base/buf.h"

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
	const char *args[2] = { a, b };
	struct buf out;

	buf_init(&out, mem, 0);
	for (const char *at = sheet_word(word, lang); *at; at++) {
		if (at[0] == '{' && (at[1] == '0' || at[1] == '1') && at[2] == '}') {
			buf_add_text(&out, args[at[1] - '0']);
			at += 2;
		} else {
			buf_add_char(&out, *at);
		}
	}
	return out.data;
}
