#ifndef DOCUMENT_READING_UNITS_H
#define DOCUMENT_READING_UNITS_H

#include "letter/letter.h"
#include "unit/unit.h"

struct buf;

/* The units a letter to this unit can name: the centre's own and all of its province. */
bool reading_units(struct call *c, id unit_id, struct letter_unit **out, size_t *count, int64_t *province_id);

/* The documents as the API gives them: an array, with the units of every task beside their names. */
bool reading_documents_write(struct call *c, struct buf *out, const struct letter_reading *reading,
			     const struct letter_unit *units, size_t unit_count, int64_t province_id);

#endif
