#include "unit/unit_store.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "db/db.h"
#include "unit/unit_rules.h"

#define UNIT_COLUMNS \
	"u.id, u.code, u.name, u.name_en, u.kind, k.position, u.line, u.parent_id, u.path, u.province_id, " \
	"u.territory, u.valid_from, u.valid_to, u.successor_id, u.version"
#define UNIT_FROM " FROM unit u JOIN unit_kind k ON k.code = u.kind "

bool unit_store_writes(const struct call *c)
{
	return db_writable(c->db);
}

static void read_unit(struct db_rows *rows, struct unit *out)
{
	*out = (struct unit){
		.id = db_col_int(rows, 0),
		.code = db_col_text(rows, 1),
		.name = db_col_text(rows, 2),
		.name_en = db_col_text(rows, 3),
		.kind = db_col_text(rows, 4),
		.kind_position = (int)db_col_int(rows, 5),
		.line = db_col_text(rows, 6),
		.parent_id = db_col_int(rows, 7),
		.path = db_col_text(rows, 8),
		.province_id = db_col_int(rows, 9),
		.territory = db_col_text(rows, 10),
		.valid_from = db_col_date(rows, 11),
		.valid_to = db_col_date(rows, 12),
		.successor_id = db_col_int(rows, 13),
		.version = db_col_int(rows, 14),
	};
}

static bool read_one(struct call *c, const char *sql, struct db_args args, bool *found, struct unit *out)
{
	struct db_rows *row;
	*found = false;
	if (!db_query_one(c, sql, args, &row))
		return false;
	if (!row)
		return true;
	*found = true;
	read_unit(row, out);
	return db_done(row);
}

bool unit_store_by_id(struct call *c, id unit_id, bool *found, struct unit *out)
{
	return read_one(c, "SELECT " UNIT_COLUMNS UNIT_FROM "WHERE u.id = $1", DB_ARGS(db_int(unit_id)), found, out);
}

bool unit_store_by_code(struct call *c, const char *code, bool *found, struct unit *out)
{
	return read_one(c, "SELECT " UNIT_COLUMNS UNIT_FROM "WHERE u.code = $1", DB_ARGS(db_text(code)), found, out);
}

bool unit_store_root(struct call *c, bool *found, struct unit *out)
{
	return read_one(c, "SELECT " UNIT_COLUMNS UNIT_FROM "WHERE u.parent_id IS NULL ORDER BY u.id LIMIT 1", DB_NONE,
			found, out);
}

/* Rows of a query in an array that grows in the call's memory. */
static bool read_all(struct call *c, struct db_rows *rows, struct unit **out, size_t *count)
{
	size_t room = 64;
	struct unit *units = ARENA_ARRAY(c->mem, struct unit, room);
	size_t n = 0;
	while (db_next(rows)) {
		if (n == room) {
			struct unit *more = ARENA_ARRAY(c->mem, struct unit, room * 2);
			memcpy(more, units, room * sizeof(*units));
			units = more;
			room *= 2;
		}
		read_unit(rows, &units[n++]);
	}
	*out = units;
	*count = n;
	return db_done(rows);
}

bool unit_store_all(struct call *c, struct unit **out, size_t *count)
{
	return read_all(c, db_query(c, "SELECT " UNIT_COLUMNS UNIT_FROM "ORDER BY u.id", DB_NONE), out, count);
}

static const char *date_text(struct arena *mem, struct civil_date date)
{
	return date.year ? civil_format_date(date, arena_alloc(mem, CIVIL_TEXT_MAX)) : NULL;
}

bool unit_store_children(struct call *c, id parent_id, const char *kind, struct civil_date day, struct unit **out,
			 size_t *count)
{
	struct db_rows *rows = db_query(c,
		"SELECT " UNIT_COLUMNS UNIT_FROM
		"WHERE u.parent_id = $1 AND (CAST($2 AS TEXT) IS NULL OR u.kind = $2) "
		"AND u.valid_from <= $3 AND (u.valid_to IS NULL OR u.valid_to > $3) "
		"ORDER BY k.position, u.sort_key, u.id",
		DB_ARGS(db_int(parent_id), db_text(kind), db_text(date_text(c->mem, day))));
	return read_all(c, rows, out, count);
}

