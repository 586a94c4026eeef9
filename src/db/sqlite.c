#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/log.h"
#include "db/db_driver.h"
#include "db/sqlite_handle.h"

struct sqlite_db {
	struct db base;
	sqlite3 *handle;
	char *path;
	int64_t max_pages;
};

struct sqlite_statement {
	struct db_statement base;
	sqlite3_stmt *handle;
	int parameters;
};

sqlite3 *sqlite_handle(struct db *db)
{
	return ((struct sqlite_db *)db)->handle;
}

static sqlite3_stmt *stmt_of(struct db_statement *statement)
{
	return ((struct sqlite_statement *)statement)->handle;
}

static enum db_outcome classify(int code)
{
	switch (code) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return DB_DUPLICATE;
	}
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_DONE:
		return DB_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return DB_RETRY;
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
	case SQLITE_NOMEM:
		return DB_STORAGE;
	}
	return DB_FAILED;
}

static enum db_outcome problem(struct db *db)
{
	int code = sqlite3_extended_errcode(sqlite_handle(db));

	return db_problem(db, classify(code), sqlite3_errmsg(sqlite_handle(db)));
}

/* Past quoted text or a comment that begins here; NULL when none does. */
static char *skip_opaque(char *at)
{
	char *end;

	if (*at == '\'' || *at == '"') {
		end = strchr(at + 1, *at);
		return end ? end + 1 : at + strlen(at);
	}
	if (at[0] == '-' && at[1] == '-')
		return at + strcspn(at, "\n");
	if (at[0] == '/' && at[1] == '*') {
		end = strstr(at + 2, "*/");
		return end ? end + 2 : at + strlen(at);
	}
	return NULL;
}

/* $1 is a name to SQLite and numbered by its place; ?1 is the argument's number. */
static void number_parameters(char *sql)
{
	while (*sql) {
		char *behind = skip_opaque(sql);

		if (behind) {
			sql = behind;
			continue;
		}
		if (sql[0] == '$' && sql[1] >= '0' && sql[1] <= '9')
			*sql = '?';
		sql++;
	}
}

static struct db_statement *sqlite_prepare(struct db *db, const char *sql, size_t length,
					   enum db_outcome *outcome)
{
	struct sqlite_statement *statement = calloc(1, sizeof(*statement));
	char *numbered = strdup(sql);
	const char *tail = NULL;
	int code;

	if (!statement || !numbered)
		die("out of memory");
	number_parameters(numbered);
	code = sqlite3_prepare_v3(sqlite_handle(db), numbered, (int)length + 1, SQLITE_PREPARE_PERSISTENT,
				  &statement->handle, &tail);
	if (code != SQLITE_OK)
		*outcome = problem(db);
	else if (!statement->handle || tail[strspn(tail, " \t\r\n;")])
		*outcome = db_problem(db, DB_FAILED, "not one statement");
	free(numbered);
	if (!db_outcome_good(*outcome)) {
		sqlite3_finalize(statement->handle);
		free(statement);
		return NULL;
	}
	statement->parameters = sqlite3_bind_parameter_count(statement->handle);
	return &statement->base;
}

static void sqlite_finalize(struct db *db, struct db_statement *statement, bool connected)
{
	(void)db;
	(void)connected;
	sqlite3_finalize(stmt_of(statement));
	free(statement);
}

/* Texts are not copied: they live until the statement is reset. */
static enum db_outcome bind(struct db *db, struct db_statement *statement, const struct db_value *values,
			    size_t count)
{
	struct sqlite_statement *own = (struct sqlite_statement *)statement;
	int code = SQLITE_OK;

	if (count != (size_t)own->parameters)
		return db_problem(db, DB_FAILED, "the number of arguments is not that of the statement");
	for (int i = 0; i < own->parameters && code == SQLITE_OK; i++) {
		const struct db_value *value = &values[i];

		switch (value->type) {
		case DB_NULL:
			code = sqlite3_bind_null(own->handle, i + 1);
			break;
		case DB_INT:
			code = sqlite3_bind_int64(own->handle, i + 1, value->number);
			break;
		case DB_TEXT:
			code = sqlite3_bind_text64(own->handle, i + 1, value->text, value->length, SQLITE_STATIC,
						   SQLITE_UTF8);
			break;
		}
	}
	return code == SQLITE_OK ? DB_OK : problem(db);
}

