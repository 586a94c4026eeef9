#ifndef ACCOUNT_ACCOUNT_RULES_H
#define ACCOUNT_ACCOUNT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "base/error.h"

struct arena;

/* What the account room decides without looking anywhere: all pure. */

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS INT64_C(3600000)

enum {
	USERNAME_MIN = 3,
	USERNAME_MAX = 60,
	PASSWORD_MAX = 128,
	AUTHENTICATOR_STEP_S = 30,
	INITIAL_PASSWORD_MAX = 20,
};

enum account_state { ACCOUNT_PROPOSED, ACCOUNT_ACTIVE, ACCOUNT_DISABLED, ACCOUNT_REFUSED, ACCOUNT_STATES };
const char *account_state_word(enum account_state state);
bool account_state_parse(const char *word, enum account_state *out);

/* Lower case letters, digits, and . _ - inside: "tuyhoa.nhaplieu". */
bool username_valid(const char *username);

/* Exactly 12 digits; a Vietnamese mobile: 0 and 9 digits, or +84 and 9. */
bool citizen_number_valid(const char *number);
bool mobile_valid(const char *number);
bool email_valid(const char *email);

/*
 * Which rule a new password breaks; ERR_none when it may be used. `minimum` is
 * the length asked for; without a second factor all four kinds of characters
 * are. `common` is the folded list of common words, one a line.
 */
struct password_facts {
	const char *username, *full_name;
	int64_t minimum;
	bool four_kinds;
	const char *common;
	size_t common_size;
};
enum error_code password_check(struct arena *mem, const char *password, const struct password_facts *facts);

/*
 * A password for the first sign-in from 16 random bytes: four groups of all
 * kinds, without look-alike letters.
 */
void password_from_bytes(const uint8_t bytes[16], char out[INITIAL_PASSWORD_MAX]);

/* The count of wrong tries for one name. */
struct guard {
	int64_t failures;
	instant first_at, last_at, not_before, locked_until;
};

struct guard_rule {
	int64_t tries;
	int64_t window_ms, lock_ms;
};

enum guard_answer { GUARD_OPEN, GUARD_WAIT, GUARD_LOCKED };

/* Whether a try is let through now; otherwise *until is when the next may be. */
enum guard_answer guard_ask(const struct guard *guard, instant now, instant *until);

/* The guard after one more wrong try; true when this one locks. */
bool guard_fail(struct guard *guard, const struct guard_rule *rule, instant now);

/* Sessions. */
enum session_state { SESSION_OPEN, SESSION_PASSWORD, SESSION_TOTP, SESSION_ENROLL };
const char *session_state_word(enum session_state state);

struct session_facts {
	bool totp_enabled, totp_given, totp_required, must_change_password;
	instant password_at;
	int64_t password_days; /* 0: no age limit */
	instant now;
};
enum session_state session_state_of(const struct session_facts *facts);

bool session_ended(instant now, instant seen_at, int64_t idle_ms, instant ends_at);

/* What the daily round does with an account not used since `last`. */
enum unused_answer { UNUSED_KEEP, UNUSED_WARN, UNUSED_DISABLE };
enum unused_answer unused_ask(instant now, instant last, instant warned_at, int64_t warn_days,
			      int64_t disable_days);

/*
 * Networks: "10.0.0.0/8 2001:db8::/32", separated by spaces. `networks_valid`
 * also takes the empty list. An IPv4 address in IPv6 clothes counts as IPv4.
 */
bool networks_valid(const char *networks);
bool networks_contain(const char *networks, const char *address);

/* Given roles: bits 1 << role. Entry and approval in one hand is worth a word. */
bool roles_mix_entry_and_approval(unsigned roles);

#endif
