#include "account/account_api.h"

#include <string.h>

#include "account/account_manage.h"
#include "account/account_shapes.h"
#include "account/session.h"
#include "base/arena.h"
#include "base/crypto.h"
#include "base/error.h"
#include "unit/unit.h"
#include "unit/unit_api.h"

enum { LIST_NORMAL = 50, LIST_MOST = 200, REASON_MAX = 1000 };

static const struct field warning_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ 0 },
};
const struct shape account_warning_shape = { "AccountWarning", warning_fields };

#define ACCOUNT_FIELDS \
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED }, \
	{ .name = "username", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "full_name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "position", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape }, \
	{ .name = "state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = ACCOUNT_STATE_CHOICES }, \
	{ .name = "roles", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT }, \
	{ .name = "totp_enabled", .type = FIELD_BOOL, .flags = FIELD_REQUIRED }, \
	{ .name = "last_seen_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "locked_until", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED }

static const struct field account_fields[] = { ACCOUNT_FIELDS, { 0 } };
static const struct shape account_shape = { "Account", account_fields };

#define DETAIL_FIELDS \
	ACCOUNT_FIELDS, \
	{ .name = "email", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "mobile_tail", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, \
	  .about = "The last three digits." }, \
	{ .name = "citizen_number_tail", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, \
	  .about = "The last three digits." }, \
	{ .name = "leader_category", .type = FIELD_INT, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "must_change_password", .type = FIELD_BOOL, .flags = FIELD_REQUIRED }, \
	{ .name = "state_reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "grants", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &account_grant_shape }, \
	{ .name = "created_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED }, \
	{ .name = "created_by", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "decided_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "decided_by", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "warnings", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &account_warning_shape }

static const struct field detail_fields[] = { DETAIL_FIELDS, { 0 } };
static const struct shape detail_shape = { "AccountDetail", detail_fields };

#define INITIAL_PASSWORD \
	{ .name = "initial_password", .type = FIELD_TEXT, .flags = FIELD_SECRET, \
	  .about = "Shown once; must be changed at the first sign-in." }

static const struct field made_fields[] = { DETAIL_FIELDS, INITIAL_PASSWORD, { 0 } };
static const struct shape made_shape = { "AccountMade", made_fields };

static const struct field password_fields[] = { INITIAL_PASSWORD, { 0 } };
static const struct shape password_shape = { "InitialPassword", password_fields };

static const struct field list_fields[] = {
	{ .name = "accounts", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &account_shape },
	{ .name = "next", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ 0 },
};
static const struct shape list_shape = { "AccountList", list_fields };

static const struct field query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .about = "This unit and below." },
	{ .name = "q", .type = FIELD_TEXT, .max = 100,
	  .about = "Part of a name, with or without tone marks." },
	{ .name = "state", .type = FIELD_CHOICE, .choices = ACCOUNT_STATE_CHOICES },
	{ .name = "role", .type = FIELD_CHOICE, .choices = ROLE_CHOICES },
	{ .name = "after", .type = FIELD_TEXT, .max = USERNAME_MAX },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = LIST_MOST },
	{ 0 },
};
static const struct shape query_shape = { NULL, query_fields };

