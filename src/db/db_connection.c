#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "db/db_driver.h"

/* What connections of both databases have in common: prepared statements and the frame of transactions. */

enum db_outcome db_problem(struct db *db, enum db_outcome outcome, const char *words)
{
	size_t length;

	snprintf(db->problem, sizeof(db->problem), "%s", words ? words : "");
	length = strlen(db->problem);
	while (length > 0 && db->problem[length - 1] == '\n')
		db->problem[--length] = '\0';
	return outcome;
}

bool db_report(struct db *db, enum db_outcome outcome, const char *sql, struct error *err)
{
	bool first = err->code == ERR_none;

	if (outcome <= DB_FAILED)
		return error_internal(err, "%s: %.120s", db->problem, sql);
	error_set(err, ERR_unavailable, NULL, NULL);
	if (first)
		snprintf(err->trace, sizeof(err->trace), "%s", db->problem);
	return false;
}

static uint64_t hash_text(const char *text, size_t length)
{
	const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t hash = length * factor, word;

	for (; length >= sizeof(word); text += sizeof(word), length -= sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		hash = (hash ^ word) * factor;
		hash ^= hash >> 29;
	}
	word = 0;
	memcpy(&word, text, length);
	hash = (hash ^ word) * factor;
	return hash ^ hash >> 32;
}

static void take(struct db *db, struct db_statement *statement)
{
	statement->busy = true;
	statement->use++;
	statement->newer = NULL;
	statement->older = db->open;
	if (db->open)
		db->open->newer = statement;
	db->open = statement;
}

void db_release(struct db *db, struct db_statement *statement)
{
	db->driver->reset(db, statement);
	if (statement->older)
		statement->older->newer = statement->newer;
	if (statement->newer)
		statement->newer->older = statement->older;
	else
		db->open = statement->older;
	statement->busy = false;
}

void db_close_rows(struct db *db)
{
	while (db->open)
		db_release(db, db->open);
}

/* Drops the statements that are not open. */
static void forget_idle(struct db *db, bool connected)
{
	for (size_t i = 0; i < DB_BUCKETS; i++) {
		struct db_statement **link = &db->buckets[i];

		while (*link) {
			struct db_statement *statement = *link;

			if (statement->busy) {
				link = &statement->chain;
				continue;
			}
			*link = statement->chain;
			free(statement->sql);
			db->driver->finalize(db, statement, connected);
			db->cached--;
		}
	}
}

void db_forget_statements(struct db *db)
{
	db_close_rows(db);
	forget_idle(db, false);
}

static bool refused(struct db *db, const struct db_scan *scan, enum db_outcome *outcome)
{
	if (scan->writes && !db->writer)
		*outcome = db_problem(db, DB_FAILED, "a write through a reader");
	else if (scan->protected_table && !db->unguarded)
		*outcome = db_problem(db, DB_FAILED, "rows of this table are never changed");
	else
		return false;
	return true;
}

struct db_statement *db_acquire(struct db *db, const char *sql, enum db_outcome *outcome)
{
	size_t length = strlen(sql);
	uint64_t hash = hash_text(sql, length);
	struct db_statement **bucket = &db->buckets[hash % DB_BUCKETS], *statement;
	struct db_scan scan;

	*outcome = DB_OK;
	for (statement = *bucket; statement; statement = statement->chain) {
		if (statement->hash == hash && statement->length == length && !statement->busy &&
		    memcmp(statement->sql, sql, length) == 0) {
			take(db, statement);
			return statement;
		}
	}
	scan = db_scan(sql);
	if (refused(db, &scan, outcome))
		return NULL;
	if (db->cached >= DB_CACHE_MAX)
		forget_idle(db, true);
	statement = db->driver->prepare(db, sql, length, outcome);
	if (!statement)
		return NULL;
	statement->sql = strdup(sql);
	if (!statement->sql)
		die("out of memory");
	statement->length = length;
	statement->hash = hash;
	statement->writes = scan.writes;
	statement->chain = *bucket;
	*bucket = statement;
	db->cached++;
	take(db, statement);
	return statement;
}

