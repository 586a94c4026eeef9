#ifndef BASE_ID_H
#define BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Ids: 63 bits, growing with time, unique across instances:
 * 41 bits of milliseconds since 2024-01-01 UTC, 10 bits of instance, 12 bits
 * of sequence. Strings in JSON. 0 is no id.
 */
typedef int64_t id;

/* Sets this process's instance number (0 to 1023) and the id to stay above; once, before the first id_next. */
void id_init(int instance, id above);

/* The next id; thread-safe; never repeats or goes back, even when the clock does. */
id id_next(int64_t now_ms);

/* No id that was made at or after this time is smaller. */
id id_floor(int64_t now_ms);

enum { ID_TEXT_MAX = 21 };
char *id_format(id value, char *out);
bool id_parse(const char *text, id *out);

#endif
