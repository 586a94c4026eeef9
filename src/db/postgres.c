#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "db/db_driver.h"

struct postgres_db {
	struct db base;
	PGconn *connection;
	char *url;
	unsigned named; /* statements prepared so far */
	bool in_doubt;  /* a COMMIT was sent and not answered */
	char xid[24];   /* of the writer's transaction */
	/* Arguments of one execution as libpq wants them; kept for the next. */
	const char **values;
	size_t values_room;
	char *text;
	size_t text_room;
};

enum { STATEMENT_NAME_MAX = 16, INT_TEXT_MAX = 24, TYPE_BOOL = 16 };

struct postgres_statement {
	struct db_statement base;
	char name[STATEMENT_NAME_MAX]; /* "": one that is planned each time */
	PGresult *result;
	int row, rows;
};

static struct postgres_db *own_of(struct db *db)
{
	return (struct postgres_db *)db;
}

static struct postgres_statement *stmt_of(struct db_statement *statement)
{
	return (struct postgres_statement *)statement;
}

static bool state_is(const char *state, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(state, list[i], strlen(list[i])) == 0)
			return true;
	return false;
}

/* By SQLSTATE, or a class of them. */
static enum db_outcome classify(const char *state)
{
	static const char *const duplicate[] = { "23505", "42710", "42P07" }; /* of a row, of a type, of a table */
	static const char *const lost[] = { "08000", "08003", "08006", "57P01", "57P02", "57P03", "25006" };
	static const char *const retry[] = { "40001", "40P01", "55P03", "57014" };
	static const char *const storage[] = { "53", "58", "54" };

	if (state_is(state, duplicate, sizeof(duplicate) / sizeof(duplicate[0])))
		return DB_DUPLICATE;
	if (state_is(state, lost, sizeof(lost) / sizeof(lost[0])))
		return DB_LOST;
	if (state_is(state, retry, sizeof(retry) / sizeof(retry[0])))
		return DB_RETRY;
	if (state_is(state, storage, sizeof(storage) / sizeof(storage[0])))
		return DB_STORAGE;
	return DB_FAILED;
}

/* The server's DETAIL line repeats values of rows: it is left out. */
static enum db_outcome outcome_of(struct db *db, const PGresult *result)
{
	PGconn *connection = own_of(db)->connection;
	const char *state, *words;

	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
		return DB_OK;
	default:
		break;
	}
	if (PQstatus(connection) != CONNECTION_OK)
		return db_problem(db, DB_LOST, PQerrorMessage(connection));
	state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	return db_problem(db, state ? classify(state) : DB_FAILED, words ? words : PQerrorMessage(connection));
}

static enum db_outcome finish_result(struct db *db, PGresult *result)
{
	enum db_outcome outcome = outcome_of(db, result);

	PQclear(result);
	return outcome;
}

static enum db_outcome postgres_run(struct db *db, const char *sql)
{
	return finish_result(db, PQexec(own_of(db)->connection, sql));
}

static struct db_statement *postgres_prepare(struct db *db, const char *sql, size_t length,
					     enum db_outcome *outcome)
{
	struct postgres_db *own = own_of(db);
	struct postgres_statement *statement = calloc(1, sizeof(*statement));

	(void)length;
	if (!statement)
		die("out of memory");
	*outcome = DB_OK;
	if (!strncmp(sql, DB_PLANNED, strlen(DB_PLANNED)))
		return &statement->base;
	snprintf(statement->name, sizeof(statement->name), "s%u", ++own->named);
	*outcome = finish_result(db, PQprepare(own->connection, statement->name, sql, 0, NULL));
	if (db_outcome_good(*outcome))
		return &statement->base;
	free(statement);
	return NULL;
}

static void postgres_finalize(struct db *db, struct db_statement *statement, bool connected)
{
	if (connected && stmt_of(statement)->name[0]) {
		char sql[STATEMENT_NAME_MAX + sizeof("DEALLOCATE ")];

		snprintf(sql, sizeof(sql), "DEALLOCATE %s", stmt_of(statement)->name);
		PQclear(PQexec(own_of(db)->connection, sql));
	}
	free(statement);
}

