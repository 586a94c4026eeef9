#include "file/file_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/crypto.h"
#include "base/error.h"
#include "base/log.h"

enum { CHUNK = 64 << 10, HASH_LENGTH = SHA256_HEX_MAX - 1, PREFIX = 2 };

/* Process-wide: set once at start, before the first thread. */
static char folder[FILE_PATH_MAX - HASH_LENGTH - 32] = ".";

void file_folder_set(const char *path)
{
	if (snprintf(folder, sizeof(folder), "%s", path) >= (int)sizeof(folder))
		die("the path of the data folder is too long");
}

char *file_path(const char *sha256, char *out)
{
	snprintf(out, FILE_PATH_MAX, "%s/evidence/%.2s/%s", folder, sha256, sha256 + PREFIX);
	return out;
}

static bool fails(struct error *err, const char *what)
{
	int number = errno;

	LOG(LOG_ERROR, "file_folder", LOG_TEXT("at", what), LOG_TEXT("problem", strerrordesc_np(number)));
	if (number == ENOSPC || number == EDQUOT)
		return error_set(err, ERR_upload_failed, NULL, NULL);
	return error_internal(err, "file: %s: %s", what, strerrordesc_np(number));
}

static bool make_folder(const char *path, struct error *err)
{
	return !mkdir(path, 0700) || errno == EEXIST || fails(err, "mkdir");
}

/* A name in a folder is on the disk when the folder is. */
static bool sync_folder(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && !fsync(fd);

	if (!ok)
		fails(err, "fsync of a folder");
	if (fd >= 0)
		close(fd);
	return ok;
}

/* DATA/evidence and DATA/evidence/ab; `out` gets the latter. */
static bool make_folders(const char *sha256, char *out, struct error *err)
{
	char root[FILE_PATH_MAX];

	snprintf(root, sizeof(root), "%s/evidence", folder);
	snprintf(out, FILE_PATH_MAX, "%s/evidence/%.2s", folder, sha256);
	return make_folder(root, err) && make_folder(out, err) && sync_folder(folder, err) &&
	       sync_folder(root, err);
}

static bool write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t wrote = write(fd, bytes, size);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return false;
		bytes += wrote;
		size -= (size_t)wrote;
	}
	return true;
}

static bool copy_all(int from, int to)
{
	char chunk[CHUNK];
	ssize_t got;

	while ((got = read(from, chunk, sizeof(chunk))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || !write_all(to, chunk, (size_t)got))
			return false;
	}
	return true;
}

/* Where bytes are written before they get their name: beside it, so that renaming is one step. */
static int open_beside(const char *sub, char *path, struct error *err)
{
	int fd;

	snprintf(path, FILE_PATH_MAX, "%s/new-%08x%08x", sub, randombytes_random(), randombytes_random());
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		fails(err, "open");
	return fd;
}

/* Ends what open_beside began: synced, named, or gone. */
static bool name_it(int fd, const char *beside, const char *sub, const char *path, bool written,
		    struct error *err)
{
	bool ok = written && !fsync(fd);

	if (!ok)
		fails(err, "write");
	if (close(fd) && ok)
		ok = fails(err, "close");
	if (ok && rename(beside, path))
		ok = fails(err, "rename");
	if (!ok)
		unlink(beside);
	return ok && sync_folder(sub, err);
}

static bool is_there(const char *path)
{
	struct stat stat;

	return !lstat(path, &stat) && S_ISREG(stat.st_mode);
}

bool folder_has(const char *sha256)
{
	char path[FILE_PATH_MAX];

	return is_there(file_path(sha256, path));
}

bool folder_remove(const char *sha256, struct error *err)
{
	char path[FILE_PATH_MAX];

	if (unlink(file_path(sha256, path)))
		return errno == ENOENT || fails(err, "unlink");
	*strrchr(path, '/') = '\0';
	return sync_folder(path, err);
}

