#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Text is UTF-8 in NFC everywhere inside; it is checked and composed once, where it enters. */

/* Whether the bytes are well-formed UTF-8 without NUL and without control characters other than tab and line ends. */
bool text_valid(const char *bytes, size_t length);

/* The NFC form of valid UTF-8. */
char *text_nfc(struct arena *mem, const char *text);

/*
 * The form text is searched in: NFC, lower case, tone and vowel marks removed,
 * d for đ, runs of white space, punctuation and symbols as one space, none at the ends.
 * "Hoà Bình", "HÒA  BÌNH" and "hoa binh" fold alike. Both databases search
 * this stored form, so that they find the same.
 */
char *text_fold(struct arena *mem, const char *text);

/* Vietnamese alphabetical order (ICU, vi): <0, 0, >0. */
int text_compare(const char *a, const char *b);

/* Lower-case hex that sorts byte by byte in the order of text_compare: kept beside a name, so that a store lists by it. */
char *text_sort_key(struct arena *mem, const char *text);

/* Number of characters (code points) in valid UTF-8. */
size_t text_length(const char *text);

/* Without white space at both ends, copied. */
char *text_trim(struct arena *mem, const char *text);

bool text_equal(const char *a, const char *b);      /* NULL equals only NULL */
bool text_starts(const char *text, const char *prefix);
bool text_ends(const char *text, const char *suffix);

/* A sentence with {0}, {1}... filled in from `args`; a number without its argument stays as it is. */
char *text_fill(struct arena *mem, const char *sentence, const char *const *args, size_t count);

/* A whole string as a decimal integer in [low, high]; false for anything else. */
bool text_to_int(const char *text, int64_t low, int64_t high, int64_t *out);

#endif