static const struct field grant_input_fields[] = {
	{ .name = "role", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = ROLE_CHOICES },
	{ .name = "unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape grant_input_shape = { "GrantInput", grant_input_fields };

#define FORM_FIELDS(required) \
	{ .name = "full_name", .type = FIELD_TEXT, .flags = (required), .min = 1, .max = 200 }, \
	{ .name = "position", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 200 }, \
	{ .name = "email", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 254 }, \
	{ .name = "mobile", .type = FIELD_TEXT, .flags = FIELD_NULLABLE | FIELD_SECRET, .max = 20 }, \
	{ .name = "citizen_number", .type = FIELD_TEXT, .flags = FIELD_NULLABLE | FIELD_SECRET, .max = 20 }, \
	{ .name = "unit_id", .type = FIELD_ID, .flags = (required) }, \
	{ .name = "leader_category", .type = FIELD_INT, .flags = FIELD_NULLABLE, .min = 0, .max = 99, \
	  .about = "Of GET /api/leader-categories; 0 for none." }

static const struct field create_fields[] = {
	{ .name = "username", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = USERNAME_MAX },
	FORM_FIELDS(FIELD_REQUIRED),
	{ .name = "grants", .type = FIELD_ARRAY, .of = &grant_input_shape, .max = GRANTS_MAX },
	{ 0 },
};
static const struct shape create_shape = { "AccountInput", create_fields };

static const struct field change_fields[] = { FORM_FIELDS(0), { 0 } };
static const struct shape change_shape = { "AccountChange", change_fields };

static const struct field reason_fields[] = {
	{ .name = "reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 3, .max = REASON_MAX },
	{ 0 },
};
static const struct shape reason_shape = { "AccountReason", reason_fields };

static const struct field reset_fields[] = {
	{ .name = "remove_totp", .type = FIELD_BOOL,
	  .about = "The authenticator as well, when it was lost." },
	{ 0 },
};
static const struct shape reset_shape = { "PasswordReset", reset_fields };

static const struct field reveal_fields[] = {
	{ .name = "citizen_number", .type = FIELD_TEXT,
	  .flags = FIELD_REQUIRED | FIELD_NULLABLE | FIELD_SECRET },
	{ .name = "mobile", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE | FIELD_SECRET },
	{ 0 },
};
static const struct shape reveal_shape = { "AccountPersonal", reveal_fields };

static const struct field granted_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "role", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = ROLE_CHOICES },
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "warnings", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &account_warning_shape },
	{ 0 },
};
static const struct shape granted_shape = { "GrantMade", granted_fields };

void account_write_warning(struct request *r, enum error_code code)
{
	const struct error warning = { .code = code };
	char sentence[400];
	json_object(&r->json, NULL);
	json_text(&r->json, "code", error_word(code));
	json_text(&r->json, "title", error_sentence(&warning, r->lang, sentence, sizeof(sentence)));
	json_end(&r->json);
}

static void write_warnings(struct request *r, const struct grant_row *grants, size_t count)
{
	json_array(&r->json, "warnings");
	if (roles_mix_entry_and_approval(account_roles(grants, count)))
		account_write_warning(r, ERR_entry_and_approval);
	json_end(&r->json);
}

/* The members of an account in an object that is open. */
static void write_account(struct json *json, const struct account_full *account, const struct unit *unit)
{
	const struct account_row *row = &account->row;
	unsigned roles = account_roles(account->grants, account->grant_count);
	json_id(json, "id", row->id);
	json_text(json, "username", row->username);
	json_text(json, "full_name", row->full_name);
	json_text(json, "position", row->position);
	unit_write_ref(json, "unit", unit);
	json_text(json, "state", account_state_word(row->state));
	json_array(json, "roles");
	for (int role = 0; role < ROLE_COUNT; role++)
		if ((roles & 1u << role) != 0)
			json_text(json, NULL, role_word((enum role)role));
	json_end(json);
	json_bool(json, "totp_enabled", row->totp_at != 0);
	json_instant(json, "last_seen_at", row->seen_at);
	json_instant(json, "locked_until", account->locked_until);
	json_int(json, "version", row->version);
}

static void write_number_or_null(struct json *json, const char *key, int number)
{
	if (number == 0)
		json_null(json, key);
	else
		json_int(json, key, number);
}

/* The whole account; leaves the object open. */
static bool write_detail(struct request *r, const struct account_full *account)
{
	const struct account_row *row = &account->row;
	struct json *json = &r->json;
	struct grant *grants = ARENA_ARRAY(r->call.mem, struct grant, account->grant_count);
	struct unit unit;
	if (!unit_by_id(&r->call, row->unit_id, NULL, &unit))
		return false;
	for (size_t i = 0; i < account->grant_count; i++)
		grants[i] = account->grants[i].grant;
	json_object(json, NULL);
	write_account(json, account, &unit);
	json_text(json, "email", row->email);
	json_text(json, "mobile_tail", row->mobile_tail);
	json_text(json, "citizen_number_tail", row->citizen_tail);
	write_number_or_null(json, "leader_category", row->leader_category);
	json_bool(json, "must_change_password", row->must_change_password);
	json_text(json, "state_reason", row->state_reason);
	if (!account_write_grants(r, "grants", grants, account->grant_count))
		return false;
	json_instant(json, "created_at", row->created_at);
	json_text(json, "created_by", account->created_by);
	json_instant(json, "decided_at", row->decided_at);
	json_text(json, "decided_by", account->decided_by);
	write_warnings(r, account->grants, account->grant_count);
	reply_etag(r, row->version);
	return true;
}

