#include "audit/audit_store.h"

#include <string.h>

#include "db/db.h"

#define EVENT_COLUMNS_SQL \
	"SELECT id, at, kind, account_id, address, unit_id, unit_path, subject_kind, subject_id, before, after FROM event "

bool audit_store_writes(const struct call *c)
{
	return db_writable(c->db);
}

bool audit_store_insert(struct call *c, id event_id, id account_id, const struct event *event)
{
	return db_exec(c,
		"INSERT INTO event (id, at, kind, account_id, address, unit_id, unit_path, subject_kind, "
		"subject_id, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		DB_ARGS(db_int(event_id), db_int(c->now), db_text(event->kind), db_int_or_null(account_id),
			db_text(c->address), db_int_or_null(event->unit_id), db_text(event->unit_path),
			db_text(event->subject_kind), db_int_or_null(event->subject_id), db_text(event->before),
			db_text(event->after)));
}

bool audit_store_newest(struct call *c, id *out)
{
	return db_query_int(c, "SELECT id FROM event ORDER BY id DESC LIMIT 1", DB_NONE, 0, out);
}

bool audit_store_before(struct call *c, id event_id, int count, id *out)
{
	return db_query_int(c, "SELECT id FROM event WHERE id < $1 ORDER BY id DESC LIMIT 1 OFFSET $2",
			    DB_ARGS(db_int(event_id), db_int(count)), 0, out);
}

static void read_row(struct db_rows *rows, struct event_row *out)
{
	*out = (struct event_row){
		.id = db_col_int(rows, EVENT_ID),
		.at = db_col_int(rows, EVENT_AT),
		.kind = db_col_peek(rows, EVENT_KIND),
		.account_id = db_col_int(rows, EVENT_ACCOUNT),
		.address = db_col_peek(rows, EVENT_ADDRESS),
		.unit_id = db_col_int(rows, EVENT_UNIT),
		.unit_path = db_col_peek(rows, EVENT_PATH),
		.subject_kind = db_col_peek(rows, EVENT_SUBJECT_KIND),
		.subject_id = db_col_int(rows, EVENT_SUBJECT),
		.before = db_col_peek(rows, EVENT_BEFORE),
		.after = db_col_peek(rows, EVENT_AFTER),
	};
	for (int column = 0; column < EVENT_COLUMNS; column++)
		if (db_col_null(rows, column))
			out->nulls |= 1u << column;
}

static bool give_each(struct db_rows *rows, audit_each each, void *arg)
{
	struct event_row row;
	while (db_next(rows)) {
		read_row(rows, &row);
		if (!each(arg, &row))
			break;
	}
	return db_done(rows);
}

bool audit_store_each(struct call *c, id after, id last, int limit, audit_each each, void *arg)
{
	return give_each(db_query(c, EVENT_COLUMNS_SQL "WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
				  DB_ARGS(db_int(after), db_int(last), db_int(limit))),
			 each, arg);
}

/* $1 to $6 as below, $7 to $14 the path ranges. */
#define FILTER \
	"(CAST($1 AS TEXT) IS NULL OR (kind >= $1 AND kind < $2)) " \
	"AND (CAST($3 AS BIGINT) IS NULL OR account_id = $3) " \
	"AND (CAST($4 AS TEXT) IS NULL OR subject_kind = $4) " \
	"AND (CAST($5 AS BIGINT) IS NULL OR at >= $5) AND (CAST($6 AS BIGINT) IS NULL OR at < $6) " \
	"AND ((unit_path >= $7 AND unit_path < $8) OR (unit_path >= $9 AND unit_path < $10) " \
	"OR (unit_path >= $11 AND unit_path < $12) OR (unit_path >= $13 AND unit_path < $14)) "

#define FILTER_VALUES(filter) \
	db_text((filter)->kind_low), db_text((filter)->kind_high), db_int_or_null((filter)->account_id), \
	db_text((filter)->subject_kind), db_int_or_null((filter)->from), db_int_or_null((filter)->to), \
	db_text((filter)->paths[0].low), db_text((filter)->paths[0].high), db_text((filter)->paths[1].low), \
	db_text((filter)->paths[1].high), db_text((filter)->paths[2].low), db_text((filter)->paths[2].high), \
	db_text((filter)->paths[3].low), db_text((filter)->paths[3].high)

bool audit_store_page(struct call *c, const struct event_filter *filter, id floor, id before, int limit,
		      audit_each each, void *arg)
{
	return give_each(db_query(c,
			EVENT_COLUMNS_SQL "WHERE " FILTER "AND id > $15 AND id < $16 ORDER BY id DESC LIMIT $17",
			DB_ARGS(FILTER_VALUES(filter), db_int(floor), db_int(before), db_int(limit))),
		each, arg);
}

