#ifndef EXTRACT_LAYOUT_H
#define EXTRACT_LAYOUT_H

#include <stddef.h>

struct arena;
struct buf;

/* Private to the room: text from where characters or words stand on a page. Pure. */

struct layout_piece {
	const char *text;      /* a character or a word, without white space */
	size_t length;
	int line;              /* of words: which line they were recognized in, from 1; two are never joined */
	double x1, x2, y1, y2; /* y downward; height of its line of writing, not of its ink */
};

/*
 * Appends the page's lines in reading order: side by side in two columns (the
 * heads and feet of letters) one column after the other; in a table each row a
 * line, its cells separated by tabs. A lone page number (`page`, from 1) first or last is left out. Sorts `pieces`.
 */
void layout_text(struct arena *mem, struct layout_piece *pieces, size_t count, int page, struct buf *out);

#endif
