#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
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

/* Clean runs are copied whole. */
static void put_string(struct buf *out, const char *text, size_t length)
{
	const unsigned char *run = (const unsigned char *)text;
	const unsigned char *at = run;
	const unsigned char *end = run + length;
	buf_add(out, "\"", 1);
	while (at < end) {
		char class = classes[*at];
		if (!class) {
			at++;
			continue;
		}
		if (class == 'm') {
			size_t sequence = utf8_sequence(at, (size_t)(end - at));
			if (sequence) {
				at += sequence;
				continue;
			}
		}
		buf_add(out, run, (size_t)(at - run));
		put_escape(out, *at);
		run = ++at;
	}
	buf_add(out, run, (size_t)(end - run));
	buf_add(out, "\"", 1);
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
	if (!json->first)
		buf_add(json->out, ",", 1);
	json->first = false;
	if (key) {
		put_string(json->out, key, strlen(key));
		buf_add(json->out, ":", 1);
	}
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

/* Text of our own making that needs no escape. */
static void put_plain(struct json *json, const char *key, const char *text)
{
	if (!place(json, key))
		return;
	buf_add(json->out, "\"", 1);
	buf_add_text(json->out, text);
	buf_add(json->out, "\"", 1);
}

void json_id(struct json *json, const char *key, id value)
{
	char text[ID_TEXT_MAX];
	if (value)
		put_plain(json, key, id_format(value, text));
	else
		json_null(json, key);
}

void json_instant(struct json *json, const char *key, instant at)
{
	char text[CIVIL_TEXT_MAX];
	if (at)
		put_plain(json, key, civil_format(at, text));
	else
		json_null(json, key);
}

void json_decimal(struct json *json, const char *key, int64_t value, int decimals)
{
	char text[DECIMAL_TEXT_MAX];
	put_plain(json, key, decimal_format(value, decimals, text));
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

static void put_value(struct buf *out, const json_t *value)
{
	const char *key;
	const json_t *member;
	size_t i;
	char digits[DIGITS_MAX + 1];

	switch (json_typeof(value)) {
	case JSON_OBJECT: {
		const char *comma = "{";
		/* json_object_foreach asks for an object that may be changed. */
		for (void *at = json_object_iter((json_t *)(uintptr_t)value); at;
		     at = json_object_iter_next((json_t *)(uintptr_t)value, at)) {
			key = json_object_iter_key(at);
			buf_add(out, comma, 1);
			put_string(out, key, strlen(key));
			buf_add(out, ":", 1);
			put_value(out, json_object_iter_value(at));
			comma = ",";
		}
		buf_add_text(out, comma[0] == '{' ? "{}" : "}");
		break;
	}
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
