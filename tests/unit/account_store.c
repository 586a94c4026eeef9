#include "room_fixture.h"

#include "account/account.h"
#include "account/account_manage.h"
#include "account/account_policy.h"
#include "account/session.h"
#include "account/totp_rules.h"
#include "base/text.h"
#include "unit/unit.h"

#define PASSWORD "Theodoi-demo-2026"
#define OTHER_PASSWORD "Ngan-Ha-9-Tang-May"

/* Hashing is slow on purpose: done once for all tests. */
static const char *password_hash_ready(void)
{
	static char hash[256];
	if (*hash == '\0') {
		struct arena *mem = arena_new(0);
		snprintf(hash, sizeof(hash), "%s", password_hash(mem, PASSWORD));
		arena_free(mem);
	}
	return hash;
}

static id unit_id_of(struct call *c, const char *code)
{
	struct unit unit;
	if (!unit_by_code(c, code, NULL, &unit))
		fixture_fail(c->err);
	return unit.id;
}

struct world {
	id administrator, province_administrator, coordinator, entry, inspector;
};

static id seed_one(struct call *c, const char *username, const char *unit, enum role role)
{
	const struct account_seed seed = {
		.username = username,
		.full_name = "Nguyễn Thị Hoà",
		.password_hash = password_hash_ready(),
		.unit_id = unit_id_of(c, unit),
		.roles = &role,
		.role_count = 1,
	};
	id out;
	if (!account_seed(c, &seed, &out))
		fixture_fail(c->err);
	return out;
}

static bool make_world(struct call *c, void *arg)
{
	struct world *world = arg;
	if (!unit_import_official(c))
		return false;
	world->administrator = seed_one(c, "tw.quantri", "TW", ROLE_ADMINISTRATOR);
	world->province_administrator = seed_one(c, "dl.quantri", "66", ROLE_ADMINISTRATOR);
	world->coordinator = seed_one(c, "tuyhoa.daumoi", "22015", ROLE_COORDINATOR);
	world->entry = seed_one(c, "tuyhoa.nhaplieu", "22015", ROLE_DATA_ENTRY);
	world->inspector = seed_one(c, "tw.kiemtra", "TW", ROLE_INSPECTOR);
	return true;
}

static void make_key(struct fixture *f)
{
	char path[128];
	struct error err = { 0 };
	snprintf(path, sizeof(path), "/tmp/theodoi-unit-key-%ld", (long)getpid());
	if (!account_key_set(path, true, &err))
		fixture_fail(&err);
	unlink(path);
	(void)f;
}

static struct fixture *start(void **state, struct world *world)
{
	struct fixture *f = fixture_of(state);
	policy_forget();
	make_key(f);
	log_level_set(LOG_ERROR);
	room_write(f, make_world, world);
	f->call.address = "10.0.0.1";
	return f;
}

/* An action as somebody who is signed in. */
struct as {
	id account;
	bool (*act)(struct call *c, void *arg);
	void *arg;
};

static bool act_as(struct call *c, void *arg)
{
	const struct as *as = arg;
	struct account_row row;
	struct grant_row *grants;
	size_t count;
	bool found;
	if (!account_row_by_id(c, as->account, &row, &found) || !grant_rows(c, as->account, &grants, &count))
		return false;
	struct grant *plain = ARENA_ARRAY(c->mem, struct grant, count);
	for (size_t i = 0; i < count; i++)
		plain[i] = grants[i].grant;
	struct actor actor = { .account_id = as->account, .unit_id = row.unit_id, .name = row.full_name,
			       .grants = plain, .grant_count = count };
	c->actor = &actor;
	bool ok = as->act(c, as->arg);
	c->actor = NULL;
	return ok;
}

static bool run_as(struct fixture *f, id account, bool (*act)(struct call *, void *), void *arg)
{
	struct as as = { account, act, arg };
	error_clear(&f->err);
	return fixture_run(f, act_as, &as);
}

static void refused_as(struct fixture *f, id account, bool (*act)(struct call *, void *), void *arg,
		       enum error_code code)
{
	bool ok = run_as(f, account, act, arg);
	if (ok || f->err.code != code)
		fail_msg("wanted %s, got %s %s", error_word(code), error_word(f->err.code), f->err.trace);
	error_clear(&f->err);
}

