#ifndef HTTP_COMPRESS_H
#define HTTP_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>

enum { COMPRESS_MIN = 1024 };

/* gzip of `length` bytes into `out`; 0 when it does not fit into `room`. One state per thread, kept. */
size_t compress_gzip(const void *bytes, size_t length, void *out, size_t room);

/* Whether an Accept-Encoding header takes the coding: named, and not with q=0. */
bool compress_accepted(const char *accept_encoding, const char *coding);

#endif
