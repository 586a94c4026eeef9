#include "account/session.h"

#include <string.h>

#include "account/account_store.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "unit/unit.h"

enum { TOKEN_DAYS_MAX = 366 };

/* Every right asked for must be the owner's own on that unit. */
static bool rights_within(struct call *c, const struct token_request *request, const char *unit_path)
{
	for (int right = 0; right < RIGHT_COUNT; right++) {
		bool asked = (request->rights & UINT32_C(1) << right) != 0;
		if (asked && (right == RIGHT_SELF || !account_may(c, (enum right)right, unit_path)))
			return error_set(c->err, ERR_token_rights_wider, "rights",
					 right_word((enum right)right), NULL);
	}
	return request->rights != 0 || error_set(c->err, ERR_field_required, "rights", NULL);
}

static bool expiry_allowed(struct call *c, struct civil_date last_day)
{
	struct civil_date today = civil_date_of(c->now);
	if (civil_compare(last_day, today) <= 0 ||
	    civil_compare(last_day, civil_add_days(today, TOKEN_DAYS_MAX)) > 0)
		return error_set(c->err, ERR_token_expiry, "expires_on", NULL);
	return true;
}

static bool room_left(struct call *c, id account_id)
{
	struct token_row *rows;
	size_t count;
	if (!token_rows(c, account_id, &rows, &count))
		return false;
	return count < TOKENS_PER_ACCOUNT ||
	       error_set(c->err, ERR_token_limit, NULL, arena_printf(c->mem, "%zu", count), NULL);
}

/* {"name":"reporting","unit":"TW/66/"} */
static const char *token_json(struct call *c, const struct token_row *row)
{
	struct buf buf;
	struct json json;
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "name", row->name);
	json_text(&json, "unit", row->unit_path);
	json_end(&json);
	return buf.data;
}

bool token_make(struct call *c, const struct session_info *session, struct token_request *request)
{
	struct account_row row;
	struct unit unit;
	char digest[SHA256_HEX_MAX];
	if (!session_account(c, session, &row) || !unit_by_id(c, request->unit_id, "unit_id", &unit) ||
	    !rights_within(c, request, unit.path) || !expiry_allowed(c, request->expires_on) ||
	    !room_left(c, row.id))
		return false;
	request->row = (struct token_row){
		.id = id_next(c->now),
		.account_id = row.id,
		.name = text_trim(c->mem, request->name),
		.rights = request->rights,
		.unit_id = unit.id,
		.unit_path = unit.path,
		.created_at = c->now,
		.ends_at = civil_start(civil_add_days(request->expires_on, 1)),
	};
	token_digest(token_new(request->secret), digest);
	return token_insert(c, digest, &request->row) &&
	       account_event(c, "account.token_created", &row, NULL, token_json(c, &request->row));
}

bool token_list(struct call *c, const struct session_info *session, struct token_row **out, size_t *count)
{
	return account_require(c, RIGHT_SELF, NULL) && token_rows(c, session->actor.account_id, out, count);
}

bool token_revoke(struct call *c, const struct session_info *session, id token_id)
{
	struct account_row row;
	bool deleted;
	if (!session_account(c, session, &row) || !token_delete(c, token_id, row.id, &deleted))
		return false;
	if (!deleted)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return account_event(c, "account.token_revoked", &row, NULL, NULL);
}
