#include "base/decimal.h"

#include <string.h>

#include "base/digits.h"
#include "base/error.h"
#include "base/utf8.h"

__extension__ typedef __int128 int128;

static const int64_t powers[DECIMAL_PLACES_MAX + 1] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool too_precise(int decimals, const char *field, struct error *err)
{
	char places[2] = { (char)('0' + decimals), '\0' };
	return error_set(err, ERR_number_too_precise, field, places, NULL);
}

/* Adds `digit` at the end of *value; false past DECIMAL_MAX. */
static bool push(int64_t *value, int digit)
{
	if (*value > (DECIMAL_MAX - digit) / 10)
		return false;
	*value = *value * 10 + digit;
	return true;
}

bool decimal_parse(const char *text, int decimals, int64_t *out, const char *field, struct error *err)
{
	bool negative = text[0] == '-';
	const char *at = text + negative;
	if (!is_digit(*at))
		return error_set(err, ERR_number_invalid, field, NULL);

	int64_t value = 0;
	bool fits = true;
	bool precise = false;
	int places = 0;
	for (; is_digit(*at); at++)
		fits = fits && push(&value, *at - '0');
	if (*at == '.') {
		if (!is_digit(*++at))
			return error_set(err, ERR_number_invalid, field, NULL);
		for (; is_digit(*at); at++) {
			if (places < decimals) {
				fits = fits && push(&value, *at - '0');
				places++;
			} else if (*at != '0') {
				precise = true;
			}
		}
	}
	if (*at)
		return error_set(err, ERR_number_invalid, field, NULL);
	if (precise)
		return too_precise(decimals, field, err);
	for (; places < decimals; places++)
		fits = fits && push(&value, 0);
	if (!fits)
		return error_set(err, ERR_number_too_large, field, NULL);
	*out = negative ? -value : value;
	return true;
}

/* Longer than any amount can be, with its signs and spaces. */
enum { TYPED_MAX = 80 };

/* The next character of typed text made plain: a space of any kind gives ' ', any minus '-'; 0 for what no number has. */
static char plain_char(const char **at)
{
	const unsigned char *bytes = (const unsigned char *)*at;
	size_t sequence = utf8_sequence(bytes, strlen(*at));
	if (!sequence)
		return 0;
	*at += sequence;
	uint32_t c = utf8_code_point(bytes, sequence);
	switch (c) {
	case ' ':
	case '\t':
	case '\r':
	case '\n':
	case 0xa0:   /* no-break space, from web pages */
	case 0x2007: /* figure space */
	case 0x2009: /* thin space */
	case 0x202f: /* narrow no-break space, from spreadsheets */
		return ' ';
	case 0x2212: /* minus sign */
	case 0x2013: /* en dash, which word processors make of a minus */
		return '-';
	default:
		if (c >= 0x80)
			return 0;
		return (char)c;
	}
}

/* Trimmed and made plain; false when it cannot be a number or is too long for one. */
static bool make_plain(const char *text, char out[TYPED_MAX])
{
	size_t length = 0;
	while (*text) {
		char c = plain_char(&text);
		if (!c)
			return false;
		if (c == ' ' && length == 0)
			continue;
		if (length == TYPED_MAX - 1) {
			/* Only spaces may follow. */
			if (c != ' ')
				return false;
			continue;
		}
		out[length++] = c;
	}
	while (length && out[length - 1] == ' ')
		length--;
	out[length] = '\0';
	return length > 0;
}

/* Whether digits[0..length) is grouped by `mark` throughout: 1 to 3 digits without a leading zero, then threes. */
static bool grouped(const char *digits, size_t length, char mark)
{
	size_t run = 0;
	bool first = true;
	if (digits[0] == '0')
		return false;
	for (size_t i = 0; i < length; i++) {
		if (is_digit(digits[i])) {
			run++;
		} else if (digits[i] == mark) {
			if (first ? run < 1 || run > 3 : run != 3)
				return false;
			first = false;
			run = 0;
		} else {
			return false;
		}
	}
	return !first && run == 3;
}

static bool all_digits(const char *digits, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!is_digit(digits[i]))
			return false;
	return true;
}

static size_t count_of(const char *text, char c)
{
	size_t count = 0;
	for (; *text; text++)
		count += *text == c;
	return count;
}