enum db_outcome db_run_cached(struct db *db, const char *sql)
{
	enum db_outcome outcome;
	struct db_statement *statement = db_acquire(db, sql, &outcome);

	if (!statement)
		return outcome;
	outcome = db->driver->exec(db, statement, DB_NONE, NULL);
	db_release(db, statement);
	return outcome;
}

enum db_outcome db_reconnect(struct db *db)
{
	db_forget_statements(db);
	db->begun = db->action = db->savepoint = db->stale = db->wrote = false;
	return db->driver->reconnect(db);
}

/* The savepoint of the action that runs: set, and set behind what is kept. */
static enum db_outcome ensure_savepoint(struct db *db)
{
	enum db_outcome outcome = DB_OK;

	if (!db->savepoint)
		outcome = db->driver->run(db, "SAVEPOINT action");
	else if (db->stale)
		outcome = db->driver->next_savepoint(db);
	if (!db_outcome_good(outcome))
		return outcome;
	db->savepoint = true;
	db->stale = false;
	return DB_OK;
}

static enum db_outcome begin_reading(struct db *db)
{
	enum db_outcome outcome = db->driver->begin(db);

	if (outcome == DB_LOST) {
		/* The server was restarted since this connection was last used; nothing is lost by trying again. */
		outcome = db_reconnect(db);
		if (db_outcome_good(outcome))
			outcome = db->driver->begin(db);
	}
	db->begun = db_outcome_good(outcome);
	return outcome;
}

/* Where a failed statement spoils the transaction the savepoint comes before everything, even preparing. */
enum db_outcome db_ready(struct db *db)
{
	if (!db->writer)
		return db->begun ? DB_OK : begin_reading(db);
	if (!db->action)
		return db_problem(db, DB_FAILED, "a statement outside an action");
	return db->driver->poisons ? ensure_savepoint(db) : DB_OK;
}

/* Elsewhere it comes before the first write: an action that fails earlier costs nothing. */
enum db_outcome db_ready_for(struct db *db, struct db_statement *statement)
{
	enum db_outcome outcome;

	if (!statement->writes)
		return DB_OK;
	outcome = db->driver->poisons ? DB_OK : ensure_savepoint(db);
	if (db_outcome_good(outcome))
		db->wrote = true;
	return outcome;
}

enum db_outcome db_begin(struct db *db)
{
	enum db_outcome outcome = DB_OK;

	db->worst = DB_OK;
	db->action = db->savepoint = db->stale = db->wrote = false;
	if (db->writer) {
		outcome = db->driver->begin(db);
		db->begun = db_outcome_good(outcome);
	}
	return outcome;
}

enum db_outcome db_commit(struct db *db, bool wrote)
{
	enum db_outcome outcome = DB_OK;

	db_close_rows(db);
	if (db->begun)
		outcome = db->driver->commit(db, wrote);
	if (db_outcome_good(outcome))
		db->begun = db->savepoint = db->stale = false;
	return outcome;
}

void db_rollback(struct db *db)
{
	db_close_rows(db);
	if (db->begun)
		db->driver->run(db, "ROLLBACK");
	db->begun = db->action = db->savepoint = db->stale = db->wrote = false;
}

void db_action_begin(struct db *db)
{
	db->worst = DB_OK;
	db->action = true;
	db->wrote = false;
}

enum db_outcome db_action_end(struct db *db, bool keep)
{
	enum db_outcome outcome = DB_OK;

	db_close_rows(db);
	db->action = false;
	if (db->worst >= DB_STORAGE)
		return db->worst;
	if (keep) {
		db->stale |= db->wrote && db->savepoint;
	} else if (db->savepoint && !db->stale && (db->wrote || db->worst > DB_END)) {
		/* It stays set behind this, for the next action. */
		outcome = db->driver->run(db, "ROLLBACK TO SAVEPOINT action");
	}
	return outcome;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db_forget_statements(db);
	db->driver->close(db);
}
