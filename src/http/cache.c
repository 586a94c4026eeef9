#include "http/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/text.h"
#include "db/store.h"
#include "http/compress.h"
#include "http/exchange.h"
#include "http/flight.h"

enum {
	SLOTS = 2048,
	LOCKS = 64,
	REPLY_MAX = 1 << 20,
	TOTAL_MAX = 48 << 20,
	WRITERS = 4096,
	RENEW_US = 200000, /* who asks after this has it worked out anew, */
	FRESH_US = 250000, /* and is answered from it until this */
};

struct entry {
	struct shared_reply reply; /* first */
	atomic_int uses;
	uint64_t key, commits, taken_us; /* of the snapshot it was read from */
	size_t size;
	char *name;
	char etag[40];
};

struct cache {
	pthread_mutex_t locks[LOCKS];
	struct entry *slots[SLOTS];
	atomic_size_t total;
	_Atomic uint64_t written[WRITERS]; /* the commit that holds an account's last write, by id; shared slots only cost time */
	bool other_nodes; /* whose commits are not counted here */
};

struct cache *cache_new(const struct store *store)
{
	struct cache *cache = calloc(1, sizeof(*cache));

	if (!cache)
		die("no memory");
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_init(&cache->locks[i], NULL);
	cache->other_nodes = text_equal(store_kind(store), "postgres");
	return cache;
}

static void entry_release(void *arg)
{
	struct entry *entry = arg;

	if (atomic_fetch_sub(&entry->uses, 1) == 1)
		free(entry);
}

void cache_free(struct cache *cache)
{
	if (!cache)
		return;
	for (int i = 0; i < SLOTS; i++)
		if (cache->slots[i])
			entry_release(cache->slots[i]);
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_destroy(&cache->locks[i]);
	free(cache);
}

static bool is_shared(const struct exchange *x)
{
	return (x->request.route->flags & ROUTE_SHARED) && (x->head || !strcmp(x->method, "GET"));
}

