#include <string.h>

#include "base/arena.h"
#include "letter/letter_head.h"
#include "letter/letter_terms.h"

/*
 * The end of a document: signature and recipients, one after the other in
 * either order, or as two columns read line by line.
 */
enum { SIGN_LINES = 14, TAIL_LINES = 90 };

struct tail {
	struct arena *mem;
	const struct letter_lines *lines;
	struct letter_document *document;
	size_t sign[SIGN_LINES]; /* its lines in capitals */
	size_t sign_count;
	size_t name;             /* line of the name; 0: none */
	const char **items;
	size_t item_count;
	struct letter_line *item; /* the lines of the open one */
	size_t item_lines;
};

static bool is_item(const struct letter_line *line)
{
	const char *text = line->clean.text;
	return text[0] == '-' || text[0] == '+' || (line->clean.length > 3 && !memcmp(text, "•", 3)) ||
	       (line->clean.length > 3 && !memcmp(text, "–", 3));
}

/* Between position and name: "(Da ky)", "da ky", what signing machines print. */
static bool is_signed(const struct letter_line *line)
{
	return line->fold_length < 60 && (letter_is(line->fold, line->fold_length, "daky", 0) ||
					  letter_begins(line->fold, line->fold_length, "daky", 0) ||
					  letter_begins(line->fold, line->fold_length, "kytenvadongdau", 0) ||
					  letter_is_stamp(line));
}

/* The first cell of signatures side by side: of several signers the first is told. */
static size_t first_cell(const struct letter_line *line)
{
	const char *gap = memchr(line->clean.text, '\t', line->clean.length);
	return gap ? (size_t)(gap - line->clean.text) : line->clean.length;
}

static bool is_name(const struct letter_line *line)
{
	size_t skip;
	return !is_item(line) && letter_is_person(line->clean.text, first_cell(line), &skip) && !letter_begins_organ(line);
}

/* Whether a signature begins at line `i`: capitals, of which one names a position, then a name. */
static bool begins_signature(const struct letter_lines *lines, size_t i, size_t end)
{
	const struct letter_line *line = &lines->at[i];
	if (!line->upper || line->clean.length > 160 || !(letter_begins_sign(line) || letter_begins_position(line)))
		return false;
	bool position = letter_begins_sign(line);
	for (size_t k = i, passed = 0; k < end && k < i + TAIL_LINES && passed < 40; k++) {
		line = &lines->at[k];
		if (line->upper && k > i && is_name(line) && !letter_begins_position(line))
			return true;
		if (line->upper) {
			if (letter_motto(line) != LETTER_NO_MOTTO || letter_is_annex(line))
				return position;
			position = position || letter_begins_position(line);
			continue;
		}
		if (k > i && is_name(line))
			return true;
		if (is_item(line) || letter_is_receiving(line) || is_signed(line)) {
			passed++;
			continue;
		}
		/* The lines between may go on an item of the recipients. */
		if (line->clean.length > 90 || ++passed > 30 || letter_is_annex(line))
			return false;
	}
	return letter_begins_sign(&lines->at[i]);
}

static void close_item(struct tail *tail)
{
	if (!tail->item_lines)
		return;
	struct letter_clean whole;
	letter_lines_join(tail->mem, tail->item, 0, tail->item_lines, &whole);
	tail->item_lines = 0;
	size_t start = 0;
	for (size_t at = 0; at <= whole.length; at++) {
		bool cut = at == whole.length || (whole.text[at] == ';' && !memchr(whole.text + start, '(', at - start)) ||
			   (whole.text[at] == ';' && at && whole.text[at - 1] == ')');
		if (!cut)
			continue;
		const char *item = letter_item(tail->mem, &whole, start, at);
		if (item && tail->item_count < LETTER_ITEMS_MAX)
			tail->items[tail->item_count++] = item;
		start = at + 1;
	}
}

static bool last_item_closed(const struct tail *tail)
{
	const struct letter_clean *clean = &tail->item[tail->item_lines - 1].clean;
	char last = clean->text[clean->length - 1];
	return last == '.' || last == ';' || last == ',';
}

