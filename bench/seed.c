/*
 * A store for the benches: the official units, one form of INDICATORS
 * indicators, assigned by the centre to 34 provinces and by each to its
 * communes and departments; PERIODS months opened, the last being 2026-05.
 * All but the last HELD are submitted and approved, as months of history are.
 *
 *	seed STORE-URL FOLDER INDICATORS PERIODS HELD
 *
 * Writes to FOLDER the requests of the evening as they go over the wire
 * (submit-PERIOD.req, approve-PERIOD.req, dashboard.req, constant.req) and cookies.txt of
 * people who watch. Sessions are made in the store: signing in is not measured.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "account/account.h"
#include "account/session.h"
#include "assignment/assignment.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/crypto.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "db/store.h"
#include "db/writer.h"
#include "indicator/indicator.h"
#include "rollup/rollup.h"
#include "submission/submission.h"
#include "unit/unit.h"

enum { UNITS_MAX = 5000, PROVINCES_MAX = 64, WATCHERS = 68 };

struct member {
	struct unit unit;
	id entry, approver;
	char cookie[TOKEN_TEXT_MAX], approver_cookie[TOKEN_TEXT_MAX];
	char csrf[128], approver_csrf[128];
};

static struct member members[UNITS_MAX];
static size_t member_count;
static struct unit provinces[PROVINCES_MAX];
static id assignments[PROVINCES_MAX];
static size_t province_count;
static struct unit centre;
static id report_id, central_assignment;
static int indicator_count;
static id indicators[500];
static char watchers[WATCHERS][TOKEN_TEXT_MAX];
static const char *folder;

static void fail(const struct error *err)
{
	char sentence[512];

	fprintf(stderr, "seed: %s %s\n", error_sentence(err, LANG_EN, sentence, sizeof(sentence)), err->trace);
	exit(2);
}

/* Runs an action as the system itself, at `now`. */
static void act(struct store *store, instant now, write_action action, void *arg)
{
	struct error err = { .code = ERR_none };
	struct call c = { .mem = arena_new((size_t)1 << 30), .now = now, .err = &err };

	if (!writer_run(store, &c, action, arg))
		fail(&err);
	arena_free(c.mem);
}

static instant at_month(int back, int day, int hour)
{
	period p = period_add(period_make(FREQUENCY_MONTH, 2026, 5), -back);

	return civil_start((struct civil_date){ period_year(p), period_number(p), day }) + hour * INT64_C(3600000);
}

static bool add_session(struct call *c, id account, char cookie[TOKEN_TEXT_MAX], char csrf[128])
{
	struct session_info info = { .secret = token_new(cookie) };
	struct session_row row = {
		.id = id_next(c->now),
		.account_id = account,
		.created_at = c->now,
		.seen_at = c->now,
		.ends_at = c->now + 12 * INT64_C(3600000),
		.totp_at = c->now,
		.address = "127.0.0.1",
		.agent = "bench",
	};
	char digest[SHA256_HEX_MAX];

	snprintf(csrf, 128, "%s", session_csrf(c->mem, &info));
	return session_insert(c, token_digest(cookie, digest), &row);
}

