#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"

/* Every cell of role x right x relation, written out: own, below, above, elsewhere. */
static const struct {
	enum role role;
	enum right right;
	const char *where;
} cells[] = {
	{ ROLE_ADMINISTRATOR, RIGHT_SELF, "obae" },
	{ ROLE_ADMINISTRATOR, RIGHT_UNIT_READ, "obae" },
	{ ROLE_ADMINISTRATOR, RIGHT_UNIT_MANAGE, "ob--" },
	{ ROLE_ADMINISTRATOR, RIGHT_ACCOUNT_READ, "ob--" },
	{ ROLE_ADMINISTRATOR, RIGHT_ACCOUNT_PROPOSE, "ob--" },
	{ ROLE_ADMINISTRATOR, RIGHT_ACCOUNT_MANAGE, "ob--" },
	{ ROLE_ADMINISTRATOR, RIGHT_ACCOUNT_REVEAL, "ob--" },
	{ ROLE_ADMINISTRATOR, RIGHT_INDICATOR_READ, "obae" },
	{ ROLE_ADMINISTRATOR, RIGHT_INDICATOR_MANAGE, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_ASSIGNMENT_READ, "oba-" },
	{ ROLE_ADMINISTRATOR, RIGHT_ASSIGNMENT_MANAGE, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_FIGURE_READ, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_FIGURE_ENTER, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_FIGURE_APPROVE, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_FIGURE_RECEIVE, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_OVERVIEW_READ, "ob--" },
	{ ROLE_ADMINISTRATOR, RIGHT_EVENT_READ, "ob--" },
	{ ROLE_ADMINISTRATOR, RIGHT_SYSTEM_MANAGE, "o---" },
	{ ROLE_ADMINISTRATOR, RIGHT_DOCUMENT_READ, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_DOCUMENT_MANAGE, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_TASK_READ, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_TASK_ASSIGN, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_TASK_REPORT, "----" },
	{ ROLE_ADMINISTRATOR, RIGHT_TASK_DECIDE, "----" },

	{ ROLE_DATA_ENTRY, RIGHT_SELF, "obae" },
	{ ROLE_DATA_ENTRY, RIGHT_UNIT_READ, "obae" },
	{ ROLE_DATA_ENTRY, RIGHT_UNIT_MANAGE, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_ACCOUNT_READ, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_ACCOUNT_PROPOSE, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_ACCOUNT_MANAGE, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_ACCOUNT_REVEAL, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_INDICATOR_READ, "obae" },
	{ ROLE_DATA_ENTRY, RIGHT_INDICATOR_MANAGE, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_ASSIGNMENT_READ, "oba-" },
	{ ROLE_DATA_ENTRY, RIGHT_ASSIGNMENT_MANAGE, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_FIGURE_READ, "o---" },
	{ ROLE_DATA_ENTRY, RIGHT_FIGURE_ENTER, "o---" },
	{ ROLE_DATA_ENTRY, RIGHT_FIGURE_APPROVE, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_FIGURE_RECEIVE, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_OVERVIEW_READ, "o---" },
	{ ROLE_DATA_ENTRY, RIGHT_EVENT_READ, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_SYSTEM_MANAGE, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_DOCUMENT_READ, "o---" },
	{ ROLE_DATA_ENTRY, RIGHT_DOCUMENT_MANAGE, "o---" },
	{ ROLE_DATA_ENTRY, RIGHT_TASK_READ, "o---" },
	{ ROLE_DATA_ENTRY, RIGHT_TASK_ASSIGN, "----" },
	{ ROLE_DATA_ENTRY, RIGHT_TASK_REPORT, "o---" },
	{ ROLE_DATA_ENTRY, RIGHT_TASK_DECIDE, "----" },

	{ ROLE_APPROVER, RIGHT_SELF, "obae" },
	{ ROLE_APPROVER, RIGHT_UNIT_READ, "obae" },
	{ ROLE_APPROVER, RIGHT_UNIT_MANAGE, "----" },
	{ ROLE_APPROVER, RIGHT_ACCOUNT_READ, "----" },
	{ ROLE_APPROVER, RIGHT_ACCOUNT_PROPOSE, "----" },
	{ ROLE_APPROVER, RIGHT_ACCOUNT_MANAGE, "----" },
	{ ROLE_APPROVER, RIGHT_ACCOUNT_REVEAL, "----" },
	{ ROLE_APPROVER, RIGHT_INDICATOR_READ, "obae" },
	{ ROLE_APPROVER, RIGHT_INDICATOR_MANAGE, "----" },
	{ ROLE_APPROVER, RIGHT_ASSIGNMENT_READ, "oba-" },
	{ ROLE_APPROVER, RIGHT_ASSIGNMENT_MANAGE, "----" },
	{ ROLE_APPROVER, RIGHT_FIGURE_READ, "ob--" },
	{ ROLE_APPROVER, RIGHT_FIGURE_ENTER, "----" },
	{ ROLE_APPROVER, RIGHT_FIGURE_APPROVE, "o---" },
	{ ROLE_APPROVER, RIGHT_FIGURE_RECEIVE, "----" },
	{ ROLE_APPROVER, RIGHT_OVERVIEW_READ, "ob--" },
	{ ROLE_APPROVER, RIGHT_EVENT_READ, "----" },
	{ ROLE_APPROVER, RIGHT_SYSTEM_MANAGE, "----" },
	{ ROLE_APPROVER, RIGHT_DOCUMENT_READ, "o---" },
	{ ROLE_APPROVER, RIGHT_DOCUMENT_MANAGE, "----" },
	{ ROLE_APPROVER, RIGHT_TASK_READ, "ob--" },
	{ ROLE_APPROVER, RIGHT_TASK_ASSIGN, "----" },
	{ ROLE_APPROVER, RIGHT_TASK_REPORT, "o---" },
	{ ROLE_APPROVER, RIGHT_TASK_DECIDE, "----" },

	{ ROLE_COORDINATOR, RIGHT_SELF, "obae" },
	{ ROLE_COORDINATOR, RIGHT_UNIT_READ, "obae" },
	{ ROLE_COORDINATOR, RIGHT_UNIT_MANAGE, "----" },
	{ ROLE_COORDINATOR, RIGHT_ACCOUNT_READ, "o---" },
	{ ROLE_COORDINATOR, RIGHT_ACCOUNT_PROPOSE, "o---" },
	{ ROLE_COORDINATOR, RIGHT_ACCOUNT_MANAGE, "----" },
	{ ROLE_COORDINATOR, RIGHT_ACCOUNT_REVEAL, "----" },
	{ ROLE_COORDINATOR, RIGHT_INDICATOR_READ, "obae" },
	{ ROLE_COORDINATOR, RIGHT_INDICATOR_MANAGE, "o---" },
	{ ROLE_COORDINATOR, RIGHT_ASSIGNMENT_READ, "oba-" },
	{ ROLE_COORDINATOR, RIGHT_ASSIGNMENT_MANAGE, "o---" },
	{ ROLE_COORDINATOR, RIGHT_FIGURE_READ, "ob--" },
	{ ROLE_COORDINATOR, RIGHT_FIGURE_ENTER, "o---" },
	{ ROLE_COORDINATOR, RIGHT_FIGURE_APPROVE, "----" },
	{ ROLE_COORDINATOR, RIGHT_FIGURE_RECEIVE, "o---" },
	{ ROLE_COORDINATOR, RIGHT_OVERVIEW_READ, "ob--" },
	{ ROLE_COORDINATOR, RIGHT_EVENT_READ, "----" },
	{ ROLE_COORDINATOR, RIGHT_SYSTEM_MANAGE, "----" },
	{ ROLE_COORDINATOR, RIGHT_DOCUMENT_READ, "ob--" },
	{ ROLE_COORDINATOR, RIGHT_DOCUMENT_MANAGE, "o---" },
	{ ROLE_COORDINATOR, RIGHT_TASK_READ, "ob--" },
	{ ROLE_COORDINATOR, RIGHT_TASK_ASSIGN, "o---" },
	{ ROLE_COORDINATOR, RIGHT_TASK_REPORT, "o---" },
	{ ROLE_COORDINATOR, RIGHT_TASK_DECIDE, "o---" },

	{ ROLE_LEADER, RIGHT_SELF, "obae" },
	{ ROLE_LEADER, RIGHT_UNIT_READ, "obae" },
	{ ROLE_LEADER, RIGHT_UNIT_MANAGE, "----" },
	{ ROLE_LEADER, RIGHT_ACCOUNT_READ, "----" },
	{ ROLE_LEADER, RIGHT_ACCOUNT_PROPOSE, "----" },
	{ ROLE_LEADER, RIGHT_ACCOUNT_MANAGE, "----" },
	{ ROLE_LEADER, RIGHT_ACCOUNT_REVEAL, "----" },
	{ ROLE_LEADER, RIGHT_INDICATOR_READ, "obae" },
	{ ROLE_LEADER, RIGHT_INDICATOR_MANAGE, "----" },
	{ ROLE_LEADER, RIGHT_ASSIGNMENT_READ, "oba-" },
	{ ROLE_LEADER, RIGHT_ASSIGNMENT_MANAGE, "----" },
	{ ROLE_LEADER, RIGHT_FIGURE_READ, "ob--" },
	{ ROLE_LEADER, RIGHT_FIGURE_ENTER, "----" },
	{ ROLE_LEADER, RIGHT_FIGURE_APPROVE, "----" },
	{ ROLE_LEADER, RIGHT_FIGURE_RECEIVE, "----" },
	{ ROLE_LEADER, RIGHT_OVERVIEW_READ, "ob--" },
	{ ROLE_LEADER, RIGHT_EVENT_READ, "o---" },
	{ ROLE_LEADER, RIGHT_SYSTEM_MANAGE, "----" },
	{ ROLE_LEADER, RIGHT_DOCUMENT_READ, "ob--" },
	{ ROLE_LEADER, RIGHT_DOCUMENT_MANAGE, "----" },
	{ ROLE_LEADER, RIGHT_TASK_READ, "ob--" },
	{ ROLE_LEADER, RIGHT_TASK_ASSIGN, "----" },
	{ ROLE_LEADER, RIGHT_TASK_REPORT, "----" },
	{ ROLE_LEADER, RIGHT_TASK_DECIDE, "o---" },

	{ ROLE_INSPECTOR, RIGHT_SELF, "obae" },
	{ ROLE_INSPECTOR, RIGHT_UNIT_READ, "obae" },
	{ ROLE_INSPECTOR, RIGHT_UNIT_MANAGE, "----" },
	{ ROLE_INSPECTOR, RIGHT_ACCOUNT_READ, "ob--" },
	{ ROLE_INSPECTOR, RIGHT_ACCOUNT_PROPOSE, "----" },
	{ ROLE_INSPECTOR, RIGHT_ACCOUNT_MANAGE, "----" },
	{ ROLE_INSPECTOR, RIGHT_ACCOUNT_REVEAL, "----" },
	{ ROLE_INSPECTOR, RIGHT_INDICATOR_READ, "obae" },
	{ ROLE_INSPECTOR, RIGHT_INDICATOR_MANAGE, "----" },
	{ ROLE_INSPECTOR, RIGHT_ASSIGNMENT_READ, "oba-" },
	{ ROLE_INSPECTOR, RIGHT_ASSIGNMENT_MANAGE, "----" },
	{ ROLE_INSPECTOR, RIGHT_FIGURE_READ, "ob--" },
	{ ROLE_INSPECTOR, RIGHT_FIGURE_ENTER, "----" },
	{ ROLE_INSPECTOR, RIGHT_FIGURE_APPROVE, "----" },
	{ ROLE_INSPECTOR, RIGHT_FIGURE_RECEIVE, "----" },
	{ ROLE_INSPECTOR, RIGHT_OVERVIEW_READ, "ob--" },
	{ ROLE_INSPECTOR, RIGHT_EVENT_READ, "ob--" },
	{ ROLE_INSPECTOR, RIGHT_SYSTEM_MANAGE, "----" },
	{ ROLE_INSPECTOR, RIGHT_DOCUMENT_READ, "ob--" },
	{ ROLE_INSPECTOR, RIGHT_DOCUMENT_MANAGE, "----" },
	{ ROLE_INSPECTOR, RIGHT_TASK_READ, "ob--" },
	{ ROLE_INSPECTOR, RIGHT_TASK_ASSIGN, "----" },
	{ ROLE_INSPECTOR, RIGHT_TASK_REPORT, "----" },
	{ ROLE_INSPECTOR, RIGHT_TASK_DECIDE, "----" },

	{ ROLE_INTAKE, RIGHT_SELF, "obae" },
	{ ROLE_INTAKE, RIGHT_UNIT_READ, "obae" },
	{ ROLE_INTAKE, RIGHT_UNIT_MANAGE, "----" },
	{ ROLE_INTAKE, RIGHT_ACCOUNT_READ, "----" },
	{ ROLE_INTAKE, RIGHT_ACCOUNT_PROPOSE, "----" },
	{ ROLE_INTAKE, RIGHT_ACCOUNT_MANAGE, "----" },
	{ ROLE_INTAKE, RIGHT_ACCOUNT_REVEAL, "----" },
	{ ROLE_INTAKE, RIGHT_INDICATOR_READ, "obae" },
	{ ROLE_INTAKE, RIGHT_INDICATOR_MANAGE, "----" },
	{ ROLE_INTAKE, RIGHT_ASSIGNMENT_READ, "oba-" },
	{ ROLE_INTAKE, RIGHT_ASSIGNMENT_MANAGE, "----" },
	{ ROLE_INTAKE, RIGHT_FIGURE_READ, "----" },
	{ ROLE_INTAKE, RIGHT_FIGURE_ENTER, "----" },
	{ ROLE_INTAKE, RIGHT_FIGURE_APPROVE, "----" },
	{ ROLE_INTAKE, RIGHT_FIGURE_RECEIVE, "----" },
	{ ROLE_INTAKE, RIGHT_OVERVIEW_READ, "----" },
	{ ROLE_INTAKE, RIGHT_EVENT_READ, "----" },
	{ ROLE_INTAKE, RIGHT_SYSTEM_MANAGE, "----" },
	{ ROLE_INTAKE, RIGHT_DOCUMENT_READ, "----" },
	{ ROLE_INTAKE, RIGHT_DOCUMENT_MANAGE, "----" },
	{ ROLE_INTAKE, RIGHT_TASK_READ, "----" },
	{ ROLE_INTAKE, RIGHT_TASK_ASSIGN, "----" },
	{ ROLE_INTAKE, RIGHT_TASK_REPORT, "----" },
	{ ROLE_INTAKE, RIGHT_TASK_DECIDE, "----" },
};

