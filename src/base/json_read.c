#include "base/json.h"

#include <string.h>

#include "base/arena.h"
#include "base/digits.h"
#include "base/error.h"

static bool bad_json(struct error *err, int64_t line, int64_t column)
{
	char texts[2][DIGITS_MAX + 2];
	*digits_put_signed(texts[0], line) = '\0';
	*digits_put_signed(texts[1], column) = '\0';
	return error_set(err, ERR_bad_json, NULL, texts[0], texts[1], NULL);
}

/*
 * Nesting is counted before anything is built; jansson's own limit, 2048, is
 * far too high. Brackets within strings do not count; what is not JSON is left for
 * jansson to name.
 */
static bool depth_allowed(const char *text, size_t length, struct error *err)
{
	int depth = 0;
	int64_t line = 1;
	size_t line_start = 0;
	bool in_string = false;
	for (size_t i = 0; i < length; i++) {
		char c = text[i];
		if (c == '\n') {
			line++;
			line_start = i + 1;
		}
		if (in_string) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '{' || c == '[') {
			if (++depth > JSON_DEPTH_MAX)
				return bad_json(err, line, (int64_t)(i - line_start) + 1);
		} else if (c == '}' || c == ']') {
			depth--;
		}
	}
	return true;
}

static void release(void *value)
{
	json_decref(value);
}

json_t *json_parse(struct arena *mem, const char *text, size_t length, struct error *err)
{
	if (!depth_allowed(text, length, err))
		return NULL;

	json_error_t failed;
	json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &failed);
	if (!value) {
		if (json_error_code(&failed) == json_error_invalid_utf8)
			error_set(err, ERR_bad_utf8, NULL, NULL);
		else
			bad_json(err, failed.line, failed.column);
		return NULL;
	}
	arena_defer(mem, release, value);
	return value;
}

const char *json_get_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

int64_t json_get_int(const json_t *object, const char *key, int64_t absent)
{
	const json_t *value = json_object_get(object, key);
	return json_is_integer(value) ? json_integer_value(value) : absent;
}

bool json_get_bool(const json_t *object, const char *key, bool absent)
{
	const json_t *value = json_object_get(object, key);
	return json_is_boolean(value) ? json_is_true(value) : absent;
}

id json_get_id(const json_t *object, const char *key)
{
	id value;
	return id_parse(json_get_text(object, key), &value) ? value : 0;
}
