#include "audit/audit_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/audit.h"

_Static_assert(PUBLIC_KEY_SIZE == crypto_sign_PUBLICKEYBYTES, "public key");

enum { SEED_SIZE = crypto_sign_SEEDBYTES, SEED_HEX = 2 * SEED_SIZE };

/* Process-wide: the key that seals are signed with, set once at start. */
static struct {
	bool here;
	uint8_t secret[crypto_sign_SECRETKEYBYTES];
	char public_hex[PUBLIC_KEY_HEX_MAX];
	char key_id[KEY_ID_MAX];
} own;

bool audit_key_id_of(const char *public_hex, char out[KEY_ID_MAX])
{
	uint8_t key[PUBLIC_KEY_SIZE], digest[SHA256_SIZE];
	if (!hex_decode(public_hex, key, sizeof(key)))
		return false;
	sha256(key, sizeof(key), digest);
	hex_encode(digest, (KEY_ID_MAX - 1) / 2, out);
	return true;
}

static void take_seed(const uint8_t seed[SEED_SIZE])
{
	uint8_t public[PUBLIC_KEY_SIZE];
	crypto_sign_seed_keypair(public, own.secret, seed);
	hex_encode(public, sizeof(public), own.public_hex);
	own.here = audit_key_id_of(own.public_hex, own.key_id);
}

/* A new key, complete on the disk under its name or not there at all. */
static bool make_key(const char *path, struct error *err)
{
	uint8_t seed[SEED_SIZE];
	char text[SEED_HEX + 2], part[4096];
	if (snprintf(part, sizeof(part), "%s.part", path) >= (int)sizeof(part))
		return error_internal(err, "the path of the audit key is too long");
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return error_internal(err, "the audit key cannot be made: %s: %s", part, strerror(errno));
	randombytes_buf(seed, sizeof(seed));
	hex_encode(seed, sizeof(seed), text);
	text[SEED_HEX] = '\n';
	bool ok = write(fd, text, SEED_HEX + 1) == SEED_HEX + 1 && fsync(fd) == 0;
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(text, sizeof(text));
	/* link fails where rename would replace a key that another process made meanwhile. */
	ok = close(fd) == 0 && ok && (link(part, path) == 0 || errno == EEXIST);
	int failure = errno;
	unlink(part);
	return ok || error_internal(err, "the audit key cannot be written: %s: %s", path, strerror(failure));
}

static bool read_key(int fd, const char *path, struct error *err)
{
	struct stat about;
	uint8_t seed[SEED_SIZE];
	char text[SEED_HEX + 2] = "";
	if (fstat(fd, &about))
		return error_internal(err, "%s: %s", path, strerror(errno));
	if (about.st_mode & 077)
		return error_internal(err, "%s can be read by others: its mode must be 0600", path);
	ssize_t length = read(fd, text, sizeof(text) - 1);
	text[SEED_HEX] = '\0';
	bool ok = length >= SEED_HEX && hex_decode(text, seed, sizeof(seed));
	if (ok)
		take_seed(seed);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(text, sizeof(text));
	return ok || error_internal(err, "%s holds no audit key", path);
}

bool audit_key_set(const char *path, bool make, struct error *err)
{
	crypto_init();
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 && errno == ENOENT && make) {
		if (!make_key(path, err))
			return false;
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	}
	if (fd < 0)
		return error_internal(err, "the audit key cannot be read: %s: %s", path, strerror(errno));
	bool ok = read_key(fd, path, err);
	close(fd);
	return ok;
}

bool audit_key_here(void)
{
	return own.here;
}

const char *audit_key_id(void)
{
	return own.key_id;
}

const char *audit_key_public(void)
{
	return own.public_hex;
}

void audit_sign(const uint8_t hash[SHA256_SIZE], char *out)
{
	uint8_t signature[SIGN_SIZE];
	crypto_sign_detached(signature, NULL, hash, SHA256_SIZE, own.secret);
	hex_encode(signature, sizeof(signature), out);
}

bool audit_signature_good(const char *public_hex, const uint8_t hash[SHA256_SIZE], const char *signature_hex)
{
	uint8_t key[PUBLIC_KEY_SIZE], signature[SIGN_SIZE];
	return hex_decode(public_hex, key, sizeof(key)) && hex_decode(signature_hex, signature, sizeof(signature)) &&
	       crypto_sign_verify_detached(signature, hash, SHA256_SIZE, key) == 0;
}