static char *format_int(char *out, int64_t number)
{
	char digits[INT_TEXT_MAX];
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	size_t count = 0;

	do {
		digits[count++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (number < 0)
		*out++ = '-';
	while (count > 0)
		*out++ = digits[--count];
	*out++ = '\0';
	return out;
}

/* Makes the arguments' texts; they are valid until the next call. */
static enum db_outcome set_values(struct db *db, const struct db_value *values, size_t count)
{
	struct postgres_db *own = own_of(db);
	size_t room = 0;
	char *at;

	if (count > DB_ARGS_MAX)
		return db_problem(db, DB_FAILED, "too many arguments");
	for (size_t i = 0; i < count; i++)
		room += values[i].type == DB_TEXT ? values[i].length + 1 : INT_TEXT_MAX;
	if (count > own->values_room) {
		free(own->values);
		own->values_room = count * 2;
		own->values = calloc(own->values_room, sizeof(*own->values));
	}
	if (room > own->text_room) {
		free(own->text);
		own->text_room = room * 2;
		own->text = malloc(own->text_room);
	}
	if ((count > 0 && !own->values) || (room > 0 && !own->text))
		die("out of memory");
	at = own->text;
	for (size_t i = 0; i < count; i++) {
		own->values[i] = values[i].type == DB_NULL ? NULL : at;
		if (values[i].type == DB_INT) {
			at = format_int(at, values[i].number);
		} else if (values[i].type == DB_TEXT) {
			memcpy(at, values[i].text, values[i].length);
			at[values[i].length] = '\0';
			at += values[i].length + 1;
		}
	}
	return DB_OK;
}

static enum db_outcome exec_prepared(struct db *db, struct db_statement *statement, struct db_args args)
{
	struct postgres_db *own = own_of(db);
	struct postgres_statement *stmt = stmt_of(statement);
	enum db_outcome outcome = set_values(db, args.values, args.count);

	if (outcome != DB_OK)
		return outcome;
	stmt->result = stmt->name[0] ? PQexecPrepared(own->connection, stmt->name, (int)args.count, own->values, NULL,
						      NULL, 0)
				     : PQexecParams(own->connection, stmt->base.sql, (int)args.count, NULL, own->values,
						    NULL, NULL, 0);
	stmt->row = -1;
	stmt->rows = PQntuples(stmt->result);
	return outcome_of(db, stmt->result);
}

static enum db_outcome postgres_exec(struct db *db, struct db_statement *statement, struct db_args args,
				     int64_t *changed)
{
	enum db_outcome outcome = exec_prepared(db, statement, args);

	if (changed)
		*changed = outcome == DB_OK ? strtoll(PQcmdTuples(stmt_of(statement)->result), NULL, 10) : 0;
	return outcome;
}

/* Reads the results of what was sent in the pipeline up to its end; the first failure counts. */
static enum db_outcome drain(struct db *db)
{
	PGconn *connection = own_of(db)->connection;
	enum db_outcome outcome = DB_OK;
	bool end = false;
	int empty = 0;

	while (!end && empty < 2) {
		PGresult *result = PQgetResult(connection);

		empty = result ? 0 : empty + 1;
		if (!result)
			continue;
		if (PQresultStatus(result) == PGRES_PIPELINE_SYNC)
			end = true;
		else if (outcome == DB_OK && PQresultStatus(result) != PGRES_PIPELINE_ABORTED)
			outcome = outcome_of(db, result);
		PQclear(result);
	}
	if (!end && outcome == DB_OK)
		outcome = db_problem(db, DB_LOST, PQerrorMessage(connection));
	return outcome;
}

static enum db_outcome send_failed(struct db *db)
{
	return db_problem(db, DB_LOST, PQerrorMessage(own_of(db)->connection));
}

static enum db_outcome send_text(struct db *db, const char *sql)
{
	if (PQsendQueryParams(own_of(db)->connection, sql, 0, NULL, NULL, NULL, NULL, 0) == 1)
		return DB_OK;
	return send_failed(db);
}

static enum db_outcome send_prepared(struct db *db, struct db_statement *statement,
				     const struct db_value *values, size_t count)
{
	struct postgres_db *own = own_of(db);
	enum db_outcome outcome = set_values(db, values, count);

	if (outcome == DB_OK && PQsendQueryPrepared(own->connection, stmt_of(statement)->name, (int)count,
						    own->values, NULL, NULL, 0) != 1)
		outcome = send_failed(db);
	return outcome;
}

static enum db_outcome sync_and_drain(struct db *db)
{
	if (PQpipelineSync(own_of(db)->connection) != 1)
		return send_failed(db);
	return drain(db);
}

/*
 * The statement between a savepoint and its release, in one exchange. After a
 * failure the server skips the release.
 */
static enum db_outcome postgres_insert(struct db *db, struct db_statement *statement, struct db_args args)
{
	PGconn *connection = own_of(db)->connection;
	enum db_outcome outcome, synced, undone;

	if (PQenterPipelineMode(connection) != 1)
		return send_failed(db);
	outcome = send_text(db, "SAVEPOINT unique_key");
	if (outcome == DB_OK)
		outcome = send_prepared(db, statement, args.values, args.count);
	if (outcome == DB_OK)
		outcome = send_text(db, "RELEASE SAVEPOINT unique_key");
	synced = sync_and_drain(db);
	if (outcome == DB_OK)
		outcome = synced;
	PQexitPipelineMode(connection);
	if (outcome != DB_DUPLICATE)
		return outcome;
	undone = postgres_run(db, "ROLLBACK TO SAVEPOINT unique_key; RELEASE SAVEPOINT unique_key");
	return db_outcome_good(undone) ? DB_DUPLICATE : undone;
}

/* Rows are sent on without waiting for answers, in portions whose answers fit the socket's buffer. */
static enum db_outcome postgres_exec_many(struct db *db, struct db_statement *statement,
					  const struct db_value *values, size_t rows, size_t columns)
{
	enum { PORTION = 256 };
	PGconn *connection = own_of(db)->connection;
	enum db_outcome outcome = DB_OK;

	if (PQenterPipelineMode(connection) != 1)
		return send_failed(db);
	for (size_t row = 0; row < rows && outcome == DB_OK; row += PORTION) {
		enum db_outcome synced;

		for (size_t i = row; i < rows && i < row + PORTION && outcome == DB_OK; i++)
			outcome = send_prepared(db, statement, values + i * columns, columns);
		synced = sync_and_drain(db);
		if (outcome == DB_OK)
			outcome = synced;
	}
	PQexitPipelineMode(connection);
	return outcome;
}

static enum db_outcome postgres_start(struct db *db, struct db_statement *statement, struct db_args args)
{
	return exec_prepared(db, statement, args);
}

static enum db_outcome postgres_step(struct db *db, struct db_statement *statement)
{
	struct postgres_statement *stmt = stmt_of(statement);

	(void)db;
	return ++stmt->row < stmt->rows ? DB_ROW : DB_END;
}

static void postgres_reset(struct db *db, struct db_statement *statement)
{
	(void)db;
	PQclear(stmt_of(statement)->result);
	stmt_of(statement)->result = NULL;
}

static bool postgres_column_null(struct db_statement *statement, int column)
{
	return PQgetisnull(stmt_of(statement)->result, stmt_of(statement)->row, column) == 1;
}

static const char *postgres_column_text(struct db_statement *statement, int column, size_t *length)
{
	struct postgres_statement *stmt = stmt_of(statement);

	if (length)
		*length = (size_t)PQgetlength(stmt->result, stmt->row, column);
	return postgres_column_null(statement, column) ? NULL : PQgetvalue(stmt->result, stmt->row, column);
}

/* A comparison's result is 0 or 1 as on SQLite; a sum comes as NUMERIC text. */
static int64_t postgres_column_int(struct db_statement *statement, int column)
{
	struct postgres_statement *stmt = stmt_of(statement);
	const char *text = PQgetvalue(stmt->result, stmt->row, column);

	if (PQftype(stmt->result, column) == TYPE_BOOL)
		return *text == 't' ? 1 : 0;
	return strtoll(text, NULL, 10);
}

static int postgres_column_count(struct db_statement *statement)
{
	return PQnfields(stmt_of(statement)->result);
}

/* The transaction's number is asked for at once: after a break in COMMIT it is too late. */
static enum db_outcome postgres_begin(struct db *db)
{
	struct postgres_db *own = own_of(db);
	PGresult *result;

	if (!db->writer)
		return postgres_run(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
	own->in_doubt = false;
	result = PQexec(own->connection, "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE; "
					 "SELECT CAST(pg_current_xact_id() AS TEXT)");
	if (PQresultStatus(result) == PGRES_TUPLES_OK)
		snprintf(own->xid, sizeof(own->xid), "%s", PQgetvalue(result, 0, 0));
	return finish_result(db, result);
}

static enum db_outcome postgres_next_savepoint(struct db *db)
{
	return postgres_run(db, "RELEASE SAVEPOINT action; SAVEPOINT action");
}

/* COMMIT of a transaction that failed answers ROLLBACK, without an error. */
static enum db_outcome postgres_commit(struct db *db, bool wrote)
{
	struct postgres_db *own = own_of(db);
	PGresult *result;
	enum db_outcome outcome;

	own->in_doubt = wrote;
	result = PQexec(own->connection, "COMMIT");
	outcome = outcome_of(db, result);
	if (outcome == DB_OK && wrote && strcmp(PQcmdStatus(result), "COMMIT") != 0)
		outcome = db_problem(db, DB_FAILED, "the transaction had failed before its commit");
	PQclear(result);
	if (outcome != DB_LOST)
		own->in_doubt = false;
	return outcome;
}

/* After a crash of the server a transaction that left no trace can be one "in the future": it did not happen. */
static enum db_outcome postgres_committed(struct db *db, bool *yes)
{
	struct postgres_db *own = own_of(db);
	const char *const values[] = { own->xid };
	PGresult *result;
	enum db_outcome outcome;

	*yes = false;
	if (!own->in_doubt)
		return DB_OK;
	result = PQexecParams(own->connection, "SELECT pg_xact_status(CAST($1 AS xid8))", 1, NULL, values, NULL,
			      NULL, 0);
	outcome = outcome_of(db, result);
	if (outcome == DB_OK && PQntuples(result) == 1) {
		*yes = strcmp(PQgetvalue(result, 0, 0), "committed") == 0;
		if (strcmp(PQgetvalue(result, 0, 0), "in progress") == 0)
			outcome = db_problem(db, DB_LOST, "the server still ends the broken transaction");
	} else if (outcome == DB_FAILED) {
		outcome = DB_OK;
	}
	PQclear(result);
	if (db_outcome_good(outcome))
		own->in_doubt = false;
	return outcome;
}

static void silent(void *arg, const PGresult *result)
{
	(void)arg;
	(void)result;
}

/* What the URL says stands above these. */
static enum db_outcome postgres_reconnect(struct db *db)
{
	struct postgres_db *own = own_of(db);
	const char *const names[] = { "connect_timeout",  "tcp_user_timeout",	      "keepalives_idle", "dbname",
				      "client_encoding", "fallback_application_name", NULL };
	const char *const values[] = { "5", "15000", "30", own->url, "UTF8", "theodoi", NULL };

	PQfinish(own->connection);
	own->connection = PQconnectdbParams(names, values, 1);
	if (!own->connection)
		die("out of memory");
	if (PQstatus(own->connection) != CONNECTION_OK)
		return db_problem(db, DB_LOST, PQerrorMessage(own->connection));
	PQsetNoticeReceiver(own->connection, silent, NULL);
	return DB_OK;
}

static void postgres_close(struct db *db)
{
	struct postgres_db *own = own_of(db);

	PQfinish(own->connection);
	free(own->values);
	free(own->text);
	free(own->url);
	free(own);
}

static const struct db_driver postgres_driver = {
	.kind = "postgres",
	.poisons = true,
	.begin_steps = "BEGIN ISOLATION LEVEL READ COMMITTED; LOCK TABLE schema_step IN ACCESS EXCLUSIVE MODE",
	.prepare = postgres_prepare,
	.finalize = postgres_finalize,
	.exec = postgres_exec,
	.insert = postgres_insert,
	.exec_many = postgres_exec_many,
	.start = postgres_start,
	.step = postgres_step,
	.reset = postgres_reset,
	.column_int = postgres_column_int,
	.column_text = postgres_column_text,
	.column_null = postgres_column_null,
	.column_count = postgres_column_count,
	.run = postgres_run,
	.begin = postgres_begin,
	.next_savepoint = postgres_next_savepoint,
	.commit = postgres_commit,
	.committed = postgres_committed,
	.reconnect = postgres_reconnect,
	.close = postgres_close,
};

/*
 * Ranges of paths and order by text are those of bytes on SQLite; only the C
 * collation orders so here.
 */
static bool check_collation(struct postgres_db *own, struct error *err)
{
	PGresult *result = PQexec(own->connection,
				  "SELECT CASE WHEN 'a' < 'B' THEN 0 ELSE 1 END, datcollate, "
				  "pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()");
	bool ok;

	if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1) {
		ok = db_report(&own->base, finish_result(&own->base, result), "pg_database", err);
		return ok;
	}
	ok = PQgetvalue(result, 0, 0)[0] == '1' && strcmp(PQgetvalue(result, 0, 2), "UTF8") == 0;
	if (!ok) {
		char has[96];

		snprintf(has, sizeof(has), "%s, %s", PQgetvalue(result, 0, 2), PQgetvalue(result, 0, 1));
		error_set(err, ERR_store_collation, NULL, has, NULL);
	}
	PQclear(result);
	return ok;
}

struct db *postgres_open(const char *url, enum db_role role, struct error *err)
{
	struct postgres_db *own = calloc(1, sizeof(*own));
	enum db_outcome outcome;

	if (!own)
		die("out of memory");
	own->base.driver = &postgres_driver;
	own->base.writer = role == DB_ROLE_WRITER;
	own->url = strdup(url);
	if (!own->url)
		die("out of memory");
	outcome = postgres_reconnect(&own->base);
	if (!db_outcome_good(outcome))
		db_report(&own->base, outcome, "connection", err);
	else if (role == DB_ROLE_READER || check_collation(own, err))
		return &own->base;
	postgres_close(&own->base);
	return NULL;
}
