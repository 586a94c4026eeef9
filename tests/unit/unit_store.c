#include "room_fixture.h"

#include <pthread.h>

#include "base/text.h"
#include "unit/unit.h"
#include "unit/unit_rules.h"
#include "unit/unit_store.h"

static bool import(struct call *c, void *arg)
{
	(void)arg;
	return unit_import_official(c);
}

static struct unit unit_of(struct call *c, const char *code)
{
	struct unit unit;
	if (!unit_by_code(c, code, NULL, &unit))
		fixture_fail(c->err);
	return unit;
}

static void official_units_are_loaded_once(void **state)
{
	struct fixture *f = fixture_of(state);
	room_write(f, import, NULL);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM unit"), 1 + 34 + 3321 + 34 * 15);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event WHERE kind = 'unit.imported'"), 1);
	int64_t generation = fixture_int(f, "SELECT value FROM unit_generation");
	room_write(f, import, NULL);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM unit"), 3866);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event"), 1);
	assert_int_equal(fixture_int(f, "SELECT value FROM unit_generation"), generation);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM unit u JOIN unit p ON p.id = u.parent_id "
					"WHERE u.path <> p.path || u.code || '/'"), 0);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM unit WHERE kind = 'commune' AND province_id <> parent_id"), 0);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM unit WHERE kind = 'province' AND province_id <> id"), 0);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM unit WHERE parent_id IS NULL AND province_id = id"), 1);
}

static void units_are_found(void **state)
{
	struct fixture *f = fixture_of(state);
	room_write(f, import, NULL);
	struct call *c = room_read(f);
	struct unit commune = unit_of(c, "22015"), department = unit_of(c, "66-KHCN"), unit;
	assert_string_equal(commune.name, "Phường Tuy Hoà");
	assert_string_equal(commune.path, "TW/66/22015/");
	assert_string_equal(commune.territory, "22015");
	assert_string_equal(commune.kind, "commune");
	assert_int_equal(commune.province_id, unit_of(c, "66").id);
	assert_int_equal(civil_compare(commune.valid_from, (struct civil_date){ 2025, 7, 1 }), 0);
	assert_int_equal(commune.valid_to.year, 0);
	assert_string_equal(department.name, "Sở Khoa học và Công nghệ");
	assert_null(department.territory);
	assert_string_equal(unit_of(c, "66-TT").name, "Thanh tra tỉnh");
	assert_string_equal(unit_of(c, "01-TT").name, "Thanh tra thành phố");
	assert_true(unit_by_id(c, commune.id, NULL, &unit));
	assert_string_equal(unit.code, "22015");
	assert_true(unit_root(c, &unit));
	assert_string_equal(unit.path, "TW/");
	assert_false(unit_by_id(c, 12345, "unit_id", &unit));
	assert_int_equal(c->err->code, ERR_unit_unknown);
	assert_string_equal(c->err->field, "unit_id");
	error_clear(c->err);
	store_release(f->store, c);
}

static void children_come_in_order(void **state)
{
	struct fixture *f = fixture_of(state);
	room_write(f, import, NULL);
	struct call *c = room_read(f);
	struct unit province = unit_of(c, "66"), *units;
	size_t count;
	assert_true(unit_children(c, province.id, NULL, &units, &count));
	assert_int_equal(count, 117);
	for (size_t i = 1; i < count; i++) {
		assert_true(units[i - 1].kind_position <= units[i].kind_position);
		if (units[i - 1].kind_position == units[i].kind_position)
			assert_true(text_compare(units[i - 1].name, units[i].name) < 0);
	}
	assert_string_equal(units[0].kind, "department");
	assert_true(unit_children(c, province.id, "commune", &units, &count));
	assert_int_equal(count, 102);
	f->call.now = 1700000000000; /* 2023: before the reform */
	assert_true(unit_children(c, province.id, NULL, &units, &count));
	assert_int_equal(count, 0);
	store_release(f->store, c);
}

/* The codes of a page, parted by spaces. */
static char *page_codes(struct call *c, const struct unit_query *query, const char *under, id *last, bool *more)
{
	struct unit_page page = {
		.query = query,
		.under_path = under,
		.fold = query->q ? text_fold(c->mem, query->q) : NULL,
		.day = { 2026, 5, 16 },
	};
	struct unit *units;
	size_t count;
	bool known;
	if (!unit_store_page(c, &page, &known, &units, &count))
		fixture_fail(c->err);
	assert_true(known);
	*more = count > (size_t)query->limit;
	char *codes = arena_strdup(c->mem, "");
	for (size_t i = 0; i < count && i < (size_t)query->limit; i++) {
		codes = arena_printf(c->mem, "%s%s%s", codes, i ? " " : "", units[i].code);
		*last = units[i].id;
	}
	return codes;
}

