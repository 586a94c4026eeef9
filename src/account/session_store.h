#ifndef ACCOUNT_SESSION_STORE_H
#define ACCOUNT_SESSION_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "account/account.h"
#include "account/account_rules.h"

/* Rows of sessions and personal tokens. */

struct session_row {
	id id;
	id account_id;
	instant created_at, seen_at, ends_at, sudo_at, totp_at;
	const char *address, *agent;
};

/* A session or token together with its account and grants: all that each request asks, in one statement. */
struct credential {
	struct session_row session; /* of a token: id, account and seen_at (last noted use), ends_at */
	bool token;
	struct actor_limit limit;   /* of a token */
	enum account_state account_state;
	id unit_id;
	const char *full_name, *language;
	instant password_at, account_totp_at;
	bool must_change_password;
	struct grant *grants;
	size_t grant_count;
};
bool credential_by_session(struct call *c, const char *digest, struct credential *out, bool *found);
bool credential_by_token(struct call *c, const char *digest, struct credential *out, bool *found);

/* The account alone: no session, no token. */
bool credential_by_account(struct call *c, id account_id, struct credential *out, bool *found);

bool session_insert(struct call *c, const char *digest, const struct session_row *row);
bool session_rows(struct call *c, id account_id, struct session_row **out,
		  size_t *count); /* least lately seen first */
bool session_delete(struct call *c, id session_id, id account_id, bool *deleted);
bool sessions_delete(struct call *c, id account_id, id except_session);
bool sessions_delete_ended(struct call *c, instant seen_before);
bool session_touch(struct call *c, const char *digest, instant now);
bool session_set_sudo(struct call *c, id session_id, instant at);
bool session_set_totp(struct call *c, id session_id, instant at);

struct token_row {
	id id;
	id account_id;
	const char *name;
	uint32_t rights;
	id unit_id;
	const char *unit_path;
	instant created_at, ends_at, used_at;
};
bool token_insert(struct call *c, const char *digest, const struct token_row *row);
bool token_rows(struct call *c, id account_id, struct token_row **out, size_t *count);
bool token_delete(struct call *c, id token_id, id account_id, bool *deleted);
bool tokens_delete(struct call *c, id account_id);
bool tokens_delete_ended(struct call *c);
bool token_touch(struct call *c, const char *digest, instant now);

#endif