bool unit_store_subtree(struct call *c, const char *path, struct civil_date day, struct unit **out, size_t *count)
{
	return read_all(c,
			db_query(c,
				 "SELECT " UNIT_COLUMNS UNIT_FROM "WHERE u.path >= $1 AND u.path < $2 "
				 "AND u.valid_from <= $3 AND (u.valid_to IS NULL OR u.valid_to > $3) ORDER BY u.path",
				 DB_ARGS(db_text(path), db_text(unit_path_end(c->mem, path)),
					 db_text(date_text(c->mem, day)))),
			out, count);
}

bool unit_store_count_from(struct call *c, id parent_id, struct civil_date day, int64_t *out)
{
	return db_query_int(c,
		"SELECT count(*) FROM unit WHERE parent_id = $1 AND (valid_to IS NULL OR valid_to > $2)",
		DB_ARGS(db_int(parent_id), db_text(date_text(c->mem, day))), 0, out);
}

bool unit_store_depth_below(struct call *c, const char *path, int *out)
{
	struct db_rows *rows = db_query(c, "SELECT path FROM unit WHERE path >= $1 AND path < $2",
					DB_ARGS(db_text(path), db_text(unit_path_end(c->mem, path))));
	int own = unit_path_depth(path), deepest = own;
	while (db_next(rows)) {
		int depth = unit_path_depth(db_col_peek(rows, 0));
		if (depth > deepest)
			deepest = depth;
	}
	*out = deepest - own;
	return db_done(rows);
}

/*
 * A page in the order (rank, kind, name, id): rank 0 when one of the search
 * forms starts with what is looked for. $1 day, $2 kind, $3 pattern to be
 * contained, $4 pattern for rank 0, $5 to $8 the row of the cursor, $9 limit.
 */
#define PAGE_RANK "CASE WHEN u.search LIKE $4 THEN 0 ELSE 1 END"
#define PAGE_HEAD \
	"SELECT " UNIT_COLUMNS ", (SELECT count(*) FROM unit b WHERE b.parent_id = u.id AND b.valid_from <= $1 " \
	"AND (b.valid_to IS NULL OR b.valid_to > $1)), p.name " \
	"FROM (SELECT u.id, " PAGE_RANK " AS rank, k.position, u.sort_key" UNIT_FROM \
	"WHERE u.valid_from <= $1 AND (u.valid_to IS NULL OR u.valid_to > $1) " \
	"AND (CAST($2 AS TEXT) IS NULL OR u.kind = $2) AND u.search LIKE $3 " \
	"AND (CAST($8 AS BIGINT) IS NULL OR (" PAGE_RANK ", k.position, u.sort_key, u.id) > " \
	"(CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS TEXT), CAST($8 AS BIGINT))) "
#define PAGE_TAIL \
	" ORDER BY 2, k.position, u.sort_key, u.id LIMIT $9) page JOIN unit u ON u.id = page.id " \
	"JOIN unit_kind k ON k.code = u.kind LEFT JOIN unit p ON p.id = u.parent_id " \
	"ORDER BY page.rank, page.position, page.sort_key, page.id"

struct cursor {
	struct db_value rank, position, sort_key, id;
};

