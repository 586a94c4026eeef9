#ifndef EXTRACT_PLAIN_H
#define EXTRACT_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

/* Private to the room: texts without format, and the form all texts are given. */

/*
 * A text file in UTF-8, UTF-16, Windows-1258 or TCVN3 (told by what its bytes
 * can be), appended to `out` as UTF-8. False when it is none of them.
 */
bool plain_read(const void *bytes, size_t size, struct buf *out);

/*
 * The form texts leave the child in: NFC, lines ended by '\n' without spaces at
 * their ends, at most one empty line in a row, none first; no control
 * characters, no characters without width; bullets of symbol fonts as "-".
 * `text` is UTF-8; what is malformed in it becomes U+FFFD.
 */
void plain_tidy(struct arena *mem, const char *text, size_t length, struct buf *out);

#endif