static bool reply_account(struct request *r, id account_id)
{
	struct account_full account;
	if (!account_read(&r->call, account_id, &account) || !write_detail(r, &account))
		return false;
	json_end(&r->json);
	return true;
}

static int choice(const char *word, bool role)
{
	enum role as_role;
	enum account_state as_state;
	if (word == NULL)
		return -1;
	if (role)
		return role_parse(word, &as_role) ? (int)as_role : -1;
	return account_state_parse(word, &as_state) ? (int)as_state : -1;
}

static bool list_get(struct request *r)
{
	struct account_query query = {
		.unit_id = request_query_id(r, "unit_id"),
		.q = request_query(r, "q"),
		.after = request_query(r, "after"),
		.state = choice(request_query(r, "state"), false),
		.role = choice(request_query(r, "role"), true),
		.limit = request_limit(r, LIST_NORMAL, LIST_MOST),
	};
	struct account_full *accounts;
	struct unit *units;
	size_t count;
	if (!account_list(&r->call, &query, &accounts, &count))
		return false;
	bool more = count > (size_t)query.limit;
	if (more)
		count--;
	id *ids = ARENA_ARRAY(r->call.mem, id, count);
	for (size_t i = 0; i < count; i++)
		ids[i] = accounts[i].row.unit_id;
	if (!unit_by_ids(&r->call, ids, count, NULL, &units))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "accounts");
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		write_account(&r->json, &accounts[i], &units[i]);
		json_end(&r->json);
	}
	json_end(&r->json);
	json_text(&r->json, "next", more ? accounts[count - 1].row.username : NULL);
	json_end(&r->json);
	return true;
}

static bool account_get(struct request *r)
{
	id account_id = request_path_id(r, "id");
	return account_id != 0 && reply_account(r, account_id);
}

/* A password for the first sign-in, made and hashed on the slow queue. */
struct initial {
	char password[INITIAL_PASSWORD_MAX];
	const char *hash;
};

static bool initial_prepare(struct request *r)
{
	struct initial *initial = ARENA_NEW(r->call.mem, struct initial);
	account_first_password(initial->password);
	initial->hash = password_hash(r->call.mem, initial->password);
	r->prepared = initial;
	return true;
}

/* null takes a value away, like the empty text. */
static const char *text_or_gone(const json_t *body, const char *key)
{
	return json_is_null(json_object_get(body, key)) ? "" : json_get_text(body, key);
}

static void read_form(const struct request *r, struct account_input *input)
{
	const json_t *category = json_object_get(r->body, "leader_category");
	*input = (struct account_input){
		.username = json_get_text(r->body, "username"),
		.full_name = json_get_text(r->body, "full_name"),
		.position = text_or_gone(r->body, "position"),
		.email = text_or_gone(r->body, "email"),
		.mobile = text_or_gone(r->body, "mobile"),
		.citizen_number = text_or_gone(r->body, "citizen_number"),
		.unit_id = json_get_id(r->body, "unit_id"),
		.leader_category = category == NULL ? -1 : (int)json_integer_value(category),
	};
}

static void read_grant(const json_t *body, struct grant_input *out)
{
	/* The shape let only roles through. */
	if (!role_parse(json_get_text(body, "role"), &out->role))
		out->role = ROLE_INTAKE;
	out->unit_id = json_get_id(body, "unit_id");
}

