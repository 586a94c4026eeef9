#include "http/shape.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/text.h"
#include "http/exchange.h"

struct check {
	struct arena *mem;
	struct error_detail *details;
	size_t count, room;
	char path[FIELD_PATH_MAX];
	size_t path_length;
};

static void check_object(struct check *k, const struct shape *shape, json_t *object);

/* Steps into a member; returns where to come back to. A path too long stays cut. */
static size_t enter(struct check *k, const char *name)
{
	size_t back = k->path_length;
	size_t length = strlen(name);

	if (back > 0 && back + 1 < sizeof(k->path))
		k->path[k->path_length++] = '/';
	if (length > sizeof(k->path) - 1 - k->path_length)
		length = sizeof(k->path) - 1 - k->path_length;
	memcpy(k->path + k->path_length, name, length);
	k->path_length += length;
	k->path[k->path_length] = '\0';
	return back;
}

static void leave(struct check *k, size_t back)
{
	k->path_length = back;
	k->path[back] = '\0';
}

static size_t enter_index(struct check *k, size_t index)
{
	return enter(k, arena_printf(k->mem, "%zu", index));
}

static void fault(struct check *k, enum error_code code, const char *arg0, const char *arg1)
{
	struct error_detail *grown;

	if (k->count == ERROR_DETAILS_MAX)
		return;
	if (k->count == k->room) {
		k->room = k->room ? k->room * 2 : 8;
		grown = ARENA_ARRAY(k->mem, struct error_detail, k->room);
		if (k->count)
			memcpy(grown, k->details, k->count * sizeof(*grown));
		k->details = grown;
	}
	k->details[k->count++] = (struct error_detail){
		.code = code,
		.field = arena_strdup(k->mem, k->path),
		.args = { arg0, arg1, NULL },
	};
}

static const char *number_text(struct check *k, int64_t number)
{
	return arena_printf(k->mem, "%lld", (long long)number);
}

