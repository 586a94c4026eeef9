#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

/*
 * Options of a command: from the environment (THEODOI_STORE for --store), then
 * from the command line, which wins. Secrets are never options: an option
 * names the file a secret stands in.
 */
struct option {
	const char *name;   /* "store" */
	const char *value;  /* what its value is called in the help, "URL"; NULL for a flag */
	const char *about;
	const char **text;  /* where the value goes; holds the default before */
	bool *flag;
};

enum options_result { OPTIONS_READ, OPTIONS_HELP, OPTIONS_WRONG };

/*
 * Reads "--name value", "--name=value" and flags into a table ended by a NULL
 * name. OPTIONS_HELP: --help was asked for and printed; OPTIONS_WRONG: what is wrong was
 * printed.
 */
enum options_result options_read(const struct option *options, const char *about, int argc, char **argv);

/* The exit status for a result other than OPTIONS_READ. */
int options_status(enum options_result result);

#endif
