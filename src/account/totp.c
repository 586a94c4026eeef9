#include "account/totp_rules.h"

#include <string.h>

#include "account/account_key.h"
#include "account/account_store.h"
#include "account/session.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

/* What the store keeps of a code; bound to its account. */
static void recovery_digest(struct arena *mem, id account_id, const char *code, char out[SHA256_HEX_MAX])
{
	const char *bound = arena_printf(mem, "%lld:%s", (long long)account_id,
					 recovery_code_plain(mem, code));
	sha256_hex(bound, strlen(bound), out);
}

bool account_recovery_codes(struct call *c, id account_id, const char *codes[RECOVERY_CODES])
{
	const char *digests[RECOVERY_CODES];
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		char digest[SHA256_HEX_MAX];
		codes[i] = recovery_code_new(c->mem);
		recovery_digest(c->mem, account_id, codes[i], digest);
		digests[i] = arena_strdup(c->mem, digest);
	}
	return recovery_replace(c, account_id, digests, RECOVERY_CODES);
}

/* The authenticator's code: right, fresh, and behind the last one taken. */
static bool code_matches(struct call *c, struct account_row *row, const char *sealed, const char *code,
			 bool *right)
{
	const char *secret;
	int64_t step;
	*right = false;
	if (!personal_open(c, row->id, "totp", sealed, &secret))
		return false;
	*right = totp_match(secret, code, authenticator_now(c), row->totp_step, &step);
	if (*right)
		row->totp_step = step;
	return true;
}

static bool recovery_matches(struct call *c, struct account_row *row, const char *code, bool *right)
{
	char digest[SHA256_HEX_MAX];
	recovery_digest(c->mem, row->id, code, digest);
	if (!recovery_use(c, row->id, digest, right))
		return false;
	return !*right || account_event(c, "account.recovery_used", row, NULL, NULL);
}

bool totp_give(struct call *c, const struct session_info *session, const char *code,
	       const char *recovery_code, int64_t *wait_s)
{
	struct account_row row;
	char name_digest[SHA256_HEX_MAX];
	bool right;
	if (!session_account(c, session, &row))
		return false;
	if (row.totp_at == 0)
		return error_set(c->err, ERR_totp_not_enabled, NULL, NULL);
	guard_digest(row.username, name_digest);
	if (!guard_let_through(c, name_digest, wait_s))
		return false;
	if (code != NULL ? !code_matches(c, &row, row.totp_sealed, code, &right) :
			   !recovery_matches(c, &row, recovery_code, &right))
		return false;
	if (!right)
		return guard_count(c, name_digest, &row, code != NULL ? ERR_totp_code_wrong :
				   ERR_recovery_code_wrong, code != NULL ? "code" : "recovery_code");
	return account_row_save(c, &row) && guard_forget(c, name_digest) &&
	       session_set_totp(c, session->credential.session.id, c->now);
}

/* Taking the place of a working authenticator asks for the password first. */
static bool may_replace(struct call *c, const struct session_info *session, const struct account_row *row)
{
	if (row->totp_at == 0 || session_sudo_fresh(session, c->now))
		return true;
	return error_set(c->err, ERR_sudo_required, NULL, NULL);
}

bool totp_start(struct call *c, const struct session_info *session, const char **secret, const char **uri,
		const char **svg)
{
	struct account_row row;
	if (!session_past(c, session, SESSION_ENROLL) || !session_account(c, session, &row) ||
	    !may_replace(c, session, &row))
		return false;
	*secret = totp_secret_new(c->mem);
	*uri = totp_uri(c->mem, row.username, *secret);
	*svg = totp_qr_svg(c->mem, *uri);
	if (*svg == NULL)
		return error_internal(c->err, "no QR code of an authenticator address");
	return personal_seal(c, row.id, "totp", *secret, &row.totp_pending) && account_row_save(c, &row);
}

bool totp_confirm(struct call *c, const struct session_info *session, const char *code,
		  const char *codes[RECOVERY_CODES], int64_t *wait_s)
{
	struct account_row row;
	char name_digest[SHA256_HEX_MAX];
	bool right;
	if (!session_past(c, session, SESSION_ENROLL) || !session_account(c, session, &row) ||
	    !may_replace(c, session, &row))
		return false;
	if (row.totp_pending == NULL)
		return error_set(c->err, ERR_totp_not_started, NULL, NULL);
	guard_digest(row.username, name_digest);
	if (!guard_let_through(c, name_digest, wait_s))
		return false;
	row.totp_step = 0;
	if (!code_matches(c, &row, row.totp_pending, code, &right))
		return false;
	if (!right)
		return guard_count(c, name_digest, &row, ERR_totp_code_wrong, "code");
	row.totp_sealed = row.totp_pending;
	row.totp_pending = NULL;
	row.totp_at = c->now;
	row.version++;
	return account_row_save(c, &row) && session_set_totp(c, session->credential.session.id, c->now) &&
	       account_recovery_codes(c, row.id, codes) &&
	       account_event(c, "account.totp_enabled", &row, NULL, NULL);
}

bool totp_remove(struct call *c, const struct session_info *session, struct confirm *confirm)
{
	struct account_row row;
	bool right;
	if (!session_account(c, session, &row))
		return false;
	if (row.totp_at == 0)
		return error_set(c->err, ERR_totp_not_enabled, NULL, NULL);
	if (session->totp_required)
		return error_set(c->err, ERR_totp_policy, NULL, NULL);
	if (!confirm_act(c, session, confirm, &right))
		return false;
	if (!right)
		return true;
	row.totp_sealed = NULL;
	row.totp_pending = NULL;
	row.totp_at = 0;
	row.totp_step = 0;
	row.version++;
	return account_row_save(c, &row) && recovery_replace(c, row.id, NULL, 0) &&
	       account_event(c, "account.totp_disabled", &row, NULL, NULL);
}
