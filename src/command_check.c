#include "commands.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "clock.h"
#include "command_store.h"
#include "db/store.h"
#include "options.h"
#include "file/file.h"
#include "rollup/rollup.h"
#include "task/task.h"
#include "task/task_tally.h"

/* theodoi check: does what is kept by differences, and what lies beside the store, agree with it? */

static void tell(void *arg, const char *line)
{
	(void)arg;
	puts(line);
}

static int check(const char *url, const char *data, bool content)
{
	struct error err = { .code = ERR_none };
	struct store *store = store_open(&(struct store_options){ .url = url, .readers = 1 }, false, &err);
	struct call c = { .now = product_now(), .err = &err };
	size_t differences = 0, task_differences = 0, problems = 0;
	bool ok;

	if (!store)
		return command_fail("check", &err);
	c.mem = arena_new(0);
	ok = store_read(store, &c);
	if (ok) {
		ok = rollup_check(&c, tell, NULL, &differences) && task_check(&c, tell, NULL, &task_differences) &&
		     task_tally_check(&c, tell, NULL, &task_differences);
		if (ok && data) {
			file_folder_set(data);
			ok = file_check(&c, content, tell, NULL, &problems);
		}
		store_release(store, &c);
	}
	arena_free(c.mem);
	store_close(store);
	if (!ok)
		return command_fail("check", &err);
	printf("Roll-ups: %zu differences. Tasks: %zu differences. Files: ", differences, task_differences);
	if (data)
		printf("%zu problems.\n", problems);
	else
		puts("not looked at (--data).");
	return differences + task_differences + problems ? 1 : 0;
}

static int run(int argc, char **argv)
{
	const char *url = NULL, *data = NULL;
	bool content = false;
	const struct option options[] = {
		{ "store", "URL", "sqlite:/path/theodoi.db or postgres://...", &url, NULL },
		{ "data", "DIR", "data folder, its files to be compared with the store", &data, NULL },
		{ "content", NULL, "reads every file", NULL, &content },
		{ NULL, NULL, NULL, NULL, NULL },
	};
	enum options_result read = options_read(options,
						"Recomputes every roll-up and compares files with "
						"the store; exit status 1 when something "
						"differs.",
						argc, argv);

	if (read != OPTIONS_READ)
		return options_status(read);
	if (!url) {
		fputs("theodoi check: --store is needed\n", stderr);
		return 2;
	}
	return check(url, data, content);
}

const struct command command_check = {
	"check", "Recomputes roll-ups and compares files with the store.", run
};