/* Signing in, as http runs it: check on a snapshot, act in the writer. */
static bool sign_in_write(struct call *c, void *arg)
{
	return sign_in_act(c, arg);
}

static enum error_code sign_in(struct fixture *f, const char *username, const char *password, char *secret)
{
	struct sign_in in = { .username = username, .password = password, .agent = "test" };
	error_clear(&f->err);
	struct call *c = room_read(f);
	bool ok = sign_in_check(c, &in);
	store_release(f->store, c);
	if (ok)
		ok = fixture_run(f, sign_in_write, &in);
	enum error_code code = f->err.code;
	assert_true(ok || code != ERR_none);
	if (code == ERR_none && secret != NULL)
		snprintf(secret, TOKEN_TEXT_MAX, "%s", in.secret);
	error_clear(&f->err);
	return code;
}

static struct session_info *load(struct fixture *f, const char *secret)
{
	struct session_info *session;
	struct call *c = room_read(f);
	assert_true(session_load(c, secret, false, &session));
	store_release(f->store, c);
	return session;
}

static void people_sign_in(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secret[TOKEN_TEXT_MAX];
	assert_int_equal(sign_in(f, " TuyHoa.NhapLieu ", PASSWORD, secret), ERR_none);
	struct session_info *session = load(f, secret);
	assert_non_null(session);
	assert_int_equal(session->actor.account_id, world.entry);
	assert_int_equal(session->actor.grant_count, 1);
	assert_string_equal(session->actor.grants[0].unit_path, "TW/66/22015/");
	assert_int_equal(session->state, SESSION_OPEN);
	assert_int_equal(session->idle_ms, 15 * MINUTE_MS);
	assert_null(load(f, "another"));
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'account.signed_in' AND account_id IS NOT NULL"), 1);
	/* The store has the digest only. */
	assert_int_equal(fixture_int(f, "SELECT MIN(LENGTH(digest)) FROM account_session"), 64);

	assert_int_equal(sign_in(f, "tw.quantri", PASSWORD, secret), ERR_none);
	session = load(f, secret);
	assert_int_equal(session->state, SESSION_ENROLL);
	assert_int_equal(session->idle_ms, 5 * MINUTE_MS);
}

static void unknown_names_are_answered_alike(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	static const char *const names[] = { "tuyhoa.nhaplieu", "nobody.here" };
	enum error_code answers[2][8];
	for (size_t who = 0; who < 2; who++) {
		for (size_t i = 0; i < 8; i++) {
			answers[who][i] = sign_in(f, names[who], i == 6 ? PASSWORD : "wrong", NULL);
			f->call.now += i == 1 ? 1000 : 20000;
		}
	}
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(answers[0][i], answers[1][i]);
	assert_int_equal(answers[0][0], ERR_bad_credentials);
	assert_int_equal(answers[0][2], ERR_sign_in_wait);
	/* Then the third, fourth and fifth; the fifth locks, for the right password too. */
	assert_int_equal(answers[0][4], ERR_bad_credentials);
	assert_int_equal(answers[0][5], ERR_account_locked);
	assert_int_equal(answers[0][6], ERR_account_locked);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'account.locked'"), 1);
	/* What was typed as a name may be a password: it is nowhere. */
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account_guard WHERE name_digest LIKE '%nobody%'"), 0);
	f->call.now += 12 * HOUR_MS;
	assert_int_equal(sign_in(f, names[0], PASSWORD, NULL), ERR_none);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account_guard"), 1);
}

static bool unlock(struct call *c, void *arg)
{
	return account_unlock(c, *(id *)arg);
}

static void administrators_unlock(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	for (int i = 0; i < 5; i++) {
		sign_in(f, "tuyhoa.nhaplieu", "wrong", NULL);
		f->call.now += 20000;
	}
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, NULL), ERR_account_locked);
	refused_as(f, world.coordinator, unlock, &world.entry, ERR_forbidden);
	assert_true(run_as(f, world.province_administrator, unlock, &world.entry));
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, NULL), ERR_none);
}

static bool touch(struct call *c, void *arg)
{
	const struct session_info *session = arg;
	return session_touch(c, session->digest, c->now);
}

