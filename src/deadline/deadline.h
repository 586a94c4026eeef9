#ifndef DEADLINE_DEADLINE_H
#define DEADLINE_DEADLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/error.h"
#include "base/json.h"
#include "db/call.h"

/*
 * Periods and deadlines: one rule drives lock, lateness, reminder, countdown
 * and ranking. A deadline is an exclusive instant: `trước 24h00 ngày 16` is
 * before the 17th 00:00 in Viet Nam.
 */

enum frequency { FREQUENCY_MONTH = 1, FREQUENCY_QUARTER, FREQUENCY_HALF_YEAR, FREQUENCY_YEAR };

/*
 * A period as one integer that sorts by time inside a frequency and is stored
 * as it is: year * 1000 + frequency * 100 + number. May 2026 is 2026105,
 * Q2/2026 is 2026202, the first half is 2026301, the year 2026401.
 */
typedef int64_t period;

enum { PERIOD_TEXT_MAX = 12 };

period period_make(enum frequency frequency, int year, int number); /* 0 when there is no such period */
enum frequency period_frequency(period p);
int period_year(period p);
int period_number(period p);
bool period_valid(period p);
period period_add(period p, int count);                  /* 0 past the years 1900 to 2999 */
period period_of(enum frequency frequency, struct civil_date day); /* the calendar period the day lies in */
char *period_format(period p, char *out);                /* "2026-05", "2026-Q2", "2026-H1", "2026" */
bool period_parse(const char *text, period *out);
char *period_wording(struct arena *mem, period p, enum language lang); /* "tháng 5/2026", "quý II/2026", "6 tháng đầu năm 2026" */
struct civil_date period_first_day(period p);            /* of the calendar */
struct civil_date period_end_day(period p);              /* the day after its last day */

/*
 * The window of the figures (thời gian chốt số liệu). `cut_day` 0 or 1 is the calendar
 * period; 15 is Nghị định 09/2019/NĐ-CP art. 12: a month runs from the 15th
 * of the month before to the 14th.
 */
void period_window(period p, int cut_day, struct civil_date *first, struct civil_date *end);

/*
 * A deadline rule: `day` of the month `month_offset` months after the last
 * month of the period (0: in it), before 24h00. Day 29 to 31 means the last
 * day of a shorter month. `roll`: to the next working day when it falls on
 * Saturday, Sunday or a holiday; off by default.
 */
struct deadline_rule {
	int day;          /* 1 to 31 */
	int month_offset; /* 0 to 12 */
	bool roll;
	bool locks;       /* after the deadline: true locked, false late with a reason */
	int opens_day;    /* day of the same month from which entry is open; 0: from the first day of the month */
};

struct holidays {
	const struct civil_date *days; /* sorted */
	size_t count;
};

bool deadline_rule_check(const struct deadline_rule *rule, const char *field, struct error *err);
instant deadline_of(const struct deadline_rule *rule, period p, const struct holidays *holidays);
instant deadline_opens(const struct deadline_rule *rule, period p);

/* "24h00 ngày 16/5/2026" in Vietnamese, "24:00 on 16/5/2026" in English, from the exclusive instant. */
char *deadline_wording(struct arena *mem, instant before, enum language lang);

/* All holidays of the store, sorted, in call.mem. */
bool deadline_holidays(struct call *c, struct holidays *out);

/* Loads the official holidays the program carries; days that are there stay as they are. */
bool deadline_import_official(struct call *c);

/* A day without work. `kind` is a word people read: a holiday, a day in lieu. */
struct holiday {
	struct civil_date date;
	const char *name, *kind;
};

/* What the routes do; each checks the caller's right. A year of 0 lists all. */
bool holiday_list(struct call *c, int year, struct holiday **out, size_t *count);
bool holiday_put(struct call *c, const struct holiday *holiday);
bool holiday_remove(struct call *c, struct civil_date date);

/* Writes { "before", "wording" }. */
void deadline_write(struct json *json, const char *key, struct arena *mem, instant before, enum language lang);

/* A rule as it stands in requests and replies: { "day", "month_offset", "roll", "locks", "opens_day" }. */
void deadline_rule_write(struct json *json, const char *key, const struct deadline_rule *rule);
bool deadline_rule_read(const json_t *object, const char *field, struct deadline_rule *out, struct error *err);

#endif
