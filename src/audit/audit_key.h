#ifndef AUDIT_AUDIT_KEY_H
#define AUDIT_AUDIT_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/crypto.h"

/* Ed25519 keys of seals. The public half is known by an id: the start of its hash, in hex. */
enum { PUBLIC_KEY_SIZE = 32, PUBLIC_KEY_HEX_MAX = 65, KEY_ID_MAX = 33 };

/* Whether audit_key_set gave this process a key to sign with. */
bool audit_key_here(void);
const char *audit_key_id(void);     /* "" without a key */
const char *audit_key_public(void); /* hex */

/* The signature in hex, 2 * SIGN_SIZE + 1 bytes. Needs a key. */
void audit_sign(const uint8_t hash[SHA256_SIZE], char *out);
bool audit_signature_good(const char *public_hex, const uint8_t hash[SHA256_SIZE], const char *signature_hex);

/* The id that belongs to a public key; false when it is no key. */
bool audit_key_id_of(const char *public_hex, char out[KEY_ID_MAX]);

#endif
