#include "account/account_store.h"

#include <string.h>

#include "base/arena.h"
#include "base/rows.h"
#include "db/db.h"

#define COLUMNS "g.id, g.account_id, g.role, g.unit_id, g.unit_path, g.granted_by, g.granted_at"

struct grant_list {
	struct grant_row *items;
	size_t count, room;
};

static struct grant_row *grant_add(struct arena *mem, struct grant_list *list)
{
	if (list->count == list->room) {
		size_t room = list->room == 0 ? 8 : list->room * 2;
		struct grant_row *items = ARENA_ARRAY(mem, struct grant_row, room);
		if (list->count > 0)
			memcpy(items, list->items, list->count * sizeof(*items));
		list->items = items;
		list->room = room;
	}
	return &list->items[list->count++];
}

static bool read_grants(struct call *c, struct db_rows *rows, struct grant_row **out, size_t *count)
{
	struct grant_list list = { 0 };
	while (db_next(rows)) {
		*grant_add(c->mem, &list) = (struct grant_row){
			.grant = { .id = db_col_int(rows, 0),
				   .role = (enum role)db_col_int(rows, 2),
				   .unit_id = db_col_int(rows, 3),
				   .unit_path = db_col_text(rows, 4) },
			.account_id = db_col_int(rows, 1),
			.granted_by = db_col_int(rows, 5),
			.granted_at = db_col_int(rows, 6),
		};
	}
	*out = list.items;
	*count = list.count;
	return db_done(rows);
}

bool grant_rows(struct call *c, id account_id, struct grant_row **out, size_t *count)
{
	struct db_rows *rows = db_query(
		c, "SELECT " COLUMNS " FROM account_grant g WHERE g.account_id = $1 ORDER BY g.id",
		DB_ARGS(db_int(account_id)));
	return read_grants(c, rows, out, count);
}

bool grant_rows_between(struct call *c, const char *first, const char *last, struct grant_row **out,
			size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT " COLUMNS " FROM account_grant g JOIN account a ON a.id = g.account_id "
					"WHERE a.username >= $1 AND a.username <= $2 ORDER BY a.username, g.id",
					DB_ARGS(db_text(first), db_text(last)));
	return read_grants(c, rows, out, count);
}

bool grant_insert(struct call *c, const struct grant_row *row, bool *taken)
{
	*taken = false;
	return db_insert(c,
			 "INSERT INTO account_grant (id, account_id, role, unit_id, unit_path, granted_by, granted_at) "
			 "VALUES ($1, $2, $3, $4, $5, $6, $7)",
			 DB_ARGS(db_int(row->grant.id), db_int(row->account_id), db_int(row->grant.role),
				 db_int(row->grant.unit_id), db_text(row->grant.unit_path),
				 db_int_or_null(row->granted_by), db_int(row->granted_at)),
			 taken);
}

bool grant_delete(struct call *c, id grant_id)
{
	return db_exec(c, "DELETE FROM account_grant WHERE id = $1", DB_ARGS(db_int(grant_id)));
}

bool administrators_count(struct call *c, id except_account, int64_t *out)
{
	return db_query_int(c,
			    "SELECT COUNT(DISTINCT a.id) FROM account_grant g JOIN account a ON a.id = g.account_id "
			    "WHERE g.role = $1 AND a.state = $2 AND a.id <> $3",
			    DB_ARGS(db_int(ROLE_ADMINISTRATOR), db_int(ACCOUNT_ACTIVE),
				    db_int(except_account)), 0,
			    out);
}

#define HOLDINGS \
	"SELECT a.id, a.unit_id, a.full_name, a.position, g.role, g.unit_path FROM account_grant g " \
	"JOIN account a ON a.id = g.account_id WHERE a.state = 1 AND "

static bool read_holdings(struct call *c, struct db_rows *rows, struct holding_row **out, size_t *count, size_t *room)
{
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, room, sizeof(**out));
		(*out)[(*count)++] = (struct holding_row){
			.holder = { db_col_int(rows, 0), db_col_int(rows, 1), db_col_text(rows, 2), db_col_text(rows, 3) },
			.role = (enum role)db_col_int(rows, 4),
			.path = db_col_text(rows, 5),
		};
	}
	return db_done(rows);
}

bool holding_rows_by_name(struct call *c, const char *paths, const char *fold, int limit, struct holding_row **out,
			  size_t *count)
{
	size_t room = 0;
	*out = NULL;
	*count = 0;
	return read_holdings(c,
			     db_query(c,
				      HOLDINGS "a.fold LIKE '%' || $2 || '%' AND $1 LIKE '%|' || g.unit_path || '|%' "
					       "ORDER BY a.full_name, a.id LIMIT $3",
				      DB_ARGS(db_text(paths), db_text(fold), db_int(limit))),
			     out, count, &room);
}

bool holding_rows_of(struct call *c, const id *ids, size_t id_count, struct holding_row **out, size_t *count)
{
	enum { AT_ONCE = 8 };
	size_t room = 0;
	*out = NULL;
	*count = 0;
	for (size_t i = 0; i < id_count; i += AT_ONCE) {
		struct db_value values[AT_ONCE];
		for (size_t k = 0; k < AT_ONCE; k++)
			values[k] = db_int(ids[i + k < id_count ? i + k : i]);
		if (!read_holdings(c, db_query(c, HOLDINGS "a.id IN ($1, $2, $3, $4, $5, $6, $7, $8)",
					       (struct db_args){ values, AT_ONCE }),
				   out, count, &room))
			return false;
	}
	return true;
}
