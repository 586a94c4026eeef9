#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stddef.h>

struct arena;

/*
 * What full-text search goes by. Texts become words that are folded, stand
 * once and are separated by single spaces; at most the first WORDS_MAX, each
 * cut at 60 bytes. Both databases get just these, so that they find the same;
 * PostgreSQL takes 2^20 - 1 bytes of them.
 */
enum { WORDS_MAX = 100000, WORDS_BYTES_MAX = 1000000 };
char *words_of(struct arena *mem, const char *const *texts, size_t count); /* a text may be NULL */

/* A search as the databases take it: all words, the last one as a prefix. NULL: nothing to look for. */
char *words_match_sqlite(struct arena *mem, const char *q);
char *words_match_postgres(struct arena *mem, const char *q);

#endif
