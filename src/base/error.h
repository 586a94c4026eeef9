#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

struct json;

/*
 * What went wrong: one type everywhere. A function that can fail returns
 * false and fills the error it was given; the first error stands, later ones
 * on the way out do not overwrite it.
 *
 * The codes, their HTTP status and their sentences in Vietnamese and English
 * live in src/messages/ (one .def file per room). ERR_not_found has the code
 * word "not_found". `{0}` to `{2}` in a sentence stand for the arguments.
 */
enum error_code {
	ERR_none = 0,
#define MESSAGE(code, status, vi, en) ERR_##code,
#include "messages/all.def"
#undef MESSAGE
	ERR_count
};

enum language { LANG_VI, LANG_EN };

enum { ERROR_ARGS = 3, ERROR_DETAILS_MAX = 200 };

/* One row of errors[] in a reply: a cell, a line of a file. Strings belong to the error's owner's arena. */
struct error_detail {
	enum error_code code;
	const char *field; /* JSON pointer-like: "cells/TN01/numerator", "rows/12/C" */
	const char *args[ERROR_ARGS];
};

struct error {
	enum error_code code;
	char field[96];
	char args[ERROR_ARGS][160];
	char trace[240]; /* for the log only: what the library said; never sent to a user */
	struct error_detail *details;
	size_t detail_count;
};

/*
 * Records the error unless one is there already. `field` names the input at
 * fault or is NULL; up to ERROR_ARGS further strings end with NULL. Always
 * returns false, so that `return error_set(...)` reads as it means.
 */
bool error_set(struct error *err, enum error_code code, const char *field, ...) __attribute__((sentinel));

/* Records ERR_internal with words for the log (printf style). Returns false. */
bool error_internal(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* An item of a list failed: "deadline" becomes "tasks/3/deadline". Returns false, for the way out. */
bool error_within(struct error *err, const char *list, size_t at);

void error_clear(struct error *err);

int error_status(enum error_code code);
const char *error_word(enum error_code code);
bool error_parse(const char *word, enum error_code *out); /* a code word that was kept */

/* The sentence with its arguments filled in, cut at `size`; returns `out`. */
char *error_sentence(const struct error *err, enum language lang, char *out, size_t size);
char *error_detail_sentence(const struct error_detail *detail, enum language lang, char *out, size_t size);

#endif
