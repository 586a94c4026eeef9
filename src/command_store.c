#include "command_store.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "audit/audit.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "clock.h"
#include "db/store.h"

enum { INSTANCES = 1024 };

bool command_folder(const char *command, const char *path)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return true;
	fprintf(stderr, "theodoi %s: cannot make the folder %s: %s\n", command, path, strerrordesc_np(errno));
	return false;
}

int command_fail(const char *command, const struct error *err)
{
	char sentence[512];
	fprintf(stderr, "theodoi %s: %s%s%s%s%s\n", command, err->field, *err->field ? ": " : "",
		error_sentence(err, LANG_EN, sentence, sizeof(sentence)), *err->trace ? " " : "", err->trace);
	return 1;
}

/* New ids lie above those that are there, whatever the clock says. */
static bool start_ids(struct store *store, struct call *c)
{
	id newest;
	if (!store_read(store, c))
		return false;
	bool ok = event_newest(c, &newest);
	store_release(store, c);
	if (ok)
		id_init((int)randombytes_uniform(INSTANCES), newest);
	return ok;
}

int command_write(const char *command, const char *url, write_action act, void *arg)
{
	struct error err = { .code = ERR_none };
	struct store *store = store_open(&(struct store_options){ .url = url }, true, &err);
	if (store == NULL)
		return command_fail(command, &err);
	struct call c = { .mem = arena_new(0), .now = product_now(), .err = &err };
	bool ok = start_ids(store, &c) && writer_run(store, &c, act, arg);
	int status = ok ? 0 : command_fail(command, &err);
	arena_free(c.mem);
	store_close(store);
	return status;
}
