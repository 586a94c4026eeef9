#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct db;
struct error;

/*
 * The schema's numbered steps, migrations/NNNN_name.sql, carried in the
 * program. The table schema_step keeps number, name and SHA-256 of those that
 * were done. A step is one transaction. A store with a step that is unknown
 * here or differs is refused.
 */
struct migration {
	int number;
	const char *name; /* "0001_first.sql" */
	const char *text;
	size_t length;
};

/* The program's own, in the order of their numbers. */
bool migrate_list(struct arena *mem, struct migration **steps, size_t *count, struct error *err);

/* Brings the store to the last step or, without `apply`, only checks that it is there. `db` is the writer's. */
bool migrate_run(struct db *db, struct arena *mem, const struct migration *steps, size_t count, bool apply,
		 struct error *err);

/* A step's text without comments, those meant for this database (`kind`) made live. */
char *migrate_expand(struct arena *mem, const char *text, size_t length, const char *kind);

/* One statement after another from the expanded text, without ';'; NULL at the end. `*at` starts at the text. */
char *migrate_next(struct arena *mem, const char **at);

#endif
