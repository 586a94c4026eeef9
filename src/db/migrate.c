#include "db/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/crypto.h"
#include "base/embed.h"
#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db_driver.h"

enum { STEPS_MAX = 9999 };

static bool name_number(const char *name, int *number)
{
	char digits[5] = { 0 };
	int64_t value;

	if (strlen(name) < 6 || name[4] != '_' || !text_ends(name, ".sql"))
		return false;
	memcpy(digits, name, 4);
	if (!text_to_int(digits, 1, STEPS_MAX, &value))
		return false;
	*number = (int)value;
	return true;
}

bool migrate_list(struct arena *mem, struct migration **steps, size_t *count, struct error *err)
{
	const char *folder = "migrations/";
	const struct embedded_file *files = embedded_range(folder, count);
	int last = 0;

	*steps = ARENA_ARRAY(mem, struct migration, *count);
	for (size_t i = 0; i < *count; i++) {
		struct migration *step = &(*steps)[i];

		step->name = files[i].path + strlen(folder);
		step->text = (const char *)files[i].data;
		step->length = files[i].size;
		if (!name_number(step->name, &step->number) || step->number <= last)
			return error_internal(err, "migrations/%s is not a step after %d", step->name, last);
		last = step->number;
	}
	return true;
}

/* Past quoted text that begins at `at`. */
static const char *quoted_end(const char *at, const char *end)
{
	char quote = *at++;

	while (at < end && *at != quote)
		at++;
	return at < end ? at + 1 : end;
}

static const char *comment_end(const char *at, const char *end)
{
	for (at += 2; at + 1 < end; at++)
		if (at[0] == '*' && at[1] == '/')
			return at + 2;
	return end;
}

static void add_comment(struct buf *out, const char *at, const char *behind, const char *kind)
{
	size_t length = strlen(kind);

	buf_add_char(out, ' ');
	if ((size_t)(behind - at) < length + 5 || memcmp(at + 2, kind, length) != 0 || at[2 + length] != ' ')
		return;
	buf_add(out, at + 3 + length, (size_t)(behind - at) - length - 5);
	buf_add_char(out, ' ');
}

char *migrate_expand(struct arena *mem, const char *text, size_t length, const char *kind)
{
	const char *end = text + length;
	struct buf out;

	buf_init(&out, mem, 0);
	while (text < end) {
		const char *behind = text + 1;
		bool pair = behind < end;

		if (*text == '\'' || *text == '"') {
			behind = quoted_end(text, end);
			buf_add(&out, text, (size_t)(behind - text));
		} else if (pair && text[0] == '-' && text[1] == '-') {
			while (behind < end && *behind != '\n')
				behind++;
		} else if (pair && text[0] == '/' && text[1] == '*') {
			behind = comment_end(text, end);
			add_comment(&out, text, behind, kind);
		} else {
			buf_add_char(&out, *text);
		}
		text = behind;
	}
	return out.data ? out.data : arena_strdup(mem, "");
}

char *migrate_next(struct arena *mem, const char **at)
{
	while (**at) {
		const char *start = *at, *p = start;
		char *statement;

		while (*p && *p != ';')
			p = *p == '\'' || *p == '"' ? quoted_end(p, p + strlen(p)) : p + 1;
		*at = *p ? p + 1 : p;
		statement = text_trim(mem, arena_strndup(mem, start, (size_t)(p - start)));
		if (*statement)
			return statement;
	}
	return NULL;
}

/* The call of a migration: no time, no actor. */
static struct call call_of(struct db *db, struct arena *mem, struct error *err)
{
	return (struct call){ .mem = mem, .db = db, .err = err };
}

struct done_step {
	int64_t number;
	char *sha256;
};

/* At most `max` of them, in order. */
static bool done_steps(struct db *db, struct arena *mem, struct done_step *done, size_t max, size_t *count,
		       struct error *err)
{
	struct call c = call_of(db, mem, err);
	struct db_rows *rows = db_query(&c, "SELECT number, sha256 FROM schema_step ORDER BY number", DB_NONE);

	*count = 0;
	while (*count < max && db_next(rows))
		done[(*count)++] = (struct done_step){ db_col_int(rows, 0), db_col_text(rows, 1) };
	return db_done(rows);
}

static bool number_error(struct error *err, enum error_code code, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%04lld", (long long)number);
	return error_set(err, code, NULL, text, NULL);
}

