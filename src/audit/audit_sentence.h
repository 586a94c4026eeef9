#ifndef AUDIT_AUDIT_SENTENCE_H
#define AUDIT_AUDIT_SENTENCE_H

#include "base/error.h"

struct arena;

/* What a sentence is made of; NULL and "" are left out. `before` and `after` are JSON objects. */
struct sentence_parts {
	const char *kind;
	const char *unit_name;
	const char *subject_name;
	const char *before, *after;
};

/* The sentence of src/messages/events.def for the event; the kind itself where there is none. */
const char *event_sentence(struct arena *mem, const struct sentence_parts *parts, enum language lang);

#endif
