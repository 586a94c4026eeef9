#ifndef EVIDENCE_FILES_H
#define EVIDENCE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;

/* The folder of evidence: DATA/evidence/ab/cdef..., a file per content, never changed once there. */

enum { FILES_PATH_MAX = 1024 };

/* The path of a content; `out` needs FILES_PATH_MAX bytes. */
char *files_path(const char *sha256, char *out);

/*
 * Takes a complete and synced file into the folder, by renaming where it can;
 * on the disk for good when it returns. A content that is there already stays.
 */
bool files_take(const char *path, const char *sha256, struct error *err);

/* The same from memory. */
bool files_put(const void *bytes, size_t size, const char *sha256, struct error *err);

enum files_state { FILES_GOOD, FILES_MISSING, FILES_DAMAGED };

/* Reads the whole file again and compares its bytes with its name. */
enum files_state files_verify(const char *sha256, int64_t size);

/* The names (as SHA-256) of the files in the folder of one prefix "ab", sorted, by malloc; false when it
 * cannot be read. */
struct files_list {
	char (*names)[65];
	size_t count;
	size_t strangers; /* files whose names are no hash */
};
bool files_list(const char *prefix, struct files_list *out, struct error *err);
void files_list_free(struct files_list *list);

#endif
