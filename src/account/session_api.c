#include "account/account_api.h"

#include <string.h>

#include "account/account_shapes.h"
#include "account/session.h"
#include "base/arena.h"
#include "base/error.h"
#include "unit/unit.h"
#include "unit/unit_api.h"

enum { SECRET_TYPED_MAX = PASSWORD_MAX, AGENT_MAX = 200 };

static const struct field grant_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "role", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = ROLE_CHOICES },
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ 0 },
};
const struct shape account_grant_shape = { "Grant", grant_fields };

static const struct field self_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "username", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "full_name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "position", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "email", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "language", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .choices = "vi|en" },
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "totp_enabled", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "must_change_password", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape self_shape = { "OwnAccount", self_fields };

#define STATE_CHOICES "open|password_required|totp_required|totp_enroll_required"
static const struct field session_fields[] = {
	{ .name = "state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = STATE_CHOICES,
	  .about = "What the person must do first; anything but `open` lets through only what serves that." },
	{ .name = "csrf_token", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET,
	  .about = "To be sent as X-CSRF-Token with every write." },
	{ .name = "server_now", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "demo", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "expires_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED,
	  .about = "The end of the session, used or not." },
	{ .name = "idle_seconds", .type = FIELD_INT, .flags = FIELD_REQUIRED,
	  .about = "It ends earlier after so long without a request." },
	{ .name = "sudo_until", .type = FIELD_TIME, .flags = FIELD_REQUIRED,
	  .about = "Until when the password counts as confirmed." },
	{ .name = "totp_required", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "account", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &self_shape },
	{ .name = "grants", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &account_grant_shape },
	{ .name = "rights", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT,
	  .about = "Rights that any grant gives on its own unit." },
	{ .name = "screens", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT },
	{ 0 },
};
static const struct shape session_shape = { "Session", session_fields };

static const struct field sign_in_fields[] = {
	{ .name = "username", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = 100 },
	{ .name = "password", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET, .min = 1,
	  .max = SECRET_TYPED_MAX },
	{ 0 },
};
static const struct shape sign_in_shape = { "SignIn", sign_in_fields };

static const struct field code_fields[] = {
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_SECRET, .min = 6, .max = 6 },
	{ .name = "recovery_code", .type = FIELD_TEXT, .flags = FIELD_SECRET, .min = 16, .max = 40 },
	{ 0 },
};
static const struct shape code_shape = { "SecondFactor", code_fields };

static const struct field password_fields[] = {
	{ .name = "password", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET, .min = 1,
	  .max = SECRET_TYPED_MAX },
	{ 0 },
};
static const struct shape password_shape = { "Confirmation", password_fields };

static const struct field change_fields[] = {
	{ .name = "current_password", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET, .min = 1,
	  .max = SECRET_TYPED_MAX },
	{ .name = "new_password", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET, .min = 1,
	  .max = SECRET_TYPED_MAX },
	{ 0 },
};
static const struct shape change_shape = { "PasswordChange", change_fields };

bool account_wait(struct request *r, int64_t wait_s)
{
	if (wait_s > 0)
		reply_retry_after(r, wait_s);
	return false;
}

bool account_write_grants(struct request *r, const char *key, const struct grant *grants, size_t count)
{
	id *ids = ARENA_ARRAY(r->call.mem, id, count);
	struct unit *units;
	for (size_t i = 0; i < count; i++)
		ids[i] = grants[i].unit_id;
	if (!unit_by_ids(&r->call, ids, count, NULL, &units))
		return false;
	json_array(&r->json, key);
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		json_id(&r->json, "id", grants[i].id);
		json_text(&r->json, "role", role_word(grants[i].role));
		unit_write_ref(&r->json, "unit", &units[i]);
		json_end(&r->json);
	}
	json_end(&r->json);
	return true;
}

static void write_self(struct json *json, const char *key, const struct account_row *row,
		       const struct unit *unit)
{
	json_object(json, key);
	json_id(json, "id", row->id);
	json_text(json, "username", row->username);
	json_text(json, "full_name", row->full_name);
	json_text(json, "position", row->position);
	json_text(json, "email", row->email);
	json_text(json, "language", row->language);
	unit_write_ref(json, "unit", unit);
	json_bool(json, "totp_enabled", row->totp_at != 0);
	json_bool(json, "must_change_password", row->must_change_password);
	json_end(json);
}

/* Rights on the own unit of any grant, as bits. */
static uint32_t own_rights(const struct actor *actor)
{
	uint32_t rights = UINT32_C(1) << RIGHT_SELF;
	for (size_t i = 0; i < actor->grant_count; i++)
		for (int right = 0; right < RIGHT_COUNT; right++)
			if (right_allows(actor->grants[i].role, (enum right)right, RELATION_OWN))
				rights |= UINT32_C(1) << right;
	return rights;
}

#define BIT(right) (UINT32_C(1) << (right))

/* An administrator further down manages no system: what is asked for is the right at the instance's unit. */
static bool manages_system(const struct actor *actor, const struct unit *instance)
{
	for (size_t i = 0; i < actor->grant_count; i++) {
		const struct grant *grant = &actor->grants[i];
		if (right_allows(grant->role, RIGHT_SYSTEM_MANAGE, relation_of(grant->unit_path, instance->path)))
			return true;
	}
	return false;
}

