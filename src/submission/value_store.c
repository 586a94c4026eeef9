#include "submission/value_store.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "base/rows.h"

#define CELL "indicator_id, nil, number, numerator, denominator, text, note"
#define FIGURES "v.indicator_id, v.nil, v.number, v.numerator, v.denominator, v.text"
#define COUNTS "s.state IN (1, 2, 3)" /* submitted, approved, received */

static const char INSERT[] =
	"INSERT INTO submission_value (province_id, period, submission_id, version, indicator_id, nil, number,"
	" numerator, denominator, text, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
static const char VALUES[] = "SELECT " CELL " FROM submission_value"
			     " WHERE province_id = $1 AND period = $2 AND submission_id = $3 AND version = $4";
static const char CELL_VERSIONS[] =
	"SELECT " CELL ", version FROM submission_value"
	" WHERE province_id = $1 AND period = $2 AND submission_id = $3 AND indicator_id = $4"
	" ORDER BY version DESC";

static const char DRAFTS[] = "SELECT " CELL ", revision, rolled_up, account_id, at FROM submission_draft"
			     " WHERE submission_id = $1";
static const char DRAFT_SAVE[] =
	"INSERT INTO submission_draft (submission_id, indicator_id, revision, nil, number, numerator, denominator,"
	" text, note, rolled_up, account_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
	" ON CONFLICT (submission_id, indicator_id) DO UPDATE SET revision = excluded.revision,"
	" nil = excluded.nil, number = excluded.number, numerator = excluded.numerator,"
	" denominator = excluded.denominator, text = excluded.text, note = excluded.note,"
	" rolled_up = excluded.rolled_up, account_id = excluded.account_id, at = excluded.at";
static const char DRAFTS_DELETE[] = "DELETE FROM submission_draft WHERE submission_id = $1";

/*
 * `+s.period`: SQLite would otherwise carry a range on s.period over to v.period and scan every value of the
 * province in that range instead of looking the version up by its key.
 */
static const char PAST[] =
	"SELECT " FIGURES ", s.period, s.state"
	" FROM submission s JOIN submission_value v ON v.province_id = s.province_id AND v.period = +s.period"
	" AND v.submission_id = s.id AND v.version = s.version"
	" WHERE s.unit_id = $1 AND s.period >= $3 AND s.period < $4 AND s.report_id = $2 AND " COUNTS
	" ORDER BY s.period, s.id";
static const char PAST_OF[] =
	"SELECT " FIGURES ", s.period, s.state"
	" FROM submission s JOIN submission_value v ON v.province_id = s.province_id AND v.period = +s.period"
	" AND v.submission_id = s.id AND v.version = s.version"
	" WHERE s.unit_id = $1 AND s.period < $4 AND s.report_id = $2 AND v.indicator_id = $3 AND " COUNTS
	" ORDER BY s.period DESC, s.id LIMIT $5";
static const char SCAN[] =
	"SELECT " FIGURES ", s.period, s.unit_id"
	" FROM submission s JOIN submission_value v ON v.province_id = s.province_id AND v.period = +s.period"
	" AND v.submission_id = s.id AND v.version = s.version"
	" WHERE s.assignment_id = $1 AND s.period >= $2 AND s.period <= $3"
	" AND (" COUNTS " OR (s.period = $3 AND s.state = 4))"
	" ORDER BY s.period, s.unit_id, v.indicator_id";
static const char SCAN_BEFORE[] =
	"SELECT " FIGURES ", s.period, s.unit_id"
	" FROM submission s JOIN submission_value v ON v.province_id = s.province_id AND v.period = +s.period"
	" AND v.submission_id = s.id AND v.version = s.version - 1"
	" WHERE s.assignment_id = $1 AND s.period = $2 AND s.version > 1"
	" ORDER BY s.unit_id, v.indicator_id";
static const char EACH[] =
	"SELECT " FIGURES ", s.id, s.unit_id, s.state, s.version,"
	" s.on_time, s.nil, s.submitted_at, s.province_id, s.report_id, r.report_version"
	" FROM submission s LEFT JOIN submission_version r ON r.submission_id = s.id AND r.version = s.version"
	" LEFT JOIN submission_value v ON v.province_id = s.province_id AND v.period = +s.period"
	" AND v.submission_id = s.id AND v.version = s.version"
	" WHERE s.assignment_id = $1 AND s.period = $2"
	" ORDER BY s.unit_id, v.indicator_id";
static const char STANDING_FIGURES[] =
	"SELECT " FIGURES ", s.id, s.unit_id, s.submitted_at"
	" FROM submission s JOIN submission_value v ON v.province_id = s.province_id AND v.period = +s.period"
	" AND v.submission_id = s.id AND v.version = s.version AND v.indicator_id = $3"
	" WHERE s.assignment_id = $1 AND s.period = $2 AND s.state >= $4 AND s.state <= 3"
	" ORDER BY s.submitted_at, s.id";

