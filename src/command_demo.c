#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "account/account.h"
#include "audit/audit.h"
#include "base/error.h"
#include "base/id.h"
#include "command_store.h"
#include "db/store.h"
#include "db/writer.h"
#include "demo/demo.h"
#include "file/file.h"
#include "options.h"
#include "rollup/rollup.h"

enum { PATH_MAX_LENGTH = 1024, DEMO_INSTANCE = 1 };

static bool path_in(char *out, const char *folder, const char *name)
{
	int length = snprintf(out, PATH_MAX_LENGTH, "%s/%s", folder, name);

	return length > 0 && length < PATH_MAX_LENGTH;
}

static bool set_keys(const char *data, struct error *err)
{
	char sealing[PATH_MAX_LENGTH], audit[PATH_MAX_LENGTH];

	if (!path_in(sealing, data, ACCOUNT_KEY_FILE) || !path_in(audit, data, AUDIT_KEY_FILE))
		return error_set(err, ERR_key_unreadable, NULL, data, NULL);
	file_folder_set(data);
	return account_key_set(sealing, true, err) && audit_key_set(audit, true, err);
}

/* What was told is shown too. */
static int show(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[512];

	if (!file) {
		fprintf(stderr, "theodoi demo: cannot read %s: %s\n", path, strerrordesc_np(errno));
		return 1;
	}
	while (fgets(line, sizeof(line), file))
		fputs(line, stdout);
	fclose(file);
	return 0;
}

static int make(const char *url, const char *data, bool small)
{
	struct demo_options options = { .small = small };
	struct error err = { .code = ERR_none };
	char accounts[PATH_MAX_LENGTH], unfinished[PATH_MAX_LENGTH];
	FILE *out;
	bool ok;

	if (!path_in(accounts, data, "accounts.txt") || !path_in(unfinished, data, "accounts.new") ||
	    !set_keys(data, &err))
		return command_fail("demo", &err);
	out = fopen(unfinished, "w");
	if (!out) {
		fprintf(stderr, "theodoi demo: cannot write %s: %s\n", unfinished, strerrordesc_np(errno));
		return 1;
	}
	options.store = store_open(&(struct store_options){ .url = url }, true, &err);
	if (options.store) {
		writer_batch_set(options.store, &rollup_batch);
		id_init(DEMO_INSTANCE, 0);
	}
	ok = options.store && demo_make(&options, out, &err);
	if (options.store)
		store_close(options.store);
	ok = fclose(out) == 0 && ok && rename(unfinished, accounts) == 0;
	if (!ok)
		remove(unfinished);
	return ok ? show(accounts) : command_fail("demo", &err);
}

static int run(int argc, char **argv)
{
	const char *data = "var/demo", *url = NULL;
	char own_url[PATH_MAX_LENGTH + 32];
	bool small = false;
	const struct option options[] = {
		{ "store", "URL", "an empty store; by default a SQLite file in the data folder", &url, NULL },
		{ "data", "DIR", "folder of keys and evidence", &data, NULL },
		{ "small", NULL, "three periods and six units, for tests", NULL, &small },
		{ NULL, NULL, NULL, NULL, NULL },
	};
	enum options_result read = options_read(
		options,
		"Fills an empty store with a demonstration that stands on the evening of 16 May 2026.", argc,
		argv);

	if (read != OPTIONS_READ)
		return options_status(read);
	if (!command_folder(argv[0], data))
		return 1;
	if (!url) {
		snprintf(own_url, sizeof(own_url), "sqlite:%s/theodoi.db", data);
		url = own_url;
	}
	return make(url, data, small);
}

const struct command command_demo = { "demo", "Fills an empty store with a demonstration.", run };
