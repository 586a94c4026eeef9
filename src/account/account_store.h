#ifndef ACCOUNT_ACCOUNT_STORE_H
#define ACCOUNT_ACCOUNT_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "account/account.h"
#include "account/account_rules.h"

/* Rows of accounts, grants, wrong tries and settings. Strings are in call.mem; NULL where the column is. */

struct account_row {
	id id;
	const char *username, *full_name, *fold, *position, *email;
	id unit_id;
	const char *unit_path;
	enum account_state state;
	const char *state_reason;
	int leader_category;
	const char *language;
	const char *password_hash;
	instant password_at;
	bool must_change_password;
	const char *totp_sealed, *totp_pending;
	int64_t totp_step; /* the newest time step whose code was taken */
	instant totp_at;
	const char *citizen_sealed, *citizen_index, *citizen_tail;
	const char *mobile_sealed, *mobile_tail;
	instant seen_at, warned_at, enabled_at;
	id created_by;
	instant created_at;
	id decided_by;
	instant decided_at;
	int64_t version;
};

/* *found false when there is none. */
bool account_row_by_id(struct call *c, id account_id, struct account_row *out, bool *found);
bool account_row_by_username(struct call *c, const char *username, struct account_row *out, bool *found);

/* `taken` names the broken uniqueness: ERR_username_taken or ERR_citizen_number_taken set as the error. */
bool account_row_insert(struct call *c, const struct account_row *row);

/* Writes every column but username and the columns of making. */
bool account_row_save(struct call *c, const struct account_row *row);
bool account_row_rename(struct call *c, id account_id, const char *username);
bool account_citizen_taken(struct call *c, const char *citizen_index, id except, bool *taken);
bool account_row_seen(struct call *c, id account_id, instant now);
bool account_rows_moved(struct call *c, const char *from, const char *to);

/*
 * Accounts after `after` by username, of the unit at `path` and, unless
 * `exact`, those below; state -1 and role -1: any. `fold` is a part of the name.
 */
struct account_filter {
	const char *path, *fold, *after;
	bool exact;
	int state, role;
	int limit;
};
bool account_rows_list(struct call *c, const struct account_filter *filter, struct account_row **out,
		       size_t *count);

/* Active accounts last used before `before`, oldest first, at most `limit` behind id `after`. */
bool account_rows_unused(struct call *c, instant before, id after, int limit, struct account_row **out,
			 size_t *count);

bool account_names_read(struct call *c, const id *ids, size_t count, const char **names);

/*
 * A row per grant of active accounts: over one of `paths` ("|TW/|TW/66/|") by those whose name has `fold` in it, by name,
 * at most `limit`; of the accounts `ids`.
 */
struct holding_row {
	struct account_holder holder;
	enum role role;
	const char *path;
};
bool holding_rows_by_name(struct call *c, const char *paths, const char *fold, int limit, struct holding_row **out,
			  size_t *count);
bool holding_rows_of(struct call *c, const id *ids, size_t id_count, struct holding_row **out, size_t *count);

/*
 * Grants of one account, oldest first; of the accounts from username `first` to
 * `last`, as (account, role) pairs.
 */
struct grant_row {
	struct grant grant;
	id account_id;
	id granted_by;
	instant granted_at;
};
bool grant_rows(struct call *c, id account_id, struct grant_row **out, size_t *count);
bool grant_rows_between(struct call *c, const char *first, const char *last, struct grant_row **out,
			size_t *count);
bool grant_insert(struct call *c, const struct grant_row *row, bool *taken);
bool grant_delete(struct call *c, id grant_id);
bool administrators_count(struct call *c, id except_account, int64_t *out);

bool guard_read(struct call *c, const char *name_digest, struct guard *out);
bool guard_save(struct call *c, const char *name_digest, const struct guard *guard);
bool guard_forget(struct call *c, const char *name_digest);
/* Until when each name is locked; 0: not. */
bool guards_locked(struct call *c, const char *const *name_digests, size_t count, instant *until);
bool guards_forget_before(struct call *c, instant before);

bool password_row_add(struct call *c, id account_id, const char *hash, int64_t keep);
bool passwords_forget(struct call *c, id account_id);
bool password_rows(struct call *c, id account_id, int limit, const char ***hashes, size_t *count);

bool recovery_replace(struct call *c, id account_id, const char *const *digests, size_t count);
bool recovery_use(struct call *c, id account_id, const char *digest, bool *used);
bool recovery_left(struct call *c, id account_id, int64_t *out);

bool setup_token_save(struct call *c, const char *digest, instant ends_at);
bool setup_token_good(struct call *c, const char *digest, bool *good);
bool setup_tokens_forget(struct call *c);

struct setting_row {
	const char *key, *value;
	id changed_by;
	instant changed_at;
};
bool setting_rows(struct call *c, struct setting_row **out, size_t *count);
bool setting_save(struct call *c, const char *key, const char *value);

#endif
