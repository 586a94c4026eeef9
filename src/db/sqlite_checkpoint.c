#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/log.h"
#include "db/db_driver.h"
#include "db/sqlite_handle.h"

/*
 * The log of SQLite's WAL mode is moved into the database by a thread of its
 * own, beside the writer, so that no commit waits for it. The log can start
 * anew only when all of it has been moved, which under unbroken load never
 * is: past SOFT pages the writer moves the last bit itself between two
 * commits, past HARD pages it waits for the readers, too.
 */
enum { START_PAGES = 1000, SOFT_PAGES = 16 * 1024, HARD_PAGES = 64 * 1024, HARD_WAIT_MS = 500 };

struct checkpointer {
	sqlite3 *handle;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool wanted, stopping;
	int moved; /* pages of the log at the last move */
};

static void *run(void *arg)
{
	struct checkpointer *own = arg;

	pthread_mutex_lock(&own->lock);
	for (;;) {
		int pages = 0, moved = 0;

		while (!own->wanted && !own->stopping)
			pthread_cond_wait(&own->wake, &own->lock);
		if (own->stopping)
			break;
		own->wanted = false;
		pthread_mutex_unlock(&own->lock);
		sqlite3_wal_checkpoint_v2(own->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
		pthread_mutex_lock(&own->lock);
		own->moved = moved > 0 ? moved : 0;
	}
	pthread_mutex_unlock(&own->lock);
	return NULL;
}

/* On the writer's thread after each commit, with the pages now in the log. */
static int after_commit(void *arg, sqlite3 *writer, const char *schema, int pages)
{
	struct checkpointer *own = arg;

	if (pages >= HARD_PAGES) {
		sqlite3_busy_timeout(writer, HARD_WAIT_MS);
		sqlite3_wal_checkpoint_v2(writer, schema, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
		sqlite3_busy_timeout(writer, SQLITE_WAIT_MS);
	} else if (pages >= SOFT_PAGES) {
		sqlite3_wal_checkpoint_v2(writer, schema, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	}
	pthread_mutex_lock(&own->lock);
	if (pages < own->moved)
		own->moved = 0;
	if (pages - own->moved >= START_PAGES) {
		own->wanted = true;
		pthread_cond_signal(&own->wake);
	}
	pthread_mutex_unlock(&own->lock);
	return SQLITE_OK;
}

struct checkpointer *checkpointer_start(const char *path, struct db *writer, struct error *err)
{
	struct checkpointer *own = calloc(1, sizeof(*own));

	if (!own)
		die("out of memory");
	if (sqlite3_open_v2(path, &own->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
	    sqlite3_exec(own->handle, "PRAGMA synchronous = FULL", NULL, NULL, NULL) != SQLITE_OK) {
		error_internal(err, "%s: %s", path, sqlite3_errmsg(own->handle));
		sqlite3_close(own->handle);
		free(own);
		return NULL;
	}
	pthread_mutex_init(&own->lock, NULL);
	pthread_cond_init(&own->wake, NULL);
	if (pthread_create(&own->thread, NULL, run, own) != 0)
		die("no thread for the checkpoints");
	sqlite3_wal_hook(sqlite_handle(writer), after_commit, own);
	return own;
}

void checkpointer_stop(struct checkpointer *own)
{
	if (!own)
		return;
	pthread_mutex_lock(&own->lock);
	own->stopping = true;
	pthread_cond_signal(&own->wake);
	pthread_mutex_unlock(&own->lock);
	pthread_join(own->thread, NULL);
	sqlite3_close(own->handle);
	pthread_cond_destroy(&own->wake);
	pthread_mutex_destroy(&own->lock);
	free(own);
}
