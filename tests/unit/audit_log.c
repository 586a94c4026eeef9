#include "room_fixture.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "account/account.h"
#include "audit/audit.h"
#include "audit/audit_key.h"
#include "audit/audit_watch.h"
#include "base/buf.h"
#include "base/text.h"
#include "unit/unit.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NOW INT64_C(1778900000000)

static bool import(struct call *c, void *arg)
{
	(void)arg;
	return unit_import_official(c);
}

struct writing {
	const char *kind, *unit; /* code; NULL for the whole instance */
	id subject;
	int count;
	instant step;
	id last;
};

static bool write_events(struct call *c, void *arg)
{
	struct writing *w = arg;
	struct unit unit = { .path = "" };
	if (w->unit && !unit_by_code(c, w->unit, NULL, &unit))
		return false;
	struct event event = {
		.kind = w->kind,
		.unit_id = unit.id,
		.unit_path = unit.path,
		.subject_kind = "submission",
		.subject_id = w->subject,
		.after = "{\"period\":\"2026-05\",\"version\":1}",
	};
	for (int i = 0; i < w->count; i++, c->now += w->step)
		if (!event_write(c, &event, &w->last))
			return false;
	return true;
}

static id put(struct fixture *f, const char *kind, const char *unit, id subject, int count, instant step)
{
	struct writing w = { kind, unit, subject, count, step, 0 };
	room_write(f, write_events, &w);
	return w.last;
}

static struct fixture *with_units(void **state)
{
	struct fixture *f = fixture_of(state);
	f->call.now = NOW;
	room_write(f, import, NULL);
	return f;
}

static void use_key(const char *name)
{
	char folder[] = "/tmp/theodoi-key-XXXXXX", path[128];
	struct error err = { 0 };
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_false(audit_key_set(path, false, &err));
	error_clear(&err);
	assert_true(audit_key_set(path, true, &err));
	char id_before[KEY_ID_MAX];
	memcpy(id_before, audit_key_id(), sizeof(id_before));
	struct stat about;
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_true(audit_key_set(path, true, &err));
	assert_string_equal(audit_key_id(), id_before);
	assert_int_equal(chmod(path, 0640), 0);
	assert_false(audit_key_set(path, true, &err));
	assert_string_equal(audit_key_id(), id_before);
	unlink(path);
	rmdir(folder);
}

static int seal_at(struct fixture *f, instant now)
{
	int sealed = 0;
	struct error err = { 0 };
	if (!audit_seal_due(f->store, now, &sealed, &err))
		fixture_fail(&err);
	return sealed;
}

