#ifndef INDICATOR_INDICATOR_H
#define INDICATOR_INDICATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "base/id.h"
#include "db/call.h"
#include "deadline/deadline.h"

struct json;

/*
 * What is measured: definitions of indicators with their versions and
 * targets, and report forms made of them.
 */

enum value_type { VALUE_NUMBER, VALUE_PERCENTAGE, VALUE_RANK, VALUE_YES_NO, VALUE_TEXT };
/* At a moment, in the period, since 1 January. */
enum accrual { ACCRUAL_STOCK, ACCRUAL_FLOW, ACCRUAL_CUMULATIVE };
enum direction { DIRECTION_HIGHER, DIRECTION_LOWER, DIRECTION_RANGE, DIRECTION_INFORMATION };
enum aggregation {
	AGGREGATION_NONE,
	AGGREGATION_SUM,
	AGGREGATION_RATIO,   /* Σ numerator / Σ denominator; percentages are never averaged over units */
	AGGREGATION_AVERAGE,
	AGGREGATION_MAX,
	AGGREGATION_MIN,
	AGGREGATION_LAST,    /* of the unit that submitted last */
	AGGREGATION_COUNT_YES,
};
enum target_operator {
	TARGET_AT_LEAST,
	TARGET_MORE,
	TARGET_AT_MOST,
	TARGET_LESS,
	TARGET_EQUAL,
	TARGET_RANGE,
};

struct target {
	int year;
	enum target_operator operator;
	int64_t value, high; /* scaled by the indicator's decimals; `high` for TARGET_RANGE */
};

struct indicator {
	id id;
	int64_t version;
	const char *code, *name, *group, *resolution, *unit_of_measure, *definition, *source;
	enum value_type type;
	enum accrual accrual;
	enum frequency frequency;
	enum direction direction;
	enum aggregation aggregation;
	int decimals;              /* of the value: 0 to 6 */
	int part_decimals;         /* of numerator and denominator */
	int64_t factor;            /* value = numerator / denominator * factor; 100 for a percentage */
	bool has_min, has_max;
	int64_t min, max;          /* range allowed for the value */
	int outlier_percent;       /* change against the own median of the last 12 that is warned of; 0: none */
	bool evidence_required;
	bool illustrative;         /* demonstration definitions: labelled so on every screen */
	unsigned levels;           /* LEVEL_* it applies to */
	const struct target *targets;
	size_t target_count;
	id owner_unit_id;
	const char *owner_path;
	instant valid_from, valid_to; /* valid_to 0: stands */
};

enum {
	LEVEL_CENTRAL = 1,
	LEVEL_MINISTRY = 2,
	LEVEL_PROVINCE = 4,
	LEVEL_DEPARTMENT = 8,
	LEVEL_COMMUNE = 16,
	LEVEL_ALL = 31,
};
/* A Party body counts as a department; kinds that nobody named give LEVEL_ALL. */
unsigned level_of_kind(const char *unit_kind);

struct report_item {
	const struct indicator *indicator; /* the version that stood when the form's version was made */
	int position;
	bool required;             /* of the units it applies to */
	bool evidence_required;    /* the form may ask where the definition does not */
	const char *section;
};

/*
 * A rule between indicators of one form: left (+|-...) compared with right: "TN06 <= TN07" style,
 * checked by report_rules.
 */
struct report_check {
	id left, right;            /* indicator ids */
	enum target_operator operator;
	const char *about;         /* sentence for the user, Vietnamese data of the form's author */
	bool blocks;               /* false: a warning */
};

struct report {
	id id;
	int64_t version;
	instant valid_from, valid_to; /* of this version; valid_to 0: stands */
	const char *code, *title, *resolution, *instructions;
	enum frequency frequency;
	int cut_day;               /* window of the figures: see period_window */
	id owner_unit_id;
	const char *owner_path;
	const struct report_item *items;
	size_t item_count;
	const struct report_check *checks;
	size_t check_count;
	const uint16_t *slots;     /* where report_item_find looks: hash of the id -> position in items + 1 */
	size_t slot_mask;
};

/*
 * The standing version of a form with its definitions, from memory: immutable,
 * shared, kept until call.mem is freed or reset. Costs no SQL while nothing changed: a change made
 * by this process is seen by the first call after its commit (and inside its
 * own transaction), one made by another node within a second. Fails with
 * report_unknown.
 */