static bool is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/* "2026", "2026-05", "2026-Q2", "2026-H1". */
static bool period_valid(const char *text)
{
	int month;

	for (int i = 0; i < 4; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	if (text[4] == '\0')
		return true;
	if (text[4] != '-')
		return false;
	text += 5;
	if (text[0] == 'Q')
		return text[1] >= '1' && text[1] <= '4' && text[2] == '\0';
	if (text[0] == 'H')
		return (text[1] == '1' || text[1] == '2') && text[2] == '\0';
	if (!isdigit((unsigned char)text[0]) || !isdigit((unsigned char)text[1]) || text[2] != '\0')
		return false;
	month = (text[0] - '0') * 10 + (text[1] - '0');
	return month >= 1 && month <= 12;
}

static bool choice_valid(const char *choices, const char *text)
{
	size_t length = strlen(text);

	if (length == 0 || strchr(text, '|'))
		return false;
	for (const char *at = choices; at; at = strchr(at, '|')) {
		if (*at == '|')
			at++;
		if (!strncmp(at, text, length) && (at[length] == '|' || at[length] == '\0'))
			return true;
	}
	return false;
}

static void check_length(struct check *k, const struct field *field, const char *text)
{
	int64_t max = field->max ? field->max : TEXT_DEFAULT_MAX;
	int64_t length = (int64_t)text_length(text);

	if (length > max)
		fault(k, ERR_field_too_long, number_text(k, max), NULL);
	else if (length < field->min)
		fault(k, ERR_field_too_short, number_text(k, field->min), NULL);
}

static void check_number(struct check *k, const struct field *field, int64_t number)
{
	bool bounded = field->min || field->max;

	if (bounded && (number < field->min || number > field->max))
		fault(k, ERR_field_range, number_text(k, field->min), number_text(k, field->max));
}

static void check_decimal(struct check *k, const char *text)
{
	struct error err = { .code = ERR_none };
	int64_t value;

	if (!decimal_parse(text, DECIMAL_PLACES_MAX, &value, NULL, &err))
		fault(k, err.code, err.args[0][0] ? arena_strdup(k->mem, err.args[0]) : NULL, NULL);
}

/* The types that are written as a text, in a body and in a query alike. */
static void check_text(struct check *k, const struct field *field, enum field_type type, const char *text)
{
	struct civil_date date;
	instant at;
	id number;

	switch (type) {
	case FIELD_TEXT:
		check_length(k, field, text);
		break;
	case FIELD_ID:
		if (!id_parse(text, &number))
			fault(k, ERR_field_invalid, NULL, NULL);
		break;
	case FIELD_DECIMAL:
		check_decimal(k, text);
		break;
	case FIELD_DATE:
		if (!civil_parse_date(text, &date))
			fault(k, ERR_date_invalid, NULL, NULL);
		break;
	case FIELD_TIME:
		if (!civil_parse(text, &at))
			fault(k, ERR_field_invalid, NULL, NULL);
		break;
	case FIELD_PERIOD:
		if (!period_valid(text))
			fault(k, ERR_field_invalid, NULL, NULL);
		break;
	case FIELD_CHOICE:
		if (!choice_valid(field->choices, text))
			fault(k, ERR_field_choice, field->choices, NULL);
		break;
	default:
		break;
	}
}

/* Where a text enters: refused when it is not clean, composed when it is not composed. */
static const char *compose(struct check *k, json_t *value)
{
	const char *text = json_string_value(value);
	size_t length = json_string_length(value);
	const char *composed;

	if (!text_valid(text, length)) {
		fault(k, ERR_field_invalid, NULL, NULL);
		return NULL;
	}
	if (is_ascii(text, length))
		return text;
	composed = text_nfc(k->mem, text);
	if (strcmp(composed, text)) {
		json_string_set(value, composed);
		text = json_string_value(value);
	}
	return text;
}

/* Values of FIELD_ANY are free in form, but their texts are texts like any other. */
static void check_any(struct check *k, json_t *value)
{
	const char *key;
	json_t *member;
	size_t index, back;

	if (json_is_string(value)) {
		compose(k, value);
	} else if (json_is_object(value)) {
		json_object_foreach (value, key, member) {
			back = enter(k, key);
			check_any(k, member);
			leave(k, back);
		}
	} else if (json_is_array(value)) {
		json_array_foreach (value, index, member) {
			back = enter_index(k, index);
			check_any(k, member);
			leave(k, back);
		}
	}
}

static void check_count(struct check *k, const struct field *field, size_t count)
{
	int64_t max = field->max ? field->max : ITEMS_DEFAULT_MAX;

	if ((int64_t)count > max)
		fault(k, ERR_too_many_items, number_text(k, max), NULL);
	else if ((int64_t)count < field->min)
		fault(k, ERR_field_range, number_text(k, field->min), number_text(k, max));
}

static void check_value(struct check *k, const struct field *field, enum field_type type, json_t *value);

/* A member of an array or a map. */
static void check_item(struct check *k, const struct field *field, json_t *value)
{
	struct field item = { .name = field->name, .type = field->item, .choices = field->choices };

	if (!field->of)
		check_value(k, &item, field->item, value);
	else if (json_is_object(value))
		check_object(k, field->of, value);
	else
		fault(k, ERR_field_type, "object", NULL);
}

static void check_array(struct check *k, const struct field *field, json_t *array)
{
	json_t *value;
	size_t index, back;

	check_count(k, field, json_array_size(array));
	if (field->max ? json_array_size(array) > (size_t)field->max : json_array_size(array) > ITEMS_DEFAULT_MAX)
		return;
	json_array_foreach (array, index, value) {
		back = enter_index(k, index);
		check_item(k, field, value);
		leave(k, back);
	}
}

static void check_map(struct check *k, const struct field *field, json_t *map)
{
	const char *key;
	json_t *value;
	size_t back;

	check_count(k, field, json_object_size(map));
	json_object_foreach (map, key, value) {
		back = enter(k, key);
		if (!text_valid(key, strlen(key)) || text_length(key) > TEXT_DEFAULT_MAX)
			fault(k, ERR_field_invalid, NULL, NULL);
		else
			check_item(k, field, value);
		leave(k, back);
	}
}

static void check_value(struct check *k, const struct field *field, enum field_type type, json_t *value)
{
	const char *text;

	switch (type) {
	case FIELD_INT:
		if (json_is_integer(value))
			check_number(k, field, json_integer_value(value));
		else
			fault(k, ERR_field_type, "integer", NULL);
		break;
	case FIELD_BOOL:
		if (!json_is_boolean(value))
			fault(k, ERR_field_type, "boolean", NULL);
		break;
	case FIELD_OBJECT:
		if (json_is_object(value))
			check_object(k, field->of, value);
		else
			fault(k, ERR_field_type, "object", NULL);
		break;
	case FIELD_ARRAY:
		if (json_is_array(value))
			check_array(k, field, value);
		else
			fault(k, ERR_field_type, "array", NULL);
		break;
	case FIELD_MAP:
		if (json_is_object(value))
			check_map(k, field, value);
		else
			fault(k, ERR_field_type, "object", NULL);
		break;
	case FIELD_ANY:
		check_any(k, value);
		break;
	default:
		if (!json_is_string(value)) {
			fault(k, ERR_field_type, "string", NULL);
			break;
		}
		text = compose(k, value);
		if (text)
			check_text(k, field, type, text);
	}
}

static const struct field *field_find(const struct shape *shape, const char *name)
{
	for (const struct field *field = shape->fields; field->name; field++)
		if (!strcmp(field->name, name))
			return field;
	return NULL;
}

static void check_member(struct check *k, const struct field *field, json_t *value)
{
	if (!json_is_null(value))
		check_value(k, field, field->type, value);
	else if (field->flags & FIELD_NULLABLE)
		return;
	else if (field->flags & FIELD_REQUIRED)
		fault(k, ERR_field_required, NULL, NULL);
	else
		fault(k, ERR_field_type, "not null", NULL);
}

static void check_object(struct check *k, const struct shape *shape, json_t *object)
{
	const struct field *field;
	const char *key;
	json_t *value;
	size_t back;

	if (!shape) {
		check_any(k, object);
		return;
	}
	for (field = shape->fields; field->name; field++) {
		if (!(field->flags & FIELD_REQUIRED) || json_object_get(object, field->name))
			continue;
		back = enter(k, field->name);
		fault(k, ERR_field_required, NULL, NULL);
		leave(k, back);
	}
	json_object_foreach (object, key, value) {
		back = enter(k, key);
		field = field_find(shape, key);
		if (field)
			check_member(k, field, value);
		else
			fault(k, ERR_field_unknown, NULL, NULL);
		leave(k, back);
	}
}

/* The first fault stands for all; the list follows. */
static bool report(const struct check *k, struct error *err)
{
	const struct error_detail *first = k->details;

	if (k->count == 0)
		return true;
	error_set(err, first->code, first->field[0] ? first->field : NULL, first->args[0],
		  first->args[0] ? first->args[1] : NULL, NULL);
	err->details = k->details;
	err->detail_count = k->count;
	return false;
}

bool shape_check_body(struct arena *mem, const struct shape *shape, json_t *body, struct error *err)
{
	struct check k = { .mem = mem };

	if (json_is_object(body))
		check_object(&k, shape, body);
	else
		fault(&k, ERR_field_type, "object", NULL);
	return report(&k, err);
}

static void check_query_value(struct check *k, const struct field *field, const char *text)
{
	int64_t number;

	switch (field->type) {
	case FIELD_INT:
		if (text_to_int(text, INT64_MIN, INT64_MAX, &number))
			check_number(k, field, number);
		else
			fault(k, ERR_field_type, "integer", NULL);
		break;
	case FIELD_BOOL:
		if (strcmp(text, "true") && strcmp(text, "false"))
			fault(k, ERR_field_type, "boolean", NULL);
		break;
	default:
		check_text(k, field, field->type, text);
	}
}

static bool repeated(const struct pair *pairs, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(pairs[i].name, name))
			return true;
	return false;
}

