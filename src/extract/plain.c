#include "extract/plain.h"

#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/utf8.h"

enum { REPLACEMENT = 0xfffd, CHARACTER_MAX = 4 };

/* By a converter of ICU, in pieces of bounded size. */
static bool convert(const char *name, const char *bytes, size_t size, struct buf *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *from = ucnv_open(name, &status), *to = ucnv_open("UTF-8", &status);
	const char *at = bytes, *end = bytes + size;
	UChar middle[2048], *source = middle, *target = middle;
	char piece[4096];
	bool more = U_SUCCESS(status);

	while (more) {
		char *put = piece;
		status = U_ZERO_ERROR;
		ucnv_convertEx(to, from, &put, piece + sizeof(piece), &at, end, middle, &source, &target,
			       middle + sizeof(middle) / sizeof(middle[0]), false, true, &status);
		buf_add(out, piece, (size_t)(put - piece));
		more = status == U_BUFFER_OVERFLOW_ERROR && !out->overflow;
	}
	ucnv_close(from);
	ucnv_close(to);
	return U_SUCCESS(status);
}

/* TCVN 5712:1993, third set (fonts named .VnTime), from 0xa1; 0 where it has no letter. */
static const unsigned short tcvn3[] = {
	0x102, 0xc2, 0xca, 0xd4, 0x1a0, 0x1af, 0x110, 0x103, 0xe2, 0xea, 0xf4, 0x1a1, 0x1b0, 0x111, 0,
	0, 0, 0, 0, 0, 0xe0, 0x1ea3, 0xe3, 0xe1, 0x1ea1, 0, 0x1eb1, 0x1eb3, 0x1eb5, 0x1eaf, 0,
	0, 0, 0, 0, 0, 0, 0x1eb7, 0x1ea7, 0x1ea9, 0x1eab, 0x1ea5, 0x1ead, 0xe8, 0, 0x1ebb, 0x1ebd,
	0xe9, 0x1eb9, 0x1ec1, 0x1ec3, 0x1ec5, 0x1ebf, 0x1ec7, 0xec, 0x1ec9, 0, 0, 0, 0x129, 0xed, 0x1ecb, 0xf2,
	0, 0x1ecf, 0xf5, 0xf3, 0x1ecd, 0x1ed3, 0x1ed5, 0x1ed7, 0x1ed1, 0x1ed9, 0x1edd, 0x1edf, 0x1ee1, 0x1edb, 0x1ee3, 0xf9,
	0, 0x1ee7, 0x169, 0xfa, 0x1ee5, 0x1eeb, 0x1eed, 0x1eef, 0x1ee9, 0x1ef1, 0x1ef3, 0x1ef7, 0x1ef9, 0xfd, 0x1ef5,
};
enum { TCVN3_FIRST = 0xa1, TCVN3_COUNT = sizeof(tcvn3) / sizeof(tcvn3[0]) };

static void add_character(struct buf *out, UChar32 c)
{
	char bytes[CHARACTER_MAX];
	int32_t length = 0;

	U8_APPEND_UNSAFE(bytes, length, c);
	buf_add(out, bytes, (size_t)length);
}

static void from_tcvn3(const unsigned char *bytes, size_t size, struct buf *out)
{
	for (size_t i = 0; i < size; i++) {
		int at = bytes[i] - TCVN3_FIRST;
		if (bytes[i] < 0x80)
			buf_add_char(out, (char)bytes[i]);
		else
			add_character(out, at >= 0 && at < TCVN3_COUNT && tcvn3[at] ? tcvn3[at] : REPLACEMENT);
	}
}

/* Where TCVN3 has its commonest letters, Windows-1258 has signs that hardly occur. */
static bool looks_like_tcvn3(const unsigned char *bytes, size_t size)
{
	size_t high = 0, signs = 0;

	for (size_t i = 0; i < size; i++) {
		high += bytes[i] >= 0x80;
		signs += bytes[i] >= TCVN3_FIRST && bytes[i] <= 0xbe;
	}
	return signs * 5 > high;
}

