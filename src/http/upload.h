#ifndef HTTP_UPLOAD_H
#define HTTP_UPLOAD_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct exchange;

/*
 * Takes a file in: the raw body goes into the spool folder as it arrives, its
 * SHA-256 alongside. The file goes with the request unless the action renamed it.
 */
bool upload_open(struct exchange *x);
bool upload_write(struct exchange *x, const void *bytes, size_t length);

/* Complete: on disk for good, with name and digest in x->upload. Takes its time; slow queue only. */
bool upload_sync(struct exchange *x);

/*
 * The file's name as the client said, in X-File-Name (percent-encoded UTF-8) or
 * Content-Disposition; without directories, NFC, at most `size` - 1 bytes; "" when there is none fit for use.
 */
void upload_name(struct arena *mem, const char *x_file_name, const char *disposition, char *out, size_t size);

#endif
