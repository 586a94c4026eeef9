#include <string.h>

#include "room_fixture.h"

#include "audit/audit.h"
#include "document/document_rules.h"
#include "document/document_store.h"
#include "document/reading_store.h"
#include "file/file_store.h"
#include "unit/unit.h"

struct registry {
	struct fixture *f;
	struct document document;
	struct reading reading;
	const char *text;
	bool found;
};

static bool begin(struct call *c, void *arg)
{
	struct registry *r = arg;
	struct document_input input = { .subject = "subject" };
	struct unit unit;

	if (!unit_import_official(c) || !unit_by_code(c, "66", NULL, &unit))
		return false;
	input.unit_id = unit.id;
	return document_create(c, &input, &r->document);
}

static void registry_new(struct registry *r, struct fixture *f)
{
	*r = (struct registry){ .f = f };
	assert_true(civil_parse("2026-05-10T08:00:00+07:00", &f->call.now));
	room_write(f, begin, r);
}

static bool put_text(struct call *c, void *arg)
{
	const struct registry *r = arg;

	return document_text_put(c, r->document.id, 0, r->text, false);
}

static size_t finds(struct registry *r, const char *q)
{
	struct call *c = room_read(r->f);
	const struct document_query query = { .unit_id = r->document.unit_id, .q = q, .secrecy = -1, .limit = 10 };
	struct document *rows;
	size_t count;

	if (!document_rows(c, &query, NULL, &rows, &count))
		fixture_fail(c->err);
	store_release(r->f->store, c);
	return count;
}

/* PostgreSQL's vectors hold one megabyte; a long table of long words has more. */
static void a_text_of_ever_new_words_is_kept(void **state)
{
	enum { WORDS = 120000, WIDTH = 40 };
	struct fixture *f = fixture_of(state);
	struct registry r;
	char *text;

	registry_new(&r, f);
	text = calloc(WORDS, WIDTH);
	assert_non_null(text);
	for (int i = 0; i < WORDS; i++) {
		char *word = text + (size_t)i * WIDTH;

		memset(word, 'a' + i % 26, WIDTH);
		snprintf(word, WIDTH, "%06dabcdefghijklmnopqrstuvwxyzabcdefg", i);
		word[WIDTH - 1] = ' ';
	}
	text[(size_t)WORDS * WIDTH - 1] = '\0';
	r.text = text;
	room_write(f, put_text, &r);
	assert_int_equal(finds(&r, "000001abcd"), 1);
	assert_int_equal(finds(&r, "subject"), 1);
	r.text = "short and new";
	room_write(f, put_text, &r);
	assert_int_equal(finds(&r, "000001abcd"), 0);
	assert_int_equal(finds(&r, "new short"), 1);
	free(text);
}

static bool add_reading(struct call *c, void *arg)
{
	struct registry *r = arg;
	const struct file file = {
		.sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		.name = "a.txt",
		.type = "text/plain",
		.size = 3,
	};

	if (!store_file_insert(c, &file))
		return false;
	r->reading = (struct reading){ .id = id_next(c->now), .unit_id = r->document.unit_id, .unit_path = "TW/66/",
				       .file = file, .created_at = c->now };
	return reading_insert(c, &r->reading);
}

static bool claim(struct call *c, void *arg)
{
	struct registry *r = arg;

	return reading_claim(c, r->reading.id, c->now + 1000);
}

static bool release(struct call *c, void *arg)
{
	struct registry *r = arg;

	return reading_release(c, r->reading.id);
}

static bool next(struct registry *r)
{
	struct call *c = room_read(r->f);
	struct reading reading;
	bool found;

	if (!reading_next(c, &found, &reading))
		fixture_fail(c->err);
	if (found)
		assert_int_equal(reading.id, r->reading.id);
	store_release(r->f->store, c);
	return found;
}

static void a_claim_holds_until_it_ends_or_is_given_back(void **state)
{
	struct fixture *f = fixture_of(state);
	struct registry r;

	registry_new(&r, f);
	assert_false(next(&r));
	room_write(f, add_reading, &r);
	assert_true(next(&r));
	room_write(f, claim, &r);
	assert_false(next(&r));
	f->call.now += 999;
	assert_false(next(&r));
	f->call.now += 1;
	assert_true(next(&r));
	room_write(f, claim, &r);
	assert_false(next(&r));
	room_write(f, release, &r);
	assert_true(next(&r));
}

static bool add_file(struct call *c, void *arg)
{
	struct registry *r = arg;
	const struct document_file file = {
		.id = id_next(c->now),
		.document_id = r->document.id,
		.file = r->reading.file,
		.revision = 1,
		.added_at = c->now,
	};

	file_damage_note("document", file.id);
	file_damage_note("document", 4711);
	return document_file_insert(c, &file);
}

static bool tell(struct call *c, void *arg)
{
	(void)arg;
	return document_tell_damage(c, NULL);
}

static void damaged_files_are_told_to_the_log_once(void **state)
{
	struct fixture *f = fixture_of(state);
	struct registry r;

	registry_new(&r, f);
	room_write(f, add_reading, &r);
	room_write(f, add_file, &r);
	for (int i = 0; i < 2; i++) {
		room_write(f, tell, NULL);
		struct call *c = room_read(f);
		struct event_view *events;
		size_t count;

		assert_true(event_of_subject(c, LANG_EN, "document", r.document.id, NULL, 0, 10, &events, &count));
		assert_int_equal(count, 2);
		assert_string_equal(events[0].kind, "document.file_damaged");
		store_release(f->store, c);
	}
}

struct ask {
	id ids[20];
	struct document_ref refs[20];
};

static void references_come_in_the_order_asked(void **state)
{
	struct fixture *f = fixture_of(state);
	struct registry r;
	struct ask ask = { .ids = { 0 } };

	registry_new(&r, f);
	ask.ids[1] = r.document.id;
	ask.ids[18] = r.document.id;
	ask.ids[19] = 4711;
	struct call *c = room_read(f);

	assert_true(document_refs(c, ask.ids, 20, ask.refs));
	for (int i = 0; i < 20; i++)
		assert_int_equal(ask.refs[i].id, i == 1 || i == 18 ? r.document.id : 0);
	assert_string_equal(ask.refs[18].subject, "subject");
	store_release(f->store, c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_ON_BOTH(a_text_of_ever_new_words_is_kept),
		ROOM_ON_BOTH(a_claim_holds_until_it_ends_or_is_given_back),
		ROOM_ON_BOTH(damaged_files_are_told_to_the_log_once),
		ROOM_ON_BOTH(references_come_in_the_order_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