static void sessions_end(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secret[TOKEN_TEXT_MAX];
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, secret), ERR_none);
	instant begin = f->call.now;
	f->call.now = begin + 15 * MINUTE_MS - 1;
	assert_non_null(load(f, secret));
	f->call.now = begin + 15 * MINUTE_MS;
	assert_null(load(f, secret));
	/* Used all the time, it still ends after 12 hours. */
	f->call.now = begin;
	for (instant at = begin; at < begin + 12 * HOUR_MS; at += 10 * MINUTE_MS) {
		f->call.now = at;
		struct session_info *session = load(f, secret);
		assert_non_null(session);
		room_write(f, touch, session);
	}
	f->call.now = begin + 12 * HOUR_MS;
	assert_null(load(f, secret));
}

static void no_more_than_five_sessions(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secrets[6][TOKEN_TEXT_MAX];
	for (int i = 0; i < 6; i++) {
		assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, secrets[i]), ERR_none);
		f->call.now += 1000;
	}
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account_session"), 5);
	assert_null(load(f, secrets[0]));
	assert_non_null(load(f, secrets[1]));
	assert_non_null(load(f, secrets[5]));
}

struct disable {
	id account;
	const char *reason;
};

static bool disable(struct call *c, void *arg)
{
	const struct disable *disable = arg;
	return account_disable(c, disable->account, disable->reason);
}

static bool enable(struct call *c, void *arg)
{
	return account_enable(c, *(id *)arg);
}

static void disabling_acts_at_once(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secret[TOKEN_TEXT_MAX];
	struct disable entry = { world.entry, "left the office" };
	struct disable own = { world.administrator, "tired" };
	struct disable above = { world.inspector, "because" };
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, secret), ERR_none);
	refused_as(f, world.inspector, disable, &entry, ERR_forbidden);
	refused_as(f, world.coordinator, disable, &above, ERR_not_found);
	refused_as(f, world.province_administrator, disable, &above, ERR_not_found);
	refused_as(f, world.administrator, disable, &own, ERR_own_account);
	assert_true(run_as(f, world.province_administrator, disable, &entry));
	assert_null(load(f, secret));
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, NULL), ERR_account_disabled);
	refused_as(f, world.administrator, disable, &entry, ERR_account_not_active);
	assert_true(run_as(f, world.administrator, enable, &world.entry));
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, NULL), ERR_none);
}

struct grant_act {
	id account, grant;
	enum role role;
	const char *unit;
	struct grant_row made;
};

static bool give(struct call *c, void *arg)
{
	struct grant_act *act = arg;
	struct grant_input input = { act->role, unit_id_of(c, act->unit) };
	return account_grant(c, act->account, &input, &act->made);
}

static bool take(struct call *c, void *arg)
{
	const struct grant_act *act = arg;
	return account_revoke(c, act->account, act->grant);
}

static void roles_are_given_inside_the_own_subtree_only(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secret[TOKEN_TEXT_MAX];
	struct grant_act inside = { .account = world.entry, .role = ROLE_LEADER, .unit = "66" };
	struct grant_act outside = { .account = world.entry, .role = ROLE_LEADER, .unit = "TW" };
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, secret), ERR_none);
	assert_true(run_as(f, world.province_administrator, give, &inside));
	inside.grant = inside.made.grant.id;
	assert_int_equal(load(f, secret)->actor.grant_count, 2);
	refused_as(f, world.province_administrator, give, &inside, ERR_grant_taken);
	refused_as(f, world.province_administrator, give, &outside, ERR_forbidden);
	refused_as(f, world.entry, give, &inside, ERR_not_found);
	assert_true(run_as(f, world.administrator, give, &outside));
	/* Now the account works for the centre too: no longer in the hands of the province. */
	struct disable entry = { world.entry, "taking over" };
	refused_as(f, world.province_administrator, disable, &entry, ERR_forbidden);
	outside.grant = outside.made.grant.id;
	refused_as(f, world.province_administrator, take, &outside, ERR_forbidden);
	assert_true(run_as(f, world.administrator, take, &outside));
	assert_true(run_as(f, world.province_administrator, take, &inside));
	assert_int_equal(load(f, secret)->actor.grant_count, 1);
	refused_as(f, world.province_administrator, take, &inside, ERR_not_found);
}

