#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/text.h"
#include "indicator/indicator_rules.h"

/*
 * Reads a row of data/indicators-57.csv. Its words are Vietnamese; they are
 * compared folded ("trung uong").
 */
struct row {
	const struct csv *table;
	size_t number;
	struct arena *mem;
	struct error *err;
};

static const char *cell(const struct row *row, const char *column)
{
	int at = csv_column(row->table, column);

	return at < 0 ? "" : row->table->cells[row->number][at];
}

static bool refuse(const struct row *row, const char *column)
{
	/* A spreadsheet counts the header as row 1. */
	const char *field = arena_printf(row->mem, "rows/%zu/%s", row->number + 2, column);

	return error_set(row->err, ERR_field_invalid, field, NULL);
}

struct translation {
	const char *from;
	int to;
};

/* The last entry has a NULL `from`. */
static bool translate(const struct row *row, const char *column, const struct translation *words, int *out)
{
	const char *folded = text_fold(row->mem, cell(row, column));

	for (; words->from; words++) {
		if (strcmp(words->from, folded) == 0) {
			*out = words->to;
			return true;
		}
	}
	return refuse(row, column);
}

static bool read_frequency(const struct row *row, struct indicator *out)
{
	static const struct translation words[] = {
		{ "thang", FREQUENCY_MONTH },
		{ "quy", FREQUENCY_QUARTER },
		{ "6 thang", FREQUENCY_HALF_YEAR },
		{ "nam", FREQUENCY_YEAR },
		{ NULL, 0 },
	};
	int word = 0;

	if (!translate(row, "frequency", words, &word))
		return false;
	out->frequency = (enum frequency)word;
	return true;
}

static bool read_levels(const struct row *row, struct indicator *out)
{
	static const struct {
		const char *word;
		unsigned level;
	} words[] = {
		{ "trung uong", LEVEL_CENTRAL }, { "bo", LEVEL_MINISTRY }, { "tinh", LEVEL_PROVINCE },
		{ "so", LEVEL_DEPARTMENT },      { "xa", LEVEL_COMMUNE },
	};
	const char *at = cell(row, "level");

	out->levels = 0;
	while (*at) {
		size_t length = strcspn(at, ";");
		const char *folded = text_fold(row->mem, arena_strndup(row->mem, at, length));
		unsigned level = 0;

		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (strcmp(words[i].word, folded) == 0)
				level = words[i].level;
		if (!level)
			return refuse(row, "level");
		out->levels |= level;
		at += length;
		if (*at == ';')
			at++;
	}
	return true;
}

static bool read_int(const struct row *row, const char *column, int64_t absent, int64_t high, int64_t *out)
{
	const char *text = cell(row, column);

	*out = absent;
	return !*text || text_to_int(text, 0, high, out) || refuse(row, column);
}

static bool read_amount(const struct row *row, const char *column, int decimals, bool *has, int64_t *out)
{
	const char *text = cell(row, column);

	*has = *text != '\0';
	*out = 0;
	return !*has || decimal_parse(text, decimals, out, column, row->err);
}

static bool read_operator(const struct row *row, enum target_operator *out)
{
	static const struct {
		const char *sign;
		enum target_operator operator;
	} signs[] = {
		{ ">=", TARGET_AT_LEAST }, { ">", TARGET_MORE },  { "<=", TARGET_AT_MOST },
		{ "<", TARGET_LESS },      { "=", TARGET_EQUAL }, { "range", TARGET_RANGE },
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (strcmp(signs[i].sign, cell(row, "operator")) == 0) {
			*out = signs[i].operator;
			return true;
		}
	}
	return refuse(row, "operator");
}

/* "At least 0" of what cannot be negative is no target: the table has it where none is set. */
static bool read_target(const struct row *row, struct indicator *out)
{
	struct target *target = ARENA_NEW(row->mem, struct target);
	bool has, has_high;
	int64_t year;

	if (!read_amount(row, "target", out->decimals, &has, &target->value))
		return false;
	if (!has)
		return true;
	if (!read_operator(row, &target->operator) ||
	    !read_amount(row, "target_high", out->decimals, &has_high, &target->high) ||
	    !read_int(row, "target_year", 0, 2100, &year))
		return false;
	if (target->operator == TARGET_AT_LEAST && target->value == 0)
		return true;
	target->year = (int)year;
	out->targets = target;
	out->target_count = 1;
	return true;
}

static bool read_words(const struct row *row, struct indicator *out)
{
	const char *aggregation = cell(row, "aggregation");

	if (!value_type_parse(cell(row, "value_type"), &out->type))
		return refuse(row, "value_type");
	if (!accrual_parse(cell(row, "period_type"), &out->accrual))
		return refuse(row, "period_type");
	if (!direction_parse(cell(row, "direction"), &out->direction))
		return refuse(row, "direction");
	if (strcmp(aggregation, "weighted_ratio") == 0)
		aggregation = "ratio";
	if (!aggregation_parse(aggregation, &out->aggregation))
		return refuse(row, "aggregation");
	return read_frequency(row, out) && read_levels(row, out);
}

static bool read_numbers(const struct row *row, struct indicator *out)
{
	bool percentage = out->type == VALUE_PERCENTAGE;
	int64_t decimals, part_decimals, outlier;

	if (!read_int(row, "decimals", percentage ? 2 : 0, DECIMAL_PLACES_MAX, &decimals) ||
	    !read_int(row, "part_decimals", 0, DECIMAL_PLACES_MAX, &part_decimals) ||
	    !read_int(row, "factor", percentage ? 100 : 1, 1000000, &out->factor) ||
	    !read_int(row, "outlier_percent", 0, 100000, &outlier))
		return false;
	out->decimals = (int)decimals;
	out->part_decimals = (int)part_decimals;
	out->outlier_percent = (int)outlier;
	return read_amount(row, "min", out->decimals, &out->has_min, &out->min) &&
	       read_amount(row, "max", out->decimals, &out->has_max, &out->max) && read_target(row, out);
}

bool definition_of_row(const struct csv *table, size_t number, struct arena *mem, struct indicator *out,
		       struct error *err)
{
	const struct row row = { table, number, mem, err };

	*out = (struct indicator){
		.code = cell(&row, "code"),
		.name = cell(&row, "name"),
		.group = cell(&row, "group"),
		.resolution = "57-NQ/TW",
		.unit_of_measure = cell(&row, "unit"),
		.definition = cell(&row, "definition"),
		.source = "",
	};
	/* The official operational list is not public: TN01 to TN16 stand for it in demonstrations. */
	out->illustrative = text_starts(out->code, "TN");
	return read_words(&row, out) && read_numbers(&row, out) && definition_check(out, mem, err);
}