bool audit_store_page_subject(struct call *c, const struct event_filter *filter, id before, int limit, audit_each each,
			      void *arg)
{
	return give_each(db_query(c,
			EVENT_COLUMNS_SQL "WHERE " FILTER "AND subject_id = $15 AND id < $16 ORDER BY id DESC LIMIT $17",
			DB_ARGS(FILTER_VALUES(filter), db_int(filter->subject_id), db_int(before), db_int(limit))),
		each, arg);
}

#define BLOCK_COLUMNS_SQL \
	"SELECT no, first_id, last_id, events, root, previous, hash, signature, key_id, sealed_at FROM event_block "

static void copy_hex(char *out, size_t size, const char *text)
{
	size_t length = strnlen(text, size - 1);
	memcpy(out, text, length);
	out[length] = '\0';
}

static void read_block(struct db_rows *rows, struct audit_block *out)
{
	*out = (struct audit_block){
		.no = db_col_int(rows, 0),
		.first_id = db_col_int(rows, 1),
		.last_id = db_col_int(rows, 2),
		.events = db_col_int(rows, 3),
		.sealed_at = db_col_int(rows, 9),
	};
	copy_hex(out->root, sizeof(out->root), db_col_peek(rows, 4));
	copy_hex(out->previous, sizeof(out->previous), db_col_peek(rows, 5));
	copy_hex(out->hash, sizeof(out->hash), db_col_peek(rows, 6));
	copy_hex(out->signature, sizeof(out->signature), db_col_peek(rows, 7));
	copy_hex(out->key_id, sizeof(out->key_id), db_col_peek(rows, 8));
}

bool audit_store_last_block(struct call *c, bool *found, struct audit_block *out)
{
	size_t count;
	if (!audit_store_blocks_down(c, INT64_MAX, 1, out, &count))
		return false;
	*found = count == 1;
	return true;
}

static bool read_blocks(struct db_rows *rows, int limit, struct audit_block *out, size_t *count)
{
	*count = 0;
	while (*count < (size_t)limit && db_next(rows))
		read_block(rows, &out[(*count)++]);
	return db_done(rows);
}

bool audit_store_blocks_up(struct call *c, int64_t after, int limit, struct audit_block *out, size_t *count)
{
	return read_blocks(db_query(c, BLOCK_COLUMNS_SQL "WHERE no > $1 ORDER BY no LIMIT $2",
				    DB_ARGS(db_int(after), db_int(limit))),
			   limit, out, count);
}

bool audit_store_blocks_down(struct call *c, int64_t before, int limit, struct audit_block *out, size_t *count)
{
	return read_blocks(db_query(c, BLOCK_COLUMNS_SQL "WHERE no < $1 ORDER BY no DESC LIMIT $2",
				    DB_ARGS(db_int(before), db_int(limit))),
			   limit, out, count);
}

bool audit_store_insert_block(struct call *c, const struct audit_block *block, bool *duplicate)
{
	return db_insert(c,
		"INSERT INTO event_block (no, first_id, last_id, events, root, previous, hash, signature, key_id, sealed_at) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		DB_ARGS(db_int(block->no), db_int(block->first_id), db_int(block->last_id), db_int(block->events),
			db_text(block->root), db_text(block->previous), db_text(block->hash), db_text(block->signature),
			db_text(block->key_id), db_int(block->sealed_at)),
		duplicate);
}

bool audit_store_block_behind(struct call *c, id event_id, bool *found, struct audit_block *out)
{
	size_t count;
	if (!read_blocks(db_query(c, BLOCK_COLUMNS_SQL "WHERE last_id >= $1 ORDER BY last_id LIMIT 1",
				  DB_ARGS(db_int(event_id))),
			 1, out, &count))
		return false;
	*found = count == 1;
	return true;
}

bool audit_store_key(struct call *c, const char *key_id, const char **public_hex)
{
	struct db_rows *row;
	*public_hex = NULL;
	if (!db_query_one(c, "SELECT public_key FROM audit_key WHERE id = $1", DB_ARGS(db_text(key_id)), &row))
		return false;
	if (!row)
		return true;
	*public_hex = db_col_text(row, 0);
	return db_done(row);
}

bool audit_store_put_key(struct call *c, const char *key_id, const char *public_hex)
{
	return db_exec(c,
		"INSERT INTO audit_key (id, public_key, created_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING",
		DB_ARGS(db_text(key_id), db_text(public_hex), db_int(c->now)));
}

bool audit_store_count_behind(struct call *c, id event_id, int64_t *out)
{
	return db_query_int(c, "SELECT count(*) FROM event WHERE id > $1", DB_ARGS(db_int(event_id)), 0, out);
}
