#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "child/child.h"
#include "sheet/sheet.h"
#include "sheet/sheet_wire.h"

/* The child's side of sheet_read. */
enum { SHEET_ARENA = 128 << 20, STARTED_WRONG = 3, TOLD_NOTHING = 4 };

static const struct child_limits limits = { .cpu_seconds = 10, .memory = (size_t)512 << 20 };

static int answer(void)
{
	struct error err = { .code = ERR_none };
	struct arena *mem;
	struct buf in, out;
	struct sheet sheet;

	if (!child_give_up(&limits))
		return STARTED_WRONG;
	mem = arena_new(SHEET_ARENA);
	buf_init(&in, mem, SHEET_FILE_MAX + 1);
	buf_init(&out, mem, WIRE_MAX);
	if (!child_read_input(&in))
		error_set(&err, ERR_sheet_too_large, NULL, NULL);
	else if (sheet_read_bytes(mem, in.data, in.length, &sheet, &err) && !wire_write(&out, &sheet))
		error_set(&err, ERR_sheet_too_large, NULL, NULL);
	if (err.code != ERR_none) {
		buf_clear(&out);
		wire_write_error(&out, &err);
	}
	if (!child_write(out.data, out.length))
		return TOLD_NOTHING;
	arena_free(mem);
	return 0;
}

void sheet_child_run(void)
{
	/* Without exit's handlers: they are of libraries that may want what was given up. */
	_exit(answer());
}
