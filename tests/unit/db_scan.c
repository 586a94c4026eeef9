#include "db_fixture.h"

/* What a statement's text tells: whether it writes, and whether it would change an append-only table. */

static void scans_statements(void **state)
{
	static const struct {
		const char *sql;
		bool writes;
		const char *protected_table;
	} table[] = {
		{ "SELECT 1", false, NULL },
		{ "  -- why\n SELECT replace(name, 'a', 'b') FROM event", false, NULL },
		{ "SELECT replace(event, 'a', 'b') FROM t", false, NULL },
		{ "SELECT 'DELETE FROM event'", false, NULL },
		{ "SELECT \"update\" FROM event", false, NULL },
		{ "SELECT 1 /* DELETE FROM event */", false, NULL },
		{ "WITH x AS (SELECT 1) SELECT * FROM x", false, NULL },
		{ "WITH x AS (SELECT 1) INSERT INTO item SELECT * FROM x", true, NULL },
		{ "WITH x AS (SELECT 1) DELETE FROM event WHERE id IN (SELECT * FROM x)", true, "event" },
		{ "INSERT INTO event (id) VALUES ($1)", true, NULL },
		{ "insert into event (id) values ($1) on conflict do nothing", true, NULL },
		{ "insert into event (id) values ($1) on conflict (id) do update set id = 2", true, "event" },
		{ "INSERT INTO item (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET event = 1", true, NULL },
		{ "INSERT INTO item (id) SELECT id FROM event ON CONFLICT (id) DO UPDATE SET id = 1", true, NULL },
		{ "INSERT OR REPLACE INTO event (id) VALUES (1)", true, "event" },
		{ "REPLACE INTO submission_value (id) VALUES (1)", true, "submission_value" },
		{ "REPLACE INTO item (id) VALUES (1)", true, NULL },
		{ "UPDATE event SET kind = 'x'", true, "event" },
		{ "UPDATE \"event\" SET kind = 'x'", true, "event" },
		{ "update Event_Block set x = 1", true, "event_block" },
		{ "UPDATE public.event SET kind = 'x'", true, "event" },
		{ "UPDATE ONLY event SET kind = 'x'", true, "event" },
		{ "UPDATE OR IGNORE event SET kind = 'x'", true, "event" },
		{ "UPDATE item SET event = 1", true, NULL },
		{ "UPDATE event_reader SET event = 1", true, NULL },
		{ "DELETE FROM item WHERE id IN (SELECT id FROM event)", true, NULL },
		{ "DELETE FROM webhook WHERE event = 1", true, NULL },
		{ "DELETE/**/FROM/**/event", true, "event" },
		{ "TRUNCATE event", true, "event" },
		{ "DROP TABLE IF EXISTS event", true, "event" },
		{ "ALTER TABLE event ADD COLUMN x TEXT", true, "event" },
		{ "CREATE TABLE x (id BIGINT)", true, NULL },
		{ "BEGIN IMMEDIATE", false, NULL },
		{ "SAVEPOINT action", false, NULL },
		{ "ROLLBACK TO SAVEPOINT action", false, NULL },
		{ "", false, NULL },
		{ "'", false, NULL },
		{ "/*", false, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct db_scan scan = db_scan(table[i].sql);

		if (scan.writes != table[i].writes)
			fail_msg("writes: %s", table[i].sql);
		if (!scan.protected_table != !table[i].protected_table ||
		    (scan.protected_table && strcmp(scan.protected_table, table[i].protected_table) != 0))
			fail_msg("protected %s: %s", scan.protected_table ? scan.protected_table : "none",
				 table[i].sql);
	}
}

static bool append_event(struct call *c, void *arg)
{
	(void)arg;
	return db_exec(c, "INSERT INTO event (id, kind) VALUES ($1, $2)", DB_ARGS(db_int(1), db_text("a")));
}

static bool run_text(struct call *c, void *arg)
{
	return db_exec(c, arg, DB_NONE);
}

static void append_only_tables(void **state)
{
	struct fixture *f = fixture_of(state);
	char update[] = "UPDATE event SET kind = 'b'", delete[] = "DELETE FROM event";

	assert_true(fixture_run(f, append_event, NULL));
	assert_false(fixture_run(f, run_text, update));
	assert_int_equal(f->err.code, ERR_internal);
	assert_false(fixture_run(f, run_text, delete));
	assert_int_equal(f->err.code, ERR_internal);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'a'"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scans_statements),
		ON_BOTH(append_only_tables),
	};

	return cmocka_run_group_tests_name("db scan", tests, NULL, NULL);
}