/* What is done must be the beginning of what is known. */
static bool check_done(const struct done_step *done, size_t done_count, const struct migration *steps,
		       size_t count, struct error *err)
{
	for (size_t i = 0; i < done_count; i++) {
		char hex[SHA256_HEX_MAX];

		if (i >= count)
			return number_error(err, ERR_schema_newer, done[i].number);
		if (done[i].number != steps[i].number || !done[i].sha256 ||
		    strcmp(done[i].sha256, sha256_hex(steps[i].text, steps[i].length, hex)) != 0)
			return number_error(err, ERR_schema_changed, steps[i].number);
	}
	return true;
}

static enum db_outcome run_statements(struct db *db, struct arena *mem, const struct migration *step)
{
	const char *at = migrate_expand(mem, step->text, step->length, db->driver->kind);
	enum db_outcome outcome = DB_OK;
	char *sql;

	while (db_outcome_good(outcome) && (sql = migrate_next(mem, &at)) != NULL)
		outcome = db->driver->run(db, sql);
	return outcome;
}

/* One step, in the open transaction. */
static bool run_step(struct db *db, struct arena *mem, const struct migration *step, struct error *err)
{
	struct call c = call_of(db, mem, err);
	char hex[SHA256_HEX_MAX], number[12];
	enum db_outcome outcome = run_statements(db, mem, step);

	if (!db_outcome_good(outcome)) {
		snprintf(number, sizeof(number), "%04d", step->number);
		return error_set(err, ERR_schema_step_failed, NULL, number, db->problem, NULL);
	}
	return db_exec(&c, "INSERT INTO schema_step (number, name, sha256) VALUES ($1, $2, $3)",
		       DB_ARGS(db_int(step->number), db_text(step->name),
			       db_text(sha256_hex(step->text, step->length, hex))));
}

/* Does the first step that is missing, if any. */
static bool step_forward(struct db *db, struct arena *mem, const struct migration *steps, size_t count,
			 bool apply, bool *more, struct error *err)
{
	struct done_step *done = ARENA_ARRAY(mem, struct done_step, count + 1);
	size_t done_count;

	if (!done_steps(db, mem, done, count + 1, &done_count, err) ||
	    !check_done(done, done_count, steps, count, err))
		return false;
	*more = done_count < count;
	if (!*more)
		return true;
	if (!apply)
		return number_error(err, ERR_schema_behind, steps[done_count].number);
	if (!run_step(db, mem, &steps[done_count], err))
		return false;
	LOG(LOG_INFO, "schema_step", LOG_TEXT("name", steps[done_count].name));
	return true;
}

static bool end(struct db *db, bool ok, struct error *err)
{
	enum db_outcome outcome;

	db->action = false;
	outcome = ok ? db_commit(db, true) : DB_FAILED;
	if (db_outcome_good(outcome))
		return true;
	if (ok)
		db_report(db, outcome, "COMMIT", err);
	db_rollback(db);
	return false;
}

static bool run(struct db *db, const char *sql, struct error *err)
{
	enum db_outcome outcome = db->driver->run(db, sql);

	/* Two nodes making the table at one moment meet in a catalogue's unique key. */
	if (outcome == DB_DUPLICATE)
		outcome = DB_RETRY;
	return db_outcome_good(outcome) || db_report(db, outcome, sql, err);
}

static bool begun(struct db *db, enum db_outcome outcome, struct error *err)
{
	if (!db_outcome_good(outcome))
		return db_report(db, outcome, "BEGIN", err);
	db->worst = DB_OK;
	db->begun = true;
	db_action_begin(db);
	return true;
}

static bool make_table(struct db *db, struct error *err)
{
	return begun(db, db->driver->begin(db), err) &&
	       end(db, run(db, "CREATE TABLE IF NOT EXISTS schema_step (number BIGINT NOT NULL PRIMARY KEY, "
			       "name TEXT NOT NULL, sha256 TEXT NOT NULL)", err), err);
}

/* Another node may do the same at this moment; begin_steps lets one of them pass at a time. */
static bool do_step(struct db *db, struct arena *mem, const struct migration *steps, size_t count, bool apply,
		    bool *more, struct error *err)
{
	return begun(db, db->driver->run(db, db->driver->begin_steps), err) &&
	       end(db, step_forward(db, mem, steps, count, apply, more, err), err);
}

bool migrate_run(struct db *db, struct arena *mem, const struct migration *steps, size_t count, bool apply,
		 struct error *err)
{
	enum { TRIES = 5 };
	bool more = true, ok = true;

	db->unguarded = true;
	for (int tries = 0; more && ok;) {
		ok = make_table(db, err) && do_step(db, mem, steps, count, apply, &more, err);
		if (!ok && err->code == ERR_unavailable && ++tries < TRIES) {
			error_clear(err);
			ok = true;
		}
	}
	db_forget_statements(db);
	db->unguarded = false;
	return ok;
}
