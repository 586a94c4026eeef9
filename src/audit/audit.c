#include "audit/audit.h"

#include <stdlib.h>

#include "account/account.h"
#include "audit/audit_store.h"
#include "audit/audit_watch.h"
#include "base/arena.h"
#include "base/log.h"
#include "db/writer.h"

/* Process-wide: what audit_serve gave. */
static struct store *record_store;
static instant (*record_clock)(void);

void audit_serve(struct store *store, instant (*clock)(void))
{
	record_store = store;
	record_clock = clock;
}

instant audit_now(void)
{
	return record_clock ? record_clock() : 0;
}

bool event_write(struct call *c, const struct event *event, id *out)
{
	id event_id = id_next(c->now);
	if (out)
		*out = event_id;
	return audit_store_insert(c, event_id, c->actor ? c->actor->account_id : 0, event);
}

bool event_newest(struct call *c, id *out)
{
	return audit_store_newest(c, out);
}

/* An event on its way to the writer; lives in its own arena. */
struct record {
	struct write_job job;
	struct call call;
	struct error err;
	struct actor actor;
	struct event event;
};

static bool write_record(struct call *c, void *arg)
{
	const struct record *record = arg;
	return event_write(c, &record->event, NULL);
}

static void end_record(struct write_job *job, bool ok)
{
	struct record *record = job->arg;
	if (!ok)
		LOG(LOG_ERROR, "event_not_recorded", LOG_TEXT("kind", record->event.kind),
		    LOG_TEXT("trace", record->err.trace));
	arena_free(record->call.mem);
}

static void start_again(struct write_job *job)
{
	struct record *record = job->arg;
	error_clear(&record->err);
}

static struct record *make_record(const struct call *c, const struct event *event)
{
	struct arena *mem = arena_new(0);
	struct record *record = ARENA_NEW(mem, struct record);
	record->call = (struct call){ .mem = mem, .now = c->now, .err = &record->err };
	record->call.address = arena_strdup(mem, c->address);
	if (c->actor) {
		record->actor.account_id = c->actor->account_id;
		record->call.actor = &record->actor;
	}
	record->event = (struct event){
		.kind = arena_strdup(mem, event->kind),
		.unit_id = event->unit_id,
		.unit_path = arena_strdup(mem, event->unit_path),
		.subject_kind = arena_strdup(mem, event->subject_kind),
		.subject_id = event->subject_id,
		.before = arena_strdup(mem, event->before),
		.after = arena_strdup(mem, event->after),
	};
	record->job = (struct write_job){
		.act = write_record,
		.arg = record,
		.call = &record->call,
		.done = end_record,
		.again = start_again,
	};
	return record;
}

bool event_record(struct call *c, const struct event *event)
{
	if (audit_store_writes(c))
		return event_write(c, event, NULL);
	if (!record_store)
		return error_internal(c->err, "event_record without audit_serve");
	struct record *record = make_record(c, event);
	if (writer_submit(record_store, &record->job))
		return true;
	arena_free(record->call.mem);
	return error_set(c->err, ERR_unavailable, NULL, NULL);
}