static const enum relation relations[] = { RELATION_OWN, RELATION_BELOW, RELATION_ABOVE, RELATION_ELSEWHERE };

static void every_cell_is_as_written(void **state)
{
	bool seen[ROLE_COUNT][RIGHT_COUNT] = { 0 };
	(void)state;
	assert_int_equal(sizeof(cells) / sizeof(cells[0]), ROLE_COUNT * RIGHT_COUNT);
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		assert_false(seen[cells[i].role][cells[i].right]);
		seen[cells[i].role][cells[i].right] = true;
		for (size_t k = 0; k < 4; k++) {
			bool expected = cells[i].where[k] != '-';
			if (right_allows(cells[i].role, cells[i].right, relations[k]) != expected)
				fail_msg("%s %s %c", role_word(cells[i].role), right_word(cells[i].right), "obae"[k]);
		}
	}
}

static void below_never_comes_without_own(void **state)
{
	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++)
		for (int right = 0; right < RIGHT_COUNT; right++)
			if (right_allows((enum role)role, (enum right)right, RELATION_BELOW))
				assert_true(right_allows((enum role)role, (enum right)right, RELATION_OWN));
}

static void words_read_back(void **state)
{
	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++) {
		enum role read;
		assert_true(role_parse(role_word((enum role)role), &read));
		assert_int_equal(read, role);
	}
	for (int right = 0; right < RIGHT_COUNT; right++) {
		enum right read;
		assert_true(right_parse(right_word((enum right)right), &read));
		assert_int_equal(read, right);
	}
	enum role role;
	assert_false(role_parse("king", &role));
	assert_false(role_parse(NULL, &role));
}

