#include "letter/letter_when.h"

#include <string.h>

enum {
	SECOND_MAX = 14, /* words up to the second day of a year */
	EVENT_MAX = 8,   /* words of what a span ends before */
};

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
	{ "định kỳ 6 tháng", "half_year" }, { "mỗi 6 tháng", "half_year" }, { "định kỳ 03 tháng", "quarter" }, { "định kỳ 3 tháng", "quarter" }, { "03 tháng/lần", "quarter" },
	{ "3 tháng/lần", "quarter" }, { "01 tháng/lần", "month" }, { "1 tháng/lần", "month" },
	{ "tháng/lần", "month" }, { "tuần/lần", "week" }, { "hằng ngày", WHEN_EVERY_DAY },
	{ "hàng ngày", WHEN_EVERY_DAY }, { "mỗi ngày", WHEN_EVERY_DAY }, { "từng ngày", WHEN_EVERY_DAY },
};

static const struct {
	const char *phrase;
	enum when_place place;
	const char *every; /* what it says of how often; NULL: nothing */
} place_phrases[] = {
	{ "tháng cuối quý", WHEN_LAST_MONTH, "quarter" }, { "tháng cuối của quý", WHEN_LAST_MONTH, "quarter" },
	{ "tháng cuối mỗi quý", WHEN_LAST_MONTH, "quarter" },
	{ "tháng cuối cùng của quý", WHEN_LAST_MONTH, "quarter" },
	{ "tháng cuối hằng quý", WHEN_LAST_MONTH, "quarter" }, { "tháng cuối kỳ", WHEN_LAST_MONTH, NULL },
	{ "tháng cuối kỳ báo cáo", WHEN_LAST_MONTH, NULL }, { "tháng cuối", WHEN_LAST_MONTH, NULL },
	{ "tháng đầu quý sau", WHEN_NEXT_MONTH, "quarter" },
	{ "tháng đầu của quý sau", WHEN_NEXT_MONTH, "quarter" },
	{ "tháng đầu tiên của quý sau", WHEN_NEXT_MONTH, "quarter" },
	{ "tháng đầu tiên quý sau", WHEN_NEXT_MONTH, "quarter" },
	{ "tháng đầu quý tiếp theo", WHEN_NEXT_MONTH, "quarter" },
	{ "tháng đầu của quý tiếp theo", WHEN_NEXT_MONTH, "quarter" },
	{ "tháng đầu quý kế tiếp", WHEN_NEXT_MONTH, "quarter" }, { "tháng sau", WHEN_NEXT_MONTH, NULL },
	{ "tháng liền sau", WHEN_NEXT_MONTH, NULL }, { "tháng kế tiếp", WHEN_NEXT_MONTH, NULL },
	{ "tháng tiếp theo", WHEN_NEXT_MONTH, NULL }, { "tháng báo cáo", WHEN_ANY_MONTH, NULL },
	{ "tháng", WHEN_ANY_MONTH, NULL }, { "các tháng 3, 6, 9, 12", WHEN_LAST_MONTH, "quarter" },
	{ "các tháng 3, 6, 9 và 12", WHEN_LAST_MONTH, "quarter" },
	{ "các tháng 3, tháng 6, tháng 9, tháng 12", WHEN_LAST_MONTH, "quarter" },
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
	/* "trong tháng 9/2026 và hằng quý": two times. */
	if (when->year && (when->unit == WHEN_MONTH || when->unit == WHEN_QUARTER))
		return 0;
	for (size_t p = 0; p < COUNT(every_phrases); p++) {
		size_t taken = words_match(words, i, every_phrases[p].phrase);
		/* "định kỳ tháng 02": one month */
		bool one = taken == 3 && words_match(words, i, "định kỳ") && number_at(words, i + taken, 1, 2999) > 0;
		if (taken <= best || one)
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
	size_t best = 0, which = 0;
	for (size_t p = 0; p < COUNT(place_phrases); p++) {
		size_t taken = words_match(words, i, place_phrases[p].phrase);
		if (taken > best) {
			best = taken;
			which = p;
		}
	}
	/* "ngày 15 tháng 6" has been read as a date before. */
	if (!best)
		return 0;
	when->place = place_phrases[which].place;
	if (!when->every)
		when->every = place_phrases[which].every;
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
	/* "trong tháng 8, tháng 9 năm 2026": the last one said. */
	bool listed = when->unit == WHEN_MONTH && when->month && !when->year;
	bool bare = listed || when->unit == WHEN_NOTHING || (when->unit == WHEN_DAY && !when->every);
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

/* "trong tuần này", "tuần tới" */
static size_t week_part(const struct words *words, size_t i, struct when *when)
{
	if (when->unit != WHEN_NOTHING || !words_match(words, i, "tuần"))
		return 0;
	size_t now = words_match_any(words, i + 1, relative_words, NULL);
	size_t next = words_match_any(words, i + 1, next_words, NULL);
	if (!now && !next)
		return 0;
	when->unit = WHEN_WEEK;
	when->next = next > 0;
	return 1 + (next ? next : now);
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
	/* "chậm nhất 05 ngày trước ngày khai mạc" */
	if (!taken && (words_match(words, i, "trước ngày") || words_match(words, i, "trước khi"))) {
		for (at = i + 2; at < words->count && at < i + EVENT_MAX && words->at[at].kind == 'a'; at++)
			;
		return at - i;
	}
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
		"chỉ thị này", "công điện này", "kết luận này", "công văn", "văn bản", "quyết định", "kế hoạch",
		"thông báo", "đủ hồ sơ hợp lệ", "đủ hồ sơ", "hồ sơ hợp lệ", "hồ sơ", "ý kiến", "phản ánh", "đơn", NULL
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

/* A second day of the year: "15/6 và ngày 15/12 hằng năm", "15/6 (báo cáo 6 tháng) và trước ngày 15/12 (báo cáo năm)". */
static size_t second_part(const struct words *words, size_t i, struct when *when)
{
	static const char *const between[] = {
		"và", ",", "(", ")", ";", "báo cáo", "đối với", "định kỳ", "trước", "ngày", "chậm nhất", "kỳ", NULL
	};
	static const char *const halves[] = {
		"6 tháng", "06 tháng", "6 tháng đầu năm", "06 tháng đầu năm", "sáu tháng", "hằng năm", "hàng năm", "cả năm",
		"năm", "tổng kết năm", NULL
	};
	bool parted = false, half = when->every && strcmp(when->every, "half_year") == 0;
	if (when->unit != WHEN_DATE || when->year || when->second_month)
		return 0;
	for (size_t at = i; at < words->count && at < i + SECOND_MAX;) {
		int year = 0;
		size_t taken = parted ? date_at(words, at, &when->second_day, &when->second_month, &year) : 0;
		if (taken && half && !when->every)
			when->every = "half_year";
		if (taken)
			return at + taken - i;
		/* "ngày 20 tháng 6 và tháng 12" */
		int month = parted && words_match(words, at, "tháng") ? number_at(words, at + 1, 1, 12) : -1;
		if (month > when->month) {
			when->second_day = when->day;
			when->second_month = month;
			return at + 2 - i;
		}
		taken = words_match_any(words, at, halves, NULL);
		half = half || taken;
		if (!taken)
			taken = words_match_any(words, at, between, NULL);
		if (!taken)
			return 0;
		parted = parted || words_sign(words, at, ',') || words_sign(words, at, ';') || words_match(words, at, "và");
		at += taken;
	}
	return 0;
}

/* "ngày 05 và ngày 20 hằng tháng": the first of them is the one that counts. */
static size_t second_day_part(const struct words *words, size_t i, struct when *when)
{
	if (when->unit != WHEN_DAY || when->every || (!words_match(words, i, "và") && !words_sign(words, i, ',')))
		return 0;
	size_t at = i + 1 + words_match(words, i + 1, "trước");
	at += words_match(words, at, "ngày");
	struct when every = { .hour = -1 };
	return number_at(words, at, 1, 31) > 0 && every_part(words, at + 1, &every) ? at + 1 - i : 0;
}

size_t when_part(const struct words *words, size_t i, struct when *when)
{
	static size_t (*const parts[])(const struct words *, size_t, struct when *) = {
		hour_part, date_part, half_part, every_part, from_part, month_part, day_part, quarter_part, year_part,
		week_part,
		weekday_part, place_part, second_part, second_day_part, span_part,
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