static enum db_outcome sqlite_step(struct db *db, struct db_statement *statement)
{
	int code = sqlite3_step(stmt_of(statement));

	if (code == SQLITE_ROW)
		return DB_ROW;
	return code == SQLITE_DONE ? DB_END : problem(db);
}

static enum db_outcome run_bound(struct db *db, struct db_statement *statement)
{
	enum db_outcome outcome;

	do {
		outcome = sqlite_step(db, statement);
	} while (outcome == DB_ROW);
	sqlite3_reset(stmt_of(statement));
	return outcome;
}

static enum db_outcome sqlite_exec(struct db *db, struct db_statement *statement, struct db_args args,
				   int64_t *changed)
{
	enum db_outcome outcome = bind(db, statement, args.values, args.count);

	if (outcome == DB_OK)
		outcome = run_bound(db, statement);
	if (changed)
		*changed = outcome == DB_END && statement->writes ? sqlite3_changes64(sqlite_handle(db)) : 0;
	return outcome;
}

static enum db_outcome sqlite_exec_many(struct db *db, struct db_statement *statement,
					const struct db_value *values, size_t rows, size_t columns)
{
	enum db_outcome outcome = DB_OK;

	for (size_t row = 0; row < rows && db_outcome_good(outcome); row++) {
		outcome = bind(db, statement, values + row * columns, columns);
		if (outcome == DB_OK)
			outcome = run_bound(db, statement);
	}
	return outcome;
}

/* A broken constraint undoes its statement alone. */
static enum db_outcome sqlite_insert(struct db *db, struct db_statement *statement, struct db_args args)
{
	return sqlite_exec(db, statement, args, NULL);
}

static enum db_outcome sqlite_start(struct db *db, struct db_statement *statement, struct db_args args)
{
	return bind(db, statement, args.values, args.count);
}

static void sqlite_reset(struct db *db, struct db_statement *statement)
{
	(void)db;
	sqlite3_reset(stmt_of(statement));
}

static int64_t sqlite_column_int(struct db_statement *statement, int column)
{
	return sqlite3_column_int64(stmt_of(statement), column);
}

static const char *sqlite_column_text(struct db_statement *statement, int column, size_t *length)
{
	const char *text = (const char *)sqlite3_column_text(stmt_of(statement), column);

	if (length)
		*length = (size_t)sqlite3_column_bytes(stmt_of(statement), column);
	return text;
}

static bool sqlite_column_null(struct db_statement *statement, int column)
{
	return sqlite3_column_type(stmt_of(statement), column) == SQLITE_NULL;
}

static int sqlite_column_count(struct db_statement *statement)
{
	return sqlite3_column_count(stmt_of(statement));
}

static enum db_outcome sqlite_begin(struct db *db)
{
	return db_run_cached(db, db->writer ? "BEGIN IMMEDIATE" : "BEGIN");
}

static enum db_outcome sqlite_next_savepoint(struct db *db)
{
	enum db_outcome outcome = db_run_cached(db, "RELEASE SAVEPOINT action");

	return db_outcome_good(outcome) ? db_run_cached(db, "SAVEPOINT action") : outcome;
}

static enum db_outcome sqlite_commit(struct db *db, bool wrote)
{
	(void)wrote;
	return db_run_cached(db, "COMMIT");
}

static enum db_outcome sqlite_committed(struct db *db, bool *yes)
{
	(void)db;
	*yes = false;
	return DB_OK;
}

static void sqlite_close(struct db *db)
{
	struct sqlite_db *own = (struct sqlite_db *)db;

	sqlite3_close(own->handle);
	free(own->path);
	free(own);
}

/* Where several processes open a new file at once, the change to WAL may find it locked without waiting. */
static enum db_outcome set(struct sqlite_db *own, const char *pragma)
{
	enum { TRIES = 100, PAUSE_MS = 20 };
	int code = SQLITE_BUSY;

