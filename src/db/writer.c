#include "db/writer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "db/db_driver.h"
#include "db/store_internal.h"

enum {
	RERUNS_MAX = 12,      /* of one batch, for conflicts */
	RERUNS_WHOLE = 3,     /* after so many the batch is halved, again and again */
	RERUN_MAX_MS = 20000, /* and for so long */
	LOST_MAX_MS = 15000,  /* a lost connection is tried for so long */
	PAUSE_FIRST_MS = 5,
	PAUSE_MAX_MS = 1000
};

/* The jobs of one transaction. */
struct batch {
	struct store *store;
	struct db *db;
	struct arena *mem;       /* of the flush */
	struct write_job **jobs; /* batch_max of them */
	bool *ok;
	int count;
	void *object; /* the rooms' own */
	bool wrote;
	struct error err; /* why the whole batch failed */
};

static int64_t microseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool stopping(struct writer *writer)
{
	bool yes;

	pthread_mutex_lock(&writer->lock);
	yes = writer->stopping;
	pthread_mutex_unlock(&writer->lock);
	return yes;
}

/* Longer each time, with a part by chance so that two nodes do not meet again. */
static void pause_before(int try)
{
	static uint32_t seed = 2463534242u;
	long ms = PAUSE_FIRST_MS;
	struct timespec time;

	for (; try > 1 && ms < PAUSE_MAX_MS; try--)
		ms *= 2;
	if (ms > PAUSE_MAX_MS)
		ms = PAUSE_MAX_MS;
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	ms = ms / 2 + (long)(seed % (uint32_t)ms);
	time = (struct timespec){ ms / 1000, ms % 1000 * 1000000 };
	nanosleep(&time, NULL);
}

static void open_object(struct batch *batch)
{
	struct writer *writer = &batch->store->writer;

	batch->object = writer->has_batch && writer->batch.open ? writer->batch.open() : NULL;
	batch->db->batch = batch->object;
}

static void close_object(struct batch *batch)
{
	struct writer *writer = &batch->store->writer;

	if (writer->has_batch && writer->batch.close && batch->object)
		writer->batch.close(batch->object);
	batch->object = NULL;
	batch->db->batch = NULL;
}

/* One action in its savepoint. The outcome is bad only when the transaction is gone. */
static enum db_outcome run_job(struct batch *batch, int at)
{
	struct writer *writer = &batch->store->writer;
	struct write_job *job = batch->jobs[at];
	struct call *c = job->call;
	struct db *before = c->db, *db = batch->db;
	enum db_outcome outcome;
	bool ok;

	c->db = db;
	db_action_begin(db);
	ok = job->act(c, job->arg);
	c->db = before;
	if (ok && db->worst > DB_END)
		ok = error_internal(c->err, "an action went on after a statement that failed");
	outcome = db_action_end(db, ok);
	if (!db_outcome_good(outcome))
		return outcome;
	batch->ok[at] = ok;
	batch->wrote |= ok && db->wrote;
	if (batch->object && ok && writer->batch.keep)
		writer->batch.keep(batch->object);
	if (batch->object && !ok && writer->batch.drop)
		writer->batch.drop(batch->object);
	return DB_OK;
}

static bool any_ok(const struct batch *batch)
{
	for (int i = 0; i < batch->count; i++)
		if (batch->ok[i])
			return true;
	return false;
}

static enum db_outcome flush(struct batch *batch)
{
	struct writer *writer = &batch->store->writer;
	struct db *db = batch->db;
	struct call c = { .mem = batch->mem,
			  .db = db,
			  .now = batch->jobs[batch->count - 1]->call->now,
			  .err = &batch->err };
	enum db_outcome outcome;
	bool ok;

	if (!batch->object || !writer->batch.flush || !any_ok(batch))
		return DB_OK;
	db_action_begin(db);
	ok = writer->batch.flush(&c, batch->object);
	batch->wrote |= db->wrote;
	outcome = db->worst > DB_END ? db->worst : ok ? DB_OK : DB_FAILED;
	db_close_rows(db);
	db->action = false;
	return outcome;
}

static enum db_outcome commit(struct batch *batch)
{
	int64_t start = microseconds();
	enum db_outcome outcome = db_commit(batch->db, batch->wrote);

	atomic_fetch_add(&batch->store->commit_us, (uint64_t)(microseconds() - start));
	return outcome;
}

/* The whole batch once: begin, every action, flush, commit. */
static enum db_outcome attempt(struct batch *batch)
{
	enum db_outcome outcome;