/* Every other byte of Latin text in UTF-16 is zero, or one of few. */
static bool looks_like_utf16(const unsigned char *bytes, size_t size, size_t zero_at)
{
	size_t zeros = 0;

	for (size_t i = zero_at; i < size; i += 2)
		zeros += bytes[i] == 0;
	return size >= 4 && size % 2 == 0 && zeros * 2 > size / 2;
}

static bool is_utf8(const char *text, size_t size)
{
	const unsigned char *at = (const unsigned char *)text;

	for (size_t i = 0, sequence; i < size; i += sequence) {
		sequence = utf8_sequence(at + i, size - i);
		if (!sequence)
			return false;
	}
	return true;
}

bool plain_read(const void *bytes, size_t size, struct buf *out)
{
	const unsigned char *at = bytes;
	const char *text = bytes;

	if (size >= 3 && !memcmp(at, "\xef\xbb\xbf", 3)) {
		buf_add(out, text + 3, size - 3);
		return true;
	}
	if (size >= 2 && ((at[0] == 0xff && at[1] == 0xfe) || (at[0] == 0xfe && at[1] == 0xff)))
		return convert(at[0] == 0xff ? "UTF-16LE" : "UTF-16BE", text + 2, size - 2, out);
	if (looks_like_utf16(at, size, 1))
		return convert("UTF-16LE", text, size, out);
	if (looks_like_utf16(at, size, 0))
		return convert("UTF-16BE", text, size, out);
	if (memchr(bytes, 0, size))
		return false;
	if (is_utf8(text, size))
		buf_add(out, text, size);
	else if (looks_like_tcvn3(at, size))
		from_tcvn3(at, size, out);
	else
		return convert("windows-1258", text, size, out);
	return true;
}

/* What a character is in a tidy text; 0: nothing. */
static UChar32 tidied(UChar32 c)
{
	if (c == '\r' || c == '\f' || c == '\v' || c == 0x85 || c == 0x2028 || c == 0x2029)
		return '\n';
	if (c == '\n' || c == '\t')
		return c;
	if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xad || (c >= 0x200b && c <= 0x200f) || c == 0xfeff ||
		(c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2064))
		return 0;
	if (c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x3000)
		return ' ';
	if (c >= 0xe000 && c <= 0xf8ff)
		return '-';
	return c;
}

static void drop_trailing_spaces(struct buf *out)
{
	while (out->length && (out->data[out->length - 1] == ' ' || out->data[out->length - 1] == '\t'))
		out->data[--out->length] = '\0';
}

static void end_line(struct buf *out)
{
	drop_trailing_spaces(out);
	if (out->length == 0)
		return;
	if (out->length >= 2 && out->data[out->length - 1] == '\n' && out->data[out->length - 2] == '\n')
		return;
	buf_add_char(out, '\n');
}

void plain_tidy(struct arena *mem, const char *text, size_t length, struct buf *out)
{
	struct buf tidy;
	const char *nfc;

	buf_init(&tidy, mem, length * 3 + 1);
	for (size_t i = 0; i < length;) {
		const unsigned char *bytes = (const unsigned char *)text;
		bool pair = text[i] == '\r' && i + 1 < length && text[i + 1] == '\n';
		UChar32 c;
		U8_NEXT_OR_FFFD(bytes, i, length, c);
		c = pair ? 0 : tidied(c);
		if (c)
			add_character(&tidy, c);
	}
	nfc = text_nfc(mem, tidy.data ? tidy.data : "");
	for (; *nfc; nfc++) {
		if (*nfc == '\n')
			end_line(out);
		else if (*nfc != ' ' || (out->length && out->data[out->length - 1] != '\n'))
			buf_add_char(out, *nfc);
	}
	drop_trailing_spaces(out);
	if (out->length && out->data[out->length - 1] != '\n')
		buf_add_char(out, '\n');
	while (out->length >= 2 && out->data[out->length - 2] == '\n')
		out->data[--out->length] = '\0';
}
