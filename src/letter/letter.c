#include "letter/letter.h"

#include <string.h>

#include "base/arena.h"
#include "letter/letter_head.h"
#include "letter/letter_keep.h"
#include "letter/letter_terms.h"

/*
 * A file may hold several documents: a cover letter, the letter it forwards,
 * an annex. Each begins at its head, which is found by the motto, the one line
 * all of them have, or by a number below an issuer.
 */
enum {
	HEAD_ABOVE = 16,         /* lines of a head above its motto */
	HEAD_BELOW = 14,
	WORKING_MAX = 1 << 30,   /* bytes, for a text of LETTER_TEXT_MAX */
};

static bool head_line(const struct letter_line *line)
{
	size_t start, end;
	struct letter_dated dated;
	if (letter_motto(line) != LETTER_NO_MOTTO || letter_is_stamp(line))
		return true;
	if (letter_number_line(line, &start, &end) || letter_is_subject(line, &start) || letter_is(line->fold, line->fold_length, "so", 0))
		return true;
	if (line->upper)
		return !letter_begins_sign(line);
	return line->clean.length < 110 && letter_date_read(line->clean.text, line->clean.length, &dated) &&
	       dated.end + 3 >= line->clean.length && dated.start != 0;
}

/* The line where "V/v", of which line `i` may be a further line, begins; `i` when it is of none. */
static size_t subject_above(const struct letter_lines *lines, size_t i, size_t low)
{
	size_t skip;
	for (size_t k = i, most = 8; k > low && most; k--, most--) {
		if (lines->at[k].upper && k != i)
			return i;
		if (letter_is_subject(&lines->at[k], &skip))
			return k;
		if (k < i && lines->at[k + 1].blank_before && !lines->spaced)
			return i;
	}
	return i;
}

/* Where the head around the motto or number in line `i` begins. */
static size_t head_top(const struct letter_lines *lines, size_t i, size_t low)
{
	size_t top = i;
	for (size_t k = i; k > low && i - k < HEAD_ABOVE;) {
		const struct letter_line *line = &lines->at[k - 1];
		if (!head_line(line)) {
			size_t subject = subject_above(lines, k - 1, low);
			if (subject == k - 1)
				break;
			k = subject;
			continue;
		}
		k--;
		if (!line->upper || letter_begins_organ(line))
			top = k;
	}
	return top;
}

/* The first head's top: no signature stands above it, so that each line in capitals is a part of it. */
static size_t first_top(const struct letter_lines *lines, size_t i)
{
	size_t top = head_top(lines, i, 0);
	while (top > 0 && i - top < HEAD_ABOVE && lines->at[top - 1].upper && !letter_begins_sign(&lines->at[top - 1]))
		top--;
	return top;
}

/* Whether a letter's end has been seen: only then another one can begin. */
static bool shows_letter(const struct letter_line *line)
{
	const struct letter_clean *clean = &line->clean;
	return letter_is_addressing(line) || letter_is_receiving(line) || letter_begins_sign(line) ||
	       (clean->length >= 3 && !memcmp(clean->text + clean->length - 3, "./.", 3));
}

/* An issuer's line above a number, where no motto was read. */
static bool number_below_issuer(const struct letter_lines *lines, size_t i, size_t low)
{
	size_t start, end;
	if (!letter_number_line(&lines->at[i], &start, &end))
		return false;
	for (size_t k = i; k > low && i - k < 3; k--)
		if (letter_begins_organ(&lines->at[k - 1]))
			return true;
	return false;
}

static size_t find_starts(const struct letter_lines *lines, size_t *starts)
{
	size_t count = 0, low = 0;
	bool shown = false, begun = false;
	for (size_t i = 0; i < lines->count && count < LETTER_DOCUMENTS_MAX; i++) {
		const struct letter_line *line = &lines->at[i];
		enum letter_motto motto = letter_motto(line);
		bool anchor = motto == LETTER_STATE_MOTTO || motto == LETTER_PARTY_MOTTO ||
			      number_below_issuer(lines, i, low);
		if (anchor && (shown || !begun)) {
			size_t top = begun || shown ? head_top(lines, i, low) : first_top(lines, i);
			/* What stands above the first head is a document without one, or what a web page put there. */
			if (!begun && shown)
				starts[count++] = 0;
			if (count < LETTER_DOCUMENTS_MAX)
				starts[count++] = top;
			begun = true;
			shown = false;
			low = i + 1;
			continue;
		}
		shown = shown || shows_letter(line);
	}
	if (!count && lines->count)
		starts[count++] = 0;
	return count;
}

