#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct exchange;
struct server;

/* Counts of what was answered, for /metrics in the Prometheus text form. */
struct metrics;

struct metrics *metrics_new(struct arena *mem, size_t routes);

/* One answered request of route `index` (-1: no route). */
void metrics_count(struct metrics *metrics, const struct exchange *x, int status, uint64_t took_us);

void metrics_upload(struct metrics *metrics, uint64_t bytes);

void metrics_write(const struct server *server, struct buf *out);

#endif
