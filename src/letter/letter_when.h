#ifndef LETTER_LETTER_WHEN_H
#define LETTER_LETTER_WHEN_H

#include "base/civil.h"
#include "letter/letter_words.h"

/* Private to the room: a time as letters write it, in parts. */

enum when_unit {
	WHEN_NOTHING, WHEN_DATE, WHEN_DAY, WHEN_MONTH, WHEN_QUARTER, WHEN_HALF, WHEN_NINE_MONTHS, WHEN_YEAR,
	WHEN_WEEKDAY, WHEN_WEEK, WHEN_SPAN,
};

/* What recurs each day has no deadline of its own. */
#define WHEN_EVERY_DAY "day"

/* Which month of a recurring period a day lies in. */
enum when_place { WHEN_ANY_MONTH, WHEN_LAST_MONTH, WHEN_NEXT_MONTH };

enum when_span { WHEN_DAYS, WHEN_WORKING_DAYS, WHEN_WEEKS, WHEN_MONTHS, WHEN_YEARS, WHEN_HOURS };

struct when {
	enum when_unit unit;
	int day, month, quarter, half, year, weekday; /* 0: not said; month 0 with `this_month` */
	int next;               /* this (0), next (1) month, quarter or year, when `relative` */
	bool relative;
	bool last_day;          /* "ngày cuối tháng" */
	bool last_working_day;
	int hour, minute;       /* hour -1: not said */
	enum when_place place;
	const char *every;      /* "month"; NULL: once */
	int from_month, from_year;
	enum when_span span;
	int amount;             /* of the span */
	bool from_issue;        /* "kể từ ngày ban hành" */
	struct civil_date since; /* "kể từ ngày 01/6/2026"; year 0: another start, or none said */
	int second_day, second_month; /* "15/6 và 15/12 hằng năm" */
};

/* Adds to `when` the part that begins at word `i`; the number of words it takes, 0 when there is none that fits. */
size_t when_part(const struct words *words, size_t i, struct when *when);

/* letter_when_end.c: the end, exclusive, of what `when` says, of which the day itself is counted unless `before`. */
bool when_end(const struct when *when, bool before, struct civil_date written, instant *out);

#endif
