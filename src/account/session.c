#include "account/session.h"

#include <string.h>

#include "account/account_store.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

static unsigned roles_of(const struct grant *grants, size_t count)
{
	unsigned roles = 0;
	for (size_t i = 0; i < count; i++)
		roles |= 1u << grants[i].role;
	return roles;
}

static bool is_administrator(unsigned roles)
{
	return (roles & 1u << ROLE_ADMINISTRATOR) != 0;
}

/* What policy and grants make of the credential. */
static void settle(const struct call *c, const struct policy *policy, struct session_info *session)
{
	const struct credential *credential = &session->credential;
	bool administrator;
	session->roles = roles_of(credential->grants, credential->grant_count);
	administrator = is_administrator(session->roles);
	session->idle_ms = MINUTE_MS * (administrator ? policy->session_idle_administrator_minutes :
							policy->session_idle_minutes);
	session->sudo_ms = MINUTE_MS * policy->sudo_minutes;
	session->totp_required = policy_requires_totp(policy, session->roles, c->address);
	session->actor = (struct actor){
		.account_id = credential->session.account_id,
		.unit_id = credential->unit_id,
		.name = credential->full_name,
		.grants = credential->grants,
		.grant_count = credential->grant_count,
		.token = credential->token,
		.limit = credential->token ? &credential->limit : NULL,
	};
	struct session_facts facts = {
		.totp_enabled = credential->account_totp_at != 0,
		.totp_given = credential->session.totp_at != 0,
		.totp_required = session->totp_required,
		.must_change_password = credential->must_change_password,
		.password_at = credential->password_at,
		.password_days = administrator ? policy->administrator_password_days : 0,
		.now = c->now,
	};
	session->state = credential->token ? SESSION_OPEN : session_state_of(&facts);
}

static bool is_over(const struct call *c, const struct session_info *session)
{
	const struct session_row *row = &session->credential.session;
	if (session->credential.account_state != ACCOUNT_ACTIVE)
		return true;
	if (session->credential.token)
		return c->now >= row->ends_at;
	return session_ended(c->now, row->seen_at, session->idle_ms, row->ends_at);
}

static bool load(struct call *c, struct session_info *session, bool token, bool *found)
{
	struct policy policy;
	if (token ? !credential_by_token(c, session->digest, &session->credential, found) :
		    !credential_by_session(c, session->digest, &session->credential, found))
		return false;
	if (!*found)
		return true;
	if (!policy_read(c, &policy))
		return false;
	settle(c, &policy, session);
	*found = !is_over(c, session);
	return true;
}

bool session_load(struct call *c, const char *secret, bool token, struct session_info **out)
{
	struct session_info *session = ARENA_NEW(c->mem, struct session_info);
	bool found;
	*out = NULL;
	session->secret = secret;
	token_digest(secret, session->digest);
	if (!load(c, session, token, &found))
		return false;
	if (found)
		*out = session;
	return true;
}

bool account_session_stands(struct call *c, const char *digest)
{
	struct session_info *session = ARENA_NEW(c->mem, struct session_info);
	bool found;
	if (strlen(digest) >= sizeof(session->digest))
		return false;
	memcpy(session->digest, digest, strlen(digest));
	if (!load(c, session, false, &found) || !found || session->state != SESSION_OPEN)
		return false;
	c->actor = &session->actor;
	return true;
}

bool account_as(struct call *c, id account_id, uint32_t rights, enum language *lang, bool *may)
{
	struct credential *credential = ARENA_NEW(c->mem, struct credential);
	struct actor *actor = ARENA_NEW(c->mem, struct actor);
	if (!credential_by_account(c, account_id, credential, may))
		return false;
	*may = *may && credential->account_state == ACCOUNT_ACTIVE;
	if (!*may)
		return true;
	credential->limit = (struct actor_limit){ .rights = rights, .unit_path = "" };
	*actor = (struct actor){
		.account_id = account_id,
		.unit_id = credential->unit_id,
		.name = credential->full_name,
		.grants = credential->grants,
		.grant_count = credential->grant_count,
		.token = true,
		.limit = &credential->limit,
	};
	*lang = text_equal(credential->language, "en") ? LANG_EN : LANG_VI;
	c->actor = actor;
	return true;
}

