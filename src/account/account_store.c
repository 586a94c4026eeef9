#include "account/account_store.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "db/db.h"
#include "unit/unit.h"

#define COLUMNS \
	"a.id, a.username, a.full_name, a.fold, a.position, a.email, a.unit_id, a.unit_path, a.state, a.state_reason, " \
	"a.leader_category, a.language, a.password_hash, a.password_at, a.must_change_password, a.totp_sealed, " \
	"a.totp_pending, a.totp_step, a.totp_at, a.citizen_sealed, a.citizen_index, a.citizen_tail, " \
	"a.mobile_sealed, a.mobile_tail, a.seen_at, a.warned_at, a.enabled_at, a.created_by, a.created_at, " \
	"a.decided_by, a.decided_at, a.version"

static void read_row(struct db_rows *rows, struct account_row *out)
{
	*out = (struct account_row){
		.id = db_col_int(rows, 0),
		.username = db_col_text(rows, 1),
		.full_name = db_col_text(rows, 2),
		.fold = db_col_text(rows, 3),
		.position = db_col_text(rows, 4),
		.email = db_col_text(rows, 5),
		.unit_id = db_col_int(rows, 6),
		.unit_path = db_col_text(rows, 7),
		.state = (enum account_state)db_col_int(rows, 8),
		.state_reason = db_col_text(rows, 9),
		.leader_category = (int)db_col_int(rows, 10),
		.language = db_col_text(rows, 11),
		.password_hash = db_col_text(rows, 12),
		.password_at = db_col_int(rows, 13),
		.must_change_password = db_col_int(rows, 14) != 0,
		.totp_sealed = db_col_text(rows, 15),
		.totp_pending = db_col_text(rows, 16),
		.totp_step = db_col_int(rows, 17),
		.totp_at = db_col_int(rows, 18),
		.citizen_sealed = db_col_text(rows, 19),
		.citizen_index = db_col_text(rows, 20),
		.citizen_tail = db_col_text(rows, 21),
		.mobile_sealed = db_col_text(rows, 22),
		.mobile_tail = db_col_text(rows, 23),
		.seen_at = db_col_int(rows, 24),
		.warned_at = db_col_int(rows, 25),
		.enabled_at = db_col_int(rows, 26),
		.created_by = db_col_int(rows, 27),
		.created_at = db_col_int(rows, 28),
		.decided_by = db_col_int(rows, 29),
		.decided_at = db_col_int(rows, 30),
		.version = db_col_int(rows, 31),
	};
}

static bool read_one(struct call *c, const char *sql, struct db_args args, struct account_row *out,
		     bool *found)
{
	struct db_rows *rows;
	if (!db_query_one(c, sql, args, &rows))
		return false;
	*found = rows != NULL;
	if (rows == NULL)
		return true;
	read_row(rows, out);
	return db_done(rows);
}

bool account_row_by_id(struct call *c, id account_id, struct account_row *out, bool *found)
{
	return read_one(c, "SELECT " COLUMNS " FROM account a WHERE a.id = $1", DB_ARGS(db_int(account_id)),
			out, found);
}

bool account_row_by_username(struct call *c, const char *username, struct account_row *out, bool *found)
{
	return read_one(c, "SELECT " COLUMNS " FROM account a WHERE a.username = $1",
			DB_ARGS(db_text(username)), out, found);
}

bool account_citizen_taken(struct call *c, const char *citizen_index, id except, bool *taken)
{
	int64_t other;
	if (!db_query_int(c, "SELECT id FROM account WHERE citizen_index = $1 AND id <> $2",
			  DB_ARGS(db_text(citizen_index), db_int(except)), 0, &other))
		return false;
	*taken = other != 0;
	return true;
}