bool shape_check_query(struct arena *mem, const struct shape *shape, struct pair *pairs, size_t *count,
		       struct error *err)
{
	struct check k = { .mem = mem };
	const struct field *field;
	size_t kept = 0, back;

	for (size_t i = 0; i < *count; i++) {
		struct pair pair = pairs[i];

		field = shape ? field_find(shape, pair.name) : NULL;
		back = enter(&k, pair.name);
		if (!pair.value)
			fault(&k, ERR_field_invalid, NULL, NULL);
		else if (!field && strcmp(pair.name, "lang"))
			fault(&k, ERR_field_unknown, NULL, NULL);
		else if (repeated(pairs, kept, pair.name))
			fault(&k, ERR_field_invalid, NULL, NULL);
		else if (pair.value[0] != '\0')
			pairs[kept++] = pair;
		if (field && pair.value && pair.value[0] != '\0')
			check_query_value(&k, field, pair.value);
		leave(&k, back);
	}
	*count = kept;
	for (field = shape ? shape->fields : NULL; field && field->name; field++) {
		if (!(field->flags & FIELD_REQUIRED) || repeated(pairs, kept, field->name))
			continue;
		back = enter(&k, field->name);
		fault(&k, ERR_field_required, NULL, NULL);
		leave(&k, back);
	}
	return report(&k, err);
}

enum { SHAPE_DEPTH_MAX = 8 }; /* shapes of trees hold themselves */

static bool has_secret(const struct shape *shape, int depth)
{
	if (!shape || depth == SHAPE_DEPTH_MAX)
		return false;
	for (const struct field *field = shape->fields; field->name; field++)
		if ((field->flags & FIELD_SECRET) || has_secret(field->of, depth + 1))
			return true;
	return false;
}

bool shape_has_secret(const struct shape *shape)
{
	return has_secret(shape, 0);
}

static void redact(const struct shape *shape, json_t *value, int depth)
{
	json_t *member, *item;
	const char *key;
	size_t index;

	if (!shape || depth == SHAPE_DEPTH_MAX)
		return;
	for (const struct field *field = shape->fields; field->name; field++) {
		member = json_object_get(value, field->name);
		if (!member)
			continue;
		if (field->flags & FIELD_SECRET)
			json_object_set_new(value, field->name, json_pack("n"));
		else if (field->type == FIELD_ARRAY)
			json_array_foreach (member, index, item)
				redact(field->of, item, depth + 1);
		else if (field->type == FIELD_MAP)
			json_object_foreach (member, key, item)
				redact(field->of, item, depth + 1);
		else if (field->type == FIELD_OBJECT)
			redact(field->of, member, depth + 1);
	}
}

void shape_redact(const struct shape *shape, json_t *value)
{
	redact(shape, value, 0);
}
