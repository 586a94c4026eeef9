/* Contents that nobody links any more leave the disk: their row goes with the link, their bytes after that commit. */
#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "db/lease.h"
#include "db/store.h"
#include "db/writer.h"
#include "file/file.h"
#include "file/file_folder.h"
#include "file/file_store.h"

/* Longer than a batch takes; short, so that the node that comes after a crash need not wait long. */
enum { LEASE_MS = 15000 };

/* "g" follows every hexadecimal digit. */
#define FIRST ""
#define BEHIND_LAST "g"

/* Process-wide: set once at start, before the first thread. */
static const file_linked *linked_by;

void file_linked_set(const file_linked rooms[])
{
	linked_by = rooms;
}

bool file_release(struct call *c, const char *sha256)
{
	for (size_t i = 0; linked_by && linked_by[i]; i++) {
		bool linked;

		if (!linked_by[i](c, sha256, &linked))
			return false;
		if (linked)
			return true;
	}
	return store_file_delete(c, sha256) && store_release_insert(c, sha256);
}

struct removal {
	const char *sha256[FILE_RELEASED_MAX];
	size_t count;
	bool held;
};

static bool take_act(struct call *c, void *arg)
{
	struct removal *removal = arg;

	return lease_take(c, "file_removal", LEASE_MS, &removal->held) &&
	       (!removal->held || store_released(c, FIRST, BEHIND_LAST, removal->sha256, &removal->count));
}

static bool settle_act(struct call *c, void *arg)
{
	const struct removal *removal = arg;

	for (size_t i = 0; i < removal->count; i++)
		if (!store_release_delete(c, removal->sha256[i]))
			return false;
	return true;
}

/* Asked in a snapshot first: nearly always there is nothing, and a write would be a commit. */
static bool anything(struct store *store, struct call *c, bool *out)
{
	struct removal removal = { .count = 0 };
	bool ok;

	if (!store_read(store, c))
		return false;
	ok = store_released(c, FIRST, BEHIND_LAST, removal.sha256, &removal.count);
	store_release(store, c);
	*out = removal.count > 0;
	return ok;
}

static bool remove_all(struct store *store, struct call *c)
{
	struct removal removal = { .count = 0 };
	bool some;

	if (!anything(store, c, &some) || !some)
		return c->err->code == ERR_none;
	if (!writer_run(store, c, take_act, &removal))
		return false;
	for (size_t i = 0; i < removal.count; i++)
		if (!folder_remove(removal.sha256[i], c->err))
			return false;
	if (!removal.count)
		return true;
	LOG(LOG_INFO, "files_removed", LOG_INT("count", (int64_t)removal.count));
	return writer_run(store, c, settle_act, &removal);
}

bool file_remove_released(struct store *store, instant now, struct error *err)
{
	struct arena *mem = arena_new(0);
	struct call c = { .mem = mem, .now = now, .err = err };
	bool ok = remove_all(store, &c);

	arena_free(mem);
	return ok;
}