static void units_are_searched_without_tone_marks(void **state)
{
	struct fixture *f = fixture_of(state);
	room_write(f, import, NULL);
	struct call *c = room_read(f);
	static const struct {
		const char *q, *under, *kind, *codes;
	} rows[] = {
		{ "tuy hoa", "", NULL, "22015" },
		{ "TUY HÒA", "TW/66/", NULL, "22015" },
		{ "phường tuy hoà", "", NULL, "22015" },
		{ "22015", "", NULL, "22015" },
		{ "66-khcn", "", NULL, "66-KHCN" },
		{ "khcn", "TW/66/", NULL, "66-KHCN" },
		{ "khoa hoc", "TW/66/", NULL, "66-KHCN" },
		{ "đắk lắk", "", NULL, "66" },
		{ "Dak Lak", "", "province", "66" },
		{ "no such place", "", NULL, "" },
		{ "tuy hoa", "TW/01/", NULL, "" },
		{ "tuy%", "TW/66/22015/", NULL, "22015" },
		{ "t_y", "TW/66/22015/", NULL, "" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct unit_query query = { .q = rows[i].q, .kind = rows[i].kind, .limit = 5 };
		id last;
		bool more;
		assert_string_equal(page_codes(c, &query, rows[i].under, &last, &more), rows[i].codes);
		assert_false(more);
	}
	/* What starts with it comes before what contains it. */
	struct unit_query query = { .q = "hoa binh", .limit = 50 };
	struct unit_page page = { .query = &query, .under_path = "", .fold = "hoa binh", .day = { 2026, 5, 16 } };
	struct unit *units;
	size_t count;
	bool known;
	assert_true(unit_store_page(c, &page, &known, &units, &count));
	assert_true(count >= 3);
	bool contains = false;
	for (size_t i = 0; i < count; i++) {
		bool starts = strstr(unit_search_forms(c->mem, units[i].code, units[i].name, units[i].name_en), "|hoa binh");
		assert_false(contains && starts);
		contains = !starts;
	}
	store_release(f->store, c);
}

static void pages_join_without_gap(void **state)
{
	struct fixture *f = fixture_of(state);
	room_write(f, import, NULL);
	struct call *c = room_read(f);
	id province = unit_of(c, "66").id;
	static const char *const searches[] = { NULL, "hoa", "xa" };
	for (size_t s = 0; s < 3; s++) {
		for (int by_parent = 0; by_parent < 2; by_parent++) {
			struct unit_query whole = { .q = searches[s], .parent_id = by_parent ? province : 0, .limit = 200 };
			const char *under = by_parent ? "" : "TW/66/";
			id last = 0;
			bool more;
			const char *all = page_codes(c, &whole, under, &last, &more);
			assert_false(more);
			struct unit_query part = whole;
			part.limit = 7;
			const char *joined = "";
			do {
				const char *codes = page_codes(c, &part, under, &last, &more);
				joined = arena_printf(c->mem, "%s%s%s", joined, *joined ? " " : "", codes);
				part.after = last;
			} while (more);
			assert_string_equal(joined, all);
		}
	}
	struct unit_query query = { .after = 5, .limit = 7 };
	struct unit_page page = { .query = &query, .under_path = "", .day = { 2026, 5, 16 } };
	struct unit *units;
	size_t count;
	bool known;
	assert_true(unit_store_page(c, &page, &known, &units, &count));
	assert_false(known);
	store_release(f->store, c);
}

static void many_units_come_from_memory(void **state)
{
	struct fixture *f = fixture_of(state);
	room_write(f, import, NULL);
	struct call *c = room_read(f);
	struct unit *children, *units;
	size_t count;
	assert_true(unit_children(c, unit_of(c, "66").id, NULL, &children, &count));
	id *ids = ARENA_ARRAY(c->mem, id, count + 1);
	for (size_t i = 0; i < count; i++)
		ids[i] = children[count - 1 - i].id;
	assert_true(unit_by_ids(c, ids, count, NULL, &units));
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(units[i].id, ids[i]);
		assert_string_equal(units[i].path, children[count - 1 - i].path);
		assert_string_equal(units[i].name, children[count - 1 - i].name);
	}
	ids[count] = 77;
	assert_false(unit_by_ids(c, ids, count + 1, "unit_ids", &units));
	assert_int_equal(c->err->code, ERR_unit_unknown);
	store_release(f->store, c);
}

struct move {
	const char *code, *parent;
	bool fail;
	const char *seen; /* the path as the same transaction sees it by unit_by_ids */
};

