#ifndef SUBMISSION_CELL_INPUT_H
#define SUBMISSION_CELL_INPUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "submission/cell_rules.h"
#include "submission/form.h"
#include "submission/submission.h"

struct shape;

/* Cells as the API takes them: the body of a draft and of a submit. */
extern const struct shape cell_input_shape;
enum { CELLS_MAX = 500 };

/* One draft change per entry; what cannot be read is kept with why (cell_change.unread). */
struct cell_change *changes_read(struct arena *mem, const struct form *form, const json_t *cells,
				 size_t *count);

/* A whole form, in its order. Entries that cannot be read, that repeat or that are not on the form become
 * faults. */
struct cell *cells_read(struct arena *mem, const struct form *form, const json_t *cells,
			struct faults *faults);

#endif
