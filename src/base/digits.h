#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stdint.h>

/* Decimal digits without printf and its locale; each writer returns the place behind the last digit, adds no NUL. */

enum { DIGITS_MAX = 20 };

static inline char *digits_put(char *at, uint64_t value)
{
	char reversed[DIGITS_MAX];
	int count = 0;
	do {
		reversed[count++] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	while (count)
		*at++ = reversed[--count];
	return at;
}

/* Exactly `width` digits, with zeros in front. */
static inline char *digits_put_padded(char *at, uint64_t value, int width)
{
	for (int i = width; i-- > 0; value /= 10)
		at[i] = (char)('0' + value % 10);
	return at + width;
}

static inline char *digits_put_signed(char *at, int64_t value)
{
	if (value < 0)
		*at++ = '-';
	return digits_put(at, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

#endif