static bool create_post(struct request *r)
{
	const struct initial *initial = r->prepared;
	const json_t *grants = json_object_get(r->body, "grants");
	struct account_input input;
	struct account_full account;
	id account_id;
	read_form(r, &input);
	input.grant_count = json_array_size(grants);
	struct grant_input *given = ARENA_ARRAY(r->call.mem, struct grant_input, input.grant_count);
	for (size_t i = 0; i < input.grant_count; i++)
		read_grant(json_array_get(grants, i), &given[i]);
	input.grants = given;
	if (!account_create(&r->call, &input, initial->hash, &account_id) ||
	    !account_read(&r->call, account_id, &account) || !write_detail(r, &account))
		return false;
	if (account.row.state == ACCOUNT_ACTIVE)
		json_text(&r->json, "initial_password", initial->password);
	json_end(&r->json);
	return true;
}

static bool change_patch(struct request *r)
{
	id account_id = request_path_id(r, "id");
	struct account_input input;
	if (account_id == 0)
		return false;
	read_form(r, &input);
	return account_change(&r->call, account_id, request_if_match(r), &input) &&
	       reply_account(r, account_id);
}

static void write_initial(struct request *r, const struct initial *initial)
{
	json_object(&r->json, NULL);
	json_text(&r->json, "initial_password", initial->password);
	json_end(&r->json);
}

static bool approve_post(struct request *r)
{
	const struct initial *initial = r->prepared;
	id account_id = request_path_id(r, "id");
	if (account_id == 0 || !account_approve(&r->call, account_id, initial->hash))
		return false;
	write_initial(r, initial);
	return true;
}

static bool reset_post(struct request *r)
{
	const struct initial *initial = r->prepared;
	id account_id = request_path_id(r, "id");
	bool remove_totp = json_get_bool(r->body, "remove_totp", false);
	if (account_id == 0 || !account_reset_password(&r->call, account_id, initial->hash, remove_totp))
		return false;
	write_initial(r, initial);
	return true;
}

static bool refuse_post(struct request *r)
{
	id account_id = request_path_id(r, "id");
	return account_id != 0 && account_refuse(&r->call, account_id, json_get_text(r->body, "reason")) &&
	       reply_account(r, account_id);
}

static bool disable_post(struct request *r)
{
	id account_id = request_path_id(r, "id");
	return account_id != 0 && account_disable(&r->call, account_id, json_get_text(r->body, "reason")) &&
	       reply_account(r, account_id);
}

static bool erase_post(struct request *r)
{
	id account_id = request_path_id(r, "id");
	return account_id != 0 && account_erase(&r->call, account_id, json_get_text(r->body, "reason")) &&
	       reply_account(r, account_id);
}

static bool enable_post(struct request *r)
{
	id account_id = request_path_id(r, "id");
	return account_id != 0 && account_enable(&r->call, account_id) && reply_account(r, account_id);
}

static bool unlock_post(struct request *r)
{
	id account_id = request_path_id(r, "id");
	return account_id != 0 && account_unlock(&r->call, account_id) && reply_account(r, account_id);
}

static bool reveal_post(struct request *r)
{
	id account_id = request_path_id(r, "id");
	const char *citizen_number, *mobile;
	if (account_id == 0 || !account_reveal(&r->call, account_id, json_get_text(r->body, "reason"),
					       &citizen_number, &mobile))
		return false;
	json_object(&r->json, NULL);
	json_text(&r->json, "citizen_number", citizen_number);
	json_text(&r->json, "mobile", mobile);
	json_end(&r->json);
	return true;
}

static bool grants_post(struct request *r)
{
	id account_id = request_path_id(r, "id");
	struct grant_input input;
	struct grant_row made;
	struct account_full account;
	struct unit unit;
	read_grant(r->body, &input);
	if (account_id == 0 || !account_grant(&r->call, account_id, &input, &made) ||
	    !account_read(&r->call, account_id, &account) ||
	    !unit_by_id(&r->call, made.grant.unit_id, "unit_id", &unit))
		return false;
	json_object(&r->json, NULL);
	json_id(&r->json, "id", made.grant.id);
	json_text(&r->json, "role", role_word(made.grant.role));
	unit_write_ref(&r->json, "unit", &unit);
	write_warnings(r, account.grants, account.grant_count);
	json_end(&r->json);
	return true;
}