/* The left rail: a screen is there for those with any of its rights. */
static const struct {
	const char *screen;
	uint32_t rights;
} screens[] = {
	{ "my-work", BIT(RIGHT_SELF) },
	{ "overview", BIT(RIGHT_OVERVIEW_READ) },
	{ "entry", BIT(RIGHT_FIGURE_ENTER) },
	{ "approval", BIT(RIGHT_FIGURE_APPROVE) | BIT(RIGHT_FIGURE_RECEIVE) },
	{ "figures", BIT(RIGHT_FIGURE_READ) },
	{ "tasks", BIT(RIGHT_TASK_READ) },
	{ "documents", BIT(RIGHT_DOCUMENT_READ) },
	{ "indicators", BIT(RIGHT_INDICATOR_READ) },
	{ "assignments", BIT(RIGHT_ASSIGNMENT_MANAGE) | BIT(RIGHT_FIGURE_RECEIVE) },
	{ "units", BIT(RIGHT_UNIT_MANAGE) | BIT(RIGHT_ACCOUNT_READ) },
	{ "accounts", BIT(RIGHT_ACCOUNT_READ) | BIT(RIGHT_ACCOUNT_PROPOSE) },
	{ "calendar", BIT(RIGHT_SYSTEM_MANAGE) | BIT(RIGHT_ASSIGNMENT_MANAGE) },
	{ "events", BIT(RIGHT_EVENT_READ) },
	{ "rights", BIT(RIGHT_ACCOUNT_READ) },
};

static void write_rights(struct json *json, uint32_t rights, uint32_t hidden)
{
	json_array(json, "rights");
	for (int right = 0; right < RIGHT_COUNT; right++)
		if ((rights & ~hidden & BIT(right)) != 0)
			json_text(json, NULL, right_word((enum right)right));
	json_end(json);
	json_array(json, "screens");
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++)
		if ((rights & screens[i].rights) != 0)
			json_text(json, NULL, screens[i].screen);
	json_end(json);
}

static bool write_session(struct request *r, const struct session_info *session)
{
	const struct actor *actor = &session->actor;
	struct account_row row;
	struct unit unit, instance;
	bool found;
	if (!account_row_by_id(&r->call, actor->account_id, &row, &found) || !found ||
	    !unit_by_id(&r->call, row.unit_id, NULL, &unit))
		return error_internal(r->call.err, "a session without its account or unit");
	if (!account_system_unit(&r->call, &instance))
		return false;
	json_object(&r->json, NULL);
	json_text(&r->json, "state", session_state_word(session->state));
	json_text(&r->json, "csrf_token", session_csrf(r->call.mem, session));
	json_instant(&r->json, "server_now", r->call.now);
	json_bool(&r->json, "demo", account_is_demo());
	json_instant(&r->json, "expires_at", session->credential.session.ends_at);
	json_int(&r->json, "idle_seconds", session->idle_ms / 1000);
	json_instant(&r->json, "sudo_until", session->credential.session.sudo_at + session->sudo_ms);
	json_bool(&r->json, "totp_required", session->totp_required);
	write_self(&r->json, "account", &row, &unit);
	if (!account_write_grants(r, "grants", actor->grants, actor->grant_count))
		return false;
	write_rights(&r->json, own_rights(actor), manages_system(actor, &instance) ? 0 : BIT(RIGHT_SYSTEM_MANAGE));
	json_end(&r->json);
	return true;
}

/* The session as this transaction has left it. */
static bool write_session_now(struct request *r, const char *secret)
{
	struct session_info *session;
	if (!session_load(&r->call, secret, false, &session))
		return false;
	if (session == NULL)
		return error_set(r->call.err, ERR_not_signed_in, NULL, NULL);
	return write_session(r, session);
}

static bool refused(const struct request *r)
{
	return r->call.err->code != ERR_none;
}

/* What a browser says of itself, cut and in plain letters. */
static const char *printable(struct arena *mem, const char *agent)
{
	char *plain = arena_strndup(mem, agent, strnlen(agent, AGENT_MAX));
	for (char *p = plain; *p != '\0'; p++)
		if (*p < ' ' || *p > '~')
			*p = '?';
	return plain;
}

static bool sign_in_prepare(struct request *r)
{
	struct sign_in *in = ARENA_NEW(r->call.mem, struct sign_in);
	const char *agent = request_header(r, "User-Agent");
	in->username = json_get_text(r->body, "username");
	in->password = json_get_text(r->body, "password");
	if (agent != NULL)
		in->agent = printable(r->call.mem, agent);
	if (r->session != NULL && !r->session->credential.token) {
		in->old_session = r->session->credential.session.id;
		in->old_account = r->session->actor.account_id;
	}
	r->prepared = in;
	return sign_in_check(&r->call, in) || account_wait(r, in->wait_s);
}

