#include "account/account_manage.h"

#include <string.h>

#include "account/account_key.h"
#include "account/session.h"
#include "account/session_store.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "unit/unit.h"

unsigned account_roles(const struct grant_row *grants, size_t count)
{
	unsigned roles = 0;
	for (size_t i = 0; i < count; i++)
		roles |= 1u << grants[i].grant.role;
	return roles;
}

/* The account with its grants, when the caller may know of it. */
static bool read_account(struct call *c, id account_id, struct account_full *out)
{
	bool found;
	*out = (struct account_full){ 0 };
	if (!account_row_by_id(c, account_id, &out->row, &found))
		return false;
	if (!found || !account_may(c, RIGHT_ACCOUNT_READ, out->row.unit_path)) {
		c->right_checked = true;
		return error_set(c->err, ERR_not_found, NULL, NULL);
	}
	return grant_rows(c, account_id, &out->grants, &out->grant_count);
}

/* For a change: the right over the account's unit and over all its grants. */
static bool manage(struct call *c, id account_id, enum right right, struct account_full *out)
{
	if (!read_account(c, account_id, out) || !account_require(c, right, out->row.unit_path))
		return false;
	for (size_t i = 0; i < out->grant_count; i++)
		if (!account_require(c, right, out->grants[i].grant.unit_path))
			return false;
	return true;
}

static bool is_own(const struct call *c, const struct account_full *account)
{
	return c->actor != NULL && c->actor->account_id == account->row.id;
}

static bool not_own(struct call *c, const struct account_full *account)
{
	return !is_own(c, account) || error_set(c->err, ERR_own_account, NULL, NULL);
}

static bool not_last_administrator(struct call *c, const struct account_full *account)
{
	int64_t others;
	if ((account_roles(account->grants, account->grant_count) & 1u << ROLE_ADMINISTRATOR) == 0)
		return true;
	if (!administrators_count(c, account->row.id, &others))
		return false;
	return others > 0 || error_set(c->err, ERR_last_administrator, NULL, NULL);
}

static bool locks_of(struct call *c, struct account_full *accounts, size_t count)
{
	const char **digests = ARENA_ARRAY(c->mem, const char *, count);
	instant *until = ARENA_ARRAY(c->mem, instant, count);
	for (size_t i = 0; i < count; i++) {
		char *digest = arena_alloc(c->mem, SHA256_HEX_MAX);
		guard_digest(accounts[i].row.username, digest);
		digests[i] = digest;
	}
	if (!guards_locked(c, digests, count, until))
		return false;
	for (size_t i = 0; i < count; i++)
		accounts[i].locked_until = until[i];
	return true;
}

bool account_read(struct call *c, id account_id, struct account_full *out)
{
	const char *names[2];
	if (!read_account(c, account_id, out) || !account_require(c, RIGHT_ACCOUNT_READ, out->row.unit_path))
		return false;
	const id ids[2] = { out->row.created_by, out->row.decided_by };
	if (!account_names(c, ids, 2, names) || !locks_of(c, out, 1))
		return false;
	out->created_by = names[0];
	out->decided_by = names[1];
	return true;
}

/* The unit path above all that the caller may read. */
static const char *common_path(struct arena *mem, const struct scope *scopes, size_t count)
{
	char *common = arena_strdup(mem, scopes[0].path);
	for (size_t i = 1; i < count; i++) {
		size_t same = 0;
		size_t end = 0;
		while (common[same] != '\0' && common[same] == scopes[i].path[same])
			if (common[same++] == '/')
				end = same;
		common[end] = '\0';
	}
	return common;
}

