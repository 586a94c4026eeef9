#ifndef HTTP_LIVE_STREAM_H
#define HTTP_LIVE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct exchange;
struct live;
struct server;

/*
 * Private to http: the live streams (see live.h). A stream's socket is taken
 * from the HTTP server for good, so that ten thousand open screens cost a few
 * hundred bytes each and no time while requests come and go. One thread
 * holds them all; it writes what the socket takes at once and drops a reader
 * that stays behind.
 */
struct live *live_start(struct server *server);

/* Ends all streams. */
void live_stop(struct live *live);

/* Makes the exchange a stream, or fails. Worker thread, with the session. */
bool live_open(struct exchange *x);

uint64_t live_events_sent(const struct server *server);
uint64_t live_dropped(const struct server *server);

#endif
