#include "account/account_api.h"

#include <string.h>

#include "account/account_shapes.h"
#include "account/session.h"
#include "base/arena.h"
#include "base/error.h"
#include "unit/unit.h"
#include "unit/unit_api.h"

/* The own authenticator, sessions and tokens. */

static const struct field enrol_fields[] = {
	{ .name = "secret", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET,
	  .about = "Base32, to type in." },
	{ .name = "uri", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET },
	{ .name = "qr_svg", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET,
	  .about = "The address to scan." },
	{ 0 },
};
static const struct shape enrol_shape = { "AuthenticatorStart", enrol_fields };

static const struct field code_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET, .min = 6, .max = 6 },
	{ 0 },
};
static const struct shape code_shape = { "AuthenticatorCode", code_fields };

static const struct field recovery_fields[] = {
	{ .name = "recovery_codes", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED | FIELD_SECRET,
	  .item = FIELD_TEXT,
	  .about = "Shown once; each is good for one sign-in without the authenticator." },
	{ 0 },
};
static const struct shape recovery_shape = { "RecoveryCodes", recovery_fields };

static const struct field password_fields[] = {
	{ .name = "password", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET, .min = 1,
	  .max = PASSWORD_MAX },
	{ 0 },
};
static const struct shape password_shape = { "AuthenticatorRemoval", password_fields };

static const struct field session_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "address", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "agent", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "created_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "seen_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "current", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape session_shape = { "OpenSession", session_fields };

static const struct field sessions_fields[] = {
	{ .name = "sessions", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &session_shape },
	{ 0 },
};
static const struct shape sessions_shape = { "OpenSessionList", sessions_fields };

#define TOKEN_FIELDS \
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED }, \
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "rights", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT }, \
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape }, \
	{ .name = "created_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED }, \
	{ .name = "expires_on", .type = FIELD_DATE, .flags = FIELD_REQUIRED, .about = "Its last day." }, \
	{ .name = "used_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE }

static const struct field token_fields[] = { TOKEN_FIELDS, { 0 } };
static const struct shape token_shape = { "PersonalToken", token_fields };

static const struct field tokens_fields[] = {
	{ .name = "tokens", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &token_shape },
	{ 0 },
};
static const struct shape tokens_shape = { "PersonalTokenList", tokens_fields };

static const struct field new_token_fields[] = {
	TOKEN_FIELDS,
	{ .name = "token", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET,
	  .about = "Shown once." },
	{ 0 },
};
static const struct shape new_token_shape = { "PersonalTokenMade", new_token_fields };

static const struct field token_input_fields[] = {
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = 100 },
	{ .name = "rights", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT, .min = 1,
	  .max = RIGHT_COUNT },
	{ .name = "unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED, .about = "This unit and below it." },
	{ .name = "expires_on", .type = FIELD_DATE, .flags = FIELD_REQUIRED,
	  .about = "At most one year from now." },
	{ 0 },
};
static const struct shape token_input_shape = { "PersonalTokenInput", token_input_fields };

static bool totp_start_post(struct request *r)
{
	const char *secret, *uri, *svg;
	if (!totp_start(&r->call, r->session, &secret, &uri, &svg))
		return false;
	json_object(&r->json, NULL);
	json_text(&r->json, "secret", secret);
	json_text(&r->json, "uri", uri);
	json_text(&r->json, "qr_svg", svg);
	json_end(&r->json);
	return true;
}