	batch->wrote = false;
	error_clear(&batch->err);
	arena_reset(batch->mem);
	outcome = db_begin(batch->db);
	if (!db_outcome_good(outcome))
		return outcome;
	open_object(batch);
	for (int i = 0; i < batch->count && db_outcome_good(outcome); i++)
		outcome = run_job(batch, i);
	if (db_outcome_good(outcome))
		outcome = flush(batch);
	if (db_outcome_good(outcome))
		outcome = commit(batch);
	close_object(batch);
	if (!db_outcome_good(outcome)) {
		db_report(batch->db, outcome, "COMMIT", &batch->err);
		if (outcome != DB_LOST)
			db_rollback(batch->db);
	}
	return outcome;
}

/* Puts the jobs from `keep` on back to the head of the queue. */
static void hand_back(struct batch *batch, int keep)
{
	struct writer *writer = &batch->store->writer;

	pthread_mutex_lock(&writer->lock);
	while (batch->count > keep) {
		struct write_job *job = batch->jobs[--batch->count];

		job->next = writer->first;
		writer->first = job;
		if (!writer->last)
			writer->last = job;
		atomic_fetch_add(&writer->queued, 1);
	}
	pthread_mutex_unlock(&writer->lock);
}

static void before_rerun(struct batch *batch)
{
	atomic_fetch_add(&batch->store->reruns, 1);
	for (int i = 0; i < batch->count; i++) {
		struct write_job *job = batch->jobs[i];

		error_clear(job->call->err);
		if (job->again)
			job->again(job);
	}
}

/*
 * The connection broke. When it did so during COMMIT the server knows what
 * became of it: to run a batch again that was committed would do it twice.
 */
static enum db_outcome recover(struct batch *batch, bool *committed)
{
	int64_t until = microseconds() + LOST_MAX_MS * INT64_C(1000);
	enum db_outcome outcome = DB_LOST;

	*committed = false;
	for (int try = 1; !db_outcome_good(outcome); try++) {
		if (try > 1 && (microseconds() > until || stopping(&batch->store->writer)))
			break;
		pause_before(try);
		outcome = db_reconnect(batch->db);
		if (db_outcome_good(outcome))
			outcome = batch->db->driver->committed(batch->db, committed);
	}
	return outcome;
}

static bool run_batch(struct batch *batch)
{
	int64_t until = microseconds() + RERUN_MAX_MS * INT64_C(1000);

	for (int try = 1;; try++) {
		enum db_outcome outcome = attempt(batch);
		bool committed = false;

		if (db_outcome_good(outcome))
			return true;
		LOG(LOG_WARN, "batch_failed", LOG_INT("actions", batch->count), LOG_INT("outcome", outcome),
		    LOG_INT("try", try), LOG_TEXT("detail", batch->err.trace));
		if (outcome < DB_RETRY || try > RERUNS_MAX || microseconds() > until)
			return false;
		if (outcome == DB_LOST) {
			if (!db_outcome_good(recover(batch, &committed)))
				return false;
			if (committed)
				return true;
		} else {
			pause_before(try);
		}
		before_rerun(batch);
		if (try >= RERUNS_WHOLE)
			hand_back(batch, (batch->count + 1) / 2);
	}
}

/* The error of a batch that failed is that of each of its actions, also of those that had failed by themselves. */
static void fail_all(struct batch *batch)
{
	atomic_fetch_add(&batch->store->failures, 1);
	for (int i = 0; i < batch->count; i++) {
		struct error *err = batch->jobs[i]->call->err;

		if (batch->ok[i] || err->code == ERR_none) {
			error_clear(err);
			*err = batch->err;
			err->details = NULL;
			err->detail_count = 0;
		}
		batch->ok[i] = false;
	}
}

static void answer(struct batch *batch)
{
	struct writer *writer = &batch->store->writer;
	bool wrote = batch->wrote;

	atomic_fetch_add(&batch->store->actions, (uint64_t)batch->count);
	if (wrote)
		atomic_fetch_add(&batch->store->commits, 1);
	for (int i = 0; i < batch->count; i++)
		batch->jobs[i]->done(batch->jobs[i], batch->ok[i]);
	/* Under its lock: once writer_committed_set has returned, the old hook is not called any more. */
	pthread_mutex_lock(&writer->hook_lock);
	if (wrote && writer->committed)
		writer->committed(writer->committed_arg);
	pthread_mutex_unlock(&writer->hook_lock);
}

