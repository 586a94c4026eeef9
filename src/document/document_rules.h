#ifndef DOCUMENT_DOCUMENT_RULES_H
#define DOCUMENT_DOCUMENT_RULES_H

#include "document/document.h"

struct arena;

/* "2026-05-16", "2026-05-01" of a month alone, else the day it was entered. */
char *document_sort_day(struct arena *mem, struct civil_date date, period month, instant created_at);

/*
 * Which of `known` a letter means that says `link`: the same normal number with its issuer's code; the same date and
 * issuer where both sides tell them ("UBND tỉnh" may be "Ủy ban nhân dân tỉnh Đắk Lắk", but no other province's). The
 * one that most of it agrees with; NULL when none does, or several do alike. Never the document it stands in.
 */
const struct document *document_meant(struct arena *mem, const struct document_link *link, const struct document *known,
				      size_t count);

/* Which member of an input a stub must not have; NULL: none. */
const char *document_stub_excess(const struct document_input *input);

#endif
