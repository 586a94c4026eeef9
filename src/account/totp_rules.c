#include "account/totp_rules.h"

#include <liboath/oath.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "account/account_rules.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/crypto.h"

/* A secret of 20 bytes is 32 letters without padding. */
enum { SECRET_LETTERS = 32, CODE_DIGITS = 6, STEPS_AROUND = 1, RECOVERY_LETTERS = 16, QR_MARGIN = 4 };

static const char base32_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* Random bytes as base32 letters: the low 5 bits of each. */
static void random_letters(char *out, size_t count)
{
	char token[TOKEN_TEXT_MAX];
	uint8_t bytes[SHA256_SIZE];
	sha256(token_new(token), TOKEN_TEXT_MAX - 1, bytes);
	for (size_t i = 0; i < count; i++)
		out[i] = base32_letters[bytes[i] & 31];
}

char *totp_secret_new(struct arena *mem)
{
	char *secret = arena_alloc(mem, SECRET_LETTERS + 1);
	random_letters(secret, SECRET_LETTERS);
	return secret;
}

char *totp_uri(struct arena *mem, const char *username, const char *secret)
{
	/* User names are of letters that stand in an address as they are. */
	return arena_printf(mem, "otpauth://totp/theodoi:%s?secret=%s&issuer=theodoi", username, secret);
}

static bool code_of_step(const char *secret, int64_t step, char out[7])
{
	char *bytes = NULL;
	size_t length = 0;
	if (oath_base32_decode(secret, strlen(secret), &bytes, &length) != OATH_OK)
		return false;
	int code = oath_hotp_generate(bytes, length, (uint64_t)step, CODE_DIGITS, false,
				      OATH_HOTP_DYNAMIC_TRUNCATION, out);
	free(bytes);
	return code == OATH_OK;
}

static int64_t step_of(instant at)
{
	return at / 1000 / AUTHENTICATOR_STEP_S;
}

bool totp_code_at(const char *secret, instant at, char out[7])
{
	return code_of_step(secret, step_of(at), out);
}

bool totp_match(const char *secret, const char *code, instant now, int64_t newest_step, int64_t *step)
{
	bool matched = false;
	for (int64_t at = step_of(now) - STEPS_AROUND; at <= step_of(now) + STEPS_AROUND; at++) {
		char expected[CODE_DIGITS + 1];
		if (!code_of_step(secret, at, expected))
			return false;
		if (secret_equal(expected, code) && at > newest_step && !matched) {
			matched = true;
			*step = at;
		}
	}
	return matched;
}

char *recovery_code_new(struct arena *mem)
{
	char letters[RECOVERY_LETTERS];
	random_letters(letters, sizeof(letters));
	char *code = arena_alloc(mem, RECOVERY_LETTERS + RECOVERY_LETTERS / 4);
	size_t at = 0;
	for (size_t i = 0; i < sizeof(letters); i++) {
		if (i > 0 && i % 4 == 0)
			code[at++] = '-';
		code[at++] = letters[i];
	}
	return code;
}

char *recovery_code_plain(struct arena *mem, const char *code)
{
	char *plain = arena_strdup(mem, code);
	char *to = plain;
	for (const char *from = plain; *from != '\0'; from++) {
		if (*from >= 'a' && *from <= 'z')
			*to++ = (char)(*from - 'a' + 'A');
		else if (*from != '-' && *from != ' ')
			*to++ = *from;
	}
	*to = '\0';
	return plain;
}

/* Each run of dark modules in a row is one stroke of the path. */
static void add_row(struct buf *out, const unsigned char *row, int width, int y)
{
	for (int x = 0; x < width;) {
		int from = x;
		while (x < width && (row[x] & 1) != 0)
			x++;
		if (x > from)
			buf_add_format(out, "M%d %dh%dv1h-%dz", from + QR_MARGIN, y + QR_MARGIN, x - from,
				       x - from);
		else
			x++;
	}
}

char *totp_qr_svg(struct arena *mem, const char *uri)
{
	QRcode *code = QRcode_encodeString8bit(uri, 0, QR_ECLEVEL_M);
	if (code == NULL)
		return NULL;
	int size = code->width + 2 * QR_MARGIN;
	struct buf out;
	buf_init(&out, mem, 0);
	buf_add_text(&out,
		     "<svg xmlns=\"http://www.w3.org/2000/svg\" shape-rendering=\"crispEdges\" viewBox=\"");
	buf_add_format(&out, "0 0 %d %d", size, size);
	buf_add_text(&out, "\"><path fill=\"#fff\" d=\"");
	buf_add_format(&out, "M0 0h%dv%dh-%dz", size, size, size);
	buf_add_text(&out, "\"/><path d=\"");
	for (int y = 0; y < code->width; y++)
		add_row(&out, code->data + (ptrdiff_t)y * code->width, code->width, y);
	buf_add_text(&out, "\"/></svg>");
	QRcode_free(code);
	return out.data;
}
