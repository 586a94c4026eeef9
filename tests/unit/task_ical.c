#include "task/ical.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

static instant midnight(int year, int month, int day)
{
	return civil_start((struct civil_date){ year, month, day });
}

static char *write_one(struct arena *mem, const struct ical_event *event)
{
	struct buf out;

	buf_init(&out, mem, 0);
	ical_write(&out, "Thời hạn", event, 1);
	assert_false(out.overflow);
	return out.data;
}

/* What a reader of RFC 5545 does first. */
static char *unfold(struct arena *mem, const char *text)
{
	char *out = arena_strdup(mem, text), *to = out;

	for (const char *from = text; *from;) {
		if (!strncmp(from, "\r\n ", 3))
			from += 3;
		else
			*to++ = *from++;
	}
	*to = '\0';
	return out;
}

static void a_deadline_stands_on_the_last_day_it_can_be_kept(void **state)
{
	const struct {
		instant before;
		struct civil_date day;
	} rows[] = {
		{ midnight(2026, 5, 17), { 2026, 5, 16 } },
		{ midnight(2026, 5, 17) + 1, { 2026, 5, 17 } },
		{ midnight(2026, 1, 1), { 2025, 12, 31 } },
		{ midnight(2026, 5, 9) + 17 * 3600000, { 2026, 5, 9 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(civil_compare(ical_day(rows[i].before), rows[i].day), 0);
}

static void an_event_has_what_calendars_ask_for(void **state)
{
	struct arena *mem = arena_new(0);
	const struct ical_event event = {
		.uid = "task-7@theodoi",
		.summary = "Trình báo cáo; trước 24h00 ngày 16/5/2026, bản giấy",
		.description = "Dòng một\r\nDòng hai \\ hết",
		.url = "https://theodoi.example/tasks/7?a=1,2;3",
		.before = midnight(2026, 5, 17),
		.changed = midnight(2026, 5, 1),
	};
	const char *text = unfold(mem, write_one(mem, &event));

	(void)state;
	assert_true(text_starts(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
	assert_true(text_ends(text, "END:VEVENT\r\nEND:VCALENDAR\r\n"));
	assert_non_null(strstr(text, "\r\nX-WR-CALNAME:Thời hạn\r\n"));
	assert_non_null(strstr(text, "\r\nUID:task-7@theodoi\r\n"));
	assert_non_null(strstr(text, "\r\nDTSTAMP:20260430T170000Z\r\n"));
	assert_non_null(strstr(text, "\r\nDTSTART;VALUE=DATE:20260516\r\nDTEND;VALUE=DATE:20260517\r\n"));
	assert_non_null(strstr(text, "\r\nSUMMARY:Trình báo cáo\\; trước 24h00 ngày 16/5/2026\\, bản giấy\r\n"));
	assert_non_null(strstr(text, "\r\nDESCRIPTION:Dòng một\\nDòng hai \\\\ hết\r\n"));
	assert_non_null(strstr(text, "\r\nURL:https://theodoi.example/tasks/7?a=1,2;3\r\n"));
	assert_non_null(strstr(text, "\r\nSTATUS:CONFIRMED\r\n"));
	arena_free(mem);
}

static void long_lines_are_folded_between_characters(void **state)
{
	struct arena *mem = arena_new(0);
	struct ical_event event = { .uid = "u", .before = midnight(2026, 5, 17) };
	char summary[900];
	size_t length = 0;

	(void)state;
	for (int i = 0; i < 200; i++)
		length += (size_t)snprintf(summary + length, sizeof(summary) - length, "%s", i % 3 ? "ệ" : "x");
	event.summary = summary;
	for (size_t cut = 0; cut < 8; cut++) {
		const char *text, *line, *end;

		event.summary = summary + (cut ? 1 + 3 * (cut - 1) : 0);
		if (((unsigned char)*event.summary & 0xc0) == 0x80)
			continue;
		text = write_one(mem, &event);
		for (line = text; *line; line = end + 2) {
			end = strstr(line, "\r\n");
			assert_non_null(end);
			assert_true(end - line <= 75);
			assert_true(text_valid(line, (size_t)(end - line)));
		}
		assert_non_null(strstr(unfold(mem, text), event.summary));
	}
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deadline_stands_on_the_last_day_it_can_be_kept),
		cmocka_unit_test(an_event_has_what_calendars_ask_for),
		cmocka_unit_test(long_lines_are_folded_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
