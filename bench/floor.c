/*
 * The floor of closing-night: the row writes of submitting, straight into
 * SQLite by one thread, with nothing else.
 *
 *	floor STORE PERIOD BATCH
 *
 * STORE is a seeded store (bench/seed.c) with its drafts of PERIOD; it is
 * changed. BATCH submissions share a commit with synchronous=FULL, and each
 * roll-up row they touch is written once a batch. Prints `name value unit`.
 */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SUBMISSIONS_MAX = 20000, INDICATORS_MAX = 500, ASSIGNMENTS_MAX = 100 };

struct row {
	int64_t id, assignment, report, unit, province;
	int place; /* of its assignment in `assignments` */
};

enum statement { VERSION, VALUE, AUTHOR, SUBMISSION, STEP, EVENT, ROLLUP, TALLY, STATEMENTS };

static const char *const sql[STATEMENTS] = {
	[VERSION] = "INSERT INTO submission_version (submission_id, version, report_version, at, account_id, late_reason)"
		    " VALUES (?1, 1, 1, ?2, 7, NULL)",
	[VALUE] = "INSERT INTO submission_value (province_id, period, submission_id, version, indicator_id, nil, number,"
		  " numerator, denominator, text, note) VALUES (?1, ?2, ?3, 1, ?4, 0, ?5, ?6, ?7, NULL, NULL)",
	[AUTHOR] = "INSERT INTO submission_author (submission_id, account_id) VALUES (?1, 7)",
	[SUBMISSION] = "UPDATE submission SET state = 1, version = 1, revision = revision + 1, first_submitted_at = ?2,"
		       " submitted_at = ?2, on_time = 1, entered_by = 7 WHERE id = ?1",
	[STEP] = "INSERT INTO submission_step (submission_id, id, step, version, account_id, at, reason)"
		 " VALUES (?1, ?2, 'submitted', 1, 7, ?3, NULL)",
	[EVENT] = "INSERT INTO event (id, at, kind, account_id, address, unit_id, unit_path, subject_kind, subject_id,"
		  " before, after) VALUES (?1, ?2, 'submission.submitted', 7, '127.0.0.1', ?3, 'TW/66/22015/',"
		  " 'submission', ?4, '{\"state\":\"draft\",\"version\":0}',"
		  " '{\"assignment_id\":\"1234567890123456789\",\"period\":\"2026-05\",\"state\":\"submitted\",\"version\":1,"
		  "\"on_time\":true}')",
	[ROLLUP] = "INSERT INTO rollup (province_id, assignment_id, period, basis, indicator_id, units, sum, numerator,"
		   " denominator, yes, max, min, last) VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, 0, NULL, NULL, NULL)"
		   " ON CONFLICT (province_id, assignment_id, period, basis, indicator_id) DO UPDATE SET"
		   " units = rollup.units + excluded.units, sum = rollup.sum + excluded.sum,"
		   " numerator = rollup.numerator + excluded.numerator,"
		   " denominator = rollup.denominator + excluded.denominator, yes = rollup.yes + excluded.yes",
	[TALLY] = "UPDATE tally SET submitted = submitted + ?4, on_time = on_time + ?4"
		  " WHERE province_id = ?1 AND assignment_id = ?2 AND period = ?3",
};

static sqlite3 *db;
static sqlite3_stmt *statements[STATEMENTS];
static struct row rows[SUBMISSIONS_MAX];
static int64_t indicators[INDICATORS_MAX];
static int row_count, indicator_count, assignment_count;
static int touched[ASSIGNMENTS_MAX]; /* submissions of the batch per assignment */
static struct row assignments[ASSIGNMENTS_MAX];
static int64_t next_id = INT64_C(8000000000000000000);

static void check(bool ok)
{
	if (!ok) {
		fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(db));
		exit(2);
	}
}

static void run(const char *text)
{
	check(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK);
}

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int place_of(const struct row *row)
{
	for (int i = 0; i < assignment_count; i++)
		if (assignments[i].assignment == row->assignment)
			return i;
	check(assignment_count < ASSIGNMENTS_MAX);
	assignments[assignment_count] = *row;
	return assignment_count++;
}

