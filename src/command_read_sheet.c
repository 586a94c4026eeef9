#include <stddef.h>

#include "commands.h"
#include "sheet/sheet.h"

/* The child that sheet_read starts for a file from outside. */
static int run(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	sheet_child_run();
}

const struct command command_read_sheet = { SHEET_CHILD_COMMAND, NULL, run };
