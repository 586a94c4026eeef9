#include "account/account_key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/crypto.h"
#include "base/error.h"

/* Process-wide: set once before the first thread, read-only afterwards. */
static uint8_t key[SEAL_KEY_SIZE];
static bool key_ready;

enum { KEY_TEXT = 2 * SEAL_KEY_SIZE };

static bool unreadable(struct error *err, const char *path)
{
	return error_set(err, ERR_key_unreadable, NULL, path, NULL);
}

/* A file that others may read is refused: it is no secret any more. */
static bool key_load(int fd, const char *path, struct error *err)
{
	struct stat stat;
	char text[KEY_TEXT + 1] = { 0 };
	if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode) || (stat.st_mode & 077) != 0)
		return unreadable(err, path);
	if (read(fd, text, KEY_TEXT) != KEY_TEXT || !hex_decode(text, key, sizeof(key)))
		return unreadable(err, path);
	key_ready = true;
	return true;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t wrote = write(fd, bytes, length);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		bytes += wrote;
		length -= (size_t)wrote;
	}
	return true;
}

static bool sync_folder(const char *path)
{
	char folder[1024];
	const char *slash = strrchr(path, '/');
	size_t length = slash != NULL ? (size_t)(slash - path) : 0;
	if (length >= sizeof(folder))
		return false;
	memcpy(folder, path, length);
	folder[length] = '\0';
	int fd = open(length > 0 ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool ok = fsync(fd) == 0;
	close(fd);
	return ok;
}

static bool key_make(const char *path, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return errno == EEXIST ? true : unreadable(err, path);
	char token[TOKEN_TEXT_MAX];
	char text[SHA256_HEX_MAX + 1];
	sha256_hex(token_new(token), TOKEN_TEXT_MAX - 1, text);
	text[KEY_TEXT] = '\n';
	bool ok = write_all(fd, text, KEY_TEXT + 1) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	if (!ok || !sync_folder(path)) {
		unlink(path);
		return unreadable(err, path);
	}
	return true;
}

bool account_key_set(const char *path, bool make, struct error *err)
{
	if (make && !key_make(path, err))
		return false;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return unreadable(err, path);
	bool ok = key_load(fd, path, err);
	close(fd);
	return ok;
}

static const char *context_of(struct arena *mem, id account_id, const char *what)
{
	return arena_printf(mem, "account:%lld:%s", (long long)account_id, what);
}

bool personal_seal(struct call *c, id account_id, const char *what, const char *plain, const char **out)
{
	if (!key_ready)
		return error_set(c->err, ERR_key_missing, NULL, NULL);
	*out = seal(c->mem, key, context_of(c->mem, account_id, what), plain);
	return true;
}

bool personal_open(struct call *c, id account_id, const char *what, const char *sealed, const char **plain)
{
	if (!key_ready)
		return error_set(c->err, ERR_key_missing, NULL, NULL);
	*plain = unseal(c->mem, key, context_of(c->mem, account_id, what), sealed);
	return *plain != NULL || error_set(c->err, ERR_key_wrong, NULL, NULL);
}

bool personal_index(struct call *c, const char *what, const char *plain, const char **out)
{
	if (!key_ready)
		return error_set(c->err, ERR_key_missing, NULL, NULL);
	char text[SHA256_HEX_MAX];
	*out = arena_strdup(c->mem, blind_index(key, what, plain, text));
	return true;
}
