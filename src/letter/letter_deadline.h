#ifndef LETTER_LETTER_DEADLINE_H
#define LETTER_LETTER_DEADLINE_H

#include "letter/letter.h"
#include "letter/letter_words.h"

/* Private to the room: the deadline inside an instruction. */

struct letter_deadline_found {
	struct letter_deadline deadline;
	struct letter_recurrence recurrence;
	size_t from, to; /* words */
	int strength;    /* 0: none; 1 a hint ("khẩn trương") to 3 plainly a deadline */
};

/*
 * Looks among the words [from, to) of an instruction, where dates of documents
 * and facts stand too. Of `written` only year and month are known when its day
 * is 0.
 */
void letter_deadline_find(struct arena *mem, const struct words *words, size_t from, size_t to,
			  struct civil_date written, struct letter_deadline_found *found);

#endif