bool folder_take(const char *path, const char *sha256, struct error *err)
{
	char sub[FILE_PATH_MAX], to[FILE_PATH_MAX], beside[FILE_PATH_MAX];
	int from, fd;
	bool copied;

	file_path(sha256, to);
	if (!make_folders(sha256, sub, err))
		return false;
	if (is_there(to))
		return sync_folder(sub, err);
	if (!rename(path, to))
		return sync_folder(sub, err);
	if (errno != EXDEV)
		return fails(err, "rename");
	from = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (from < 0)
		return fails(err, "open of an upload");
	fd = open_beside(sub, beside, err);
	copied = fd >= 0 && copy_all(from, fd);
	close(from);
	return fd >= 0 && name_it(fd, beside, sub, to, copied, err);
}

bool folder_put(const void *bytes, size_t size, const char *sha256, struct error *err)
{
	char sub[FILE_PATH_MAX], to[FILE_PATH_MAX], beside[FILE_PATH_MAX];
	int fd;

	file_path(sha256, to);
	if (!make_folders(sha256, sub, err))
		return false;
	if (is_there(to))
		return sync_folder(sub, err);
	fd = open_beside(sub, beside, err);
	return fd >= 0 && name_it(fd, beside, sub, to, write_all(fd, bytes, size), err);
}

enum file_state file_verify(const char *sha256, int64_t size)
{
	unsigned char chunk[CHUNK], digest[crypto_hash_sha256_BYTES];
	char path[FILE_PATH_MAX], hex[SHA256_HEX_MAX];
	crypto_hash_sha256_state state;
	int64_t total = 0;
	ssize_t got;
	int fd = open(file_path(sha256, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return errno == ENOENT ? FILE_MISSING : FILE_DAMAGED;
	crypto_hash_sha256_init(&state);
	while ((got = read(fd, chunk, sizeof(chunk))) > 0 || (got < 0 && errno == EINTR)) {
		if (got < 0)
			continue;
		crypto_hash_sha256_update(&state, chunk, (unsigned long long)got);
		total += got;
	}
	close(fd);
	crypto_hash_sha256_final(&state, digest);
	if (got < 0 || (size >= 0 && total != size) ||
		strcmp(hex_encode(digest, sizeof(digest), hex), sha256) != 0)
		return FILE_DAMAGED;
	return FILE_GOOD;
}

static bool is_hash_rest(const char *name)
{
	return strlen(name) == HASH_LENGTH - PREFIX &&
	       strspn(name, "0123456789abcdef") == HASH_LENGTH - PREFIX;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool add_name(struct folder_list *list, size_t *room, const char *prefix, const char *rest)
{
	if (list->count == *room) {
		size_t larger = *room ? *room * 2 : 64;
		char(*names)[65] = realloc(list->names, larger * sizeof(*names));
		if (!names)
			return false;
		list->names = names;
		*room = larger;
	}
	snprintf(list->names[list->count++], sizeof(*list->names), "%.2s%.62s", prefix, rest);
	return true;
}

bool folder_list(const char *prefix, struct folder_list *out, struct error *err)
{
	char path[FILE_PATH_MAX];
	struct dirent *entry;
	size_t room = 0;
	bool ok = true;
	DIR *dir;

	*out = (struct folder_list){ .names = NULL };
	snprintf(path, sizeof(path), "%s/evidence/%.2s", folder, prefix);
	dir = opendir(path);
	if (!dir)
		return errno == ENOENT || fails(err, "opendir");
	while (ok && (entry = readdir(dir)) != NULL) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (is_hash_rest(entry->d_name))
			ok = add_name(out, &room, prefix, entry->d_name);
		else
			out->strangers++;
	}
	closedir(dir);
	if (!ok)
		return error_internal(err, "no memory for a list of files");
	if (out->count)
		qsort(out->names, out->count, sizeof(*out->names), by_text);
	return true;
}

void folder_list_free(struct folder_list *list)
{
	free(list->names);
	*list = (struct folder_list){ .names = NULL };
}
