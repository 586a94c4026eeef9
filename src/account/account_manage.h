#ifndef ACCOUNT_ACCOUNT_MANAGE_H
#define ACCOUNT_ACCOUNT_MANAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "account/account_store.h"

/*
 * Administration of accounts. Whoever changes an account needs the right over
 * its unit and over the unit of every grant it holds: a province's
 * administrator cannot take over an account that also works for the centre.
 * Accounts of units outside the caller's reach are not_found.
 */

enum { GRANTS_MAX = 50 };

struct account_full {
	struct account_row row;
	struct grant_row *grants;
	size_t grant_count;
	instant locked_until;
	const char *created_by, *decided_by; /* names; "" for nobody */
};
bool account_read(struct call *c, id account_id, struct account_full *out);

struct account_query {
	id unit_id;              /* this unit and below; 0: all in reach */
	const char *q, *after;   /* NULL: none */
	int state, role;         /* -1: any */
	int limit;
};
/* One account more than the limit when there are more. Grants and locks are filled, names are not. */
bool account_list(struct call *c, const struct account_query *query, struct account_full **out,
		  size_t *count);

struct grant_input {
	enum role role;
	id unit_id;
};

/* NULL leaves a value as it is (on change); "" takes it away where it may be absent. */
struct account_input {
	const char *username, *full_name, *position, *email, *mobile, *citizen_number;
	id unit_id;               /* 0: as it is */
	int leader_category;      /* -1: as it is; 0: none */
	const struct grant_input *grants;
	size_t grant_count;
};

/* Active at once with `password_hash`, or proposed when the caller may only propose. */
bool account_create(struct call *c, const struct account_input *input, const char *password_hash, id *out);
bool account_change(struct call *c, id account_id, int64_t version, const struct account_input *input);

bool account_approve(struct call *c, id account_id, const char *password_hash);
bool account_refuse(struct call *c, id account_id, const char *reason);
bool account_unlock(struct call *c, id account_id);
bool account_disable(struct call *c, id account_id, const char *reason);
bool account_enable(struct call *c, id account_id);

/*
 * Removes name, user name, position and contact of a disabled or refused
 * account for good. Its id stays, so that the log of what was done holds.
 */
bool account_erase(struct call *c, id account_id, const char *reason);

/* A new first password; sessions and tokens end. With `remove_totp` the authenticator too: a lost phone. */
bool account_reset_password(struct call *c, id account_id, const char *password_hash, bool remove_totp);
bool account_end_sessions(struct call *c, id account_id);

/* In full, with the reason kept in the event log. NULL where there is none. */
bool account_reveal(struct call *c, id account_id, const char *reason, const char **citizen_number,
		    const char **mobile);

bool account_grant(struct call *c, id account_id, const struct grant_input *input, struct grant_row *out);
bool account_revoke(struct call *c, id account_id, id grant_id);

/* {"state":"proposed","roles":["approver"]}, for the event of making. */
const char *account_created_json(struct call *c, enum account_state state, const enum role *roles,
				 size_t count);

/* Roles the account holds, as bits. */
unsigned account_roles(const struct grant_row *grants, size_t count);

/* The annex's categories of leaders, numbered from 1; in call.mem. */
struct leader_category {
	int no;
	const char *name;
};
bool leader_categories(struct call *c, struct leader_category **out, size_t *count);

/* The first administrator, by the one-time token. */
struct first_administrator {
	const char *token, *username, *full_name, *password;
	const char *password_hash; /* from check to act */
};
bool setup_check(struct call *c, struct first_administrator *first);
bool setup_act(struct call *c, struct first_administrator *first, id *out);

#endif
