#ifndef INDICATOR_INDICATOR_H
#define INDICATOR_INDICATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "base/id.h"
#include "db/call.h"
#include "deadline/deadline.h"

/*
 * What is measured: definitions of indicators with their versions and
 * targets, and report forms made of them.
 */

enum value_type { VALUE_NUMBER, VALUE_PERCENTAGE, VALUE_RANK, VALUE_YES_NO, VALUE_TEXT };
enum accrual { ACCRUAL_STOCK, ACCRUAL_FLOW, ACCRUAL_CUMULATIVE }; /* at a moment, in the period, since 1 January */
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
enum target_operator { TARGET_AT_LEAST, TARGET_MORE, TARGET_AT_MOST, TARGET_LESS, TARGET_EQUAL, TARGET_RANGE };

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
	int outlier_percent;       /* warn when the change against the unit's own median of the last 12 exceeds it; 0: never */
	bool evidence_required;
	bool illustrative;         /* demonstration definitions: labelled so on every screen */
	unsigned levels;           /* LEVEL_* it applies to */
	const struct target *targets;
	size_t target_count;
	id owner_unit_id;
	const char *owner_path;
	instant valid_from, valid_to; /* valid_to 0: stands */
};

enum { LEVEL_CENTRAL = 1, LEVEL_MINISTRY = 2, LEVEL_PROVINCE = 4, LEVEL_DEPARTMENT = 8, LEVEL_COMMUNE = 16 };
unsigned level_of_kind(const char *unit_kind);

struct report_item {
	const struct indicator *indicator; /* the version that stood when the form's version was made */
	int position;
	bool required;
	bool evidence_required;    /* the form may ask where the definition does not */
	const char *section;
};

/* A rule between indicators of one form: left (+|-...) compared with right: "TN06 <= TN07" style, checked by report_rules. */
struct report_check {
	id left, right;            /* indicator ids */
	enum target_operator operator;
	const char *about;         /* sentence for the user, Vietnamese data of the form's author */
	bool blocks;               /* false: a warning */
};

struct report {
	id id;
	int64_t version;
	const char *code, *title, *resolution, *instructions;
	enum frequency frequency;
	int cut_day;               /* window of the figures: see period_window */
	id owner_unit_id;
	const char *owner_path;
	const struct report_item *items;
	size_t item_count;
	const struct report_check *checks;
	size_t check_count;
};

/*
 * A form with its definitions, from memory: immutable, shared, kept until
 * call.mem is freed. Loaded again when the definitions in the store changed
 * (indicator_forget). Fails with report_unknown.
 */
bool report_get(struct call *c, id report_id, const struct report **out);
const struct report_item *report_item_find(const struct report *report, id indicator_id);

/* Drops the forms in memory; called after a commit that changed definitions. */
void indicator_forget(void);

/* Loads data/indicators-57.csv (owner: `unit_id`); TN01 to TN16 are labelled illustrative. Idempotent by code. */
bool indicator_import(struct call *c, id unit_id);
bool indicator_by_code(struct call *c, const char *code, const char *field, const struct indicator **out);

/* Makes a report form; the API and the demonstration use it. Items' indicator ids in order. */
struct report_draft {
	const char *code, *title, *resolution, *instructions;
	enum frequency frequency;
	int cut_day;
	id owner_unit_id;
	const id *indicator_ids;
	const bool *evidence_required; /* per item; NULL: as the definition says */
	const char *const *sections;   /* per item; NULL: the indicator's group */
	size_t item_count;
};
bool report_create(struct call *c, const struct report_draft *draft, id *out);

/* Reached, not reached, or nothing to compare with (no target of the year or of an earlier one). */
enum target_state { TARGET_NONE, TARGET_REACHED, TARGET_MISSED };
enum target_state target_compare(const struct indicator *indicator, int year, int64_t value, const struct target **used);

#endif
