#ifndef LETTER_LETTER_KEEP_H
#define LETTER_LETTER_KEEP_H

#include "letter/letter.h"

/* Private to the room: copies a document out of the memory it was read in, which is many times larger than it. */
void letter_keep(struct arena *mem, const struct letter_document *from, struct letter_document *to);

#endif
