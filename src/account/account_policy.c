#include "account/account_policy.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "account/account.h"
#include "account/account_store.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "unit/unit.h"

#define NUMBER(name, normal, low, high) \
	{ #name, SETTING_NUMBER, offsetof(struct policy, name), (normal), (low), (high), NULL }

const struct setting settings[] = {
	NUMBER(password_length_with_totp, 12, 8, 64),
	NUMBER(password_length, 14, 14, 64),
	NUMBER(password_history, 10, 10, 24),
	NUMBER(administrator_password_days, 60, 1, 60),
	NUMBER(lock_tries, 5, 3, 5),
	NUMBER(lock_window_minutes, 15, 15, 1440),
	NUMBER(lock_hours, 12, 12, 168),
	NUMBER(session_idle_minutes, 15, 2, 15),
	NUMBER(session_idle_administrator_minutes, 5, 2, 5),
	NUMBER(session_hours, 12, 1, 12),
	NUMBER(session_count, 5, 1, 5),
	NUMBER(sudo_minutes, 10, 1, 10),
	NUMBER(unused_warn_days, 30, 1, 30),
	NUMBER(unused_disable_days, 45, 2, 45),
	NUMBER(document_secrecy_max, 0, 0, 3),
	NUMBER(task_due_soon_days, 3, 1, 30),
	NUMBER(task_report_day, 16, 1, 31),
	{ "totp_required_roles", SETTING_ROLES, offsetof(struct policy, totp_required_roles), 0, 0, 0,
	  "administrator approver leader" },
	{ "office_networks", SETTING_NETWORKS, offsetof(struct policy, office_networks), 0, 0, 0, "" },
	{ "instance_unit", SETTING_UNIT, offsetof(struct policy, instance_unit), 0, 0, 0, "TW" },
};
const size_t setting_count = sizeof(settings) / sizeof(settings[0]);

const char *setting_kind_word(enum setting_kind kind)
{
	static const char *const words[] = { "number", "roles", "networks", "unit" };
	return words[kind];
}

bool roles_parse(const char *words, unsigned *out)
{
	*out = 0;
	for (const char *at = words + strspn(words, " "); *at != '\0'; at += strspn(at, " ")) {
		char word[32];
		size_t length = strcspn(at, " ");
		enum role role;
		if (length >= sizeof(word))
			return false;
		memcpy(word, at, length);
		word[length] = '\0';
		if (!role_parse(word, &role))
			return false;
		*out |= 1u << role;
		at += length;
	}
	return true;
}

static bool number_check(const struct setting *setting, const char *value, struct error *err)
{
	int64_t number;
	if (text_to_int(value, setting->low, setting->high, &number))
		return true;
	char low[24];
	char high[24];
	snprintf(low, sizeof(low), "%lld", (long long)setting->low);
	snprintf(high, sizeof(high), "%lld", (long long)setting->high);
	return error_set(err, ERR_setting_floor, setting->key, low, high, NULL);
}

bool setting_check(const struct setting *setting, const char *value, struct error *err)
{
	unsigned roles;
	switch (setting->kind) {
	case SETTING_NUMBER:
		return number_check(setting, value, err);
	case SETTING_ROLES:
		if (roles_parse(value, &roles) && (roles & 1u << ROLE_ADMINISTRATOR) != 0)
			return true;
		return error_set(err, ERR_setting_roles, setting->key, NULL);
	case SETTING_NETWORKS:
		if (strlen(value) < NETWORKS_MAX && networks_valid(value))
			return true;
		return error_set(err, ERR_networks_invalid, setting->key, NULL);
	case SETTING_UNIT:
		if (*value != '\0' && strlen(value) < UNIT_CODE_MAX)
			return true;
		return error_set(err, ERR_field_invalid, setting->key, NULL);
	}
	return error_internal(err, "setting %s", setting->key);
}

void setting_apply(const struct setting *setting, const char *value, struct policy *policy)
{
	char *place = (char *)policy + setting->offset;
	switch (setting->kind) {
	case SETTING_NUMBER: {
		int64_t number = setting->normal;
		text_to_int(value, setting->low, setting->high, &number);
		memcpy(place, &number, sizeof(number));
		break;
	}
	case SETTING_ROLES: {
		unsigned roles;
		if (roles_parse(value, &roles))
			memcpy(place, &roles, sizeof(roles));
		break;
	}
	case SETTING_NETWORKS:
		snprintf(place, NETWORKS_MAX, "%s", value);
		break;
	case SETTING_UNIT:
		snprintf(place, UNIT_CODE_MAX, "%s", value);
		break;
	}
}

const char *setting_default(const struct setting *setting, char *out, size_t size)
{
	if (setting->kind != SETTING_NUMBER)
		return setting->text;
	snprintf(out, size, "%lld", (long long)setting->normal);
	return out;
}

void policy_defaults(struct policy *out)
{
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < setting_count; i++) {
		char number[24];
		setting_apply(&settings[i], setting_default(&settings[i], number, sizeof(number)), out);
	}
}