static void relations_follow_the_tree(void **state)
{
	(void)state;
	assert_int_equal(relation_of("TW/66/", "TW/66/"), RELATION_OWN);
	assert_int_equal(relation_of("TW/66/", "TW/66/22015/"), RELATION_BELOW);
	assert_int_equal(relation_of("TW/66/", "TW/"), RELATION_ABOVE);
	assert_int_equal(relation_of("TW/66/", "TW/67/"), RELATION_ELSEWHERE);
	/* A code that starts with another's is no child of it. */
	assert_int_equal(relation_of("TW/66/", "TW/66-KHCN/"), RELATION_ELSEWHERE);
	assert_int_equal(relation_of("TW/6/", "TW/66/"), RELATION_ELSEWHERE);
	assert_int_equal(relation_of("TW/66/", ""), RELATION_ELSEWHERE);
	assert_int_equal(relation_of("TW/66/", NULL), RELATION_ELSEWHERE);
}

struct asker {
	struct arena *mem;
	struct error err;
	struct grant grants[2];
	struct actor actor;
	struct call call;
};

static void ask_as(struct asker *a, size_t count, const struct grant *grants)
{
	memset(a, 0, sizeof(*a));
	a->mem = arena_new(0);
	memcpy(a->grants, grants, count * sizeof(*grants));
	a->actor = (struct actor){ .account_id = 7, .grants = a->grants, .grant_count = count };
	a->call = (struct call){ .mem = a->mem, .actor = &a->actor, .address = "10.0.0.1", .err = &a->err };
	log_level_set(LOG_ERROR);
}

