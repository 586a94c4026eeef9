#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/log.h"
#include "clock.h"
#include "commands.h"
#include "config.h"
#include "db/store.h"
#include "document/reading.h"
#include "duties.h"
#include "http/http.h"
#include "rooms.h"

enum { TABLES_MAX = 64, INSTANCES = 1024, THREADS_LEAST = 4 };

static int fail(const char *what, const struct error *err)
{
	char sentence[512];

	fprintf(stderr, "theodoi serve: %s: %s\n", what,
		err->trace[0] ? err->trace : error_sentence(err, LANG_EN, sentence, sizeof(sentence)));
	return 1;
}

static bool make_folder(const char *path)
{
	if (!mkdir(path, 0700) || errno == EEXIST)
		return true;
	fprintf(stderr, "theodoi serve: cannot make the folder %s: %s\n", path, strerrordesc_np(errno));
	return false;
}

static int worker_threads(const struct config *config)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (config->threads)
		return config->threads;
	return cores > THREADS_LEAST ? (int)cores : THREADS_LEAST;
}

static struct server *start_server(const struct config *config, struct store *store, struct error *err)
{
	const struct route_table *tables[TABLES_MAX];
	size_t count = 0;
	struct server_options options = {
		.address = config->address,
		.port = config->port,
		.threads = worker_threads(config),
		.spool = config->spool,
		.metrics_token_file = config->metrics_token_file,
		.behind_tls = config->behind_tls,
		.clock = product_now,
		.demo = config->demo,
		.unlimited = config->unlimited,
	};

	while (room_routes[count]) {
		if (count + 1 == TABLES_MAX)
			die("more than %d route tables", TABLES_MAX);
		tables[count] = room_routes[count];
		count++;
	}
	if (config->demo || config->test_clock)
		tables[count++] = &clock_routes;
	return server_start(&options, store, tables, count, err);
}

/* Blocked before the first thread, so that only sigwait sees them. */
static void block_signals(sigset_t *stopping)
{
	sigemptyset(stopping);
	sigaddset(stopping, SIGTERM);
	sigaddset(stopping, SIGINT);
	pthread_sigmask(SIG_BLOCK, stopping, NULL);
}

static void announce(const struct config *config, const struct server *server)
{
	bool v6 = strchr(config->address, ':') != NULL;

	printf("listening http://%s%s%s:%d\n", v6 ? "[" : "", config->address, v6 ? "]" : "", server_port(server));
	fflush(stdout);
	LOG(LOG_INFO, "listening", LOG_TEXT("address", config->address), LOG_INT("port", server_port(server)));
}

static int serve(const struct config *config, struct store *store, const sigset_t *stopping)
{
	struct error err = { .code = ERR_none };
	struct server *server;
	struct reading_worker *reader;
	struct duties *duties;
	int signal = 0;

	if (!rooms_start(store, config, &err))
		return fail("cannot start", &err);
	server = start_server(config, store, &err);
	if (!server)
		return fail("cannot serve", &err);
	duties = duties_start(store, room_duties);
	reader = reading_worker_start(store, product_now);
	announce(config, server);
	sigwait(stopping, &signal);
	LOG(LOG_INFO, "stopping", LOG_INT("signal", signal));
	reading_worker_stop(reader);
	duties_stop(duties);
	server_stop(server);
	return 0;
}

static int run(int argc, char **argv)
{
	struct config config;
	enum options_result read = config_read(&config, argc, argv);
	struct error err = { .code = ERR_none };
	struct store *store;
	sigset_t stopping;
	int status;

	if (read != OPTIONS_READ)
		return options_status(read);
	block_signals(&stopping);
	if (config.now)
		product_clock_set(config.now, config.frozen);
	if (!make_folder(config.data) || !make_folder(config.spool))
		return 1;
	store = store_open(&(struct store_options){ .url = config.store }, true, &err);
	if (!store)
		return fail("cannot open the store", &err);
	status = serve(&config, store, &stopping);
	store_close(store);
	return status;
}

const struct command command_serve = { "serve", "Serves the program over HTTP.", run };