static bool read_cursor(struct call *c, const struct unit_page *page, bool *known, struct cursor *out)
{
	*known = true;
	*out = (struct cursor){ db_null(), db_null(), db_null(), db_null() };
	if (page->query->after == 0)
		return true;
	struct db_rows *row;
	if (!db_query_one(c, "SELECT k.position, u.sort_key, u.search" UNIT_FROM "WHERE u.id = $1",
			  DB_ARGS(db_int(page->query->after)), &row))
		return false;
	if (!row) {
		*known = false;
		return true;
	}
	bool starts = !page->fold || strstr(db_col_peek(row, 2), arena_printf(c->mem, "|%s", page->fold));
	out->rank = db_int(starts ? 0 : 1);
	out->position = db_int(db_col_int(row, 0));
	out->sort_key = db_text(db_col_text(row, 1));
	out->id = db_int(page->query->after);
	return db_done(row);
}

bool unit_store_page(struct call *c, const struct unit_page *page, bool *cursor_known, struct unit **out, size_t *count)
{
	const struct unit_query *query = page->query;
	struct cursor cursor;
	*count = 0;
	if (!read_cursor(c, page, cursor_known, &cursor))
		return false;
	if (!*cursor_known)
		return true;

	/* Folded text has no wildcards in it. */
	const char *contains = page->fold ? arena_printf(c->mem, "%%%s%%", page->fold) : "%";
	const char *starts = page->fold ? arena_printf(c->mem, "%%|%s%%", page->fold) : "%";
	struct db_value day = db_text(date_text(c->mem, page->day));
	struct db_rows *rows;
	if (query->parent_id)
		rows = db_query(c, PAGE_HEAD "AND u.parent_id = $10" PAGE_TAIL,
			DB_ARGS(day, db_text(query->kind), db_text(contains), db_text(starts), cursor.rank, cursor.position,
				cursor.sort_key, cursor.id, db_int(query->limit + 1), db_int(query->parent_id)));
	else
		rows = db_query(c, PAGE_HEAD "AND u.path >= $10 AND u.path < $11" PAGE_TAIL,
			DB_ARGS(day, db_text(query->kind), db_text(contains), db_text(starts), cursor.rank, cursor.position,
				cursor.sort_key, cursor.id, db_int(query->limit + 1), db_text(page->under_path),
				db_text(unit_path_end(c->mem, page->under_path))));

	struct unit *units = ARENA_ARRAY(c->mem, struct unit, (size_t)query->limit + 1);
	size_t n = 0;
	while (n <= (size_t)query->limit && db_next(rows)) {
		read_unit(rows, &units[n]);
		units[n].child_count = db_col_int(rows, 15);
		units[n].parent_name = db_col_text(rows, 16);
		n++;
	}
	*out = units;
	*count = n;
	return db_done(rows);
}

#define INSERT_UNIT \
	"INSERT INTO unit (id, code, name, name_en, search, sort_key, kind, line, parent_id, path, province_id, " \
	"territory, valid_from, valid_to, successor_id, version) " \
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"

enum { INSERT_COLUMNS = 16 };

static void insert_values(struct arena *mem, const struct unit *unit, struct db_value *values)
{
	const struct db_value row[INSERT_COLUMNS] = {
		db_int(unit->id),
		db_text(unit->code),
		db_text(unit->name),
		db_text(unit->name_en),
		db_text(unit_search_forms(mem, unit->code, unit->name, unit->name_en)),
		db_text(text_sort_key(mem, unit->name)),
		db_text(unit->kind),
		db_text(unit->line),
		db_int_or_null(unit->parent_id),
		db_text(unit->path),
		db_int(unit->province_id),
		db_text(unit->territory),
		db_text(date_text(mem, unit->valid_from)),
		db_text(date_text(mem, unit->valid_to)),
		db_int_or_null(unit->successor_id),
		db_int(unit->version),
	};
	memcpy(values, row, sizeof(row));
}

bool unit_store_insert(struct call *c, const struct unit *unit, bool *duplicate)
{
	struct db_value values[INSERT_COLUMNS];
	insert_values(c->mem, unit, values);
	return db_insert(c, INSERT_UNIT, (struct db_args){ values, INSERT_COLUMNS }, duplicate);
}