static void requiring_fails_with_the_right_error(void **state)
{
	const struct grant approver = { 1, ROLE_APPROVER, 66, "TW/66/" };
	struct asker a;
	(void)state;
	ask_as(&a, 1, &approver);
	assert_true(account_require(&a.call, RIGHT_FIGURE_READ, "TW/66/22015/"));
	assert_true(a.call.right_checked);
	/* Figures it sees but may not change: forbidden. Figures elsewhere are not said to exist. */
	assert_false(account_require(&a.call, RIGHT_FIGURE_APPROVE, "TW/66/22015/"));
	assert_int_equal(a.err.code, ERR_forbidden);
	error_clear(&a.err);
	assert_false(account_require(&a.call, RIGHT_FIGURE_APPROVE, "TW/67/"));
	assert_int_equal(a.err.code, ERR_not_found);
	error_clear(&a.err);
	assert_false(account_require(&a.call, RIGHT_UNIT_MANAGE, "TW/66/"));
	assert_int_equal(a.err.code, ERR_forbidden);
	arena_free(a.mem);
}

static void nobody_may_nothing_and_the_system_everything(void **state)
{
	struct asker a;
	const struct grant none = { 0 };
	(void)state;
	ask_as(&a, 0, &none);
	assert_true(account_may(&a.call, RIGHT_SELF, NULL));
	assert_false(account_may(&a.call, RIGHT_UNIT_READ, "TW/"));
	a.call.actor = NULL;
	assert_false(account_may(&a.call, RIGHT_SELF, NULL));
	assert_false(account_may(&a.call, RIGHT_UNIT_READ, "TW/"));
	a.call.address = NULL;
	assert_true(account_may(&a.call, RIGHT_SYSTEM_MANAGE, "TW/"));
	arena_free(a.mem);
}

