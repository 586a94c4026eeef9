#include "task/task_calendar_store.h"

#include "db/db.h"

bool store_calendar_put(struct call *c, id account_id, const char *digest)
{
	return db_exec(c,
		       "INSERT INTO task_calendar (account_id, digest, created_at) VALUES ($1, $2, $3) "
		       "ON CONFLICT (account_id) DO UPDATE SET digest = excluded.digest, created_at = excluded.created_at",
		       DB_ARGS(db_int(account_id), db_text(digest), db_int(c->now)));
}

bool store_calendar_delete(struct call *c, id account_id)
{
	return db_exec(c, "DELETE FROM task_calendar WHERE account_id = $1", DB_ARGS(db_int(account_id)));
}

bool store_calendar_made(struct call *c, id account_id, instant *created_at)
{
	return db_query_int(c, "SELECT created_at FROM task_calendar WHERE account_id = $1", DB_ARGS(db_int(account_id)), 0,
			    created_at);
}

bool store_calendar_owner(struct call *c, const char *digest, id *account_id)
{
	return db_query_int(c, "SELECT account_id FROM task_calendar WHERE digest = $1", DB_ARGS(db_text(digest)), 0,
			    account_id);
}