/* Where to look: the caller's reach, and the unit asked for. */
static bool list_filter(struct call *c, const struct account_query *query, struct account_filter *filter,
			bool *none)
{
	const struct scope *scopes;
	size_t count;
	struct unit unit;
	if (!account_scope(c, RIGHT_ACCOUNT_READ, &scopes, &count))
		return false;
	*none = count == 0;
	if (*none)
		return true;
	filter->path = common_path(c->mem, scopes, count);
	filter->exact = count == 1 && !scopes[0].subtree;
	if (query->unit_id == 0)
		return true;
	if (!unit_by_id(c, query->unit_id, "unit_id", &unit))
		return false;
	if (unit_under(unit.path, filter->path))
		filter->path = unit.path;
	else if (!unit_under(filter->path, unit.path))
		*none = true;
	return true;
}

static bool list_grants(struct call *c, struct account_full *accounts, size_t count)
{
	struct grant_row *grants;
	size_t grant_count;
	if (count == 0)
		return true;
	if (!grant_rows_between(c, accounts[0].row.username, accounts[count - 1].row.username, &grants,
				&grant_count))
		return false;
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		/* Both by username; accounts out of reach lie between. */
		while (at < grant_count && grants[at].account_id != accounts[i].row.id)
			at++;
		accounts[i].grants = grants + at;
		while (at < grant_count && grants[at].account_id == accounts[i].row.id) {
			accounts[i].grant_count++;
			at++;
		}
	}
	return true;
}

bool account_list(struct call *c, const struct account_query *query, struct account_full **out, size_t *count)
{
	size_t wanted = (size_t)query->limit + 1;
	struct account_filter filter = {
		.fold = query->q != NULL ? text_fold(c->mem, query->q) : NULL,
		.after = query->after,
		.state = query->state,
		.role = query->role,
		.limit = query->limit + 1,
	};
	bool more;
	*out = ARENA_ARRAY(c->mem, struct account_full, wanted);
	*count = 0;
	if (!list_filter(c, query, &filter, &more))
		return false;
	for (more = !more; more && *count < wanted;) {
		struct account_row *rows;
		size_t got;
		if (!account_rows_list(c, &filter, &rows, &got))
			return false;
		for (size_t i = 0; i < got && *count < wanted; i++)
			if (account_may(c, RIGHT_ACCOUNT_READ, rows[i].unit_path))
				(*out)[(*count)++].row = rows[i];
		more = got == wanted;
		if (more)
			filter.after = rows[got - 1].username;
	}
	return list_grants(c, *out, *count) && locks_of(c, *out, *count);
}

/* {"reason":"..."} */
static const char *reason_json(struct call *c, const char *reason)
{
	struct buf buf;
	struct json json;
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "reason", reason);
	json_end(&json);
	return buf.data;
}

static void decide(struct call *c, struct account_row *row, enum account_state state, const char *reason)
{
	row->state = state;
	row->state_reason = reason;
	row->decided_by = c->actor != NULL ? c->actor->account_id : 0;
	row->decided_at = c->now;
	row->version++;
}

static void first_password(struct call *c, struct account_row *row, const char *hash)
{
	row->password_hash = hash;
	row->password_at = c->now;
	row->must_change_password = true;
}

bool account_approve(struct call *c, id account_id, const char *password_hash)
{
	struct account_full account;
	if (!manage(c, account_id, RIGHT_ACCOUNT_MANAGE, &account))
		return false;
	if (account.row.state != ACCOUNT_PROPOSED)
		return error_set(c->err, ERR_account_not_proposed, NULL, NULL);
	decide(c, &account.row, ACCOUNT_ACTIVE, NULL);
	first_password(c, &account.row, password_hash);
	account.row.enabled_at = c->now;
	return account_row_save(c, &account.row) &&
	       account_event(c, "account.approved", &account.row, NULL, NULL);
}

bool account_refuse(struct call *c, id account_id, const char *reason)
{
	struct account_full account;
	if (!manage(c, account_id, RIGHT_ACCOUNT_MANAGE, &account))
		return false;
	if (account.row.state != ACCOUNT_PROPOSED)
		return error_set(c->err, ERR_account_not_proposed, NULL, NULL);
	decide(c, &account.row, ACCOUNT_REFUSED, reason);
	return account_row_save(c, &account.row) &&
	       account_event(c, "account.refused", &account.row, NULL, reason_json(c, reason));
}