static void a_token_does_no_more_than_its_limit(void **state)
{
	const struct grant grants[] = { { 1, ROLE_COORDINATOR, 66, "TW/66/" }, { 2, ROLE_LEADER, 1, "TW/" } };
	const struct actor_limit limit = { UINT32_C(1) << RIGHT_FIGURE_READ | UINT32_C(1) << RIGHT_FIGURE_APPROVE,
					   "TW/66/22015/" };
	struct asker a;
	(void)state;
	ask_as(&a, 2, grants);
	a.actor.token = true;
	a.actor.limit = &limit;
	assert_true(account_may(&a.call, RIGHT_FIGURE_READ, "TW/66/22015/"));
	assert_false(account_may(&a.call, RIGHT_FIGURE_READ, "TW/66/"));
	assert_false(account_may(&a.call, RIGHT_OVERVIEW_READ, "TW/66/22015/"));
	/* In the token, but not the owner's. */
	assert_false(account_may(&a.call, RIGHT_FIGURE_APPROVE, "TW/66/22015/"));
	const struct scope *scopes;
	size_t count;
	assert_true(account_scope(&a.call, RIGHT_FIGURE_READ, &scopes, &count));
	assert_int_equal(count, 1);
	assert_string_equal(scopes[0].path, "TW/66/22015/");
	assert_true(scopes[0].subtree);
	assert_true(account_scope(&a.call, RIGHT_OVERVIEW_READ, &scopes, &count));
	assert_int_equal(count, 0);
	arena_free(a.mem);
}