static bool add_account(struct call *c, const struct unit *unit, const char *suffix, enum role role, id *out)
{
	char *username = arena_printf(c->mem, "bench.%s.%s", unit->code, suffix);
	struct account_seed seed = {
		.username = username,
		.full_name = username,
		.password_hash = "unused",
		.unit_id = unit->id,
		.roles = &role,
		.role_count = 1,
	};

	for (char *at = username; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	return account_seed(c, &seed, out);
}

static bool add_members(struct call *c, const struct unit *province)
{
	struct unit *units;
	size_t count;

	if (!unit_children(c, province->id, NULL, &units, &count))
		return false;
	for (size_t i = 0; i < count && member_count < UNITS_MAX; i++) {
		struct member *m = &members[member_count++];

		m->unit = units[i];
		m->unit.path = strdup(units[i].path);
		m->unit.code = strdup(units[i].code);
		if (!add_account(c, &units[i], "nl", ROLE_DATA_ENTRY, &m->entry) ||
		    !add_account(c, &units[i], "pd", ROLE_APPROVER, &m->approver) ||
		    !add_session(c, m->entry, m->cookie, m->csrf) ||
		    !add_session(c, m->approver, m->approver_cookie, m->approver_csrf))
			return false;
	}
	return true;
}

static bool add_people(struct call *c, void *arg)
{
	struct unit *units;

	(void)arg;
	if (!unit_import_official(c) || !unit_by_code(c, "TW", NULL, &centre) ||
	    !unit_children(c, centre.id, "province", &units, &province_count))
		return false;
	centre.path = strdup(centre.path);
	/* sessions are made without an authenticator */
	if (!account_setting_set(c, "totp_required_roles", "administrator"))
		return false;
	for (size_t i = 0; i < province_count; i++) {
		provinces[i] = units[i];
		provinces[i].path = strdup(units[i].path);
		if (!add_members(c, &provinces[i]))
			return false;
	}
	for (int i = 0; i < WATCHERS; i++) {
		const struct unit *unit = i % 2 ? &provinces[(size_t)i / 2 % province_count] : &centre;
		char csrf[128], suffix[16];
		id account;

		snprintf(suffix, sizeof(suffix), "xem%d", i);
		if (!add_account(c, unit, suffix, ROLE_INSPECTOR, &account) ||
		    !add_session(c, account, watchers[i], csrf))
			return false;
	}
	return true;
}

static bool add_indicator(struct call *c, int i)
{
	char code[16];
	struct indicator definition = {
		.name = "Bench",
		.code = code,
		.group = "bench",
		.resolution = "57-NQ/TW",
		.unit_of_measure = "%",
		.definition = "",
		.source = "",
		.type = i % 5 < 3 ? VALUE_PERCENTAGE : VALUE_NUMBER,
		.accrual = ACCRUAL_FLOW,
		.frequency = FREQUENCY_MONTH,
		.direction = DIRECTION_HIGHER,
		.aggregation = i % 5 < 3 ? AGGREGATION_RATIO : AGGREGATION_SUM,
		.decimals = i % 5 < 3 ? 2 : 0,
		.factor = i % 5 < 3 ? 100 : 1,
		.levels = LEVEL_PROVINCE | LEVEL_DEPARTMENT | LEVEL_COMMUNE,
		.owner_unit_id = centre.id,
	};

	snprintf(code, sizeof(code), "BM%02d", i + 1);
	return indicator_create(c, &definition, &indicators[i]);
}

static bool add_report(struct call *c, void *arg)
{
	struct deadline_rule central = { .day = 18 }, own = { .day = 16 };
	struct report_draft form = {
		.code = "BENCH",
		.title = "Bench",
		.resolution = "57-NQ/TW",
		.instructions = "",
		.frequency = FREQUENCY_MONTH,
		.owner_unit_id = centre.id,
		.indicator_ids = indicators,
		.item_count = (size_t)indicator_count,
	};
	struct assignment_draft draft = { .from_unit_id = centre.id, .rule = central, .first = *(const period *)arg };
	id ids[UNITS_MAX];

	for (int i = 0; i < indicator_count; i++)
		if (!add_indicator(c, i))
			return false;
	if (!report_create(c, &form, &report_id))
		return false;
	for (size_t i = 0; i < province_count; i++)
		ids[i] = provinces[i].id;
	draft.report_id = report_id;
	draft.unit_ids = ids;
	draft.unit_count = province_count;
	if (!assignment_create(c, &draft, &central_assignment))
		return false;
	for (size_t p = 0; p < province_count; p++) {
		draft.from_unit_id = provinces[p].id;
		draft.parent_id = central_assignment;
		draft.rule = own;
		draft.unit_count = 0;
		for (size_t i = 0; i < member_count; i++)
			if (members[i].unit.parent_id == provinces[p].id)
				ids[draft.unit_count++] = members[i].unit.id;
		if (!assignment_create(c, &draft, &assignments[p]))
			return false;
	}
	return true;
}

static bool open_month(struct call *c, void *arg)
{
	period p = *(const period *)arg;

	if (!assignment_open(c, central_assignment, p))
		return false;
	for (size_t i = 0; i < province_count; i++)
		if (!assignment_open(c, assignments[i], p))
			return false;
	return true;
}

/* The same cells as a person's: 3 of 5 percentages by parts, the rest numbers. */
static void fill_cells(struct cell *cells, unsigned salt)
{
	for (int i = 0; i < indicator_count; i++) {
		int64_t denominator = 100 + (salt + (unsigned)i * 7) % 900, numerator = denominator * 9 / 10;

		cells[i] = (struct cell){ .indicator_id = indicators[i], .present = true };
		if (i % 5 < 3) {
			cells[i].numerator = numerator;
			cells[i].denominator = denominator;
			decimal_ratio(numerator, denominator, 100, 2, &cells[i].number);
		} else {
			cells[i].number = denominator;
		}
	}
}

struct history {
	period period;
	size_t province;
	const struct submission *rows;
	size_t count;
};

static bool list_submissions(struct call *c, void *arg)
{
	struct history *h = arg;
	struct submission *rows;

	if (!submission_of_assignment(c, assignments[h->province], h->period, h->period, &rows, &h->count))
		return false;
	struct submission *kept = malloc(h->count * sizeof(*rows));
	memcpy(kept, rows, h->count * sizeof(*rows));
	h->rows = kept;
	return true;
}

/* Submits and approves one province's month as two people would; the system itself may. */
static bool submit_history(struct call *c, void *arg)
{
	const struct history *h = arg;
	const struct report *report;
	struct cell cells[500];

	if (!report_get(c, report_id, &report))
		return false;
	for (size_t i = 0; i < h->count; i++) {
		struct submission_entry entry = {
			.submission_id = h->rows[i].id, .revision = -1, .report = report, .cells = cells
		};
		struct submission_step step = { .submission_id = h->rows[i].id, .revision = -1, .version = 1 };
		struct submission s;

		fill_cells(cells, (unsigned)h->rows[i].unit_id);
		if (!submission_submit(c, &entry, &s) || !submission_approve(c, &step, &s))
			return false;
	}
	return true;
}

static FILE *open_requests(const char *name, const char *month)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s%s.req", folder, name, month);
	file = fopen(path, "wb");
	if (!file) {
		perror(path);
		exit(2);
	}
	return file;
}

