#ifndef ROLLUP_ROLLUP_RULES_H
#define ROLLUP_ROLLUP_RULES_H

#include "rollup/rollup.h"

/*
 * What one cell adds to the sums of its level; false when it is too large to be added. Without a
 * figure: nothing.
 */
bool rollup_of_cell(const struct cell *cell, struct rollup *out);

/* a - b of what is kept by differences: units, sums, yes. */
struct rollup rollup_difference(const struct rollup *after, const struct rollup *before);

/* Whether max, min and last are kept for it. */
bool rollup_keeps_extremes(const struct indicator *indicator);

/* Takes a figure into max, min and last; figures come in the order they were submitted. */
void rollup_take_extremes(struct rollup *sums, const struct cell *cell);

bool rollup_is_zero(const struct rollup *difference);
bool tally_is_zero(const struct tally *difference);

#endif
