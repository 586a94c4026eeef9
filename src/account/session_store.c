#include "account/session_store.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"

enum { SESSIONS_MAX = 64, TOKENS_MAX = 64, GRANTS_FIRST = 4 };

/* Both statements give these columns from the account on; a row per grant. */
#define ACCOUNT_COLUMNS \
	"a.id, a.state, a.unit_id, a.full_name, a.language, a.password_at, a.must_change_password, a.totp_at, " \
	"g.id, g.role, g.unit_id, g.unit_path"
#define ACCOUNT_JOIN \
	"JOIN account a ON a.id = s.account_id LEFT JOIN account_grant g ON g.account_id = a.id "

static void read_account(struct db_rows *rows, int column, struct credential *out)
{
	out->session.account_id = db_col_int(rows, column);
	out->account_state = (enum account_state)db_col_int(rows, column + 1);
	out->unit_id = db_col_int(rows, column + 2);
	out->full_name = db_col_text(rows, column + 3);
	out->language = db_col_text(rows, column + 4);
	out->password_at = db_col_int(rows, column + 5);
	out->must_change_password = db_col_int(rows, column + 6) != 0;
	out->account_totp_at = db_col_int(rows, column + 7);
}

static void add_grant(struct call *c, struct db_rows *rows, int column, struct credential *out, size_t *room)
{
	if (db_col_null(rows, column))
		return;
	if (out->grant_count == *room) {
		*room = *room == 0 ? GRANTS_FIRST : *room * 2;
		struct grant *grants = ARENA_ARRAY(c->mem, struct grant, *room);
		if (out->grant_count > 0)
			memcpy(grants, out->grants, out->grant_count * sizeof(*grants));
		out->grants = grants;
	}
	out->grants[out->grant_count++] = (struct grant){
		.id = db_col_int(rows, column),
		.role = (enum role)db_col_int(rows, column + 1),
		.unit_id = db_col_int(rows, column + 2),
		.unit_path = db_col_text(rows, column + 3),
	};
}

bool credential_by_session(struct call *c, const char *digest, struct credential *out, bool *found)
{
	struct db_rows *rows = db_query(c,
					"SELECT s.id, s.created_at, s.seen_at, s.ends_at, s.sudo_at, s.totp_at, "
					ACCOUNT_COLUMNS " FROM account_session s " ACCOUNT_JOIN
					"WHERE s.digest = $1 ORDER BY g.id",
					DB_ARGS(db_text(digest)));
	size_t room = 0;
	*found = false;
	while (db_next(rows)) {
		if (!*found) {
			*found = true;
			*out = (struct credential){
				.session = { .id = db_col_int(rows, 0),
					     .created_at = db_col_int(rows, 1),
					     .seen_at = db_col_int(rows, 2),
					     .ends_at = db_col_int(rows, 3),
					     .sudo_at = db_col_int(rows, 4),
					     .totp_at = db_col_int(rows, 5) },
			};
			read_account(rows, 6, out);
		}
		add_grant(c, rows, 14, out, &room);
	}
	return db_done(rows);
}

bool credential_by_token(struct call *c, const char *digest, struct credential *out, bool *found)
{
	struct db_rows *rows = db_query(c,
					"SELECT s.id, s.created_at, s.used_at, s.ends_at, s.rights, s.unit_path, "
					ACCOUNT_COLUMNS " FROM account_token s " ACCOUNT_JOIN
					"WHERE s.digest = $1 ORDER BY g.id",
					DB_ARGS(db_text(digest)));
	size_t room = 0;
	*found = false;
	while (db_next(rows)) {
		if (!*found) {
			*found = true;
			*out = (struct credential){
				.token = true,
				.session = { .id = db_col_int(rows, 0),
					     .created_at = db_col_int(rows, 1),
					     .seen_at = db_col_int(rows, 2),
					     .ends_at = db_col_int(rows, 3) },
				.limit = { .rights = (uint32_t)db_col_int(rows, 4),
					   .unit_path = db_col_text(rows, 5) },
			};
			read_account(rows, 6, out);
		}
		add_grant(c, rows, 14, out, &room);
	}
	return db_done(rows);
}

bool credential_by_account(struct call *c, id account_id, struct credential *out, bool *found)
{
	struct db_rows *rows = db_query(c,
					"SELECT " ACCOUNT_COLUMNS " FROM account a LEFT JOIN account_grant g "
					"ON g.account_id = a.id WHERE a.id = $1 ORDER BY g.id",
					DB_ARGS(db_int(account_id)));
	size_t room = 0;
	*found = false;
	while (db_next(rows)) {
		if (!*found) {
			*found = true;
			*out = (struct credential){ 0 };
			read_account(rows, 0, out);
		}
		add_grant(c, rows, 8, out, &room);
	}
	return db_done(rows);
}

bool session_insert(struct call *c, const char *digest, const struct session_row *row)
{
	return db_exec(c,
		       "INSERT INTO account_session (digest, id, account_id, created_at, seen_at, ends_at, sudo_at, "
		       "totp_at, address, agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		       DB_ARGS(db_text(digest), db_int(row->id), db_int(row->account_id),
			       db_int(row->created_at),
			       db_int(row->seen_at), db_int(row->ends_at), db_int(row->sudo_at),
			       db_int_or_null(row->totp_at), db_text(row->address), db_text(row->agent)));
}