static const struct setting *setting_by_key(const char *key)
{
	for (size_t i = 0; i < setting_count; i++)
		if (strcmp(settings[i].key, key) == 0)
			return &settings[i];
	return NULL;
}

/*
 * Process-wide: the policy as last read. A change forgets it before its
 * commit, and for as long as a copy would live nothing is kept, so that
 * whatever was read in between goes too.
 */
enum { KEEP_MS = 2000 };
static pthread_mutex_t kept_lock = PTHREAD_MUTEX_INITIALIZER;
static struct policy kept;
static bool kept_good, changed;
static instant kept_at, changed_at;

static bool near(instant a, instant b)
{
	return a - b < KEEP_MS && b - a < KEEP_MS;
}

static bool kept_read(instant now, struct policy *out)
{
	pthread_mutex_lock(&kept_lock);
	bool good = kept_good && near(now, kept_at);
	if (good)
		*out = kept;
	pthread_mutex_unlock(&kept_lock);
	return good;
}

static void kept_save(instant now, const struct policy *policy)
{
	pthread_mutex_lock(&kept_lock);
	if (!changed || !near(now, changed_at)) {
		kept = *policy;
		kept_at = now;
		kept_good = true;
		changed = false;
	}
	pthread_mutex_unlock(&kept_lock);
}

static void kept_change(instant now)
{
	pthread_mutex_lock(&kept_lock);
	kept_good = false;
	changed = true;
	changed_at = now;
	pthread_mutex_unlock(&kept_lock);
}

void policy_forget(void)
{
	pthread_mutex_lock(&kept_lock);
	kept_good = false;
	changed = false;
	pthread_mutex_unlock(&kept_lock);
}

bool policy_read(struct call *c, struct policy *out)
{
	if (kept_read(c->now, out))
		return true;
	struct setting_row *rows;
	size_t count;
	if (!setting_rows(c, &rows, &count))
		return false;
	policy_defaults(out);
	for (size_t i = 0; i < count; i++) {
		const struct setting *setting = setting_by_key(rows[i].key);
		if (setting != NULL)
			setting_apply(setting, rows[i].value, out);
	}
	kept_save(c->now, out);
	return true;
}

bool account_system_unit(struct call *c, struct unit *out)
{
	struct policy policy;
	return policy_read(c, &policy) && unit_by_code(c, policy.instance_unit, NULL, out);
}

bool account_require_system(struct call *c)
{
	struct unit unit;
	return account_system_unit(c, &unit) && account_require(c, RIGHT_SYSTEM_MANAGE, unit.path);
}

static const char *current_value(const struct setting *setting, const struct setting_row *rows, size_t count,
				 char *number, size_t size)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].key, setting->key) == 0)
			return rows[i].value;
	return setting_default(setting, number, size);
}

/* {"key":"lock_tries","value":"4"} */
static const char *setting_json(struct call *c, const char *key, const char *value)
{
	struct buf buf;
	struct json json;
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "key", key);
	json_text(&json, "value", value);
	json_end(&json);
	return buf.data;
}

bool account_setting_set(struct call *c, const char *key, const char *value)
{
	const struct setting *setting = setting_by_key(key);
	if (!account_require_system(c))
		return false;
	if (setting == NULL)
		return error_set(c->err, ERR_field_unknown, key, NULL);
	if (!setting_check(setting, value, c->err))
		return false;
	struct unit unit;
	if (setting->kind == SETTING_UNIT && !unit_by_code(c, value, key, &unit))
		return false;
	struct setting_row *rows;
	size_t count;
	if (!setting_rows(c, &rows, &count))
		return false;
	char number[24];
	const char *before = current_value(setting, rows, count, number, sizeof(number));
	if (strcmp(before, value) == 0)
		return true;
	kept_change(c->now);
	if (!setting_save(c, key, value))
		return false;
	struct event event = {
		.kind = "setting.changed",
		.unit_path = "",
		.subject_kind = "setting",
		.before = setting_json(c, key, before),
		.after = setting_json(c, key, value),
	};
	return event_write(c, &event, NULL);
}

bool setting_list(struct call *c, struct setting_row **out, size_t *count)
{
	return account_require_system(c) && setting_rows(c, out, count);
}

bool policy_requires_totp(const struct policy *policy, unsigned roles, const char *address)
{
	if ((roles & policy->totp_required_roles) != 0)
		return true;
	if (*policy->office_networks == '\0' || address == NULL)
		return false;
	return !networks_contain(policy->office_networks, address);
}

struct guard_rule policy_guard_rule(const struct policy *policy)
{
	return (struct guard_rule){
		.tries = policy->lock_tries,
		.window_ms = policy->lock_window_minutes * MINUTE_MS,
		.lock_ms = policy->lock_hours * HOUR_MS,
	};
}
