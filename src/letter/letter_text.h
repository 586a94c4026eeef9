#ifndef LETTER_LETTER_TEXT_H
#define LETTER_LETTER_TEXT_H

#include <stdint.h>

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
	const unsigned char *moved; /* for each byte: 1 where a tone mark was moved here from the next vowel; NULL: nowhere */
};

/* A tab in a line stands for a wide gap: two columns on one line. Paragraphs have none, but rows of tables, which are paragraphs of their own. */
struct letter_line {
	struct letter_clean clean;
	const char *fold;      /* its letters and digits, small, without marks: "kinhguisonoivu" */
	size_t fold_length;
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
	size_t body_count;     /* paragraphs before the signature; those behind it are annexes */
};

/* letter_orders.c: a draft task for each instruction of the body. */
void letter_orders(struct arena *mem, const struct letter_context *context, const struct letter_task **tasks,
		   size_t *count);

/* The span of a part of a cleaned text. */
struct letter_span letter_span_of(const struct letter_clean *clean, size_t start, size_t end);

enum { LETTER_LINES_MAX = 100000 };

struct letter_lines {
	struct letter_line *at;
	size_t count;
	bool spaced; /* most lines have blank lines between them: these say nothing */
	bool loose;  /* most lines have blank lines between them, paragraphs or not */
};

/* Cleans a text and cuts it into lines; blank lines, rules and page numbers are left out. */
void letter_lines_read(struct arena *mem, const char *text, struct letter_lines *out);

/* letter_mend.c: makes lines of a head whole again that stand broken over several. */
void letter_lines_mend(struct arena *mem, struct letter_lines *lines);

/* letter_unroll.c: whether one line holds the whole head of a letter; the length of its first part. */
bool letter_is_rolled(const char *text, size_t length);
size_t letter_unroll(const char *text, size_t length);

/* letter_markup.c: the length of a tag of HTML at `at`, and what its end stands for; 0: none. */
enum letter_tag_kind { LETTER_TAG_NONE, LETTER_TAG_CELL, LETTER_TAG_LINE };
size_t letter_tag(const char *text, size_t at, size_t end, enum letter_tag_kind *kind);

/* The length of an entity of HTML at `at`, and its character; 0: none. */
size_t letter_entity(const char *text, size_t at, size_t end, uint32_t *character);

/* The lines [first, end) as one text; a number broken after "-" or "/" is whole again. */
void letter_lines_join(struct arena *mem, const struct letter_line *lines, size_t first, size_t end,
		       struct letter_clean *out);

/* Whether a number is broken over the two lines: "57-" and "NQ/TW". */
bool letter_broken_number(const struct letter_clean *above, const struct letter_clean *below);

/* A part of a cleaned text with its tone marks placed as the letter has them, without blanks at its ends. */
char *letter_written(struct arena *mem, const struct letter_clean *clean, size_t start, size_t end);

struct letter_clean letter_part(const struct letter_clean *clean, size_t start, size_t end);

/* The paragraphs of the lines [first, end). */
void letter_paragraphs_read(struct arena *mem, const struct letter_lines *lines, size_t first, size_t end,
			    struct letter_paragraph **out, size_t *count);

/* The length in bytes of the mark that a line begins with, and its depth; 0: none. */
size_t letter_mark(const char *text, size_t length, int *depth);

/* The character at a byte and its size; a byte that begins none is '?'. */
uint32_t letter_char(const char *text, size_t at, size_t length, size_t *size);
uint32_t letter_small(uint32_t c);
bool letter_is_letter(uint32_t c);

/* The plain small letter or digit of a character: 'd' for U+0110; 0: neither. */
char letter_fold(uint32_t c);

#endif
