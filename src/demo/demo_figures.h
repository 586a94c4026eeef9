#ifndef DEMO_DEMO_FIGURES_H
#define DEMO_DEMO_FIGURES_H

#include <stdint.h>

#include "deadline/deadline.h"
#include "indicator/indicator.h"
#include "rollup/rollup.h"

/* Figures by a rule: plausible, growing slowly, and the same every time. Pure. */

/* A number that depends on the words alone; spread over all 64 bits. */
uint64_t demo_choice(const char *unit_code, const char *about, int64_t which);

/* From 0 to count - 1. */
int demo_pick(const char *unit_code, const char *about, int64_t which, int count);

/*
 * The figure of a unit of that level in a month; no figure where the
 * indicator does not concern it.
 */
struct cell demo_figure(const struct report_item *item, const char *unit_code, unsigned level, period month);

#endif