bool session_rows(struct call *c, id account_id, struct session_row **out, size_t *count)
{
	*out = ARENA_ARRAY(c->mem, struct session_row, SESSIONS_MAX);
	*count = 0;
	struct db_rows *rows = db_query(c,
					"SELECT id, created_at, seen_at, ends_at, sudo_at, totp_at, address, agent "
					"FROM account_session WHERE account_id = $1 ORDER BY seen_at, id LIMIT $2",
					DB_ARGS(db_int(account_id), db_int(SESSIONS_MAX)));
	while (db_next(rows) && *count < SESSIONS_MAX) {
		(*out)[(*count)++] = (struct session_row){
			.id = db_col_int(rows, 0),
			.account_id = account_id,
			.created_at = db_col_int(rows, 1),
			.seen_at = db_col_int(rows, 2),
			.ends_at = db_col_int(rows, 3),
			.sudo_at = db_col_int(rows, 4),
			.totp_at = db_col_int(rows, 5),
			.address = db_col_text(rows, 6),
			.agent = db_col_text(rows, 7),
		};
	}
	return db_done(rows);
}

static bool delete_one(struct call *c, const char *sql, struct db_args args, bool *deleted)
{
	int64_t changed;
	if (!db_exec_count(c, sql, args, &changed))
		return false;
	*deleted = changed == 1;
	return true;
}

bool session_delete(struct call *c, id session_id, id account_id, bool *deleted)
{
	return delete_one(c, "DELETE FROM account_session WHERE id = $1 AND account_id = $2",
			  DB_ARGS(db_int(session_id), db_int(account_id)), deleted);
}

bool sessions_delete(struct call *c, id account_id, id except_session)
{
	return db_exec(c, "DELETE FROM account_session WHERE account_id = $1 AND id <> $2",
		       DB_ARGS(db_int(account_id), db_int(except_session)));
}

bool sessions_delete_ended(struct call *c, instant seen_before)
{
	return db_exec(c, "DELETE FROM account_session WHERE ends_at <= $1 OR seen_at <= $2",
		       DB_ARGS(db_int(c->now), db_int(seen_before)));
}

bool session_touch(struct call *c, const char *digest, instant now)
{
	return db_exec(c, "UPDATE account_session SET seen_at = $2 WHERE digest = $1 AND seen_at < $2",
		       DB_ARGS(db_text(digest), db_int(now)));
}

bool session_set_sudo(struct call *c, id session_id, instant at)
{
	return db_exec(c, "UPDATE account_session SET sudo_at = $2 WHERE id = $1",
		       DB_ARGS(db_int(session_id), db_int(at)));
}

bool session_set_totp(struct call *c, id session_id, instant at)
{
	return db_exec(c, "UPDATE account_session SET totp_at = $2 WHERE id = $1",
		       DB_ARGS(db_int(session_id), db_int(at)));
}

bool token_insert(struct call *c, const char *digest, const struct token_row *row)
{
	return db_exec(c,
		       "INSERT INTO account_token (digest, id, account_id, name, rights, unit_id, unit_path, "
		       "created_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		       DB_ARGS(db_text(digest), db_int(row->id), db_int(row->account_id), db_text(row->name),
			       db_int(row->rights), db_int(row->unit_id), db_text(row->unit_path),
			       db_int(row->created_at), db_int(row->ends_at)));
}

bool token_rows(struct call *c, id account_id, struct token_row **out, size_t *count)
{
	*out = ARENA_ARRAY(c->mem, struct token_row, TOKENS_MAX);
	*count = 0;
	struct db_rows *rows = db_query(c,
					"SELECT id, name, rights, unit_id, unit_path, created_at, ends_at, used_at "
					"FROM account_token WHERE account_id = $1 ORDER BY id LIMIT $2",
					DB_ARGS(db_int(account_id), db_int(TOKENS_MAX)));
	while (db_next(rows) && *count < TOKENS_MAX) {
		(*out)[(*count)++] = (struct token_row){
			.id = db_col_int(rows, 0),
			.account_id = account_id,
			.name = db_col_text(rows, 1),
			.rights = (uint32_t)db_col_int(rows, 2),
			.unit_id = db_col_int(rows, 3),
			.unit_path = db_col_text(rows, 4),
			.created_at = db_col_int(rows, 5),
			.ends_at = db_col_int(rows, 6),
			.used_at = db_col_int(rows, 7),
		};
	}
	return db_done(rows);
}

bool token_delete(struct call *c, id token_id, id account_id, bool *deleted)
{
	return delete_one(c, "DELETE FROM account_token WHERE id = $1 AND account_id = $2",
			  DB_ARGS(db_int(token_id), db_int(account_id)), deleted);
}

bool tokens_delete(struct call *c, id account_id)
{
	return db_exec(c, "DELETE FROM account_token WHERE account_id = $1", DB_ARGS(db_int(account_id)));
}

bool tokens_delete_ended(struct call *c)
{
	return db_exec(c, "DELETE FROM account_token WHERE ends_at <= $1", DB_ARGS(db_int(c->now)));
}

bool token_touch(struct call *c, const char *digest, instant now)
{
	return db_exec(c,
		       "UPDATE account_token SET used_at = $2 WHERE digest = $1 AND (used_at IS NULL OR used_at < $2)",
		       DB_ARGS(db_text(digest), db_int(now)));
}
