#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Memory that lives as long as one request, command or batch and is given
 * back in one go. Nothing taken from an arena is freed by itself.
 *
 * Allocation never returns NULL: when the system has no memory left, or an
 * arena passes its maximum, the process says so and aborts. Whatever comes
 * from outside is bounded long before (body limits, list limits), so that the
 * maximum is met by a defect only.
 *
 * An arena is used by one thread at a time.
 */
struct arena;

/* A new empty arena that may hold at most `max` bytes; 0 means 64 MiB. */
struct arena *arena_new(size_t max);

/* Runs the clean-up hooks, newest first, then frees everything. NULL is allowed. */
void arena_free(struct arena *mem);

/* Runs the hooks and empties the arena, keeping its first block for reuse. */
void arena_reset(struct arena *mem);

/* `size` zeroed bytes, aligned for any type. A size of 0 gives a valid pointer. */
void *arena_alloc(struct arena *mem, size_t size) __attribute__((returns_nonnull, malloc));

/* count * size zeroed bytes; an overflow of the product aborts. */
void *arena_array(struct arena *mem, size_t count, size_t size) __attribute__((returns_nonnull, malloc));

#define ARENA_NEW(mem, type) ((type *)arena_alloc((mem), sizeof(type)))
#define ARENA_ARRAY(mem, type, count) ((type *)arena_array((mem), (count), sizeof(type)))

/*
 * Makes the allocation `old` (NULL: a new one) larger, in place when nothing
 * came after it. The bytes behind `old_size` are not zeroed. NULL when the
 * arena's maximum would be passed; `old` then stands as it was.
 */
void *arena_grow(struct arena *mem, void *old, size_t old_size, size_t size);

/* Copies; the result is NUL-terminated. arena_strdup(NULL) is NULL. */
char *arena_strdup(struct arena *mem, const char *text);
char *arena_strndup(struct arena *mem, const char *text, size_t length);

/* Formatted text. Never used to build SQL, HTML, JSON or header lines (see tools/check-style). */
char *arena_printf(struct arena *mem, const char *format, ...)
	__attribute__((format(printf, 2, 3), returns_nonnull));
char *arena_vprintf(struct arena *mem, const char *format, va_list args)
	__attribute__((format(printf, 2, 0), returns_nonnull));

/* Calls `hook(arg)` when the arena is reset or freed: statements, files, library objects. */
void arena_defer(struct arena *mem, void (*hook)(void *arg), void *arg);

/* Bytes handed out since the arena was new or reset. */
size_t arena_used(const struct arena *mem);

#endif
