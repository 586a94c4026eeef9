#include "account/account_rules.h"

#include <arpa/inet.h>
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/text.h"

static const char *const account_state_words[ACCOUNT_STATES] = {
	[ACCOUNT_PROPOSED] = "proposed",
	[ACCOUNT_ACTIVE] = "active",
	[ACCOUNT_DISABLED] = "disabled",
	[ACCOUNT_REFUSED] = "refused",
};

const char *account_state_word(enum account_state state)
{
	return account_state_words[state];
}

bool account_state_parse(const char *word, enum account_state *out)
{
	for (int state = 0; state < ACCOUNT_STATES; state++) {
		if (strcmp(account_state_words[state], word) == 0) {
			*out = (enum account_state)state;
			return true;
		}
	}
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name_letter(char c)
{
	return (c >= 'a' && c <= 'z') || is_digit(c);
}

bool username_valid(const char *username)
{
	size_t length = strlen(username);
	if (length < USERNAME_MIN || length > USERNAME_MAX)
		return false;
	for (size_t i = 0; i < length; i++) {
		char c = username[i];
		bool joint = strchr("._-", c) != NULL;
		if (!is_name_letter(c) && !joint)
			return false;
		/* A joint stands between two letters. */
		if (joint && (i == 0 || i == length - 1 || !is_name_letter(username[i + 1])))
			return false;
	}
	return true;
}

static bool all_digits(const char *text, size_t length)
{
	if (strlen(text) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!is_digit(text[i]))
			return false;
	return true;
}

bool citizen_number_valid(const char *number)
{
	return all_digits(number, 12);
}

bool mobile_valid(const char *number)
{
	if (text_starts(number, "+84"))
		return all_digits(number + 3, 9);
	return number[0] == '0' && all_digits(number, 10);
}

bool email_valid(const char *email)
{
	const char *at = strchr(email, '@');
	if (at == NULL || at == email || strchr(at + 1, '@') != NULL || strlen(email) > 254)
		return false;
	const char *dot = strrchr(at, '.');
	if (dot == NULL || dot == at + 1 || dot[1] == '\0')
		return false;
	for (const char *p = email; *p != '\0'; p++)
		if ((unsigned char)*p <= ' ' || strchr("<>()[]\\,;:\"", *p) != NULL)
			return false;
	return true;
}

/* Lines up to this many wrong tries wait this long; the lock comes after. */
static const int64_t delays_ms[] = { 0, 0, 2000, 5000, 10000 };

enum guard_answer guard_ask(const struct guard *guard, instant now, instant *until)
{
	if (guard->locked_until > now) {
		*until = guard->locked_until;
		return GUARD_LOCKED;
	}
	if (guard->not_before > now) {
		*until = guard->not_before;
		return GUARD_WAIT;
	}
	return GUARD_OPEN;
}

bool guard_fail(struct guard *guard, const struct guard_rule *rule, instant now)
{
	bool lock_over = guard->locked_until != 0 && guard->locked_until <= now;
	if (guard->failures == 0 || lock_over || now - guard->first_at >= rule->window_ms) {
		guard->failures = 0;
		guard->first_at = now;
		guard->locked_until = 0;
	}
	guard->failures++;
	guard->last_at = now;
	if (guard->failures >= rule->tries) {
		guard->locked_until = now + rule->lock_ms;
		guard->not_before = guard->locked_until;
		return true;
	}
	size_t steps = sizeof(delays_ms) / sizeof(delays_ms[0]);
	size_t step = (size_t)guard->failures < steps ? (size_t)guard->failures : steps - 1;
	guard->not_before = now + delays_ms[step];
	return false;
}

static const char *const session_state_words[] = {
	[SESSION_OPEN] = "open",
	[SESSION_PASSWORD] = "password_required",
	[SESSION_TOTP] = "totp_required",
	[SESSION_ENROLL] = "totp_enroll_required",
};

const char *session_state_word(enum session_state state)
{
	return session_state_words[state];
}

enum session_state session_state_of(const struct session_facts *facts)
{
	/* The second factor comes first: nothing of the account is changed by half a sign-in. */
	if (facts->totp_enabled && !facts->totp_given)
		return SESSION_TOTP;
	if (facts->must_change_password)
		return SESSION_PASSWORD;
	if (facts->password_days > 0 && facts->now - facts->password_at >= facts->password_days * DAY_MS)
		return SESSION_PASSWORD;
	if (facts->totp_required && !facts->totp_enabled)
		return SESSION_ENROLL;
	return SESSION_OPEN;
}

bool session_ended(instant now, instant seen_at, int64_t idle_ms, instant ends_at)
{
	return now >= ends_at || now - seen_at >= idle_ms;
}

enum unused_answer unused_ask(instant now, instant last, instant warned_at, int64_t warn_days,
			      int64_t disable_days)
{
	if (now - last >= disable_days * DAY_MS)
		return UNUSED_DISABLE;
	if (now - last >= warn_days * DAY_MS && warned_at < last)
		return UNUSED_WARN;
	return UNUSED_KEEP;
}

struct network {
	uint8_t bytes[16]; /* IPv4 as ::ffff:a.b.c.d */
	int bits;
};

static bool address_parse(const char *text, uint8_t bytes[16], bool *v4)
{
	*v4 = inet_pton(AF_INET, text, bytes + 12) == 1;
	if (*v4) {
		static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
		memcpy(bytes, mapped, sizeof(mapped));
		return true;
	}
	return inet_pton(AF_INET6, text, bytes) == 1;
}

/* One word of the list: "10.0.0.0/8"; without "/8" the one address. */
static bool network_parse(const char *word, size_t length, struct network *out)
{
	char text[64];
	if (length == 0 || length >= sizeof(text))
		return false;
	memcpy(text, word, length);
	text[length] = '\0';
	char *slash = strchr(text, '/');
	if (slash != NULL)
		*slash++ = '\0';
	bool v4;
	if (!address_parse(text, out->bytes, &v4))
		return false;
	int64_t most = v4 ? 32 : 128;
	int64_t bits = most;
	if (slash != NULL && !text_to_int(slash, 0, most, &bits))
		return false;
	out->bits = (int)bits + (v4 ? 96 : 0);
	return true;
}

static bool network_contains(const struct network *network, const uint8_t address[16])
{
	size_t whole = (size_t)network->bits / 8;
	if (memcmp(network->bytes, address, whole) != 0)
		return false;
	int rest = network->bits % 8;
	return rest == 0 || (network->bytes[whole] ^ address[whole]) >> (8 - rest) == 0;
}

static const char *next_network(const char *at, size_t *length)
{
	at += strspn(at, " ");
	*length = strcspn(at, " ");
	return *length == 0 ? NULL : at;
}

bool networks_valid(const char *networks)
{
	size_t length;
	struct network network;
	for (const char *at = networks; (at = next_network(at, &length)) != NULL; at += length)
		if (!network_parse(at, length, &network))
			return false;
	return true;
}

bool networks_contain(const char *networks, const char *address)
{
	uint8_t bytes[16];
	bool v4;
	if (address == NULL || !address_parse(address, bytes, &v4))
		return false;
	size_t length;
	struct network network;
	for (const char *at = networks; (at = next_network(at, &length)) != NULL; at += length)
		if (network_parse(at, length, &network) && network_contains(&network, bytes))
			return true;
	return false;
}

bool roles_mix_entry_and_approval(unsigned roles)
{
	unsigned enters = 1u << ROLE_DATA_ENTRY | 1u << ROLE_COORDINATOR;
	return (roles & enters) != 0 && (roles & 1u << ROLE_APPROVER) != 0;
}
