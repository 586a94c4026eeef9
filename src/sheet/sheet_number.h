#ifndef SHEET_NUMBER_H
#define SHEET_NUMBER_H

#include <stdbool.h>

enum { SHEET_NUMBER_MAX = 48 };

/*
 * A number as XLSX keeps it (a double: "1.2345E3", "12.300000000000001") as
 * the plain decimal a person sees: 15 significant digits, no exponent, no
 * trailing zeros. False for what is no number or too large. `out` needs
 * SHEET_NUMBER_MAX bytes.
 */
bool sheet_number(const char *text, char *out);

#endif
