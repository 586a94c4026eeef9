#ifndef DB_WORDS_H
#define DB_WORDS_H

#include <stdbool.h>

#include "base/id.h"
#include "db/call.h"

/*
 * Full-text search, the one thing the two databases have no common form for. A table of words (base/words.h) is
 * fts5 (words) by rowid on SQLite, (KEY BIGINT PRIMARY KEY, words TSVECTOR) on PostgreSQL: made of an array there, so
 * that neither stems nor splits words again.
 */
struct words_table {
	const char *remove, *add, *put;
};
#define WORDS_TABLE(table, key) \
	{ "DELETE FROM " table " WHERE rowid = $1", "INSERT INTO " table " (rowid, words) VALUES ($1, $2)", \
	  "INSERT INTO " table " (" key ", words) VALUES ($1, array_to_tsvector(string_to_array($2, ' '))) " \
	  "ON CONFLICT (" key ") DO UPDATE SET words = excluded.words" }

/* The ids whose words match placeholder `q`, which db_words_match gives; for the two forms of a statement. */
#define WORDS_FOUND_SQLITE(table, q) "(SELECT rowid FROM " table " WHERE " table " MATCH " q ")"
#define WORDS_FOUND_POSTGRES(table, key, q) "(SELECT " key " FROM " table " WHERE words @@ CAST(" q " AS TSQUERY))"

bool db_words_put(struct call *c, const struct words_table *table, id row, const char *words);

/* What is looked for, as this database takes it; NULL: nothing. */
char *db_words_match(struct call *c, const char *q);

#endif
