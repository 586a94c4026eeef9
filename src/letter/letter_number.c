#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "letter/letter_head.h"
#include "letter/letter_terms.h"

static bool is_dash(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static size_t skip_blanks(const char *text, size_t at, size_t length)
{
	while (at < length && (text[at] == ' ' || text[at] == '\t'))
		at++;
	return at;
}

static size_t digits_end(const char *text, size_t at, size_t length)
{
	while (at < length && text[at] >= '0' && text[at] <= '9')
		at++;
	return at;
}

/* "UBND.VX": a dot inside of a code, before two capitals. */
static bool dot_inside(const char *text, size_t at, size_t length)
{
	size_t size, next_size;
	if (at + 1 >= length)
		return false;
	uint32_t next = letter_char(text, at + 1, length, &size);
	if (at + 1 + size >= length || letter_small(next) == next)
		return false;
	uint32_t behind = letter_char(text, at + 1 + size, length, &next_size);
	return letter_small(behind) != behind;
}

/* A code: letters and digits, more capitals than small ones ("TTg"), the first a capital. */
static size_t code_end(const char *text, size_t at, size_t length)
{
	size_t capitals = 0, smalls = 0, start = at, size;
	for (; at < length && at - start < 60; at += size) {
		uint32_t c = letter_char(text, at, length, &size);
		bool letter = letter_is_letter(c), capital = letter && letter_small(c) != c;
		if (at == start && !capital)
			return 0;
		if (!letter && !(c >= '0' && c <= '9') && c != '&' && !(c == '.' && dot_inside(text, at, length)))
			break;
		capitals += capital;
		smalls += letter && !capital;
	}
	return capitals > smalls ? at : 0;
}

/* A separator with blanks on one side of it at most; on both when the number is the document's own. */
static size_t separator_end(const char *text, size_t at, size_t length, bool own, bool *dash)
{
	size_t sign = skip_blanks(text, at, length), size;
	if (sign >= length)
		return 0;
	uint32_t c = letter_char(text, sign, length, &size);
	if (c != '/' && !is_dash(c))
		return 0;
	*dash = c != '/';
	size_t next = skip_blanks(text, sign + size, length);
	if (!own && sign > at && next > sign + size)
		return 0;
	return next;
}

size_t letter_number_end(const char *text, size_t at, size_t length, bool own)
{
	size_t digits = digits_end(text, at, length);
	if (digits - at > 6 || (digits == at && !own))
		return 0;
	size_t end = digits;
	/* "12a/2026/..." */
	if (end > at && end + 1 < length && text[end] >= 'a' && text[end] <= 'd' &&
	    (text[end + 1] == '/' || text[end + 1] == '-'))
		end++;
	bool dash, codes = false;
	for (int parts = 0; parts < 6; parts++) {
		size_t next = separator_end(text, end, length, own && parts < 2, &dash);
		if (!next || next >= length)
			break;
		size_t year = digits_end(text, next, length);
		if (parts == 0 && !dash && year - next == 4 && year < length) {
			end = year;
			continue;
		}
		size_t code = code_end(text, next, length);
		if (!code)
			break;
		end = code;
		codes = true;
	}
	return codes ? end : 0;
}

/* "Nghị quyết số: 202/2025/QH15": the number behind a type's name. */
static bool typed_number(const struct letter_line *line, size_t *start, size_t *end)
{
	const struct letter_clean *clean = &line->clean;
	const char *colon = memchr(clean->text, ':', clean->length);
	const struct letter_type *type = letter_type_at_start(line->fold, line->fold_length);
	if (!colon || !type || clean->length > 80)
		return false;
	size_t size = strlen(type->fold);
	if (line->fold_length < size + 3 || memcmp(line->fold + size, "so", 2) != 0 || line->fold[size + 2] < '0' ||
	    line->fold[size + 2] > '9')
		return false;
	*start = (size_t)(colon - clean->text) + 1;
	*start = skip_blanks(clean->text, *start, clean->length);
	*end = letter_number_end(clean->text, *start, clean->length, true);
	return *end == clean->length;
}

bool letter_number_line(const struct letter_line *line, size_t *start, size_t *end)
{
	const char *text = line->clean.text;
	size_t length = line->clean.length, at = 0, size;
	if (line->fold_length < 2 || length > 160)
		return false;
	if (typed_number(line, start, end))
		return true;
	bool so = !memcmp(line->fold, "so", 2) || !memcmp(line->fold, "s0", 2);
	if (so) {
		for (size_t folded = 0; at < length && folded < 2; at += size)
			folded += letter_fold(letter_char(text, at, length, &size)) != 0;
		if (at < length && letter_is_letter(letter_char(text, at, length, &size)))
			return false;
	} else if ((text[0] < '0' || text[0] > '9') && text[0] != '/') { /* "/TTr-VPCP": to be filled in */
		return false;
	}
	/* Dots and blanks to be filled in: "Số: ......../UBND-VX". */
	for (; at < length; at += size) {
		uint32_t c = letter_char(text, at, length, &size);
		if (c != ' ' && c != '\t' && c != ':' && c != '.' && c != 0x2026 && c != '_')
			break;
	}
	*start = at;
	*end = letter_number_end(text, at, length, true);
	if (!*end)
		return false;
	/* Without "So" only a line that is nothing else. */
	return so ? true : *end == length && line->fold_length < 24;
}

static void upper(char *text)
{
	size_t length = strlen(text);
	for (size_t at = 0, size; at < length; at += size) {
		uint32_t c = letter_char(text, at, length, &size), capital = c;
		if (c >= 'a' && c <= 'z')
			capital = c - 32;
		else if (c >= 0xe0 && c <= 0xfe && c != 0xf7)
			capital = c - 32;
		else if ((c >= 0x100 && c <= 0x137) || c == 0x169 || (c >= 0x1e00 && c <= 0x1eff))
			capital = c & ~1u;
		else if (c == 0x1a1 || c == 0x1b0)
			capital = c - 1;
		if (capital == c)
			continue;
		if (size == 1) {
			text[at] = (char)capital;
		} else if (size == 2) {
			text[at] = (char)(0xc0 | capital >> 6);
			text[at + 1] = (char)(0x80 | (capital & 0x3f));
		} else if (size == 3) {
			text[at + 1] = (char)(0x80 | (capital >> 6 & 0x3f));
			text[at + 2] = (char)(0x80 | (capital & 0x3f));
		}
	}
}

/* A number as one reads it: capitals, no blanks around separators, each dash a "-". */
static char *squeeze(struct arena *mem, const char *number)
{
	size_t length = strnlen(number, 400);
	char *out = arena_alloc(mem, length + 1);
	size_t used = 0;
	bool blank = false;
	for (size_t at = 0, size; at < length; at += size) {
		uint32_t c = letter_char(number, at, length, &size);
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0) {
			blank = true;
			continue;
		}
		bool apart = blank && used && c != '/' && !is_dash(c) && out[used - 1] != '/' && out[used - 1] != '-';
		blank = false;
		if (apart)
			out[used++] = ' ';
		if (is_dash(c)) {
			out[used++] = '-';
			continue;
		}
		memcpy(out + used, number + at, size);
		used += size;
	}
	out[used] = '\0';
	upper(out);
	return out;
}