/* Waits for jobs and takes what is there, at most batch_max; false when there will be none any more. */
static bool take_jobs(struct batch *batch)
{
	struct writer *writer = &batch->store->writer;

	batch->count = 0;
	pthread_mutex_lock(&writer->lock);
	while (!writer->first && !writer->stopping)
		pthread_cond_wait(&writer->wake, &writer->lock);
	while (writer->first && batch->count < batch->store->batch_max) {
		struct write_job *job = writer->first;

		writer->first = job->next;
		if (!writer->first)
			writer->last = NULL;
		batch->ok[batch->count] = false;
		batch->jobs[batch->count++] = job;
		atomic_fetch_sub(&writer->queued, 1);
	}
	pthread_mutex_unlock(&writer->lock);
	return batch->count > 0;
}

static void *run(void *arg)
{
	struct store *store = arg;
	struct batch batch = { .store = store, .db = store->db, .mem = arena_new(0) };

	batch.jobs = calloc((size_t)store->batch_max, sizeof(struct write_job *));
	batch.ok = calloc((size_t)store->batch_max, sizeof(bool));
	if (!batch.jobs || !batch.ok)
		die("out of memory");
	while (take_jobs(&batch)) {
		if (!run_batch(&batch)) {
			batch.wrote = false;
			fail_all(&batch);
		}
		answer(&batch);
	}
	free(batch.ok);
	free(batch.jobs);
	arena_free(batch.mem);
	return NULL;
}

void writer_start(struct store *store)
{
	struct writer *writer = &store->writer;

	pthread_mutex_init(&writer->lock, NULL);
	pthread_mutex_init(&writer->hook_lock, NULL);
	pthread_cond_init(&writer->wake, NULL);
	if (pthread_create(&writer->thread, NULL, run, store) != 0)
		die("no thread for the writer");
	writer->running = true;
}

void writer_stop(struct store *store)
{
	struct writer *writer = &store->writer;

	if (!writer->running)
		return;
	pthread_mutex_lock(&writer->lock);
	writer->stopping = true;
	pthread_cond_signal(&writer->wake);
	pthread_mutex_unlock(&writer->lock);
	pthread_join(writer->thread, NULL);
	pthread_cond_destroy(&writer->wake);
	pthread_mutex_destroy(&writer->hook_lock);
	pthread_mutex_destroy(&writer->lock);
	writer->running = false;
}

bool writer_submit(struct store *store, struct write_job *job)
{
	struct writer *writer = &store->writer;
	bool room, wake;

	job->next = NULL;
	pthread_mutex_lock(&writer->lock);
	room = !writer->stopping && atomic_load(&writer->queued) < store->queue_max;
	wake = room && !writer->first;
	if (room) {
		if (writer->last)
			writer->last->next = job;
		else
			writer->first = job;
		writer->last = job;
		atomic_fetch_add(&writer->queued, 1);
	}
	if (wake)
		pthread_cond_signal(&writer->wake);
	pthread_mutex_unlock(&writer->lock);
	return room || error_set(job->call->err, ERR_unavailable, NULL, NULL);
}

struct waiter {
	struct write_job job;
	pthread_mutex_t lock;
	pthread_cond_t finished;
	bool done, ok;
};

static void wake_waiter(struct write_job *job, bool ok)
{
	struct waiter *waiter = (struct waiter *)job;

	pthread_mutex_lock(&waiter->lock);
	waiter->done = true;
	waiter->ok = ok;
	pthread_cond_signal(&waiter->finished);
	pthread_mutex_unlock(&waiter->lock);
}

bool writer_run(struct store *store, struct call *c, write_action act, void *arg)
{
	struct waiter waiter = { .job = { .act = act, .arg = arg, .call = c, .done = wake_waiter } };

	if (pthread_equal(pthread_self(), store->writer.thread))
		die("the writer waits for itself");
	pthread_mutex_init(&waiter.lock, NULL);
	pthread_cond_init(&waiter.finished, NULL);
	if (writer_submit(store, &waiter.job)) {
		pthread_mutex_lock(&waiter.lock);
		while (!waiter.done)
			pthread_cond_wait(&waiter.finished, &waiter.lock);
		pthread_mutex_unlock(&waiter.lock);
	}
	pthread_cond_destroy(&waiter.finished);
	pthread_mutex_destroy(&waiter.lock);
	return waiter.ok;
}

void writer_batch_set(struct store *store, const struct writer_batch *batch)
{
	store->writer.batch = *batch;
	store->writer.has_batch = true;
}

void writer_committed_set(struct store *store, void (*committed)(void *arg), void *arg)
{
	pthread_mutex_lock(&store->writer.hook_lock);
	store->writer.committed_arg = arg;
	store->writer.committed = committed;
	pthread_mutex_unlock(&store->writer.hook_lock);
}
