#ifndef UNIT_UNIT_RULES_H
#define UNIT_UNIT_RULES_H

#include <stdbool.h>

#include "base/civil.h"
#include "unit/unit.h"

struct arena;
struct error;

enum { UNIT_CODE_MAX = 32, UNIT_NAME_MAX = 200, UNIT_DEPTH_MAX = 12 };

/* Letters, digits, '-', '_' and '.', the first a letter or digit: what a path can hold. */
bool unit_code_valid(const char *code);

/* The path of a unit below `parent_path` ("" for the root). */
char *unit_path_make(struct arena *mem, const char *parent_path, const char *code);

/* Number of units from the root down to this one. */
int unit_path_depth(const char *path);

/* The first text, byte by byte, behind all that starts with `prefix`, which ends in '/'; "" goes to the end of everything. */
char *unit_path_end(struct arena *mem, const char *prefix);

/*
 * The forms a unit is found by, each behind a '|': name, name without its kind
 * ("tuy hoa" of "Phường Tuy Hoà"), English name, code, and the code behind its
 * last dash ("khcn" of "66-KHCN"); folded.
 */
char *unit_search_forms(struct arena *mem, const char *code, const char *name, const char *name_en);

/* A province is its own province; every other unit has its parent's. */
id unit_province_of(id unit_id, const char *kind, const struct unit *parent);

/* Whether `unit` may come under `parent`: not below itself, not too deep by `depth_below` levels. */
bool unit_move_check(const struct unit *unit, const struct unit *parent, int depth_below, struct error *err);

/* Whether `unit` may end on `on` in favour of `successor`. */
bool unit_merge_check(const struct unit *unit, const struct unit *successor, struct civil_date on, struct error *err);

#endif
