#ifndef DOCUMENT_DOCUMENT_RULES_H
#define DOCUMENT_DOCUMENT_RULES_H

#include "document/document.h"

struct arena;

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