/* One of the lines behind the begin of the recipients; false: they have ended. */
static bool read_recipient(struct tail *tail, size_t i)
{
	const struct letter_line *line = &tail->lines->at[i];
	if (is_item(line)) {
		close_item(tail);
		tail->item[tail->item_lines++] = *line;
		return true;
	}
	/* "Như trên;" without a dash, below the heading */
	bool opens = !tail->item_lines && !tail->item_count && !line->upper && line->clean.length < 100 &&
		     strchr(";,.", line->clean.text[line->clean.length - 1]);
	if (opens) {
		tail->item[tail->item_lines++] = *line;
		return true;
	}
	if (!tail->item_lines || tail->item_lines > 12 || line->clean.length > 160)
		return false;
	const struct letter_clean *first = &tail->item[0].clean, *last = &tail->item[tail->item_lines - 1].clean;
	bool kept = false; /* "Luu:" ends the list */
	for (size_t at = 0; at + 4 < first->length && at < 6; at++)
		kept = kept || !memcmp(first->text + at, "Lưu", 4);
	if (last->text[last->length - 1] == '.')
		return false;
	if (line->blank_before && !tail->lines->spaced && (kept || last_item_closed(tail)))
		return false;
	if (kept && last_item_closed(tail))
		return false;
	tail->item[tail->item_lines++] = *line;
	return true;
}

/* "Noi nhan: Nhu tren; Luu: VT." on its own line. */
static void begin_recipients(struct tail *tail, size_t i)
{
	const struct letter_line *line = &tail->lines->at[i];
	const char *colon = memchr(line->clean.text, ':', line->clean.length);
	if (!colon)
		return;
	size_t from = (size_t)(colon - line->clean.text) + 1;
	if (from >= line->clean.length)
		return;
	tail->item[0] = *line;
	tail->item[0].clean = letter_part(&line->clean, from, line->clean.length);
	tail->item_lines = tail->item[0].clean.length > 0;
}

/* Whether "KT. GIÁM ĐỐC" goes on "GIÁM ĐỐC SỞ NỘI VỤ" above it, and is not of another office that signs too. */
static bool same_signer(const struct letter_line *position, const struct letter_line *sign)
{
	enum { KT = 2 };
	if (sign->fold_length < KT + 4 || memcmp(sign->fold, "kt", KT) != 0)
		return false;
	size_t length = sign->fold_length - KT;
	if (position->fold_length < length)
		length = position->fold_length;
	return !memcmp(position->fold, sign->fold + KT, length);
}

static void name_signer(struct tail *tail)
{
	struct letter_signer *signer = &tail->document->signer;
	const struct letter_line *at = tail->lines->at;
	const char *names[SIGN_LINES];
	bool signs[SIGN_LINES];
	size_t count = 0, skip = 0;
	for (size_t i = 0; i < tail->sign_count; i++) {
		const struct letter_line *line = &at[tail->sign[i]];
		const char *text = letter_written(tail->mem, &line->clean, 0, first_cell(line));
		bool sign = letter_begins_sign(line);
		if (count && sign && !signs[count - 1] && !same_signer(&at[tail->sign[i - 1]], line))
			break;
		if (count && !sign && (!letter_begins_position(line) || letter_begins(line->fold, line->fold_length, "uyvienbanthuongvu", 0))) {
			names[count - 1] = arena_printf(tail->mem, "%s %s", names[count - 1], text);
			continue;
		}
		signs[count] = sign;
		names[count++] = text;
	}
	if (count) {
		signer->position = names[count - 1];
		for (size_t i = 0; i + 1 < count; i++)
			signer->prefix = signer->prefix ? arena_printf(tail->mem, "%s; %s", signer->prefix, names[i]) : names[i];
		/* "TM. BAN CHAP HANH" and no position below. */
		if (count == 1 && signs[0] && (!memcmp(names[0], "TM", 2) || !memcmp(names[0], "T/M", 3))) {
			signer->prefix = names[0];
			signer->position = NULL;
		}
	}
	if (tail->name) {
		const struct letter_clean *name = &at[tail->name].clean;
		size_t end = first_cell(&at[tail->name]);
		letter_is_person(name->text, end, &skip);
		signer->name = letter_written(tail->mem, name, skip, end);
	}
}

