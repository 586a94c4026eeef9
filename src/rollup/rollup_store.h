#ifndef ROLLUP_ROLLUP_STORE_H
#define ROLLUP_ROLLUP_STORE_H

#include "rollup/rollup.h"

/* The place of a row of sums. */
struct rollup_place {
	struct rollup_key key;
	enum basis basis;
	id indicator_id;
};

struct rollup_row {
	struct rollup_place place;
	struct rollup difference;
};
bool rollup_rows_add(struct call *c, const struct rollup_row *rows, size_t count);

struct tally_row {
	struct rollup_key key;
	struct tally difference;
};
bool tally_rows_add(struct call *c, const struct tally_row *rows, size_t count);

/* Sets max, min and last, or takes them away when sums->extremes is false. */
bool rollup_extremes_set(struct call *c, const struct rollup_place *place, const struct rollup *sums);

/* Rows of one key and basis, in no order. */
bool rollup_rows_read(struct call *c, const struct rollup_key *key, enum basis basis, struct rollup **out,
		      size_t *count);

/* What the running transaction has gathered; NULL when the store was opened without rollup_batch. */
struct rollup_gathered;
struct rollup_gathered *rollup_gathered_of(const struct call *c);

/* Every key that has a row of sums or a tally, once. */
bool rollup_keys(struct call *c, struct rollup_key **out, size_t *count);

#endif
