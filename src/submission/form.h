#ifndef SUBMISSION_FORM_H
#define SUBMISSION_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "indicator/indicator.h"
#include "rollup/rollup.h"

/* A form with a way from an indicator's id to its place: rows of the store come by id, screens in the form's
 * order. */
struct form {
	const struct report *report;
	const struct form_place *places; /* sorted by id */
};

struct form_place {
	id indicator_id;
	size_t position;
};

struct arena;

void form_init(struct form *form, struct arena *mem, const struct report *report);

/* False for an indicator that is not on the form. */
bool form_position(const struct form *form, id indicator_id, size_t *out);

/* Empty cells in the form's order. */
struct cell *form_cells(const struct form *form, struct arena *mem);

#endif
