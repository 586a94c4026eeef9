#ifndef HTTP_SLOW_H
#define HTTP_SLOW_H

#include <stdbool.h>
#include <stddef.h>

struct exchange;

/*
 * Threads for what takes long: password hashing, reading files, syncing
 * uploads, shared replies. Bounded; what waits in it is suspended.
 */
struct slow_queue;

/* `work` is called for each exchange, which is its own from then on. */
struct slow_queue *slow_new(int threads, void (*work)(struct exchange *x));
void slow_free(struct slow_queue *queue); /* works off what is queued first */

/* False when the queue is full. */
bool slow_push(struct slow_queue *queue, struct exchange *x);
size_t slow_length(struct slow_queue *queue);

#endif