bool session_sudo_fresh(const struct session_info *session, instant now)
{
	instant at = session->credential.session.sudo_at;
	return now >= at && now - at < session->sudo_ms;
}

bool account_event(struct call *c, const char *kind, const struct account_row *row, const char *before,
		   const char *after)
{
	struct event event = {
		.kind = kind,
		.unit_id = row != NULL ? row->unit_id : 0,
		.unit_path = row != NULL ? row->unit_path : "",
		.subject_kind = "account",
		.subject_id = row != NULL ? row->id : 0,
		.before = before,
		.after = after,
	};
	return event_write(c, &event, NULL);
}

bool session_account(struct call *c, const struct session_info *session, struct account_row *out)
{
	bool found;
	if (!account_require(c, RIGHT_SELF, NULL))
		return false;
	if (!account_row_by_id(c, session->actor.account_id, out, &found))
		return false;
	return found || error_set(c->err, ERR_not_signed_in, NULL, NULL);
}

enum error_code session_pending_code(enum session_state state)
{
	switch (state) {
	case SESSION_PASSWORD:
		return ERR_password_required;
	case SESSION_TOTP:
		return ERR_totp_required;
	default:
		return ERR_totp_enroll_required;
	}
}

bool session_past(struct call *c, const struct session_info *session, enum session_state pending)
{
	if (session->state == SESSION_OPEN || session->state == pending || session->state == SESSION_ENROLL)
		return true;
	c->right_checked = true;
	return error_set(c->err, session_pending_code(session->state), NULL, NULL);
}

bool session_sign_out(struct call *c, const struct session_info *session)
{
	struct account_row row;
	bool deleted;
	return session_account(c, session, &row) &&
	       session_delete(c, session->credential.session.id, row.id, &deleted) &&
	       account_event(c, "account.signed_out", &row, NULL, NULL);
}

bool session_list(struct call *c, const struct session_info *session, struct session_row **out, size_t *count)
{
	if (!account_require(c, RIGHT_SELF, NULL) || !session_rows(c, session->actor.account_id, out, count))
		return false;
	size_t kept = 0;
	for (size_t i = 0; i < *count; i++) {
		const struct session_row *row = &(*out)[i];
		if (!session_ended(c->now, row->seen_at, session->idle_ms, row->ends_at))
			(*out)[kept++] = *row;
	}
	*count = kept;
	return true;
}

bool session_end(struct call *c, const struct session_info *session, id session_id)
{
	struct account_row row;
	bool deleted;
	if (!session_account(c, session, &row) || !session_delete(c, session_id, row.id, &deleted))
		return false;
	if (!deleted)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return account_event(c, "account.sessions_ended", &row, NULL, NULL);
}

bool session_end_others(struct call *c, const struct session_info *session)
{
	struct account_row row;
	return session_account(c, session, &row) &&
	       sessions_delete(c, row.id, session->credential.session.id) &&
	       account_event(c, "account.sessions_ended", &row, NULL, NULL);
}

/* An empty text takes the value away. */
static const char *or_none(struct arena *mem, const char *text)
{
	const char *trimmed = text_trim(mem, text);
	return *trimmed != '\0' ? trimmed : NULL;
}

bool profile_change(struct call *c, const struct session_info *session, const struct profile *profile)
{
	struct account_row row;
	if (!session_account(c, session, &row))
		return false;
	if (profile->email != NULL && *profile->email != '\0' && !email_valid(profile->email))
		return error_set(c->err, ERR_email_invalid, "email", NULL);
	if (profile->language != NULL)
		row.language = profile->language;
	if (profile->email != NULL)
		row.email = or_none(c->mem, profile->email);
	if (profile->position != NULL)
		row.position = or_none(c->mem, profile->position);
	row.version++;
	return account_row_save(c, &row) && account_event(c, "account.changed", &row, NULL, NULL);
}