static void write_request(FILE *file, const char *method, const char *path, const char *cookie, const char *csrf,
			  int64_t revision, const char *body)
{
	char head[1024], match[64] = "";
	int length;

	if (revision >= 0)
		snprintf(match, sizeof(match), "If-Match: \"%lld\"\r\n", (long long)revision);
	length = snprintf(head, sizeof(head),
			  "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, br\r\n"
			  "Cookie: theodoi_session=%s\r\nX-CSRF-Token: %s\r\n%s"
			  "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
			  method, path, cookie, csrf, match, body ? strlen(body) : 0);
	fprintf(file, "%zu\n%s%s", (size_t)length + (body ? strlen(body) : 0), head, body ? body : "");
}

static const char *submit_body(struct arena *mem, unsigned salt)
{
	static struct cell cells[500];
	struct buf out;
	struct json json;
	char code[32];

	buf_init(&out, mem, 0);
	json_start(&json, &out);
	fill_cells(cells, salt);
	json_object(&json, NULL);
	json_array(&json, "cells");
	for (int i = 0; i < indicator_count; i++) {
		json_object(&json, NULL);
		json_id(&json, "indicator_id", indicators[i]);
		if (i % 5 < 3) {
			json_text(&json, "numerator", decimal_format(cells[i].numerator, 0, code));
			json_text(&json, "denominator", decimal_format(cells[i].denominator, 0, code));
		} else {
			json_text(&json, "value", decimal_format(cells[i].number, 0, code));
		}
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	return out.data;
}

static struct member *member_of(id unit_id)
{
	for (size_t i = 0; i < member_count; i++)
		if (members[i].unit.id == unit_id)
			return &members[i];
	return NULL;
}

/* The provinces take turns, as they do on a real evening. */
static void write_evening(struct store *store, period p)
{
	static struct history histories[PROVINCES_MAX];
	struct arena *mem = arena_new((size_t)1 << 30);
	char month[PERIOD_TEXT_MAX + 1] = "-", path[128];
	FILE *submits, *approvals;
	size_t longest = 0;

	period_format(p, month + 1);
	submits = open_requests("submit", month);
	approvals = open_requests("approve", month);
	for (size_t i = 0; i < province_count; i++) {
		histories[i] = (struct history){ .period = p, .province = i };
		act(store, at_month(0, 16, 20), list_submissions, &histories[i]);
		if (histories[i].count > longest)
			longest = histories[i].count;
	}
	for (size_t at = 0; at < longest; at++) {
		for (size_t i = 0; i < province_count; i++) {
			const struct submission *s = &histories[i].rows[at];
			struct member *m;

			if (at >= histories[i].count || !(m = member_of(s->unit_id)))
				continue;
			snprintf(path, sizeof(path), "/api/submissions/%lld/submit", (long long)s->id);
			write_request(submits, "POST", path, m->cookie, m->csrf, s->revision,
				      submit_body(mem, (unsigned)s->unit_id));
			snprintf(path, sizeof(path), "/api/submissions/%lld/approve", (long long)s->id);
			write_request(approvals, "POST", path, m->approver_cookie, m->approver_csrf, s->revision + 1,
				      "{\"version\":1}");
		}
		arena_reset(mem);
	}
	fclose(submits);
	fclose(approvals);
	arena_free(mem);
}

static void write_watching(void)
{
	FILE *dashboard = open_requests("dashboard", ""), *constant = open_requests("constant", ""), *cookies;
	char path[512];

	for (int i = 0; i < WATCHERS; i++) {
		id unit = i % 2 ? provinces[(size_t)i / 2 % province_count].id : centre.id;

		snprintf(path, sizeof(path), "/api/overview?unit_id=%lld&report_id=%lld", (long long)unit,
			 (long long)report_id);
		write_request(dashboard, "GET", path, watchers[i], "-", -1, NULL);
		write_request(constant, "GET", "/favicon.svg", watchers[i], "-", -1, NULL);
	}
	fclose(dashboard);
	fclose(constant);
	snprintf(path, sizeof(path), "%s/cookies.txt", folder);
	cookies = fopen(path, "w");
	for (int i = 0; cookies && i < WATCHERS; i += 2)
		fprintf(cookies, "theodoi_session=%s\n", watchers[i]);
	if (!cookies || fclose(cookies))
		perror(path);
}

int main(int argc, char **argv)
{
	struct error err = { .code = ERR_none };
	struct store *store;
	period first;
	int months, held;

	if (argc != 6) {
		fprintf(stderr, "usage: seed STORE-URL FOLDER INDICATORS PERIODS HELD\n");
		return 2;
	}
	folder = argv[2];
	indicator_count = (int)strtol(argv[3], NULL, 10);
	months = (int)strtol(argv[4], NULL, 10);
	held = (int)strtol(argv[5], NULL, 10);
	if (indicator_count < 1 || indicator_count > 500 || months < 1 || held > months)
		return 2;
	if (mkdir(folder, 0700) && errno != EEXIST)
		perror(folder);
	crypto_init();
	id_init(1, 0);
	store = store_open(&(struct store_options){ .url = argv[1] }, true, &err);
	if (!store)
		fail(&err);
	writer_batch_set(store, &rollup_batch);
	first = period_add(period_make(FREQUENCY_MONTH, 2026, 5), -(months - 1));
	act(store, at_month(0, 16, 20), add_people, NULL);
	act(store, at_month(months, 1, 8), add_report, &first);
	for (int back = months - 1; back >= 0; back--) {
		period p = period_add(period_make(FREQUENCY_MONTH, 2026, 5), -back);

		act(store, at_month(back, 1, 9), open_month, &p);
		for (size_t i = 0; back >= held && i < province_count; i++) {
			struct history h = { .period = p, .province = i };

			act(store, at_month(back, 10, 9), list_submissions, &h);
			act(store, at_month(back, 10, 9), submit_history, &h);
		}
		if (back < held)
			write_evening(store, p);
		if (months > 3)
			fprintf(stderr, "\r%d of %d months", months - back, months);
	}
	write_watching();
	store_close(store);
	fprintf(stderr, "\nseeded %zu units, %d indicators, %d months\n", member_count, indicator_count, months);
	return 0;
}
