#include "account/account_store.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"

/* Wrong tries, earlier passwords, recovery codes, the set-up token and settings. */

bool guard_read(struct call *c, const char *name_digest, struct guard *out)
{
	*out = (struct guard){ 0 };
	struct db_rows *rows;
	if (!db_query_one(c,
			  "SELECT failures, first_at, last_at, not_before, locked_until FROM account_guard "
			  "WHERE name_digest = $1",
			  DB_ARGS(db_text(name_digest)), &rows))
		return false;
	if (rows == NULL)
		return true;
	*out = (struct guard){
		.failures = db_col_int(rows, 0),
		.first_at = db_col_int(rows, 1),
		.last_at = db_col_int(rows, 2),
		.not_before = db_col_int(rows, 3),
		.locked_until = db_col_int(rows, 4),
	};
	return db_done(rows);
}

bool guard_save(struct call *c, const char *name_digest, const struct guard *guard)
{
	return db_exec(c,
		       "INSERT INTO account_guard (name_digest, failures, first_at, last_at, not_before, locked_until) "
		       "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name_digest) DO UPDATE SET "
		       "failures = excluded.failures, first_at = excluded.first_at, last_at = excluded.last_at, "
		       "not_before = excluded.not_before, locked_until = excluded.locked_until",
		       DB_ARGS(db_text(name_digest), db_int(guard->failures), db_int(guard->first_at),
			       db_int(guard->last_at), db_int(guard->not_before),
			       db_int(guard->locked_until)));
}

bool guard_forget(struct call *c, const char *name_digest)
{
	return db_exec(c, "DELETE FROM account_guard WHERE name_digest = $1", DB_ARGS(db_text(name_digest)));
}

/* Asked in groups of this many, so that the statement stays one. */
enum { GUARDS_GROUP = 16 };

static bool locked_group(struct call *c, const char *const *name_digests, size_t count, instant *until)
{
	struct db_value values[GUARDS_GROUP + 1];
	for (size_t i = 0; i < GUARDS_GROUP; i++)
		values[i] = db_text(name_digests[i < count ? i : 0]);
	values[GUARDS_GROUP] = db_int(c->now);
	struct db_rows *rows = db_query(c,
					"SELECT name_digest, locked_until FROM account_guard WHERE name_digest IN "
					"($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
					"AND locked_until > $17",
					(struct db_args){ values, GUARDS_GROUP + 1 });
	while (db_next(rows)) {
		const char *digest = db_col_peek(rows, 0);
		for (size_t i = 0; i < count; i++)
			if (strcmp(name_digests[i], digest) == 0)
				until[i] = db_col_int(rows, 1);
	}
	return db_done(rows);
}

bool guards_locked(struct call *c, const char *const *name_digests, size_t count, instant *until)
{
	for (size_t i = 0; i < count; i += GUARDS_GROUP) {
		size_t group = count - i < GUARDS_GROUP ? count - i : GUARDS_GROUP;
		memset(until + i, 0, group * sizeof(*until));
		if (!locked_group(c, name_digests + i, group, until + i))
			return false;
	}
	return true;
}

bool guards_forget_before(struct call *c, instant before)
{
	return db_exec(c, "DELETE FROM account_guard WHERE last_at < $1 AND locked_until < $2",
		       DB_ARGS(db_int(before), db_int(c->now)));
}

bool password_row_add(struct call *c, id account_id, const char *hash, int64_t keep)
{
	return db_exec(c, "INSERT INTO account_password (account_id, id, password_hash) VALUES ($1, $2, $3)",
		       DB_ARGS(db_int(account_id), db_int(id_next(c->now)), db_text(hash))) &&
	       db_exec(c,
		       "DELETE FROM account_password WHERE account_id = $1 AND id NOT IN "
		       "(SELECT id FROM account_password WHERE account_id = $1 ORDER BY id DESC LIMIT $2)",
		       DB_ARGS(db_int(account_id), db_int(keep)));
}

