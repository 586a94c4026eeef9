#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * Bytes that grow at the end, in an arena. `data` is always NUL-terminated
 * behind `length`, so it can be read as text. Growth past `max` (0: 64 MiB)
 * or past what the arena may hold sets `overflow`, drops what does not fit and
 * all that follows, and is for the owner to check.
 */
struct buf {
	struct arena *mem;
	char *data;
	size_t length;
	size_t capacity;
	size_t max;
	bool overflow;
};

void buf_init(struct buf *buf, struct arena *mem, size_t max);
void buf_add(struct buf *buf, const void *bytes, size_t length);
void buf_add_char(struct buf *buf, char c);
void buf_add_text(struct buf *buf, const char *text);
void buf_add_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for at least `extra` more bytes; returns where to write them. NULL on overflow. End with buf_wrote. */
char *buf_reserve(struct buf *buf, size_t extra);

/* Takes over `length` bytes written into reserved room. */
void buf_wrote(struct buf *buf, size_t length);

/* Forgets the content and an overflow, and keeps the room. */
void buf_clear(struct buf *buf);

#endif