/* Something behind the program's back. */
static void tamper(struct fixture *f, const char *sql)
{
	if (f->postgres) {
		fixture_sql(f->url, sql);
		return;
	}
	sqlite3 *db;
	char *why = NULL;
	assert_int_equal(sqlite3_open(strchr(f->url, ':') + 1, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	sqlite3_close(db);
}

/* The problem codes that are found, in order, parted by spaces. */
static const char *verify(struct fixture *f, const struct audit_known *known, struct audit_report *report)
{
	struct audit_report room;
	struct call *c = room_read(f);
	if (!report)
		report = &room;
	if (!audit_verify(c, known, report))
		fixture_fail(c->err);
	const char *codes = "";
	for (size_t i = 0; i < report->problem_count; i++)
		codes = arena_printf(c->mem, "%s%s%s@%s", codes, i ? " " : "", error_word(report->problems[i].code),
				     report->problems[i].args[0]);
	store_release(f->store, c);
	return codes;
}

static void settled_events_are_sealed(void **state)
{
	struct fixture *f = with_units(state);
	struct audit_report report;
	use_key("audit.key");
	assert_int_equal(seal_at(f, NOW + AUDIT_SETTLE_MS - 1), 0);
	assert_int_equal(seal_at(f, NOW + AUDIT_SETTLE_MS), 1); /* the import */
	assert_int_equal(seal_at(f, NOW + AUDIT_SETTLE_MS), 0);

	f->call.now = NOW + 60000;
	put(f, "submission.submitted", "22015", 1, 5, 1000);
	assert_int_equal(seal_at(f, NOW + 62000 + AUDIT_SETTLE_MS), 1); /* three of the five */
	assert_string_equal(verify(f, NULL, &report), "");
	assert_int_equal(report.events, 4);
	assert_int_equal(report.blocks, 2);
	assert_int_equal(report.unsealed, 2);
	assert_int_equal(report.last_no, 2);
	assert_int_equal(strlen(report.last_hash), 64);

	f->call.now = NOW + 100000;
	put(f, "submission.submitted", "22015", 1, AUDIT_BLOCK_MAX + 7, 0);
	assert_int_equal(seal_at(f, NOW + 200000), 2);
	assert_string_equal(verify(f, NULL, &report), "");
	assert_int_equal(report.events, 6 + AUDIT_BLOCK_MAX + 7);
	assert_int_equal(report.unsealed, 0);
	assert_int_equal(fixture_int(f, "SELECT max(events) FROM event_block"), AUDIT_BLOCK_MAX);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM audit_key"), 1);
}

static void any_edit_is_found(void **state)
{
	struct fixture *f = with_units(state);
	use_key("audit.key");
	/* Later than all that this process made ids for, so that there is room between those of two blocks. */
	static instant hours;
	hours += INT64_C(3600000);
	for (int i = 0; i < 4; i++) {
		f->call.now = NOW + hours + i * 60000;
		put(f, "submission.submitted", "22015", 1, 3, 0);
		seal_at(f, f->call.now + 30000);
	}
	static const struct {
		const char *edit, *undo, *found;
	} rows[] = {
		{ "UPDATE event SET after = replace(after, 'version\":1', 'version\":7') WHERE id = (SELECT last_id FROM event_block WHERE no = 2)",
		  "UPDATE event SET after = replace(after, 'version\":7', 'version\":1') WHERE id = (SELECT last_id FROM event_block WHERE no = 2)",
		  "audit_events_altered@2" },
		{ "UPDATE event SET address = '10.0.0.1' WHERE id = (SELECT first_id FROM event_block WHERE no = 3)",
		  "UPDATE event SET address = NULL WHERE id = (SELECT first_id FROM event_block WHERE no = 3)",
		  "audit_events_altered@3" },
		{ "CREATE TABLE kept AS SELECT * FROM event WHERE id = (SELECT last_id FROM event_block WHERE no = 3);"
		  "DELETE FROM event WHERE id = (SELECT last_id FROM event_block WHERE no = 3)",
		  "INSERT INTO event SELECT * FROM kept; DROP TABLE kept", "audit_events_missing@3" },
		{ "INSERT INTO event (id, at, kind, unit_path) SELECT first_id - 1, 5, 'x.y', '' FROM event_block WHERE no = 4",
		  "DELETE FROM event WHERE kind = 'x.y'", "audit_events_inserted@4" },
		{ "INSERT INTO event (id, at, kind, unit_path) VALUES (1, 5, 'x.y', '')",
		  "DELETE FROM event WHERE kind = 'x.y'", "audit_events_inserted@1" },
		{ "INSERT INTO event (id, at, kind, unit_path) SELECT last_id + 1, 5, 'x.y', '' FROM event_block WHERE no = 2",
		  "DELETE FROM event WHERE kind = 'x.y'", "audit_events_inserted@3" },
		{ "CREATE TABLE kept AS SELECT * FROM event_block WHERE no = 2; DELETE FROM event_block WHERE no = 2",
		  "INSERT INTO event_block SELECT * FROM kept; DROP TABLE kept", "audit_block_missing@2" },
		{ "CREATE TABLE kept AS SELECT * FROM event_block WHERE no = 1; DELETE FROM event_block WHERE no = 1",
		  "INSERT INTO event_block SELECT * FROM kept; DROP TABLE kept", "audit_block_missing@1" },
		{ "UPDATE event_block SET sealed_at = sealed_at + 1 WHERE no = 3",
		  "UPDATE event_block SET sealed_at = sealed_at - 1 WHERE no = 3", "audit_block_altered@3" },
		{ "CREATE TABLE kept AS SELECT * FROM event_block; "
		  "UPDATE event_block SET previous = root WHERE no = 3",
		  "DELETE FROM event_block; INSERT INTO event_block SELECT * FROM kept; DROP TABLE kept",
		  "audit_chain_broken@3 audit_block_altered@3" },
		{ "CREATE TABLE kept AS SELECT * FROM event_block; "
		  "UPDATE event_block SET signature = (SELECT signature FROM kept WHERE no = 1) WHERE no = 2",
		  "DELETE FROM event_block; INSERT INTO event_block SELECT * FROM kept; DROP TABLE kept",
		  "audit_signature_wrong@2" },
		{ "CREATE TABLE kept AS SELECT * FROM event_block; UPDATE event_block SET signature = 'x' WHERE no = 4",
		  "DELETE FROM event_block; INSERT INTO event_block SELECT * FROM kept; DROP TABLE kept",
		  "audit_signature_wrong@4" },
		{ "CREATE TABLE kept AS SELECT * FROM audit_key; DELETE FROM audit_key",
		  "INSERT INTO audit_key SELECT * FROM kept; DROP TABLE kept",
		  "audit_key_unknown@1 audit_key_unknown@2 audit_key_unknown@3 audit_key_unknown@4" },
		{ "UPDATE audit_key SET public_key = '1234567890123456789012345678901234567890123456789012345678901234'; "
		  "CREATE TABLE kept AS SELECT 1 AS x",
		  NULL, "audit_key_unknown@1 audit_key_unknown@2 audit_key_unknown@3 audit_key_unknown@4" },
	};
	assert_string_equal(verify(f, NULL, NULL), "");
	for (size_t i = 0; i < COUNT(rows); i++) {
		tamper(f, rows[i].edit);
		const char *found = verify(f, NULL, NULL);
		if (strcmp(found, rows[i].found) != 0)
			fail_msg("%s: found \"%s\"", rows[i].edit, found);
		if (!rows[i].undo)
			break;
		tamper(f, rows[i].undo);
		assert_string_equal(verify(f, NULL, NULL), "");
	}
}

/* Whoever can write the store and sign anew is caught by the key file, or by a seal noted elsewhere. */
static void a_log_sealed_anew_is_found(void **state)
{
	struct fixture *f = with_units(state);
	struct audit_report honest;
	use_key("first.key");
	put(f, "submission.submitted", "22015", 1, 3, 0);
	seal_at(f, NOW + 60000);
	assert_string_equal(verify(f, NULL, &honest), "");
	struct audit_known noted = { .no = honest.last_no, .hash = honest.last_hash };
	assert_string_equal(verify(f, &noted, NULL), "");

	tamper(f, "UPDATE event SET kind = 'submission.recalled' WHERE kind = 'submission.submitted'; "
		  "DELETE FROM event_block; DELETE FROM audit_key; DELETE FROM lease");
	use_key("second.key");
	seal_at(f, NOW + 60000);
	assert_string_equal(verify(f, NULL, NULL), "");
	assert_string_equal(verify(f, &noted, NULL), "audit_seal_differs@1");
	use_key("third.key");
	assert_string_equal(verify(f, NULL, NULL), "audit_key_foreign@1");
	tamper(f, "DELETE FROM event_block; DELETE FROM event");
	assert_string_equal(verify(f, NULL, NULL), "");
	assert_string_equal(verify(f, &noted, NULL), "audit_block_missing@1");
}

static bool change_event(struct call *c, void *arg)
{
	return db_exec(c, arg, DB_NONE);
}

static void the_program_itself_cannot_edit(void **state)
{
	struct fixture *f = with_units(state);
	static const char *const statements[] = {
		"UPDATE event SET kind = 'x'", "DELETE FROM event", "UPDATE event_block SET root = 'x'", "DELETE FROM event_block",
	};
	for (size_t i = 0; i < COUNT(statements); i++) {
		char sql[64];
		snprintf(sql, sizeof(sql), "%s", statements[i]);
		assert_false(fixture_run(f, change_event, sql));
	}
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event"), 1);
}

static const struct grant no_grants[1];

/* A call by someone with these grants. */
static struct call *as(struct fixture *f, struct actor *actor, const struct grant *grants, size_t count)
{
	*actor = (struct actor){ .account_id = 77, .unit_id = 1, .name = "N", .grants = grants, .grant_count = count };
	f->call.actor = actor;
	f->call.address = "127.0.0.1";
	return room_read(f);
}

static void done(struct fixture *f)
{
	store_release(f->store, &f->call);
	f->call.actor = NULL;
	f->call.address = NULL;
}

static const char *kinds_of(struct call *c, const struct event_view *views, size_t count)
{
	const char *text = "";
	for (size_t i = 0; i < count; i++)
		text = arena_printf(c->mem, "%s%s%s%s%s", text, i ? " " : "", views[i].kind, views[i].unit.id ? "@" : "",
				    views[i].unit.id ? views[i].unit.code : "");
	return text;
}

static const char *list(struct call *c, struct event_query query, id *next)
{
	struct event_view *views;
	size_t count;
	if (!query.limit)
		query.limit = 100;
	if (!event_list(c, LANG_VI, &query, &views, &count, next))
		fixture_fail(c->err);
	return kinds_of(c, views, count);
}

static void some_history(struct fixture *f)
{
	f->call.now = NOW + 1000;
	put(f, "period.opened", "66", 500, 1, 0);
	put(f, "submission.submitted", "22015", 1, 1, 0);
	f->call.now = NOW + 2000;
	put(f, "submission.approved", "22015", 1, 1, 0);
	put(f, "submission.submitted", "66-KHCN", 2, 1, 0);
	put(f, "submission.submitted", "66", 3, 1, 0);
	f->call.now = NOW + 3000;
	put(f, "submission.submitted", "01", 4, 1, 0);
	put(f, "setting.changed", NULL, 0, 1, 0);
}

static void the_log_is_filtered(void **state)
{
	struct fixture *f = with_units(state);
	some_history(f);
	struct actor actor;
	struct unit province, commune, root;
	struct call *c = room_read(f);
	assert_true(unit_by_code(c, "66", NULL, &province) && unit_by_code(c, "22015", NULL, &commune) && unit_root(c, &root));
	done(f);
	const struct grant whole = { 1, ROLE_INSPECTOR, root.id, root.path };
	const struct {
		struct event_query query;
		const char *found;
	} rows[] = {
		{ { 0 }, "setting.changed submission.submitted@01 submission.submitted@66 submission.submitted@66-KHCN "
			 "submission.approved@22015 submission.submitted@22015 period.opened@66 unit.imported@TW" },
		{ { .unit_id = province.id }, "submission.submitted@66 submission.submitted@66-KHCN submission.approved@22015 "
					      "submission.submitted@22015 period.opened@66" },
		{ { .unit_id = commune.id }, "submission.approved@22015 submission.submitted@22015" },
		{ { .kind = "submission.approved" }, "submission.approved@22015" },
		{ { .kind = "submission", .unit_id = commune.id }, "submission.approved@22015 submission.submitted@22015" },
		{ { .kind = "sub" }, "" },
		{ { .subject_id = 1 }, "submission.approved@22015 submission.submitted@22015" },
		{ { .subject_id = 1, .kind = "submission.submitted" }, "submission.submitted@22015" },
		{ { .subject_kind = "unit" }, "unit.imported@TW" },
		{ { .account_id = 5 }, "" },
		{ { .from = NOW + 3000 }, "setting.changed submission.submitted@01" },
		{ { .to = NOW + 1001, .kind = "period" }, "period.opened@66" },
		{ { .from = NOW + 1000, .to = NOW + 2000 }, "submission.submitted@22015 period.opened@66" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		id next;
		c = as(f, &actor, &whole, 1);
		assert_string_equal(list(c, rows[i].query, &next), rows[i].found);
		assert_int_equal(next, 0);
		/* One by one it is the same. */
		struct event_query query = rows[i].query;
		query.limit = 1;
		const char *joined = "";
		do {
			const char *part = list(c, query, &next);
			joined = arena_printf(c->mem, "%s%s%s", joined, *joined && *part ? " " : "", part);
			query.after = next;
		} while (next);
		assert_string_equal(joined, rows[i].found);
		done(f);
	}
}

static void the_log_is_shown_within_rights(void **state)
{
	struct fixture *f = with_units(state);
	some_history(f);
	const struct {
		enum role role;
		const char *unit, *path, *found; /* NULL: refused */
	} rows[] = {
		{ ROLE_ADMINISTRATOR, "66", "TW/66/", "submission.submitted@66 submission.submitted@66-KHCN "
		  "submission.approved@22015 submission.submitted@22015 period.opened@66" },
		{ ROLE_LEADER, "66", "TW/66/", "submission.submitted@66 period.opened@66" },
		{ ROLE_INSPECTOR, "22015", "TW/66/22015/", "submission.approved@22015 submission.submitted@22015" },
		{ ROLE_ADMINISTRATOR, "04", "TW/04/", "" },
		{ ROLE_DATA_ENTRY, "66", "TW/66/", NULL },
		{ ROLE_COORDINATOR, "TW", "TW/", NULL },
	};
	struct actor actor;
	struct unit outside;
	struct call *c = room_read(f);
	assert_true(unit_by_code(c, "01", NULL, &outside));
	done(f);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct grant grant = { 1, rows[i].role, 5, rows[i].path };
		struct event_query query = { .limit = 50 };
		struct event_view *views;
		size_t count;
		id next;
		c = as(f, &actor, &grant, 1);
		bool ok = event_list(c, LANG_EN, &query, &views, &count, &next);
		assert_int_equal(ok, rows[i].found != NULL);
		if (ok)
			assert_string_equal(kinds_of(c, views, count), rows[i].found);
		error_clear(c->err);
		query.unit_id = outside.id;
		assert_false(event_list(c, LANG_EN, &query, &views, &count, &next));
		error_clear(c->err);
		done(f);
	}
	/* More parts than the store has ranges for. */
	const struct grant many[] = {
		{ 1, ROLE_LEADER, 5, "TW/66/" }, { 2, ROLE_INSPECTOR, 5, "TW/66/66-KHCN/" }, { 3, ROLE_INSPECTOR, 5, "TW/66/22015/" },
		{ 4, ROLE_INSPECTOR, 5, "TW/04/" }, { 5, ROLE_INSPECTOR, 5, "TW/91/" }, { 6, ROLE_INSPECTOR, 5, "TW/08/" },
	};
	id next;
	c = as(f, &actor, many, COUNT(many));
	assert_string_equal(list(c, (struct event_query){ 0 }, &next),
			    "submission.submitted@66 submission.submitted@66-KHCN submission.approved@22015 "
			    "submission.submitted@22015 period.opened@66");
	assert_int_equal(next, 0);
	done(f);
}

static void people_watch_by_right(void **state)
{
	struct fixture *f = with_units(state);
	const struct {
		enum role role;
		const char *path, *kind, *unit_path;
		bool watched;
	} rows[] = {
		{ ROLE_DATA_ENTRY, "TW/66/22015/", "submission.approved", "TW/66/22015/", true },
		{ ROLE_DATA_ENTRY, "TW/66/22015/", "submission.approved", "TW/66/", false },
		{ ROLE_DATA_ENTRY, "TW/66/22015/", "submission.approved", "TW/66/22045/", false },
		{ ROLE_DATA_ENTRY, "TW/66/22015/", "period.opened", "TW/66/", true },
		{ ROLE_DATA_ENTRY, "TW/66/22015/", "period.opened", "TW/01/", false },
		{ ROLE_DATA_ENTRY, "TW/66/22015/", "submission.drafted", "TW/66/22015/", false },
		{ ROLE_DATA_ENTRY, "TW/66/22015/", "report.changed", "TW/", true },
		{ ROLE_DATA_ENTRY, "TW/66/22015/", "account.granted", "TW/66/22015/", false },
		{ ROLE_DATA_ENTRY, "TW/66/", "submission.approved", "TW/66/", true },
		{ ROLE_DATA_ENTRY, "TW/66/", "submission.approved", "TW/66/22015/", false },
		{ ROLE_COORDINATOR, "TW/66/", "submission.approved", "TW/66/22015/", true },
		{ ROLE_COORDINATOR, "TW/66/", "submission.approved", "TW/01/", false },
		{ ROLE_LEADER, "TW/", "evidence.added", "TW/66/22015/", true },
		{ ROLE_ADMINISTRATOR, "TW/66/", "account.granted", "TW/66/22015/", true },
		{ ROLE_ADMINISTRATOR, "TW/66/", "account.granted", "TW/01/", false },
		{ ROLE_ADMINISTRATOR, "TW/66/", "account.signed_in", "TW/66/", false },
		{ ROLE_ADMINISTRATOR, "TW/", "setting.changed", "", true },
		{ ROLE_ADMINISTRATOR, "TW/66/", "setting.changed", "", false },
		{ ROLE_INTAKE, "TW/66/", "submission.approved", "TW/66/", false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct actor actor;
		struct grant grant = { 1, rows[i].role, 5, rows[i].path };
		struct watch_list watch;
		struct call *c = as(f, &actor, &grant, 1);
		assert_true(watch_list_of(c, &watch));
		if (watch_list_holds(&watch, c->mem, rows[i].kind, rows[i].unit_path) != rows[i].watched)
			fail_msg("row %zu", i);
		done(f);
	}
	struct actor actor;
	struct watch_list watch;
	struct call *c = as(f, &actor, no_grants, 0);
	assert_true(watch_list_of(c, &watch));
	assert_false(watch_list_holds(&watch, c->mem, "submission.approved", "TW/66/"));
	done(f);
}

static void what_happened_lately_is_found(void **state)
{
	struct fixture *f = with_units(state);
	some_history(f);
	put(f, "submission.received", "04", 9, 2100, 0); /* more than is looked through */
	struct actor actor;
	const struct grant entry = { 1, ROLE_DATA_ENTRY, 5, "TW/66/22015/" }, above = { 1, ROLE_COORDINATOR, 5, "TW/" };
	const id subjects[] = { 1, 9 };
	struct event_view *views;
	size_t count;

	struct call *c = as(f, &actor, &entry, 1);
	assert_true(event_recent(c, LANG_VI, NULL, 0, 10, &views, &count));
	assert_int_equal(count, 0);
	assert_true(event_recent(c, LANG_VI, subjects, 2, 10, &views, &count));
	assert_string_equal(kinds_of(c, views, count), "submission.approved@22015 submission.submitted@22015");
	assert_string_equal(views[1].sentence, "Phường Tuy Hoà trình số liệu kỳ tháng 5/2026, bản 1.");
	done(f);

	c = as(f, &actor, &above, 1);
	assert_true(event_recent(c, LANG_EN, subjects, 2, 4, &views, &count));
	assert_string_equal(kinds_of(c, views, count),
			    "submission.received@04 submission.received@04 submission.received@04 submission.received@04");
	done(f);
}

static void the_log_is_exported(void **state)
{
	struct fixture *f = with_units(state);
	some_history(f);
	struct actor actor;
	const struct grant whole = { 1, ROLE_INSPECTOR, 5, "TW/66/" };
	struct event_query query = { .kind = "submission" };
	struct buf csv;
	audit_serve(f->store, NULL);
	struct call *c = as(f, &actor, &whole, 1);
	buf_init(&csv, c->mem, 1 << 20);
	if (!event_export(c, LANG_EN, &query, &csv))
		fixture_fail(c->err);
	done(f);
	assert_true(text_starts(csv.data, "\xef\xbb\xbf" "Event,Time,Kind,What happened,By,Address,Unit code,Unit"));
	size_t lines = 0;
	for (const char *at = csv.data; (at = strstr(at, "\r\n")); at += 2)
		lines++;
	assert_int_equal(lines, 1 + 4);
	assert_non_null(strstr(csv.data, ",submission.approved,"));
	assert_non_null(strstr(csv.data, "\"{\"\"period\"\":\"\"2026-05\"\",\"\"version\"\":1}\""));
	assert_null(strstr(csv.data, "01,"));
	/* The writer has taken it by the time another action is through. */
	f->call.now = NOW + 9000;
	put(f, "submission.received", "66", 3, 1, 0);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event WHERE kind = 'log.exported' AND account_id = 77"), 1);
	audit_serve(NULL, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_ON_BOTH(settled_events_are_sealed),
		ROOM_ON_BOTH(any_edit_is_found),
		ROOM_ON_BOTH(a_log_sealed_anew_is_found),
		ROOM_ON_BOTH(the_program_itself_cannot_edit),
		ROOM_ON_BOTH(the_log_is_filtered),
		ROOM_ON_BOTH(the_log_is_shown_within_rights),
		ROOM_ON_BOTH(people_watch_by_right),
		ROOM_ON_BOTH(what_happened_lately_is_found),
		ROOM_ON_BOTH(the_log_is_exported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
