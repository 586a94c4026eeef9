#include "document/document_store.h"

#include <string.h>

#include "base/arena.h"
#include "base/rows.h"
#include "db/db.h"
#include "db/words.h"
#include "document/document_rules.h"
#include "document/reading.h"
#include "unit/unit.h"

#define COLUMNS \
	"d.id, d.unit_id, d.unit_path, d.number, d.number_normal, d.type, d.issuer, d.issuer_unit_id, d.superior, " \
	"d.place, d.date, d.month, d.sort_day, d.subject, d.signer_prefix, d.signer_position, d.signer_name, d.secrecy, " \
	"d.stub, d.due, d.arrived_on, d.arrival_number, d.created_by, d.created_at, d.version, d.reading_id, " \
	"(SELECT COUNT(*) FROM document_file f WHERE f.document_id = d.id)"

static void read_document(struct db_rows *rows, struct document *out)
{
	*out = (struct document){
		.id = db_col_int(rows, 0),
		.unit_id = db_col_int(rows, 1),
		.unit_path = db_col_text(rows, 2),
		.number = db_col_text(rows, 3),
		.number_normal = db_col_text(rows, 4),
		.type = db_col_text(rows, 5),
		.issuer = db_col_text(rows, 6),
		.issuer_unit_id = db_col_int(rows, 7),
		.superior = db_col_text(rows, 8),
		.place = db_col_text(rows, 9),
		.date = db_col_date(rows, 10),
		.month = db_col_int(rows, 11),
		.sort_day = db_col_text(rows, 12),
		.subject = db_col_text(rows, 13),
		.signer_prefix = db_col_text(rows, 14),
		.signer_position = db_col_text(rows, 15),
		.signer_name = db_col_text(rows, 16),
		.secrecy = (enum secrecy)db_col_int(rows, 17),
		.stub = db_col_int(rows, 18) != 0,
		.due = db_col_int(rows, 19),
		.arrived_on = db_col_date(rows, 20),
		.arrival_number = db_col_int(rows, 21),
		.created_by = db_col_int(rows, 22),
		.created_at = db_col_int(rows, 23),
		.version = db_col_int(rows, 24),
		.reading_id = db_col_int(rows, 25),
		.files = db_col_int(rows, 26),
	};
}

static bool read_all(struct call *c, struct db_rows *rows, struct document **out, size_t *count)
{
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		read_document(rows, &(*out)[(*count)++]);
	}
	return db_done(rows);
}

bool document_row(struct call *c, id document_id, bool *found, struct document *out)
{
	struct db_rows *row;

	if (!db_query_one(c, "SELECT " COLUMNS " FROM document d WHERE d.id = $1", DB_ARGS(db_int(document_id)), &row))
		return false;
	*found = row != NULL;
	if (!row)
		return true;
	read_document(row, out);
	return db_done(row);
}

static struct db_value day_value(struct arena *mem, struct civil_date date)
{
	return date.year ? db_text(civil_format_date(date, arena_alloc(mem, CIVIL_TEXT_MAX))) : db_null();
}

bool document_row_insert(struct call *c, const struct document *d, bool *duplicate)
{
	return db_insert(c,
			 "INSERT INTO document (id, unit_id, unit_path, number, number_normal, type, issuer, issuer_unit_id, "
			 "superior, place, date, month, sort_day, subject, signer_prefix, signer_position, signer_name, secrecy, "
			 "stub, due, arrived_on, arrival_year, arrival_number, created_by, created_at, version, reading_id) VALUES ($1, $2, "
			 "$3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, "
			 "$25, $26, $27)",
			 DB_ARGS(db_int(d->id), db_int(d->unit_id), db_text(d->unit_path), db_text(d->number),
				 db_text(d->number_normal), db_text(d->type), db_text(d->issuer),
				 db_int_or_null(d->issuer_unit_id), db_text(d->superior), db_text(d->place),
				 day_value(c->mem, d->date), db_int(d->month), db_text(d->sort_day), db_text(d->subject),
				 db_text(d->signer_prefix), db_text(d->signer_position), db_text(d->signer_name),
				 db_int(d->secrecy), db_bool(d->stub), db_int_or_null(d->due),
				 day_value(c->mem, d->arrived_on), db_int_or_null(d->arrived_on.year),
				 db_int_or_null(d->arrival_number), db_int_or_null(d->created_by), db_int(d->created_at),
				 db_int(d->version), db_int_or_null(d->reading_id)),
			 duplicate);
}