static uint64_t hash(const char *text)
{
	uint64_t value = UINT64_C(14695981039346656037);

	for (; *text; text++)
		value = (value ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return value ^ value >> 29;
}

void cache_name(struct exchange *x)
{
	const struct request *r = &x->request;
	const struct http_auth *auth = http_auth_get();
	struct buf name;

	buf_init(&name, r->call.mem, 0);
	buf_add_format(&name, "%016llx %lld %d ",
		       (unsigned long long)(r->session ? auth->scope_digest(r) : 0),
		       (long long)(r->call.now / 60000), (int)r->lang);
	buf_add_text(&name, x->path);
	for (size_t i = 0; i < x->query_count; i++) {
		buf_add_char(&name, '\n');
		buf_add_text(&name, x->query[i].name);
		buf_add_char(&name, '=');
		buf_add_text(&name, x->query[i].value);
	}
	x->shared_name = name.data;
	x->shared_key = hash(name.data);
}

/* Takes over one use of the entry. */
static void answer_with(struct exchange *x, struct entry *entry)
{
	struct reply_body *content = &x->content;

	arena_defer(x->request.call.mem, entry_release, entry);
	content->set = true;
	content->type = "application/json";
	content->bytes = entry->reply.bytes;
	content->length = entry->reply.length;
	content->shared = &entry->reply;
	x->etag = entry->reply.etag;
}

static _Atomic uint64_t *written_by(struct cache *cache, const struct exchange *x)
{
	return &cache->written[(uint64_t)http_auth_get()->account(&x->request) % WRITERS];
}

void cache_note_write(struct exchange *x)
{
	if (x->request.session)
		atomic_store(written_by(x->server->cache, x), store_commits(x->server->store));
}

static bool wants_newest(const struct exchange *x)
{
	const char *control = wire_header(x, "Cache-Control");

	return control && (strstr(control, "no-cache") || strstr(control, "max-age=0"));
}

bool cache_accepts(const struct exchange *x, uint64_t commits, uint64_t taken_us)
{
	struct cache *cache = x->server->cache;

	if (commits == x->shared_commits && !cache->other_nodes)
		return true;
	return monotonic_us() - taken_us < FRESH_US && !wants_newest(x) &&
	       !(x->request.session && commits < atomic_load(written_by(cache, x)));
}

static bool wants_renewal(const struct entry *entry, const struct exchange *x)
{
	return (entry->commits != x->shared_commits || x->server->cache->other_nodes) &&
	       monotonic_us() - entry->taken_us >= RENEW_US;
}

static bool holds(const struct entry *entry, const struct exchange *x)
{
	return entry && entry->key == x->shared_key && !strcmp(entry->name, x->shared_name) &&
	       cache_accepts(x, entry->commits, entry->taken_us);
}

enum cache_outcome cache_answer(struct exchange *x)
{
	struct cache *cache = x->server->cache;
	struct entry *entry;
	size_t slot;

	if (!is_shared(x))
		return CACHE_NOT_SHARED;
	cache_name(x);
	slot = x->shared_key % SLOTS;
	pthread_mutex_lock(&cache->locks[slot % LOCKS]);
	entry = cache->slots[slot];
	if (holds(entry, x))
		atomic_fetch_add(&entry->uses, 1);
	else
		entry = NULL;
	pthread_mutex_unlock(&cache->locks[slot % LOCKS]);
	if (!entry)
		return CACHE_MISSING;
	answer_with(x, entry);
	if (wants_renewal(entry, x))
		flights_renew(x);
	return CACHE_ANSWERED;
}

/* One block: the entry, its name, the reply, and the reply compressed. */
static struct entry *entry_new(const struct exchange *x)
{
	const struct buf *out = &x->request.out;
	size_t name = strlen(x->shared_name) + 1;
	size_t room = out->length > COMPRESS_MIN ? out->length : 0;
	struct entry *entry = malloc(sizeof(*entry) + name + out->length + room);
	char digest[SHA256_HEX_MAX];
	char *bytes;

	if (!entry)
		die("no memory");
	memset(entry, 0, sizeof(*entry));
	entry->name = (char *)(entry + 1);
	memcpy(entry->name, x->shared_name, name);
	bytes = entry->name + name;
	memcpy(bytes, out->data, out->length);
	entry->reply = (struct shared_reply){ .etag = entry->etag, .bytes = bytes, .length = out->length };
	if (room)
		entry->reply.gzip_length = compress_gzip(bytes, out->length, bytes + out->length, room);
	if (entry->reply.gzip_length)
		entry->reply.gzip = bytes + out->length;
	/* equal replies are equal compressed, and that is shorter to digest */
	if (entry->reply.gzip)
		sha256_hex(entry->reply.gzip, entry->reply.gzip_length, digest);
	else
		sha256_hex(bytes, out->length, digest);
	memcpy(entry->etag, "W/\"", 3);
	memcpy(entry->etag + 3, digest, 32);
	memcpy(entry->etag + 35, "\"", 2);
	entry->key = x->shared_key;
	entry->commits = x->shared_commits;
	entry->taken_us = x->shared_taken_us;
	entry->size = sizeof(*entry) + name + out->length + room;
	atomic_init(&entry->uses, 1);
	return entry;
}

/* An entry that was read before what is there of the same name changes nothing. */
static void place(struct cache *cache, size_t slot, struct entry *entry)
{
	struct entry *old;

	pthread_mutex_lock(&cache->locks[slot % LOCKS]);
	old = cache->slots[slot];
	if (old && entry && old->key == entry->key && old->taken_us > entry->taken_us)
		old = entry;
	else
		cache->slots[slot] = entry;
	pthread_mutex_unlock(&cache->locks[slot % LOCKS]);
	if (entry)
		atomic_fetch_add(&cache->total, entry->size);
	if (old) {
		atomic_fetch_sub(&cache->total, old->size);
		entry_release(old);
	}
}

bool cache_keep(struct exchange *x)
{
	struct cache *cache = x->server->cache;
	struct entry *entry;

	if (!x->shared_name || x->content.set || reply_status(x) != 200 || x->request.out.length > REPLY_MAX ||
	    x->header_count)
		return false;
	entry = entry_new(x);
	atomic_fetch_add(&entry->uses, 1);
	answer_with(x, entry);
	if (atomic_load(&cache->total) + entry->size > TOTAL_MAX)
		for (size_t i = 0; i < SLOTS; i++)
			place(cache, i, NULL);
	place(cache, entry->key % SLOTS, entry);
	return true;
}

void cache_share(struct exchange *x, const struct exchange *with)
{
	struct entry *entry = (struct entry *)with->content.shared;

	atomic_fetch_add(&entry->uses, 1);
	answer_with(x, entry);
}
