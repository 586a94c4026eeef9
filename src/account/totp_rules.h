#ifndef ACCOUNT_TOTP_RULES_H
#define ACCOUNT_TOTP_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/civil.h"

struct arena;

/*
 * Time-based codes (RFC 6238): SHA-1, 30 seconds, 6 digits, a secret of 20
 * bytes. A code is good one step before and after its own, and once only:
 * *step is its time step, which must be behind `newest_step`.
 */
bool totp_match(const char *secret, const char *code, instant now, int64_t newest_step, int64_t *step);

/*
 * The code of a moment; tests and the demonstration's print-out. `out` needs 7
 * bytes. False for a bad secret.
 */
bool totp_code_at(const char *secret, instant at, char out[7]);

/* "K7QF-..." four groups of base32; what a person types is compared without case, spaces and hyphens. */
char *recovery_code_new(struct arena *mem);
char *recovery_code_plain(struct arena *mem, const char *code);

/* The address as a QR code, an SVG image. NULL when it is too long. */
char *totp_qr_svg(struct arena *mem, const char *uri);

#endif
