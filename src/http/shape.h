#ifndef HTTP_SHAPE_H
#define HTTP_SHAPE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;
struct pair;
struct shape;

enum { TEXT_DEFAULT_MAX = 2000, ITEMS_DEFAULT_MAX = 1000, FIELD_PATH_MAX = 240 };

/*
 * Checks a body against its shape and composes its texts to NFC where they
 * stand. Finds every fault, up to ERROR_DETAILS_MAX: err tells the first, and
 * lists all of them with paths like "cells/3/value".
 */
bool shape_check_body(struct arena *mem, const struct shape *shape, json_t *body, struct error *err);

/*
 * The same for the values of a query, which are texts all. `shape` NULL: none
 * is known. "lang" is known everywhere. An empty value counts as absent and is
 * taken out of `pairs`.
 */
bool shape_check_query(struct arena *mem, const struct shape *shape, struct pair *pairs, size_t *count,
		       struct error *err);

/* Whether a secret stands anywhere in the shape, and taking the secrets out of a value. */
bool shape_has_secret(const struct shape *shape);
void shape_redact(const struct shape *shape, json_t *value);

#endif