enum { AFTER_FIGURES = 6 };

/* The columns of FIGURES, which every query has first. A text is seen here, not read. */
static void read_figures(struct db_rows *rows, struct cell *cell)
{
	*cell = (struct cell){
		.indicator_id = db_col_int(rows, 0),
		.nil = db_col_int(rows, 1) != 0,
		.present = !db_col_null(rows, 2) || !db_col_null(rows, 5),
		.number = db_col_int(rows, 2),
		.numerator = db_col_int(rows, 3),
		.denominator = db_col_int(rows, 4),
	};
}

static void read_cell(struct db_rows *rows, struct cell *cell)
{
	read_figures(rows, cell);
	cell->text = db_col_text(rows, 5);
	cell->note = db_col_text(rows, 6);
}

static struct db_value figure(const struct cell *cell, int64_t number)
{
	return cell->present && !cell->text ? db_int(number) : db_null();
}

/* Only a ratio has parts; its denominator is never 0. */
static struct db_value part(const struct cell *cell, int64_t number)
{
	return cell->present && cell->denominator != 0 ? db_int(number) : db_null();
}

bool store_values_insert(struct call *c, const struct submission *s, int64_t version,
			 const struct cell *cells, size_t count)
{
	enum { WIDTH = 11 };
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * WIDTH);
	size_t rows = 0;

	for (size_t i = 0; i < count; i++) {
		const struct cell *cell = &cells[i];
		struct db_value *row = &values[rows * WIDTH];
		if (!cell->present && !cell->nil && !cell->note)
			continue;
		row[0] = db_int(s->province_id);
		row[1] = db_int(s->period);
		row[2] = db_int(s->id);
		row[3] = db_int(version);
		row[4] = db_int(cell->indicator_id);
		row[5] = db_bool(cell->nil);
		row[6] = figure(cell, cell->number);
		row[7] = part(cell, cell->numerator);
		row[8] = part(cell, cell->denominator);
		row[9] = cell->present ? db_text(cell->text) : db_null();
		row[10] = db_text(cell->note);
		rows++;
	}
	return rows == 0 || db_exec_many(c, INSERT, values, rows, WIDTH);
}

bool store_values(struct call *c, const struct submission *s, const struct form *form, int64_t version,
		  struct cell **out)
{
	struct db_rows *rows;
	struct cell cell;
	size_t position;

	*out = form_cells(form, c->mem);
	if (version <= 0)
		return true;
	rows = db_query(c, VALUES,
			DB_ARGS(db_int(s->province_id), db_int(s->period), db_int(s->id), db_int(version)));
	while (db_next(rows)) {
		read_cell(rows, &cell);
		if (form_position(form, cell.indicator_id, &position))
			(*out)[position] = cell;
	}
	return db_done(rows);
}

bool store_drafts(struct call *c, id submission_id, const struct form *form, struct draft_row **out)
{
	struct db_rows *rows = db_query(c, DRAFTS, DB_ARGS(db_int(submission_id)));
	struct draft_row row = { .there = true };
	size_t position;

	*out = ARENA_ARRAY(c->mem, struct draft_row, form->report->item_count);
	while (db_next(rows)) {
		read_cell(rows, &row.cell);
		row.revision = db_col_int(rows, 7);
		row.rolled_up = db_col_int(rows, 8) != 0;
		row.by = db_col_int(rows, 9);
		row.at = db_col_int(rows, 10);
		if (form_position(form, row.cell.indicator_id, &position))
			(*out)[position] = row;
	}
	return db_done(rows);
}

bool store_drafts_save(struct call *c, id submission_id, const struct draft_row *drafts, size_t count)
{
	enum { WIDTH = 12 };
	struct db_value *values = ARENA_ARRAY(c->mem, struct db_value, count * WIDTH);

	for (size_t i = 0; i < count; i++) {
		const struct cell *cell = &drafts[i].cell;
		struct db_value row[WIDTH] = {
			db_int(submission_id),
			db_int(cell->indicator_id),
			db_int(drafts[i].revision),
			db_bool(cell->nil),
			figure(cell, cell->number),
			part(cell, cell->numerator),
			part(cell, cell->denominator),
			cell->present ? db_text(cell->text) : db_null(),
			db_text(cell->note),
			db_bool(drafts[i].rolled_up),
			db_int_or_null(drafts[i].by),
			db_int(drafts[i].at),
		};
		memcpy(&values[i * WIDTH], row, sizeof(row));
	}
	return count == 0 || db_exec_many(c, DRAFT_SAVE, values, count, WIDTH);
}

bool store_drafts_delete(struct call *c, id submission_id)
{
	return db_exec(c, DRAFTS_DELETE, DB_ARGS(db_int(submission_id)));
}