bool report_get(struct call *c, id report_id, const struct report **out);

/*
 * The form as version `version` had it: with the definitions old figures were made by. From memory
 * likewise.
 */
bool report_get_version(struct call *c, id report_id, int64_t version, const struct report **out);

bool report_by_code(struct call *c, const char *code, const char *field, const struct report **out);

/* All standing forms by code; items and checks are empty. In call.mem. */
bool report_list(struct call *c, struct report **out, size_t *count);

/* NULL when the form does not hold the indicator. */
const struct report_item *report_item_find(const struct report *report, id indicator_id);

/*
 * Whether a unit of that level (level_of_kind) fills the item in. The other rows are not shown to
 * it, nor required.
 */
bool report_item_applies(const struct report_item *item, unsigned level);

/*
 * Has the next report_get ask the store whether the forms in memory still
 * stand. The actions that change definitions call it themselves.
 */
void indicator_forget(void);

/*
 * Loads data/indicators-57.csv (owner: `unit_id`); TN01 to TN16 are labelled illustrative.
 * Idempotent by code.
 */
bool indicator_import(struct call *c, id unit_id);

/* The standing version, in call.mem. Fails with indicator_unknown on `field`. */
bool indicator_by_code(struct call *c, const char *code, const char *field, const struct indicator **out);
bool indicator_by_id(struct call *c, id indicator_id, const char *field, const struct indicator **out);

/*
 * A new definition; `definition` needs no id, version, validity and path of
 * the owner. Checked by definition_check (indicator_rules.h); fails with
 * `duplicate` on "code". Right: INDICATOR_MANAGE of the owner.
 */
bool indicator_create(struct call *c, const struct indicator *definition, id *out);

/*
 * A new version from call.now on, for the forms too that hold the indicator;
 * figures entered before keep the definition they were entered by. Fails with stale_version when
 * `version` is not the standing one, and with indicator_in_use when a form holds it and the
 * change would make old and new figures impossible to add: type, decimals, factor,
 * aggregation. The code stays.
 */
bool indicator_change(struct call *c, id indicator_id, int64_t version, const struct indicator *definition,
		      const char *reason);

/* Makes a report form; the API and the demonstration use it. Items' indicator ids in order. */
struct report_draft {
	const char *code, *title, *resolution, *instructions;
	enum frequency frequency;
	int cut_day;
	id owner_unit_id;
	const id *indicator_ids;
	const bool *evidence_required; /* per item; NULL: as the definition says */
	const char *const *sections;   /* per item; NULL: the indicator's group */
	const bool *required;          /* per item; NULL: required when the frequency is the form's */
	size_t item_count;
	const struct report_check *checks;
	size_t check_count;
};
bool report_create(struct call *c, const struct report_draft *draft, id *out);

/* A new version from call.now on; code, owner and frequency stay. Fails with stale_version. */
bool report_change(struct call *c, id report_id, int64_t version, const struct report_draft *draft);

/*
 * Reached, not reached, or nothing to compare with: no target of the year or
 * of an earlier one (2030 is not yet missed in 2026), or for information only.
 */
enum target_state { TARGET_NONE, TARGET_REACHED, TARGET_MISSED };
enum target_state target_compare(const struct indicator *indicator, int year, int64_t value,
				 const struct target **used);

/*
 * The target to show beside a figure of the year: the year's, else the latest earlier, else the
 * next later; NULL: none.
 */
const struct target *target_of_year(const struct indicator *indicator, int year);

/* Words of the API. */
const char *value_type_word(enum value_type type);
const char *aggregation_word(enum aggregation aggregation);
const char *target_operator_word(enum target_operator operator);
const char *target_state_word(enum target_state state);

/* Writes the Indicator object of the API (indicator_shape in indicator_api.h); `owner` may be NULL. */
struct unit;
void indicator_write(struct json *json, const char *key, const struct indicator *indicator,
		     const struct unit *owner);
/* The same without the object around it, for a reply that has more. */
void indicator_write_members(struct json *json, const struct indicator *indicator, const struct unit *owner);

/* Writes { year, operator, value, high } or null. */
void target_write(struct json *json, const char *key, const struct indicator *indicator,
		  const struct target *target);

#endif
