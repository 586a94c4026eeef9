#include "duties.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "clock.h"
#include "rooms.h"

enum { DUTIES_MAX = 16, FIRST_AFTER_S = 5 };

struct duties {
	struct store *store;
	const struct duty *table;
	int64_t due_s[DUTIES_MAX]; /* by the monotonic clock */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool ending;
};

static int64_t monotonic_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static void do_duty(struct duties *duties, const struct duty *duty)
{
	struct error err = { .code = ERR_none };
	struct call c = { .mem = arena_new(0), .now = product_now(), .err = &err };

	if (duty->job ? duty->job(duties->store, c.now, &err) : writer_run(duties->store, &c, duty->act, NULL))
		LOG(LOG_DEBUG, "duty_done", LOG_TEXT("duty", duty->name));
	else
		LOG(LOG_WARN, "duty_failed", LOG_TEXT("duty", duty->name), LOG_TEXT("code", error_word(err.code)),
		    LOG_TEXT("trace", err.trace));
	arena_free(c.mem);
}

static bool wait_second(struct duties *duties)
{
	struct timespec until;
	bool ending;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_mutex_lock(&duties->lock);
	if (!duties->ending)
		pthread_cond_timedwait(&duties->changed, &duties->lock, &until);
	ending = duties->ending;
	pthread_mutex_unlock(&duties->lock);
	return !ending;
}

static void *run(void *arg)
{
	struct duties *duties = arg;

	while (wait_second(duties)) {
		for (int i = 0; duties->table[i].name; i++) {
			if (monotonic_s() < duties->due_s[i])
				continue;
			do_duty(duties, &duties->table[i]);
			duties->due_s[i] = monotonic_s() + duties->table[i].every_s;
		}
	}
	return NULL;
}

struct duties *duties_start(struct store *store, const struct duty *table)
{
	struct duties *duties = calloc(1, sizeof(*duties));
	int64_t now = monotonic_s();

	if (!duties)
		die("no memory");
	duties->store = store;
	duties->table = table;
	for (int i = 0; table[i].name; i++) {
		if (i == DUTIES_MAX)
			die("more than %d duties", DUTIES_MAX);
		duties->due_s[i] = now + FIRST_AFTER_S;
	}
	pthread_mutex_init(&duties->lock, NULL);
	pthread_cond_init(&duties->changed, NULL);
	if (pthread_create(&duties->thread, NULL, run, duties))
		die("no thread for duties");
	return duties;
}

void duties_stop(struct duties *duties)
{
	if (!duties)
		return;
	pthread_mutex_lock(&duties->lock);
	duties->ending = true;
	pthread_cond_signal(&duties->changed);
	pthread_mutex_unlock(&duties->lock);
	pthread_join(duties->thread, NULL);
	pthread_cond_destroy(&duties->changed);
	pthread_mutex_destroy(&duties->lock);
	free(duties);
}
