#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "submission/submission_rules.h"

#define STATES 5

static const char *const deeds[DEED_COUNT] = { "save", "submit", "recall", "approve", "return own", "return above",
					       "receive", "reopen" };

/* Everything an act could want. */
static struct deed_facts good(enum submission_state state)
{
	return (struct deed_facts){
		.state = state,
		.window = ENTRY_OPEN,
		.exact_version = true,
		.reason = true,
	};
}

static void each_state(void **state)
{
	/* Per act: what comes of draft, submitted, approved, received, returned. */
	static const struct {
		enum error_code refusal[STATES];
		enum submission_state next[STATES];
	} rows[DEED_COUNT] = {
		[DEED_SAVE] = { { ERR_none, ERR_submission_submitted, ERR_submission_approved,
				  ERR_submission_received, ERR_none },
				{ SUBMISSION_DRAFT, 0, 0, 0, SUBMISSION_RETURNED } },
		[DEED_SUBMIT] = { { ERR_none, ERR_submission_submitted, ERR_submission_approved,
				    ERR_submission_received, ERR_none },
				  { SUBMISSION_SUBMITTED, 0, 0, 0, SUBMISSION_SUBMITTED } },
		[DEED_RECALL] = { { ERR_submission_not_submitted, ERR_none, ERR_submission_approved,
				    ERR_submission_received, ERR_submission_returned },
				  { 0, SUBMISSION_DRAFT, 0, 0, 0 } },
		[DEED_APPROVE] = { { ERR_submission_not_submitted, ERR_none, ERR_submission_approved,
				     ERR_submission_received, ERR_submission_returned },
				   { 0, SUBMISSION_APPROVED, 0, 0, 0 } },
		[DEED_RETURN_OWN] = { { ERR_submission_not_submitted, ERR_none, ERR_submission_approved,
					ERR_submission_received, ERR_submission_returned },
				      { 0, SUBMISSION_RETURNED, 0, 0, 0 } },
		[DEED_RETURN_ABOVE] = { { ERR_submission_not_submitted, ERR_submission_not_approved, ERR_none,
					  ERR_none, ERR_submission_returned },
					{ 0, 0, SUBMISSION_RETURNED, SUBMISSION_RETURNED, 0 } },
		[DEED_RECEIVE] = { { ERR_submission_not_submitted, ERR_submission_not_approved, ERR_none,
				     ERR_submission_received, ERR_submission_returned },
				   { 0, 0, SUBMISSION_RECEIVED, 0, 0 } },
		[DEED_REOPEN] = { { ERR_none, ERR_none, ERR_none, ERR_none, ERR_none },
				  { SUBMISSION_DRAFT, SUBMISSION_SUBMITTED, SUBMISSION_RETURNED, SUBMISSION_RETURNED,
				    SUBMISSION_RETURNED } },
	};

	(void)state;
	for (int deed = 0; deed < DEED_COUNT; deed++) {
		for (int from = 0; from < STATES; from++) {
			struct deed_facts facts = good((enum submission_state)from);
			enum submission_state next = (enum submission_state)from;
			enum error_code refusal =
				submission_decide((enum submission_deed)deed, &facts, &next);
			if (refusal != rows[deed].refusal[from])
				fail_msg("%s in %s: %s", deeds[deed],
					 submission_state_word((enum submission_state)from), error_word(refusal));
			if (refusal == ERR_none && next != rows[deed].next[from])
				fail_msg("%s in %s leads to %s", deeds[deed],
					 submission_state_word((enum submission_state)from),
					 submission_state_word(next));
			assert_int_equal(refusal == ERR_none,
					 submission_state_allows((enum submission_deed)deed,
								 (enum submission_state)from));
		}
	}
}

static void closed_period_refuses_all(void **state)
{
	(void)state;
	for (int deed = 0; deed < DEED_COUNT; deed++) {
		for (int from = 0; from < STATES; from++) {
			struct deed_facts facts = good((enum submission_state)from);
			enum submission_state next;
			facts.closed = true;
			assert_int_equal(submission_decide((enum submission_deed)deed, &facts, &next),
					 ERR_period_closed);
		}
	}
}

