#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "submission/cell_rules.h"

__extension__ typedef __int128 int128; /* a product of an amount */

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

bool past_median(const struct past_figure *past, size_t count, int64_t *out)
{
	int64_t numbers[PAST_PERIODS];
	size_t found = 0;

	for (size_t i = 0; i < count && found < PAST_PERIODS; i++)
		if (past[i].present)
			numbers[found++] = past[i].number;
	if (found == 0)
		return false;
	qsort(numbers, found, sizeof(numbers[0]), by_number);
	*out = numbers[(found - 1) / 2];
	return true;
}

static size_t past_count(const struct past_figure *past, size_t count)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		found += past[i].present;
	return found;
}

bool cell_outlier(const struct indicator *indicator, const struct cell *cell, const struct past_figure *past,
		  size_t count, int64_t *median)
{
	int64_t change;

	if (!cell->present || indicator->outlier_percent <= 0 || indicator->type == VALUE_TEXT ||
	    indicator->type == VALUE_YES_NO || past_count(past, count) < PAST_NEEDED)
		return false;
	if (!past_median(past, count, median) || *median == 0)
		return false;
	/* |value - median| / |median| > percent / 100, without the fraction. */
	if (!decimal_subtract(cell->number, *median, &change))
		return true;
	return (int128)llabs(change) * 100 > (int128)llabs(*median) * indicator->outlier_percent;
}

static void warn(struct cell_warnings *out, enum error_code code, const char *arg)
{
	if (out->count < CELL_WARNINGS_MAX)
		out->rows[out->count++] = (struct error_detail){ .code = code, .args = { arg, NULL, NULL } };
}

static const char *figure_text(struct arena *mem, const struct indicator *indicator, int64_t number)
{
	char text[DECIMAL_TEXT_MAX];

	return arena_strdup(mem, decimal_format_vi(number, indicator->decimals, text));
}

/* A running total since 1 January falls below that of the newest period before in the same year. */
static bool falls(const struct cell *cell, period p, const struct past_figure *past, size_t count,
		  int64_t *before)
{
	for (size_t back = 1; back <= count; back++) {
		const struct past_figure *figure = &past[count - back];
		if (period_year(period_add(p, -(int)back)) != period_year(p))
			return false;
		if (figure->present) {
			*before = figure->number;
			return cell->number < figure->number;
		}
	}
	return false;
}

void cell_warn(struct arena *mem, const struct report *report, const struct cell *cells, size_t position,
	       period p, const struct past_figure *past, size_t count, struct cell_warnings *out)
{
	const struct indicator *indicator = report->items[position].indicator;
	const struct cell *cell = &cells[position];
	int64_t number;

	out->count = 0;
	if (cell_outlier(indicator, cell, past, count, &number))
		warn(out, ERR_outlier, figure_text(mem, indicator, number));
	if (cell->present && indicator->accrual == ACCRUAL_CUMULATIVE && indicator->type == VALUE_NUMBER &&
	    falls(cell, p, past, count, &number))
		warn(out, ERR_cumulative_falls, figure_text(mem, indicator, number));
	for (size_t i = 0; i < report->check_count; i++)
		if (report->checks[i].left == indicator->id && !check_kept(report, &report->checks[i], cells))
			warn(out, ERR_check_warns, report->checks[i].about);
}
