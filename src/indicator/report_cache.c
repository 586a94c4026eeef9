#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "indicator/indicator_rules.h"
#include "indicator/indicator_store.h"
#include "unit/unit.h"

/*
 * Forms in memory, shared by all threads. A form stands as long as the
 * generation in the store is the one it was loaded at. The generation is asked
 * for at most once a second, and by every call for some seconds after this
 * process changed a definition: each then sees what its own snapshot holds.
 *
 * What a writer reads of its own uncommitted change is never kept.
 */
enum { BUCKETS = 64, FORMS_MAX = 256, CHECK_EVERY_MS = 1000, DOUBT_MS = 5000, FORM_BYTES_MAX = 16 << 20 };

struct form {
	struct form *next;
	id id;
	int64_t version;    /* asked for; 0: the standing one */
	int64_t generation; /* standing ones only */
	int refs;           /* calls that use it, and one while it is in the table */
	uint64_t used;
	struct arena *mem;
	struct report *report;
};

static struct {
	pthread_mutex_t lock;
	struct form *buckets[BUCKETS];
	size_t count;
	uint64_t uses;
	int64_t generation;          /* the newest committed one that was seen */
	_Atomic int64_t checked_ms;  /* when it was last compared with the store */
	_Atomic int64_t doubt_ms;    /* until when every call compares */
} cache = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int64_t monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct form **bucket_of(id report_id)
{
	return &cache.buckets[(uint64_t)report_id * UINT64_C(0x9e3779b97f4a7c15) >> 58];
}

/* With the lock held, or while nobody else knows the form. */
static void release(struct form *form)
{
	if (--form->refs > 0)
		return;
	arena_free(form->mem);
	free(form);
}

static void unpin(void *arg)
{
	pthread_mutex_lock(&cache.lock);
	release(arg);
	pthread_mutex_unlock(&cache.lock);
}

static struct form *find(id report_id, int64_t version, int64_t generation)
{
	for (struct form *form = *bucket_of(report_id); form; form = form->next)
		if (form->id == report_id && form->version == version &&
		    (version || form->generation == generation))
			return form;
	return NULL;
}

/* With the lock held: a use of the form until call.mem goes. */
static const struct report *pin(struct call *c, struct form *form)
{
	form->refs++;
	form->used = ++cache.uses;
	arena_defer(c->mem, unpin, form);
	return form->report;
}

static void unlink_form(struct form *form)
{
	struct form **at = bucket_of(form->id);

	while (*at != form)
		at = &(*at)->next;
	*at = form->next;
	cache.count--;
	release(form);
}

/* Makes room: the form's own older state, and the one not used for longest when there are too many. */
static void make_room(const struct form *coming)
{
	struct form *oldest = NULL;
	struct form *form = *bucket_of(coming->id);

	while (form) {
		struct form *next = form->next;

		if (form->id == coming->id && form->version == coming->version)
			unlink_form(form);
		form = next;
	}
	if (cache.count < FORMS_MAX)
		return;
	for (int i = 0; i < BUCKETS; i++)
		for (form = cache.buckets[i]; form; form = form->next)
			if (!oldest || form->used < oldest->used)
				oldest = form;
	unlink_form(oldest);
}

static void keep(struct form *form)
{
	struct form **at = bucket_of(form->id);

	make_room(form);
	form->next = *at;
	*at = form;
	form->refs++;
	cache.count++;
}

/* Owners' paths, which the unit room knows. */
static bool fill_paths(struct call *c, struct form *form, struct indicator *indicators)
{
	struct call inner = *c;
	struct unit owner;

	inner.mem = form->mem;
	if (!unit_by_id(&inner, form->report->owner_unit_id, NULL, &owner))
		return false;
	form->report->owner_path = owner.path;
	for (size_t i = 0; i < form->report->item_count; i++) {
		struct indicator *indicator = &indicators[i];

		if (indicator->owner_unit_id != owner.id &&
		    !unit_by_id(&inner, indicator->owner_unit_id, NULL, &owner))
			return false;
		indicator->owner_path = owner.path;
	}
	return true;
}

/* The form as the call's view of the store has it, with one use by the caller. */
static bool load(struct call *c, id report_id, int64_t version, int64_t generation, struct form **out)
{
	struct form *form = calloc(1, sizeof(*form));
	struct indicator *indicators;

	if (!form)
		die("out of memory");
	*form = (struct form){ .id = report_id,
			       .version = version,
			       .generation = generation,
			       .refs = 1,
			       .mem = arena_new(FORM_BYTES_MAX) };
	if (!report_read(c, report_id, version, form->mem, &form->report, &indicators)) {
		release(form);
		return false;
	}
	if (!form->report) {
		error_set(c->err, ERR_report_unknown, NULL, NULL);
		release(form);
		return false;
	}
	if (!fill_paths(c, form, indicators)) {
		release(form);
		return false;
	}
	report_index(form->report, form->mem);
	*out = form;
	return true;
}

/* Whether this process changed a definition just now. */
static bool unsettled(int64_t now_ms)
{
	return now_ms < atomic_load_explicit(&cache.doubt_ms, memory_order_relaxed);
}

/* Whether the store must be asked for its generation first. */
static bool doubtful(int64_t now_ms)
{
	return unsettled(now_ms) ||
	       now_ms - atomic_load_explicit(&cache.checked_ms, memory_order_relaxed) >= CHECK_EVERY_MS;
}

static bool get(struct call *c, id report_id, int64_t version, const struct report **out)
{
	int64_t now_ms = monotonic_ms(), generation;
	bool doubt = doubtful(now_ms), shared, writing;
	struct form *form;

	if (!doubt) {
		pthread_mutex_lock(&cache.lock);
		form = find(report_id, version, cache.generation);
		if (form)
			*out = pin(c, form);
		pthread_mutex_unlock(&cache.lock);
		if (form)
			return true;
	}
	if (!generation_read(c, &generation, &writing))
		return false;
	pthread_mutex_lock(&cache.lock);
	/* A reader's snapshot holds committed changes alone; a writer's view may hold its own for a while. */
	if (generation > cache.generation && (!writing || !unsettled(now_ms)))
		cache.generation = generation;
	if (generation == cache.generation)
		atomic_store_explicit(&cache.checked_ms, now_ms, memory_order_relaxed);
	shared = generation == cache.generation;
	form = shared ? find(report_id, version, generation) : NULL;
	if (form)
		*out = pin(c, form);
	pthread_mutex_unlock(&cache.lock);
	if (form)
		return true;
	if (!load(c, report_id, version, generation, &form))
		return false;
	pthread_mutex_lock(&cache.lock);
	if (shared && generation == cache.generation)
		keep(form);
	*out = pin(c, form);
	release(form);
	pthread_mutex_unlock(&cache.lock);
	return true;
}

bool report_get(struct call *c, id report_id, const struct report **out)
{
	return get(c, report_id, 0, out);
}

bool report_get_version(struct call *c, id report_id, int64_t version, const struct report **out)
{
	if (version < 1)
		return error_set(c->err, ERR_report_unknown, NULL, NULL);
	return get(c, report_id, version, out);
}

bool report_by_code(struct call *c, const char *code, const char *field, const struct report **out)
{
	id report_id;

	if (!report_id_of_code(c, code, &report_id))
		return false;
	if (!report_id)
		return error_set(c->err, ERR_report_unknown, field, NULL);
	return report_get(c, report_id, out);
}

void indicator_forget(void)
{
	atomic_store_explicit(&cache.doubt_ms, monotonic_ms() + DOUBT_MS, memory_order_relaxed);
}
