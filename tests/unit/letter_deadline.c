#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "letter/letter.h"
#include "letter/letter_deadline.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Wording, day of the letter (NULL: none), kind, before (NULL: not known). */
struct row {
	const char *wording, *written;
	enum letter_deadline_kind kind;
	const char *before;
};

#define MAY "2026-05-05"
#define I LETTER_INSTANT
#define Q LETTER_QUARTER
#define S LETTER_SOONEST
#define N LETTER_NO_DEADLINE

static const struct row rows[] = {
	/* A day, exclusive and inclusive. */
	{ "trước ngày 30/4/2026", NULL, I, "2026-04-30T00:00:00" },
	{ "trước ngày 30/04/2026", MAY, I, "2026-04-30T00:00:00" },
	{ "trước ngày 30-4-2026", NULL, I, "2026-04-30T00:00:00" },
	{ "trước ngày 30.4.2026", NULL, I, "2026-04-30T00:00:00" },
	{ "trước ngày 30 tháng 4 năm 2026", NULL, I, "2026-04-30T00:00:00" },
	{ "Trước ngày 15/6/2026", MAY, I, "2026-06-15T00:00:00" },
	{ "TRƯỚC NGÀY 15/6/2026", MAY, I, "2026-06-15T00:00:00" },
	{ "trước 15/6/2026", MAY, I, "2026-06-15T00:00:00" },
	{ "hoàn thành trước ngày 12/01/2026", "2026-01-05", I, "2026-01-12T00:00:00" },
	{ "hoàn thành chậm nhất trong ngày 08/5/2026", MAY, I, "2026-05-09T00:00:00" },
	{ "chậm nhất trong ngày 08/5/2026", NULL, I, "2026-05-09T00:00:00" },
	{ "chậm nhất là ngày 08/5/2026", MAY, I, "2026-05-09T00:00:00" },
	{ "chậm nhất ngày 08/5/2026", MAY, I, "2026-05-09T00:00:00" },
	{ "chậm nhất đến ngày 08/5/2026", MAY, I, "2026-05-09T00:00:00" },
	{ "chậm nhất vào ngày 08/5/2026", MAY, I, "2026-05-09T00:00:00" },
	{ "chậm nhất đến hết ngày 08/5/2026", MAY, I, "2026-05-09T00:00:00" },
	{ "muộn nhất là ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "trễ nhất ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "không muộn hơn ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "không quá ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "đến ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "đến hết ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "hết ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "trong ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "vào ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "từ nay đến hết ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "từ ngày 10/5/2026 đến hết ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "ngày 20/5/2026", MAY, I, "2026-05-21T00:00:00" },
	{ "20/5/2026", NULL, I, "2026-05-21T00:00:00" },
	{ "20/05/2026", NULL, I, "2026-05-21T00:00:00" },
	{ "hạn cuối: 20/5/2026", NULL, I, "2026-05-21T00:00:00" },
	{ "hạn chót là ngày 20/5/2026", NULL, I, "2026-05-21T00:00:00" },
	{ "Thời hạn: ngày 20/5/2026", NULL, I, "2026-05-21T00:00:00" },
	{ "Thời hạn hoàn thành: trước ngày 20/5/2026", NULL, I, "2026-05-20T00:00:00" },
	{ "Thời gian hoàn thành: 20/5/2026", NULL, I, "2026-05-21T00:00:00" },
	{ "xong trước ngày 31/12/2026", NULL, I, "2026-12-31T00:00:00" },
	{ "trước ngày thứ Sáu, ngày 15/5/2026", MAY, I, "2026-05-15T00:00:00" },
	{ "chậm nhất thứ Hai, ngày 18/5/2026", MAY, I, "2026-05-19T00:00:00" },
	/* A day without its year: that of the letter. */
	{ "trước ngày 30/5", MAY, I, "2026-05-30T00:00:00" },
	{ "trước ngày 30/5", NULL, I, NULL },
	{ "ngày 30/4", "2026-04-20", I, "2026-05-01T00:00:00" },
	{ "chậm nhất ngày 15/01", "2026-12-20", I, "2027-01-16T00:00:00" },
	{ "trước ngày 15 tháng 6", MAY, I, "2026-06-15T00:00:00" },
	{ "trước ngày 20 tháng này", MAY, I, "2026-05-20T00:00:00" },
	{ "trước ngày 05 tháng sau", MAY, I, "2026-06-05T00:00:00" },
	{ "chậm nhất ngày 20", MAY, I, "2026-05-21T00:00:00" },
	/* Hours. */
	{ "trước 24h00 ngày 16/5/2026", MAY, I, "2026-05-17T00:00:00" },
	{ "trước 24^h00 ngày 16/5/2026", MAY, I, "2026-05-17T00:00:00" },
	{ "trước 24 h 00 ngày 16/5/2026", MAY, I, "2026-05-17T00:00:00" },
	{ "trước 24 giờ 00 ngày 16/5/2026", MAY, I, "2026-05-17T00:00:00" },
	{ "trước 24 giờ ngày 16/5/2026", MAY, I, "2026-05-17T00:00:00" },
	{ "trước 24:00 ngày 16/5/2026", MAY, I, "2026-05-17T00:00:00" },
	{ "trước 17 giờ 00 ngày 16/5/2026", MAY, I, "2026-05-16T17:00:00" },
	{ "trước 17 giờ 00 phút ngày 16/5/2026", MAY, I, "2026-05-16T17:00:00" },
	{ "trước 17 giờ 30 phút, ngày 16/5/2026", MAY, I, "2026-05-16T17:30:00" },
	{ "trước 17h ngày 16/5/2026", MAY, I, "2026-05-16T17:00:00" },
	{ "trước 17h00' ngày 16/5/2026", MAY, I, "2026-05-16T17:00:00" },
	{ "trước 8h30 ngày 16/5/2026", MAY, I, "2026-05-16T08:30:00" },
	{ "trước 08h30 ngày 16 tháng 5 năm 2026", NULL, I, "2026-05-16T08:30:00" },
	{ "trước 5 giờ chiều ngày 16/5/2026", MAY, I, "2026-05-16T17:00:00" },
	{ "trước 10 giờ sáng ngày 16/5/2026", MAY, I, "2026-05-16T10:00:00" },
	{ "chậm nhất 16h00 ngày 16/5/2026", MAY, I, "2026-05-16T16:00:00" },
	{ "chậm nhất là 16 giờ 00, thứ Sáu, ngày 15/5/2026", MAY, I, "2026-05-15T16:00:00" },
	{ "trước 16h00, ngày 15/5", MAY, I, "2026-05-15T16:00:00" },
	{ "trước 11g30 ngày 16/5/2026", MAY, I, "2026-05-16T11:30:00" },
	{ "trước 14 giờ 00 phút thứ Năm (ngày 14/5/2026)", MAY, I, "2026-05-14T14:00:00" },
	{ "lúc 14h00 ngày 14/5/2026", MAY, I, "2026-05-14T14:00:00" },
	/* Months. */
	{ "xong trong tháng 6/2026", MAY, I, "2026-07-01T00:00:00" },
	{ "trong tháng 6/2026", NULL, I, "2026-07-01T00:00:00" },
	{ "trong tháng 6 năm 2026", NULL, I, "2026-07-01T00:00:00" },
	{ "trong tháng 6", MAY, I, "2026-07-01T00:00:00" },
	{ "trong tháng 01", "2026-12-20", I, "2027-02-01T00:00:00" },
	{ "trong tháng 6", NULL, I, NULL },
	{ "trong tháng 5, tháng 6 năm 2026", NULL, I, "2026-07-01T00:00:00" },
	{ "từ nay đến hết tháng 6/2026", "2026-05-29", I, "2026-07-01T00:00:00" },
	{ "hết tháng 6/2026", NULL, I, "2026-07-01T00:00:00" },
	{ "cuối tháng 6/2026", NULL, I, "2026-07-01T00:00:00" },
	{ "trước tháng 6/2026", NULL, I, "2026-06-01T00:00:00" },
	{ "chậm nhất tháng 6/2026", NULL, I, "2026-07-01T00:00:00" },
	{ "tháng 12/2026", NULL, I, "2027-01-01T00:00:00" },
	{ "trong tháng này", MAY, I, "2026-06-01T00:00:00" },
	{ "trong tháng sau", MAY, I, "2026-07-01T00:00:00" },
	{ "trước ngày cuối tháng 6/2026", NULL, I, "2026-06-01T00:00:00" },
	{ "đầu tháng 6/2026", NULL, I, NULL },
	{ "giữa tháng 6/2026", NULL, I, NULL },
	/* Quarters. */
	{ "trong Quý II/2026", NULL, Q, "2026-07-01T00:00:00" },
	{ "trong quý II năm 2026", NULL, Q, "2026-07-01T00:00:00" },
	{ "Quý 2/2026", NULL, Q, "2026-07-01T00:00:00" },
	{ "quý IV-2026", NULL, Q, "2027-01-01T00:00:00" },
	{ "quý III", MAY, Q, "2026-10-01T00:00:00" },
	{ "quý III", NULL, Q, NULL },
	{ "Quý II, III/2026", NULL, Q, "2026-10-01T00:00:00" },
	{ "Quý I - Quý III/2026", NULL, Q, "2026-10-01T00:00:00" },
	{ "Quý III và IV năm 2026", NULL, Q, "2027-01-01T00:00:00" },
	{ "hết quý I/2027", NULL, Q, "2027-04-01T00:00:00" },
	{ "cuối quý II/2026", NULL, Q, "2026-07-01T00:00:00" },
	{ "trước quý III/2026", NULL, Q, "2026-07-01T00:00:00" },
	{ "trong quý này", MAY, Q, "2026-07-01T00:00:00" },
	{ "Thời gian thực hiện: Quý II/2026", NULL, Q, "2026-07-01T00:00:00" },
	/* Halves and years. */
	{ "6 tháng đầu năm 2026", NULL, I, "2026-07-01T00:00:00" },
	{ "trong 06 tháng cuối năm 2026", NULL, I, "2027-01-01T00:00:00" },
	{ "trong 6 tháng đầu năm", MAY, I, "2026-07-01T00:00:00" },
	{ "09 tháng đầu năm 2026", NULL, I, "2026-10-01T00:00:00" },
	{ "năm 2026", NULL, I, "2027-01-01T00:00:00" },
	{ "trong năm 2026", NULL, I, "2027-01-01T00:00:00" },
	{ "hết năm 2026", NULL, I, "2027-01-01T00:00:00" },
	{ "cuối năm 2026", NULL, I, "2027-01-01T00:00:00" },
	{ "đến năm 2030", NULL, I, "2031-01-01T00:00:00" },
	{ "trong năm nay", MAY, I, "2027-01-01T00:00:00" },
	{ "trước năm 2027", NULL, I, "2027-01-01T00:00:00" },
	/* Spans: the day it starts is not counted; working days need a calendar. */
	{ "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản này", MAY, I, NULL },
	{ "trong thời hạn 05 ngày làm việc kể từ ngày ban hành", MAY, I, NULL },
	{ "trong thời hạn 10 ngày kể từ ngày ban hành", MAY, I, "2026-05-16T00:00:00" },
	{ "trong thời hạn 10 (mười) ngày, kể từ ngày ký", MAY, I, "2026-05-16T00:00:00" },
	{ "trong thời hạn 10 ngày kể từ ngày ban hành", NULL, I, NULL },
	{ "trong vòng 15 ngày kể từ ngày 01/6/2026", NULL, I, "2026-06-17T00:00:00" },
	{ "trong vòng 15 ngày kể từ ngày nhận được", MAY, I, NULL },
	{ "chậm nhất sau 07 ngày kể từ ngày ký", MAY, I, "2026-05-13T00:00:00" },
	{ "trong vòng 01 tháng kể từ ngày ban hành", "2026-01-31", I, "2026-03-01T00:00:00" },
	{ "trong vòng 02 tuần kể từ ngày ký", MAY, I, "2026-05-20T00:00:00" },
	{ "trong vòng 24 giờ", MAY, I, NULL },
	{ "sau 15 ngày kể từ ngày ký", MAY, I, "2026-05-21T00:00:00" },
	{ "sau 15 ngày kể từ ngày nhận đủ hồ sơ", MAY, I, NULL },
	{ "trong tuần này", MAY, I, "2026-05-11T00:00:00" },
	{ "chậm nhất trong tuần tới", MAY, I, "2026-05-18T00:00:00" },
	{ "trong tuần này", NULL, I, NULL },
	{ "trong ngày", MAY, I, "2026-05-06T00:00:00" },
	{ "trong ngày hôm nay", MAY, I, "2026-05-06T00:00:00" },
	{ "trong ngày hôm nay", NULL, I, NULL },
	/* No day. */
	{ "trong thời gian sớm nhất", MAY, S, NULL },
	{ "sớm nhất", MAY, S, NULL },
	{ "khẩn trương", MAY, S, NULL },
	{ "ngay sau khi Nghị quyết được ban hành", MAY, S, NULL },
	{ "ngay sau khi nhận được Công văn này", MAY, S, NULL },
	{ "thường xuyên", MAY, N, NULL },
	{ "hằng ngày", MAY, N, NULL },
	{ "trước 16h00 hằng ngày", MAY, N, NULL },
	{ "theo quy định", MAY, N, NULL },
	{ "", MAY, N, NULL },
	/* What is no day at all. */
	{ "trước ngày 31/02/2026", MAY, I, NULL },
	{ "trước 25h00 ngày 16/5/2026", MAY, I, "2026-05-17T00:00:00" },
	{ "chậm nhất ngày 29/02/2026", MAY, I, NULL },
	{ "trước ngày 29/02/2028", MAY, I, "2028-02-29T00:00:00" },
};

static struct civil_date day_of(const char *text)
{
	struct civil_date day = { 0 };
	if (text)
		assert_true(civil_parse_date(text, &day));
	return day;
}

/* Says what differs rather than stopping at the first. */
static int compare(const char *wording, const struct letter_deadline *deadline, enum letter_deadline_kind kind,
		   const char *before)
{
	char text[CIVIL_TEXT_MAX] = "";
	if (deadline->known)
		civil_format(deadline->before, text);
	size_t length = before ? strlen(before) : 0;
	bool same = deadline->known == (before != NULL) && (!before || strncmp(text, before, length) == 0);
	if (same && deadline->kind == kind)
		return 0;
	print_error("%s: kind %d before %s, not kind %d before %s\n", wording, (int)deadline->kind,
		    deadline->known ? text : "unknown", (int)kind, before ? before : "unknown");
	return 1;
}

static void wordings_have_an_exclusive_end(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	int wrong = 0;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct letter_deadline deadline;
		struct letter_recurrence recurrence;
		letter_deadline_read(mem, rows[i].wording, day_of(rows[i].written), &deadline, &recurrence);
		wrong += compare(rows[i].wording, &deadline, rows[i].kind, rows[i].before);
		if (recurrence.every) {
			print_error("%s: recurs\n", rows[i].wording);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	arena_free(mem);
}

static const struct {
	const char *wording, *written, *every;
	int day;
	const char *from, *before; /* the first time */
} recurring[] = {
	{ "trước 24^h00 ngày 18 hằng tháng (bắt đầu từ tháng 5/2026)", NULL, "month", 18, "2026-05", "2026-05-19T00:00:00" },
	{ "trước 24h00 ngày 16 hằng tháng (bắt đầu từ tháng 5/2026)", MAY, "month", 16, "2026-05", "2026-05-17T00:00:00" },
	{ "trước ngày 25 hằng tháng", MAY, "month", 25, NULL, "2026-05-25T00:00:00" },
	{ "trước ngày 25 hàng tháng", "2026-05-28", "month", 25, NULL, "2026-06-25T00:00:00" },
	{ "định kỳ hằng tháng trước ngày 25", MAY, "month", 25, NULL, "2026-05-25T00:00:00" },
	{ "Định kỳ hằng tháng (trước ngày 25)", MAY, "month", 25, NULL, "2026-05-25T00:00:00" },
	{ "định kỳ trước ngày 20 hằng tháng", MAY, "month", 20, NULL, "2026-05-20T00:00:00" },
	{ "hằng tháng, trước ngày 25", MAY, "month", 25, NULL, "2026-05-25T00:00:00" },
	{ "chậm nhất ngày 20 hằng tháng", MAY, "month", 20, NULL, "2026-05-21T00:00:00" },
	{ "trước 17h00 ngày 20 hằng tháng, bắt đầu từ tháng 6/2026", MAY, "month", 20, "2026-06", "2026-06-20T17:00:00" },
	{ "ngày 15 hằng tháng kể từ tháng 7 năm 2026", MAY, "month", 15, "2026-07", "2026-07-16T00:00:00" },
	{ "ngày cuối cùng của tháng hằng tháng", MAY, "month", 31, NULL, "2026-06-01T00:00:00" },
	{ "định kỳ hằng tháng", MAY, "month", 0, NULL, NULL },
	{ "hằng quý trước ngày 15 của tháng cuối quý", MAY, "quarter", 15, NULL, "2026-06-15T00:00:00" },
	{ "định kỳ hằng quý (trước ngày 15 tháng cuối quý)", "2026-06-20", "quarter", 15, NULL, "2026-09-15T00:00:00" },
	{ "hằng quý, trước ngày 05 của tháng đầu quý sau", MAY, "quarter", 5, NULL, "2026-07-05T00:00:00" },
	{ "trước ngày 20 của tháng cuối quý hằng quý", MAY, "quarter", 20, NULL, "2026-06-20T00:00:00" },
	{ "định kỳ hằng quý", MAY, "quarter", 0, NULL, NULL },
	{ "hằng tuần vào thứ Sáu", MAY, "week", 5, NULL, "2026-05-09T00:00:00" },
	{ "trước 16h00 thứ Sáu hằng tuần", MAY, "week", 5, NULL, "2026-05-08T16:00:00" },
	{ "thứ 6 hàng tuần", MAY, "week", 5, NULL, "2026-05-09T00:00:00" },
	{ "trước thứ Năm hằng tuần", MAY, "week", 4, NULL, "2026-05-07T00:00:00" },
	{ "trước ngày 20/12 hằng năm", MAY, "year", 20, NULL, "2026-12-20T00:00:00" },
	{ "định kỳ hằng năm trước ngày 15/11", MAY, "year", 15, NULL, "2026-11-15T00:00:00" },
	{ "hằng năm trước ngày 15/01", MAY, "year", 15, NULL, "2027-01-15T00:00:00" },
	{ "trước ngày 15/6 và ngày 15/12 hằng năm", MAY, "half_year", 15, NULL, "2026-06-15T00:00:00" },
	{ "trước ngày 15/6 và 15/12 hằng năm", "2026-08-01", "half_year", 15, NULL, "2026-12-15T00:00:00" },
	{ "định kỳ 6 tháng", MAY, "half_year", 0, NULL, NULL },
	{ "định kỳ 6 tháng (trước ngày 10/6), hằng năm (trước ngày 10/12)", MAY, "half_year", 10, NULL, "2026-06-10T00:00:00" },
	{ "trước ngày 15/6 (báo cáo 6 tháng) và trước ngày 15/12 (báo cáo năm)", "2026-07-01", "half_year", 15, NULL,
	  "2026-12-15T00:00:00" },
	{ "trước ngày 20 tháng 6 và tháng 12 hằng năm", MAY, "half_year", 20, NULL, "2026-06-20T00:00:00" },
	{ "trước ngày 25 các tháng 3, 6, 9, 12", MAY, "quarter", 25, NULL, "2026-06-25T00:00:00" },
	{ "trước ngày 10 của tháng cuối quý", MAY, "quarter", 10, NULL, "2026-06-10T00:00:00" },
	{ "trước ngày 05 và ngày 20 hằng tháng", MAY, "month", 5, NULL, "2026-06-05T00:00:00" },
	{ "trước 17 giờ 00 ngày thứ Năm hằng tuần", MAY, "week", 4, NULL, "2026-05-07T17:00:00" },
};

static void what_recurs_has_a_first_time(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	int wrong = 0;
	for (size_t i = 0; i < COUNT(recurring); i++) {
		struct letter_deadline deadline;
		struct letter_recurrence recurrence;
		letter_deadline_read(mem, recurring[i].wording, day_of(recurring[i].written), &deadline, &recurrence);
		wrong += compare(recurring[i].wording, &deadline, LETTER_INSTANT, recurring[i].before);
		char from[PERIOD_TEXT_MAX] = "";
		if (recurrence.from)
			period_format(recurrence.from, from);
		if (!text_equal(recurrence.every, recurring[i].every) || recurrence.day != recurring[i].day ||
		    strcmp(from, recurring[i].from ? recurring[i].from : "") != 0) {
			print_error("%s: every %s day %d from '%s'\n", recurring[i].wording,
				    recurrence.every ? recurrence.every : "-", recurrence.day, from);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	arena_free(mem);
}

/* Inside an instruction other dates stand too. */
static const struct {
	const char *text;
	enum letter_deadline_kind kind;
	const char *before, *wording;
} instructions[] = {
	{ "Rà soát theo Công văn số 12/UBND-TH ngày 02/4/2026, hoàn thành trước ngày 20/5/2026.", I, "2026-05-20T00:00:00",
	  "trước ngày 20/5/2026" },
	{ "Triển khai Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị.", N, NULL, NULL },
	{ "Phân công cơ quan đối với từng nhiệm vụ trong Quý II/2026: Hoàn thành trước ngày 30/5/2026.", I,
	  "2026-05-30T00:00:00", "trước ngày 30/5/2026" },
	{ "Khẩn trương xây dựng Kế hoạch; hoàn thành trước ngày 12/6/2026.", I, "2026-06-12T00:00:00", "trước ngày 12/6/2026" },
	{ "Khẩn trương xây dựng Kế hoạch.", S, NULL, "Khẩn trương" },
	{ "Hoàn thành các nội dung chậm nhất trong ngày 08/5/2026 để Văn phòng tổng hợp, báo cáo trong ngày 09/5/2026.", I,
	  "2026-05-09T00:00:00", "chậm nhất trong ngày 08/5/2026" },
	{ "Gửi về Sở Nội vụ để tổng hợp trước ngày 20/5/2026.", I, "2026-05-20T00:00:00", "trước ngày 20/5/2026" },
	{ "Xử lý hồ sơ tiếp nhận trước ngày 01/7/2025 theo quy định.", N, NULL, NULL },
	{ "Phấn đấu đến năm 2030 đạt 50% doanh nghiệp có hoạt động đổi mới sáng tạo.", N, NULL, NULL },
	{ "Xây dựng đề án giai đoạn 2026-2030.", N, NULL, NULL },
	{ "Tổ chức đánh giá trong tháng 6/2026.", I, "2026-07-01T00:00:00", "trong tháng 6/2026" },
	{ "Đảng bộ đã đạt kết quả tốt trong tháng 6/2026.", N, NULL, NULL },
	{ "Xây dựng kế hoạch hằng năm theo quy định.", N, NULL, NULL },
	{ "Trước hết tập trung vào các xã miền núi.", N, NULL, NULL },
	{ "Trước mắt, bố trí 05 cán bộ.", N, NULL, NULL },
	{ "Lập danh sách 15 ngày làm thêm của cán bộ.", N, NULL, NULL },
	{ "Báo cáo kết quả về UBND tỉnh (qua Sở Tài chính) trước ngày 25 hằng tháng.", I, "2026-05-25T00:00:00",
	  "trước ngày 25 hằng tháng" },
	{ "Chủ trì tham mưu, trình UBND tỉnh ban hành trong quý III/2026.", Q, "2026-10-01T00:00:00", "trong quý III/2026" },
	{ "Định kỳ hằng tháng báo cáo kết quả về Sở Nội vụ trước ngày 25.", I, "2026-05-25T00:00:00", "trước ngày 25" },
	{ "Định kỳ 6 tháng, hằng năm báo cáo kết quả trước ngày 20/6 và 20/12.", I, "2026-06-20T00:00:00",
	  "trước ngày 20/6 và 20/12" },
	{ "Báo cáo kết quả trong tháng 9/2026 và hằng quý.", I, "2026-10-01T00:00:00", "trong tháng 9/2026" },
	{ "Báo cáo Thủ tướng Chính phủ trước 16h00 hằng ngày.", N, NULL, "trước 16h00 hằng ngày" },
	{ "Gửi tài liệu đến đại biểu chậm nhất 05 ngày trước ngày khai mạc.", I, NULL, "chậm nhất 05 ngày trước ngày khai mạc" },
	{ "Giải quyết công việc hằng ngày của cơ quan.", N, NULL, NULL },
	{ "Sở Xây dựng thẩm định trong vòng 10 ngày kể từ ngày nhận đủ hồ sơ.", I, NULL,
	  "trong vòng 10 ngày kể từ ngày nhận đủ hồ sơ" },
	{ "Quyết định có hiệu lực sau 10 ngày kể từ ngày nhận được.", N, NULL, NULL },
	{ "Phục vụ việc báo cáo định kỳ hoặc đột xuất theo yêu cầu.", N, NULL, NULL },
};

static void dates_of_an_instruction_are_told_from_its_deadline(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	int wrong = 0;
	for (size_t i = 0; i < COUNT(instructions); i++) {
		struct words words;
		struct letter_deadline_found found;
		words_cut(mem, instructions[i].text, strlen(instructions[i].text), &words);
		letter_deadline_find(mem, &words, 0, words.count, day_of(MAY), &found);
		wrong += compare(instructions[i].text, &found.deadline, instructions[i].kind, instructions[i].before);
		if (!text_equal(found.deadline.wording, instructions[i].wording)) {
			print_error("%s: worded '%s'\n", instructions[i].text,
				    found.deadline.wording ? found.deadline.wording : "");
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wordings_have_an_exclusive_end),
		cmocka_unit_test(what_recurs_has_a_first_time),
		cmocka_unit_test(dates_of_an_instruction_are_told_from_its_deadline),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
