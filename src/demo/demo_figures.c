#include "demo/demo_figures.h"

#include <string.h>

enum { WHOLE = 10000, FIRST_YEAR = 2025, FIRST_MONTH = 5, PROVINCE_SIZE = 90 };

enum shape {
	RATE_FLOW,   /* part of what came in the month */
	RATE_STOCK,  /* part of what is there */
	COUNT_STOCK,
	COUNT_FLOW,
	CUMULATIVE,  /* grows from January on */
	YES,
};

/*
 * Rates in hundredths of a percent: a unit's own lies between `low` and
 * `high` in May 2025 and moves by `trend` a month, `noise` up or down. Sizes are what a middling
 * commune or department has a month.
 */
struct pattern {
	const char *code;
	enum shape shape;
	int low, high, trend, noise;
	int commune, department;
};

static const struct pattern patterns[] = {
	{ "TN01", RATE_FLOW, 5200, 7900, 110, 220, 620, 900 },
	{ "TN02", RATE_FLOW, 9520, 9960, 9, 70, 600, 870 },
	{ "TN03", RATE_FLOW, 6600, 9300, 120, 180, 610, 880 },
	{ "TN04", RATE_STOCK, 5200, 8800, 130, 0, 0, 64 },
	{ "TN05", RATE_STOCK, 3300, 7600, 190, 0, 180, 90 },
	{ "TN06", CUMULATIVE, 0, 0, 0, 0, 5, 9 },
	{ "TN07", COUNT_STOCK, 0, 0, 0, 0, 11, 0 },
	{ "TN08", RATE_FLOW, 8700, 9900, 30, 300, 9, 14 },
	{ "TN09", RATE_FLOW, 9000, 9900, 45, 90, 240, 520 },
	{ "TN10", RATE_STOCK, 7000, 9400, 95, 0, 34, 62 },
	{ "TN11", RATE_STOCK, 6300, 8500, 110, 0, 17500, 0 },
	{ "TN12", CUMULATIVE, 0, 0, 0, 0, 420, 3100 },
	{ "TN13", COUNT_STOCK, 0, 0, 0, 0, 0, 2 },
	{ "TN14", CUMULATIVE, 0, 0, 0, 0, 1, 2 },
	{ "TN15", COUNT_FLOW, 0, 0, 0, 0, 0, 0 },
	{ "TN16", YES, 0, 0, 0, 0, 0, 0 },
};

uint64_t demo_choice(const char *unit_code, const char *about, int64_t which)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (const char *at = unit_code; *at; at++)
		hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
	hash = (hash ^ '/') * UINT64_C(0x100000001b3);
	for (const char *at = about; *at; at++)
		hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
	hash += (uint64_t)which * UINT64_C(0x9e3779b97f4a7c15);
	hash = (hash ^ hash >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	hash = (hash ^ hash >> 27) * UINT64_C(0x94d049bb133111eb);
	return hash ^ hash >> 31;
}

int demo_pick(const char *unit_code, const char *about, int64_t which, int count)
{
	return (int)(demo_choice(unit_code, about, which) % (uint64_t)count);
}

/* Between low and high, both possible. */
static int64_t between(const char *unit_code, const char *about, int64_t which, int64_t low, int64_t high)
{
	return low + (int64_t)(demo_choice(unit_code, about, which) % (uint64_t)(high - low + 1));
}

/* How many months the demonstration has gone on. */
static int64_t age(period month)
{
	return (period_year(month) - FIRST_YEAR) * 12 + period_number(month) - FIRST_MONTH;
}

/* What a unit of its level has of the pattern's thing, from half to twice the middling. */
static int64_t size_of(const struct pattern *pattern, const char *unit_code, unsigned level)
{
	int64_t middling = level == LEVEL_DEPARTMENT ? pattern->department : pattern->commune;
	int64_t size = middling * between(unit_code, "size", 0, 50, 200) / 100;

	if (level == LEVEL_PROVINCE)
		size = (int64_t)(pattern->commune ? pattern->commune : pattern->department) * PROVINCE_SIZE *
		       between(unit_code, "size", 0, 60, 160) / 100;
	return size;
}

static struct cell rate(const struct pattern *pattern, const char *unit_code, unsigned level, period month)
{
	int64_t value = between(unit_code, pattern->code, 0, pattern->low, pattern->high) +
			pattern->trend * age(month);
	int64_t size = size_of(pattern, unit_code, level);
	struct cell cell = { 0 };

	if (pattern->shape == RATE_FLOW) {
		size = size * between(unit_code, pattern->code, month, 82, 118) / 100;
		value += between(unit_code, pattern->code, -month, -pattern->noise, pattern->noise);
	}
	if (value > WHOLE)
		value = WHOLE;
	if (size == 0) {
		cell.nil = true;
		return cell;
	}
	cell.present = true;
	cell.denominator = size;
	cell.numerator = (size * value + WHOLE / 2) / WHOLE;
	return cell;
}

/* The sum of the months of the year so far, each from nothing to twice the middling. */
static int64_t cumulative(const struct pattern *pattern, const char *unit_code, unsigned level, period month)
{
	int64_t size = size_of(pattern, unit_code, level), sum = 0;

	if (size == 0)
		size = 1;
	for (int number = 1; number <= period_number(month); number++)
		sum += between(unit_code, pattern->code,
			       period_make(FREQUENCY_MONTH, period_year(month), number), 0, 2 * size);
	return sum;
}

static struct cell number(const struct pattern *pattern, const char *unit_code, unsigned level, period month)
{
	struct cell cell = { .present = true };
	int64_t size = size_of(pattern, unit_code, level);

	switch (pattern->shape) {
	case COUNT_STOCK:
		cell.number = size + age(month) / 4;
		break;
	case COUNT_FLOW:
		cell.number = demo_pick(unit_code, pattern->code, month, 40) == 0;
		break;
	case CUMULATIVE:
		cell.number = cumulative(pattern, unit_code, level, month);
		break;
	default:
		cell.number = demo_pick(unit_code, pattern->code, month, 25) != 0;
	}
	/* Nothing happened is told as such. */
	if (pattern->shape == COUNT_FLOW && cell.number == 0)
		cell = (struct cell){ .nil = true };
	return cell;
}

struct cell demo_figure(const struct report_item *item, const char *unit_code, unsigned level, period month)
{
	const struct indicator *indicator = item->indicator;
	struct cell cell = { 0 };

	if (report_item_applies(item, level) &&
	    (indicator->frequency == FREQUENCY_MONTH || period_number(month) % 3 == 0))
		for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
			if (strcmp(patterns[i].code, indicator->code) == 0)
				cell = patterns[i].shape <= RATE_STOCK
					       ? rate(&patterns[i], unit_code, level, month)
					       : number(&patterns[i], unit_code, level, month);
	cell.indicator_id = indicator->id;
	return cell;
}
