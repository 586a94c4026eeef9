#include <string.h>

#include "account/account.h"
#include "account/account_key.h"
#include "account/account_manage.h"
#include "account/account_policy.h"
#include "account/account_store.h"
#include "account/session.h"
#include "base/arena.h"
#include "base/crypto.h"
#include "base/error.h"
#include "base/text.h"
#include "unit/unit.h"

/* Accounts that are there at once: the first administrator, demonstration, tests. */

static bool seed_row(struct call *c, const struct account_seed *seed, const struct unit *unit,
		     struct account_row *row)
{
	*row = (struct account_row){
		.id = id_next(c->now),
		.username = seed->username,
		.full_name = seed->full_name,
		.fold = text_fold(c->mem, arena_printf(c->mem, "%s %s", seed->full_name, seed->username)),
		.position = seed->position,
		.email = seed->email,
		.unit_id = unit->id,
		.unit_path = unit->path,
		.state = ACCOUNT_ACTIVE,
		.leader_category = seed->leader_category,
		.password_hash = seed->password_hash != NULL ? seed->password_hash :
							       password_hash(c->mem, seed->password),
		.password_at = seed->used_at ? seed->used_at : c->now,
		.must_change_password = seed->must_change_password,
		.enabled_at = c->now,
		.created_by = c->actor != NULL ? c->actor->account_id : 0,
		.created_at = c->now,
		.version = 1,
	};
	if (seed->totp_secret == NULL)
		return true;
	row->totp_at = c->now;
	return personal_seal(c, row->id, "totp", seed->totp_secret, &row->totp_sealed);
}

bool account_seed(struct call *c, const struct account_seed *seed, id *out)
{
	struct unit unit;
	struct account_row row;
	if (!username_valid(seed->username))
		return error_set(c->err, ERR_username_invalid, "username", NULL);
	if (!unit_by_id(c, seed->unit_id, "unit_id", &unit) ||
	    !account_require(c, RIGHT_ACCOUNT_MANAGE, unit.path) ||
	    !seed_row(c, seed, &unit, &row) || !account_row_insert(c, &row) ||
	    !password_row_add(c, row.id, row.password_hash, 1) ||
	    (seed->used_at != 0 && !account_row_seen(c, row.id, seed->used_at)))
		return false;
	for (size_t i = 0; i < seed->role_count; i++) {
		struct grant_row grant = {
			.grant = { .id = id_next(c->now), .role = seed->roles[i], .unit_id = unit.id,
				   .unit_path = unit.path },
			.account_id = row.id,
			.granted_by = row.created_by,
			.granted_at = c->now,
		};
		bool taken;
		if (!grant_insert(c, &grant, &taken) && !taken)
			return false;
	}
	*out = row.id;
	return account_event(c, "account.created", &row, NULL,
			     account_created_json(c, row.state, seed->roles, seed->role_count));
}

void account_first_password(char out[20])
{
	char token[TOKEN_TEXT_MAX];
	uint8_t bytes[SHA256_SIZE];
	sha256(token_new(token), TOKEN_TEXT_MAX - 1, bytes);
	password_from_bytes(bytes, out);
}

_Static_assert(INITIAL_PASSWORD_MAX == 20, "account.h names the size");

static bool id_by_username(struct call *c, const char *username, id *out)
{
	struct account_row row;
	bool found;
	if (!account_row_by_username(c, username, &row, &found))
		return false;
	*out = row.id;
	return found || error_set(c->err, ERR_not_found, "username", NULL);
}

bool account_reset_by_username(struct call *c, const char *username, bool remove_totp, char out[20])
{
	id account_id;
	if (!id_by_username(c, username, &account_id))
		return false;
	account_first_password(out);
	return account_reset_password(c, account_id, password_hash(c->mem, out), remove_totp);
}

bool account_unlock_by_username(struct call *c, const char *username)
{
	id account_id;
	return id_by_username(c, username, &account_id) && account_unlock(c, account_id);
}

bool account_names(struct call *c, const id *ids, size_t count, const char **names)
{
	return account_names_read(c, ids, count, names);
}

bool account_unit_moved(struct call *c, const char *from, const char *to)
{
	return account_rows_moved(c, from, to);
}
