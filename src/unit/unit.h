#ifndef UNIT_UNIT_H
#define UNIT_UNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "base/civil.h"
#include "db/call.h"

struct json;

/*
 * Units: the tree of offices. `path` is the codes from the root down, each
 * ended by '/': "TW/66/22015/". A unit is in the subtree of another when its
 * path starts with the other's.
 */
struct unit {
	id id;
	const char *code;       /* "TW", "66", "22015", "66-KHCN" */
	const char *name;       /* "Phường Tuy Hoà", "Sở Khoa học và Công nghệ" */
	const char *kind;       /* code of a unit kind: central, ministry, province, department, commune, party */
	const char *line;       /* party, state, front */
	id parent_id;           /* 0 at the root */
	const char *path;
	id province_id;         /* the province it lies in, itself for a province, the root's own id for central units */
	const char *territory;  /* official code of its territory, NULL for none */
	struct civil_date valid_from, valid_to; /* valid_to.year 0: still valid; exclusive */
	id successor_id;
	int64_t version;
	const char *name_en;    /* "Tuy Hoa"; the same as `name` where nobody gave one */
	int kind_position;      /* order of its kind in lists */
	int64_t child_count;    /* valid direct children; filled by unit_list only */
	const char *parent_name;/* filled by unit_list and unit_read only; NULL at the root */
};

/* Fails with unit_unknown on `field`. The unit is in call.mem. */
bool unit_by_id(struct call *c, id unit_id, const char *field, struct unit *out);
bool unit_by_code(struct call *c, const char *code, const char *field, struct unit *out);

/* Direct children valid on the day of call.now, by kind and Vietnamese name; `kind` NULL for all. */
bool unit_children(struct call *c, id parent_id, const char *kind, struct unit **out, size_t *count);

/* The unit at the path and all below it that are valid on the day of call.now, from the top down. */
bool unit_subtree(struct call *c, const char *path, struct unit **out, size_t *count);

/* All units with these ids, in their order; fails with unit_unknown when one is missing. */
bool unit_by_ids(struct call *c, const id *ids, size_t count, const char *field, struct unit **out);

/* Loads the centre, provinces, communes and departments from the official data the program carries; idempotent by code. */
bool unit_import_official(struct call *c);

/* Whether path lies in the subtree of root (itself included). "" as root is above all. */
bool unit_under(const char *path, const char *root);

/* The unit without a parent: rights over the whole instance are checked on its path. */
bool unit_root(struct call *c, struct unit *out);

/* Whether the unit is valid on that day. */
bool unit_valid_on(const struct unit *unit, struct civil_date day);

/*
 * A number that is new after every change of any unit. What is kept in memory
 * of units (paths, names) is right as long as the number read with the call's
 * own snapshot is the one it was made with.
 */
bool unit_generation(struct call *c, int64_t *out);

/*
 * A statement that gives a copy of a unit's path its new beginning, for every row at or below the unit that moved, and
 * its run: for the stores that keep such copies.
 */
#define UNIT_PATH_MOVED(table, column) \
	"UPDATE " table " SET " column " = CAST($3 AS TEXT) || substr(" column ", CAST($4 AS INTEGER)) WHERE " column \
	" >= $1 AND " column " < $2"
bool unit_paths_move(struct call *c, const char *const *statements, size_t count, const char *from, const char *to);

/*
 * Rooms that keep copies of paths and stand above this one are told when a unit and all below it got another, in the
 * transaction of that change. Set once at start, ended by NULL; both paths end with '/'.
 */
typedef bool (*unit_moved)(struct call *c, const char *from, const char *to);
void unit_moved_set(const unit_moved *told);

/* Writes a unit reference: { "id", "code", "name", "kind", "path" }; NULL writes null. */
void unit_write_ref(struct json *json, const char *key, const struct unit *unit);

/* Kinds of units in their order. */
struct unit_kind {
	const char *code, *name, *name_en, *line;
	int position;
};
bool unit_kinds(struct call *c, struct unit_kind **out, size_t *count);

/* Everything below checks the caller's right. */

/* What a list asks for; zero fields do not filter. */
struct unit_query {
	id parent_id, under_id;
	const char *q, *kind;
	struct civil_date valid_on; /* year 0: the day of call.now */
	id after;                   /* the last unit of the page before */
	int limit;
};

/*
 * One page, names (or codes) that start with `q` first, then those that
 * contain it; by kind and name in the Vietnamese alphabet. One unit more than
 * the limit is given when there are more.
 */
bool unit_list(struct call *c, const struct unit_query *query, struct unit **out, size_t *count);

/* One unit with its ancestors from the root down. */
bool unit_read(struct call *c, id unit_id, struct unit *out, struct unit **ancestors, size_t *ancestor_count);

/* Strings were checked against the shapes; `line` NULL takes that of the kind, valid_from.year 0 the day of call.now. */
struct unit_input {
	const char *code, *name, *name_en, *kind, *line, *territory;
	id parent_id;
	struct civil_date valid_from;
};
bool unit_create(struct call *c, const struct unit_input *input, struct unit *out);

/*
 * NULL and zero fields stay as they are (an empty territory takes it away); a new parent moves the subtree.
 * The code and a province's kind never change. Fails with stale_version when `version` is not the unit's.
 */
bool unit_change(struct call *c, id unit_id, int64_t version, const struct unit_input *input, struct unit *out);

/* The unit ends on the day `on` (its first day as no unit) and is followed by the successor. */
bool unit_merge(struct call *c, id unit_id, id successor_id, struct civil_date on, struct unit *out);

#endif