/* The drafts of the period, one province after the other taking turns, as they come on a real evening. */
static void read_rows(int64_t period)
{
	sqlite3_stmt *s;

	check(!sqlite3_prepare_v2(db,
				  "SELECT s.id, s.assignment_id, s.report_id, s.unit_id, s.province_id FROM submission s"
				  " JOIN assignment a ON a.id = s.assignment_id WHERE s.period = ?1 AND s.state = 0"
				  " AND a.parent_id IS NOT NULL"
				  " ORDER BY ROW_NUMBER() OVER (PARTITION BY s.assignment_id ORDER BY s.id), s.id",
				  -1, &s, NULL));
	sqlite3_bind_int64(s, 1, period);
	while (sqlite3_step(s) == SQLITE_ROW && row_count < SUBMISSIONS_MAX) {
		struct row *row = &rows[row_count++];

		row->id = sqlite3_column_int64(s, 0);
		row->assignment = sqlite3_column_int64(s, 1);
		row->report = sqlite3_column_int64(s, 2);
		row->unit = sqlite3_column_int64(s, 3);
		row->province = sqlite3_column_int64(s, 4);
		row->place = place_of(row);
	}
	sqlite3_finalize(s);
	check(row_count > 0);
	check(!sqlite3_prepare_v2(db, "SELECT indicator_id FROM report_item WHERE report_id = ?1 ORDER BY position", -1, &s,
				  NULL));
	sqlite3_bind_int64(s, 1, rows[0].report);
	while (sqlite3_step(s) == SQLITE_ROW && indicator_count < INDICATORS_MAX)
		indicators[indicator_count++] = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
}

static void step(enum statement which, int count, const int64_t *values)
{
	sqlite3_stmt *s = statements[which];

	for (int i = 0; i < count; i++)
		sqlite3_bind_int64(s, i + 1, values[i]);
	check(sqlite3_step(s) == SQLITE_DONE);
	sqlite3_reset(s);
}

static void submit(const struct row *row, int64_t period, int64_t at)
{
	step(VERSION, 2, (int64_t[]){ row->id, at });
	for (int i = 0; i < indicator_count; i++)
		step(VALUE, 7, (int64_t[]){ row->province, period, row->id, indicators[i], 9000 + i, 90 + i, 100 + i });
	step(AUTHOR, 1, (int64_t[]){ row->id });
	step(SUBMISSION, 2, (int64_t[]){ row->id, at });
	step(STEP, 3, (int64_t[]){ row->id, next_id++, at });
	step(EVENT, 4, (int64_t[]){ next_id++, at, row->unit, row->id });
	touched[row->place]++;
}

static void write_rollups(int64_t period)
{
	for (int a = 0; a < assignment_count; a++) {
		int64_t n = touched[a];

		if (!n)
			continue;
		for (int i = 0; i < indicator_count; i++)
			step(ROLLUP, 8, (int64_t[]){ assignments[a].province, assignments[a].assignment, period,
						     indicators[i], n, n * 9000, n * 90, n * 100 });
		step(TALLY, 4, (int64_t[]){ assignments[a].province, assignments[a].assignment, period, n });
		touched[a] = 0;
	}
}

int main(int argc, char **argv)
{
	int64_t period, began, took;
	int batch;

	if (argc != 4 || (batch = (int)strtol(argv[3], NULL, 10)) < 1) {
		fprintf(stderr, "usage: floor STORE PERIOD BATCH\n");
		return 2;
	}
	period = strtoll(argv[2], NULL, 10);
	check(!sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL));
	run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16384");
	read_rows(period);
	for (int i = 0; i < STATEMENTS; i++)
		check(!sqlite3_prepare_v2(db, sql[i], -1, &statements[i], NULL));
	began = now_us();
	for (int at = 0; at < row_count; at += batch) {
		run("BEGIN IMMEDIATE");
		for (int i = at; i < at + batch && i < row_count; i++)
			submit(&rows[i], period, INT64_C(1778900000000) + i);
		write_rollups(period);
		run("COMMIT");
	}
	took = now_us() - began;
	printf("floor_submissions %d submissions\n", row_count);
	printf("floor_rate %.0f submissions/s\n", row_count * 1e6 / (double)took);
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(statements[i]);
	sqlite3_close(db);
	return 0;
}
