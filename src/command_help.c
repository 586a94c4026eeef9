#include <stdio.h>
#include <string.h>

#include "commands.h"

static int run_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("theodoi " THEODOI_VERSION);
	return 0;
}

const struct command command_version = { "version", "Says which version this is.", run_version };

static int run_help(int argc, char **argv)
{
	char help[] = "--help";
	char *asked[] = { argc > 1 ? argv[1] : NULL, help, NULL };

	for (const struct command *const *command = commands; argc > 1 && *command; command++)
		if (!strcmp((*command)->name, argv[1]) && *command != &command_help && *command != &command_version)
			return (*command)->run(2, asked);
	puts("Usage: theodoi COMMAND [OPTIONS]\n");
	for (const struct command *const *command = commands; *command; command++)
		if ((*command)->about)
			printf("  %-10s %s\n", (*command)->name, (*command)->about);
	puts("\n'theodoi help COMMAND' tells the options of one.");
	return 0;
}

const struct command command_help = { "help", "Lists the commands, or tells the options of one.", run_help };
