#ifndef HTTP_ASSETS_H
#define HTTP_ASSETS_H

#include <stdbool.h>

struct arena;
struct exchange;

/*
 * The web application, carried in the program under web/dist: index.html for
 * every address that asks for a page, with a fresh nonce in place of
 * __CSP_NONCE__; files as brotli or gzip when they were built so. Names with
 * a hash (assets/) are good for a year.
 */
struct assets;

struct assets *assets_new(struct arena *mem);

/* Answers a path without a route. */
bool assets_answer(struct exchange *x);

#endif
