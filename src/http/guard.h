#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include <stdbool.h>
#include <stdint.h>

struct sockaddr;

/*
 * Watches over connections: how many one address holds, and how long each may
 * take. libmicrohttpd ends a connection that is silent; one that sends a byte
 * now and then to hold its place is ended here, when a request's head or body,
 * or its answer, has not got through by its deadline.
 */
struct guard;

enum { ADDRESS_CONNECTIONS_MAX = 2000 };

/* For file descriptors below `fds`. */
struct guard *guard_new(int fds, int patience_ms);
void guard_free(struct guard *guard);

/* Whether the address may open one more. Loopback always may: that is where the proxy stands. */
bool guard_admits(const struct guard *guard, const struct sockaddr *address);

void guard_opened(struct guard *guard, int fd, const struct sockaddr *address);

/* Before the descriptor is closed. */
void guard_closed(struct guard *guard, int fd, const struct sockaddr *address);

/* A connection counted for its address though it is no longer the server's (live streams). */
uint32_t guard_hold(struct guard *guard, const struct sockaddr *address);
void guard_release(struct guard *guard, uint32_t held);

/* The connection has `allowed_ms` for what it does now; 0: as long as it takes. */
void guard_deadline(struct guard *guard, int fd, uint64_t allowed_ms);

/* Ends what is past its deadline; a few times a second, from one thread. Returns how many. */
int guard_sweep(struct guard *guard);

#endif
