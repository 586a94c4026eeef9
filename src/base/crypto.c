#include "base/crypto.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"

_Static_assert(SHA256_SIZE == crypto_hash_sha256_BYTES, "SHA-256");
_Static_assert(SEAL_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key of a seal");
_Static_assert(SEAL_KEY_SIZE == crypto_kdf_KEYBYTES, "key of a blind index");
_Static_assert(SIGN_SIZE == crypto_sign_BYTES, "signature");

enum {
	NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_SIZE = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	BLIND_INDEX_KEY = 1, /* number of the key derived for it */
};

void crypto_init(void)
{
	if (sodium_init() < 0)
		die("libsodium cannot be used");
}

void sha256(const void *bytes, size_t length, uint8_t out[SHA256_SIZE])
{
	crypto_hash_sha256(out, bytes, length);
}

char *hex_encode(const uint8_t *bytes, size_t length, char *out)
{
	return sodium_bin2hex(out, 2 * length + 1, bytes, length);
}

bool hex_decode(const char *text, uint8_t *out, size_t length)
{
	size_t digits = strlen(text);
	size_t decoded;
	return digits == 2 * length && sodium_hex2bin(out, length, text, digits, NULL, &decoded, NULL) == 0 &&
	       decoded == length;
}

char *sha256_hex(const void *bytes, size_t length, char out[SHA256_HEX_MAX])
{
	uint8_t digest[SHA256_SIZE];
	sha256(bytes, length, digest);
	return hex_encode(digest, sizeof(digest), out);
}

char *token_new(char out[TOKEN_TEXT_MAX])
{
	uint8_t bytes[32];
	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(out, TOKEN_TEXT_MAX, bytes, sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof(bytes));
	return out;
}

char *token_digest(const char *token, char out[SHA256_HEX_MAX])
{
	return sha256_hex(token, strlen(token), out);
}

bool secret_equal(const char *a, const char *b)
{
	size_t length = strlen(a);
	return length == strlen(b) && sodium_memcmp(a, b, length) == 0;
}

char *password_hash(struct arena *mem, const char *password)
{
	char *hash = arena_alloc(mem, crypto_pwhash_STRBYTES);
	if (crypto_pwhash_str_alg(hash, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
				  crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
		die("out of memory: a password could not be hashed");
	return hash;
}

bool password_verify(const char *hash, const char *password)
{
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

char *seal(struct arena *mem, const uint8_t key[SEAL_KEY_SIZE], const char *context, const char *plain)
{
	size_t length = strlen(plain);
	size_t size = NONCE_SIZE + length + TAG_SIZE;
	uint8_t *box = arena_alloc(mem, size);
	randombytes_buf(box, NONCE_SIZE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE_SIZE, NULL, (const uint8_t *)plain, length,
						   (const uint8_t *)context, strlen(context), NULL, box, key);

	size_t room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_alloc(mem, room);
	return sodium_bin2base64(text, room, box, size, sodium_base64_VARIANT_ORIGINAL);
}

char *unseal(struct arena *mem, const uint8_t key[SEAL_KEY_SIZE], const char *context, const char *sealed)
{
	size_t digits = strlen(sealed);
	size_t size;
	uint8_t *box = arena_alloc(mem, digits / 4 * 3 + 3);
	if (sodium_base642bin(box, digits / 4 * 3 + 3, sealed, digits, NULL, &size, NULL,
			      sodium_base64_VARIANT_ORIGINAL) != 0)
		return NULL;
	if (size < NONCE_SIZE + TAG_SIZE)
		return NULL;

	size_t length = size - NONCE_SIZE - TAG_SIZE;
	char *plain = arena_alloc(mem, length + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt((uint8_t *)plain, NULL, NULL, box + NONCE_SIZE,
						       size - NONCE_SIZE, (const uint8_t *)context,
						       strlen(context), box, key) != 0)
		return NULL;
	return plain;
}

char *blind_index(const uint8_t key[SEAL_KEY_SIZE], const char *kind, const char *plain, char out[SHA256_HEX_MAX])
{
	/* A key of its own, so that sealing and indexing never share one. */
	uint8_t index_key[crypto_generichash_KEYBYTES];
	crypto_kdf_derive_from_key(index_key, sizeof(index_key), BLIND_INDEX_KEY, "blindidx", key);

	/* The NUL between kind and value keeps their pairs apart. */
	uint8_t digest[SHA256_SIZE];
	crypto_generichash_state state;
	crypto_generichash_init(&state, index_key, sizeof(index_key), sizeof(digest));
	crypto_generichash_update(&state, (const uint8_t *)kind, strlen(kind) + 1);
	crypto_generichash_update(&state, (const uint8_t *)plain, strlen(plain));
	crypto_generichash_final(&state, digest, sizeof(digest));
	sodium_memzero(index_key, sizeof(index_key));
	return hex_encode(digest, sizeof(digest), out);
}
