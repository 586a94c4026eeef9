#include "base/embed.h"

#include <string.h>

/* The assembled table, sorted by path, and its length. */
extern const struct embedded_file embedded_table[];
extern const size_t embedded_count;

/* The index of the first file whose path is not before `path`. */
static size_t lower_bound(const char *path)
{
	size_t low = 0, high = embedded_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(embedded_table[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct embedded_file *embedded_find(const char *path)
{
	size_t at = lower_bound(path);

	if (at < embedded_count && strcmp(embedded_table[at].path, path) == 0)
		return &embedded_table[at];
	return NULL;
}

const struct embedded_file *embedded_range(const char *prefix, size_t *count)
{
	size_t first = lower_bound(prefix), end = first;
	size_t length = strlen(prefix);

	while (end < embedded_count && strncmp(embedded_table[end].path, prefix, length) == 0)
		end++;
	*count = end - first;
	return &embedded_table[first];
}
