#include "watch/watch_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "watch/watch.h"

static void a_unit_stands_by_its_first_submission(void **state)
{
	const instant deadline = civil_start((struct civil_date){ 2026, 5, 17 });
	const struct {
		instant first_submitted_at;
		bool on_time;
		instant now;
		enum standing wanted;
	} rows[] = {
		{ 0, false, deadline - 1, STANDING_OPEN },
		{ 0, false, deadline, STANDING_MISSING },
		{ 0, false, deadline + 1000, STANDING_MISSING },
		{ deadline - 1, true, deadline - 1, STANDING_ON_TIME },
		{ deadline - 1, true, deadline + DAY_MS, STANDING_ON_TIME },
		{ deadline, false, deadline + DAY_MS, STANDING_LATE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct submission s = { .first_submitted_at = rows[i].first_submitted_at, .on_time = rows[i].on_time };

		assert_int_equal(standing_of(&s, deadline, rows[i].now), rows[i].wanted);
	}
	assert_int_equal(standing_of(NULL, deadline, deadline + 1), STANDING_NONE);
	assert_string_equal(standing_word(STANDING_MISSING), "missing");
	assert_string_equal(standing_word(STANDING_NONE), "none");
}

static void a_gap_is_amber_before_the_deadline_and_red_after(void **state)
{
	(void)state;
	assert_int_equal(tone_of_share(0, 0, 1), TONE_PLAIN);
	assert_int_equal(tone_of_share(117, 117, 0), TONE_GREEN);
	assert_int_equal(tone_of_share(116, 117, 0), TONE_AMBER);
	assert_int_equal(tone_of_share(116, 117, 1), TONE_RED);
	assert_string_equal(tone_word(TONE_RED), "red");
	assert_string_equal(tone_word(TONE_PLAIN), "plain");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_unit_stands_by_its_first_submission),
		cmocka_unit_test(a_gap_is_amber_before_the_deadline_and_red_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
