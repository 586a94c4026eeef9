#include "account/account_manage.h"

#include <stdio.h>
#include <string.h>

#include "account/account_policy.h"
#include "account/session.h"
#include "base/arena.h"
#include "base/crypto.h"
#include "base/error.h"
#include "unit/unit.h"

/* The first administrator, and the daily round. */

enum { SETUP_HOURS = 24, GUARD_KEEP_DAYS = 2, UNUSED_GROUP = 100 };

static bool has_administrator(struct call *c, bool *out)
{
	int64_t count;
	if (!administrators_count(c, 0, &count))
		return false;
	*out = count > 0;
	return true;
}

bool account_setup_token(struct call *c, char *out, size_t size)
{
	char token[TOKEN_TEXT_MAX];
	char digest[SHA256_HEX_MAX];
	bool closed;
	*out = '\0';
	if (!has_administrator(c, &closed))
		return false;
	if (closed)
		return true;
	snprintf(out, size, "%s", token_new(token));
	return setup_token_save(c, token_digest(token, digest), c->now + SETUP_HOURS * HOUR_MS);
}

static bool setup_open(struct call *c, const char *token)
{
	char digest[SHA256_HEX_MAX];
	bool closed, good;
	if (!has_administrator(c, &closed))
		return false;
	if (closed)
		return error_set(c->err, ERR_setup_closed, NULL, NULL);
	if (!setup_token_good(c, token_digest(token, digest), &good))
		return false;
	return good || error_set(c->err, ERR_setup_token_wrong, "token", NULL);
}

bool setup_check(struct call *c, struct first_administrator *first)
{
	struct account_row row = { .username = first->username, .full_name = first->full_name };
	if (!setup_open(c, first->token))
		return false;
	if (!username_valid(first->username))
		return error_set(c->err, ERR_username_invalid, "username", NULL);
	if (!password_allowed(c, &row, first->password, "password"))
		return false;
	first->password_hash = password_hash(c->mem, first->password);
	return true;
}

/* With the token in hand nobody is signed in: the instance itself makes its first account. */
static bool seed_first(struct call *c, const struct first_administrator *first, id unit_id, id *out)
{
	static const enum role roles[] = { ROLE_ADMINISTRATOR };
	const struct account_seed seed = {
		.username = first->username,
		.full_name = first->full_name,
		.password_hash = first->password_hash,
		.unit_id = unit_id,
		.roles = roles,
		.role_count = 1,
	};
	const char *address = c->address;
	const struct actor *actor = c->actor;
	c->address = NULL;
	c->actor = NULL;
	bool ok = account_seed(c, &seed, out);
	c->address = address;
	c->actor = actor;
	return ok;
}

bool setup_act(struct call *c, struct first_administrator *first, id *out)
{
	struct policy policy;
	struct unit unit;
	return setup_open(c, first->token) && policy_read(c, &policy) &&
	       unit_by_code(c, policy.instance_unit, NULL, &unit) && seed_first(c, first, unit.id, out) &&
	       setup_tokens_forget(c);
}

static instant last_use(const struct account_row *row)
{
	instant last = row->created_at;
	if (row->enabled_at > last)
		last = row->enabled_at;
	return row->seen_at > last ? row->seen_at : last;
}

static bool keeps_last_administrator(struct call *c, const struct account_row *row, bool *keep)
{
	struct grant_row *grants;
	size_t count;
	int64_t others;
	*keep = false;
	if (!grant_rows(c, row->id, &grants, &count))
		return false;
	if ((account_roles(grants, count) & 1u << ROLE_ADMINISTRATOR) == 0)
		return true;
	if (!administrators_count(c, row->id, &others))
		return false;
	*keep = others == 0;
	return true;
}

static bool disable_unused(struct call *c, struct account_row *row)
{
	bool keep;
	if (!keeps_last_administrator(c, row, &keep) || keep)
		return keep;
	row->state = ACCOUNT_DISABLED;
	row->state_reason = "unused";
	row->decided_by = 0;
	row->decided_at = c->now;
	row->version++;
	return account_row_save(c, row) && sessions_delete(c, row->id, 0) && tokens_delete(c, row->id) &&
	       account_event(c, "account.disabled", row, NULL, NULL);
}

static bool visit_unused(struct call *c, const struct policy *policy, struct account_row *row)
{
	switch (unused_ask(c->now, last_use(row), row->warned_at, policy->unused_warn_days,
			   policy->unused_disable_days)) {
	case UNUSED_DISABLE:
		return disable_unused(c, row);
	case UNUSED_WARN:
		row->warned_at = c->now;
		return account_row_save(c, row) && account_event(c, "account.unused", row, NULL, NULL);
	default:
		return true;
	}
}

bool account_daily(struct call *c)
{
	struct policy policy;
	if (!account_require_system(c) || !policy_read(c, &policy))
		return false;
	instant before = c->now - policy.unused_warn_days * DAY_MS;
	struct account_row *rows;
	size_t count;
	id after = 0;
	do {
		if (!account_rows_unused(c, before, after, UNUSED_GROUP, &rows, &count))
			return false;
		for (size_t i = 0; i < count; i++) {
			if (!visit_unused(c, &policy, &rows[i]))
				return false;
			after = rows[i].id;
		}
	} while (count == UNUSED_GROUP);
	return sessions_delete_ended(c, c->now - policy.session_idle_minutes * MINUTE_MS) &&
	       tokens_delete_ended(c) && guards_forget_before(c, c->now - GUARD_KEEP_DAYS * DAY_MS);
}
