#ifndef BASE_ROWS_H
#define BASE_ROWS_H

#include <stddef.h>
#include <string.h>

#include "base/arena.h"

/*
 * Room for one row more in an array that doubles; what it left stays in the
 * arena, whose maximum bounds it. Start with NULL and a room of 0.
 */
static inline void *rows_grown(struct arena *mem, void *rows, size_t count, size_t *room, size_t size)
{
	void *larger;

	if (count < *room)
		return rows;
	*room = *room ? *room * 2 : 32;
	larger = arena_array(mem, *room, size);
	if (count)
		memcpy(larger, rows, count * size);
	return larger;
}

#endif
