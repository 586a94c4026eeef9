#include "document/document_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/rows.h"
#include "base/text.h"

enum { WORD_MAX = 60, QUERY_WORDS_MAX = 20 };

static const char *const secrecy_words[] = { "normal", "confidential", "secret", "top_secret" };
static const char *const link_words[] = { "based_on", "carries_out", "replaces", "amends" };

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

const char *secrecy_word(enum secrecy secrecy)
{
	return secrecy_words[secrecy];
}

bool secrecy_parse(const char *word, enum secrecy *out)
{
	for (size_t i = 0; word && i < COUNT(secrecy_words); i++) {
		if (!strcmp(secrecy_words[i], word)) {
			*out = (enum secrecy)i;
			return true;
		}
	}
	return false;
}

const char *document_link_word(enum document_link_kind kind)
{
	return link_words[kind];
}

bool document_link_parse(const char *word, enum document_link_kind *out)
{
	for (size_t i = 0; word && i < COUNT(link_words); i++) {
		if (!strcmp(link_words[i], word)) {
			*out = (enum document_link_kind)i;
			return true;
		}
	}
	return false;
}

struct word_list {
	char **at;
	size_t count, room, bytes;
};

/* Cuts folded text at its spaces; a long word is cut where a character ends. */
static void cut_words(struct arena *mem, const char *folded, struct word_list *words)
{
	while (*folded && words->count < DOCUMENT_WORDS_MAX && words->bytes < DOCUMENT_WORDS_BYTES_MAX - WORD_MAX) {
		size_t length = strcspn(folded, " "), kept = length < WORD_MAX ? length : WORD_MAX;

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

char *document_words(struct arena *mem, const char *const *texts, size_t count)
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

char *document_match_sqlite(struct arena *mem, const char *q)
{
	return match(mem, q, "\"", "\"", " ", "*");
}

char *document_match_postgres(struct arena *mem, const char *q)
{
	return match(mem, q, "'", "'", " & ", ":*");
}

char *document_sort_day(struct arena *mem, struct civil_date date, period month, instant created_at)
{
	char text[CIVIL_TEXT_MAX];

	if (!date.year && month)
		date = period_first_day(month);
	else if (!date.year)
		date = civil_date_of(created_at);
	return arena_strdup(mem, civil_format_date(date, text));
}

bool document_is_meant(const struct document_link *link, const struct document *document)
{
	if (!link->number_normal[0] || !text_equal(link->number_normal, document->number_normal))
		return false;
	return !link->date.year || !document->date.year || civil_compare(link->date, document->date) == 0;
}

static bool is_given(const char *text)
{
	return text && text[0];
}

const char *document_stub_excess(const struct document_input *input)
{
	const struct {
		const char *field, *text;
	} texts[] = {
		{ "type", input->type },       { "issuer", input->issuer },   { "superior", input->superior },
		{ "place", input->place },     { "subject", input->subject }, { "signer", input->signer_prefix },
		{ "signer", input->signer_position }, { "signer", input->signer_name },
	};

	for (size_t i = 0; i < COUNT(texts); i++)
		if (is_given(texts[i].text))
			return texts[i].field;
	if (input->issuer_unit_id)
		return "issuer_unit_id";
	if (input->addressee_count)
		return "addressees";
	if (input->recipient_count)
		return "recipients";
	return input->link_count ? "references" : NULL;
}
