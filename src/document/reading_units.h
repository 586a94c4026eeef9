#ifndef DOCUMENT_READING_UNITS_H
#define DOCUMENT_READING_UNITS_H

#include "letter/letter.h"
#include "base/id.h"
#include "db/call.h"

struct buf;

/*
 * The documents as the API gives them: an array, with the units of every task beside
 * their names. A letter's offices are looked for in the province that issued it, else in
 * that of the unit that had it read, and among the centre's own.
 */
bool reading_documents_write(struct call *c, struct buf *out, const struct letter_reading *reading, id unit_id);

#endif
