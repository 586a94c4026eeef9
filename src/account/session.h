#ifndef ACCOUNT_SESSION_H
#define ACCOUNT_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "account/account.h"
#include "account/account_policy.h"
#include "account/account_store.h"
#include "account/session_store.h"
#include "base/crypto.h"

/*
 * Signing in, and what a person does with their own session, password,
 * authenticator and tokens. Functions in pairs: `check` hashes and verifies on
 * the slow queue with a snapshot, `act` does it in the writer's transaction.
 *
 * A wrong secret is counted and therefore committed: the act then returns true
 * with the error filled (see http.h).
 */

/* What each request carries about who asks: made at its start, in call.mem. */
struct session_info {
	const char *secret;          /* the cookie or token itself */
	char digest[65];
	enum session_state state;
	int64_t idle_ms, sudo_ms;
	bool totp_required;          /* by policy */
	unsigned roles;              /* bits 1 << role */
	struct credential credential;
	struct actor actor;
};

/* *out NULL when the session or token is unknown, over, or its account not active. */
bool session_load(struct call *c, const char *secret, bool token, struct session_info **out);

/* One's own account: checks RIGHT_SELF. */
bool session_account(struct call *c, const struct session_info *session, struct account_row *out);

/* What a session in this state must do first. */
enum error_code session_pending_code(enum session_state state);

/*
 * For acts open to a session that is not: false, with that error, unless it is
 * open, about to enrol, or waits for just this. Half a sign-in, without the
 * second factor, changes neither password nor authenticator.
 */
bool session_past(struct call *c, const struct session_info *session, enum session_state pending);

/* Whether the password was confirmed lately enough. */
bool session_sudo_fresh(const struct session_info *session, instant now);

struct sign_in {
	const char *username, *password; /* as typed */
	const char *agent;               /* of the browser; NULL: not told */
	id old_session;                  /* ended by this sign-in; 0 for none */
	id old_account;
	/* from check to act */
	char name_digest[65];
	id account_id;
	bool right;
	const char *verified_hash;
	int64_t wait_s;                  /* with sign_in_wait and account_locked */
	/* out */
	char secret[TOKEN_TEXT_MAX];
};
bool sign_in_check(struct call *c, struct sign_in *in);
bool sign_in_act(struct call *c, struct sign_in *in);

/* Ends the session itself. */
bool session_sign_out(struct call *c, const struct session_info *session);

/* The password once more, before what matters most. */
struct confirm {
	const char *password;
	char name_digest[65];
	bool right;
	const char *verified_hash;
	int64_t wait_s;
};
bool confirm_check(struct call *c, const struct session_info *session, struct confirm *confirm);

/*
 * In a write: whether the password was right; otherwise counts the try and
 * fills the error. False: the store failed.
 */
bool confirm_act(struct call *c, const struct session_info *session, struct confirm *confirm, bool *right);

bool session_sudo_act(struct call *c, const struct session_info *session, struct confirm *confirm);

struct password_change {
	struct confirm confirm;
	const char *wanted;
	const char *hash;
};
bool password_change_check(struct call *c, const struct session_info *session,
			   struct password_change *change);
bool password_change_act(struct call *c, const struct session_info *session, struct password_change *change);

/*
 * The password rules against this account; false with the error on `field`.
 * Slow: hashes against earlier ones.
 */
bool password_allowed(struct call *c, const struct account_row *row, const char *password, const char *field);

/* The digest under which wrong tries for this name are counted. */
void guard_digest(const char *username, char out[65]);

/* Counts a wrong try: writes event and guard, and fills the error (account_locked when this one locks). */
bool guard_count(struct call *c, const char *name_digest, const struct account_row *row, enum error_code code,
		 const char *field);

/* False with sign_in_wait or account_locked when no try is let through now; also when the store fails. */
bool guard_let_through(struct call *c, const char *name_digest, int64_t *wait_s);

/* One's own sessions. */
bool session_list(struct call *c, const struct session_info *session, struct session_row **out,
		  size_t *count);
bool session_end(struct call *c, const struct session_info *session, id session_id);
bool session_end_others(struct call *c, const struct session_info *session);

/* Language, e-mail, position. NULL leaves as is. */
struct profile {
	const char *language, *email, *position;
};
bool profile_change(struct call *c, const struct session_info *session, const struct profile *profile);

/* Authenticator. */
bool totp_give(struct call *c, const struct session_info *session, const char *code,
	       const char *recovery_code, int64_t *wait_s);
bool totp_start(struct call *c, const struct session_info *session, const char **secret, const char **uri,
		const char **svg);
bool totp_confirm(struct call *c, const struct session_info *session, const char *code,
		  const char *codes[RECOVERY_CODES], int64_t *wait_s);
bool totp_remove(struct call *c, const struct session_info *session, struct confirm *confirm);

/* The value X-CSRF-Token must carry for this session. */
const char *session_csrf(struct arena *mem, const struct session_info *session);

/* What account_serve was told. */
bool account_is_demo(void);

/* The clock of authenticators: account_serve's, or the call's time. */
instant authenticator_now(const struct call *c);

/* Personal tokens. */
enum { TOKENS_PER_ACCOUNT = 20 };
struct token_request {
	const char *name;
	uint32_t rights;
	id unit_id;
	struct civil_date expires_on; /* its last day */
	/* out */
	char secret[TOKEN_TEXT_MAX];
	struct token_row row;
};
bool token_make(struct call *c, const struct session_info *session, struct token_request *request);
bool token_list(struct call *c, const struct session_info *session, struct token_row **out, size_t *count);
bool token_revoke(struct call *c, const struct session_info *session, id token_id);

/* Event of the account room: subject the account, JSON object or NULL. */
bool account_event(struct call *c, const char *kind, const struct account_row *row, const char *before,
		   const char *after);

#endif
