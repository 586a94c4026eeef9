#include "base/civil.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

#include "base/digits.h"

static bool leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int civil_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool civil_valid(struct civil_date date)
{
	return date.year >= 1900 && date.year <= 2999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
	       date.day <= civil_month_days(date.year, date.month);
}

static int64_t floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/*
 * Days since 1970-01-01 in the Gregorian calendar. Years are counted from
 * March, so that the leap day is the last of its year, and in eras of 400
 * years of 146,097 days.
 */
static int64_t day_number(struct civil_date date)
{
	int64_t year = (int64_t)date.year - (date.month <= 2);
	int64_t era = floor_divide(year, 400);
	int64_t year_of_era = year - era * 400;
	int64_t month = (date.month + 9) % 12; /* March is 0 */
	int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

static struct civil_date date_of_day(int64_t day)
{
	day += 719468;
	int64_t era = floor_divide(day, 146097);
	int64_t day_of_era = day - era * 146097;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153; /* March is 0 */
	return (struct civil_date){
		.year = (int)(year_of_era + era * 400 + (month >= 10)),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
	};
}

static int weekday_of_day(int64_t day)
{
	/* 1970-01-01 was a Thursday. */
	int64_t since_monday = day + 3;
	return (int)(since_monday - floor_divide(since_monday, 7) * 7) + 1;
}

int civil_weekday(struct civil_date date)
{
	return weekday_of_day(day_number(date));
}

instant civil_start(struct civil_date date)
{
	return day_number(date) * DAY_MS - CIVIL_OFFSET_MS;
}

/* The local day, and the milliseconds into it. An instant at the end of its range stays in range. */
static int64_t local_day(instant at, int64_t *rest)
{
	int64_t day = floor_divide(at, DAY_MS);
	int64_t milliseconds = at % DAY_MS + (at % DAY_MS < 0 ? DAY_MS : 0) + CIVIL_OFFSET_MS;
	if (milliseconds >= DAY_MS) {
		milliseconds -= DAY_MS;
		day++;
	}
	*rest = milliseconds;
	return day;
}

struct civil_date civil_date_of(instant at)
{
	int64_t rest;
	return date_of_day(local_day(at, &rest));
}

struct civil_time civil_time_of(instant at)
{
	int64_t rest;
	int64_t day = local_day(at, &rest);
	return (struct civil_time){
		.date = date_of_day(day),
		.hour = (int)(rest / 3600000),
		.minute = (int)(rest / 60000 % 60),
		.second = (int)(rest / 1000 % 60),
		.millisecond = (int)(rest % 1000),
		.weekday = weekday_of_day(day),
	};
}

struct civil_date civil_add_days(struct civil_date date, int days)
{
	return date_of_day(day_number(date) + days);
}

int civil_compare(struct civil_date a, struct civil_date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return (a.day > b.day) - (a.day < b.day);
}

static char *put_date(char *at, struct civil_date date)
{
	if (date.year >= 0 && date.year <= 9999)
		at = digits_put_padded(at, (uint64_t)date.year, 4);
	else
		at = digits_put_signed(at, date.year);
	*at++ = '-';
	at = digits_put_padded(at, (uint64_t)date.month, 2);
	*at++ = '-';
	return digits_put_padded(at, (uint64_t)date.day, 2);
}

char *civil_format(instant when, char *out)
{
	struct civil_time time = civil_time_of(when);
	char *at = put_date(out, time.date);
	*at++ = 'T';
	at = digits_put_padded(at, (uint64_t)time.hour, 2);
	*at++ = ':';
	at = digits_put_padded(at, (uint64_t)time.minute, 2);
	*at++ = ':';
	at = digits_put_padded(at, (uint64_t)time.second, 2);
	if (time.millisecond) {
		*at++ = '.';
		at = digits_put_padded(at, (uint64_t)time.millisecond, 3);
	}
	memcpy(at, "+07:00", sizeof("+07:00"));
	return out;
}

char *civil_format_date(struct civil_date date, char *out)
{
	*put_date(out, date) = '\0';
	return out;
}

char *civil_format_date_vi(struct civil_date date, char *out)
{
	char *at = digits_put_signed(out, date.day);
	*at++ = '/';
	at = digits_put_signed(at, date.month);
	*at++ = '/';
	*digits_put_signed(at, date.year) = '\0';
	return out;
}

/* Exactly `width` digits; moves *at behind them. */
static bool take_digits(const char **at, int width, int *out)
{
	int value = 0;
	for (int i = 0; i < width; i++) {
		char c = (*at)[i];
		if (c < '0' || c > '9')
			return false;
		value = value * 10 + (c - '0');
	}
	*at += width;
	*out = value;
	return true;
}

static bool take_char(const char **at, char c)
{
	if (**at != c)
		return false;
	++*at;
	return true;
}

static bool take_date(const char **at, struct civil_date *out)
{
	return take_digits(at, 4, &out->year) && take_char(at, '-') && take_digits(at, 2, &out->month) &&
	       take_char(at, '-') && take_digits(at, 2, &out->day) && civil_valid(*out);
}

bool civil_parse_date(const char *text, struct civil_date *out)
{
	struct civil_date date;
	if (!take_date(&text, &date) || *text)
		return false;
	*out = date;
	return true;
}

/* ".5" to ".123456789"; below the millisecond is cut off. */
static bool take_fraction(const char **at, int *milliseconds)
{
	*milliseconds = 0;
	if (!take_char(at, '.'))
		return true;
	int places = 0;
	for (; **at >= '0' && **at <= '9'; ++*at, places++)
		if (places < 3)
			*milliseconds = *milliseconds * 10 + (**at - '0');
	for (int i = places; i < 3; i++)
		*milliseconds *= 10;
	return places >= 1 && places <= 9;
}

/* "Z" or "+07:00", in minutes. */
static bool take_offset(const char **at, int *minutes)
{
	*minutes = 0;
	if (take_char(at, 'Z') || take_char(at, 'z'))
		return true;
	int sign = **at == '-' ? -1 : 1;
	int hours, rest;
	if (!take_char(at, '+') && !take_char(at, '-'))
		return false;
	if (!take_digits(at, 2, &hours) || !take_char(at, ':') || !take_digits(at, 2, &rest))
		return false;
	if (hours > 23 || rest > 59)
		return false;
	*minutes = sign * (hours * 60 + rest);
	return true;
}

bool civil_parse(const char *text, instant *out)
{
	struct civil_date date;
	int hour, minute, second = 0, millisecond = 0, offset;
	if (!take_date(&text, &date) || (!take_char(&text, 'T') && !take_char(&text, 't')))
		return false;
	if (!take_digits(&text, 2, &hour) || !take_char(&text, ':') || !take_digits(&text, 2, &minute))
		return false;
	if (take_char(&text, ':') && (!take_digits(&text, 2, &second) || !take_fraction(&text, &millisecond)))
		return false;
	if (!take_offset(&text, &offset) || *text || hour > 23 || minute > 59 || second > 59)
		return false;
	*out = day_number(date) * DAY_MS + hour * INT64_C(3600000) + minute * INT64_C(60000) +
	       second * INT64_C(1000) + millisecond - offset * INT64_C(60000);
	return true;
}

instant clock_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (instant)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
