#include <string.h>

#include "letter/letter_text.h"

/* What converters of web pages leave in a text: tags and entities of HTML. */

enum { NAME_MAX = 8, TAG_MAX = 200 };

static size_t tag_name(const char *text, size_t at, size_t end, char name[NAME_MAX])
{
	size_t length = 0;
	while (at + length < end && length + 1 < NAME_MAX) {
		char c = (char)(text[at + length] | 0x20);
		if (!(c >= 'a' && c <= 'z') && !(c >= '1' && c <= '6'))
			break;
		name[length++] = c;
	}
	name[length] = '\0';
	return length;
}

size_t letter_tag(const char *text, size_t at, size_t end, enum letter_tag_kind *kind)
{
	static const struct {
		const char *name;
		enum letter_tag_kind kind; /* of the closing tag; one that opens says nothing, but for "br" */
	} tags[] = {
		{ "br", LETTER_TAG_LINE }, { "p", LETTER_TAG_LINE }, { "div", LETTER_TAG_LINE }, { "tr", LETTER_TAG_LINE },
		{ "li", LETTER_TAG_LINE }, { "h1", LETTER_TAG_LINE }, { "h2", LETTER_TAG_LINE }, { "h3", LETTER_TAG_LINE },
		{ "h4", LETTER_TAG_LINE }, { "td", LETTER_TAG_CELL }, { "th", LETTER_TAG_CELL }, { "sup", LETTER_TAG_NONE },
		{ "sub", LETTER_TAG_NONE }, { "i", LETTER_TAG_NONE }, { "b", LETTER_TAG_NONE }, { "u", LETTER_TAG_NONE },
		{ "em", LETTER_TAG_NONE }, { "strong", LETTER_TAG_NONE }, { "span", LETTER_TAG_NONE },
		{ "center", LETTER_TAG_NONE }, { "table", LETTER_TAG_NONE }, { "tbody", LETTER_TAG_NONE },
		{ "thead", LETTER_TAG_NONE }, { "ul", LETTER_TAG_NONE }, { "ol", LETTER_TAG_NONE },
		{ "font", LETTER_TAG_NONE },
	};
	bool closing = at + 1 < end && text[at + 1] == '/';
	char name[NAME_MAX];
	size_t stop = at + 1 + closing;
	stop += tag_name(text, stop, end, name);
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		if (strcmp(tags[i].name, name) != 0)
			continue;
		*kind = closing || i == 0 ? tags[i].kind : LETTER_TAG_NONE;
		for (size_t close = stop; close < end && close < stop + TAG_MAX; close++)
			if (text[close] == '>')
				return close + 1 - at;
	}
	return 0;
}

/* "&Agrave;": a letter and the name of its mark. */
static uint32_t marked_letter(const char *name, size_t length)
{
	static const struct {
		const char *mark, *letters; /* pairs of a plain letter and a marked one of two bytes */
	} marks[] = {
		{ "grave", "AÀEÈIÌOÒUÙaàeèiìoòuù" },
		{ "acute", "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyý" },
		{ "circ", "AÂEÊOÔaâeêoô" },
		{ "tilde", "AÃOÕaãoõ" },
	};
	for (size_t m = 0; m < sizeof(marks) / sizeof(marks[0]); m++) {
		if (length != strlen(marks[m].mark) + 1 || memcmp(name + 1, marks[m].mark, length - 1) != 0)
			continue;
		size_t size;
		for (const char *pair = marks[m].letters; *pair; pair += 3)
			if (pair[0] == name[0])
				return letter_char(pair, 1, 3, &size);
	}
	return 0;
}

static uint32_t numbered(const char *text, size_t length)
{
	bool hex = length > 1 && (text[0] | 0x20) == 'x';
	uint32_t value = 0;
	for (size_t i = hex; i < length; i++) {
		char c = (char)(text[i] | 0x20);
		if (c >= '0' && c <= '9')
			value = value * (hex ? 16 : 10) + (uint32_t)(c - '0');
		else if (hex && c >= 'a' && c <= 'f')
			value = value * 16 + (uint32_t)(c - 'a' + 10);
		else
			return 0;
		if (value > 0xffff)
			return 0;
	}
	return value >= 0xd800 && value <= 0xdfff ? 0 : value;
}

size_t letter_entity(const char *text, size_t at, size_t end, uint32_t *character)
{
	static const struct {
		const char *name;
		uint32_t character;
	} names[] = {
		{ "nbsp", 0xa0 }, { "amp", '&' }, { "quot", '"' }, { "apos", '\'' }, { "lt", '<' }, { "gt", '>' },
		{ "ldquo", 0x201c }, { "rdquo", 0x201d }, { "lsquo", 0x2018 }, { "rsquo", 0x2019 }, { "ndash", 0x2013 },
		{ "mdash", 0x2014 }, { "hellip", 0x2026 }, { "bull", 0x2022 }, { "ETH", 0x110 }, { "eth", 0x111 },
	};
	size_t start = at + 1, stop = start;
	while (stop < end && stop < start + NAME_MAX && text[stop] != ';')
		stop++;
	if (stop >= end || text[stop] != ';' || stop < start + 2)
		return 0;
	size_t length = stop - start;
	*character = text[start] == '#' ? numbered(text + start + 1, length - 1) : marked_letter(text + start, length);
	for (size_t i = 0; !*character && i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i].name) == length && !memcmp(names[i].name, text + start, length))
			*character = names[i].character;
	return *character ? stop + 1 - at : 0;
}
