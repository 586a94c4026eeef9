#ifndef COMMAND_STORE_H
#define COMMAND_STORE_H

#include <stdbool.h>

#include "db/writer.h"

/* What commands that change a store share. */

/* Makes the folder, for its owner alone, when it is not there; says so on standard error when it cannot. */
bool command_folder(const char *command, const char *path);

/*
 * Runs one write action of the system itself in the store and waits for its
 * commit. Failures are told on standard error; the value is the exit status.
 */
int command_write(const char *command, const char *url, write_action act, void *arg);

/* Tells an error on standard error; returns the exit status 1. */
struct error;
int command_fail(const char *command, const struct error *err);

#endif
