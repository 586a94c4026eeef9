#include "document/document_rules.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

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
