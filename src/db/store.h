#ifndef DB_STORE_H
#define DB_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/call.h"

/*
 * The store: a database with its readers and its one writer. SQLite
 * (`sqlite:/path/theodoi.db`) or PostgreSQL (`postgres://...`, as libpq reads
 * it). Times and counts are for /metrics.
 */
struct store;

struct store_options {
	const char *url;
	int readers;          /* connections for reading, at most; 0 means 8 */
	int batch_max;        /* actions in one commit; 0 means 256 */
	int queue_max;        /* actions waiting; more answer `unavailable`; 0 means 8192 */
};

/* Opens and, when `migrate`, brings the schema to the newest step. NULL with an error when it cannot. */
struct store *store_open(const struct store_options *options, bool migrate, struct error *err);

/* Waits for the writer to finish what is queued, then closes. */
void store_close(struct store *store);

/* "sqlite" or "postgres". */
const char *store_kind(const struct store *store);

/*
 * A snapshot for reading: sets c->db. Waits for a free connection; false with
 * `unavailable` after 10 s. Every store_read is paired with a store_release.
 */
bool store_read(struct store *store, struct call *c);
void store_release(struct store *store, struct call *c);

/* Grows with each commit this process has seen; equal values mean nothing was written between (by this node). */
uint64_t store_commits(const struct store *store);

struct store_figures {
	uint64_t commits, actions, reruns, failures;
	uint64_t queued;          /* waiting now */
	uint64_t commit_us_total; /* microseconds spent in COMMIT */
	uint64_t readers_busy;
};
void store_figures(const struct store *store, struct store_figures *out);

/* A consistent copy while the store is in use (SQLite: a file at `path`). */
bool store_backup(struct store *store, const char *path, struct error *err);

#endif
