#include <string.h>

#include "base/arena.h"
#include "letter/letter_head.h"
#include "letter/letter_terms.h"

/* "Kính gửi:": one line, or a list that ends where the body begins. */

/* Whether the list of addressees goes on in line `i`. */
static bool continues_addressees(const struct letter_lines *lines, size_t i, size_t items)
{
	const struct letter_line *line = &lines->at[i], *above = &lines->at[i - 1];
	char last = above->clean.text[above->clean.length - 1];
	bool marked = line->clean.text[0] == '-' || line->clean.text[0] == '+';
	if (letter_is_receiving(line) || letter_begins_sign(line) || line->clean.length > 250)
		return false;
	if (marked)
		return items == 0 || last != '.' || !line->blank_before || lines->spaced;
	if (items == 0 && last == ':')
		return !letter_begins_sentence(line) || line->clean.length < 60;
	if (last == '.')
		return false;
	size_t size;
	uint32_t begin = letter_char(line->clean.text, 0, line->clean.length, &size);
	bool capital = letter_small(begin) != begin;
	bool loose = lines->spaced || (lines->loose && !capital);
	if (line->blank_before && (!loose || letter_begins_sentence(line)))
		return false;
	int depth;
	if (letter_mark(line->clean.text, line->clean.length, &depth))
		return false;
	if (last == ';' || last == ',')
		return line->clean.length < 100 || !letter_begins_sentence(line);
	if (capital && line->clean.length > 70)
		return false; /* a sentence, not the rest of a name */
	return !letter_begins_sentence(line);
}

struct items {
	const char *at[LETTER_ITEMS_MAX];
	size_t count;
};

/* Cuts "So A; So B" at the signs between names. */
static void add_items(struct arena *mem, const struct letter_clean *clean, struct items *items)
{
	size_t start = 0;
	for (size_t at = 0; at <= clean->length; at++) {
		bool comma = at + 1 < clean->length && clean->text[at] == ',' && clean->text[at + 1] == ' ';
		if (comma) {
			/* Only before a name that begins like an office's: a ministry's name has commas of its own. */
			static const char *const begins[] = { "Sở ", "Bộ ", "UBND ", "Văn phòng ",
							      "Công an ", "Ủy ban ", "Ban ", NULL };
			comma = false;
			for (size_t b = 0; begins[b]; b++)
				comma = comma || (clean->length - at - 2 > strlen(begins[b]) &&
						  !memcmp(clean->text + at + 2, begins[b], strlen(begins[b])));
			comma = comma && clean->length - start < 400;
		}
		if (at < clean->length && clean->text[at] != ';' && !comma)
			continue;
		const char *item = letter_item(mem, clean, start, at);
		if (item && items->count < LETTER_ITEMS_MAX)
			items->at[items->count++] = item;
		start = at + 1;
	}
}

size_t letter_addressees_read(struct arena *mem, const struct letter_lines *lines, size_t first, size_t end,
			      struct letter_document *document)
{
	struct items *items = ARENA_NEW(mem, struct items);
	const struct letter_clean *head = &lines->at[first].clean;
	/* "... trân trọng kính mời:" ends in the colon. */
	bool last = head->text[head->length - 1] == ':';
	const char *colon = last ? head->text + head->length - 1 : memchr(head->text, ':', head->length);
	size_t from = colon ? (size_t)(colon - head->text) + 1 : head->length, size;
	if (!colon) {
		size_t folded = 0;
		for (from = 0; from < head->length && folded < 7; from += size)
			folded += letter_fold(letter_char(head->text, from, head->length, &size)) != 0;
	}
	struct letter_line *own = ARENA_ARRAY(mem, struct letter_line, end - first < 600 ? end - first + 1 : 601);
	size_t count = 0, i = first + 1;
	if (from < head->length) {
		own[0] = lines->at[first];
		own[0].clean = letter_part(head, from, head->length);
		count = own[0].clean.length > 0;
	}
	for (; i <= end; i++) {
		bool more = i < end && count < 600 && continues_addressees(lines, i, items->count + count);
		bool marked = more && (lines->at[i].clean.text[0] == '-' || lines->at[i].clean.text[0] == '+');
		if (count && (!more || marked)) {
			struct letter_clean whole;
			letter_lines_join(mem, own, 0, count, &whole);
			add_items(mem, &whole, items);
			count = 0;
		}
		if (!more)
			break;
		own[count++] = lines->at[i];
	}
	document->addressees = items->at;
	document->addressee_count = items->count;
	return i;
}
