#include "http/upload.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/text.h"
#include "http/exchange.h"

struct spool {
	int fd;
	crypto_hash_sha256_state digest;
	uint64_t size;
	char path[256];
};

static void spool_close(void *arg)
{
	struct spool *spool = arg;

	if (spool->fd >= 0)
		close(spool->fd);
	unlink(spool->path);
}

static bool fails(struct exchange *x, const char *what)
{
	LOG(LOG_WARN, "upload_failed", LOG_TEXT("step", what), LOG_INT("errno", errno));
	return error_set(&x->err, ERR_upload_failed, NULL, NULL);
}

bool upload_open(struct exchange *x)
{
	const char *folder = x->server->options.spool;
	struct spool *spool = ARENA_NEW(x->request.call.mem, struct spool);
	char token[TOKEN_TEXT_MAX];
	struct buf path;

	if (!folder)
		return error_internal(&x->err, "no spool folder was given");
	buf_init(&path, x->request.call.mem, 0);
	buf_add_text(&path, folder);
	buf_add_text(&path, "/upload-");
	buf_add_text(&path, token_new(token));
	if (path.length >= sizeof(spool->path))
		return error_internal(&x->err, "the spool folder's path is too long");
	memcpy(spool->path, path.data, path.length + 1);
	spool->fd = open(spool->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (spool->fd < 0)
		return fails(x, "open");
	arena_defer(x->request.call.mem, spool_close, spool);
	crypto_hash_sha256_init(&spool->digest);
	x->spool = spool;
	return true;
}

bool upload_write(struct exchange *x, const void *bytes, size_t length)
{
	struct spool *spool = x->spool;
	const char *at = bytes;
	size_t left = length;
	ssize_t written;

	while (left > 0) {
		written = write(spool->fd, at, left);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return fails(x, "write");
		at += written;
		left -= (size_t)written;
	}
	crypto_hash_sha256_update(&spool->digest, bytes, length);
	spool->size += length;
	return true;
}

bool upload_sync(struct exchange *x)
{
	struct spool *spool = x->spool;
	struct upload *upload = ARENA_NEW(x->request.call.mem, struct upload);
	uint8_t digest[SHA256_SIZE];
	int fd = spool->fd;

	spool->fd = -1;
	if (fsync(fd)) {
		close(fd);
		return fails(x, "fsync");
	}
	if (close(fd))
		return fails(x, "close");
	crypto_hash_sha256_final(&spool->digest, digest);
	hex_encode(digest, sizeof(digest), upload->sha256);
	memcpy(upload->path, spool->path, sizeof(upload->path));
	upload->size = spool->size;
	upload_name(x->request.call.mem, wire_header(x, "X-File-Name"), wire_header(x, "Content-Disposition"),
		    upload->name, sizeof(upload->name));
	x->upload = upload;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* NULL when it holds a NUL. */
static char *percent_decode(struct arena *mem, const char *text, size_t length)
{
	char *out = arena_alloc(mem, length + 1);
	size_t used = 0;

	for (size_t i = 0; i < length; i++) {
		if (text[i] == '%' && length - i > 2 && hex_digit(text[i + 1]) >= 0 &&
		    hex_digit(text[i + 2]) >= 0) {
			out[used++] = (char)(hex_digit(text[i + 1]) << 4 | hex_digit(text[i + 2]));
			i += 2;
		} else {
			out[used++] = text[i];
		}
	}
	out[used] = '\0';
	return memchr(out, '\0', used) ? NULL : out;
}

static const char *disposition_name(struct arena *mem, const char *disposition)
{
	const char *at = strcasestr(disposition, "filename*=UTF-8''");
	const char *end;

	if (at) {
		at += strlen("filename*=UTF-8''");
		return percent_decode(mem, at, strcspn(at, "; "));
	}
	at = strcasestr(disposition, "filename=\"");
	if (!at)
		return NULL;
	at += strlen("filename=\"");
	end = strchr(at, '"');
	return end ? arena_strndup(mem, at, (size_t)(end - at)) : NULL;
}

/* Cut at a whole character. */
static size_t cut(const char *text, size_t most)
{
	size_t length = strlen(text);

	if (length <= most)
		return length;
	length = most;
	while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	return length;
}

void upload_name(struct arena *mem, const char *x_file_name, const char *disposition, char *out, size_t size)
{
	const char *name = NULL, *slash;
	size_t length;

	out[0] = '\0';
	if (x_file_name)
		name = percent_decode(mem, x_file_name, strlen(x_file_name));
	else if (disposition)
		name = disposition_name(mem, disposition);
	if (!name || !text_valid(name, strlen(name)) || strpbrk(name, "\r\n\t"))
		return;
	while ((slash = strpbrk(name, "/\\")))
		name = slash + 1;
	if (!strcmp(name, ".") || !strcmp(name, ".."))
		return;
	name = text_nfc(mem, name);
	length = cut(name, size - 1);
	memcpy(out, name, length);
	out[length] = '\0';
}
