#ifndef DB_STORE_INTERNAL_H
#define DB_STORE_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "db/store.h"
#include "db/writer.h"

struct checkpointer;
struct db;
struct migration;

/* Private to src/db and its tests: what store.c and writer.c share. */

struct reader {
	atomic_bool busy;
	struct db *db; /* NULL until first used; touched by who holds `busy` */
};

struct writer {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool running;
	/* Changed under the lock: */
	struct write_job *first, *last;
	atomic_int queued;
	bool stopping;
	/* Set before the first job, then constant: */
	struct writer_batch batch;
	bool has_batch;
	/* Changed and called under its own lock, so that the hook may submit. */
	pthread_mutex_t hook_lock;
	void (*committed)(void *arg);
	void *committed_arg;
};

struct store {
	char *url;
	const char *path; /* of SQLite; within url */
	bool is_sqlite;
	int reader_count, batch_max, queue_max;
	int64_t max_pages;

	struct reader *readers;
	pthread_mutex_t wait_lock;
	pthread_cond_t wait;
	atomic_int waiting, readers_busy;

	struct db *db; /* the writer's connection */
	struct writer writer;
	struct checkpointer *checkpointer;
	atomic_uint_fast64_t commits, actions, reruns, failures, commit_us;
};

/* For tests: schema steps of their own, and a size at which the disk is full. */
struct store *store_open_with(const struct store_options *options, bool migrate, const struct migration *steps,
			      size_t step_count, int64_t max_pages, struct error *err);

void writer_start(struct store *store);
void writer_stop(struct store *store);

#endif
