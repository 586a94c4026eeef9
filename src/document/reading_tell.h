#ifndef DOCUMENT_READING_TELL_H
#define DOCUMENT_READING_TELL_H

#include "document/reading.h"

/* Writes an event of a reading, such as "reading.done"; without the file's name, which often is the letter's subject. */
bool reading_tell(struct call *c, const char *kind, const struct reading *reading);

#endif