static bool revoke_first(struct call *c, void *arg)
{
	id account = *(id *)arg;
	struct grant_row *grants;
	size_t count;
	return grant_rows(c, account, &grants, &count) && account_revoke(c, account, grants[0].grant.id);
}

static void the_last_administrator_stays(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	assert_true(run_as(f, world.administrator, revoke_first, &world.province_administrator));
	refused_as(f, world.administrator, revoke_first, &world.administrator, ERR_last_administrator);
}

struct create {
	const char *username, *unit, *citizen_number;
	enum role role;
	const char *role_unit;
	id made;
};

static bool create(struct call *c, void *arg)
{
	struct create *create = arg;
	struct grant_input grant = { create->role, unit_id_of(c, create->role_unit) };
	struct account_input input = {
		.username = create->username,
		.full_name = "Y Blăng Niê",
		.email = "y.blang@daklak.gov.vn",
		.mobile = "0912345678",
		.citizen_number = create->citizen_number,
		.unit_id = unit_id_of(c, create->unit),
		.leader_category = 0,
		.grants = &grant,
		.grant_count = 1,
	};
	return account_create(c, &input, password_hash_ready(), &create->made);
}

static bool approve(struct call *c, void *arg)
{
	return account_approve(c, *(id *)arg, password_hash_ready());
}

static bool refuse(struct call *c, void *arg)
{
	return account_refuse(c, *(id *)arg, "not needed");
}

static void the_unit_proposes_and_the_level_above_approves(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secret[TOKEN_TEXT_MAX];
	struct create own = { .username = "tuyhoa.pheduyet", .unit = "22015", .citizen_number = "066123456789",
			      .role = ROLE_APPROVER, .role_unit = "22015" };
	struct create wide = own;
	struct create other = own;
	wide.role_unit = "66";
	other.unit = "22045";
	refused_as(f, world.coordinator, create, &wide, ERR_forbidden);
	refused_as(f, world.coordinator, create, &other, ERR_forbidden);
	refused_as(f, world.entry, create, &own, ERR_forbidden);
	assert_true(run_as(f, world.coordinator, create, &own));
	assert_int_equal(sign_in(f, "tuyhoa.pheduyet", PASSWORD, NULL), ERR_bad_credentials);
	f->call.now += MINUTE_MS;
	refused_as(f, world.coordinator, approve, &own.made, ERR_forbidden);
	assert_true(run_as(f, world.province_administrator, approve, &own.made));
	refused_as(f, world.province_administrator, approve, &own.made, ERR_account_not_proposed);
	assert_int_equal(sign_in(f, "tuyhoa.pheduyet", PASSWORD, secret), ERR_none);
	assert_int_equal(load(f, secret)->state, SESSION_PASSWORD);

	struct create again = own;
	refused_as(f, world.province_administrator, create, &again, ERR_citizen_number_taken);
	again.citizen_number = "066123456780";
	refused_as(f, world.province_administrator, create, &again, ERR_username_taken);
	again.username = "tuyhoa.khac";
	again.citizen_number = "66123456780";
	refused_as(f, world.province_administrator, create, &again, ERR_citizen_number_invalid);
	again.citizen_number = "066123456780";
	assert_true(run_as(f, world.coordinator, create, &again));
	assert_true(run_as(f, world.province_administrator, refuse, &again.made));
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account WHERE state = 3"), 1);
}

struct reveal {
	id account;
	char citizen_number[20], mobile[20];
};

static bool reveal(struct call *c, void *arg)
{
	struct reveal *reveal = arg;
	const char *citizen_number, *mobile;
	if (!account_reveal(c, reveal->account, "checking the list", &citizen_number, &mobile))
		return false;
	snprintf(reveal->citizen_number, sizeof(reveal->citizen_number), "%s", citizen_number);
	snprintf(reveal->mobile, sizeof(reveal->mobile), "%s", mobile);
	return true;
}

