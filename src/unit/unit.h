#ifndef UNIT_UNIT_H
#define UNIT_UNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "base/civil.h"
#include "db/call.h"

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
};

/* Fails with unit_unknown on `field`. The unit is in call.mem. */
bool unit_by_id(struct call *c, id unit_id, const char *field, struct unit *out);
bool unit_by_code(struct call *c, const char *code, const char *field, struct unit *out);

/* Valid direct children, by kind and Vietnamese name; `kind` NULL for all. */
bool unit_children(struct call *c, id parent_id, const char *kind, struct unit **out, size_t *count);

/* All units with these ids, in their order; fails with unit_unknown when one is missing. */
bool unit_by_ids(struct call *c, const id *ids, size_t count, const char *field, struct unit **out);

/* Loads the centre, provinces, communes and departments from the official data the program carries; idempotent by code. */
bool unit_import_official(struct call *c);

/* Whether path lies in the subtree of root (itself included). */
bool unit_under(const char *path, const char *root);

#endif