static bool move(struct call *c, void *arg)
{
	struct move *m = arg;
	struct unit unit, parent, *seen;
	if (!unit_by_code(c, m->code, NULL, &unit) || !unit_by_code(c, m->parent, NULL, &parent))
		return false;
	if (!unit_store_move(c, unit.path, unit_path_make(c->mem, parent.path, unit.code), unit.province_id,
			     unit_province_of(unit.id, unit.kind, &parent)))
		return false;
	unit.parent_id = parent.id;
	unit.version++;
	id ids[] = { unit.id, parent.id, unit.id, parent.id, unit.id };
	if (!unit_store_update(c, &unit) || !unit_store_set_generation(c, id_next(c->now)) ||
	    !unit_by_ids(c, ids, 5, NULL, &seen))
		return false;
	m->seen = seen[0].path;
	return m->fail ? error_set(c->err, ERR_conflict, NULL, NULL) : true;
}

static const char *path_by_ids(struct fixture *f, const char *code)
{
	struct call *c = room_read(f);
	struct unit unit = unit_of(c, code), *units;
	id ids[] = { unit.id, unit.id, unit.id, unit.id };
	assert_true(unit_by_ids(c, ids, 4, NULL, &units));
	store_release(f->store, c);
	assert_string_equal(units[0].path, unit.path);
	return units[0].path;
}

static void a_move_takes_the_subtree_along(void **state)
{
	struct fixture *f = fixture_of(state);
	room_write(f, import, NULL);
	assert_string_equal(path_by_ids(f, "22015"), "TW/66/22015/");
	struct move below = { .code = "22015", .parent = "66-KHCN" };
	room_write(f, move, &below);
	assert_string_equal(below.seen, "TW/66/66-KHCN/22015/");
	struct move over = { .code = "66-KHCN", .parent = "01" };

	over.fail = true;
	assert_false(fixture_run(f, move, &over));
	assert_string_equal(over.seen, "TW/01/66-KHCN/");
	assert_string_equal(path_by_ids(f, "22015"), "TW/66/66-KHCN/22015/");

	over.fail = false;
	room_write(f, move, &over);
	assert_string_equal(path_by_ids(f, "66-KHCN"), "TW/01/66-KHCN/");
	assert_string_equal(path_by_ids(f, "22015"), "TW/01/66-KHCN/22015/");
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM unit u JOIN unit p ON p.id = u.province_id "
					"WHERE u.code IN ('66-KHCN', '22015') AND p.code = '01'"), 2);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM unit WHERE path LIKE 'TW/66/%'"), 116);
}

enum { READERS = 4, ROUNDS = 40 };

/* What one thread sees of a unit by id and by the directory, in one snapshot after the other. */
static void *read_on(void *arg)
{
	struct fixture *f = arg;
	for (int i = 0; i < ROUNDS; i++) {
		struct error err = { 0 };
		struct call c = { .mem = arena_new(0), .now = f->call.now, .err = &err };
		struct unit unit, *units;
		bool same = store_read(f->store, &c) && unit_by_code(&c, "22015", NULL, &unit);
		const id ids[] = { unit.id, unit.parent_id, unit.id, unit.parent_id };
		same = same && unit_by_ids(&c, ids, 4, NULL, &units) && !strcmp(units[0].path, unit.path) &&
		       !strcmp(units[2].path, unit.path) && unit_under(unit.path, units[1].path);
		store_release(f->store, &c);
		arena_free(c.mem);
		if (!same)
			return arg;
	}
	return NULL;
}

static void every_thread_sees_one_tree(void **state)
{
	struct fixture *f = fixture_of(state);
	room_write(f, import, NULL);
	pthread_t threads[READERS];
	for (int i = 0; i < READERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_on, f), 0);
	for (int i = 0; i < ROUNDS; i++) {
		struct move there = { .code = "22015", .parent = i % 2 ? "66" : "66-KHCN" };
		room_write(f, move, &there);
	}
	for (int i = 0; i < READERS; i++) {
		void *failed;
		assert_int_equal(pthread_join(threads[i], &failed), 0);
		assert_null(failed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_ON_BOTH(official_units_are_loaded_once),
		ROOM_ON_BOTH(units_are_found),
		ROOM_ON_BOTH(children_come_in_order),
		ROOM_ON_BOTH(units_are_searched_without_tone_marks),
		ROOM_ON_BOTH(pages_join_without_gap),
		ROOM_ON_BOTH(many_units_come_from_memory),
		ROOM_ON_BOTH(a_move_takes_the_subtree_along),
		ROOM_ON_BOTH(every_thread_sees_one_tree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