static bool totp_confirm_post(struct request *r)
{
	const char *codes[RECOVERY_CODES];
	int64_t wait_s = 0;
	if (!totp_confirm(&r->call, r->session, json_get_text(r->body, "code"), codes, &wait_s))
		return account_wait(r, wait_s);
	if (r->call.err->code != ERR_none)
		return true;
	json_object(&r->json, NULL);
	json_array(&r->json, "recovery_codes");
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		json_text(&r->json, NULL, codes[i]);
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static bool totp_remove_prepare(struct request *r)
{
	struct confirm *confirm = ARENA_NEW(r->call.mem, struct confirm);
	confirm->password = json_get_text(r->body, "password");
	r->prepared = confirm;
	return confirm_check(&r->call, r->session, confirm) || account_wait(r, confirm->wait_s);
}

static bool totp_delete(struct request *r)
{
	struct confirm *confirm = r->prepared;
	return totp_remove(&r->call, r->session, confirm) || account_wait(r, confirm->wait_s);
}

static bool sessions_get(struct request *r)
{
	struct session_row *rows;
	size_t count;
	if (!session_list(&r->call, r->session, &rows, &count))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "sessions");
	for (size_t i = count; i-- > 0;) {
		json_object(&r->json, NULL);
		json_id(&r->json, "id", rows[i].id);
		json_text(&r->json, "address", rows[i].address);
		json_text(&r->json, "agent", rows[i].agent);
		json_instant(&r->json, "created_at", rows[i].created_at);
		json_instant(&r->json, "seen_at", rows[i].seen_at);
		json_bool(&r->json, "current", rows[i].id == r->session->credential.session.id);
		json_end(&r->json);
	}
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static bool session_end_delete(struct request *r)
{
	id session_id = request_path_id(r, "id");
	return session_id != 0 && session_end(&r->call, r->session, session_id);
}

static bool sessions_end_delete(struct request *r)
{
	return session_end_others(&r->call, r->session);
}

static void write_token(struct json *json, const struct token_row *row, const struct unit *unit)
{
	char date[CIVIL_TEXT_MAX];
	json_id(json, "id", row->id);
	json_text(json, "name", row->name);
	json_array(json, "rights");
	for (int right = 0; right < RIGHT_COUNT; right++)
		if ((row->rights & UINT32_C(1) << right) != 0)
			json_text(json, NULL, right_word((enum right)right));
	json_end(json);
	unit_write_ref(json, "unit", unit);
	json_instant(json, "created_at", row->created_at);
	json_text(json, "expires_on", civil_format_date(civil_date_of(row->ends_at - 1), date));
	json_instant(json, "used_at", row->used_at);
}

static bool tokens_get(struct request *r)
{
	struct token_row *rows;
	struct unit *units;
	size_t count;
	if (!token_list(&r->call, r->session, &rows, &count))
		return false;
	id *ids = ARENA_ARRAY(r->call.mem, id, count);
	for (size_t i = 0; i < count; i++)
		ids[i] = rows[i].unit_id;
	if (!unit_by_ids(&r->call, ids, count, NULL, &units))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "tokens");
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		write_token(&r->json, &rows[i], &units[i]);
		json_end(&r->json);
	}
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static bool rights_of(struct request *r, const json_t *words, uint32_t *out)
{
	size_t i;
	json_t *word;
	*out = 0;
	json_array_foreach(words, i, word) {
		enum right right;
		if (!right_parse(json_string_value(word), &right))
			return error_set(r->call.err, ERR_field_invalid,
					 arena_printf(r->call.mem, "rights/%zu", i), NULL);
		*out |= UINT32_C(1) << right;
	}
	return true;
}

static bool tokens_post(struct request *r)
{
	struct token_request request = {
		.name = json_get_text(r->body, "name"),
		.unit_id = json_get_id(r->body, "unit_id"),
	};
	struct unit unit;
	if (!rights_of(r, json_object_get(r->body, "rights"), &request.rights))
		return false;
	if (!civil_parse_date(json_get_text(r->body, "expires_on"), &request.expires_on))
		return error_set(r->call.err, ERR_date_invalid, "expires_on", NULL);
	if (!token_make(&r->call, r->session, &request) ||
	    !unit_by_id(&r->call, request.unit_id, "unit_id", &unit))
		return false;
	json_object(&r->json, NULL);
	write_token(&r->json, &request.row, &unit);
	json_text(&r->json, "token", request.secret);
	json_end(&r->json);
	return true;
}

static bool token_delete_one(struct request *r)
{
	id token_id = request_path_id(r, "id");
	return token_id != 0 && token_revoke(&r->call, r->session, token_id);
}

static const struct route routes[] = {
	{ "POST", "/api/me/totp", "self", ROUTE_PENDING | ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL,
	  &enrol_shape, NULL, totp_start_post, "Begin to set up an authenticator." },
	{ "POST", "/api/me/totp/confirm", "self", ROUTE_PENDING | ROUTE_NO_TOKEN, CLASS_ACCOUNT, 4096, NULL,
	  &code_shape, &recovery_shape, NULL, totp_confirm_post,
	  "Show that the authenticator works: it counts from now." },
	{ "DELETE", "/api/me/totp", "self", ROUTE_SLOW | ROUTE_NO_TOKEN, CLASS_ACCOUNT, 4096, NULL,
	  &password_shape,
	  NULL, totp_remove_prepare, totp_delete, "Remove the authenticator where the rules allow it." },
	{ "GET", "/api/me/sessions", "self", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL, &sessions_shape,
	  NULL, sessions_get, "The own open sessions, the latest first." },
	{ "DELETE", "/api/me/sessions", "self", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL, NULL, NULL,
	  sessions_end_delete, "End all other sessions." },
	{ "DELETE", "/api/me/sessions/{id}", "self", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL, NULL, NULL,
	  session_end_delete, "End one session." },
	{ "GET", "/api/me/tokens", "self", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL, &tokens_shape, NULL,
	  tokens_get, "The own personal tokens." },
	{ "POST", "/api/me/tokens", "self", ROUTE_NO_TOKEN | ROUTE_SUDO | ROUTE_CREATES, CLASS_ACCOUNT, 4096,
	  NULL, &token_input_shape, &new_token_shape, NULL, tokens_post,
	  "Make a personal token with part of the own rights." },
	{ "DELETE", "/api/me/tokens/{id}", "self", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL, NULL, NULL,
	  token_delete_one, "Revoke a personal token." },
};

const struct route_table me_routes = { "me", routes, sizeof(routes) / sizeof(routes[0]) };
