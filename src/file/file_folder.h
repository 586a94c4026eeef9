#ifndef FILE_FOLDER_H
#define FILE_FOLDER_H

#include "file/file.h"

/* Private to the room: the folder itself. A file per content, never changed once there. */

/*
 * Takes a complete and synced file into the folder, by renaming where it can;
 * on the disk for good when it returns. A content that is there already stays.
 */
bool folder_take(const char *path, const char *sha256, struct error *err);

/* The same from memory. */
bool folder_put(const void *bytes, size_t size, const char *sha256, struct error *err);

/* Whether the content lies there; takes it away, on the disk for good (one that is not there is no error). */
bool folder_has(const char *sha256);
bool folder_remove(const char *sha256, struct error *err);

/* The names (as SHA-256) of the files in the folder of one prefix "ab", sorted, by malloc; false when it
 * cannot be read. */
struct folder_list {
	char (*names)[65];
	size_t count;
	size_t strangers; /* files whose names are no hash */
};
bool folder_list(const char *prefix, struct folder_list *out, struct error *err);
void folder_list_free(struct folder_list *list);

#endif