bool document_row_update(struct call *c, const struct document *d, bool *duplicate)
{
	return db_insert(c,
			 "UPDATE document SET number = $2, number_normal = $3, type = $4, issuer = $5, issuer_unit_id = $6, "
			 "superior = $7, place = $8, date = $9, month = $10, sort_day = $11, subject = $12, signer_prefix = $13, "
			 "signer_position = $14, signer_name = $15, secrecy = $16, stub = $17, due = $18, arrived_on = $19, "
			 "arrival_year = $20, arrival_number = $21, version = $22, reading_id = $23 WHERE id = $1",
			 DB_ARGS(db_int(d->id), db_text(d->number), db_text(d->number_normal), db_text(d->type),
				 db_text(d->issuer), db_int_or_null(d->issuer_unit_id), db_text(d->superior),
				 db_text(d->place), day_value(c->mem, d->date), db_int(d->month), db_text(d->sort_day),
				 db_text(d->subject), db_text(d->signer_prefix), db_text(d->signer_position),
				 db_text(d->signer_name), db_int(d->secrecy), db_bool(d->stub), db_int_or_null(d->due),
				 day_value(c->mem, d->arrived_on), db_int_or_null(d->arrived_on.year),
				 db_int_or_null(d->arrival_number), db_int(d->version), db_int_or_null(d->reading_id)),
			 duplicate);
}

bool document_rows_forget(struct call *c, id document_id)
{
	return db_exec(c, "DELETE FROM document_party WHERE document_id = $1", DB_ARGS(db_int(document_id))) &&
	       db_exec(c, "DELETE FROM document_link WHERE from_id = $1", DB_ARGS(db_int(document_id)));
}

bool document_arrival_last(struct call *c, id unit_id, int year, int64_t *out)
{
	return db_query_int(c, "SELECT MAX(arrival_number) FROM document WHERE unit_id = $1 AND arrival_year = $2",
			    DB_ARGS(db_int(unit_id), db_int(year)), 0, out);
}

#define FILTERS \
	"WHERE d.unit_id = $1 AND (CAST($2 AS TEXT) IS NULL OR d.type = $2) " \
	"AND (CAST($3 AS TEXT) IS NULL OR d.date >= $3) AND (CAST($4 AS TEXT) IS NULL OR d.date <= $4) " \
	"AND (CAST($5 AS BIGINT) = 0 OR ($5 = 1 AND d.arrived_on IS NOT NULL) OR ($5 = 2 AND d.arrived_on IS NULL)) " \
	"AND (CAST($6 AS BIGINT) = -1 OR d.secrecy = $6) " \
	"AND (CAST($7 AS TEXT) IS NULL OR d.sort_day < $7 OR (d.sort_day = $7 AND d.id < $8)) "
#define ORDER "ORDER BY d.sort_day DESC, d.id DESC LIMIT $9"

bool document_rows(struct call *c, const struct document_query *query, const struct document_cursor *cursor,
		   struct document **out, size_t *count)
{
	static const char all[] = "SELECT " COLUMNS " FROM document d " FILTERS ORDER;
	static const char sqlite[] = "SELECT " COLUMNS " FROM document d " FILTERS
				     "AND d.id IN " WORDS_FOUND_SQLITE("document_words", "$10") " " ORDER;
	static const char postgres[] = "SELECT " COLUMNS " FROM document d " FILTERS
				       "AND d.id IN " WORDS_FOUND_POSTGRES("document_words", "document_id", "$10") " " ORDER;
	bool pg = db_is_postgres(c->db);
	const char *match = db_words_match(c, query->q);
	const struct db_value values[] = {
		db_int(query->unit_id),
		db_text(query->type),
		day_value(c->mem, query->from),
		day_value(c->mem, query->to),
		db_int(query->direction),
		db_int(query->secrecy),
		db_text(cursor ? cursor->sort_day : NULL),
		db_int(cursor ? cursor->id : 0),
		db_int(query->limit),
		db_text(match),
	};
	const char *sql = !match ? all : pg ? postgres : sqlite;

	return read_all(c, db_query(c, sql, (struct db_args){ values, match ? 10 : 9 }), out, count);
}

bool document_rows_arrived(struct call *c, id unit_id, struct civil_date from, struct civil_date to,
			   struct document **out, size_t *count)
{
	return read_all(c,
			db_query(c,
				 "SELECT " COLUMNS " FROM document d WHERE d.unit_id = $1 AND d.arrived_on >= $2 "
				 "AND d.arrived_on < $3 ORDER BY d.arrived_on, d.arrival_number, d.id LIMIT 5000",
				 DB_ARGS(db_int(unit_id), day_value(c->mem, from), day_value(c->mem, to))),
			out, count);
}