bool unit_store_insert_many(struct call *c, const struct unit *units, size_t count)
{
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * INSERT_COLUMNS);
	for (size_t i = 0; i < count; i++)
		insert_values(c->mem, &units[i], values + i * INSERT_COLUMNS);
	return db_exec_many(c, INSERT_UNIT, values, count, INSERT_COLUMNS);
}

bool unit_store_update(struct call *c, const struct unit *unit)
{
	return db_exec(c,
		"UPDATE unit SET name = $2, name_en = $3, search = $4, sort_key = $5, kind = $6, line = $7, "
		"parent_id = $8, territory = $9, valid_from = $10, valid_to = $11, successor_id = $12, version = $13 "
		"WHERE id = $1",
		DB_ARGS(db_int(unit->id), db_text(unit->name), db_text(unit->name_en),
			db_text(unit_search_forms(c->mem, unit->code, unit->name, unit->name_en)),
			db_text(text_sort_key(c->mem, unit->name)), db_text(unit->kind), db_text(unit->line),
			db_int_or_null(unit->parent_id), db_text(unit->territory),
			db_text(date_text(c->mem, unit->valid_from)), db_text(date_text(c->mem, unit->valid_to)),
			db_int_or_null(unit->successor_id), db_int(unit->version)));
}

bool unit_store_move(struct call *c, const char *from, const char *to, id old_province, id new_province)
{
	return db_exec(c,
		"UPDATE unit SET path = CAST($3 AS TEXT) || substr(path, CAST($4 AS INTEGER)), "
		"province_id = CASE WHEN province_id = $5 THEN $6 ELSE province_id END "
		"WHERE path >= $1 AND path < $2",
		DB_ARGS(db_text(from), db_text(unit_path_end(c->mem, from)), db_text(to),
			db_int((int64_t)strlen(from) + 1), db_int(old_province), db_int(new_province)));
}

bool unit_paths_move(struct call *c, const char *const *statements, size_t count, const char *from, const char *to)
{
	struct db_args args = DB_ARGS(db_text(from), db_text(unit_path_end(c->mem, from)), db_text(to),
				      db_int((int64_t)strlen(from) + 1));
	for (size_t i = 0; i < count; i++)
		if (!db_exec(c, statements[i], args))
			return false;
	return true;
}

bool unit_store_kinds(struct call *c, struct unit_kind **out, size_t *count)
{
	enum { KINDS_MAX = 64 };
	struct unit_kind *kinds = ARENA_ARRAY(c->mem, struct unit_kind, KINDS_MAX);
	size_t n = 0;
	struct db_rows *rows = db_query(c, "SELECT code, name, name_en, line, position FROM unit_kind "
					   "ORDER BY position, code LIMIT 64", DB_NONE);
	while (n < KINDS_MAX && db_next(rows)) {
		kinds[n++] = (struct unit_kind){
			.code = db_col_text(rows, 0),
			.name = db_col_text(rows, 1),
			.name_en = db_col_text(rows, 2),
			.line = db_col_text(rows, 3),
			.position = (int)db_col_int(rows, 4),
		};
	}
	*out = kinds;
	*count = n;
	return db_done(rows);
}

bool unit_store_put_kind(struct call *c, const struct unit_kind *kind)
{
	return db_exec(c,
		"INSERT INTO unit_kind (code, name, name_en, line, position) VALUES ($1, $2, $3, $4, $5) "
		"ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, "
		"line = excluded.line, position = excluded.position",
		DB_ARGS(db_text(kind->code), db_text(kind->name), db_text(kind->name_en), db_text(kind->line),
			db_int(kind->position)));
}

bool unit_store_generation(struct call *c, int64_t *out)
{
	return db_query_int(c, "SELECT value FROM unit_generation WHERE no = 1", DB_NONE, 0, out);
}

bool unit_store_set_generation(struct call *c, int64_t value)
{
	return db_exec(c, "UPDATE unit_generation SET value = $1 WHERE no = 1", DB_ARGS(db_int(value)));
}
