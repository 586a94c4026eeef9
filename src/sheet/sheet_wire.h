#ifndef SHEET_WIRE_H
#define SHEET_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "sheet/sheet.h"

struct buf;

/*
 * What the child tells the parent: { "rows": [[line, "tText", "n12.5", ""], ...] }
 * or { "error": "sheet_unreadable" }. The parent trusts none of it.
 */
enum { WIRE_MAX = 24 << 20 };

bool wire_write(struct buf *out, const struct sheet *sheet);
bool wire_write_error(struct buf *out, const struct error *err);

/* `scratch` for what is read on the way, `mem` for the result. */
bool wire_read(struct arena *mem, struct arena *scratch, const char *text, size_t length, struct sheet *out,
	       struct error *err);

#endif
