#ifndef DOCUMENT_READING_TELL_H
#define DOCUMENT_READING_TELL_H

#include "document/reading.h"

/* "reading.progress" with the file's name and how far it is. */
bool reading_tell(struct call *c, const char *kind, const struct reading *reading);

#endif
