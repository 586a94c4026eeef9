#include "base/id.h"

#include <stdatomic.h>

#include "base/digits.h"
#include "base/log.h"

enum { SEQUENCE_BITS = 12, INSTANCE_BITS = 10, INSTANCE_MAX = (1 << INSTANCE_BITS) - 1 };
enum { SEQUENCE_MAX = (1 << SEQUENCE_BITS) - 1, TIME_SHIFT = SEQUENCE_BITS + INSTANCE_BITS };
#define EPOCH_MS INT64_C(1704067200000) /* 2024-01-01 UTC */
#define TICKS_MAX (INT64_C(1) << (63 - INSTANCE_BITS))

/*
 * Process-wide: the instance, and the last id's time and sequence in one
 * number, so that a full millisecond runs over into the next.
 */
static atomic_int own_instance;
static _Atomic int64_t last_tick;

static void raise_last(int64_t tick)
{
	int64_t last = atomic_load(&last_tick);
	while (last < tick && !atomic_compare_exchange_weak(&last_tick, &last, tick))
		;
}

void id_init(int instance, id above)
{
	if (instance < 0 || instance > INSTANCE_MAX)
		die("instance %d is not within 0 to %d", instance, INSTANCE_MAX);
	atomic_store(&own_instance, instance);
	/* The whole millisecond is taken: other instances sort within it. */
	if (above > 0)
		raise_last((above >> TIME_SHIFT) << SEQUENCE_BITS | SEQUENCE_MAX);
}

id id_next(int64_t now_ms)
{
	int64_t wanted = now_ms > EPOCH_MS ? (now_ms - EPOCH_MS) << SEQUENCE_BITS : 0;
	int64_t last = atomic_load(&last_tick);
	int64_t tick;
	do
		tick = wanted > last ? wanted : last + 1;
	while (!atomic_compare_exchange_weak(&last_tick, &last, tick));
	if (tick >= TICKS_MAX)
		die("ids have run out");
	int64_t instance = atomic_load_explicit(&own_instance, memory_order_relaxed);
	return (tick >> SEQUENCE_BITS) << TIME_SHIFT | instance << SEQUENCE_BITS | (tick & SEQUENCE_MAX);
}

id id_floor(int64_t now_ms)
{
	return now_ms > EPOCH_MS ? (now_ms - EPOCH_MS) << TIME_SHIFT : 0;
}

char *id_format(id value, char *out)
{
	*digits_put_signed(out, value) = '\0';
	return out;
}

bool id_parse(const char *text, id *out)
{
	/* One spelling for one id: no sign, no leading zeros. */
	if (!text || *text < '1' || *text > '9')
		return false;
	id value = 0;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, *text - '0', &value))
			return false;
	}
	*out = value;
	return true;
}
