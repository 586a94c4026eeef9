#include "sheet/sheet_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 15, PLACES_MAX = 15 };

bool sheet_number(const char *text, char *out)
{
	char *end;
	double value = strtod(text, &end);
	int places, size;

	if (end == text || *end != '\0' || !isfinite(value) || fabs(value) >= 1e15)
		return false;
	places = DIGITS - 1 - (value == 0 ? 0 : (int)floor(log10(fabs(value))));
	if (places > PLACES_MAX)
		places = PLACES_MAX;
	if (places < 0)
		places = 0;
	size = snprintf(out, SHEET_NUMBER_MAX, "%.*f", places, value);
	if (size < 0 || size >= SHEET_NUMBER_MAX)
		return false;
	if (strchr(out, '.')) {
		while (out[size - 1] == '0')
			out[--size] = '\0';
		if (out[size - 1] == '.')
			out[--size] = '\0';
	}
	if (!strcmp(out, "-0"))
		memcpy(out, "0", 2);
	return true;
}