/* "- Như trên;": recipients whose heading a copy put elsewhere. */
static bool is_first_recipient(const struct letter_line *line)
{
	return is_item(line) && (letter_is(line->fold, line->fold_length, "nhutren", 0) ||
				 letter_is(line->fold, line->fold_length, "nhukinhgui", 0));
}

/* Where signature or recipients begin; `end` when they do not. */
static size_t find_tail(const struct letter_lines *lines, size_t body, size_t end)
{
	for (size_t i = body; i < end; i++)
		if (letter_is_receiving(&lines->at[i]) || is_first_recipient(&lines->at[i]) || begins_signature(lines, i, end))
			return i;
	return end;
}

/* The end of a body without signature: at its closing "./.", or an annex. */
static size_t find_close(const struct letter_lines *lines, size_t body, size_t end)
{
	for (size_t i = body; i < end; i++) {
		const struct letter_clean *clean = &lines->at[i].clean;
		if (clean->length >= 3 && !memcmp(clean->text + clean->length - 3, "./.", 3))
			return i + 1;
		if (letter_is_annex(&lines->at[i]))
			return i;
	}
	return end;
}

/* A line of the signature; false: it is none. */
static bool read_sign(struct tail *tail, size_t i)
{
	const struct letter_line *line = &tail->lines->at[i];
	if (tail->name)
		return false;
	if (tail->sign_count && is_name(line) && !letter_begins_position(line) && !letter_begins_sign(line) &&
	    (!tail->item_lines || !line->upper || is_name(line))) {
		tail->name = i;
		return true;
	}
	if (tail->sign_count && is_signed(line))
		return true;
	if (line->upper && !is_item(line) && tail->sign_count < SIGN_LINES && line->clean.length < 160 &&
	    (tail->sign_count || letter_begins_sign(line) || letter_begins_position(line)) &&
	    (tail->sign_count == 0 || !letter_is_annex(line))) {
		tail->sign[tail->sign_count++] = i;
		return true;
	}
	if (tail->sign_count && letter_begins(line->fold, line->fold_length, "kiem", 0) && line->clean.length < 80) {
		tail->sign[tail->sign_count++] = i;
		return true;
	}
	return false;
}

size_t letter_tail_read(struct arena *mem, const struct letter_lines *lines, size_t body, size_t end,
			struct letter_document *document, size_t *rest)
{
	size_t first = find_tail(lines, body, end);
	*rest = first;
	if (first == end) {
		*rest = find_close(lines, body, end);
		return *rest;
	}
	struct tail tail = { .mem = mem, .lines = lines, .document = document };
	tail.items = ARENA_ARRAY(mem, const char *, LETTER_ITEMS_MAX);
	tail.item = ARENA_ARRAY(mem, struct letter_line, 32);
	bool receiving = false, received = false;
	const size_t looked_at = (size_t)3 * TAIL_LINES;
	size_t i = first, most = end - first > looked_at ? first + looked_at : end, strange = 0;
	for (; i < most; i++) {
		const struct letter_line *line = &lines->at[i];
		if (letter_is_annex(line) || (letter_motto(line) != LETTER_NO_MOTTO && i > first))
			break;
		if (letter_is_receiving(line) && !received) {
			receiving = received = true;
			begin_recipients(&tail, i);
			continue;
		}
		if (!received && is_first_recipient(line))
			receiving = received = true;
		if (receiving && is_item(line) && read_recipient(&tail, i))
			continue;
		if (read_sign(&tail, i)) {
			strange = 0;
			continue;
		}
		if (receiving && read_recipient(&tail, i))
			continue;
		if (tail.name && (received || !begins_signature(lines, i, most))) {
			/* Recipients may follow on the signature. */
			if (received || strange++ > 2 || line->clean.length > 120)
				break;
			continue;
		}
		receiving = false;
		close_item(&tail);
		if (strange++ > 3)
			break;
	}
	close_item(&tail);
	name_signer(&tail);
	document->recipients = tail.items;
	document->recipient_count = tail.item_count;
	*rest = i;
	return first;
}