/* Where the decimal mark is in unsigned plain text; NULL when there is none. */
static const char *decimal_mark(const char *text, int decimals)
{
	const char *point = strrchr(text, '.');
	const char *comma = strrchr(text, ',');
	const char *last = !point ? comma : !comma || point > comma ? point : comma;
	if (!last || count_of(text, *last) > 1)
		return NULL;
	if ((point && comma) || strchr(text, ' '))
		return last;
	/*
	 * A single mark. Before three digits it groups ("1.234"), unless it
	 * cannot ("0,125", "1234.567") or the amount has three places and this
	 * is the Vietnamese decimal mark.
	 */
	if (strlen(last + 1) != 3 || !grouped(text, strlen(text), *last))
		return last;
	return *last == ',' && decimals >= 3 ? last : NULL;
}

bool decimal_parse_typed(const char *text, int decimals, int64_t *out, const char *field, struct error *err)
{
	char plain[TYPED_MAX] = "";
	if (!make_plain(text, plain))
		return error_set(err, ERR_number_invalid, field, NULL);

	char api[TYPED_MAX + 2];
	size_t length = 0;
	const char *number = plain;
	if (*number == '-' || *number == '+') {
		if (*number == '-')
			api[length++] = '-';
		number++;
		number += *number == ' ';
	}

	const char *mark = decimal_mark(number, decimals);
	size_t whole = mark ? (size_t)(mark - number) : strlen(number);
	if (whole && !all_digits(number, whole) && !grouped(number, whole, ' ') && !grouped(number, whole, '.') &&
	    !grouped(number, whole, ','))
		return error_set(err, ERR_number_invalid, field, NULL);
	if (mark && (!mark[1] || !all_digits(mark + 1, strlen(mark + 1))))
		return error_set(err, ERR_number_invalid, field, NULL);
	if (!whole && !mark)
		return error_set(err, ERR_number_invalid, field, NULL);

	if (!whole)
		api[length++] = '0';
	for (size_t i = 0; i < whole; i++)
		if (is_digit(number[i]))
			api[length++] = number[i];
	if (mark) {
		api[length++] = '.';
		for (const char *at = mark + 1; *at; at++)
			api[length++] = *at;
	}
	api[length] = '\0';
	return decimal_parse(api, decimals, out, field, err);
}

static uint64_t magnitude(int64_t value)
{
	return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

char *decimal_format(int64_t value, int decimals, char *out)
{
	uint64_t size = magnitude(value);
	uint64_t power = (uint64_t)powers[decimals];
	char *at = out;
	if (value < 0)
		*at++ = '-';
	at = digits_put(at, size / power);
	if (decimals) {
		*at++ = '.';
		at = digits_put_padded(at, size % power, decimals);
	}
	*at = '\0';
	return out;
}

char *decimal_format_vi(int64_t value, int decimals, char *out)
{
	uint64_t size = magnitude(value);
	uint64_t power = (uint64_t)powers[decimals];
	char whole[DIGITS_MAX];
	size_t count = (size_t)(digits_put(whole, size / power) - whole);

	char *at = out;
	if (value < 0)
		*at++ = '-';
	for (size_t i = 0; i < count; i++) {
		if (i && (count - i) % 3 == 0)
			*at++ = '.';
		*at++ = whole[i];
	}
	if (decimals) {
		*at++ = ',';
		at = digits_put_padded(at, size % power, decimals);
	}
	*at = '\0';
	return out;
}

static bool in_range(int128 value, int64_t *out)
{
	if (value > DECIMAL_MAX || value < -DECIMAL_MAX)
		return false;
	*out = (int64_t)value;
	return true;
}

bool decimal_add(int64_t a, int64_t b, int64_t *out)
{
	return in_range((int128)a + b, out);
}

bool decimal_subtract(int64_t a, int64_t b, int64_t *out)
{
	return in_range((int128)a - b, out);
}

/* Rounded half away from zero. */
static int128 divide(int128 numerator, int128 denominator)
{
	bool negative = (numerator < 0) != (denominator < 0);
	if (numerator < 0)
		numerator = -numerator;
	if (denominator < 0)
		denominator = -denominator;
	int128 quotient = numerator / denominator;
	int128 rest = numerator % denominator;
	if (rest >= denominator - rest)
		quotient++;
	return negative ? -quotient : quotient;
}

bool decimal_ratio(int64_t numerator, int64_t denominator, int64_t factor, int decimals, int64_t *out)
{
	int128 scaled;
	if (!denominator || __builtin_mul_overflow((int128)numerator * factor, (int128)powers[decimals], &scaled))
		return false;
	return in_range(divide(scaled, denominator), out);
}

bool decimal_rescale(int64_t value, int from, int to, int64_t *out)
{
	if (to >= from)
		return in_range((int128)value * powers[to - from], out);
	return in_range(divide(value, powers[from - to]), out);
}
