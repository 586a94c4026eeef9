#ifndef COMMANDS_H
#define COMMANDS_H

/*
 * The commands of the program: one struct per command, in command_<subject>.c,
 * and one line in main.c.
 */
struct command {
	const char *name;
	const char *about;                  /* one sentence; NULL: for the program itself, not for people */
	int (*run)(int argc, char **argv);  /* argv[0] is the command's name; the exit status */
};

extern const struct command command_serve;
extern const struct command command_init;
extern const struct command command_account;
extern const struct command command_audit;
extern const struct command command_check;
extern const struct command command_demo;
extern const struct command command_migrate;
extern const struct command command_version;
extern const struct command command_letter;
extern const struct command command_help;
extern const struct command command_read_sheet;

/* All of them, ended by NULL. */
extern const struct command *const commands[];

#endif
