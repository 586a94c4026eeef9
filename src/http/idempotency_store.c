#include "http/idempotency_store.h"

#include "db/db.h"

bool kept_reply_read(struct call *c, id account, const char *key, struct kept_reply *out, bool *found)
{
	struct db_rows *row;

	if (!db_query_one(c,
			  "SELECT route, body_digest, status, reply, at FROM idempotency"
			  " WHERE account_id = $1 AND key = $2",
			  DB_ARGS(db_int(account), db_text(key)), &row))
		return false;
	*found = row != NULL;
	if (!row)
		return true;
	out->route = db_col_text(row, 0);
	out->body_digest = db_col_text(row, 1);
	out->status = (int)db_col_int(row, 2);
	out->reply = db_col_text(row, 3);
	out->at = db_col_int(row, 4);
	return db_done(row);
}

bool kept_reply_write(struct call *c, id account, const char *key, const struct kept_reply *reply)
{
	return db_exec(c,
		       "INSERT INTO idempotency (account_id, key, route, body_digest, status, reply, at)"
		       " VALUES ($1, $2, $3, $4, $5, $6, $7)"
		       " ON CONFLICT (account_id, key) DO UPDATE SET route = excluded.route,"
		       " body_digest = excluded.body_digest, status = excluded.status,"
		       " reply = excluded.reply, at = excluded.at",
		       DB_ARGS(db_int(account), db_text(key), db_text(reply->route), db_text(reply->body_digest),
			       db_int(reply->status), db_text(reply->reply), db_int(reply->at)));
}

/* Looks first: a delete of nothing would still be a commit, and make every cached reply old. */
bool kept_reply_sweep(struct call *c, instant before)
{
	int64_t oldest;

	if (!db_query_int(c, "SELECT min(at) FROM idempotency", DB_NONE, before, &oldest))
		return false;
	return oldest >= before || db_exec(c, "DELETE FROM idempotency WHERE at < $1", DB_ARGS(db_int(before)));
}
