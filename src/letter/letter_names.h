#ifndef LETTER_LETTER_NAMES_H
#define LETTER_LETTER_NAMES_H

#include "letter/letter_words.h"

/* Private to the room: the offices and people that an instruction names. */

enum { NAMES_MAX = 60 };

struct names {
	const char *at[NAMES_MAX];
	size_t count;
	bool vague; /* only "các cơ quan, đơn vị", "các đồng chí": who that is stands elsewhere */
};

/*
 * Reads the list of names that begins at word `i`: "Sở Tài chính, Nội vụ và
 * UBND các xã, phường" gives three. The word after the list; `i` when there is
 * no name. Names already in the list are not added again.
 */
size_t names_read(struct arena *mem, const struct words *words, size_t i, size_t end, struct names *names);

/* The end of the one name at word `i`; `i` when there is none. */
size_t name_end(const struct words *words, size_t i, size_t end);

void names_add(struct names *names, const char *name);

#endif
