#include "letter/letter_when.h"

#include <string.h>

/* Words that time is written with. */
static const char *const month_words[] = { "tháng", NULL };
static const char *const relative_words[] = { "này", "nay", "hiện tại", NULL };
static const char *const next_words[] = { "sau", "tới", "tiếp theo", "kế tiếp", NULL };
static const char *const weekdays[] = {
	"thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật", NULL
};
static const char *const romans[] = { "i", "ii", "iii", "iv", NULL };

static const struct {
	const char *phrase, *every;
} every_phrases[] = {
	{ "hằng tháng", "month" }, { "hàng tháng", "month" }, { "mỗi tháng", "month" },
	{ "từng tháng", "month" }, { "định kỳ tháng", "month" }, { "01 tháng một lần", "month" },
	{ "tháng một lần", "month" }, { "hằng quý", "quarter" }, { "hàng quý", "quarter" },
	{ "mỗi quý", "quarter" }, { "từng quý", "quarter" }, { "định kỳ quý", "quarter" },
	{ "quý một lần", "quarter" }, { "03 tháng một lần", "quarter" }, { "3 tháng một lần", "quarter" },
	{ "hằng tuần", "week" }, { "hàng tuần", "week" }, { "mỗi tuần", "week" }, { "từng tuần", "week" },
	{ "định kỳ tuần", "week" }, { "hằng năm", "year" }, { "hàng năm", "year" }, { "mỗi năm", "year" },
	{ "định kỳ năm", "year" }, { "năm một lần", "year" }, { "01 năm một lần", "year" },
	{ "06 tháng một lần", "half_year" }, { "6 tháng một lần", "half_year" },
	{ "06 tháng/lần", "half_year" }, { "6 tháng/lần", "half_year" },
	{ "sáu tháng một lần", "half_year" }, { "định kỳ 06 tháng", "half_year" },
	{ "định kỳ 6 tháng", "half_year" }, { "mỗi 6 tháng", "half_year" }, { "03 tháng/lần", "quarter" },
	{ "3 tháng/lần", "quarter" }, { "01 tháng/lần", "month" }, { "1 tháng/lần", "month" },
	{ "tháng/lần", "month" }, { "tuần/lần", "week" },
};

static const struct {
	const char *phrase;
	enum when_place place;
} place_phrases[] = {
	{ "tháng cuối quý", WHEN_LAST_MONTH }, { "tháng cuối của quý", WHEN_LAST_MONTH },
	{ "tháng cuối mỗi quý", WHEN_LAST_MONTH }, { "tháng cuối cùng của quý", WHEN_LAST_MONTH },
	{ "tháng cuối hằng quý", WHEN_LAST_MONTH }, { "tháng cuối kỳ", WHEN_LAST_MONTH },
	{ "tháng cuối kỳ báo cáo", WHEN_LAST_MONTH }, { "tháng cuối", WHEN_LAST_MONTH },
	{ "tháng đầu quý sau", WHEN_NEXT_MONTH }, { "tháng đầu của quý sau", WHEN_NEXT_MONTH },
	{ "tháng đầu tiên của quý sau", WHEN_NEXT_MONTH }, { "tháng đầu tiên quý sau", WHEN_NEXT_MONTH },
	{ "tháng đầu quý tiếp theo", WHEN_NEXT_MONTH }, { "tháng đầu của quý tiếp theo", WHEN_NEXT_MONTH },
	{ "tháng đầu quý kế tiếp", WHEN_NEXT_MONTH }, { "tháng sau", WHEN_NEXT_MONTH },
	{ "tháng liền sau", WHEN_NEXT_MONTH }, { "tháng kế tiếp", WHEN_NEXT_MONTH },
	{ "tháng tiếp theo", WHEN_NEXT_MONTH }, { "tháng báo cáo", WHEN_ANY_MONTH },
	{ "tháng", WHEN_ANY_MONTH },
};

