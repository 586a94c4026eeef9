#include "submission/cell_input.h"

#include "base/arena.h"
#include "base/json.h"
#include "http/http.h"

static const struct field cell_input_fields[] = {
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "base_revision", .type = FIELD_INT, .flags = FIELD_NULLABLE, .min = 0,
	  .max = INT64_C(1) << 53,
	  .about = "The revision of the cell as it was seen; a newer one makes a conflict." },
	{ .name = "value", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 64 },
	{ .name = "numerator", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 64 },
	{ .name = "denominator", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 64 },
	{ .name = "text", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 8000 },
	{ .name = "note", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 8000 },
	{ .name = "nil", .type = FIELD_BOOL, .flags = FIELD_NULLABLE, .about = "Nothing to report." },
	{ .name = "clear", .type = FIELD_BOOL, .flags = FIELD_NULLABLE, .about = "Empties the cell." },
	{ .name = NULL },
};
const struct shape cell_input_shape = { "CellInput", cell_input_fields };

static struct cell_words words_of(const struct indicator *indicator, const json_t *entry)
{
	struct cell_words words = { .note = json_get_text(entry, "note") };

	if (json_get_bool(entry, "clear", false))
		return words;
	words.nil = json_get_bool(entry, "nil", false);
	words.text = json_get_text(entry, "text");
	words.numerator = json_get_text(entry, "numerator");
	words.denominator = json_get_text(entry, "denominator");
	/* A percentage's value is worked out; one that came along from a screen says nothing. */
	if (indicator->type != VALUE_PERCENTAGE)
		words.value = json_get_text(entry, "value");
	return words;
}

struct cell_change *changes_read(struct arena *mem, const struct form *form, const json_t *cells,
				 size_t *count)
{
	struct cell_change *changes;
	size_t position;

	*count = json_array_size(cells);
	changes = ARENA_ARRAY(mem, struct cell_change, *count);
	for (size_t i = 0; i < *count; i++) {
		const json_t *entry = json_array_get(cells, i);
		struct faults faults = { .mem = mem };
		struct cell_change *change = &changes[i];
		id indicator_id = json_get_id(entry, "indicator_id");
		change->base_revision = json_get_int(entry, "base_revision", -1);
		change->cell.indicator_id = indicator_id;
		/* An indicator that is not on the form is told by the draft itself. */
		if (!form_position(form, indicator_id, &position))
			continue;
		const struct indicator *indicator = form->report->items[position].indicator;
		struct cell_words words = words_of(indicator, entry);
		if (!cell_read(indicator, &words, &change->cell, &faults)) {
			change->unread = faults.rows[0].code;
			change->unread_field = faults.rows[0].field;
			change->unread_args[0] = faults.rows[0].args[0];
			change->unread_args[1] = faults.rows[0].args[1];
		}
	}
	return changes;
}

struct cell *cells_read(struct arena *mem, const struct form *form, const json_t *cells,
			struct faults *faults)
{
	size_t count = json_array_size(cells), position;
	struct cell *out = form_cells(form, mem);
	bool *seen = ARENA_ARRAY(mem, bool, form->report->item_count);

	for (size_t i = 0; i < count; i++) {
		const json_t *entry = json_array_get(cells, i);
		if (!form_position(form, json_get_id(entry, "indicator_id"), &position)) {
			fault_add(faults, ERR_indicator_not_in_form,
				  arena_printf(mem, "cells/%zu/indicator_id", i), NULL, NULL);
			continue;
		}
		const struct indicator *indicator = form->report->items[position].indicator;
		if (seen[position]) {
			fault_cell(faults, ERR_cell_twice, indicator, "indicator_id", NULL, NULL);
			continue;
		}
		seen[position] = true;
		struct cell_words words = words_of(indicator, entry);
		/* A cell at fault stands as filled, so that the checks that follow do not name it again. */
		if (!cell_read(indicator, &words, &out[position], faults))
			out[position] = (struct cell){ .indicator_id = indicator->id, .nil = true };
	}
	return out;
}