static void personal_data_is_sealed_and_its_view_logged(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	struct create own = { .username = "dl.lanhdao", .unit = "66", .citizen_number = "066123456789",
			      .role = ROLE_LEADER, .role_unit = "66" };
	assert_true(run_as(f, world.province_administrator, create, &own));
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account WHERE citizen_sealed LIKE '%123456%' OR "
					"mobile_sealed LIKE '%12345%' OR citizen_index LIKE '%123456789%'"), 0);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account WHERE citizen_tail = '789' AND mobile_tail = '678'"), 1);
	struct reveal view = { .account = own.made };
	refused_as(f, world.inspector, reveal, &view, ERR_forbidden);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'account.revealed'"), 0);
	assert_true(run_as(f, world.province_administrator, reveal, &view));
	assert_string_equal(view.citizen_number, "066123456789");
	assert_string_equal(view.mobile, "0912345678");
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'account.revealed' AND after LIKE '%checking%'"), 1);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE after LIKE '%066123%' OR after LIKE '%091234%'"), 0);
	make_key(f);
	refused_as(f, world.province_administrator, reveal, &view, ERR_key_wrong);
}

struct totp_act {
	struct session_info *session;
	char secret[64];
	char code[8];
	char recovery[RECOVERY_CODES][24];
	const char *recovery_code;
	int64_t wait_s;
};

static bool totp_begin(struct call *c, void *arg)
{
	struct totp_act *act = arg;
	const char *secret, *uri, *svg;
	c->actor = &act->session->actor;
	if (!totp_start(c, act->session, &secret, &uri, &svg))
		return false;
	snprintf(act->secret, sizeof(act->secret), "%s", secret);
	return true;
}

static bool totp_finish(struct call *c, void *arg)
{
	struct totp_act *act = arg;
	const char *codes[RECOVERY_CODES];
	c->actor = &act->session->actor;
	if (!totp_confirm(c, act->session, act->code, codes, &act->wait_s))
		return false;
	for (size_t i = 0; i < RECOVERY_CODES && c->err->code == ERR_none; i++)
		snprintf(act->recovery[i], sizeof(act->recovery[i]), "%s", codes[i]);
	return true;
}

static bool totp_answer(struct call *c, void *arg)
{
	struct totp_act *act = arg;
	c->actor = &act->session->actor;
	return totp_give(c, act->session, act->recovery_code != NULL ? NULL : act->code, act->recovery_code,
			 &act->wait_s);
}

static enum error_code run_totp(struct fixture *f, bool (*act)(struct call *, void *), void *arg)
{
	error_clear(&f->err);
	bool ok = fixture_run(f, act, arg);
	enum error_code code = f->err.code;
	f->call.actor = NULL;
	if (!ok && code == ERR_none)
		fail_msg("failed without an error");
	error_clear(&f->err);
	return code;
}

static void second_factor(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secret[TOKEN_TEXT_MAX];
	struct totp_act act = { 0 };
	assert_int_equal(sign_in(f, "tw.quantri", PASSWORD, secret), ERR_none);
	act.session = load(f, secret);
	assert_int_equal(run_totp(f, totp_finish, &act), ERR_totp_not_started);
	assert_int_equal(run_totp(f, totp_begin, &act), ERR_none);
	snprintf(act.code, sizeof(act.code), "000000");
	assert_int_equal(run_totp(f, totp_finish, &act), ERR_totp_code_wrong);
	assert_true(totp_code_at(act.secret, f->call.now, act.code));
	assert_int_equal(run_totp(f, totp_finish, &act), ERR_none);
	assert_int_equal(load(f, secret)->state, SESSION_OPEN);

	/* At the next sign-in the code is asked for; one already taken is refused. */
	assert_int_equal(sign_in(f, "tw.quantri", PASSWORD, secret), ERR_none);
	act.session = load(f, secret);
	assert_int_equal(act.session->state, SESSION_TOTP);
	assert_int_equal(run_totp(f, totp_begin, &act), ERR_totp_required);
	assert_int_equal(run_totp(f, totp_answer, &act), ERR_totp_code_wrong);
	assert_int_equal(load(f, secret)->state, SESSION_TOTP);
	f->call.now += 30000;
	assert_true(totp_code_at(act.secret, f->call.now, act.code));
	assert_int_equal(run_totp(f, totp_answer, &act), ERR_none);
	assert_int_equal(load(f, secret)->state, SESSION_OPEN);

	/* A recovery code, typed carelessly, once. */
	char typed[24];
	snprintf(typed, sizeof(typed), "%s", act.recovery[3]);
	for (char *p = typed; *p != '\0'; p++)
		*p = *p == '-' ? ' ' : (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
	assert_int_equal(sign_in(f, "tw.quantri", PASSWORD, secret), ERR_none);
	act.session = load(f, secret);
	act.recovery_code = typed;
	assert_int_equal(run_totp(f, totp_answer, &act), ERR_none);
	assert_int_equal(run_totp(f, totp_answer, &act), ERR_recovery_code_wrong);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account_recovery"), RECOVERY_CODES - 1);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account WHERE totp_sealed IS NOT NULL AND LENGTH(totp_sealed) < 64"), 0);
}

