#include "account/session.h"

#include <string.h>

#include "account/account_store.h"
#include "base/arena.h"
#include "base/embed.h"
#include "base/error.h"
#include "base/text.h"

static struct password_facts facts_of(const struct account_row *row, const struct policy *policy)
{
	const struct embedded_file *common = embedded_find("data/common-passwords.txt");
	bool second_factor = row->totp_at != 0;
	return (struct password_facts){
		.username = row->username,
		.full_name = row->full_name,
		.minimum = second_factor ? policy->password_length_with_totp : policy->password_length,
		.four_kinds = !second_factor,
		.common = common != NULL ? (const char *)common->data : "",
		.common_size = common != NULL ? common->size : 0,
	};
}

static const char *count_text(struct arena *mem, int64_t count)
{
	return arena_printf(mem, "%lld", (long long)count);
}

static bool used_before(struct call *c, const struct account_row *row, const struct policy *policy,
			const char *password, bool *used)
{
	const char **hashes;
	size_t count;
	*used = row->password_hash != NULL && password_verify(row->password_hash, password);
	if (*used || !password_rows(c, row->id, (int)policy->password_history, &hashes, &count))
		return *used;
	for (size_t i = 0; i < count && !*used; i++)
		if (!text_equal(hashes[i], row->password_hash))
			*used = password_verify(hashes[i], password);
	return true;
}

bool password_allowed(struct call *c, const struct account_row *row, const char *password, const char *field)
{
	struct policy policy;
	bool used;
	if (!policy_read(c, &policy))
		return false;
	struct password_facts facts = facts_of(row, &policy);
	enum error_code code = password_check(c->mem, password, &facts);
	if (code == ERR_password_too_short)
		return error_set(c->err, code, field, count_text(c->mem, facts.minimum), NULL);
	if (code == ERR_password_too_long)
		return error_set(c->err, code, field, count_text(c->mem, PASSWORD_MAX), NULL);
	if (code != ERR_none)
		return error_set(c->err, code, field, NULL);
	if (!used_before(c, row, &policy, password, &used))
		return false;
	return !used || error_set(c->err, ERR_password_reused, field,
				  count_text(c->mem, policy.password_history), NULL);
}

bool password_change_check(struct call *c, const struct session_info *session, struct password_change *change)
{
	struct account_row row;
	bool found;
	if (!session_past(c, session, SESSION_PASSWORD) || !confirm_check(c, session, &change->confirm))
		return false;
	/* A wrong current password is counted by the act; nothing is said about the new one. */
	if (!change->confirm.right)
		return true;
	if (!account_row_by_id(c, session->actor.account_id, &row, &found))
		return false;
	if (!found)
		return error_set(c->err, ERR_not_signed_in, NULL, NULL);
	if (!password_allowed(c, &row, change->wanted, "new_password"))
		return false;
	change->hash = password_hash(c->mem, change->wanted);
	return true;
}

bool password_change_act(struct call *c, const struct session_info *session, struct password_change *change)
{
	struct account_row row;
	struct policy policy;
	bool right, found;
	if (!confirm_act(c, session, &change->confirm, &right))
		return false;
	if (!right)
		return true;
	if (!account_row_by_id(c, session->actor.account_id, &row, &found) || !policy_read(c, &policy))
		return false;
	if (!found)
		return error_set(c->err, ERR_not_signed_in, NULL, NULL);
	row.password_hash = change->hash;
	row.password_at = c->now;
	row.must_change_password = false;
	id kept = session->credential.session.id;
	return account_row_save(c, &row) &&
	       password_row_add(c, row.id, change->hash, policy.password_history) &&
	       sessions_delete(c, row.id, kept) && session_set_sudo(c, kept, c->now) &&
	       account_event(c, "account.password_changed", &row, NULL, NULL);
}