enum { IDS_AT_ONCE = 16 };

/* The same id again where there are fewer. */
static struct db_args sixteen(const id *ids, size_t count, struct db_value values[IDS_AT_ONCE])
{
	for (size_t i = 0; i < IDS_AT_ONCE; i++)
		values[i] = db_int(ids[i < count ? i : 0]);
	return (struct db_args){ values, IDS_AT_ONCE };
}

#define SIXTEEN "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"

bool document_rows_by_ids(struct call *c, const id *ids, size_t count, struct document **out, size_t *out_count)
{
	*out = ARENA_ARRAY(c->mem, struct document, count + 1);
	*out_count = 0;
	for (size_t i = 0; i < count; i += IDS_AT_ONCE) {
		struct db_value values[IDS_AT_ONCE];
		struct db_rows *rows = db_query(c, "SELECT " COLUMNS " FROM document d WHERE d.id IN " SIXTEEN,
						sixteen(ids + i, count - i, values));

		while (db_next(rows) && *out_count < count)
			read_document(rows, &(*out)[(*out_count)++]);
		if (!db_done(rows))
			return false;
	}
	return true;
}

bool document_rows_of_reading(struct call *c, id reading_id, struct document **out, size_t *count)
{
	return read_all(c,
			db_query(c, "SELECT " COLUMNS " FROM document d WHERE d.reading_id = $1 ORDER BY d.id",
				 DB_ARGS(db_int(reading_id))),
			out, count);
}

bool document_rows_by_number(struct call *c, id unit_id, const char *number_normal, struct document **out, size_t *count)
{
	return read_all(c,
			db_query(c,
				 "SELECT " COLUMNS " FROM document d WHERE d.number_normal = $2 AND d.unit_id = $1 "
				 "ORDER BY d.id LIMIT 20",
				 DB_ARGS(db_int(unit_id), db_text(number_normal))),
			out, count);
}

bool document_rows_alike(struct call *c, const struct reading *reading, const char *const numbers[ALIKE_NUMBERS_MAX],
			 struct document **out, size_t *count)
{
	return read_all(c,
			db_query(c,
				 "SELECT " COLUMNS " FROM document d WHERE d.unit_id = $1 AND "
				 "(d.id IN (SELECT f.document_id FROM document_file f WHERE f.sha256 = $2) "
				 "OR d.reading_id IN (SELECT r.id FROM reading r WHERE r.sha256 = $2 AND r.id <> $3) "
				 "OR d.number_normal IN ($4, $5, $6, $7)) ORDER BY d.id LIMIT 20",
				 DB_ARGS(db_int(reading->unit_id), db_text(reading->file.sha256), db_int(reading->id),
					 db_text(numbers[0]), db_text(numbers[1]), db_text(numbers[2]), db_text(numbers[3]))),
			out, count);
}

bool party_rows(struct call *c, id document_id, bool recipients, const char ***names, size_t *count)
{
	struct db_rows *rows = db_query(c,
					"SELECT name FROM document_party WHERE document_id = $1 AND role = $2 ORDER BY position",
					DB_ARGS(db_int(document_id), db_bool(recipients)));
	size_t room = 0;

	*names = NULL;
	*count = 0;
	while (db_next(rows)) {
		*names = rows_grown(c->mem, *names, *count, &room, sizeof(**names));
		(*names)[(*count)++] = db_col_text(rows, 0);
	}
	return db_done(rows);
}

bool party_put(struct call *c, id document_id, bool recipients, const char *const *names, size_t count)
{
	enum { COLUMN_COUNT = 4 };
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * COLUMN_COUNT + 1);

	for (size_t i = 0; i < count; i++) {
		values[i * COLUMN_COUNT] = db_int(document_id);
		values[i * COLUMN_COUNT + 1] = db_bool(recipients);
		values[i * COLUMN_COUNT + 2] = db_int((int64_t)i);
		values[i * COLUMN_COUNT + 3] = db_text(names[i]);
	}
	return db_exec(c, "DELETE FROM document_party WHERE document_id = $1 AND role = $2",
		       DB_ARGS(db_int(document_id), db_bool(recipients))) &&
	       db_exec_many(c, "INSERT INTO document_party (document_id, role, position, name) VALUES ($1, $2, $3, $4)",
			    values, count, COLUMN_COUNT);
}

#define LINK_COLUMNS "l.id, l.from_id, l.to_id, l.kind, l.number, l.number_normal, l.type, l.issuer, l.date, l.title"