bool account_row_insert(struct call *c, const struct account_row *row)
{
	bool taken = false;
	bool duplicate = false;
	if (row->citizen_index != NULL && !account_citizen_taken(c, row->citizen_index, row->id, &taken))
		return false;
	if (taken)
		return error_set(c->err, ERR_citizen_number_taken, "citizen_number", NULL);
	bool ok = db_insert(
		c,
		"INSERT INTO account (id, username, full_name, fold, position, email, unit_id, unit_path, state, "
		"leader_category, language, password_hash, password_at, must_change_password, totp_sealed, totp_step, "
		"totp_at, citizen_sealed, citizen_index, citizen_tail, mobile_sealed, mobile_tail, enabled_at, "
		"created_by, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
		"$14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)",
		DB_ARGS(db_int(row->id), db_text(row->username), db_text(row->full_name), db_text(row->fold),
			db_text(row->position), db_text(row->email), db_int(row->unit_id),
			db_text(row->unit_path),
			db_int(row->state), db_int_or_null(row->leader_category), db_text(row->language),
			db_text(row->password_hash), db_int_or_null(row->password_at),
			db_bool(row->must_change_password), db_text(row->totp_sealed), db_int(row->totp_step),
			db_int_or_null(row->totp_at), db_text(row->citizen_sealed),
			db_text(row->citizen_index),
			db_text(row->citizen_tail), db_text(row->mobile_sealed), db_text(row->mobile_tail),
			db_int_or_null(row->enabled_at), db_int_or_null(row->created_by),
			db_int(row->created_at), db_int(row->version)),
		&duplicate);
	if (duplicate)
		return error_set(c->err, ERR_username_taken, "username", NULL);
	return ok;
}

bool account_row_save(struct call *c, const struct account_row *row)
{
	return db_exec(
		c,
		"UPDATE account SET full_name = $2, fold = $3, position = $4, email = $5, unit_id = $6, "
		"unit_path = $7, state = $8, state_reason = $9, leader_category = $10, language = $11, "
		"password_hash = $12, password_at = $13, must_change_password = $14, totp_sealed = $15, "
		"totp_pending = $16, totp_step = $17, totp_at = $18, citizen_sealed = $19, citizen_index = $20, "
		"citizen_tail = $21, mobile_sealed = $22, mobile_tail = $23, seen_at = $24, warned_at = $25, "
		"enabled_at = $26, decided_by = $27, decided_at = $28, version = $29 WHERE id = $1",
		DB_ARGS(db_int(row->id), db_text(row->full_name), db_text(row->fold), db_text(row->position),
			db_text(row->email), db_int(row->unit_id), db_text(row->unit_path),
			db_int(row->state), db_text(row->state_reason), db_int_or_null(row->leader_category),
			db_text(row->language), db_text(row->password_hash), db_int_or_null(row->password_at),
			db_bool(row->must_change_password), db_text(row->totp_sealed),
			db_text(row->totp_pending),
			db_int(row->totp_step), db_int_or_null(row->totp_at), db_text(row->citizen_sealed),
			db_text(row->citizen_index), db_text(row->citizen_tail), db_text(row->mobile_sealed),
			db_text(row->mobile_tail), db_int_or_null(row->seen_at),
			db_int_or_null(row->warned_at),
			db_int_or_null(row->enabled_at), db_int_or_null(row->decided_by),
			db_int_or_null(row->decided_at), db_int(row->version)));
}

bool account_row_rename(struct call *c, id account_id, const char *username)
{
	return db_exec(c, "UPDATE account SET username = $2 WHERE id = $1",
		       DB_ARGS(db_int(account_id), db_text(username)));
}

bool account_row_seen(struct call *c, id account_id, instant now)
{
	return db_exec(c, "UPDATE account SET seen_at = $2 WHERE id = $1",
		       DB_ARGS(db_int(account_id), db_int(now)));
}

/* The first text behind all that start with `path`, which ends with '/'. */
static const char *behind(struct arena *mem, const char *path)
{
	char *end = arena_strdup(mem, path);
	end[strlen(end) - 1] = '/' + 1;
	return end;
}

bool account_rows_moved(struct call *c, const char *from, const char *to)
{
	static const char *const copies[] = {
		UNIT_PATH_MOVED("account", "unit_path"),
		UNIT_PATH_MOVED("account_grant", "unit_path"),
		UNIT_PATH_MOVED("account_token", "unit_path"),
	};

	return unit_paths_move(c, copies, sizeof(copies) / sizeof(*copies), from, to);
}

