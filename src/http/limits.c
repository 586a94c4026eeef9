#include "http/limits.h"

#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#include "base/arena.h"
#include "http/exchange.h"

enum {
	LINES = 8192,       /* of LINE_SLOTS each; a key lives in one line */
	LINE_SLOTS = 8,     /* one cache line */
	TAG_SHIFT = 48,     /* a slot: 16 bits of the key's hash, 48 bits of microseconds since start */
};
#define TIME_MASK ((UINT64_C(1) << TAG_SHIFT) - 1)

struct rate {
	uint64_t per_second, burst;
};

static const struct rate account_rates[] = {
	[CLASS_READ] = { 50, 300 },
	[CLASS_ENTRY] = { 20, 200 },
	[CLASS_ACCOUNT] = { 5, 40 },
	[CLASS_EXPORT] = { 1, 20 },
};

static const struct rate address_rates[] = {
	[CLASS_READ] = { 1000, 6000 },
	[CLASS_ENTRY] = { 500, 3000 },
	[CLASS_ACCOUNT] = { 20, 300 },
	[CLASS_EXPORT] = { 10, 100 },
};

struct limits {
	_Alignas(64) _Atomic uint64_t slots[LINES][LINE_SLOTS];
	unsigned char seed[crypto_shorthash_KEYBYTES];
	uint64_t start;
};

struct limits *limits_new(struct arena *mem)
{
	struct limits *limits;
	char *bytes = arena_alloc(mem, sizeof(*limits) + 64);

	limits = (struct limits *)(void *)(bytes + (64 - (uintptr_t)bytes % 64));
	randombytes_buf(limits->seed, sizeof(limits->seed));
	limits->start = monotonic_us();
	return limits;
}

static uint64_t hash(const struct limits *limits, const void *key, size_t length)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t value;

	crypto_shorthash(out, key, length, limits->seed);
	memcpy(&value, out, sizeof(value));
	return value;
}

/* The slot of the tag, else the one that has been idle longest. */
static _Atomic uint64_t *choose(_Atomic uint64_t *line, uint64_t tag)
{
	_Atomic uint64_t *oldest = &line[0];
	uint64_t oldest_time = TIME_MASK;

	for (int i = 0; i < LINE_SLOTS; i++) {
		uint64_t slot = atomic_load_explicit(&line[i], memory_order_relaxed);
		uint64_t time = slot & TIME_MASK;

		if (slot >> TAG_SHIFT == tag && time > 0)
			return &line[i];
		if (time < oldest_time) {
			oldest_time = time;
			oldest = &line[i];
		}
	}
	return oldest;
}

/* Takes one from the key's allowance; 0, or the microseconds to wait. */
static uint64_t take(struct limits *limits, uint64_t key, const struct rate *rate)
{
	uint64_t now = monotonic_us() - limits->start + 1;
	uint64_t tag = key >> TAG_SHIFT;
	uint64_t step = 1000000 / rate->per_second;
	uint64_t slack = step * (rate->burst - 1);
	_Atomic uint64_t *slot = choose(limits->slots[key % LINES], tag);
	uint64_t seen = atomic_load_explicit(slot, memory_order_relaxed);
	uint64_t due;

	do {
		due = seen >> TAG_SHIFT == tag ? seen & TIME_MASK : 0;
		if (due < now)
			due = now;
		if (due > now + slack)
			return due - slack - now;
	} while (!atomic_compare_exchange_weak_explicit(slot, &seen, tag << TAG_SHIFT | (due + step),
							memory_order_relaxed, memory_order_relaxed));
	return 0;
}

static bool allow(struct exchange *x, uint64_t key, const struct rate *rate)
{
	uint64_t wait = take(x->server->limits, key, rate);
	const char *seconds;

	if (wait == 0)
		return true;
	x->retry_after = (int)(wait / 1000000) + 1;
	seconds = arena_printf(x->request.call.mem, "%d", x->retry_after);
	return error_set(&x->err, ERR_too_many_requests, NULL, seconds, NULL);
}

bool limits_address(struct exchange *x)
{
	char key[ADDRESS_MAX + 1] = { 0 };
	enum route_class class = x->match.route->class;

	if (x->server->options.unlimited || x->from_here)
		return true;
	key[0] = (char)class;
	memcpy(key + 1, x->address, strlen(x->address));
	return allow(x, hash(x->server->limits, key, sizeof(key)), &address_rates[class]);
}

bool limits_account(struct exchange *x, id account)
{
	enum route_class class = x->match.route->class;
	int64_t key[2] = { account, class };

	if (x->server->options.unlimited)
		return true;
	return allow(x, hash(x->server->limits, key, sizeof(key)), &account_rates[class]);
}

bool limits_shed(struct exchange *x)
{
	enum route_class class = x->match.route->class;

	if (class != CLASS_READ && class != CLASS_EXPORT)
		return true;
	if (!atomic_load_explicit(&x->server->shedding, memory_order_relaxed))
		return true;
	x->retry_after = 2;
	return error_set(&x->err, ERR_unavailable, NULL, NULL);
}
