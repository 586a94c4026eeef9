#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * The length (1 to 4) of the well-formed UTF-8 sequence at `at`, of which
 * `left` bytes are there; 0 when it is malformed: overlong, a surrogate, past
 * U+10FFFF, cut off. `left` is at least 1.
 */
static inline size_t utf8_sequence(const unsigned char *at, size_t left)
{
	unsigned char lead = at[0];
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2)
		return 0;
	if (lead < 0xe0)
		return left >= 2 && (at[1] & 0xc0) == 0x80 ? 2 : 0;
	if (lead < 0xf0) {
		if (left < 3 || (at[1] & 0xc0) != 0x80 || (at[2] & 0xc0) != 0x80)
			return 0;
		if ((lead == 0xe0 && at[1] < 0xa0) || (lead == 0xed && at[1] > 0x9f))
			return 0;
		return 3;
	}
	if (lead > 0xf4 || left < 4)
		return 0;
	if ((at[1] & 0xc0) != 0x80 || (at[2] & 0xc0) != 0x80 || (at[3] & 0xc0) != 0x80)
		return 0;
	if ((lead == 0xf0 && at[1] < 0x90) || (lead == 0xf4 && at[1] > 0x8f))
		return 0;
	return 4;
}

/* The code point of a well-formed sequence of `length` bytes. */
static inline uint32_t utf8_code_point(const unsigned char *at, size_t length)
{
	switch (length) {
	case 1:
		return at[0];
	case 2:
		return (uint32_t)(at[0] & 0x1f) << 6 | (at[1] & 0x3f);
	case 3:
		return (uint32_t)(at[0] & 0x0f) << 12 | (uint32_t)(at[1] & 0x3f) << 6 | (at[2] & 0x3f);
	default:
		return (uint32_t)(at[0] & 0x07) << 18 | (uint32_t)(at[1] & 0x3f) << 12 |
		       (uint32_t)(at[2] & 0x3f) << 6 | (at[3] & 0x3f);
	}
}

/* The longest length up to `most` at which `text` can be cut without splitting a character. */
static inline size_t utf8_cut(const char *text, size_t length, size_t most)
{
	if (length <= most)
		return length;
	while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80)
		most--;
	return most;
}

#endif
