#include "letter/letter_when.h"

#include <string.h>

/* When the times that letters write end. */

/* Months since year 0, so that months can be counted. */
static int months_of(int year, int month)
{
	return year * 12 + month - 1;
}

static struct civil_date month_day(int months, int day)
{
	struct civil_date date = { months / 12, months % 12 + 1, 1 };
	int last = civil_month_days(date.year, date.month);
	date.day = day > last ? last : day;
	return date;
}

/* The year of a month that is written without one: that of the letter, or the next when the month is just past. */
static int year_of_month(int month, struct civil_date written)
{
	if (!written.year)
		return 0;
	if (month >= written.month)
		return written.year;
	return month + 12 - written.month <= 6 ? written.year + 1 : 0;
}

/* An end at the day (or hour) `when` says. */
static instant day_end(const struct when *when, struct civil_date day, bool before)
{
	instant start = civil_start(day);
	if (when->hour >= 0)
		return start + when->hour * INT64_C(3600000) + when->minute * INT64_C(60000);
	return before ? start : start + DAY_MS;
}

static bool period_end(int first, int count, bool before, instant *out)
{
	struct civil_date day = month_day(before ? first : first + count, 1);
	if (!civil_valid(day))
		return false;
	*out = civil_start(day);
	return true;
}

static bool date_end(const struct when *when, bool before, struct civil_date written, instant *out)
{
	struct civil_date day = { when->year, when->month, when->day };
	if (!day.year) {
		day.year = year_of_month(day.month, written);
		/* A day just past in the letter's own month is nobody's deadline. */
		if (day.month == written.month && written.day && day.day < written.day)
			return false;
	}
	if (!day.year || !civil_valid(day))
		return false;
	*out = day_end(when, day, before);
	return true;
}

static bool span_end(const struct when *when, struct civil_date written, instant *out)
{
	struct civil_date start = when->since;
	if (!start.year && when->from_issue && written.day)
		start = written;
	if (!start.year)
		return false;
	switch (when->span) {
	case WHEN_DAYS:
		*out = civil_start(civil_add_days(start, when->amount + 1));
		return true;
	case WHEN_WEEKS:
		*out = civil_start(civil_add_days(start, when->amount * 7 + 1));
		return true;
	case WHEN_MONTHS:
	case WHEN_YEARS: {
		int months = when->span == WHEN_YEARS ? when->amount * 12 : when->amount;
		struct civil_date day = month_day(months_of(start.year, start.month) + months, start.day);
		if (!civil_valid(day))
			return false;
		*out = civil_start(civil_add_days(day, 1));
		return true;
	}
	case WHEN_WORKING_DAYS:
	case WHEN_HOURS:
		break;
	}
	return false;
}

/* The first time of what recurs: after the letter, not before the month it is to begin in. */
static bool first_of(const struct when *when, bool before, struct civil_date written, int months, int step, int day,
		     instant *out)
{
	instant after = written.day && !when->from_month ? civil_start(written) : 0;
	for (int tries = 0; tries < 3; tries++, months += step) {
		struct civil_date at = month_day(months, when->last_day ? 31 : day);
		if (!civil_valid(at))
			return false;
		*out = day_end(when, at, before);
		if (*out > after)
			return true;
	}
	return false;
}

static bool recurring_end(const struct when *when, bool before, struct civil_date written, instant *out)
{
	int year = when->from_year, month = when->from_month;
	if (month && !year)
		year = year_of_month(month, written);
	if (!month) {
		year = written.year;
		month = written.month;
	}
	if (when->last_working_day || !year)
		return false;
	int start = months_of(year, month);
	if (strcmp(when->every, "month") == 0 && (when->day || when->last_day))
		return first_of(when, before, written, start + (when->place == WHEN_NEXT_MONTH), 1, when->day, out);
	if (strcmp(when->every, "quarter") == 0 && (when->day || when->last_day)) {
		int quarter = start / 3 * 3;
		if (when->place == WHEN_ANY_MONTH && !when->last_day)
			return false;
		return first_of(when, before, written, quarter + (when->place == WHEN_NEXT_MONTH ? 3 : 2), 3, when->day, out);
	}
	if (when->month && when->day) {
		struct when first = *when, second = *when;
		int months = months_of(year, when->month);
		if (!first_of(&first, before, written, months, 12, when->day, out) || !when->second_month)
			return *out != 0;
		instant other;
		if (first_of(&second, before, written, months_of(year, when->second_month), 12, when->second_day, &other) &&
		    other < *out)
			*out = other;
		return true;
	}
	if (strcmp(when->every, "week") == 0 && when->weekday && written.day && !when->from_month) {
		int ahead = (when->weekday - civil_weekday(written) + 7) % 7;
		struct civil_date day = civil_add_days(written, ahead);
		*out = day_end(when, day, before);
		if (*out <= civil_start(written))
			*out += 7 * DAY_MS;
		return true;
	}
	return false;
}

static bool calendar_end(const struct when *when, bool before, struct civil_date written, instant *out)
{
	int year = when->year;
	if (!year && written.year)
		year = written.year + (when->unit == WHEN_YEAR && when->relative ? when->next : 0);
	if (!year)
		return false;
	switch (when->unit) {
	case WHEN_QUARTER: {
		int quarter = when->quarter;
		int first = months_of(year, quarter * 3 - 2);
		if (when->relative)
			first = months_of(written.year, written.month) / 3 * 3 + 3 * when->next;
		else if (!when->year && quarter * 3 < written.month)
			return false;
		return period_end(first, 3, before, out);
	}
	case WHEN_HALF:
		return period_end(months_of(year, when->half == 2 ? 7 : 1), 6, before, out);
	case WHEN_NINE_MONTHS:
		return period_end(months_of(year, 1), 9, before, out);
	case WHEN_YEAR:
		return period_end(months_of(year, 1), 12, before, out);
	default:
		return false;
	}
}

bool when_end(const struct when *when, bool before, struct civil_date written, instant *out)
{
	*out = 0;
	if (when->every)
		return recurring_end(when, before, written, out);
	switch (when->unit) {
	case WHEN_DATE:
		return date_end(when, before, written, out);
	case WHEN_DAY: {
		if (!written.year || when->place == WHEN_LAST_MONTH)
			return false;
		bool next = when->next || when->place == WHEN_NEXT_MONTH;
		struct civil_date day = month_day(months_of(written.year, written.month) + next, when->day);
		if (!next && (when->day < written.day || day.day != when->day))
			return false;
		*out = day_end(when, day, before);
		return true;
	}
	case WHEN_MONTH: {
		int months = months_of(written.year, written.month) + when->next;
		if (!when->relative) {
			int year = when->year ? when->year : year_of_month(when->month, written);
			if (!year)
				return false;
			months = months_of(year, when->month);
		} else if (!written.year) {
			return false;
		}
		return period_end(months, 1, before, out);
	}
	case WHEN_WEEK: {
		if (!written.day)
			return false;
		struct civil_date monday = civil_add_days(written, 1 - civil_weekday(written));
		*out = civil_start(civil_add_days(monday, 7 * (when->next + 1)));
		return true;
	}
	case WHEN_SPAN:
		return span_end(when, written, out);
	default:
		return calendar_end(when, before, written, out);
	}
}
