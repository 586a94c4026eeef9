#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "child/child.h"
#include "sheet/sheet.h"
#include "sheet/sheet_wire.h"

/* The parent's side of sheet_read: this program again, with the file on 0. */
enum { PATIENCE_MS = 20000, SCRATCH_MAX = 192 << 20 };

static bool read_by_child(struct arena *mem, struct arena *scratch, int file, struct sheet *out, struct error *err)
{
	static const char *const arguments[] = { "/proc/self/exe", SHEET_CHILD_COMMAND, NULL };
	const struct child_job job = {
		.program = arguments[0],
		.arguments = arguments,
		.input = file,
		.patience_ms = PATIENCE_MS,
	};
	enum child_end end;
	struct buf said;

	buf_init(&said, scratch, WIRE_MAX);
	if (!child_run(&job, &said, &end, err) || end == CHILD_FAILED)
		return false;
	if (end == CHILD_DONE)
		return wire_read(mem, scratch, said.data, said.length, out, err);
	return error_set(err, ERR_sheet_unreadable, NULL, NULL);
}

bool sheet_read(struct arena *mem, const char *path, struct sheet *out, struct error *err)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct arena *scratch;
	bool ok;

	if (file < 0)
		return error_internal(err, "sheet: open of an upload: %s", strerrordesc_np(errno));
	scratch = arena_new(SCRATCH_MAX);
	ok = read_by_child(mem, scratch, file, out, err);
	arena_free(scratch);
	close(file);
	return ok;
}
