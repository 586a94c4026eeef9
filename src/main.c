#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "commands.h"

const struct command *const commands[] = {
	&command_serve,
	&command_init,
	&command_account,
	&command_audit,
	&command_check,
	&command_demo,
	&command_migrate,
	&command_letter,
	&command_version,
	&command_help,
	&command_read_sheet,
	NULL,
};

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "help";

	crypto_init();
	if (!strcmp(name, "--help") || !strcmp(name, "-h"))
		name = "help";
	else if (!strcmp(name, "--version"))
		name = "version";
	for (const struct command *const *command = commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return (*command)->run(argc > 1 ? argc - 1 : 1, argc > 1 ? argv + 1 : argv);
	fprintf(stderr, "theodoi: there is no command '%s'; see 'theodoi help'\n", name);
	return 2;
}