static void read_link(struct db_rows *rows, struct document_link *out)
{
	*out = (struct document_link){
		.id = db_col_int(rows, 0),
		.from_id = db_col_int(rows, 1),
		.to_id = db_col_int(rows, 2),
		.kind = (enum document_link_kind)db_col_int(rows, 3),
		.number = db_col_text(rows, 4),
		.number_normal = db_col_text(rows, 5),
		.type = db_col_text(rows, 6),
		.issuer = db_col_text(rows, 7),
		.date = db_col_date(rows, 8),
		.title = db_col_text(rows, 9),
	};
}

static bool read_links(struct call *c, struct db_rows *rows, struct document_link **out, size_t *count, size_t *room)
{
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, room, sizeof(**out));
		read_link(rows, &(*out)[(*count)++]);
	}
	return db_done(rows);
}

bool link_row(struct call *c, id link_id, bool *found, struct document_link *out)
{
	struct db_rows *row;

	if (!db_query_one(c, "SELECT " LINK_COLUMNS " FROM document_link l WHERE l.id = $1", DB_ARGS(db_int(link_id)), &row))
		return false;
	*found = row != NULL;
	if (!row)
		return true;
	read_link(row, out);
	return db_done(row);
}

bool link_insert(struct call *c, const struct document_link *l)
{
	return db_exec(c,
		       "INSERT INTO document_link (id, from_id, to_id, kind, number, number_normal, type, issuer, date, title) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		       DB_ARGS(db_int(l->id), db_int(l->from_id), db_int_or_null(l->to_id), db_int(l->kind),
			       db_text(l->number), db_text(l->number_normal), db_text(l->type), db_text(l->issuer),
			       day_value(c->mem, l->date), db_text(l->title)));
}

bool link_delete(struct call *c, id link_id)
{
	return db_exec(c, "DELETE FROM document_link WHERE id = $1", DB_ARGS(db_int(link_id)));
}

bool link_point(struct call *c, id link_id, id to_id)
{
	return db_exec(c, "UPDATE document_link SET to_id = $2 WHERE id = $1", DB_ARGS(db_int(link_id), db_int(to_id)));
}

bool link_rows(struct call *c, id document_id, struct document_link **out, size_t *count)
{
	size_t room = 0;

	*out = NULL;
	*count = 0;
	return read_links(c,
			  db_query(c,
				   "SELECT " LINK_COLUMNS " FROM document_link l WHERE l.from_id = $1 OR l.to_id = $1 "
				   "ORDER BY l.id LIMIT 2000",
				   DB_ARGS(db_int(document_id))),
			  out, count, &room);
}

bool link_rows_of(struct call *c, const id *ids, size_t count, struct document_link **out, size_t *out_count)
{
	size_t room = 0;

	*out = NULL;
	*out_count = 0;
	for (size_t i = 0; i < count; i += IDS_AT_ONCE) {
		struct db_value values[IDS_AT_ONCE];

		if (!read_links(c,
				db_query(c,
					 "SELECT " LINK_COLUMNS " FROM document_link l WHERE l.from_id IN " SIXTEEN
					 " OR l.to_id IN " SIXTEEN " ORDER BY l.id LIMIT 2000",
					 sixteen(ids + i, count - i, values)),
				out, out_count, &room))
			return false;
	}
	return true;
}

bool link_rows_open(struct call *c, id unit_id, const char *number_normal, struct document_link **out, size_t *count)
{
	size_t room = 0;

	*out = NULL;
	*count = 0;
	return read_links(c,
			  db_query(c,
				   "SELECT " LINK_COLUMNS " FROM document_link l JOIN document d ON d.id = l.from_id "
				   "WHERE l.number_normal = $2 AND l.to_id IS NULL AND d.unit_id = $1 ORDER BY l.id LIMIT 2000",
				   DB_ARGS(db_int(unit_id), db_text(number_normal))),
			  out, count, &room);
}

bool link_count(struct call *c, id document_id, int64_t *out)
{
	return db_query_int(c, "SELECT COUNT(*) FROM document_link WHERE from_id = $1", DB_ARGS(db_int(document_id)), 0, out);
}

bool document_rows_moved(struct call *c, const char *from, const char *to)
{
	static const char *const copies[] = {
		UNIT_PATH_MOVED("document", "unit_path"),
		UNIT_PATH_MOVED("reading", "unit_path"),
	};

	return unit_paths_move(c, copies, sizeof(copies) / sizeof(*copies), from, to);
}
