#ifndef LETTER_LETTER_TEXT_H
#define LETTER_LETTER_TEXT_H

#include "letter/letter.h"

/*
 * Private to the room: a text cleaned for reading, with the way back to where
 * each character came from.
 */

/* Cleaned text: marks of Markdown and HTML taken out, spaces made single, tone marks placed one way ("hoá" as "hóa" is). */
struct letter_clean {
	const char *text;
	const size_t *at;      /* for each byte of `text` and one past it: offset in code points of the source */
	size_t length;
};

struct letter_line {
	struct letter_clean clean;
	int blank_before;      /* blank lines above it */
	bool upper;            /* all its letters are capitals */
	struct letter_span source;
};

/* A paragraph of the body: lines broken in the middle joined again. */
struct letter_paragraph {
	struct letter_clean clean;  /* without its mark */
	const char *mark;           /* "1.", "1.2.", "a)", "-", "+", "(i)", "Điều 2.", "I." ; NULL: none */
	int depth;                  /* 0 without a mark; deeper marks are larger: I. < 1. < a) < - < + */
	struct letter_span source;
};

/* What the orders in a body are read against. */
struct letter_context {
	const struct letter_document *document; /* all but its tasks is filled */
	const struct letter_paragraph *paragraphs;
	size_t paragraph_count;
};

/* letter_orders.c: a draft task for each instruction of the body. */
void letter_orders(struct arena *mem, const struct letter_context *context, const struct letter_task **tasks,
		   size_t *count);

/* The span of a part of a cleaned text. */
struct letter_span letter_span_of(const struct letter_clean *clean, size_t start, size_t end);

#endif
