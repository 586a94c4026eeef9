#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Civil time of Viet Nam: Asia/Ho_Chi_Minh, UTC+7 all year, no daylight
 * saving since 1975. An instant is an int64_t of UTC milliseconds since 1970.
 */
typedef int64_t instant;

#define CIVIL_OFFSET_MS INT64_C(25200000)
#define DAY_MS INT64_C(86400000)

struct civil_date {
	int year, month, day; /* month and day from 1 */
};

struct civil_time {
	struct civil_date date;
	int hour, minute, second, millisecond;
	int weekday; /* 1 Monday .. 7 Sunday */
};

enum { CIVIL_TEXT_MAX = 40 };

bool civil_valid(struct civil_date date); /* years 1900 to 2999 */
int civil_month_days(int year, int month);
int civil_weekday(struct civil_date date);

instant civil_start(struct civil_date date); /* 00:00 of the day, in Viet Nam */
struct civil_date civil_date_of(instant at);
struct civil_time civil_time_of(instant at);
struct civil_date civil_add_days(struct civil_date date, int days);
int civil_compare(struct civil_date a, struct civil_date b);

/* ISO 8601. Writers return `out`, which needs CIVIL_TEXT_MAX bytes. */
char *civil_format(instant at, char *out);                   /* 2026-05-16T23:59:59+07:00, milliseconds only when not 0 */
char *civil_format_date(struct civil_date date, char *out);  /* 2026-05-16 */
bool civil_parse(const char *text, instant *out);            /* with any offset or Z; the date alone is not accepted */
bool civil_parse_date(const char *text, struct civil_date *out);

/* "16/5/2026", as people read it. */
char *civil_format_date_vi(struct civil_date date, char *out);

/* The system's clock. Only main and http call it; everything else is handed `now`. */
instant clock_now(void);

#endif
