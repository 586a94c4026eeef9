#include "document/document_rules.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"

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

char *document_sort_day(struct arena *mem, struct civil_date date, period month, instant created_at)
{
	char text[CIVIL_TEXT_MAX];

	if (!date.year && month)
		date = period_first_day(month);
	else if (!date.year)
		date = civil_date_of(created_at);
	return arena_strdup(mem, civil_format_date(date, text));
}

/* The words of an office's name, short forms written out, each between blanks. */
static char *office_words(struct arena *mem, const char *name, const char *above)
{
	static const struct {
		const char *is, *means;
	} forms[] = { { "ubnd", "uy ban nhan dan" }, { "hdnd", "hoi dong nhan dan" }, { "tw", "trung uong" } };
	const char *const texts[] = { name, above };
	char *words = words_of(mem, texts, COUNT(texts));

	words = arena_printf(mem, " %s ", words);
	for (size_t i = 0; i < COUNT(forms); i++)
		if (strstr(words, arena_printf(mem, " %s ", forms[i].is)))
			words = arena_printf(mem, "%s%s ", words, forms[i].means);
	return words;
}

static bool is_short_form(const char *word)
{
	return !strcmp(word, " ubnd ") || !strcmp(word, " hdnd ") || !strcmp(word, " tw ");
}

/* Every word of `few` stands in `many`. */
static bool lies_within(struct arena *mem, const char *few, const char *many)
{
	for (const char *at = few; at[1];) {
		const char *end = strchr(at + 1, ' ');
		const char *word = arena_strndup(mem, at, (size_t)(end - at) + 1);

		if (!is_short_form(word) && !strstr(many, word))
			return false;
		at = end;
	}
	return true;
}

static bool same_office(struct arena *mem, const struct document_link *link, const struct document *document)
{
	const char *said = office_words(mem, link->issuer, NULL);

	return lies_within(mem, said, office_words(mem, document->issuer, document->superior)) ||
	       lies_within(mem, office_words(mem, document->issuer, NULL), said);
}

enum { NOT_MEANT = -1 };

/* How much speaks for it beside the number: its date, its issuer. */
static int agreement(struct arena *mem, const struct document_link *link, const struct document *document)
{
	bool dated = link->date.year && document->date.year;
	bool issued = link->issuer && link->issuer[0] && document->issuer[0];

	if (document->id == link->from_id || !text_equal(link->number_normal, document->number_normal) ||
	    (dated && civil_compare(link->date, document->date) != 0) || (issued && !same_office(mem, link, document)))
		return NOT_MEANT;
	return dated + issued;
}

const struct document *document_meant(struct arena *mem, const struct document_link *link, const struct document *known,
				      size_t count)
{
	const struct document *meant = NULL;
	int most = NOT_MEANT;

	if (!link->number_normal[0])
		return NULL;
	for (size_t i = 0; i < count; i++) {
		int now = agreement(mem, link, &known[i]);

		if (now == NOT_MEANT || now < most)
			continue;
		meant = now > most ? &known[i] : NULL;
		most = now;
	}
	return meant;
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
