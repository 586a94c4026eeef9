#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include <stddef.h>

/*
 * Files carried inside the program (cmake/embed.cmake): the steps of migrations/,
 * data/ and, once it is built, web/dist/. Paths are as in the repository.
 * The content is not NUL-terminated.
 */
struct embedded_file {
	const char *path; /* "data/communes/01.topojson" */
	const unsigned char *data;
	size_t size;
};

/* NULL when there is no such file. */
const struct embedded_file *embedded_find(const char *path);

/*
 * The files whose path starts with `prefix`, in the order of their paths:
 * `*count` of them from the one returned. "" gives all.
 */
const struct embedded_file *embedded_range(const char *prefix, size_t *count);

#endif