static const struct {
	const char *phrase;
	enum when_span span;
} span_phrases[] = {
	{ "ngày làm việc", WHEN_WORKING_DAYS }, { "ngày", WHEN_DAYS }, { "tuần", WHEN_WEEKS },
	{ "tháng", WHEN_MONTHS }, { "năm", WHEN_YEARS }, { "giờ", WHEN_HOURS },
	{ "giờ làm việc", WHEN_HOURS },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int number_at(const struct words *words, size_t i, int low, int high)
{
	if (i >= words->count || words->at[i].number < low || words->at[i].number > high)
		return -1;
	return words->at[i].number;
}

static bool parting(const struct words *words, size_t i)
{
	return words_sign(words, i, '/') || words_sign(words, i, '-') || words_sign(words, i, '.');
}

/* "/2026", "-2026", "năm 2026", "của năm 2026" after a month or quarter. */
static size_t year_after(const struct words *words, size_t i, int *year)
{
	size_t at = i;
	if (parting(words, at))
		at++;
	else
		at += words_match(words, at, "của");
	size_t named = words_match(words, at, "năm");
	if (at == i && !named)
		return 0;
	int found = number_at(words, at + named, 1990, 2999);
	if (found < 0)
		return 0;
	*year = found;
	return at + named + 1 - i;
}

/* "24h00", "17 giờ 00 phút", "8:30", "16g". */
static size_t hour_part(const struct words *words, size_t i, struct when *when)
{
	int hour = number_at(words, i, 0, 24);
	if (hour < 0 || when->hour >= 0)
		return 0;
	size_t at = i + 1;
	bool colon = words_sign(words, at, ':') && !words->at[at].gap;
	if (!colon && !words_match(words, at, "h") && !words_match(words, at, "giờ") && !words_match(words, at, "g"))
		return 0;
	at++;
	int minute = number_at(words, at, 0, 59);
	/* "17 giờ 15/5/2026": what follows is a day. */
	if (minute >= 0 && !words_sign(words, at + 1, '/') && words->at[at].end - words->at[at].start == 2) {
		at++;
		at += words_match(words, at, "phút");
		at += words_match(words, at, "p");
		at += words_sign(words, at, '\'') || (words_sign(words, at, '?') && !words->at[at].gap);
	} else if (colon) {
		return 0;
	} else {
		minute = 0;
	}
	size_t afternoon = words_match(words, at, "chiều");
	if (!afternoon)
		afternoon = words_match(words, at, "tối");
	if (afternoon && hour < 12)
		hour += 12;
	at += afternoon + words_match(words, at, "sáng") + words_match(words, at, "trưa");
	if (hour == 24 && minute)
		return 0;
	when->hour = hour;
	when->minute = minute;
	return at - i;
}

static size_t every_part(const struct words *words, size_t i, struct when *when)
{
	size_t best = 0;
	for (size_t p = 0; p < COUNT(every_phrases); p++) {
		size_t taken = words_match(words, i, every_phrases[p].phrase);
		if (taken <= best)
			continue;
		best = taken;
		if (!when->every)
			when->every = every_phrases[p].every;
	}
	return best;
}

static size_t place_part(const struct words *words, size_t i, struct when *when)
{
	if (when->unit != WHEN_DAY && !when->last_day)
		return 0;
	size_t best = 0;
	enum when_place place = WHEN_ANY_MONTH;
	for (size_t p = 0; p < COUNT(place_phrases); p++) {
		size_t taken = words_match(words, i, place_phrases[p].phrase);
		if (taken > best) {
			best = taken;
			place = place_phrases[p].place;
		}
	}
	/* "ngày 15 tháng 6" has been read as a date before. */
	if (best)
		when->place = place;
	return best;
}

/* "30/4/2026", "30 tháng 4 năm 2026", "30.4.2026", "30/4"; with a dot or dash only with the year. */
static size_t date_at(const struct words *words, size_t i, int *day, int *month, int *year)
{
	*day = number_at(words, i, 1, 31);
	if (*day < 0)
		return 0;
	size_t at = i + 1;
	bool named = words_match_any(words, at, month_words, NULL) > 0;
	bool slash = words_sign(words, at, '/');
	if (!named && !parting(words, at))
		return 0;
	*month = number_at(words, at + 1, 1, 12);
	if (*month < 0)
		return 0;
	at += 2;
	size_t taken = year_after(words, at, year);
	if (!taken && !named && !slash)
		return 0;
	return at + taken - i;
}

static size_t date_part(const struct words *words, size_t i, struct when *when)
{
	size_t named = words_match(words, i, "ngày");
	int day, month, year = 0;
	size_t taken = date_at(words, i + named, &day, &month, &year);
	if (!taken || (when->unit != WHEN_NOTHING && when->unit != WHEN_WEEKDAY))
		return 0;
	when->unit = WHEN_DATE;
	when->day = day;
	when->month = month;
	when->year = year;
	return named + taken;
}

/* "ngày 18", of a month that is said elsewhere; "ngày cuối tháng". */
static size_t day_part(const struct words *words, size_t i, struct when *when)
{
	size_t named = words_match(words, i, "ngày");
	if (!named || when->unit != WHEN_NOTHING)
		return 0;
	int day = number_at(words, i + 1, 1, 31);
	if (day > 0 && !words_match(words, i + 2, "ngày")) {
		when->unit = WHEN_DAY;
		when->day = day;
		return 2;
	}
	static const char *const last[] = { "ngày cuối cùng của", "ngày cuối cùng", "ngày cuối", "ngày cuối của", NULL };
	static const char *const working[] = {
		"ngày làm việc cuối cùng của", "ngày làm việc cuối cùng", "ngày làm việc cuối", NULL
	};
	size_t taken = words_match_any(words, i, working, NULL);
	when->last_working_day = taken > 0;
	if (!taken)
		taken = words_match_any(words, i, last, NULL);
	when->last_day = taken > 0;
	return taken;
}

static size_t month_part(const struct words *words, size_t i, struct when *when)
{
	if (!words_match(words, i, "tháng"))
		return 0;
	bool bare = when->unit == WHEN_NOTHING || (when->unit == WHEN_DAY && !when->every);
	int month = number_at(words, i + 1, 1, 12);
	if (month > 0 && bare && !words_match(words, i + 2, "tháng")) {
		int year = 0;
		size_t taken = 2 + year_after(words, i + 2, &year);
		when->month = month;
		when->year = year;
		when->unit = when->unit == WHEN_DAY ? WHEN_DATE : WHEN_MONTH;
		return taken;
	}
	size_t now = words_match_any(words, i + 1, relative_words, NULL);
	size_t next = words_match_any(words, i + 1, next_words, NULL);
	if (!bare || (!now && !next))
		return 0;
	when->relative = true;
	when->next = next > 0;
	when->unit = when->unit == WHEN_DAY ? WHEN_DAY : WHEN_MONTH;
	return 1 + (next ? next : now);
}

static size_t quarter_number(const struct words *words, size_t i, int *quarter)
{
	size_t which;
	if (words_match_any(words, i, romans, &which) == 1) {
		*quarter = (int)which + 1;
		return 1;
	}
	int number = number_at(words, i, 1, 4);
	if (number > 0)
		*quarter = number;
	return number > 0;
}

/* "Quý II/2026", "quý I, II và III năm 2026": the last one said. */
static size_t quarter_part(const struct words *words, size_t i, struct when *when)
{
	if (when->unit != WHEN_NOTHING || (!words_match(words, i, "quý") && !words_match(words, i, "quí")))
		return 0;
	size_t at = i + 1;
	size_t now = words_match_any(words, at, relative_words, NULL);
	size_t next = words_match_any(words, at, next_words, NULL);
	if (now || next) {
		when->unit = WHEN_QUARTER;
		when->relative = true;
		when->next = next > 0;
		return 1 + (next ? next : now);
	}
	if (!quarter_number(words, at, &when->quarter))
		return 0;
	at++;
	while (words_sign(words, at, ',') || words_sign(words, at, '-') || words_match(words, at, "và")) {
		size_t again = at + 1 + words_match(words, at + 1, "quý");
		int quarter;
		/* "Quý 2-2026": a year follows. */
		if (number_at(words, again, 1990, 2999) > 0 || !quarter_number(words, again, &quarter))
			break;
		when->quarter = quarter;
		at = again + 1;
	}
	when->unit = WHEN_QUARTER;
	return at + year_after(words, at, &when->year) - i;
}

/* "6 tháng đầu năm 2026", "09 tháng năm 2026", "sáu tháng cuối năm". */
static size_t half_part(const struct words *words, size_t i, struct when *when)
{
	int months = words_match(words, i, "sáu") ? 6 : words_match(words, i, "chín") ? 9 : number_at(words, i, 6, 9);
	if ((months != 6 && months != 9) || !words_match(words, i + 1, "tháng") || when->unit != WHEN_NOTHING)
		return 0;
	size_t at = i + 2;
	size_t first = words_match(words, at, "đầu"), last = words_match(words, at, "cuối");
	at += first + last;
	int year = 0;
	size_t taken = year_after(words, at, &year);
	if (!taken && (first || last))
		taken = words_match(words, at, "năm");
	if (!taken)
		return 0;
	when->unit = months == 9 ? WHEN_NINE_MONTHS : WHEN_HALF;
	when->half = last ? 2 : 1;
	when->year = year;
	return at + taken - i;
}

static size_t year_part(const struct words *words, size_t i, struct when *when)
{
	if (!words_match(words, i, "năm"))
		return 0;
	int year = number_at(words, i + 1, 1990, 2999);
	if (year > 0 && !when->year && !when->every) {
		if (when->unit == WHEN_NOTHING)
			when->unit = WHEN_YEAR;
		when->year = year;
		return 2;
	}
	size_t now = words_match_any(words, i + 1, relative_words, NULL);
	size_t next = words_match_any(words, i + 1, next_words, NULL);
	if ((!now && !next) || when->unit != WHEN_NOTHING)
		return 0;
	when->unit = WHEN_YEAR;
	when->relative = true;
	when->next = next > 0;
	return 1 + (next ? next : now);
}

static size_t weekday_part(const struct words *words, size_t i, struct when *when)
{
	if (when->weekday || (when->unit != WHEN_NOTHING && when->unit != WHEN_DATE))
		return 0;
	size_t which = 0;
	size_t taken = words_match_any(words, i, weekdays, &which);
	int number = words_match(words, i, "thứ") ? number_at(words, i + 1, 2, 7) : -1;
	if (!taken && number < 0)
		return 0;
	when->weekday = taken ? (int)which + 1 : number - 1;
	if (when->unit == WHEN_NOTHING)
		when->unit = WHEN_WEEKDAY;
	return taken ? taken : 2;
}

/* "kể từ ngày ban hành", "tính từ ngày 01/6/2026", after a span. */
static size_t span_start(const struct words *words, size_t i, struct when *when)
{
	static const char *const since[] = { "kể từ khi", "kể từ", "tính từ", "từ", "sau khi", "sau", NULL };
	static const char *const issue[] = {
		"ngày ban hành", "ngày ký", "ngày ký ban hành", "ngày ký văn bản", "ban hành",
		"thời điểm ban hành", NULL
	};
	static const char *const other[] = {
		"ngày nhận được", "ngày nhận", "nhận được", "ngày có hiệu lực", "ngày tiếp nhận",
		"ngày kết thúc", "ngày", NULL
	};
	size_t at = i + (words_sign(words, i, ',') ? 1 : 0);
	size_t taken = words_match_any(words, at, since, NULL);
	if (!taken)
		return 0;
	at += taken;
	size_t named = words_match(words, at, "ngày");
	int day, month, year = 0;
	size_t date = date_at(words, at + named, &day, &month, &year);
	if (date && year && civil_valid((struct civil_date){ year, month, day })) {
		when->since = (struct civil_date){ year, month, day };
		return at + named + date - i;
	}
	taken = words_match_any(words, at, issue, NULL);
	when->from_issue = taken > 0;
	if (!taken)
		taken = words_match_any(words, at, other, NULL);
	if (!taken)
		return 0;
	static const char *const what[] = {
		"công văn này", "văn bản này", "quyết định này", "kế hoạch này", "thông báo này",
		"chỉ thị này", "công văn", "văn bản", NULL
	};
	at += taken;
	return at + words_match_any(words, at, what, NULL) - i;
}

/* "05 ngày làm việc", "10 (mười) ngày", "02 tháng". */
static size_t span_part(const struct words *words, size_t i, struct when *when)
{
	int amount = number_at(words, i, 1, 3650);
	if (amount < 0 || when->unit != WHEN_NOTHING || when->every)
		return 0;
	size_t at = i + 1;
	if (words_sign(words, at, '(')) {
		for (at++; at < words->count && at < i + 6 && !words_sign(words, at, ')'); at++)
			;
		at++;
	}
	size_t best = 0;
	for (size_t p = 0; p < COUNT(span_phrases); p++) {
		size_t taken = words_match(words, at, span_phrases[p].phrase);
		if (taken <= best)
			continue;
		best = taken;
		when->span = span_phrases[p].span;
	}
	if (!best)
		return 0;
	at += best;
	when->unit = WHEN_SPAN;
	when->amount = amount;
	return at + span_start(words, at, when) - i;
}

/* "(bắt đầu từ tháng 5/2026)", "kể từ tháng 6 năm 2026": the first month of what recurs. */
static size_t from_part(const struct words *words, size_t i, struct when *when)
{
	static const char *const starts[] = {
		"bắt đầu từ", "thực hiện từ", "bắt đầu thực hiện từ", "áp dụng từ", "kể từ", "từ",
		"bắt đầu", "tính từ", NULL
	};
	if (!when->every || when->from_month)
		return 0;
	size_t taken = words_match_any(words, i, starts, NULL);
	if (!taken)
		return 0;
	size_t at = i + taken;
	at += words_match(words, at, "kỳ báo cáo");
	if (words_match(words, at, "tháng")) {
		int month = number_at(words, at + 1, 1, 12);
		if (month < 0)
			return 0;
		when->from_month = month;
		return at + 2 + year_after(words, at + 2, &when->from_year) - i;
	}
	if (words_match(words, at, "quý")) {
		int quarter;
		if (!quarter_number(words, at + 1, &quarter))
			return 0;
		when->from_month = quarter * 3 - 2;
		return at + 2 + year_after(words, at + 2, &when->from_year) - i;
	}
	size_t named = words_match(words, at, "ngày");
	int day, month, year = 0;
	size_t date = date_at(words, at + named, &day, &month, &year);
	if (!date)
		return 0;
	when->from_month = month;
	when->from_year = year;
	return at + named + date - i;
}

/* A second day of the year: "15/6 và ngày 15/12 hằng năm". */
static size_t second_part(const struct words *words, size_t i, struct when *when)
{
	if (when->unit != WHEN_DATE || when->year || (!words_match(words, i, "và") && !words_sign(words, i, ',')))
		return 0;
	size_t at = i + 1 + words_match(words, i + 1, "trước");
	at += words_match(words, at, "ngày");
	int year = 0;
	size_t taken = date_at(words, at, &when->second_day, &when->second_month, &year);
	return taken ? at + taken - i : 0;
}

size_t when_part(const struct words *words, size_t i, struct when *when)
{
	static size_t (*const parts[])(const struct words *, size_t, struct when *) = {
		hour_part, date_part, half_part, every_part, from_part, month_part, day_part, quarter_part, year_part,
		weekday_part, place_part, second_part, span_part,
	};
	for (size_t p = 0; p < COUNT(parts); p++) {
		struct when tried = *when;
		size_t taken = parts[p](words, i, &tried);
		if (taken) {
			*when = tried;
			return taken;
		}
	}
	return 0;
}

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
	case WHEN_SPAN:
		return span_end(when, written, out);
	default:
		return calendar_end(when, before, written, out);
	}
}