static bool in_scope(const struct scope *scopes, size_t count, const char *path)
{
	for (size_t i = 0; i < count; i++)
		if (scopes[i].subtree ? strncmp(path, scopes[i].path, strlen(scopes[i].path)) == 0 :
					strcmp(path, scopes[i].path) == 0)
			return true;
	return false;
}

static const char *const tree[] = { "TW/",	 "TW/66/",	  "TW/66/22015/", "TW/66/22015/T/",
				    "TW/66/22016/", "TW/66/66-KHCN/", "TW/67/",	      "TW/67/1/" };
enum { TREE = sizeof(tree) / sizeof(tree[0]) };

/* A list filtered by the scopes shows exactly what would be let through one by one. */
static void compare_scope(struct asker *a, enum right right)
{
	const struct scope *scopes;
	size_t count;
	assert_true(account_scope(&a->call, right, &scopes, &count));
	for (size_t i = 0; i < TREE; i++)
		if (in_scope(scopes, count, tree[i]) != account_may(&a->call, right, tree[i]))
			fail_msg("%s at %s", right_word(right), tree[i]);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++)
			if (i != k && scopes[k].subtree)
				assert_int_not_equal(strncmp(scopes[i].path, scopes[k].path, strlen(scopes[k].path)), 0);
}

static void scopes_say_what_rights_say(void **state)
{
	(void)state;
	for (int first = 0; first < ROLE_COUNT; first++) {
		for (int second = 0; second < ROLE_COUNT; second++) {
			for (size_t at = 0; at < TREE; at++) {
				const struct grant grants[] = { { 1, (enum role)first, 1, tree[at] },
								{ 2, (enum role)second, 2, tree[(at + 3) % TREE] } };
				struct asker a;
				ask_as(&a, 2, grants);
				for (int right = RIGHT_UNIT_READ; right < RIGHT_COUNT; right++)
					compare_scope(&a, (enum right)right);
				arena_free(a.mem);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cell_is_as_written),
		cmocka_unit_test(below_never_comes_without_own),
		cmocka_unit_test(words_read_back),
		cmocka_unit_test(relations_follow_the_tree),
		cmocka_unit_test(requiring_fails_with_the_right_error),
		cmocka_unit_test(nobody_may_nothing_and_the_system_everything),
		cmocka_unit_test(a_token_does_no_more_than_its_limit),
		cmocka_unit_test(scopes_say_what_rights_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
