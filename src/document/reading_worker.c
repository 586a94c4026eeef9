/*
 * The thread that reads files. It takes one at a time: a scan keeps a processor
 * busy for minutes, and people's requests come first.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/log.h"
#include "db/store.h"
#include "db/writer.h"
#include "document/document_actions.h"
#include "document/reading.h"
#include "document/reading_store.h"
#include "document/reading_tell.h"
#include "document/reading_units.h"
#include "extract/extract.h"
#include "letter/letter.h"

/*
 * A reader that is silent so long is gone; another takes its file. It is woken
 * before the new file's row is committed, and looks for it some times in a row.
 */
enum { CLAIM_MS = 300000, LOOK_EVERY_MS = 3000, LOOK_SOON_MS = 50, LOOK_SOON_TIMES = 40 };

struct reading_worker {
	struct store *store;
	instant (*now)(void);
	pthread_t thread;
	atomic_bool ending;
	int soon; /* how many times more it looks soon */
};

static pthread_mutex_t wake_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake_changed = PTHREAD_COND_INITIALIZER;
static bool woken;

void reading_wake(void)
{
	pthread_mutex_lock(&wake_lock);
	woken = true;
	pthread_cond_broadcast(&wake_changed);
	pthread_mutex_unlock(&wake_lock);
}

static struct call make_call(struct reading_worker *worker, struct arena *mem, struct error *err)
{
	*err = (struct error){ .code = ERR_none };
	return (struct call){ .mem = mem, .now = worker->now(), .err = err };
}

struct claim {
	struct reading reading;
	bool found;
};

static bool claim_act(struct call *c, void *arg)
{
	struct claim *claim = arg;

	return reading_next(c, &claim->found, &claim->reading) &&
	       (!claim->found || reading_claim(c, claim->reading.id, c->now + CLAIM_MS));
}

/* Looks first: an action that finds nothing would still be a commit. */
static bool anything_waits(struct reading_worker *worker)
{
	struct error err;
	struct arena *mem = arena_new(0);
	struct call c = make_call(worker, mem, &err);
	struct reading reading;
	bool found = false;

	if (store_read(worker->store, &c)) {
		if (!reading_next(&c, &found, &reading))
			found = false;
		store_release(worker->store, &c);
	}
	arena_free(mem);
	return found;
}

struct job {
	struct reading_worker *worker;
	struct reading *reading;
};

static bool progress_act(struct call *c, void *arg)
{
	const struct reading *reading = arg;

	/* Kept in the row alone: a page that was read is no event of an office. */
	return reading_progress(c, reading->id, reading->pages_done, reading->pages_total, c->now + CLAIM_MS);
}

static bool on_page(void *arg, int done, int pages)
{
	struct job *job = arg;
	struct error err;
	struct arena *mem = arena_new(0);
	struct call c = make_call(job->worker, mem, &err);

	job->reading->pages_done = done;
	job->reading->pages_total = pages;
	if (!writer_run(job->worker->store, &c, progress_act, job->reading))
		LOG(LOG_WARN, "reading_progress_failed", LOG_TEXT("code", error_word(err.code)));
	arena_free(mem);
	return !atomic_load(&job->worker->ending);
}

static bool finish_act(struct call *c, void *arg)
{
	const struct reading *reading = arg;
	struct reading kept;
	bool found;

	/* Forgotten meanwhile, or another took it up and was done first. */
	if (!reading_row(c, reading->id, &found, &kept))
		return false;
	if (!found || kept.state != READING_RUNNING)
		return true;
	if (!reading_finish(c, reading))
		return false;
	if (!reading->document_id)
		return reading_tell(c, reading->state == READING_DONE ? "reading.done" : "reading.failed", reading);
	return (reading->state != READING_DONE ||
		document_text_put(c, reading->document_id, reading->file_id, reading->text, reading->from_picture)) &&
	       reading_delete(c, reading->id);
}

/* Drafts of documents and tasks, with the units they name. */
static bool understand(struct reading_worker *worker, struct call *c, struct reading *reading)
{
	struct letter_reading read;
	struct buf out;
	bool ok;

	letter_read(c->mem, reading->text, &read);
	if (!store_read(worker->store, c))
		return false;
	buf_init(&out, c->mem, 0);
	ok = reading_documents_write(c, &out, &read, reading->unit_id);
	store_release(worker->store, c);
	reading->documents = out.data;
	return ok;
}

