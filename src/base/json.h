#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "base/id.h"

struct arena;
struct buf;
struct error;

/*
 * jansson has functions of these names, which its own parser calls; ours get
 * link names of their own so that neither stands in for the other.
 */
#define json_object json_write_object
#define json_array json_write_array
#define json_null json_write_null
#define json_copy json_write_copy

/*
 * Writing: a stream onto a buf that places commas and escapes by itself.
 * Inside an object give a key, inside an array give NULL. Balance is checked
 * by json_finish. Invalid UTF-8 never comes out: U+FFFD stands for it. A wrong
 * call (a key in an array, one end too many, a second value at the top) spoils
 * the stream: nothing more is written and json_finish is false.
 */
struct json {
	struct buf *out;
	char stack[32]; /* '{' or '[' per level */
	int depth; /* -1: spoiled */
	bool first;
};

void json_start(struct json *json, struct buf *out);
void json_object(struct json *json, const char *key);
void json_array(struct json *json, const char *key);
void json_end(struct json *json); /* closes the innermost object or array */
bool json_finish(const struct json *json); /* everything closed? */

void json_text(struct json *json, const char *key, const char *value); /* NULL writes null */
void json_text_n(struct json *json, const char *key, const char *value, size_t length);
void json_int(struct json *json, const char *key, int64_t value);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);
void json_id(struct json *json, const char *key, id value);             /* as a string; 0 writes null */
void json_instant(struct json *json, const char *key, instant at);      /* ISO with +07:00; 0 writes null */
void json_decimal(struct json *json, const char *key, int64_t value, int decimals); /* as a string */
void json_raw(struct json *json, const char *key, const char *text);    /* text that is JSON already */
void json_copy(struct json *json, const char *key, const json_t *value);

enum { JSON_DEPTH_MAX = 32 };

/*
 * Reading, by jansson: the value is freed with the arena. Fails with bad_json
 * or bad_utf8; depth is limited to JSON_DEPTH_MAX and repeated keys are refused.
 */
json_t *json_parse(struct arena *mem, const char *text, size_t length, struct error *err);

/* Members of an object that a shape has checked already: absent or null gives the second choice. */
const char *json_get_text(const json_t *object, const char *key);  /* NULL when absent */
int64_t json_get_int(const json_t *object, const char *key, int64_t absent);
bool json_get_bool(const json_t *object, const char *key, bool absent);
id json_get_id(const json_t *object, const char *key);             /* 0 when absent or not an id */

#endif
