#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "account/account.h"
#include "base/error.h"
#include "base/text.h"
#include "command_store.h"
#include "options.h"
#include "unit/unit.h"

/*
 * theodoi account create | reset-password | unlock: for the operator at the
 * machine, when nobody can sign in.
 */

enum { ROLES_MAX = 200, PASSWORD_ROOM = 20 };

struct account_job {
	const char *store, *username, *name, *position, *unit, *roles;
	bool remove_totp;
	char password[PASSWORD_ROOM];
};

static bool parse_roles(struct call *c, const char *text, enum role *roles, size_t *count)
{
	char words[ROLES_MAX];
	unsigned bits;
	snprintf(words, sizeof(words), "%s", text);
	for (char *comma = strchr(words, ','); comma != NULL; comma = strchr(comma, ','))
		*comma = ' ';
	if (strlen(text) >= sizeof(words) || !roles_parse(words, &bits))
		return error_set(c->err, ERR_field_invalid, "role", NULL);
	*count = 0;
	for (int role = 0; role < ROLE_COUNT; role++)
		if ((bits & 1u << role) != 0)
			roles[(*count)++] = (enum role)role;
	return true;
}

static bool create(struct call *c, void *arg)
{
	struct account_job *job = arg;
	enum role roles[ROLE_COUNT];
	struct account_seed seed = {
		.username = job->username,
		.full_name = job->name,
		.position = job->position,
		.password = job->password,
		.roles = roles,
		.must_change_password = true,
	};
	struct unit unit;
	id account_id;
	account_first_password(job->password);
	if (!parse_roles(c, job->roles, roles, &seed.role_count) ||
	    !unit_by_code(c, job->unit, "unit", &unit))
		return false;
	seed.unit_id = unit.id;
	return account_seed(c, &seed, &account_id);
}

static bool reset(struct call *c, void *arg)
{
	struct account_job *job = arg;
	return account_reset_by_username(c, job->username, job->remove_totp, job->password);
}

static bool unlock(struct call *c, void *arg)
{
	const struct account_job *job = arg;
	return account_unlock_by_username(c, job->username);
}

static bool given(const char *command, const char *option, const char *value)
{
	if (value != NULL && *value != '\0')
		return true;
	fprintf(stderr, "theodoi %s: --%s is needed\n", command, option);
	return false;
}

static int run_create(int argc, char **argv)
{
	struct account_job job = { .unit = "TW" };
	const struct option options[] = {
		{ "store", "URL", "sqlite:/path/theodoi.db or postgres://...", &job.store, NULL },
		{ "username", "NAME", "to sign in with", &job.username, NULL },
		{ "name", "NAME", "of the person, in full", &job.name, NULL },
		{ "position", "TEXT", "of the person", &job.position, NULL },
		{ "unit", "CODE", "where the person works and the roles hold", &job.unit, NULL },
		{ "role", "ROLES", "administrator,data_entry,approver,coordinator,leader,inspector,intake",
		  &job.roles, NULL },
		{ NULL, NULL, NULL, NULL, NULL },
	};
	enum options_result read = options_read(options, "Makes an account and prints its first password.",
						argc, argv);
	if (read != OPTIONS_READ)
		return options_status(read);
	if (!given(argv[0], "store", job.store) || !given(argv[0], "username", job.username) ||
	    !given(argv[0], "name", job.name) || !given(argv[0], "role", job.roles))
		return 2;
	int status = command_write(argv[0], job.store, create, &job);
	if (status == 0)
		printf("%s\nfirst password: %s\n", job.username, job.password);
	return status;
}

static int run_reset(int argc, char **argv)
{
	struct account_job job = { 0 };
	const struct option options[] = {
		{ "store", "URL", "sqlite:/path/theodoi.db or postgres://...", &job.store, NULL },
		{ "username", "NAME", "whose password", &job.username, NULL },
		{ "remove-totp", NULL, "the authenticator as well: it was lost", NULL, &job.remove_totp },
		{ NULL, NULL, NULL, NULL, NULL },
	};
	enum options_result read = options_read(
		options, "Prints a new first password; sessions and tokens of the account end.", argc, argv);
	if (read != OPTIONS_READ)
		return options_status(read);
	if (!given(argv[0], "store", job.store) || !given(argv[0], "username", job.username))
		return 2;
	int status = command_write(argv[0], job.store, reset, &job);
	if (status == 0)
		printf("%s\nfirst password: %s\n", job.username, job.password);
	return status;
}

static int run_unlock(int argc, char **argv)
{
	struct account_job job = { 0 };
	const struct option options[] = {
		{ "store", "URL", "sqlite:/path/theodoi.db or postgres://...", &job.store, NULL },
		{ "username", "NAME", "whose sign-in is locked", &job.username, NULL },
		{ NULL, NULL, NULL, NULL, NULL },
	};
	enum options_result read =
		options_read(options, "Lets sign-in be tried again after too many wrong tries.", argc, argv);
	if (read != OPTIONS_READ)
		return options_status(read);
	if (!given(argv[0], "store", job.store) || !given(argv[0], "username", job.username))
		return 2;
	int status = command_write(argv[0], job.store, unlock, &job);
	if (status == 0)
		printf("%s may sign in again\n", job.username);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct {
		const char *name;
		char full[40];
		int (*run)(int argc, char **argv);
	} acts[] = {
		{ "create", "account create", run_create },
		{ "reset-password", "account reset-password", run_reset },
		{ "unlock", "account unlock", run_unlock },
	};
	for (size_t i = 0; argc > 1 && i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (!text_equal(acts[i].name, argv[1]))
			continue;
		char full[sizeof(acts[i].full)];
		memcpy(full, acts[i].full, sizeof(full));
		argv[1] = full;
		return acts[i].run(argc - 1, argv + 1);
	}
	fputs("Usage: theodoi account create|reset-password|unlock [OPTIONS]; --help after one of them tells its options\n",
	      stderr);
	return 2;
}

const struct command command_account = { "account",
					 "Makes, resets or unlocks an account from the command line.", run };
