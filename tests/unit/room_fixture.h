#ifndef ROOM_FIXTURE_H
#define ROOM_FIXTURE_H

/*
 * A fresh store with the program's own schema, and two ways to run a call in it; see db_fixture.h.
 * The schema is made once per test program and kind of store; each test has a copy.
 */

#include "db_fixture.h"

#include "base/log.h"

static struct fixture *room_models[2];

static inline void room_models_free(void)
{
	for (size_t i = 0; i < 2; i++)
		if (room_models[i])
			fixture_free(room_models[i]);
}

static inline void room_open(struct fixture *f)
{
	f->store = store_open(&(struct store_options){ .url = f->url }, true, &f->err);
	if (!f->store)
		fixture_fail(&f->err);
}

static inline const struct fixture *room_model(bool postgres)
{
	struct fixture **model = &room_models[postgres];

	if (*model)
		return *model;
	if (!room_models[!postgres])
		atexit(room_models_free);
	*model = fixture_new(postgres, NULL);
	room_open(*model);
	fixture_close(*model);
	return *model;
}

static inline int room_setup(void **state, bool postgres)
{
	if (postgres && !getenv("TEST_POSTGRES_URL")) {
		*state = NULL;
		return 0;
	}
	log_level_set(LOG_WARN);
	*state = fixture_new(postgres, room_model(postgres));
	room_open(*state);
	return 0;
}

static inline int room_sqlite(void **state)
{
	return room_setup(state, false);
}

static inline int room_postgres(void **state)
{
	return room_setup(state, true);
}

/* Runs an action and wants it to succeed. */
static inline void room_write(struct fixture *f, write_action act, void *arg)
{
	if (!fixture_run(f, act, arg))
		fixture_fail(&f->err);
}

/* Opens a snapshot for reading; ended by store_release(f->store, &f->call). */
static inline struct call *room_read(struct fixture *f)
{
	error_clear(&f->err);
	if (!store_read(f->store, &f->call))
		fixture_fail(&f->err);
	return &f->call;
}

#define ROOM_ON_BOTH(test) \
	{ #test " (SQLite)", test, room_sqlite, fixture_teardown, NULL }, \
	{ #test " (PostgreSQL)", test, room_postgres, fixture_teardown, NULL }

#endif
