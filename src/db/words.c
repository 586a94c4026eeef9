#include "db/words.h"

#include "base/words.h"
#include "db/db.h"

bool db_words_put(struct call *c, const struct words_table *table, id row, const char *words)
{
	struct db_args args = DB_ARGS(db_int(row), db_text(words));

	if (db_is_postgres(c->db))
		return db_exec(c, table->put, args);
	return db_exec(c, table->remove, DB_ARGS(db_int(row))) && db_exec(c, table->add, args);
}

char *db_words_match(struct call *c, const char *q)
{
	if (!q)
		return NULL;
	return db_is_postgres(c->db) ? words_match_postgres(c->mem, q) : words_match_sqlite(c->mem, q);
}