struct row_list {
	struct account_row *items;
	size_t count, room;
};

static struct account_row *row_add(struct arena *mem, struct row_list *list)
{
	if (list->count == list->room) {
		size_t room = list->room == 0 ? 32 : list->room * 2;
		struct account_row *items = ARENA_ARRAY(mem, struct account_row, room);
		if (list->count > 0)
			memcpy(items, list->items, list->count * sizeof(*items));
		list->items = items;
		list->room = room;
	}
	return &list->items[list->count++];
}

static bool read_rows(struct call *c, struct db_rows *rows, struct account_row **out, size_t *count)
{
	struct row_list list = { 0 };
	while (db_next(rows))
		read_row(rows, row_add(c->mem, &list));
	*out = list.items;
	*count = list.count;
	return db_done(rows);
}

bool account_rows_list(struct call *c, const struct account_filter *filter, struct account_row **out,
		       size_t *count)
{
	struct db_rows *rows = db_query(
		c,
		"SELECT " COLUMNS " FROM account a WHERE a.unit_path >= $1 AND a.unit_path < $2 "
		"AND a.username > $3 AND (CAST($4 AS BIGINT) = -1 OR a.state = $4) "
		"AND (CAST($5 AS BIGINT) = -1 OR EXISTS (SELECT 1 FROM account_grant g "
		"WHERE g.account_id = a.id AND g.role = $5)) "
		"AND (CAST($6 AS TEXT) IS NULL OR a.fold LIKE '%' || $6 || '%') "
		"AND (CAST($8 AS BIGINT) = 0 OR a.unit_path = $1) ORDER BY a.username LIMIT $7",
		DB_ARGS(db_text(filter->path), db_text(behind(c->mem, filter->path)),
			db_text(filter->after != NULL ? filter->after : ""), db_int(filter->state),
			db_int(filter->role), db_text(filter->fold), db_int(filter->limit),
			db_bool(filter->exact)));
	return read_rows(c, rows, out, count);
}

bool account_rows_unused(struct call *c, instant before, id after, int limit, struct account_row **out,
			 size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT " COLUMNS " FROM account a WHERE a.state = $1 AND a.id > $3 "
					"AND COALESCE(a.seen_at, 0) < $2 AND COALESCE(a.enabled_at, 0) < $2 "
					"ORDER BY a.id LIMIT $4",
					DB_ARGS(db_int(ACCOUNT_ACTIVE), db_int(before), db_int(after),
						db_int(limit)));
	return read_rows(c, rows, out, count);
}

/* Asked in groups of this many, so that the statement stays one. */
enum { NAMES_GROUP = 16 };

static bool names_group(struct call *c, const id *ids, size_t count, const char **names)
{
	struct db_value values[NAMES_GROUP];
	for (size_t i = 0; i < NAMES_GROUP; i++)
		values[i] = db_int(ids[i < count ? i : 0]);
	struct db_rows *rows = db_query(c,
					"SELECT id, full_name FROM account WHERE id IN ($1, $2, $3, $4, $5, $6, $7, "
					"$8, $9, $10, $11, $12, $13, $14, $15, $16)",
					(struct db_args){ values, NAMES_GROUP });
	while (db_next(rows)) {
		id account_id = db_col_int(rows, 0);
		const char *name = db_col_text(rows, 1);
		for (size_t i = 0; i < count; i++)
			if (ids[i] == account_id)
				names[i] = name;
	}
	return db_done(rows);
}

bool account_names_read(struct call *c, const id *ids, size_t count, const char **names)
{
	for (size_t i = 0; i < count; i++)
		names[i] = "";
	for (size_t i = 0; i < count; i += NAMES_GROUP) {
		size_t group = count - i < NAMES_GROUP ? count - i : NAMES_GROUP;
		if (!names_group(c, ids + i, group, names + i))
			return false;
	}
	return true;
}
