#ifndef FILE_FILE_H
#define FILE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/id.h"
#include "db/call.h"

struct arena;
struct error;
struct store;

/*
 * Files people hand in: kept once under their SHA-256 below the data folder
 * (DATA/evidence/ab/cdef...), typed by content, never executed, checked again when handed out.
 *
 * A room that keeps files has a table of links: sha256 REFERENCES file
 * (sha256), name, type and size as `struct file` tells them, and what it links
 * to. The order is always
 *	1. off the writer: is the caller allowed to; then file_from_upload or
 *	   file_from_bytes, which brings the bytes to the disk for good;
 *	2. in the write: file_keep and the room's own link.
 * A file without a link is no fault: the write that wanted it failed.
 */
struct file {
	const char *sha256, *name, *type; /* name: as people see it; type: media type */
	int64_t size;
};

enum { FILE_NAME_LENGTH_MAX = 200, FILE_PATH_MAX = 1024 };

/* Endings of files that are taken, ended by NULL: ".pdf", ... */
extern const char *const file_endings[];

/* Where files are kept; set once at start. Files lie in `path`/evidence. */
void file_folder_set(const char *path);

/* file_name unless it has 1 to FILE_NAME_LENGTH_MAX characters. */
bool file_name_check(const char *name, struct error *err);

/*
 * What a file is, by its content; its name's ending must agree. `type` gets
 * the media type it is kept and sent under. Fails with file_type, file_ending,
 * file_macro.
 */
bool file_type_of_path(const char *path, const char *name, const char **type, struct error *err);
bool file_type_of_bytes(const void *bytes, size_t size, const char *name, const char **type, struct error *err);

/* Checks name and type and takes the bytes into the folder; `out` for file_keep. For demonstration and tests. */
bool file_from_bytes(struct arena *mem, const char *name, const void *bytes, size_t size, struct file *out,
		     struct error *err);

/*
 * The file's row, when it has none yet: before the link that refers to it. Works in a write. Fails with file_removing
 * while the same content is being taken off the disk.
 */
bool file_keep(struct call *c, const struct file *file);

/*
 * In the write that took a link away: a content that no room links any more loses its row, and its bytes are taken off
 * the disk after the commit.
 */
bool file_release(struct call *c, const char *sha256);

/* What each room that links files answers for file_release; set once at start, ended by NULL. */
typedef bool (*file_linked)(struct call *c, const char *sha256, bool *out);
void file_linked_set(const file_linked rooms[]);

/*
 * For a duty: takes released contents off the disk, one node at a time. Their rows in file_released go last, so a crash
 * in between leaves it to the next time.
 */
bool file_remove_released(struct store *store, instant now, struct error *err);

/* Size and type of a content that has a row; `name` stays "". */
bool file_get(struct call *c, const char *sha256, bool *found, struct file *out);

/* The path of a content; `out` needs FILE_PATH_MAX bytes. */
char *file_path(const char *sha256, char *out);

enum file_state { FILE_GOOD, FILE_MISSING, FILE_DAMAGED };

/* Reads the whole file again and compares its bytes with its name; size -1: any. */
enum file_state file_verify(const char *sha256, int64_t size);

/*
 * Before a file is handed out: file_verify, and file_damaged when it is not
 * good; then the link is remembered for file_damage_take, because an event
 * cannot be written while reading. `room`: a constant word ("evidence").
 */
bool file_check_out(const char *room, id link, const struct file *file, struct error *err);

/* The links of a room met damaged since the last call, at most FILE_DAMAGES_MAX: for a duty that writes events. */
enum { FILE_DAMAGES_MAX = 64 };
size_t file_damage_take(const char *room, id links[FILE_DAMAGES_MAX]);
void file_damage_note(const char *room, id link);

/*
 * Compares the folder with the rows: files without a row, rows without a
 * file, and with `content` files whose bytes are not what their name says.
 * Calls `each` with a line per problem; total in *problems.
 */
bool file_check(struct call *c, bool content, void (*each)(void *arg, const char *line), void *arg,
		size_t *problems);

#endif
