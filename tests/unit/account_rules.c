#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "account/account_policy.h"
#include "account/account.h"
#include "account/account_rules.h"
#include "account/totp_rules.h"
#include "base/arena.h"
#include "base/crypto.h"
#include "base/embed.h"
#include "base/error.h"

#define NOW INT64_C(1778932800000) /* 2026-05-16T19:00:00+07:00 */

static void user_names(void **state)
{
	static const struct {
		const char *name;
		bool valid;
	} rows[] = {
		{ "tuyhoa.nhaplieu", true }, { "22045.nl", true }, { "a-b_c", true }, { "abc", true },
		{ "ab", false }, { "Abc", false }, { "a b", false }, { ".abc", false }, { "abc.", false },
		{ "a..b", false }, { "đức", false }, { "", false }, { "a.-b", false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (username_valid(rows[i].name) != rows[i].valid)
			fail_msg("%s", rows[i].name);
}

static void personal_values(void **state)
{
	(void)state;
	assert_true(citizen_number_valid("066123456789"));
	assert_false(citizen_number_valid("06612345678"));
	assert_false(citizen_number_valid("0661234567890"));
	assert_false(citizen_number_valid("06612345678a"));
	assert_true(mobile_valid("0912345678"));
	assert_true(mobile_valid("+84912345678"));
	assert_false(mobile_valid("912345678"));
	assert_false(mobile_valid("091234567"));
	assert_false(mobile_valid("+840912345678"));
	assert_true(email_valid("a.b@daklak.gov.vn"));
	assert_false(email_valid("a.b@daklak"));
	assert_false(email_valid("@daklak.gov.vn"));
	assert_false(email_valid("a@b@c.vn"));
	assert_false(email_valid("a b@c.vn"));
	assert_false(email_valid("a@c.vn>"));
}

static enum error_code check(const char *password, int64_t minimum, bool four_kinds)
{
	const struct embedded_file *common = embedded_find("data/common-passwords.txt");
	assert_non_null(common);
	struct password_facts facts = { .username = "tuyhoa.nhaplieu", .full_name = "Nguyễn Thị Hoà",
					.minimum = minimum, .four_kinds = four_kinds,
					.common = (const char *)common->data, .common_size = common->size };
	struct arena *mem = arena_new(0);
	enum error_code code = password_check(mem, password, &facts);
	arena_free(mem);
	return code;
}

static void passwords_without_second_factor(void **state)
{
	static const struct {
		const char *password;
		enum error_code code;
	} rows[] = {
		{ "Theodoi-demo-2026", ERR_none },
		{ "Con-Tr4u-Đi-Trước-Cày", ERR_none },
		{ "Ngan-Ha-9-Tang-May", ERR_none },
		{ "Theo-demo-202", ERR_password_too_short },
		{ "theodoi-demo-2026", ERR_password_needs_kinds },
		{ "Theodoidemo2026x", ERR_password_needs_kinds },
		{ "THEODOI-DEMO-2026", ERR_password_needs_kinds },
		{ "Theodoi-demo-demo", ERR_password_needs_kinds },
		{ "Mật khẩu 1234567", ERR_password_common },
		{ "Matkhau@20262026", ERR_password_common },
		{ "P@ssw0rd1234567", ERR_password_common },
		{ "Password!Password1", ERR_password_common },
		{ "Administrator!2026", ERR_password_common },
		{ "Vietnam@12345678", ERR_password_common },
		{ "Qwertyuiop@1234567", ERR_password_common },
		{ "Aaaaaaaaaaaaa-1", ERR_password_common },
		{ "Xx1-Tuyhoa.Nhaplieu", ERR_password_has_name },
		{ "2026-Nguyễn.Thị.Hoà", ERR_password_has_name },
		{ "2026-NguyenThiHoa!", ERR_password_has_name },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum error_code code = check(rows[i].password, 14, true);
		if (code != rows[i].code)
			fail_msg("%s: %s", rows[i].password, error_word(code));
	}
}

static void passwords_with_second_factor(void **state)
{
	(void)state;
	assert_int_equal(check("bonghoanhotren", 12, false), ERR_none);
	assert_int_equal(check("ngan ha xanh", 12, false), ERR_none);
	assert_int_equal(check("ngan ha xan", 12, false), ERR_password_too_short);
	assert_int_equal(check("123456789012", 12, false), ERR_password_common);
	assert_int_equal(check("987654321098", 12, false), ERR_password_common);
	assert_int_equal(check("abcdefghijkl", 12, false), ERR_password_common);
	assert_int_equal(check("abababababab", 12, false), ERR_password_common);
	assert_int_equal(check("matkhaumatkhau", 12, false), ERR_password_common);
	assert_int_equal(check("!!!!!!!!!!!!", 12, false), ERR_password_common);
	/* Characters are counted, not bytes. */
	assert_int_equal(check("ăâđêôơưáàảãạ", 12, false), ERR_none);
	char long_one[PASSWORD_MAX + 2];
	for (size_t i = 0; i < sizeof(long_one) - 1; i++)
		long_one[i] = (char)('a' + i * 7 % 26);
	long_one[sizeof(long_one) - 1] = '\0';
	assert_int_equal(check(long_one, 12, false), ERR_password_too_long);
}

static void first_passwords_keep_the_rules(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 256; i++) {
		uint8_t bytes[SHA256_SIZE];
		char password[INITIAL_PASSWORD_MAX];
		sha256(&i, sizeof(i), bytes);
		password_from_bytes(bytes, password);
		assert_int_equal(strlen(password), 19);
		enum error_code code = check(password, 14, true);
		if (code != ERR_none)
			fail_msg("%s: %s", password, error_word(code));
	}
}

static void guard_slows_and_locks(void **state)
{
	const struct guard_rule rule = { 5, 15 * MINUTE_MS, 12 * HOUR_MS };
	static const int64_t waits[] = { 0, 2000, 5000, 10000 };
	struct guard guard = { 0 };
	instant now = NOW;
	instant until = 0;
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(guard_ask(&guard, now, &until), GUARD_OPEN);
		assert_false(guard_fail(&guard, &rule, now));
		assert_int_equal(guard.not_before - now, waits[i]);
		if (waits[i] > 0) {
			assert_int_equal(guard_ask(&guard, now + waits[i] - 1, &until), GUARD_WAIT);
			assert_int_equal(until, now + waits[i]);
		}
		now += waits[i];
	}
	assert_true(guard_fail(&guard, &rule, now));
	assert_int_equal(guard_ask(&guard, now + 12 * HOUR_MS - 1, &until), GUARD_LOCKED);
	assert_int_equal(until, now + 12 * HOUR_MS);
	assert_int_equal(guard_ask(&guard, now + 12 * HOUR_MS, &until), GUARD_OPEN);
	/* After the lock the count starts anew. */
	assert_false(guard_fail(&guard, &rule, now + 12 * HOUR_MS));
	assert_int_equal(guard.failures, 1);
}

