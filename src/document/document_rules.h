#ifndef DOCUMENT_DOCUMENT_RULES_H
#define DOCUMENT_DOCUMENT_RULES_H

#include "document/document.h"

struct arena;

/*
 * The words a document is found by: folded, each once, separated by single
 * spaces; at most the first DOCUMENT_WORDS_MAX, each cut at 60 bytes. Both databases get just these;
 * PostgreSQL takes 2^20 - 1 bytes of them.
 */
enum { DOCUMENT_WORDS_MAX = 100000, DOCUMENT_WORDS_BYTES_MAX = 1000000 };
char *document_words(struct arena *mem, const char *const *texts, size_t count);

/* A search as the databases take it: all words, the last one as a prefix. NULL: nothing to look for. */
char *document_match_sqlite(struct arena *mem, const char *q);
char *document_match_postgres(struct arena *mem, const char *q);

/* "2026-05-16", "2026-05-01" of a month alone, else the day it was entered. */
char *document_sort_day(struct arena *mem, struct civil_date date, period month, instant created_at);

/*
 * Whether a letter that says `link` means `document`: the same normal number
 * with its issuer's code, and the same date where both have one.
 */
bool document_is_meant(const struct document_link *link, const struct document *document);

/* Which member of an input a stub must not have; NULL: none. */
const char *document_stub_excess(const struct document_input *input);

#endif
