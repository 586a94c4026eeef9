#ifndef UNIT_UNIT_STORE_H
#define UNIT_UNIT_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "unit/unit.h"

/* The SQL of the unit room. Rows come back in call.mem. */

/* Whether the call is in the writer's transaction. */
bool unit_store_writes(const struct call *c);

/* *found tells whether there is such a unit. */
bool unit_store_by_id(struct call *c, id unit_id, bool *found, struct unit *out);
bool unit_store_by_code(struct call *c, const char *code, bool *found, struct unit *out);
bool unit_store_root(struct call *c, bool *found, struct unit *out);

/* Every unit, valid or not, by id. */
bool unit_store_all(struct call *c, struct unit **out, size_t *count);

/* Children valid on `day`, by kind and name. */
bool unit_store_subtree(struct call *c, const char *path, struct civil_date day, struct unit **out, size_t *count);
bool unit_store_children(struct call *c, id parent_id, const char *kind, struct civil_date day, struct unit **out,
			 size_t *count);

/* Children that are valid on `day` or begin later. */
bool unit_store_count_from(struct call *c, id parent_id, struct civil_date day, int64_t *out);

/* Levels below the path, 0 for a leaf. */
bool unit_store_depth_below(struct call *c, const char *path, int *out);

struct unit_page {
	const struct unit_query *query;
	const char *under_path; /* "" for all */
	const char *fold;       /* folded q, NULL for none */
	struct civil_date day;
};
bool unit_store_page(struct call *c, const struct unit_page *page, bool *cursor_known, struct unit **out, size_t *count);

bool unit_store_insert(struct call *c, const struct unit *unit, bool *duplicate);
bool unit_store_insert_many(struct call *c, const struct unit *units, size_t count);

/* Everything but code, path and province. */
bool unit_store_update(struct call *c, const struct unit *unit);

/* Moves the subtree at `from` to `to`; what lay in province `old_province` goes to `new_province`. */
bool unit_store_move(struct call *c, const char *from, const char *to, id old_province, id new_province);

bool unit_store_kinds(struct call *c, struct unit_kind **out, size_t *count);
bool unit_store_put_kind(struct call *c, const struct unit_kind *kind);

bool unit_store_generation(struct call *c, int64_t *out);
bool unit_store_set_generation(struct call *c, int64_t value);

#endif