static void codes_cannot_be_tried_without_end(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secret[TOKEN_TEXT_MAX];
	struct totp_act act = { 0 };
	assert_int_equal(sign_in(f, "tw.quantri", PASSWORD, secret), ERR_none);
	act.session = load(f, secret);
	assert_int_equal(run_totp(f, totp_begin, &act), ERR_none);
	assert_true(totp_code_at(act.secret, f->call.now, act.code));
	assert_int_equal(run_totp(f, totp_finish, &act), ERR_none);
	/* The right password in between does not give new tries. */
	for (int i = 0; i < 4; i++) {
		f->call.now += 11000;
		assert_int_equal(sign_in(f, "tw.quantri", PASSWORD, secret), ERR_none);
		act.session = load(f, secret);
		snprintf(act.code, sizeof(act.code), "000000");
		assert_int_equal(run_totp(f, totp_answer, &act), ERR_totp_code_wrong);
	}
	f->call.now += 11000;
	assert_int_equal(run_totp(f, totp_answer, &act), ERR_account_locked);
	assert_true(totp_code_at(act.secret, f->call.now, act.code));
	assert_int_equal(run_totp(f, totp_answer, &act), ERR_account_locked);
	assert_int_equal(sign_in(f, "tw.quantri", PASSWORD, NULL), ERR_account_locked);
}

struct change {
	struct session_info *session;
	struct password_change change;
};

static bool change_write(struct call *c, void *arg)
{
	struct change *change = arg;
	c->actor = &change->session->actor;
	return password_change_act(c, change->session, &change->change);
}

static enum error_code change_password(struct fixture *f, const char *secret, const char *current, const char *wanted)
{
	struct change change = { .session = load(f, secret),
				 .change = { .confirm = { .password = current }, .wanted = wanted } };
	struct call *c = room_read(f);
	c->actor = &change.session->actor;
	bool ok = password_change_check(c, change.session, &change.change);
	store_release(f->store, c);
	if (ok)
		ok = fixture_run(f, change_write, &change);
	f->call.actor = NULL;
	enum error_code code = f->err.code;
	assert_true(ok || code != ERR_none);
	error_clear(&f->err);
	return code;
}

static void passwords_change(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secret[TOKEN_TEXT_MAX], other[TOKEN_TEXT_MAX];
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, other), ERR_none);
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, secret), ERR_none);
	assert_int_equal(change_password(f, secret, "wrong", OTHER_PASSWORD), ERR_password_wrong);
	assert_int_equal(change_password(f, secret, PASSWORD, "short"), ERR_password_too_short);
	assert_int_equal(change_password(f, secret, PASSWORD, PASSWORD), ERR_password_reused);
	assert_int_equal(change_password(f, secret, PASSWORD, OTHER_PASSWORD), ERR_none);
	assert_null(load(f, other));
	assert_non_null(load(f, secret));
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, NULL), ERR_bad_credentials);
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", OTHER_PASSWORD, NULL), ERR_none);
	assert_int_equal(change_password(f, secret, OTHER_PASSWORD, PASSWORD), ERR_password_reused);
}

struct token_act {
	struct session_info *session;
	struct token_request request;
	const char *unit;
};

static bool make_token(struct call *c, void *arg)
{
	struct token_act *act = arg;
	c->actor = &act->session->actor;
	act->request.unit_id = unit_id_of(c, act->unit);
	return token_make(c, act->session, &act->request);
}

