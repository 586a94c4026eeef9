/* Periods: a civil calendar cut into months, quarters, half-years and years. */
#include <string.h>

#include "base/digits.h"
#include "deadline/deadline_rules.h"

enum { YEAR_MIN = 1900, YEAR_MAX = 2999 };

/* Periods in a year, by frequency. */
static int in_year(enum frequency frequency)
{
	switch (frequency) {
	case FREQUENCY_MONTH:
		return 12;
	case FREQUENCY_QUARTER:
		return 4;
	case FREQUENCY_HALF_YEAR:
		return 2;
	case FREQUENCY_YEAR:
		return 1;
	}
	return 0;
}

static int months_in(enum frequency frequency)
{
	int count = in_year(frequency);
	return count ? 12 / count : 0;
}

period period_make(enum frequency frequency, int year, int number)
{
	if (year < YEAR_MIN || year > YEAR_MAX || number < 1 || number > in_year(frequency))
		return 0;
	return (period)year * 1000 + (period)frequency * 100 + number;
}

enum frequency period_frequency(period p)
{
	return (enum frequency)(p / 100 % 10);
}

int period_year(period p)
{
	return (int)(p / 1000);
}

int period_number(period p)
{
	return (int)(p % 100);
}

bool period_valid(period p)
{
	return p > 0 && p / 1000 <= YEAR_MAX && period_make(period_frequency(p), period_year(p), period_number(p)) == p;
}

period period_add(period p, int count)
{
	enum frequency frequency = period_frequency(p);
	int each = in_year(frequency);
	if (each == 0)
		return 0;
	int64_t index = (int64_t)period_year(p) * each + (period_number(p) - 1) + count;
	if (index < (int64_t)YEAR_MIN * each || index >= (int64_t)(YEAR_MAX + 1) * each)
		return 0;
	return period_make(frequency, (int)(index / each), (int)(index % each) + 1);
}

period period_of(enum frequency frequency, struct civil_date day)
{
	int months = months_in(frequency);
	return months ? period_make(frequency, day.year, (day.month - 1) / months + 1) : 0;
}

char *period_format(period p, char *out)
{
	enum frequency frequency = period_frequency(p);
	char *at = digits_put_padded(out, (uint64_t)period_year(p), 4);
	if (frequency == FREQUENCY_MONTH) {
		*at++ = '-';
		at = digits_put_padded(at, (uint64_t)period_number(p), 2);
	} else if (frequency != FREQUENCY_YEAR) {
		*at++ = '-';
		*at++ = frequency == FREQUENCY_QUARTER ? 'Q' : 'H';
		at = digits_put(at, (uint64_t)period_number(p));
	}
	*at = '\0';
	return out;
}

/* `count` digits as a number; -1 when one is none. */
static int read_digits(const char *text, int count)
{
	int value = 0;
	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool period_parse(const char *text, period *out)
{
	size_t length = text ? strnlen(text, PERIOD_TEXT_MAX) : 0;
	if (length != 4 && length != 7)
		return false;
	int year = read_digits(text, 4);
	if (length == 4)
		*out = period_make(FREQUENCY_YEAR, year, 1);
	else if (text[4] != '-')
		*out = 0;
	else if (text[5] == 'Q')
		*out = period_make(FREQUENCY_QUARTER, year, read_digits(text + 6, 1));
	else if (text[5] == 'H')
		*out = period_make(FREQUENCY_HALF_YEAR, year, read_digits(text + 6, 1));
	else
		*out = period_make(FREQUENCY_MONTH, year, read_digits(text + 5, 2));
	return *out != 0;
}

/* The month `count` months after one, as its first day. */
static struct civil_date month_after(int year, int month, int count)
{
	int index = year * 12 + (month - 1) + count;
	return (struct civil_date){ index / 12, index % 12 + 1, 1 };
}

struct civil_date period_first_day(period p)
{
	return (struct civil_date){ period_year(p), (period_number(p) - 1) * months_in(period_frequency(p)) + 1, 1 };
}

struct civil_date period_end_day(period p)
{
	struct civil_date first = period_first_day(p);
	return month_after(first.year, first.month, months_in(period_frequency(p)));
}

struct civil_date period_day_in_month(struct civil_date month, int day)
{
	int last = civil_month_days(month.year, month.month);
	month.day = day < last ? day : last;
	return month;
}

void period_window(period p, int cut_day, struct civil_date *first, struct civil_date *end)
{
	struct civil_date start = period_first_day(p);
	int months = months_in(period_frequency(p));
	if (cut_day <= 1) {
		*first = start;
		*end = period_end_day(p);
		return;
	}
	*first = period_day_in_month(month_after(start.year, start.month, -1), cut_day);
	*end = period_day_in_month(month_after(start.year, start.month, months - 1), cut_day);
}

struct civil_date period_last_month(period p, int offset)
{
	struct civil_date first = period_first_day(p);
	return month_after(first.year, first.month, months_in(period_frequency(p)) - 1 + offset);
}

/* The words before a period's number and year; `number` 0 in the catalogue stands for any. */
static const char *words_before(period p, enum language lang)
{
	static const struct {
		enum frequency frequency;
		int number;
		const char *words[2];
	} rows[] = {
#define WORDING(frequency, number, vi, en) { frequency, number, { vi, en } },
#include "messages/period_wording.def"
#undef WORDING
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].frequency == period_frequency(p) && (!rows[i].number || rows[i].number == period_number(p)))
			return rows[i].words[lang];
	return "";
}

char *period_wording(struct arena *mem, period p, enum language lang)
{
	static const char *const roman[] = { "", "I", "II", "III", "IV" };
	const char *words = words_before(p, lang);
	switch (period_frequency(p)) {
	case FREQUENCY_MONTH:
		return arena_printf(mem, "%s%d/%d", words, period_number(p), period_year(p));
	case FREQUENCY_QUARTER:
		return arena_printf(mem, "%s%s/%d", words, roman[period_number(p) % 5], period_year(p));
	default:
		return arena_printf(mem, "%s%d", words, period_year(p));
	}
}
