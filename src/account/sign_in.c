#include "account/session.h"

#include <stdio.h>
#include <string.h>

#include "account/account_store.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

/*
 * Verified in place of an account that is not there, so that it takes as long
 * as one that is. Of a random password that nobody has kept.
 */
static const char nobodys_hash[] = "$argon2id$v=19$m=65536,t=2,p=1$efHfoZYzod+lamOhPXxVQA"
				   "$t2doXhOwtP9ND3PWCLeZDYsu6t3We8BaXp4S9D0Bzmg";

/* User names are typed in any case and with spaces around. */
static char *username_typed(struct arena *mem, const char *username)
{
	char *typed = text_trim(mem, username);
	for (char *p = typed; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return typed;
}

void guard_digest(const char *username, char out[65])
{
	sha256_hex(username, strlen(username), out);
}

/* "20:00 16/5/2026" */
static char *moment(struct arena *mem, instant at)
{
	struct civil_time time = civil_time_of(at);
	return arena_printf(mem, "%02d:%02d %d/%d/%d", time.hour, time.minute, time.date.day, time.date.month,
			    time.date.year);
}

static bool refuse(struct call *c, enum guard_answer answer, instant until, int64_t *wait_s)
{
	*wait_s = (until - c->now + 999) / 1000;
	if (answer == GUARD_LOCKED)
		return error_set(c->err, ERR_account_locked, NULL, moment(c->mem, until), NULL);
	return error_set(c->err, ERR_sign_in_wait, NULL, arena_printf(c->mem, "%lld", (long long)*wait_s),
			 NULL);
}

bool guard_let_through(struct call *c, const char *name_digest, int64_t *wait_s)
{
	struct guard guard;
	instant until;
	if (!guard_read(c, name_digest, &guard))
		return false;
	enum guard_answer answer = guard_ask(&guard, c->now, &until);
	return answer == GUARD_OPEN || refuse(c, answer, until, wait_s);
}

bool guard_count(struct call *c, const char *name_digest, const struct account_row *row, enum error_code code,
		 const char *field)
{
	struct policy policy;
	struct guard guard;
	if (!policy_read(c, &policy) || !guard_read(c, name_digest, &guard))
		return false;
	struct guard_rule rule = policy_guard_rule(&policy);
	bool locks = guard_fail(&guard, &rule, c->now);
	if (!guard_save(c, name_digest, &guard) ||
	    !account_event(c, "account.sign_in_failed", row, NULL, NULL))
		return false;
	if (locks && row != NULL && !account_event(c, "account.locked", row, NULL, NULL))
		return false;
	if (locks)
		error_set(c->err, ERR_account_locked, NULL, moment(c->mem, guard.locked_until), NULL);
	else
		error_set(c->err, code, field, NULL);
	return true;
}

bool sign_in_check(struct call *c, struct sign_in *in)
{
	struct account_row row;
	bool found;
	in->username = username_typed(c->mem, in->username);
	guard_digest(in->username, in->name_digest);
	if (!guard_let_through(c, in->name_digest, &in->wait_s))
		return false;
	if (!account_row_by_username(c, in->username, &row, &found))
		return false;
	in->verified_hash = found ? row.password_hash : NULL;
	bool right = password_verify(in->verified_hash != NULL ? in->verified_hash : nobodys_hash,
				     in->password);
	in->right = right && in->verified_hash != NULL;
	in->account_id = found ? row.id : 0;
	return true;
}

/* Makes room for one more session: ended ones go, then those least lately used. */
static bool make_room(struct call *c, id account_id, const struct policy *policy)
{
	struct session_row *rows;
	size_t count;
	if (!session_rows(c, account_id, &rows, &count))
		return false;
	size_t standing = count;
	for (size_t i = 0; i < count; i++) {
		bool over = session_ended(c->now, rows[i].seen_at, policy->session_idle_minutes * MINUTE_MS,
					  rows[i].ends_at);
		bool deleted;
		if (!over && standing < (size_t)policy->session_count)
			continue;
		if (!session_delete(c, rows[i].id, account_id, &deleted))
			return false;
		standing--;
	}
	return true;
}

static bool open_session(struct call *c, struct sign_in *in, const struct account_row *row)
{
	struct policy policy;
	char digest[SHA256_HEX_MAX];
	if (!policy_read(c, &policy) || !make_room(c, row->id, &policy))
		return false;
	token_digest(token_new(in->secret), digest);
	struct session_row session = {
		.id = id_next(c->now),
		.account_id = row->id,
		.created_at = c->now,
		.seen_at = c->now,
		.ends_at = c->now + policy.session_hours * HOUR_MS,
		.sudo_at = c->now,
		.address = c->address,
		.agent = in->agent,
	};
	return session_insert(c, digest, &session) && account_row_seen(c, row->id, c->now);
}

/* The event of a sign-in names who signed in. */
static bool signed_in_event(struct call *c, const struct account_row *row)
{
	const struct actor *before = c->actor;
	struct actor actor = { .account_id = row->id, .unit_id = row->unit_id, .name = row->full_name };
	c->actor = &actor;
	bool ok = account_event(c, "account.signed_in", row, NULL, NULL);
	c->actor = before;
	return ok;
}

static bool read_again(struct call *c, const struct sign_in *in, struct account_row *row, bool *found)
{
	*found = false;
	return in->account_id == 0 || account_row_by_id(c, in->account_id, row, found);
}

bool sign_in_act(struct call *c, struct sign_in *in)
{
	struct account_row row;
	bool found, deleted;
	if (!guard_let_through(c, in->name_digest, &in->wait_s) || !read_again(c, in, &row, &found))
		return false;
	/* The password may have been changed since it was verified. */
	if (!found || !in->right || !text_equal(row.password_hash, in->verified_hash))
		return guard_count(c, in->name_digest, found ? &row : NULL, ERR_bad_credentials, NULL);
	if (row.state != ACCOUNT_ACTIVE) {
		error_set(c->err, ERR_account_disabled, NULL, NULL);
		return account_event(c, "account.sign_in_failed", &row, NULL, NULL);
	}
	if (in->old_session != 0 && !session_delete(c, in->old_session, in->old_account, &deleted))
		return false;
	/*
	 * With an authenticator the count goes on until its code was given,
	 * else it could be tried without end.
	 */
	if (row.totp_at == 0 && !guard_forget(c, in->name_digest))
		return false;
	return open_session(c, in, &row) && signed_in_event(c, &row);
}

bool confirm_check(struct call *c, const struct session_info *session, struct confirm *confirm)
{
	struct account_row row;
	bool found;
	if (!account_require(c, RIGHT_SELF, NULL) ||
	    !account_row_by_id(c, session->actor.account_id, &row, &found))
		return false;
	if (!found || row.password_hash == NULL)
		return error_set(c->err, ERR_not_signed_in, NULL, NULL);
	guard_digest(row.username, confirm->name_digest);
	if (!guard_let_through(c, confirm->name_digest, &confirm->wait_s))
		return false;
	confirm->verified_hash = row.password_hash;
	confirm->right = password_verify(row.password_hash, confirm->password);
	return true;
}

bool confirm_act(struct call *c, const struct session_info *session, struct confirm *confirm, bool *right)
{
	struct account_row row;
	bool found;
	*right = false;
	if (!account_require(c, RIGHT_SELF, NULL) ||
	    !guard_let_through(c, confirm->name_digest, &confirm->wait_s) ||
	    !account_row_by_id(c, session->actor.account_id, &row, &found))
		return false;
	if (!found)
		return error_set(c->err, ERR_not_signed_in, NULL, NULL);
	*right = confirm->right && text_equal(row.password_hash, confirm->verified_hash);
	if (*right)
		return guard_forget(c, confirm->name_digest);
	return guard_count(c, confirm->name_digest, &row, ERR_password_wrong, "password");
}

bool session_sudo_act(struct call *c, const struct session_info *session, struct confirm *confirm)
{
	bool right;
	if (!confirm_act(c, session, confirm, &right))
		return false;
	return !right || session_set_sudo(c, session->credential.session.id, c->now);
}
