#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;

/*
 * Exact amounts: an int64_t scaled by 10^decimals (decimals 0 to 6), at most
 * DECIMAL_MAX in size. 1234,5 with 1 decimal is 12345. No floating point.
 */
enum { DECIMAL_PLACES_MAX = 6, DECIMAL_TEXT_MAX = 32 };
#define DECIMAL_MAX INT64_C(999999999999999999)

/*
 * Reads the API form "-1234.5". Fails with number_invalid, number_too_precise
 * or number_too_large on `field`. Trailing zeros past `decimals` are allowed.
 */
bool decimal_parse(const char *text, int decimals, int64_t *out, const char *field, struct error *err);

/*
 * Reads what people type or paste: "1.234,5", "1234,5", "1 234,5", "1234.5"
 * (a single point or comma followed by other than three digits is the decimal
 * mark; grouping must be regular). Before three digits a single mark groups,
 * unless it cannot ("0,125", "1234.567"), or it is a comma and `decimals` is 3
 * or more: what decimal_format_vi writes is read back alike. Same errors.
 */
bool decimal_parse_typed(const char *text, int decimals, int64_t *out, const char *field, struct error *err);

/* API form, always with `decimals` places. `out` needs DECIMAL_TEXT_MAX bytes; returns `out`. */
char *decimal_format(int64_t value, int decimals, char *out);

/* Vietnamese form "1.234,5". `out` needs DECIMAL_TEXT_MAX bytes. */
char *decimal_format_vi(int64_t value, int decimals, char *out);

/* a + b and a - b; false on overflow past DECIMAL_MAX. */
bool decimal_add(int64_t a, int64_t b, int64_t *out);
bool decimal_subtract(int64_t a, int64_t b, int64_t *out);

/*
 * numerator / denominator * factor, rounded half away from zero to `decimals`
 * places (128-bit inside). Both parts have the same scale. False when the
 * denominator is 0 or the result is too large. A percentage has factor 100.
 */
bool decimal_ratio(int64_t numerator, int64_t denominator, int64_t factor, int decimals, int64_t *out);

/* `value` at `from` places as an amount at `to` places, rounded half away from zero; false on overflow. */
bool decimal_rescale(int64_t value, int from, int to, int64_t *out);

#endif
