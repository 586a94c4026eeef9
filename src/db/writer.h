#ifndef DB_WRITER_H
#define DB_WRITER_H

#include <stdbool.h>

#include "db/call.h"

struct db;
struct store;

/*
 * Writing. One thread takes all waiting actions, runs each in a savepoint of
 * one transaction, commits once (on SQLite with synchronous=FULL), then
 * answers all of them: many answers per fsync. An action that returns false is
 * rolled back alone. When the transaction itself fails in a way that can pass
 * (40001, 40P01, a lost connection), the whole batch is run again.
 */
typedef bool (*write_action)(struct call *c, void *arg);

struct write_job {
	write_action act;
	void *arg;
	struct call *call;                           /* used by the writer thread until `done` */
	void (*done)(struct write_job *job, bool ok); /* on the writer thread, after the commit */
	void (*again)(struct write_job *job);         /* before a rerun: forget what the first run left; may be NULL */
	struct write_job *next;                      /* the writer's */
};

/* Queues the job; false (error `unavailable`) when the queue is full: `done` is not called then. */
bool writer_submit(struct store *store, struct write_job *job);

/* Runs an action and waits for its commit: command line, background jobs, tests. */
bool writer_run(struct store *store, struct call *c, write_action act, void *arg);

/*
 * What a room gathers over a batch and writes once, before the commit (the
 * roll-up's differences). `open` makes the batch's own object (db_batch gives
 * it to actions); `keep` or `drop` follow every action, `flush` writes.
 */
struct writer_batch {
	void *(*open)(void);
	void (*keep)(void *batch);
	void (*drop)(void *batch);
	bool (*flush)(struct call *c, void *batch);
	void (*close)(void *batch);
};
void writer_batch_set(struct store *store, const struct writer_batch *batch);

/* Called on the writer thread after each commit that wrote something: wakes the live stream. */
void writer_committed_set(struct store *store, void (*committed)(void *arg), void *arg);

#endif