static void old_tries_are_forgotten(void **state)
{
	const struct guard_rule rule = { 5, 15 * MINUTE_MS, 12 * HOUR_MS };
	struct guard guard = { 0 };
	(void)state;
	for (int i = 0; i < 4; i++)
		assert_false(guard_fail(&guard, &rule, NOW + i * MINUTE_MS));
	assert_false(guard_fail(&guard, &rule, NOW + 15 * MINUTE_MS));
	assert_int_equal(guard.failures, 1);
	for (int i = 0; i < 3; i++)
		assert_false(guard_fail(&guard, &rule, NOW + 16 * MINUTE_MS));
	assert_true(guard_fail(&guard, &rule, NOW + 30 * MINUTE_MS - 1));
}

static void session_states(void **state)
{
	static const struct {
		struct session_facts facts;
		enum session_state expected;
	} rows[] = {
		{ { .now = NOW }, SESSION_OPEN },
		{ { .totp_enabled = true, .now = NOW }, SESSION_TOTP },
		{ { .totp_enabled = true, .must_change_password = true, .now = NOW }, SESSION_TOTP },
		{ { .totp_enabled = true, .totp_given = true, .must_change_password = true, .now = NOW }, SESSION_PASSWORD },
		{ { .totp_enabled = true, .totp_given = true, .totp_required = true, .now = NOW }, SESSION_OPEN },
		{ { .totp_required = true, .now = NOW }, SESSION_ENROLL },
		{ { .totp_required = true, .must_change_password = true, .now = NOW }, SESSION_PASSWORD },
		{ { .password_at = NOW - 60 * DAY_MS + 1, .password_days = 60, .now = NOW }, SESSION_OPEN },
		{ { .password_at = NOW - 60 * DAY_MS, .password_days = 60, .now = NOW }, SESSION_PASSWORD },
		{ { .password_at = NOW - 600 * DAY_MS, .password_days = 0, .now = NOW }, SESSION_OPEN },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(session_state_of(&rows[i].facts), rows[i].expected);
	assert_false(session_ended(NOW, NOW - 15 * MINUTE_MS + 1, 15 * MINUTE_MS, NOW + 1));
	assert_true(session_ended(NOW, NOW - 15 * MINUTE_MS, 15 * MINUTE_MS, NOW + 1));
	assert_true(session_ended(NOW, NOW, 15 * MINUTE_MS, NOW));
}

static void unused_accounts(void **state)
{
	(void)state;
	assert_int_equal(unused_ask(NOW, NOW - 30 * DAY_MS + 1, 0, 30, 45), UNUSED_KEEP);
	assert_int_equal(unused_ask(NOW, NOW - 30 * DAY_MS, 0, 30, 45), UNUSED_WARN);
	assert_int_equal(unused_ask(NOW, NOW - 31 * DAY_MS, NOW - DAY_MS, 30, 45), UNUSED_KEEP);
	/* Used again since the last warning. */
	assert_int_equal(unused_ask(NOW, NOW - 31 * DAY_MS, NOW - 90 * DAY_MS, 30, 45), UNUSED_WARN);
	assert_int_equal(unused_ask(NOW, NOW - 45 * DAY_MS, NOW - DAY_MS, 30, 45), UNUSED_DISABLE);
}

static void networks(void **state)
{
	const char *list = "10.0.0.0/8 192.168.1.128/25 2001:db8::/33 203.0.113.7";
	static const struct {
		const char *address;
		bool inside;
	} rows[] = {
		{ "10.1.2.3", true }, { "11.1.2.3", false }, { "192.168.1.128", true }, { "192.168.1.127", false },
		{ "2001:db8:7fff::1", true }, { "2001:db8:8000::1", false }, { "203.0.113.7", true },
		{ "203.0.113.8", false }, { "::ffff:10.1.2.3", true }, { "nonsense", false }, { "", false },
	};
	(void)state;
	assert_true(networks_valid(list));
	assert_true(networks_valid(""));
	assert_true(networks_valid("0.0.0.0/0"));
	assert_false(networks_valid("10.0.0.0/33"));
	assert_false(networks_valid("10.0.0/8"));
	assert_false(networks_valid("office"));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (networks_contain(list, rows[i].address) != rows[i].inside)
			fail_msg("%s", rows[i].address);
	assert_false(networks_contain(list, NULL));
}

static const struct setting *setting_of(const char *key)
{
	for (size_t i = 0; i < setting_count; i++)
		if (strcmp(settings[i].key, key) == 0)
			return &settings[i];
	fail_msg("%s", key);
	return NULL;
}

static void settings_keep_their_floors(void **state)
{
	static const struct {
		const char *key, *value;
		enum error_code code;
	} rows[] = {
		{ "password_length", "14", ERR_none }, { "password_length", "13", ERR_setting_floor },
		{ "password_length", "20", ERR_none }, { "password_length", "many", ERR_setting_floor },
		{ "password_length_with_totp", "8", ERR_none }, { "password_length_with_totp", "7", ERR_setting_floor },
		{ "lock_tries", "5", ERR_none }, { "lock_tries", "6", ERR_setting_floor },
		{ "lock_hours", "11", ERR_setting_floor }, { "lock_window_minutes", "14", ERR_setting_floor },
		{ "session_idle_minutes", "16", ERR_setting_floor }, { "session_idle_minutes", "10", ERR_none },
		{ "session_idle_administrator_minutes", "6", ERR_setting_floor },
		{ "session_hours", "13", ERR_setting_floor }, { "session_count", "6", ERR_setting_floor },
		{ "administrator_password_days", "61", ERR_setting_floor },
		{ "administrator_password_days", "0", ERR_setting_floor },
		{ "unused_disable_days", "46", ERR_setting_floor }, { "unused_warn_days", "31", ERR_setting_floor },
		{ "password_history", "9", ERR_setting_floor },
		{ "totp_required_roles", "administrator", ERR_none },
		{ "totp_required_roles", "administrator  data_entry", ERR_none },
		{ "totp_required_roles", "approver leader", ERR_setting_roles },
		{ "totp_required_roles", "administrator king", ERR_setting_roles },
		{ "totp_required_roles", "", ERR_setting_roles },
		{ "office_networks", "", ERR_none }, { "office_networks", "10.0.0.0/8", ERR_none },
		{ "office_networks", "10.0.0.0/40", ERR_networks_invalid },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct error err = { 0 };
		bool ok = setting_check(setting_of(rows[i].key), rows[i].value, &err);
		if (err.code != rows[i].code || ok != (rows[i].code == ERR_none))
			fail_msg("%s=%s: %s", rows[i].key, rows[i].value, error_word(err.code));
	}
}

static void policy_defaults_are_the_document_s(void **state)
{
	struct policy policy;
	(void)state;
	policy_defaults(&policy);
	assert_int_equal(policy.password_length_with_totp, 12);
	assert_int_equal(policy.password_length, 14);
	assert_int_equal(policy.session_idle_minutes, 15);
	assert_int_equal(policy.session_idle_administrator_minutes, 5);
	assert_int_equal(policy.session_count, 5);
	assert_int_equal(policy.unused_disable_days, 45);
	assert_string_equal(policy.instance_unit, "TW");
	assert_true(policy_requires_totp(&policy, 1u << ROLE_APPROVER, "10.0.0.1"));
	assert_false(policy_requires_totp(&policy, 1u << ROLE_DATA_ENTRY, "10.0.0.1"));
	setting_apply(setting_of("office_networks"), "192.168.0.0/16", &policy);
	assert_true(policy_requires_totp(&policy, 1u << ROLE_DATA_ENTRY, "10.0.0.1"));
	assert_false(policy_requires_totp(&policy, 1u << ROLE_DATA_ENTRY, "192.168.3.4"));
}

static void authenticator_codes(void **state)
{
	/* RFC 6238, appendix B, SHA-1; the last six digits. */
	static const struct {
		int64_t second;
		const char *code;
	} rows[] = {
		{ 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" },
		{ 1234567890, "005924" }, { 2000000000, "279037" }, { INT64_C(20000000000), "353130" },
	};
	const char *secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		instant at = rows[i].second * 1000;
		int64_t step = 0;
		char code[7];
		assert_true(totp_code_at(secret, at, code));
		assert_string_equal(code, rows[i].code);
		assert_true(totp_match(secret, code, at, 0, &step));
		assert_int_equal(step, rows[i].second / 30);
		assert_true(totp_match(secret, code, at + 30000, 0, &step));
		assert_true(totp_match(secret, code, at - 29000, 0, &step) || rows[i].second < 60);
		assert_false(totp_match(secret, code, at + 61000, 0, &step));
		/* Once only. */
		assert_false(totp_match(secret, code, at, rows[i].second / 30, &step));
	}
	int64_t step;
	assert_false(totp_match(secret, "", 59000, 0, &step));
	assert_false(totp_match(secret, "28708", 59000, 0, &step));
	assert_false(totp_match("not base32!", "287082", 59000, 0, &step));
}

static void authenticator_texts(void **state)
{
	struct arena *mem = arena_new(0);
	(void)state;
	const char *secret = totp_secret_new(mem);
	assert_int_equal(strlen(secret), 32);
	assert_string_not_equal(secret, totp_secret_new(mem));
	const char *uri = totp_uri(mem, "tw.quantri", secret);
	assert_non_null(strstr(uri, "otpauth://totp/theodoi:tw.quantri?secret="));
	const char *svg = totp_qr_svg(mem, uri);
	assert_non_null(strstr(svg, "<svg "));
	assert_non_null(strstr(svg, "</svg>"));
	const char *code = recovery_code_new(mem);
	assert_int_equal(strlen(code), 19);
	assert_string_equal(recovery_code_plain(mem, " abcd-EFGH 2345-6777"), "ABCDEFGH23456777");
	arena_free(mem);
}

static void entry_and_approval(void **state)
{
	(void)state;
	assert_true(roles_mix_entry_and_approval(1u << ROLE_DATA_ENTRY | 1u << ROLE_APPROVER));
	assert_true(roles_mix_entry_and_approval(1u << ROLE_COORDINATOR | 1u << ROLE_APPROVER));
	assert_false(roles_mix_entry_and_approval(1u << ROLE_DATA_ENTRY | 1u << ROLE_LEADER));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(user_names),
		cmocka_unit_test(personal_values),
		cmocka_unit_test(passwords_without_second_factor),
		cmocka_unit_test(passwords_with_second_factor),
		cmocka_unit_test(first_passwords_keep_the_rules),
		cmocka_unit_test(guard_slows_and_locks),
		cmocka_unit_test(old_tries_are_forgotten),
		cmocka_unit_test(session_states),
		cmocka_unit_test(unused_accounts),
		cmocka_unit_test(networks),
		cmocka_unit_test(settings_keep_their_floors),
		cmocka_unit_test(policy_defaults_are_the_document_s),
		cmocka_unit_test(authenticator_codes),
		cmocka_unit_test(authenticator_texts),
		cmocka_unit_test(entry_and_approval),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