static bool extract(struct reading_worker *worker, struct call *c, struct reading *reading)
{
	struct job job = { worker, reading };
	const struct extract_progress progress = { on_page, &job };
	struct extracted extracted;
	char path[FILE_PATH_MAX];

	if (!extract_text(c->mem, file_path(reading->file.sha256, path), reading->file.type, &progress, &extracted, c->err))
		return false;
	reading->text = extracted.text;
	reading->from_picture = extracted.from_picture;
	reading->pages_done = reading->pages_total = extracted.pages;
	return true;
}

static bool release_act(struct call *c, void *arg)
{
	const struct reading *reading = arg;

	return reading_release(c, reading->id);
}

/* Ended in the middle of it: whoever comes next takes it up at once. */
static void give_back(struct reading_worker *worker, struct reading *reading, struct arena *mem)
{
	struct error err;
	struct call c = make_call(worker, mem, &err);

	if (!writer_run(worker->store, &c, release_act, reading))
		LOG(LOG_WARN, "reading_not_released", LOG_TEXT("code", error_word(err.code)));
}

static void read_one(struct reading_worker *worker, struct reading *reading)
{
	struct error err;
	struct arena *mem = arena_new(0);
	struct call c = make_call(worker, mem, &err);

	reading->text = "";
	reading->documents = "[]";
	reading->problem = "";
	reading->state = READING_DONE;
	if (!extract(worker, &c, reading) || (!reading->document_id && !understand(worker, &c, reading))) {
		if (atomic_load(&worker->ending)) {
			give_back(worker, reading, mem);
			arena_free(mem);
			return;
		}
		reading->state = READING_FAILED;
		reading->problem = arena_strdup(mem, error_word(err.code));
		LOG(LOG_WARN, "reading_failed", LOG_TEXT("code", reading->problem), LOG_TEXT("trace", err.trace));
	}
	c = make_call(worker, mem, &err);
	if (!writer_run(worker->store, &c, finish_act, reading))
		LOG(LOG_WARN, "reading_not_kept", LOG_TEXT("code", error_word(err.code)), LOG_TEXT("trace", err.trace));
	arena_free(mem);
}

static void read_next(struct reading_worker *worker)
{
	struct error err;
	struct arena *mem = arena_new(0);
	struct call c = make_call(worker, mem, &err);
	struct claim claim = { .found = false };

	if (writer_run(worker->store, &c, claim_act, &claim) && claim.found)
		read_one(worker, &claim.reading);
	arena_free(mem);
}

static void wait_for_more(struct reading_worker *worker)
{
	int wait_ms = worker->soon > 0 ? LOOK_SOON_MS : LOOK_EVERY_MS;
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += wait_ms % 1000 * 1000000L;
	until.tv_sec += wait_ms / 1000 + until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&wake_lock);
	if (!woken && !atomic_load(&worker->ending))
		pthread_cond_timedwait(&wake_changed, &wake_lock, &until);
	if (woken)
		worker->soon = LOOK_SOON_TIMES;
	else if (worker->soon > 0)
		worker->soon--;
	woken = false;
	pthread_mutex_unlock(&wake_lock);
}

static void *run(void *arg)
{
	struct reading_worker *worker = arg;

	while (!atomic_load(&worker->ending)) {
		if (anything_waits(worker))
			read_next(worker);
		else
			wait_for_more(worker);
	}
	return NULL;
}

struct reading_worker *reading_worker_start(struct store *store, instant (*now)(void))
{
	struct reading_worker *worker = calloc(1, sizeof(*worker));

	if (!worker)
		die("no memory");
	worker->store = store;
	worker->now = now;
	atomic_init(&worker->ending, false);
	if (pthread_create(&worker->thread, NULL, run, worker))
		die("no thread for reading files");
	return worker;
}

void reading_worker_stop(struct reading_worker *worker)
{
	if (!worker)
		return;
	atomic_store(&worker->ending, true);
	reading_wake();
	pthread_join(worker->thread, NULL);
	free(worker);
}