static void facts_of_each_act(void **state)
{
	static const struct {
		const char *what;
		enum submission_deed deed;
		struct deed_facts facts;
		enum error_code refusal;
	} rows[] = {
		{ "a draft before entry opens", DEED_SAVE, { .window = ENTRY_NOT_YET }, ERR_entry_not_yet },
		{ "a draft while late", DEED_SAVE, { .window = ENTRY_LATE }, ERR_none },
		{ "a draft behind the lock", DEED_SAVE, { .window = ENTRY_LOCKED }, ERR_period_locked },
		{ "submit before entry opens", DEED_SUBMIT, { .window = ENTRY_NOT_YET }, ERR_entry_not_yet },
		{ "submit late without a reason", DEED_SUBMIT, { .window = ENTRY_LATE }, ERR_late_reason_required },
		{ "submit late with a reason", DEED_SUBMIT, { .window = ENTRY_LATE, .reason = true }, ERR_none },
		{ "submit late what was on time and returned", DEED_SUBMIT,
		  { .state = SUBMISSION_RETURNED, .window = ENTRY_LATE, .excused = true }, ERR_none },
		{ "submit late what was late and returned", DEED_SUBMIT,
		  { .state = SUBMISSION_RETURNED, .window = ENTRY_LATE }, ERR_late_reason_required },
		{ "submit behind the lock, with a reason", DEED_SUBMIT, { .window = ENTRY_LOCKED, .reason = true },
		  ERR_period_locked },
		{ "recall behind the lock", DEED_RECALL, { .state = SUBMISSION_SUBMITTED, .window = ENTRY_LOCKED },
		  ERR_period_locked },
		{ "recall while late", DEED_RECALL, { .state = SUBMISSION_SUBMITTED, .window = ENTRY_LATE },
		  ERR_none },
		{ "approve another version", DEED_APPROVE, { .state = SUBMISSION_SUBMITTED, .window = ENTRY_OPEN },
		  ERR_version_superseded },
		{ "approve one's own figures", DEED_APPROVE,
		  { .state = SUBMISSION_SUBMITTED, .window = ENTRY_OPEN, .exact_version = true, .same_person = true },
		  ERR_same_person },
		{ "approve behind the lock", DEED_APPROVE,
		  { .state = SUBMISSION_SUBMITTED, .window = ENTRY_LOCKED, .exact_version = true }, ERR_none },
		{ "receive another version", DEED_RECEIVE, { .state = SUBMISSION_APPROVED, .window = ENTRY_OPEN },
		  ERR_version_superseded },
		{ "return without a reason", DEED_RETURN_OWN, { .state = SUBMISSION_SUBMITTED, .window = ENTRY_OPEN },
		  ERR_return_reason_required },
		{ "return from above without a reason", DEED_RETURN_ABOVE,
		  { .state = SUBMISSION_RECEIVED, .window = ENTRY_OPEN }, ERR_return_reason_required },
		{ "return from above behind the lock", DEED_RETURN_ABOVE,
		  { .state = SUBMISSION_RECEIVED, .window = ENTRY_LOCKED, .reason = true }, ERR_none },
		{ "reopen behind the lock", DEED_REOPEN, { .state = SUBMISSION_DRAFT, .window = ENTRY_LOCKED },
		  ERR_none },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum submission_state next;
		enum error_code refusal = submission_decide(rows[i].deed, &rows[i].facts, &next);
		if (refusal != rows[i].refusal)
			fail_msg("%s: %s", rows[i].what, error_word(refusal));
	}
}

static void what_counts(void **state)
{
	static const bool provisional[STATES] = { false, true, true, true, false };
	static const bool approved[STATES] = { false, false, true, true, false };

	(void)state;
	for (int i = 0; i < STATES; i++) {
		assert_int_equal(submission_counts((enum submission_state)i, BASIS_PROVISIONAL), provisional[i]);
		assert_int_equal(submission_counts((enum submission_state)i, BASIS_APPROVED), approved[i]);
	}
}

static void what_a_tally_gets(void **state)
{
	static const struct {
		struct submission s;
		struct tally tally;
	} rows[] = {
		{ { .state = SUBMISSION_DRAFT, .on_time = true, .nil = true }, { .assigned = 1 } },
		{ { .state = SUBMISSION_SUBMITTED, .on_time = true }, { 1, 1, 1, 0, 0, 0, 0, 0 } },
		{ { .state = SUBMISSION_SUBMITTED, .on_time = false }, { 1, 1, 0, 1, 0, 0, 0, 0 } },
		{ { .state = SUBMISSION_APPROVED, .on_time = true, .nil = true }, { 1, 1, 1, 0, 1, 0, 0, 1 } },
		{ { .state = SUBMISSION_RECEIVED, .on_time = false }, { 1, 1, 0, 1, 1, 1, 0, 0 } },
		{ { .state = SUBMISSION_RETURNED, .on_time = true }, { 1, 0, 0, 0, 0, 0, 1, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tally tally = submission_tally(&rows[i].s);
		assert_memory_equal(&tally, &rows[i].tally, sizeof(tally));
	}
}

static void words_are_read_back(void **state)
{
	enum submission_state read;

	(void)state;
	for (int i = 0; i < STATES; i++) {
		assert_true(submission_state_parse(submission_state_word((enum submission_state)i), &read));
		assert_int_equal(read, i);
	}
	assert_false(submission_state_parse("", &read));
	assert_false(submission_state_parse("Draft", &read));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_state),
		cmocka_unit_test(closed_period_refuses_all),
		cmocka_unit_test(facts_of_each_act),
		cmocka_unit_test(what_counts),
		cmocka_unit_test(what_a_tally_gets),
		cmocka_unit_test(words_are_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