/* What makes a text a letter; two of them must be there. */
static bool is_letter(const struct letter_document *document)
{
	int signs = 0;
	signs += document->number != NULL;
	signs += document->issuer != NULL && (document->number || document->place || document->type);
	signs += document->addressee_count > 0;
	signs += document->recipient_count > 0;
	signs += document->signer.name != NULL;
	signs += document->subject != NULL && document->type;
	signs += document->place != NULL;
	return signs >= 2;
}

/* What a receiver puts below a copy: "SAO Y", "Số: 88/SY-UBND", recipients and signature; no letter of its own. */
static bool is_copy_mark(const struct letter_document *document)
{
	static const char *const codes[] = { "/SY-", "/SL-", "/TRS-", NULL };
	for (size_t i = 0; !document->type && document->number_normal && codes[i]; i++)
		if (strstr(document->number_normal, codes[i]))
			return true;
	return false;
}

static void read_references(struct arena *mem, const struct letter_lines *lines, const size_t cuts[4],
			    const struct letter_paragraph *body, size_t body_count, struct letter_document *document)
{
	struct letter_paragraph *head, *rest, *all;
	size_t head_count, rest_count;
	letter_paragraphs_read(mem, lines, cuts[0], cuts[1], &head, &head_count);
	letter_paragraphs_read(mem, lines, cuts[2], cuts[3], &rest, &rest_count);
	all = ARENA_ARRAY(mem, struct letter_paragraph, head_count + body_count + rest_count + 1);
	if (head_count)
		memcpy(all, head, head_count * sizeof(*all));
	if (body_count)
		memcpy(all + head_count, body, body_count * sizeof(*all));
	if (rest_count)
		memcpy(all + head_count + body_count, rest, rest_count * sizeof(*all));
	letter_references_read(mem, all, head_count + body_count + rest_count, document);
}

static bool read_document(struct arena *mem, const struct letter_lines *lines, size_t first, size_t end,
			  struct letter_document *document)
{
	struct letter_paragraph *body;
	size_t body_count, rest;
	*document = (struct letter_document){ .source = { lines->at[first].source.start, lines->at[end - 1].source.end } };
	size_t start = letter_head_read(mem, lines, first, end, document);
	size_t stop = letter_tail_read(mem, lines, start, end, document, &rest);
	letter_paragraphs_read(mem, lines, start, stop, &body, &body_count);
	if (!is_letter(document) || is_copy_mark(document))
		return false;
	if (!document->subject)
		letter_late_subject(mem, lines, start, end, document);
	read_references(mem, lines, (size_t[]){ first, start, rest, end }, body, body_count, document);
	struct letter_paragraph *annex, *all;
	size_t annex_count;
	letter_paragraphs_read(mem, lines, rest, end, &annex, &annex_count);
	all = ARENA_ARRAY(mem, struct letter_paragraph, body_count + annex_count + 1);
	if (body_count)
		memcpy(all, body, body_count * sizeof(*all));
	if (annex_count)
		memcpy(all + body_count, annex, annex_count * sizeof(*all));
	struct letter_context context = { document, all, body_count + annex_count, body_count };
	letter_orders(mem, &context, &document->tasks, &document->task_count);
	return true;
}

void letter_read(struct arena *mem, const char *text, struct letter_reading *out)
{
	struct arena *work = arena_new(WORKING_MAX);
	struct letter_lines lines;
	size_t starts[LETTER_DOCUMENTS_MAX];
	struct letter_document *documents = ARENA_ARRAY(mem, struct letter_document, LETTER_DOCUMENTS_MAX);
	*out = (struct letter_reading){ documents, 0 };
	letter_lines_read(work, text, &lines);
	size_t count = find_starts(&lines, starts);
	for (size_t i = 0; i < count; i++) {
		size_t end = i + 1 < count ? starts[i + 1] : lines.count;
		struct letter_document document;
		if (starts[i] < end && read_document(work, &lines, starts[i], end, &document))
			letter_keep(mem, &document, &documents[out->count++]);
	}
	arena_free(work);
}
