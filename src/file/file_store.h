#ifndef FILE_STORE_H
#define FILE_STORE_H

#include "file/file.h"

bool store_file_insert(struct call *c, const struct file *file);
bool store_file_get(struct call *c, const char *sha256, bool *found, struct file *out);

/* Known contents whose hash is in [low, high), sorted. */
bool store_file_range(struct call *c, const char *low, const char *high, struct file **out, size_t *count);

#endif
