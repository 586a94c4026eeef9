#ifndef DB_DB_DRIVER_H
#define DB_DB_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"

/*
 * Private to src/db: what a database driver gives, and the connection that
 * db.c, the reader pool and the writer share. Callers hold a struct db only
 * through db/db.h.
 */

/* What came of a statement; the more serious, the higher. */
enum db_outcome {
	DB_OK,
	DB_ROW,       /* a row is there */
	DB_END,       /* no more rows */
	DB_DUPLICATE, /* a unique key is broken */
	DB_FAILED,    /* the statement is at fault: a defect */
	DB_STORAGE,   /* the disk is full or failing: the transaction is lost, later ones may pass */
	DB_RETRY,     /* 40001, 40P01, a lock held too long: the same transaction may pass when run again */
	DB_LOST       /* no connection any more */
};

static inline bool db_outcome_good(enum db_outcome outcome)
{
	return outcome <= DB_END;
}

enum { DB_PROBLEM_MAX = 240, DB_BUCKETS = 256, DB_CACHE_MAX = 1024, DB_ARGS_MAX = 1000 };

/* A prepared statement; drivers put their own part behind it. */
struct db_statement {
	struct db_statement *chain;         /* in the bucket */
	struct db_statement *older, *newer; /* among the open ones */
	char *sql;                          /* own copy, as the caller wrote it */
	size_t length;
	uint64_t hash;
	uint64_t use; /* counts its runs, so that stale rows are known */
	bool busy;
	bool writes;
};

struct db_driver {
	const char *kind;
	/* Whether a failed statement spoils the transaction until a savepoint is rolled back. */
	bool poisons;
	/* BEGIN of a schema step, with other nodes kept out and what they did visible. */
	const char *begin_steps;

	/* The statement by malloc, its first part zeroed; NULL with the outcome. */
	struct db_statement *(*prepare)(struct db *db, const char *sql, size_t length,
					enum db_outcome *outcome);
	/* `connected`: the server is still to be told. */
	void (*finalize)(struct db *db, struct db_statement *statement, bool connected);

	/* Runs to the end, rows are dropped; `changed` may be NULL. */
	enum db_outcome (*exec)(struct db *db, struct db_statement *statement, struct db_args args,
				int64_t *changed);
	enum db_outcome (*exec_many)(struct db *db, struct db_statement *statement,
				     const struct db_value *values, size_t rows, size_t columns);

	/* As exec, but DB_DUPLICATE leaves the transaction usable. */
	enum db_outcome (*insert)(struct db *db, struct db_statement *statement, struct db_args args);

	/* Rows: start, then step until it is not DB_ROW, then reset (always). */
	enum db_outcome (*start)(struct db *db, struct db_statement *statement, struct db_args args);
	enum db_outcome (*step)(struct db *db, struct db_statement *statement);
	void (*reset)(struct db *db, struct db_statement *statement);
	int64_t (*column_int)(struct db_statement *statement, int column);
	/* `length` may be NULL. */
	const char *(*column_text)(struct db_statement *statement, int column, size_t *length);
	bool (*column_null)(struct db_statement *statement, int column);
	int (*column_count)(struct db_statement *statement);

	/* A statement without arguments and rows: BEGIN, SAVEPOINT, a migration's. */
	enum db_outcome (*run)(struct db *db, const char *sql);

	/* BEGIN of the writer's transaction or of the reader's snapshot. */
	enum db_outcome (*begin)(struct db *db);

	/* Releases the action's savepoint and sets it anew. */
	enum db_outcome (*next_savepoint)(struct db *db);

	/*
	 * COMMIT. When the connection breaks meanwhile the result is DB_LOST, and
	 * `committed` tells after a reconnect what became of it.
	 */
	enum db_outcome (*commit)(struct db *db, bool wrote);
	enum db_outcome (*committed)(struct db *db, bool *yes);

	/* Opens the connection again; the statements are gone. */
	enum db_outcome (*reconnect)(struct db *db);
	void (*close)(struct db *db);
};

struct db {
	const struct db_driver *driver;
	struct db_statement *buckets[DB_BUCKETS];
	struct db_statement *open; /* busy ones, newest first */
	size_t cached;
	void *batch;
	enum db_outcome worst; /* since db_begin or db_action_begin */
	int slot;              /* among the store's readers */
	bool writer;           /* the writer's connection */
	bool begun;            /* in a transaction */
	bool action;           /* the writer runs an action in it */
	bool savepoint;        /* an action's savepoint is set */
	bool stale;            /* it stands before writes that are kept */
	bool wrote;            /* the action wrote something */
	bool unguarded;        /* append-only tables may be changed: migrations */
	char problem[DB_PROBLEM_MAX]; /* what the library said of the last failure */
};

enum db_role { DB_ROLE_READER, DB_ROLE_WRITER };

/* Connections; NULL with an error. `max_pages` is for tests of a full disk, 0 otherwise. */
struct db *sqlite_open(const char *path, enum db_role role, int64_t max_pages, struct error *err);
struct db *postgres_open(const char *url, enum db_role role, struct error *err);

/* A consistent copy of the SQLite file `from`, made while it is in use. */
bool sqlite_backup(const char *from, const char *to, struct error *err);

/* Moves the log of the SQLite file into it while the writer goes on; see sqlite_checkpoint.c. Stop it after the writer. */
struct checkpointer;
struct checkpointer *checkpointer_start(const char *path, struct db *writer, struct error *err);
void checkpointer_stop(struct checkpointer *checkpointer);

/* For drivers: runs the text as a cached prepared statement. */
enum db_outcome db_run_cached(struct db *db, const char *sql);

/* For drivers: keeps the library's words for the error's trace and returns the outcome. */
enum db_outcome db_problem(struct db *db, enum db_outcome outcome, const char *words);

/* Fills the error for an outcome that is not good; returns false. */
bool db_report(struct db *db, enum db_outcome outcome, const char *sql, struct error *err);

/*
 * Transactions. db_begin of a reader waits with the real BEGIN until the first
 * statement. db_action_* frame one action in the writer's transaction;
 * db_action_end(keep false) takes back what it wrote. All forget open rows.
 */
enum db_outcome db_begin(struct db *db);
enum db_outcome db_commit(struct db *db, bool wrote);
void db_rollback(struct db *db);
void db_action_begin(struct db *db);
enum db_outcome db_action_end(struct db *db, bool keep);

/* Before a statement: the reader's BEGIN; the action's savepoint. For db.c. */
enum db_outcome db_ready(struct db *db);
enum db_outcome db_ready_for(struct db *db, struct db_statement *statement);

/* The prepared statement for the text, taken until its release; NULL with the outcome. */
struct db_statement *db_acquire(struct db *db, const char *sql, enum db_outcome *outcome);
void db_release(struct db *db, struct db_statement *statement);

/* Closes rows that were left open. */
void db_close_rows(struct db *db);

/* Forgets all statements, after a lost connection or before closing. */
void db_forget_statements(struct db *db);

enum db_outcome db_reconnect(struct db *db);
void db_close(struct db *db);

/*
 * What a statement does, from its text: whether it writes, and the append-only
 * table it would change (NULL: none). Tables of the event log accept INSERT
 * alone, as Fossil's db_protect has it; only their owner room's SQL names
 * them, and this catches a mistake there.
 */
struct db_scan {
	bool writes;
	const char *protected_table;
};
struct db_scan db_scan(const char *sql);

#endif