bool account_unlock(struct call *c, id account_id)
{
	struct account_full account;
	char digest[SHA256_HEX_MAX];
	if (!manage(c, account_id, RIGHT_ACCOUNT_MANAGE, &account))
		return false;
	guard_digest(account.row.username, digest);
	return guard_forget(c, digest) && account_event(c, "account.unlocked", &account.row, NULL, NULL);
}

bool account_disable(struct call *c, id account_id, const char *reason)
{
	struct account_full account;
	if (!manage(c, account_id, RIGHT_ACCOUNT_MANAGE, &account) || !not_own(c, &account))
		return false;
	if (account.row.state != ACCOUNT_ACTIVE)
		return error_set(c->err, ERR_account_not_active, NULL, NULL);
	if (!not_last_administrator(c, &account))
		return false;
	decide(c, &account.row, ACCOUNT_DISABLED, reason);
	return account_row_save(c, &account.row) && sessions_delete(c, account_id, 0) &&
	       tokens_delete(c, account_id) &&
	       account_event(c, "account.disabled", &account.row, NULL, reason_json(c, reason));
}

bool account_erase(struct call *c, id account_id, const char *reason)
{
	struct account_full account;
	if (!manage(c, account_id, RIGHT_ACCOUNT_MANAGE, &account) || !not_own(c, &account))
		return false;
	if (account.row.state != ACCOUNT_DISABLED && account.row.state != ACCOUNT_REFUSED)
		return error_set(c->err, ERR_account_not_disabled, NULL, NULL);
	struct account_row erased = {
		.id = account_id,
		.username = arena_printf(c->mem, "erased-%lld", (long long)account_id),
		.full_name = "\u2014",
		.fold = "",
		.unit_id = account.row.unit_id,
		.unit_path = account.row.unit_path,
		.state = account.row.state,
		.enabled_at = account.row.enabled_at,
		.version = account.row.version,
	};
	decide(c, &erased, account.row.state, NULL);
	return account_row_save(c, &erased) && account_row_rename(c, account_id, erased.username) &&
	       recovery_replace(c, account_id, NULL, 0) && passwords_forget(c, account_id) &&
	       account_event(c, "account.erased", &erased, NULL, reason_json(c, reason));
}

bool account_enable(struct call *c, id account_id)
{
	struct account_full account;
	if (!manage(c, account_id, RIGHT_ACCOUNT_MANAGE, &account))
		return false;
	if (account.row.state != ACCOUNT_DISABLED)
		return error_set(c->err, ERR_account_not_disabled, NULL, NULL);
	decide(c, &account.row, ACCOUNT_ACTIVE, NULL);
	account.row.enabled_at = c->now;
	return account_row_save(c, &account.row) &&
	       account_event(c, "account.enabled", &account.row, NULL, NULL);
}

static bool forget_totp(struct call *c, struct account_row *row)
{
	row->totp_sealed = NULL;
	row->totp_pending = NULL;
	row->totp_at = 0;
	row->totp_step = 0;
	return recovery_replace(c, row->id, NULL, 0) &&
	       account_event(c, "account.totp_disabled", row, NULL, NULL);
}

bool account_reset_password(struct call *c, id account_id, const char *password_hash, bool remove_totp)
{
	struct account_full account;
	char digest[SHA256_HEX_MAX];
	if (!manage(c, account_id, RIGHT_ACCOUNT_MANAGE, &account) || !not_own(c, &account))
		return false;
	if (account.row.state != ACCOUNT_ACTIVE)
		return error_set(c->err, ERR_account_not_active, NULL, NULL);
	first_password(c, &account.row, password_hash);
	account.row.version++;
	guard_digest(account.row.username, digest);
	if (remove_totp && account.row.totp_at != 0 && !forget_totp(c, &account.row))
		return false;
	return account_row_save(c, &account.row) && guard_forget(c, digest) &&
	       sessions_delete(c, account_id, 0) && tokens_delete(c, account_id) &&
	       account_event(c, "account.password_reset", &account.row, NULL, NULL);
}