struct number_parts {
	size_t running;    /* its end */
	size_t year;       /* its end, 0: none */
	size_t code;       /* begin of the first code */
	size_t code_end;   /* its end */
};

/* Cuts a squeezed number; false when it is none. */
static bool cut(const char *text, struct number_parts *parts)
{
	size_t length = strlen(text);
	*parts = (struct number_parts){ .running = digits_end(text, 0, length) };
	if (parts->running == 0 || letter_number_end(text, 0, length, false) != length)
		return false;
	size_t at = parts->running;
	if (text[at] >= 'a' && text[at] <= 'd')
		at = ++parts->running;
	size_t year = digits_end(text, at + 1, length);
	if (text[at] == '/' && year - at - 1 == 4 && year < length) {
		parts->year = year;
		at = year;
	}
	parts->code = at + 1;
	parts->code_end = code_end(text, at + 1, length);
	return true;
}

/* The letter after the running number is small in the grammar, and a capital in the squeezed form. */
static char *checked(struct arena *mem, const char *number, struct number_parts *parts)
{
	size_t length = strnlen(number, 401);
	if (length > 400 || !text_valid(number, length))
		return NULL;
	char *text = squeeze(mem, text_nfc(mem, number));
	size_t digits = digits_end(text, 0, strlen(text));
	bool lettered = digits && text[digits] >= 'A' && text[digits] <= 'D' &&
			(text[digits + 1] == '/' || text[digits + 1] == '-');
	if (lettered)
		text[digits] = (char)(text[digits] + 32);
	bool good = cut(text, parts);
	if (lettered)
		text[digits] = (char)(text[digits] - 32);
	return good ? text : NULL;
}

char *letter_number_normal(struct arena *mem, const char *number)
{
	struct number_parts parts;
	char *text = number ? checked(mem, number, &parts) : NULL;
	if (!text)
		return NULL;
	char *behind = &text[parts.code_end];
	bool typed = letter_type_of_code(text + parts.code, parts.code_end - parts.code, true) != NULL;
	/* "2203/CV/VPTW" and "2203-CV-VPTW" are the Party's "2203-CV/VPTW". */
	if (typed && !parts.year && *behind && text[parts.running] == *behind) {
		text[parts.running] = '-';
		*behind = '/';
	}
	return text;
}

void letter_number_split(struct arena *mem, const char *number, struct letter_number *out)
{
	struct number_parts parts;
	*out = (struct letter_number){ 0 };
	if (!number)
		return;
	char *text = letter_number_normal(mem, number);
	if (!text) {
		/* Without a running number: "/UBND-VX". */
		char *with = arena_printf(mem, "1%s", number);
		char *squeezed = letter_number_normal(mem, with);
		if (!squeezed || !checked(mem, squeezed, &parts) || parts.running != 1)
			return;
		text = squeezed;
	} else if (checked(mem, text, &parts)) {
		out->running = arena_strndup(mem, text, parts.running);
	} else {
		return;
	}
	size_t size = parts.code_end - parts.code;
	bool party = text[parts.running] == '-';
	if (letter_type_of_code(text + parts.code, size, party)) {
		out->type = arena_strndup(mem, text + parts.code, size);
		if (text[parts.code_end])
			out->issuer = arena_strdup(mem, text + parts.code_end + 1);
	} else {
		out->issuer = arena_strdup(mem, text + parts.code);
	}
}