static void tokens(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secret[TOKEN_TEXT_MAX];
	assert_int_equal(sign_in(f, "tuyhoa.daumoi", PASSWORD, secret), ERR_none);
	struct token_act act = {
		.session = load(f, secret),
		.request = { .name = "reporting", .rights = UINT32_C(1) << RIGHT_FIGURE_READ,
			     .expires_on = civil_add_days(civil_date_of(f->call.now), 30) },
		.unit = "22015",
	};
	assert_int_equal(run_totp(f, make_token, &act), ERR_none);
	char token[TOKEN_TEXT_MAX];
	snprintf(token, sizeof(token), "%s", act.request.secret);
	struct session_info *session;
	struct call *c = room_read(f);
	assert_true(session_load(c, token, true, &session));
	assert_non_null(session);
	assert_true(session->actor.token);
	c->actor = &session->actor;
	assert_true(account_may(c, RIGHT_FIGURE_READ, "TW/66/22015/"));
	assert_false(account_may(c, RIGHT_FIGURE_ENTER, "TW/66/22015/"));
	c->actor = NULL;
	struct session_info *as_cookie;
	assert_true(session_load(c, token, false, &as_cookie));
	assert_null(as_cookie);
	store_release(f->store, c);

	act.request.rights = UINT32_C(1) << RIGHT_SYSTEM_MANAGE;
	assert_int_equal(run_totp(f, make_token, &act), ERR_token_rights_wider);
	act.request.rights = UINT32_C(1) << RIGHT_FIGURE_READ;
	act.unit = "66";
	assert_int_equal(run_totp(f, make_token, &act), ERR_token_rights_wider);
	act.unit = "22015";
	act.request.expires_on = civil_add_days(civil_date_of(f->call.now), 367);
	assert_int_equal(run_totp(f, make_token, &act), ERR_token_expiry);
	act.request.expires_on = civil_date_of(f->call.now);
	assert_int_equal(run_totp(f, make_token, &act), ERR_token_expiry);

	f->call.now += 31 * DAY_MS;
	c = room_read(f);
	assert_true(session_load(c, token, true, &session));
	assert_null(session);
	store_release(f->store, c);
}

struct setting_act {
	const char *key, *value;
};

static bool set(struct call *c, void *arg)
{
	const struct setting_act *act = arg;
	return account_setting_set(c, act->key, act->value);
}

static void settings_change_what_holds(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	char secret[TOKEN_TEXT_MAX];
	struct setting_act idle = { "session_idle_minutes", "10" };
	struct setting_act loose = { "session_idle_minutes", "20" };
	struct setting_act roles = { "totp_required_roles", "administrator data_entry" };
	struct setting_act unknown = { "no_such", "1" };
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, secret), ERR_none);
	refused_as(f, world.province_administrator, set, &idle, ERR_forbidden);
	refused_as(f, world.administrator, set, &loose, ERR_setting_floor);
	refused_as(f, world.administrator, set, &unknown, ERR_field_unknown);
	assert_true(run_as(f, world.administrator, set, &idle));
	assert_int_equal(load(f, secret)->idle_ms, 10 * MINUTE_MS);
	assert_true(run_as(f, world.administrator, set, &roles));
	assert_int_equal(load(f, secret)->state, SESSION_ENROLL);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'setting.changed'"), 2);
	struct setting_act own = { "instance_unit", "66" };
	assert_true(run_as(f, world.administrator, set, &own));
	struct setting_act back = { "session_idle_minutes", "15" };
	assert_true(run_as(f, world.province_administrator, set, &back));
}

static bool daily(struct call *c, void *arg)
{
	(void)arg;
	return account_daily(c);
}

static void unused_accounts_are_warned_of_then_disabled(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	f->call.address = NULL;
	instant begin = f->call.now;
	f->call.now = begin + 29 * DAY_MS;
	room_write(f, daily, NULL);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'account.unused'"), 0);
	assert_int_equal(sign_in(f, "tuyhoa.nhaplieu", PASSWORD, NULL), ERR_none);
	f->call.now = begin + 30 * DAY_MS + 1;
	room_write(f, daily, NULL);
	room_write(f, daily, NULL);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM event WHERE kind = 'account.unused'"), 4);
	f->call.now = begin + 45 * DAY_MS + 1;
	room_write(f, daily, NULL);
	/* One used lately, and the last administrator. */
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account WHERE state = 1"), 2);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account a JOIN account_grant g ON g.account_id = a.id "
					"WHERE a.state = 1 AND g.role = 0"), 1);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account_session"), 0);
}

