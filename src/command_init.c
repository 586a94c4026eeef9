#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "account/account.h"
#include "audit/audit.h"
#include "base/error.h"
#include "command_store.h"
#include "deadline/deadline.h"
#include "options.h"
#include "unit/unit.h"

/* theodoi init: keys, schema, official units, and the way to the first administrator. Safe to run again. */

struct init_job {
	const char *store, *data, *unit, *address;
	char token[64];
};

static bool init(struct call *c, void *arg)
{
	struct init_job *job = arg;
	struct unit unit;
	if (!unit_import_official(c) || !deadline_import_official(c))
		return false;
	if (job->unit != NULL && (!unit_by_code(c, job->unit, "unit", &unit) ||
				  !account_setting_set(c, "instance_unit", unit.code)))
		return false;
	return account_setup_token(c, job->token, sizeof(job->token));
}

static bool join(char *out, size_t size, const char *before, const char *folder, const char *name)
{
	int length = snprintf(out, size, "%s%s/%s", before, folder, name);
	return length > 0 && (size_t)length < size;
}

static bool make_keys(const char *data, struct error *err)
{
	char sealing[1024];
	char audit[1024];
	if (!join(sealing, sizeof(sealing), "", data, ACCOUNT_KEY_FILE) ||
	    !join(audit, sizeof(audit), "", data, AUDIT_KEY_FILE))
		return error_set(err, ERR_key_unreadable, NULL, data, NULL);
	return account_key_set(sealing, true, err) && audit_key_set(audit, true, err);
}

static int run(int argc, char **argv)
{
	struct init_job job = { .data = "var", .address = "http://127.0.0.1:8057" };
	char store_room[1024];
	struct error err = { .code = ERR_none };
	const struct option options[] = {
		{ "store", "URL", "sqlite:/path/theodoi.db or postgres://..., by default in the data folder",
		  &job.store, NULL },
		{ "data", "DIR", "folder of keys, evidence and uploads", &job.data, NULL },
		{ "unit", "CODE", "the unit that runs this instance; by default the centre, TW", &job.unit,
		  NULL },
		{ "address", "URL", "where the program will be reached, for the set-up link", &job.address,
		  NULL },
		{ NULL, NULL, NULL, NULL, NULL },
	};
	enum options_result read = options_read(
		options,
		"Prepares a store: keys, schema, official units, and a link that makes the first administrator.",
		argc, argv);
	if (read != OPTIONS_READ)
		return options_status(read);
	if (job.store == NULL) {
		if (!join(store_room, sizeof(store_room), "sqlite:", job.data, "theodoi.db"))
			return 2;
		job.store = store_room;
	}
	if (!command_folder(argv[0], job.data))
		return 1;
	if (!make_keys(job.data, &err))
		return command_fail(argv[0], &err);
	int status = command_write(argv[0], job.store, init, &job);
	if (status != 0)
		return status;
	printf("Keys are in %s: keep a copy of %s and %s where the database is not.\n", job.data,
	       ACCOUNT_KEY_FILE, AUDIT_KEY_FILE);
	if (*job.token != '\0')
		printf("Within 24 hours the first administrator is made at:\n    %s/setup?token=%s\n",
		       job.address, job.token);
	else
		puts("There is an administrator already.");
	return 0;
}

const struct command command_init = { "init",
				      "Prepares a store and prints the link for the first administrator.",
				      run };
