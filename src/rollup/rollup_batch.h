#ifndef ROLLUP_ROLLUP_BATCH_H
#define ROLLUP_ROLLUP_BATCH_H

#include "rollup/rollup_store.h"

/*
 * What a batch of the writer has gathered. An action's changes are staged
 * apart: writer hooks `keep` and `drop` take them over or forget them. All
 * return false only when memory or a sum overflows, which the bounds of rollup.h exclude.
 */
/* `recompute`: max, min and last of the row must be worked out from the standing figures. */
void batch_stage(struct rollup_gathered *batch, const struct rollup_place *place,
		 const struct rollup *difference, bool recompute);
void batch_stage_tally(struct rollup_gathered *batch, const struct rollup_key *key,
		       const struct tally *difference);

/* Writes what is gathered so far, the running action's own included. */
bool batch_write(struct call *c, struct rollup_gathered *batch);

#endif
