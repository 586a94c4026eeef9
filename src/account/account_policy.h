#ifndef ACCOUNT_ACCOUNT_POLICY_H
#define ACCOUNT_ACCOUNT_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/account_rules.h"
#include "db/call.h"

/*
 * The settings of accounts and sessions. Each has a default and a floor: an
 * administrator may tighten, never loosen below the floor. Only what differs
 * from the default is in the store.
 */
enum { NETWORKS_MAX = 1000, UNIT_CODE_MAX = 40 };

struct policy {
	int64_t password_length_with_totp;
	int64_t password_length;
	int64_t password_history;
	int64_t administrator_password_days;
	int64_t lock_tries;
	int64_t lock_window_minutes;
	int64_t lock_hours;
	int64_t session_idle_minutes;
	int64_t session_idle_administrator_minutes;
	int64_t session_hours;
	int64_t session_count;
	int64_t sudo_minutes;
	int64_t unused_warn_days;
	int64_t unused_disable_days;
	int64_t document_secrecy_max;         /* enum secrecy; above it only a stub of a document is kept */
	int64_t task_due_soon_days;           /* a task is due soon that many days before its deadline */
	int64_t task_report_day;              /* of each month, until which unfinished tasks are reported */
	unsigned totp_required_roles;         /* bits 1 << role */
	char office_networks[NETWORKS_MAX];   /* sign-in from elsewhere needs a second factor; empty: not asked */
	char instance_unit[UNIT_CODE_MAX];    /* code of the unit that runs this instance */
};

/*
 * The policy in force. Kept in memory for 2 seconds of the call's time, so that
 * other nodes' changes arrive.
 */
bool policy_read(struct call *c, struct policy *out);

/* Makes the next policy_read read the store. */
void policy_forget(void);

enum setting_kind { SETTING_NUMBER, SETTING_ROLES, SETTING_NETWORKS, SETTING_UNIT };

struct setting {
	const char *key;
	enum setting_kind kind;
	size_t offset;             /* in struct policy */
	int64_t normal, low, high; /* numbers; low and high are the floor and what is sensible */
	const char *text;          /* default of the others */
};
extern const struct setting settings[];
extern const size_t setting_count;

const char *setting_kind_word(enum setting_kind kind);

/* What was changed from the defaults; needs RIGHT_SYSTEM_MANAGE like account_setting_set. */
struct setting_row;
bool setting_list(struct call *c, struct setting_row **out, size_t *count);

/* Pure: whether `value` may be set; false with the error on `key`. */
bool setting_check(const struct setting *setting, const char *value, struct error *err);

/* Pure: puts a value that was checked into the policy. */
void setting_apply(const struct setting *setting, const char *value, struct policy *policy);

/* The default as text. */
const char *setting_default(const struct setting *setting, char *out, size_t size);

void policy_defaults(struct policy *out);

/* Whether an account with these roles, asking from `address`, must give a second factor. */
bool policy_requires_totp(const struct policy *policy, unsigned roles, const char *address);

struct guard_rule policy_guard_rule(const struct policy *policy);

#endif