static bool sign_in_post(struct request *r)
{
	struct sign_in *in = r->prepared;
	const struct actor *before = r->call.actor;
	/* Whoever signed in earlier in this browser has no part in it. */
	r->call.actor = NULL;
	bool ok = sign_in_act(&r->call, in);
	r->call.actor = before;
	if (!ok || refused(r)) {
		account_wait(r, in->wait_s);
		return ok;
	}
	reply_cookie(r, SESSION_COOKIE, in->secret, -1);
	return write_session_now(r, in->secret);
}

static bool session_get(struct request *r)
{
	return account_require(&r->call, RIGHT_SELF, NULL) && write_session(r, r->session);
}

static bool sign_out_delete(struct request *r)
{
	if (!session_sign_out(&r->call, r->session))
		return false;
	reply_cookie(r, SESSION_COOKIE, "", 0);
	return true;
}

static bool totp_post(struct request *r)
{
	const char *code = json_get_text(r->body, "code");
	const char *recovery_code = json_get_text(r->body, "recovery_code");
	int64_t wait_s = 0;
	if ((code == NULL) == (recovery_code == NULL))
		return error_set(r->call.err, ERR_field_required, "code", NULL);
	bool ok = totp_give(&r->call, r->session, code, recovery_code, &wait_s);
	if (!ok || refused(r)) {
		account_wait(r, wait_s);
		return ok;
	}
	return write_session_now(r, r->session->secret);
}

static bool confirm_prepare(struct request *r)
{
	struct confirm *confirm = ARENA_NEW(r->call.mem, struct confirm);
	confirm->password = json_get_text(r->body, "password");
	r->prepared = confirm;
	return confirm_check(&r->call, r->session, confirm) || account_wait(r, confirm->wait_s);
}

static bool sudo_post(struct request *r)
{
	struct confirm *confirm = r->prepared;
	return session_sudo_act(&r->call, r->session, confirm) || account_wait(r, confirm->wait_s);
}

static bool password_prepare(struct request *r)
{
	struct password_change *change = ARENA_NEW(r->call.mem, struct password_change);
	change->confirm.password = json_get_text(r->body, "current_password");
	change->wanted = json_get_text(r->body, "new_password");
	r->prepared = change;
	return password_change_check(&r->call, r->session, change) || account_wait(r, change->confirm.wait_s);
}

static bool password_post(struct request *r)
{
	struct password_change *change = r->prepared;
	if (!password_change_act(&r->call, r->session, change))
		return account_wait(r, change->confirm.wait_s);
	return refused(r) || write_session_now(r, r->session->secret);
}

static const struct field profile_fields[] = {
	{ .name = "language", .type = FIELD_CHOICE, .choices = "vi|en" },
	{ .name = "email", .type = FIELD_TEXT, .max = 254, .about = "Empty takes it away." },
	{ .name = "position", .type = FIELD_TEXT, .max = 200, .about = "Empty takes it away." },
	{ 0 },
};
static const struct shape profile_shape = { "Profile", profile_fields };

static bool me_patch(struct request *r)
{
	struct profile profile = {
		.language = json_get_text(r->body, "language"),
		.email = json_get_text(r->body, "email"),
		.position = json_get_text(r->body, "position"),
	};
	struct account_row row;
	struct unit unit;
	if (!profile_change(&r->call, r->session, &profile) || !session_account(&r->call, r->session, &row) ||
	    !unit_by_id(&r->call, row.unit_id, NULL, &unit))
		return false;
	write_self(&r->json, NULL, &row, &unit);
	return true;
}

static const struct route routes[] = {
	{ "POST", "/api/session", NULL, ROUTE_PUBLIC | ROUTE_SLOW | ROUTE_CREATES, CLASS_ACCOUNT, 4096, NULL,
	  &sign_in_shape, &session_shape, sign_in_prepare, sign_in_post, "Sign in." },
	{ "GET", "/api/session", "self", ROUTE_PENDING | ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL,
	  &session_shape, NULL, session_get, "Who is signed in, and what they may use." },
	{ "DELETE", "/api/session", "self", ROUTE_PENDING | ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL,
	  NULL, NULL, sign_out_delete, "Sign out." },
	{ "POST", "/api/session/totp", "self", ROUTE_PENDING | ROUTE_NO_TOKEN, CLASS_ACCOUNT, 4096, NULL,
	  &code_shape,
	  &session_shape, NULL, totp_post, "Give the authenticator's code, or one of the recovery codes." },
	{ "POST", "/api/session/sudo", "self", ROUTE_SLOW | ROUTE_NO_TOKEN, CLASS_ACCOUNT, 4096, NULL,
	  &password_shape, NULL, confirm_prepare, sudo_post,
	  "Confirm the password before what matters most." },
	{ "POST", "/api/me/password", "self", ROUTE_SLOW | ROUTE_PENDING | ROUTE_NO_TOKEN, CLASS_ACCOUNT,
	  4096, NULL, &change_shape, &session_shape, password_prepare, password_post,
	  "Change the password; every other session ends." },
	{ "PATCH", "/api/me", "self", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 4096, NULL, &profile_shape, &self_shape,
	  NULL, me_patch, "Change one's own language, e-mail or position." },
};

const struct route_table session_routes = { "session", routes, sizeof(routes) / sizeof(routes[0]) };