static bool move(struct call *c, void *arg)
{
	(void)arg;
	return account_unit_moved(c, "TW/66/", "TW/01/66/");
}

static void accounts_follow_a_unit_that_moves(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	f->call.address = NULL;
	room_write(f, move, NULL);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account WHERE unit_path = 'TW/01/66/22015/'"), 2);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account WHERE unit_path = 'TW/01/66/'"), 1);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account WHERE unit_path = 'TW/'"), 2);
	assert_int_equal(fixture_int(f, "SELECT COUNT(*) FROM account_grant WHERE unit_path LIKE 'TW/01/66/%'"), 3);
}

struct list_act {
	struct account_query query;
	size_t count;
	char first[64];
};

static bool list(struct call *c, void *arg)
{
	struct list_act *act = arg;
	struct account_full *accounts;
	if (!account_list(c, &act->query, &accounts, &act->count))
		return false;
	snprintf(act->first, sizeof(act->first), "%s", act->count > 0 ? accounts[0].row.username : "");
	for (size_t i = 0; i < act->count; i++)
		assert_int_equal(accounts[i].grant_count, 1);
	return true;
}

static void lists_show_what_is_in_reach(void **state)
{
	struct world world;
	struct fixture *f = start(state, &world);
	struct list_act act = { .query = { .state = -1, .role = -1, .limit = 50 } };
	assert_true(run_as(f, world.administrator, list, &act));
	assert_int_equal(act.count, 5);
	assert_string_equal(act.first, "dl.quantri");
	assert_true(run_as(f, world.province_administrator, list, &act));
	assert_int_equal(act.count, 3);
	assert_true(run_as(f, world.coordinator, list, &act));
	assert_int_equal(act.count, 2);
	assert_true(run_as(f, world.entry, list, &act));
	assert_int_equal(act.count, 0);
	act.query.limit = 2;
	act.query.after = "dl.quantri";
	assert_true(run_as(f, world.administrator, list, &act));
	assert_int_equal(act.count, 3);
	assert_string_equal(act.first, "tuyhoa.daumoi");
	act.query.after = NULL;
	act.query.q = "NHẬP LIỆU";
	assert_true(run_as(f, world.administrator, list, &act));
	assert_int_equal(act.count, 0);
	act.query.q = "nhaplieu";
	assert_true(run_as(f, world.administrator, list, &act));
	assert_int_equal(act.count, 1);
	act.query.q = NULL;
	act.query.role = ROLE_ADMINISTRATOR;
	assert_true(run_as(f, world.administrator, list, &act));
	assert_int_equal(act.count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_ON_BOTH(people_sign_in),
		ROOM_ON_BOTH(unknown_names_are_answered_alike),
		ROOM_ON_BOTH(administrators_unlock),
		ROOM_ON_BOTH(sessions_end),
		ROOM_ON_BOTH(no_more_than_five_sessions),
		ROOM_ON_BOTH(disabling_acts_at_once),
		ROOM_ON_BOTH(roles_are_given_inside_the_own_subtree_only),
		ROOM_ON_BOTH(the_last_administrator_stays),
		ROOM_ON_BOTH(the_unit_proposes_and_the_level_above_approves),
		ROOM_ON_BOTH(personal_data_is_sealed_and_its_view_logged),
		ROOM_ON_BOTH(second_factor),
		ROOM_ON_BOTH(codes_cannot_be_tried_without_end),
		ROOM_ON_BOTH(passwords_change),
		ROOM_ON_BOTH(tokens),
		ROOM_ON_BOTH(settings_change_what_holds),
		ROOM_ON_BOTH(unused_accounts_are_warned_of_then_disabled),
		ROOM_ON_BOTH(accounts_follow_a_unit_that_moves),
		ROOM_ON_BOTH(lists_show_what_is_in_reach),
	};
	crypto_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
