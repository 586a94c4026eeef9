#ifndef UNIT_UNIT_DIRECTORY_H
#define UNIT_UNIT_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "unit/unit.h"

/*
 * All units in memory, for screens that name many of them: an immutable
 * snapshot of one generation, shared by all threads, replaced when a reader
 * meets another generation. Process-wide.
 */
struct directory;

/* The directory of the call's own snapshot; give it back with directory_release. Only for readers. */
bool directory_of(struct call *c, struct directory **out);
void directory_release(struct directory *directory);

/* NULL when there is no such unit. Valid until the release. */
const struct unit *directory_find(const struct directory *directory, id unit_id);

#endif
