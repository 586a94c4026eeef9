#include "options.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENVIRONMENT_MAX = 64 };

/* THEODOI_METRICS_TOKEN_FILE for "metrics-token-file". */
static const char *from_environment(const char *name)
{
	char variable[ENVIRONMENT_MAX] = "THEODOI_";
	size_t length = strlen(variable);

	for (; *name && length < sizeof(variable) - 1; name++) {
		if (*name == '-')
			variable[length++] = '_';
		else
			variable[length++] = (char)toupper((unsigned char)*name);
	}
	variable[length] = '\0';
	return getenv(variable);
}

static void read_environment(const struct option *options)
{
	for (; options->name; options++) {
		const char *value = from_environment(options->name);

		if (!value || !*value)
			continue;
		if (options->flag)
			*options->flag = strcmp(value, "0") && strcmp(value, "no") && strcmp(value, "false");
		else
			*options->text = value;
	}
}

static void print_help(const struct option *options, const char *command, const char *about)
{
	char name[64];

	printf("Usage: theodoi %s [OPTIONS]\n\n%s\n\n", command, about);
	for (; options->name; options++) {
		snprintf(name, sizeof(name), "--%s%s%s", options->name, options->value ? " " : "",
			 options->value ? options->value : "");
		printf("  %-28s %s", name, options->about);
		if (options->text && *options->text)
			printf(" (default: %s)", *options->text);
		putchar('\n');
	}
	puts("\nEvery option may also stand in the environment: THEODOI_STORE for --store.");
}

static const struct option *find(const struct option *options, const char *name, size_t length)
{
	for (; options->name; options++)
		if (strlen(options->name) == length && !strncmp(options->name, name, length))
			return options;
	return NULL;
}

static enum options_result wrong(const char *command, const char *what, const char *argument)
{
	fprintf(stderr, "theodoi %s: %s: %s\n", command, what, argument);
	return OPTIONS_WRONG;
}

/* Takes the option at argv[*at], and its value when that is the next. */
static enum options_result read_one(const struct option *options, int argc, char **argv, int *at)
{
	const char *argument = argv[*at];
	const struct option *option;
	size_t length;

	if (strncmp(argument, "--", 2))
		return wrong(argv[0], "not an option", argument);
	length = strcspn(argument + 2, "=");
	option = find(options, argument + 2, length);
	if (!option)
		return wrong(argv[0], "unknown option", argument);
	if (option->flag) {
		if (argument[2 + length] == '=')
			return wrong(argv[0], "takes no value", argument);
		*option->flag = true;
	} else if (argument[2 + length] == '=') {
		*option->text = argument + 2 + length + 1;
	} else if (*at + 1 < argc) {
		*option->text = argv[++*at];
	} else {
		return wrong(argv[0], "needs a value", argument);
	}
	return OPTIONS_READ;
}

enum options_result options_read(const struct option *options, const char *about, int argc, char **argv)
{
	enum options_result result;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
			print_help(options, argv[0], about);
			return OPTIONS_HELP;
		}
	}
	read_environment(options);
	for (int i = 1; i < argc; i++) {
		result = read_one(options, argc, argv, &i);
		if (result != OPTIONS_READ)
			return result;
	}
	return OPTIONS_READ;
}

int options_status(enum options_result result)
{
	return result == OPTIONS_HELP ? 0 : 2;
}