static bool read_past(struct call *c, const char *sql, struct db_args args, struct past_row **out,
		      size_t *count)
{
	struct db_rows *rows = db_query(c, sql, args);
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		struct past_row *row = &(*out)[(*count)++];
		read_figures(rows, &row->cell);
		row->period = db_col_int(rows, AFTER_FIGURES);
		row->state = (enum submission_state)db_col_int(rows, AFTER_FIGURES + 1);
	}
	return db_done(rows);
}

bool store_past(struct call *c, id unit_id, id report_id, period first, period end, struct past_row **out,
		size_t *count)
{
	return read_past(c, PAST, DB_ARGS(db_int(unit_id), db_int(report_id), db_int(first), db_int(end)),
			 out, count);
}

bool store_past_of(struct call *c, id unit_id, id report_id, id indicator_id, period end, int limit,
		   struct past_row **out, size_t *count)
{
	return read_past(
		c, PAST_OF,
	    DB_ARGS(db_int(unit_id), db_int(report_id), db_int(indicator_id), db_int(end), db_int(limit)),
	    out, count);
}

static bool scan_all(struct db_rows *rows, const struct scan *scan)
{
	struct cell cell;

	while (db_next(rows)) {
		read_figures(rows, &cell);
		cell.text = db_col_text(rows, 5);
		scan->row(scan->arg, db_col_int(rows, AFTER_FIGURES), db_col_int(rows, AFTER_FIGURES + 1),
			  &cell);
	}
	return db_done(rows);
}

bool store_scan(struct call *c, id assignment_id, period first, period last, const struct scan *scan)
{
	return scan_all(db_query(c, SCAN, DB_ARGS(db_int(assignment_id), db_int(first), db_int(last))), scan);
}

bool store_scan_before(struct call *c, id assignment_id, period p, const struct scan *scan)
{
	return scan_all(db_query(c, SCAN_BEFORE, DB_ARGS(db_int(assignment_id), db_int(p))), scan);
}

bool store_each(struct call *c, id assignment_id, period p,
		bool (*each)(struct call *c, void *arg, const struct each_row *row), void *arg)
{
	struct db_rows *rows = db_query(c, EACH, DB_ARGS(db_int(assignment_id), db_int(p)));
	bool ok = true;

	while (ok && db_next(rows)) {
		struct cell cell;
		struct each_row row = {
			.submission = {
				.id = db_col_int(rows, AFTER_FIGURES),
				.assignment_id = assignment_id,
				.period = p,
				.unit_id = db_col_int(rows, AFTER_FIGURES + 1),
				.state = (enum submission_state)db_col_int(rows, AFTER_FIGURES + 2),
				.version = db_col_int(rows, AFTER_FIGURES + 3),
				.on_time = db_col_int(rows, AFTER_FIGURES + 4) != 0,
				.nil = db_col_int(rows, AFTER_FIGURES + 5) != 0,
				.submitted_at = db_col_int(rows, AFTER_FIGURES + 6),
				.province_id = db_col_int(rows, AFTER_FIGURES + 7),
				.report_id = db_col_int(rows, AFTER_FIGURES + 8),
			},
			.report_version = db_col_int(rows, AFTER_FIGURES + 9),
		};
		if (!db_col_null(rows, 0)) {
			read_figures(rows, &cell);
			row.cell = &cell;
		}
		ok = each(c, arg, &row);
	}
	return db_done(rows) && ok;
}

bool store_standing_figures(struct call *c, id assignment_id, period p, id indicator_id, enum basis basis,
			    struct standing_figure **out, size_t *count)
{
	enum submission_state lowest = basis == BASIS_APPROVED ? SUBMISSION_APPROVED : SUBMISSION_SUBMITTED;
	struct db_rows *rows =
		db_query(c, STANDING_FIGURES,
			 DB_ARGS(db_int(assignment_id), db_int(p), db_int(indicator_id), db_int(lowest)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		struct standing_figure *row = &(*out)[(*count)++];
		read_figures(rows, &row->cell);
		row->submission_id = db_col_int(rows, AFTER_FIGURES);
		row->unit_id = db_col_int(rows, AFTER_FIGURES + 1);
		row->submitted_at = db_col_int(rows, AFTER_FIGURES + 2);
	}
	return db_done(rows);
}

bool store_cell_versions(struct call *c, const struct submission *s, id indicator_id, int64_t **versions,
			 struct cell **out, size_t *count)
{
	struct db_rows *rows = db_query(c, CELL_VERSIONS,
					DB_ARGS(db_int(s->province_id), db_int(s->period), db_int(s->id),
						db_int(indicator_id)));
	size_t most = (size_t)s->version;

	*versions = ARENA_ARRAY(c->mem, int64_t, most);
	*out = ARENA_ARRAY(c->mem, struct cell, most);
	*count = 0;
	while (db_next(rows) && *count < most) {
		read_cell(rows, &(*out)[*count]);
		(*versions)[(*count)++] = db_col_int(rows, 7);
	}
	return db_done(rows);
}
