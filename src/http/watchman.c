#include "http/watchman.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "db/store.h"
#include "http/exchange.h"
#include "http/guard.h"
#include "http/idempotency.h"

enum {
	TICK_MS = 100,
	SWEEP_EVERY = 2,          /* ticks */
	PROBE_EVERY = 20,
	FORGET_EVERY = 6000,
	UNHEALTHY_US = 10000000,  /* without an answer from the store */
	SHED_ABOVE = 2048,        /* actions waiting for the writer */
	SHED_UNTIL = 512,
	SHED_WAITING = 4096,      /* requests suspended */
};

/*
 * What is asked of the writer in the background. Its memory is reused by the
 * next one, which begins only when `done` was called for the last.
 */
struct probe {
	struct write_job job;
	struct call call;
	struct error err;
	atomic_bool under_way;
	bool forget;              /* old idempotent replies as well */
};

struct watchman {
	struct server *server;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool ending;
	atomic_ullong read_at, written_at; /* monotonic microseconds of the last answers */
	struct probe probe;
	unsigned ticks;
};

static bool probe_act(struct call *c, void *arg)
{
	struct watchman *watchman = arg;

	return !watchman->probe.forget || idempotency_sweep(c);
}

static void probe_done(struct write_job *job, bool ok)
{
	struct watchman *watchman = job->arg;

	if (ok)
		atomic_store(&watchman->written_at, monotonic_us());
	else
		LOG(LOG_WARN, "probe_failed", LOG_TEXT("trace", watchman->probe.err.trace));
	atomic_store(&watchman->probe.under_way, false);
}

static void probe_write(struct watchman *watchman)
{
	struct probe *probe = &watchman->probe;

	if (atomic_load(&probe->under_way))
		return;
	arena_reset(probe->call.mem);
	error_clear(&probe->err);
	probe->forget = watchman->ticks % FORGET_EVERY == 0;
	probe->call.err = &probe->err;
	probe->call.now = server_now(watchman->server);
	probe->job = (struct write_job){
		.act = probe_act,
		.arg = watchman,
		.call = &probe->call,
		.done = probe_done,
	};
	atomic_store(&probe->under_way, true);
	if (!writer_submit(watchman->server->store, &probe->job))
		atomic_store(&probe->under_way, false);
}

static void probe_read(struct watchman *watchman)
{
	struct error err = { .code = ERR_none };
	struct call c = { .mem = arena_new(0), .now = server_now(watchman->server), .err = &err };
	int64_t one = 0;

	if (store_read(watchman->server->store, &c)) {
		if (db_query_int(&c, "SELECT 1", DB_NONE, 0, &one) && one == 1)
			atomic_store(&watchman->read_at, monotonic_us());
		store_release(watchman->server->store, &c);
	}
	arena_free(c.mem);
}

static void decide_shedding(struct server *server)
{
	struct store_figures figures;
	bool shedding = atomic_load(&server->shedding);
	long waiting = atomic_load(&server->waiting);

	store_figures(server->store, &figures);
	if (!shedding && (figures.queued > SHED_ABOVE || waiting > SHED_WAITING)) {
		LOG(LOG_WARN, "shedding_begins", LOG_INT("queued", (int64_t)figures.queued));
		atomic_store(&server->shedding, true);
	} else if (shedding && figures.queued < SHED_UNTIL && waiting < SHED_WAITING / 2) {
		LOG(LOG_WARN, "shedding_ends", LOG_INT("queued", (int64_t)figures.queued));
		atomic_store(&server->shedding, false);
	}
}

static void tick(struct watchman *watchman)
{
	decide_shedding(watchman->server);
	if (watchman->ticks % SWEEP_EVERY == 0)
		guard_sweep(watchman->server->guard);
	if (watchman->ticks % PROBE_EVERY == 0) {
		probe_read(watchman);
		probe_write(watchman);
	}
	watchman->ticks++;
}

/* Sleeps a tick; false when it is to end. */
static bool wait_tick(struct watchman *watchman)
{
	struct timespec until;
	bool ending;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += TICK_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&watchman->lock);
	if (!watchman->ending)
		pthread_cond_timedwait(&watchman->changed, &watchman->lock, &until);
	ending = watchman->ending;
	pthread_mutex_unlock(&watchman->lock);
	return !ending;
}

static void *run(void *arg)
{
	struct watchman *watchman = arg;

	do
		tick(watchman);
	while (wait_tick(watchman));
	return NULL;
}

struct watchman *watchman_start(struct server *server)
{
	struct watchman *watchman = calloc(1, sizeof(*watchman));

	if (!watchman)
		die("no memory");
	watchman->server = server;
	watchman->probe.call.mem = arena_new(0);
	atomic_store(&watchman->read_at, monotonic_us());
	atomic_store(&watchman->written_at, monotonic_us());
	pthread_mutex_init(&watchman->lock, NULL);
	pthread_cond_init(&watchman->changed, NULL);
	if (pthread_create(&watchman->thread, NULL, run, watchman))
		die("no thread for the watchman");
	return watchman;
}

void watchman_stop(struct watchman *watchman)
{
	struct timespec pause = { .tv_nsec = 1000000 };

	if (!watchman)
		return;
	pthread_mutex_lock(&watchman->lock);
	watchman->ending = true;
	pthread_cond_signal(&watchman->changed);
	pthread_mutex_unlock(&watchman->lock);
	pthread_join(watchman->thread, NULL);
	while (atomic_load(&watchman->probe.under_way))
		nanosleep(&pause, NULL);
	arena_free(watchman->probe.call.mem);
	pthread_cond_destroy(&watchman->changed);
	pthread_mutex_destroy(&watchman->lock);
	free(watchman);
}

bool watchman_healthy(const struct watchman *watchman)
{
	uint64_t now = monotonic_us();

	return now - atomic_load(&watchman->read_at) < UNHEALTHY_US &&
	       now - atomic_load(&watchman->written_at) < UNHEALTHY_US;
}
