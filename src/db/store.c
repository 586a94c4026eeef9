#include "db/store.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db_driver.h"
#include "db/migrate.h"
#include "db/store_internal.h"

enum { READERS = 8, BATCH = 256, QUEUE = 8192, READER_WAIT_MS = 10000 };

static struct db *connect(const struct store *store, enum db_role role, struct error *err)
{
	if (store->is_sqlite)
		return sqlite_open(store->path, role, store->max_pages, err);
	return postgres_open(store->url, role, err);
}

static struct store *store_new(const struct store_options *options, int64_t max_pages)
{
	struct store *store = calloc(1, sizeof(*store));

	if (!store)
		die("out of memory");
	store->reader_count = options->readers > 0 ? options->readers : READERS;
	store->batch_max = options->batch_max > 0 ? options->batch_max : BATCH;
	store->queue_max = options->queue_max > 0 ? options->queue_max : QUEUE;
	store->max_pages = max_pages;
	store->url = strdup(options->url);
	store->readers = calloc((size_t)store->reader_count, sizeof(*store->readers));
	if (!store->url || !store->readers)
		die("out of memory");
	store->is_sqlite = text_starts(store->url, "sqlite:");
	store->path = store->url + strlen("sqlite:");
	pthread_mutex_init(&store->wait_lock, NULL);
	pthread_cond_init(&store->wait, NULL);
	return store;
}

static bool url_valid(const char *url)
{
	if (!url)
		return false;
	if (text_starts(url, "sqlite:"))
		return url[strlen("sqlite:")] != '\0';
	return text_starts(url, "postgres://") || text_starts(url, "postgresql://");
}

struct store *store_open_with(const struct store_options *options, bool migrate, const struct migration *steps,
			      size_t step_count, int64_t max_pages, struct error *err)
{
	struct store *store;
	struct arena *mem;
	bool ok = false;

	if (!url_valid(options->url)) {
		error_set(err, ERR_store_url_invalid, NULL, NULL);
		return NULL;
	}
	store = store_new(options, max_pages);
	mem = arena_new(0);
	store->db = connect(store, DB_ROLE_WRITER, err);
	if (store->db)
		ok = migrate_run(store->db, mem, steps, step_count, migrate, err);
	arena_free(mem);
	if (ok && store->is_sqlite) {
		store->checkpointer = checkpointer_start(store->path, store->db, err);
		ok = store->checkpointer != NULL;
	}
	if (ok) {
		writer_start(store);
		return store;
	}
	store_close(store);
	return NULL;
}

struct store *store_open(const struct store_options *options, bool migrate, struct error *err)
{
	struct arena *mem = arena_new(0);
	struct migration *steps;
	struct store *store = NULL;
	size_t count;

	if (migrate_list(mem, &steps, &count, err))
		store = store_open_with(options, migrate, steps, count, 0, err);
	arena_free(mem);
	return store;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	writer_stop(store);
	checkpointer_stop(store->checkpointer);
	for (int i = 0; i < store->reader_count; i++) {
		if (atomic_load(&store->readers[i].busy))
			die("a store is closed while it is read");
		db_close(store->readers[i].db);
	}
	db_close(store->db);
	pthread_cond_destroy(&store->wait);
	pthread_mutex_destroy(&store->wait_lock);
	free(store->readers);
	free(store->url);
	free(store);
}

const char *store_kind(const struct store *store)
{
	return store->is_sqlite ? "sqlite" : "postgres";
}

/*
 * Each thread comes back to the reader it had last: its page and statement
 * caches are warm and no lock is shared. A hint only; any free one will do.
 */
static struct reader *try_take(struct store *store)
{
	static _Thread_local int hint;

	for (int i = 0; i < store->reader_count; i++) {
		int at = (hint + i) % store->reader_count;
		bool free_one = false;

		if (atomic_compare_exchange_strong(&store->readers[at].busy, &free_one, true)) {
			hint = at;
			return &store->readers[at];
		}
	}
	return NULL;
}

/* A waiter counts itself before it looks again, a releaser looks for waiters after it freed: none is missed. */
static struct reader *wait_take(struct store *store)
{
	struct timespec until;
	struct reader *reader;
	int failed = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += READER_WAIT_MS / 1000;
	pthread_mutex_lock(&store->wait_lock);
	atomic_fetch_add(&store->waiting, 1);
	while (!(reader = try_take(store)) && failed == 0)
		failed = pthread_cond_timedwait(&store->wait, &store->wait_lock, &until);
	atomic_fetch_sub(&store->waiting, 1);
	pthread_mutex_unlock(&store->wait_lock);
	return reader;
}

static void give_back(struct store *store, struct reader *reader)
{
	atomic_fetch_sub(&store->readers_busy, 1);
	atomic_store(&reader->busy, false);
	if (atomic_load(&store->waiting) > 0) {
		pthread_mutex_lock(&store->wait_lock);
		pthread_cond_signal(&store->wait);
		pthread_mutex_unlock(&store->wait_lock);
	}
}

bool store_read(struct store *store, struct call *c)
{
	struct reader *reader = try_take(store);

	if (c->db)
		die("a call reads twice at once");
	if (!reader)
		reader = wait_take(store);
	if (!reader)
		return error_set(c->err, ERR_unavailable, NULL, NULL);
	atomic_fetch_add(&store->readers_busy, 1);
	if (!reader->db)
		reader->db = connect(store, DB_ROLE_READER, c->err);
	if (!reader->db) {
		give_back(store, reader);
		return false;
	}
	reader->db->slot = (int)(reader - store->readers);
	db_begin(reader->db);
	c->db = reader->db;
	return true;
}

void store_release(struct store *store, struct call *c)
{
	struct db *db = c->db;

	c->db = NULL;
	if (!db)
		return;
	/* A reader that failed gets a new connection at its next statement if this one is gone. */
	if (db->worst > DB_END || !db_outcome_good(db_commit(db, false)))
		db_rollback(db);
	give_back(store, &store->readers[db->slot]);
}

uint64_t store_commits(const struct store *store)
{
	return atomic_load(&store->commits);
}

void store_figures(const struct store *store, struct store_figures *out)
{
	out->queued = (uint64_t)atomic_load(&store->writer.queued);
	out->commits = atomic_load(&store->commits);
	out->actions = atomic_load(&store->actions);
	out->reruns = atomic_load(&store->reruns);
	out->failures = atomic_load(&store->failures);
	out->commit_us_total = atomic_load(&store->commit_us);
	out->readers_busy = (uint64_t)atomic_load(&store->readers_busy);
}

bool store_backup(struct store *store, const char *path, struct error *err)
{
	if (!store->is_sqlite)
		return error_set(err, ERR_backup_use_pg_dump, NULL, NULL);
	return sqlite_backup(store->path, path, err);
}
