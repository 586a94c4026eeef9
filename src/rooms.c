#include "rooms.h"

#include <sodium.h>
#include <stdio.h>

#include "account/account.h"
#include "account/account_api.h"
#include "account/account_http.h"
#include "assignment/assignment.h"
#include "assignment/assignment_api.h"
#include "audit/audit.h"
#include "audit/audit_api.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/log.h"
#include "clock.h"
#include "config.h"
#include "db/store.h"
#include "deadline/deadline_api.h"
#include "document/document.h"
#include "document/document_api.h"
#include "document/reading.h"
#include "evidence/evidence.h"
#include "evidence/evidence_api.h"
#include "file/file.h"
#include "http/http.h"
#include "http/live.h"
#include "indicator/indicator_api.h"
#include "rollup/rollup.h"
#include "submission/submission_api.h"
#include "task/task.h"
#include "task/task_api.h"
#include "task/task_calendar_api.h"
#include "task/task_figures_api.h"
#include "task/task_sheet_api.h"
#include "unit/unit.h"
#include "unit/unit_api.h"
#include "watch/watch_api.h"

const struct route_table *const room_routes[] = {
	&session_routes,
	&me_routes,
	&account_routes,
	&security_routes,
	&unit_routes,
	&deadline_routes,
	&indicator_routes,
	&report_routes,
	&assignment_routes,
	&submission_routes,
	&evidence_routes,
	&document_routes,
	&reading_routes,
	&task_routes,
	&task_figures_routes,
	&task_sheet_routes,
	&task_calendar_routes,
	&watch_routes,
	&audit_routes,
	NULL,
};

static bool look_after_accounts(struct call *c, void *arg)
{
	(void)arg;
	return account_daily(c);
}

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

static bool tell_damage(struct call *c, void *arg)
{
	(void)arg;
	return evidence_tell_damage(c);
}

const struct duty room_duties[] = {
	{ "account_daily", 24 * 3600, look_after_accounts, NULL },
	{ "assignment_periods", 10, assignment_duty, NULL },
	{ "task_late", 5, task_late_duty, NULL },
	{ "task_reports", 10, task_report_duty, NULL },
	{ "task_file_damage", 60, task_tell_damage, NULL },
	{ "document_file_damage", 60, document_tell_damage, NULL },
	{ "file_removal", 5, NULL, file_remove_released },
	{ "audit_seal", 60, NULL, seal },
	{ "evidence_damage", 60, tell_damage, NULL },
	{ NULL, 0, NULL, NULL },
};

enum { INSTANCES = 1024 };

/* Ids stay above the newest event, also when the clock was set back meanwhile. */
static void start_ids(struct store *store, const struct config *config)
{
	int instance = config->instance >= 0 ? config->instance : (int)randombytes_uniform(INSTANCES);

	id_init(instance, audit_live_source.newest(store));
}

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

bool rooms_start(struct store *store, const struct config *config, struct error *err)
{
	static const unit_moved moved[] = { document_unit_moved, task_unit_moved, NULL };
	static const file_linked file_links[] = { evidence_file_linked, document_file_linked, task_file_linked, NULL };

	start_ids(store, config);
	unit_moved_set(moved);
	writer_batch_set(store, &rollup_batch);
	live_source_set(&audit_live_source);
	audit_serve(store, product_now);
	if (!set_audit_key(config, err))
		return false;
	file_folder_set(config->data);
	http_auth_set(&account_auth);
	document_readable_by_set(task_document_readable);
	document_tasks_by_set(task_count_by_documents);
	reading_forgotten_set(task_reading_forgotten);
	file_linked_set(file_links);
	if (!account_key_set(config->key_file, true, err))
		return false;
	account_serve(store, clock_now, config->demo);
	if (!print_setup_link(store, config, err))
		return false;
	return true;
}