bool account_end_sessions(struct call *c, id account_id)
{
	struct account_full account;
	return manage(c, account_id, RIGHT_ACCOUNT_MANAGE, &account) && sessions_delete(c, account_id, 0) &&
	       account_event(c, "account.sessions_ended", &account.row, NULL, NULL);
}

bool account_reveal(struct call *c, id account_id, const char *reason, const char **citizen_number,
		    const char **mobile)
{
	struct account_full account;
	*citizen_number = NULL;
	*mobile = NULL;
	if (!read_account(c, account_id, &account) ||
	    !account_require(c, RIGHT_ACCOUNT_REVEAL, account.row.unit_path))
		return false;
	if (account.row.citizen_sealed != NULL &&
	    !personal_open(c, account_id, "citizen_number", account.row.citizen_sealed, citizen_number))
		return false;
	if (account.row.mobile_sealed != NULL &&
	    !personal_open(c, account_id, "mobile", account.row.mobile_sealed, mobile))
		return false;
	return account_event(c, "account.revealed", &account.row, NULL, reason_json(c, reason));
}

/* {"role":"approver","unit":"TW/66/"} */
static const char *grant_json(struct call *c, const struct grant *grant)
{
	struct buf buf;
	struct json json;
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "role", role_word(grant->role));
	json_text(&json, "unit", grant->unit_path);
	json_end(&json);
	return buf.data;
}

bool account_grant(struct call *c, id account_id, const struct grant_input *input, struct grant_row *out)
{
	struct account_full account;
	struct unit unit;
	bool taken;
	if (!manage(c, account_id, RIGHT_ACCOUNT_MANAGE, &account) || !not_own(c, &account) ||
	    !unit_by_id(c, input->unit_id, "unit_id", &unit) ||
	    !account_require(c, RIGHT_ACCOUNT_MANAGE, unit.path))
		return false;
	if (account.grant_count >= GRANTS_MAX)
		return error_set(c->err, ERR_too_many_items, "grants", "50", NULL);
	*out = (struct grant_row){
		.grant = { .id = id_next(c->now), .role = input->role, .unit_id = unit.id,
			   .unit_path = unit.path },
		.account_id = account_id,
		.granted_by = c->actor != NULL ? c->actor->account_id : 0,
		.granted_at = c->now,
	};
	if (!grant_insert(c, out, &taken))
		return taken ? error_set(c->err, ERR_grant_taken, "role", NULL) : false;
	account.row.version++;
	return account_row_save(c, &account.row) &&
	       account_event(c, "account.granted", &account.row, NULL, grant_json(c, &out->grant));
}

bool account_revoke(struct call *c, id account_id, id grant_id)
{
	struct account_full account;
	const struct grant *grant = NULL;
	if (!read_account(c, account_id, &account))
		return false;
	for (size_t i = 0; i < account.grant_count; i++)
		if (account.grants[i].grant.id == grant_id)
			grant = &account.grants[i].grant;
	if (grant == NULL) {
		c->right_checked = true;
		return error_set(c->err, ERR_not_found, NULL, NULL);
	}
	if (!account_require(c, RIGHT_ACCOUNT_MANAGE, grant->unit_path))
		return false;
	if (grant->role == ROLE_ADMINISTRATOR && !not_last_administrator(c, &account))
		return false;
	account.row.version++;
	return grant_delete(c, grant_id) && account_row_save(c, &account.row) &&
	       account_event(c, "account.revoked", &account.row, grant_json(c, grant), NULL);
}