static bool grant_delete_one(struct request *r)
{
	id account_id = request_path_id(r, "id");
	id grant_id = request_path_id(r, "grant_id");
	return account_id != 0 && grant_id != 0 && account_revoke(&r->call, account_id, grant_id);
}

static bool sessions_delete_all(struct request *r)
{
	id account_id = request_path_id(r, "id");
	return account_id != 0 && account_end_sessions(&r->call, account_id);
}

#define SUDO (ROUTE_NO_TOKEN | ROUTE_SUDO)

static const struct route routes[] = {
	{ "GET", "/api/accounts", "account.read", 0, CLASS_ACCOUNT, 0, &query_shape, NULL, &list_shape, NULL,
	  list_get, "Accounts in reach, by user name." },
	{ "POST", "/api/accounts", "account.propose", SUDO | ROUTE_SLOW | ROUTE_CREATES, CLASS_ACCOUNT, 0,
	  NULL, &create_shape, &made_shape, initial_prepare, create_post,
	  "Make an account, or propose one where the caller may only do that." },
	{ "GET", "/api/accounts/{id}", "account.read", 0, CLASS_ACCOUNT, 0, NULL, NULL, &detail_shape, NULL,
	  account_get, "One account; citizen number and mobile by their last digits." },
	{ "PATCH", "/api/accounts/{id}", "account.manage", ROUTE_NO_TOKEN | ROUTE_IF_MATCH, CLASS_ACCOUNT, 0,
	  NULL, &change_shape, &detail_shape, NULL, change_patch,
	  "Change the account's form. null and empty texts take values away." },
	{ "POST", "/api/accounts/{id}/approve", "account.manage", SUDO | ROUTE_SLOW, CLASS_ACCOUNT, 0, NULL,
	  NULL, &password_shape, initial_prepare, approve_post, "Approve a proposed account." },
	{ "POST", "/api/accounts/{id}/refuse", "account.manage", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL,
	  &reason_shape, &detail_shape, NULL, refuse_post, "Refuse a proposed account." },
	{ "POST", "/api/accounts/{id}/unlock", "account.manage", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL,
	  &detail_shape, NULL, unlock_post, "Let sign-in be tried again after too many wrong tries." },
	{ "POST", "/api/accounts/{id}/disable", "account.manage", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL,
	  &reason_shape, &detail_shape, NULL, disable_post,
	  "Disable an account; its sessions and tokens end." },
	{ "POST", "/api/accounts/{id}/enable", "account.manage", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL,
	  &detail_shape, NULL, enable_post, "Enable a disabled account." },
	{ "POST", "/api/accounts/{id}/erase", "account.manage", SUDO, CLASS_ACCOUNT, 0, NULL, &reason_shape,
	  &detail_shape, NULL, erase_post,
	  "Erase a disabled or refused person's name and contact for good; what they did stays under the id." },
	{ "POST", "/api/accounts/{id}/reset-password", "account.manage", SUDO | ROUTE_SLOW, CLASS_ACCOUNT, 0,
	  NULL, &reset_shape, &password_shape, initial_prepare, reset_post,
	  "Give a new first password; sessions and tokens end." },
	{ "POST", "/api/accounts/{id}/reveal", "account.reveal", SUDO, CLASS_ACCOUNT, 0, NULL, &reason_shape,
	  &reveal_shape, NULL, reveal_post, "Citizen number and mobile in full; logged with the reason." },
	{ "POST", "/api/accounts/{id}/grants", "account.manage", SUDO | ROUTE_CREATES, CLASS_ACCOUNT, 0, NULL,
	  &grant_input_shape, &granted_shape, NULL, grants_post,
	  "Give a role over a unit and what is below it." },
	{ "DELETE", "/api/accounts/{id}/grants/{grant_id}", "account.manage", SUDO, CLASS_ACCOUNT, 0, NULL,
	  NULL, NULL, NULL, grant_delete_one, "Take a role away." },
	{ "DELETE", "/api/accounts/{id}/sessions", "account.manage", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL,
	  NULL, NULL, NULL, sessions_delete_all, "End all sessions of an account." },
};

const struct route_table account_routes = { "account", routes, sizeof(routes) / sizeof(routes[0]) };