bool passwords_forget(struct call *c, id account_id)
{
	return db_exec(c, "DELETE FROM account_password WHERE account_id = $1", DB_ARGS(db_int(account_id)));
}

bool password_rows(struct call *c, id account_id, int limit, const char ***hashes, size_t *count)
{
	*hashes = ARENA_ARRAY(c->mem, const char *, (size_t)limit);
	*count = 0;
	struct db_rows *rows = db_query(c,
					"SELECT password_hash FROM account_password WHERE account_id = $1 "
					"ORDER BY id DESC LIMIT $2",
					DB_ARGS(db_int(account_id), db_int(limit)));
	while (db_next(rows) && *count < (size_t)limit)
		(*hashes)[(*count)++] = db_col_text(rows, 0);
	return db_done(rows);
}

bool recovery_replace(struct call *c, id account_id, const char *const *digests, size_t count)
{
	if (!db_exec(c, "DELETE FROM account_recovery WHERE account_id = $1", DB_ARGS(db_int(account_id))))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!db_exec(c, "INSERT INTO account_recovery (account_id, digest) VALUES ($1, $2)",
			     DB_ARGS(db_int(account_id), db_text(digests[i]))))
			return false;
	return true;
}

bool recovery_use(struct call *c, id account_id, const char *digest, bool *used)
{
	int64_t changed;
	if (!db_exec_count(c, "DELETE FROM account_recovery WHERE account_id = $1 AND digest = $2",
			   DB_ARGS(db_int(account_id), db_text(digest)), &changed))
		return false;
	*used = changed == 1;
	return true;
}

bool recovery_left(struct call *c, id account_id, int64_t *out)
{
	return db_query_int(c, "SELECT COUNT(*) FROM account_recovery WHERE account_id = $1",
			    DB_ARGS(db_int(account_id)), 0, out);
}

bool setup_token_save(struct call *c, const char *digest, instant ends_at)
{
	return db_exec(c, "DELETE FROM account_setup WHERE ends_at <= $1", DB_ARGS(db_int(c->now))) &&
	       db_exec(c, "INSERT INTO account_setup (digest, ends_at) VALUES ($1, $2)",
		       DB_ARGS(db_text(digest), db_int(ends_at)));
}

bool setup_token_good(struct call *c, const char *digest, bool *good)
{
	int64_t ends_at;
	if (!db_query_int(c, "SELECT ends_at FROM account_setup WHERE digest = $1", DB_ARGS(db_text(digest)),
			  0, &ends_at))
		return false;
	*good = ends_at > c->now;
	return true;
}

bool setup_tokens_forget(struct call *c)
{
	return db_exec(c, "DELETE FROM account_setup", DB_NONE);
}

enum { SETTINGS_MAX = 64 };

bool setting_rows(struct call *c, struct setting_row **out, size_t *count)
{
	*out = ARENA_ARRAY(c->mem, struct setting_row, SETTINGS_MAX);
	*count = 0;
	struct db_rows *rows = db_query(c,
					"SELECT key, value, changed_by, changed_at FROM setting ORDER BY key LIMIT $1",
					DB_ARGS(db_int(SETTINGS_MAX)));
	while (db_next(rows) && *count < SETTINGS_MAX) {
		(*out)[(*count)++] = (struct setting_row){
			.key = db_col_text(rows, 0),
			.value = db_col_text(rows, 1),
			.changed_by = db_col_int(rows, 2),
			.changed_at = db_col_int(rows, 3),
		};
	}
	return db_done(rows);
}

bool setting_save(struct call *c, const char *key, const char *value)
{
	return db_exec(c,
		       "INSERT INTO setting (key, value, changed_by, changed_at) VALUES ($1, $2, $3, $4) "
		       "ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by, "
		       "changed_at = excluded.changed_at",
		       DB_ARGS(db_text(key), db_text(value),
			       db_int_or_null(c->actor != NULL ? c->actor->account_id : 0), db_int(c->now)));
}