	for (int try = 0; try < TRIES && (code & 0xff) == SQLITE_BUSY; try++) {
		if (try > 0)
			sqlite3_sleep(PAUSE_MS);
		code = sqlite3_exec(own->handle, pragma, NULL, NULL, NULL);
	}
	return code == SQLITE_OK ? DB_OK : problem(&own->base);
}

static enum db_outcome set_all(struct sqlite_db *own, const char *const *pragmas)
{
	enum db_outcome outcome = DB_OK;

	for (; *pragmas && outcome == DB_OK; pragmas++)
		outcome = set(own, *pragmas);
	return outcome;
}

static enum db_outcome set_up(struct sqlite_db *own)
{
	static const char *const common[] = {
		"PRAGMA foreign_keys = ON", "PRAGMA temp_store = MEMORY", "PRAGMA mmap_size = 0",
		/* As PostgreSQL compares; text is folded before it is stored for search. */
		"PRAGMA case_sensitive_like = ON", NULL
	};
	static const char *const writer[] = {
		"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -16384",
		"PRAGMA wal_autocheckpoint = 0", "PRAGMA journal_size_limit = 67108864", NULL
	};
	static const char *const reader[] = { "PRAGMA cache_size = -4096", "PRAGMA query_only = ON", NULL };
	enum db_outcome outcome = set_all(own, common);

	if (outcome == DB_OK)
		outcome = set_all(own, own->base.writer ? writer : reader);
	if (outcome == DB_OK && own->max_pages > 0) {
		char pragma[64];

		snprintf(pragma, sizeof(pragma), "PRAGMA max_page_count = %lld", (long long)own->max_pages);
		outcome = set(own, pragma);
	}
	return outcome;
}

static enum db_outcome sqlite_reconnect(struct db *db)
{
	struct sqlite_db *own = (struct sqlite_db *)db;

	sqlite3_close(own->handle);
	own->handle = NULL;
	if (sqlite3_open_v2(own->path, &own->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
	    SQLITE_OK)
		return problem(db);
	sqlite3_extended_result_codes(own->handle, 1);
	sqlite3_busy_timeout(own->handle, SQLITE_WAIT_MS);
	return set_up(own);
}

static const struct db_driver sqlite_driver = {
	.kind = "sqlite",
	.poisons = false,
	.begin_steps = "BEGIN IMMEDIATE",
	.prepare = sqlite_prepare,
	.finalize = sqlite_finalize,
	.exec = sqlite_exec,
	.insert = sqlite_insert,
	.exec_many = sqlite_exec_many,
	.start = sqlite_start,
	.step = sqlite_step,
	.reset = sqlite_reset,
	.column_int = sqlite_column_int,
	.column_text = sqlite_column_text,
	.column_null = sqlite_column_null,
	.column_count = sqlite_column_count,
	.run = db_run_cached,
	.begin = sqlite_begin,
	.next_savepoint = sqlite_next_savepoint,
	.commit = sqlite_commit,
	.committed = sqlite_committed,
	.reconnect = sqlite_reconnect,
	.close = sqlite_close,
};

/* Without its allocation statistics SQLite's threads do not meet in one lock. */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

struct db *sqlite_open(const char *path, enum db_role role, int64_t max_pages, struct error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct sqlite_db *own = calloc(1, sizeof(*own));
	enum db_outcome outcome;
	int file;

	pthread_once(&once, configure);
	if (!own)
		die("out of memory");
	own->base.driver = &sqlite_driver;
	own->base.writer = role == DB_ROLE_WRITER;
	own->max_pages = max_pages;
	own->path = strdup(path);
	if (!own->path)
		die("out of memory");
	/*
	 * Nobody else reads the store; SQLite gives its side files the mode of
	 * this one. A file that exists is not opened: closing it would drop the
	 * process's locks on it.
	 */
	file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file >= 0)
		close(file);
	outcome = sqlite_reconnect(&own->base);
	if (!db_outcome_good(outcome)) {
		db_report(&own->base, outcome, path, err);
		sqlite_close(&own->base);
		return NULL;
	}
	return &own->base;
}
