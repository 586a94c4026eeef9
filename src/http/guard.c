#include "http/guard.h"

#include <netinet/in.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/log.h"
#include "http/exchange.h"

/*
 * Counts are kept by a hash of the address: two addresses that fall together
 * share an allowance, which does no harm at this size.
 */
enum { COUNTS = 1 << 16 };
#define ENDING UINT64_MAX /* the sweep holds the descriptor: it must not be closed now */

struct guard {
	int fds;
	int patience_ms;
	_Atomic uint64_t *deadlines; /* by descriptor, in monotonic microseconds; 0: none */
	_Atomic int counts[COUNTS];
};

struct guard *guard_new(int fds, int patience_ms)
{
	struct guard *guard = calloc(1, sizeof(*guard));

	if (!guard)
		die("no memory");
	guard->fds = fds;
	guard->patience_ms = patience_ms;
	guard->deadlines = calloc((size_t)fds, sizeof(*guard->deadlines));
	if (!guard->deadlines)
		die("no memory");
	return guard;
}

void guard_free(struct guard *guard)
{
	if (!guard)
		return;
	free(guard->deadlines);
	free(guard);
}

static bool is_loopback(const struct sockaddr *address)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		return ntohl(v4.sin_addr.s_addr) >> 24 == 127;
	}
	memcpy(&v6, address, sizeof(v6));
	return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
}

static uint32_t slot_of(const struct sockaddr *address)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	uint64_t hash = UINT64_C(14695981039346656037);
	const unsigned char *bytes;
	size_t length;

	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		bytes = (const unsigned char *)&v4.sin_addr;
		length = sizeof(v4.sin_addr);
	} else {
		memcpy(&v6, address, sizeof(v6));
		bytes = (const unsigned char *)&v6.sin6_addr;
		length = 8; /* one customer's network */
	}
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
	return (uint32_t)(hash ^ hash >> 32) % COUNTS;
}

bool guard_admits(const struct guard *guard, const struct sockaddr *address)
{
	return is_loopback(address) || atomic_load(&guard->counts[slot_of(address)]) < ADDRESS_CONNECTIONS_MAX;
}

uint32_t guard_hold(struct guard *guard, const struct sockaddr *address)
{
	uint32_t slot = slot_of(address);

	atomic_fetch_add(&guard->counts[slot], 1);
	return slot;
}

void guard_release(struct guard *guard, uint32_t held)
{
	atomic_fetch_sub(&guard->counts[held], 1);
}

void guard_opened(struct guard *guard, int fd, const struct sockaddr *address)
{
	guard_hold(guard, address);
	guard_deadline(guard, fd, (uint64_t)guard->patience_ms);
}

void guard_closed(struct guard *guard, int fd, const struct sockaddr *address)
{
	guard_release(guard, slot_of(address));
	guard_deadline(guard, fd, 0);
}

void guard_deadline(struct guard *guard, int fd, uint64_t allowed_ms)
{
	uint64_t deadline = allowed_ms ? monotonic_us() + allowed_ms * 1000 : 0;
	uint64_t seen;

	if (fd < 0 || fd >= guard->fds)
		return;
	seen = atomic_load(&guard->deadlines[fd]);
	do {
		while (seen == ENDING)
			seen = atomic_load(&guard->deadlines[fd]);
	} while (!atomic_compare_exchange_weak(&guard->deadlines[fd], &seen, deadline));
}

int guard_sweep(struct guard *guard)
{
	uint64_t now = monotonic_us();
	int ended = 0;

	for (int fd = 0; fd < guard->fds; fd++) {
		uint64_t deadline = atomic_load_explicit(&guard->deadlines[fd], memory_order_relaxed);

		if (deadline == 0 || deadline > now)
			continue;
		if (!atomic_compare_exchange_strong(&guard->deadlines[fd], &deadline, ENDING))
			continue;
		/* The server reads the end of the stream and closes in its own time. */
		shutdown(fd, SHUT_RDWR);
		atomic_store(&guard->deadlines[fd], 0);
		ended++;
	}
	return ended;
}
