#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/digits.h"
#include "base/utf8.h"

enum { SPOILED = -1, DEPTH_ROOM = sizeof(((struct json *)0)->stack) };

void json_start(struct json *json, struct buf *out)
{
	*json = (struct json){ .out = out, .first = true };
}

bool json_finish(const struct json *json)
{
	return json->depth == 0 && !json->first && !json->out->overflow;
}

/* What a byte asks for: 0 plain, 'u' a numbered escape, 'm' part of a longer character, else its short escape. */
static const char classes[256] = {
	'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r', 'u', 'u', /* 00 */
	'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', /* 10 */
	['"'] = '"', ['\\'] = '\\', [0x7f] = 'u',
	[0x80] = 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm',
	'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', /* 90 */
	'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', /* a0 */
	'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', /* b0 */
	'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', /* c0 */
	'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', /* d0 */
	'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', /* e0 */
	'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', 'm', /* f0 */
};

/* Writes what stands for the byte (or for the malformed sequence that it begins). */
static void put_escape(struct buf *out, unsigned char byte)
{
	static const char hex[] = "0123456789abcdef";
	char class = classes[byte];
	if (class == 'm') {
		buf_add(out, "\xef\xbf\xbd", 3);
	} else if (class == 'u') {
		buf_add(out, (char[]){ '\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15] }, 6);
	} else {
		buf_add(out, (char[]){ '\\', class }, 2);
	}
}

/* How many bytes at the start can be copied as they are. */
static size_t clean_length(const char *text, size_t length)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t at = 0;
	while (at < length) {
		char class = classes[bytes[at]];
		size_t step = !class ? 1 : class == 'm' ? utf8_sequence(bytes + at, length - at) : 0;
		if (!step)
			break;
		at += step;
	}
	return at;
}

/* In one piece when the text is clean, as it nearly always is. */
static void put_quoted(struct buf *out, bool comma, const char *text, size_t length, bool colon)
{
	size_t clean = clean_length(text, length);
	if (clean == length) {
		char *to = buf_reserve(out, length + 2 + comma + colon);
		if (!to)
			return;
		size_t used = 0;
		if (comma)
			to[used++] = ',';
		to[used++] = '"';
		memcpy(to + used, text, length);
		used += length;
		to[used++] = '"';
		if (colon)
			to[used++] = ':';
		buf_wrote(out, used);
		return;
	}

	buf_add_text(out, comma ? ",\"" : "\"");
	for (;;) {
		buf_add(out, text, clean);
		if (clean == length)
			break;
		put_escape(out, (unsigned char)text[clean]);
		text += clean + 1;
		length -= clean + 1;
		clean = clean_length(text, length);
	}
	buf_add_text(out, colon ? "\":" : "\"");
}

static void put_string(struct buf *out, const char *text, size_t length)
{
	put_quoted(out, false, text, length, false);
}

static void put_key(struct buf *out, bool first, const char *key)
{
	put_quoted(out, !first, key, strlen(key), true);
}

/* The comma and the key; false when a value cannot stand here. */
static bool place(struct json *json, const char *key)
{
	if (json->depth < 0)
		return false;
	bool in_object = json->depth && json->stack[json->depth - 1] == '{';
	if (in_object != (key != NULL) || (!json->depth && !json->first)) {
		json->depth = SPOILED;
		return false;
	}
	if (key)
		put_key(json->out, json->first, key);
	else if (!json->first)
		buf_add(json->out, ",", 1);
	json->first = false;
	return true;
}

static void open_level(struct json *json, const char *key, char kind)
{
	if (!place(json, key))
		return;
	if (json->depth == DEPTH_ROOM) {
		json->depth = SPOILED;
		return;
	}
	json->stack[json->depth++] = kind;
	json->first = true;
	buf_add(json->out, &kind, 1);
}

void json_object(struct json *json, const char *key)
{
	open_level(json, key, '{');
}

void json_array(struct json *json, const char *key)
{
	open_level(json, key, '[');
}

void json_end(struct json *json)
{
	if (json->depth <= 0) {
		json->depth = SPOILED;
		return;
	}
	buf_add(json->out, json->stack[--json->depth] == '{' ? "}" : "]", 1);
	json->first = false;
}

void json_raw(struct json *json, const char *key, const char *text)
{
	if (place(json, key))
		buf_add_text(json->out, text ? text : "null");
}

void json_null(struct json *json, const char *key)
{
	json_raw(json, key, "null");
}

void json_bool(struct json *json, const char *key, bool value)
{
	json_raw(json, key, value ? "true" : "false");
}

void json_text_n(struct json *json, const char *key, const char *value, size_t length)
{
	if (!value)
		json_null(json, key);
	else if (place(json, key))
		put_string(json->out, value, length);
}

void json_text(struct json *json, const char *key, const char *value)
{
	json_text_n(json, key, value, value ? strlen(value) : 0);
}

void json_int(struct json *json, const char *key, int64_t value)
{
	char digits[DIGITS_MAX + 1];
	if (place(json, key))
		buf_add(json->out, digits, (size_t)(digits_put_signed(digits, value) - digits));
}

void json_id(struct json *json, const char *key, id value)
{
	char text[ID_TEXT_MAX];
	if (value)
		json_text(json, key, id_format(value, text));
	else
		json_null(json, key);
}

void json_instant(struct json *json, const char *key, instant at)
{
	char text[CIVIL_TEXT_MAX];
	if (at)
		json_text(json, key, civil_format(at, text));
	else
		json_null(json, key);
}

void json_decimal(struct json *json, const char *key, int64_t value, int decimals)
{
	char text[DECIMAL_TEXT_MAX];
	json_text(json, key, decimal_format(value, decimals, text));
}

/* The shortest digits that read back as the same number. */
static void put_real(struct buf *out, double value)
{
	char text[40];
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	buf_add_text(out, text);
}

/* jansson's iterators ask for an object that may be changed, and change nothing. */
static json_t *iterable(const json_t *value)
{
	union {
		const json_t *given;
		json_t *wanted;
	} pointer = { .given = value };
	return pointer.wanted;
}

static void put_value(struct buf *out, const json_t *value);

static void put_members(struct buf *out, json_t *object)
{
	const char *key;
	json_t *member;
	bool first = true;
	buf_add(out, "{", 1);
	json_object_foreach (object, key, member) {
		put_key(out, first, key);
		put_value(out, member);
		first = false;
	}
	buf_add(out, "}", 1);
}

static void put_value(struct buf *out, const json_t *value)
{
	const json_t *member;
	size_t i;
	char digits[DIGITS_MAX + 1];

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		put_members(out, iterable(value));
		break;
	case JSON_ARRAY:
		buf_add(out, "[", 1);
		json_array_foreach (value, i, member) {
			if (i)
				buf_add(out, ",", 1);
			put_value(out, member);
		}
		buf_add(out, "]", 1);
		break;
	case JSON_STRING:
		put_string(out, json_string_value(value), json_string_length(value));
		break;
	case JSON_INTEGER:
		buf_add(out, digits, (size_t)(digits_put_signed(digits, json_integer_value(value)) - digits));
		break;
	case JSON_REAL:
		put_real(out, json_real_value(value));
		break;
	case JSON_TRUE:
		buf_add_text(out, "true");
		break;
	case JSON_FALSE:
		buf_add_text(out, "false");
		break;
	case JSON_NULL:
		buf_add_text(out, "null");
		break;
	}
}

void json_copy(struct json *json, const char *key, const json_t *value)
{
	if (!value)
		json_null(json, key);
	else if (place(json, key))
		put_value(json->out, value);
}
