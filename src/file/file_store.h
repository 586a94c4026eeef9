#ifndef FILE_STORE_H
#define FILE_STORE_H

#include "file/file.h"

bool store_file_insert(struct call *c, const struct file *file);
bool store_file_get(struct call *c, const char *sha256, bool *found, struct file *out);

bool store_file_delete(struct call *c, const char *sha256);

/* Contents whose bytes are still to be taken off the disk. */
enum { FILE_RELEASED_MAX = 100 };
bool store_release_insert(struct call *c, const char *sha256);
bool store_release_delete(struct call *c, const char *sha256);
bool store_file_released(struct call *c, const char *sha256, bool *out);
bool store_released(struct call *c, const char *low, const char *high, const char *out[FILE_RELEASED_MAX], size_t *count);

/* Known contents whose hash is in [low, high), sorted. */
bool store_file_range(struct call *c, const char *low, const char *high, struct file **out, size_t *count);

#endif
