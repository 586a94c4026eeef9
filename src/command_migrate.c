#include <stdio.h>

#include "base/error.h"
#include "commands.h"
#include "db/store.h"
#include "options.h"

static int run(int argc, char **argv)
{
	const char *url = NULL;
	const struct option options[] = {
		{ "store", "URL", "sqlite:/path/theodoi.db or postgres://...", &url, NULL },
		{ NULL, NULL, NULL, NULL, NULL },
	};
	enum options_result read =
		options_read(options, "Brings the schema of a store to this program's version.", argc, argv);
	struct error err = { .code = ERR_none };
	char sentence[512];
	struct store *store;

	if (read != OPTIONS_READ)
		return options_status(read);
	if (!url) {
		fputs("theodoi migrate: --store is needed\n", stderr);
		return 2;
	}
	store = store_open(&(struct store_options){ .url = url }, true, &err);
	if (!store) {
		fprintf(stderr, "theodoi migrate: %s\n",
			err.trace[0] ? err.trace : error_sentence(&err, LANG_EN, sentence, sizeof(sentence)));
		return 1;
	}
	store_close(store);
	puts("The schema is up to date.");
	return 0;
}

const struct command command_migrate = { "migrate", "Brings the schema of a store to this version.", run };
