#include "rooms.h"

#include <sodium.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/log.h"
#include "clock.h"
#include "config.h"
#include "db/store.h"
#include "http/http.h"
#include "http/live.h"

#ifdef ROOM_account
#include "account/account.h"
#include "account/account_api.h"
#include "account/account_http.h"
#endif
#ifdef ROOM_assignment
#include "assignment/assignment.h"
#include "assignment/assignment_api.h"
#endif
#ifdef ROOM_audit
#include "audit/audit.h"
#include "audit/audit_api.h"
#endif
#ifdef ROOM_deadline
#include "deadline/deadline_api.h"
#endif
#ifdef ROOM_evidence
#include "evidence/evidence.h"
#include "evidence/evidence_api.h"
#endif
#ifdef ROOM_indicator
#include "indicator/indicator_api.h"
#endif
#ifdef ROOM_rollup
#include "rollup/rollup.h"
#endif
#ifdef ROOM_submission
#include "submission/submission_api.h"
#endif
#ifdef ROOM_unit
#include "unit/unit_api.h"
#endif
#ifdef ROOM_watch
#include "watch/watch_api.h"
#endif

/* A build of some rooms only (cmake -DROOMS=...) serves just those. */
const struct route_table *const room_routes[] = {
#ifdef ROOM_account
	&session_routes,
	&me_routes,
	&account_routes,
	&security_routes,
#endif
#ifdef ROOM_unit
	&unit_routes,
#endif
#ifdef ROOM_deadline
	&deadline_routes,
#endif
#ifdef ROOM_indicator
	&indicator_routes,
	&report_routes,
#endif
#ifdef ROOM_assignment
	&assignment_routes,
#endif
#ifdef ROOM_submission
	&submission_routes,
#endif
#ifdef ROOM_evidence
	&evidence_routes,
#endif
#ifdef ROOM_watch
	&watch_routes,
#endif
#ifdef ROOM_audit
	&audit_routes,
#endif
	NULL,
};

const size_t room_route_count = sizeof(room_routes) / sizeof(*room_routes) - 1;

#ifdef ROOM_account
static bool look_after_accounts(struct call *c, void *arg)
{
	(void)arg;
	return account_daily(c);
}
#endif

#ifdef ROOM_audit
static bool seal(struct store *store, instant now, struct error *err)
{
	return audit_seal_due(store, now, NULL, err);
}

static bool set_audit_key(const struct config *config, struct error *err)
{
	char path[1100];

	if (snprintf(path, sizeof(path), "%s/%s", config->data, AUDIT_KEY_FILE) >= (int)sizeof(path))
		return error_internal(err, "the path of the data folder is too long");
	return audit_key_set(path, true, err);
}
#endif

#ifdef ROOM_evidence
static bool tell_damage(struct call *c, void *arg)
{
	(void)arg;
	return evidence_tell_damage(c);
}
#endif

const struct duty room_duties[] = {
#ifdef ROOM_account
	{ "account_daily", 24 * 3600, look_after_accounts, NULL },
#endif
#ifdef ROOM_assignment
	{ "assignment_periods", 10, assignment_duty, NULL },
#endif
#ifdef ROOM_audit
	{ "audit_seal", 60, NULL, seal },
#endif
#ifdef ROOM_evidence
	{ "evidence_damage", 60, tell_damage, NULL },
#endif
	{ NULL, 0, NULL, NULL },
};

enum { INSTANCES = 1024 };

/* Ids stay above the newest event, also when the clock was set back meanwhile. */
static void start_ids(struct store *store, const struct config *config)
{
	int instance = config->instance >= 0 ? config->instance : (int)randombytes_uniform(INSTANCES);

	id newest = 0;
#ifdef ROOM_audit
	newest = audit_live_source.newest(store);
#else
	(void)store;
#endif
	id_init(instance, newest);
}

#ifdef ROOM_account
struct setup {
	char token[128];
};

static bool setup_act(struct call *c, void *arg)
{
	struct setup *setup = arg;

	return account_setup_token(c, setup->token, sizeof(setup->token));
}

/* While there is no administrator, whoever reads this output may make the first one. */
static bool print_setup_link(struct store *store, const struct config *config, struct error *err)
{
	struct call c = { .mem = arena_new(0), .now = product_now(), .err = err };
	struct setup setup = { "" };
	bool ok = writer_run(store, &c, setup_act, &setup);

	arena_free(c.mem);
	if (ok && setup.token[0])
		printf("There is no administrator yet. Within 24 hours the first one is made at:\n"
		       "    http://%s:%d/setup?token=%s\n",
		       config->address, config->port, setup.token);
	return ok;
}
#endif

bool rooms_start(struct store *store, const struct config *config, struct error *err)
{
	start_ids(store, config);
#ifdef ROOM_rollup
	writer_batch_set(store, &rollup_batch);
#endif
#ifdef ROOM_audit
	live_source_set(&audit_live_source);
	audit_serve(store, product_now);
	if (!set_audit_key(config, err))
		return false;
#endif
#ifdef ROOM_evidence
	evidence_folder_set(config->data);
#endif
#ifdef ROOM_account
	http_auth_set(&account_auth);
	if (!account_key_set(config->key_file, true, err))
		return false;
	account_serve(store, clock_now, config->demo);
	if (!print_setup_link(store, config, err))
		return false;
#else
	(void)config;
	(void)err;
#endif
	return true;
}
