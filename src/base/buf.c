#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"

static const size_t DEFAULT_MAX = (size_t)64 * 1024 * 1024;
enum { FIRST_CAPACITY = 256 };

/* What an empty buf shows; never written, since its capacity is 0. */
static char nothing[1];

void buf_init(struct buf *buf, struct arena *mem, size_t max)
{
	if (!max)
		max = DEFAULT_MAX;
	/* Doubling a capacity must not overflow. */
	*buf = (struct buf){ .mem = mem, .data = nothing, .max = max < SIZE_MAX / 4 ? max : SIZE_MAX / 4 };
}

/* Room for `length` bytes and the NUL. */
static bool grow(struct buf *buf, size_t length)
{
	size_t capacity = buf->capacity ? buf->capacity : FIRST_CAPACITY;
	while (capacity <= length)
		capacity *= 2;
	if (capacity > buf->max)
		capacity = buf->max + 1;

	char *old = buf->capacity ? buf->data : NULL;
	char *data = arena_grow(buf->mem, old, buf->capacity, capacity);
	if (!data && capacity > length + 1) {
		capacity = length + 1;
		data = arena_grow(buf->mem, old, buf->capacity, capacity);
	}
	if (!data)
		return false;
	if (!old)
		data[0] = '\0';
	buf->data = data;
	buf->capacity = capacity;
	return true;
}

char *buf_reserve(struct buf *buf, size_t extra)
{
	if (buf->overflow)
		return NULL;
	/* length is less than capacity as soon as there is any. */
	if (buf->capacity && extra < buf->capacity - buf->length)
		return buf->data + buf->length;
	if (extra > buf->max - buf->length || !grow(buf, buf->length + extra)) {
		buf->overflow = true;
		return NULL;
	}
	return buf->data + buf->length;
}

void buf_wrote(struct buf *buf, size_t length)
{
	if (length >= buf->capacity - buf->length)
		die("a buf was written past its room");
	buf->length += length;
	buf->data[buf->length] = '\0';
}

void buf_add(struct buf *buf, const void *bytes, size_t length)
{
	if (!length)
		return;
	char *at = buf_reserve(buf, length);
	if (!at)
		return;
	memcpy(at, bytes, length);
	buf->length += length;
	buf->data[buf->length] = '\0';
}

void buf_add_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_add_text(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_add_format(struct buf *buf, const char *format, ...)
{
	char local[256];
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int length = vsnprintf(local, sizeof(local), format, args);
	va_end(args);
	if (length < 0)
		die("cannot format \"%s\"", format);

	if ((size_t)length < sizeof(local)) {
		buf_add(buf, local, (size_t)length);
	} else {
		char *at = buf_reserve(buf, (size_t)length);
		if (at) {
			vsnprintf(at, (size_t)length + 1, format, again);
			buf->length += (size_t)length;
		}
	}
	va_end(again);
}

void buf_clear(struct buf *buf)
{
	buf->length = 0;
	buf->overflow = false;
	if (buf->capacity)
		buf->data[0] = '\0';
}
