#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* The few cryptographic acts the product needs, by libsodium. crypto_init once at start. */
void crypto_init(void);

enum { SHA256_SIZE = 32, SHA256_HEX_MAX = 65, SEAL_KEY_SIZE = 32, TOKEN_TEXT_MAX = 44, SIGN_SIZE = 64 };

void sha256(const void *bytes, size_t length, uint8_t out[SHA256_SIZE]);
char *sha256_hex(const void *bytes, size_t length, char out[SHA256_HEX_MAX]);

char *hex_encode(const uint8_t *bytes, size_t length, char *out); /* 2 * length + 1 bytes */
bool hex_decode(const char *text, uint8_t *out, size_t length);   /* exactly `length` bytes */

/* A random token of 256 bits, URL-safe base64 without padding. */
char *token_new(char out[TOKEN_TEXT_MAX]);

/* What the store keeps of a token: the hex SHA-256. A read of the store gives nobody a session. */
char *token_digest(const char *token, char out[SHA256_HEX_MAX]);

bool secret_equal(const char *a, const char *b); /* in constant time for equal lengths */

/* argon2id with libsodium's "interactive" limits (64 MiB): 25 to 100 ms; call from the slow queue only. */
char *password_hash(struct arena *mem, const char *password);
bool password_verify(const char *hash, const char *password);

/* One personal value under XChaCha20-Poly1305: base64 of nonce and box; bound to `context` ("account:ID:mobile"). */
char *seal(struct arena *mem, const uint8_t key[SEAL_KEY_SIZE], const char *context, const char *plain);
char *unseal(struct arena *mem, const uint8_t key[SEAL_KEY_SIZE], const char *context, const char *sealed); /* NULL: not ours */

/* Keyed hash for looking a sealed value up by equality; hex. */
char *blind_index(const uint8_t key[SEAL_KEY_SIZE], const char *kind, const char *plain, char out[SHA256_HEX_MAX]);

#endif
