#include "submission/form.h"

#include <stdlib.h>

#include "base/arena.h"

static int by_id(const void *a, const void *b)
{
	const struct form_place *x = a, *y = b;

	return (x->indicator_id > y->indicator_id) - (x->indicator_id < y->indicator_id);
}

void form_init(struct form *form, struct arena *mem, const struct report *report)
{
	struct form_place *places = ARENA_ARRAY(mem, struct form_place, report->item_count);

	for (size_t i = 0; i < report->item_count; i++)
		places[i] = (struct form_place){ report->items[i].indicator->id, i };
	qsort(places, report->item_count, sizeof(*places), by_id);
	form->report = report;
	form->places = places;
}

bool form_position(const struct form *form, id indicator_id, size_t *out)
{
	size_t low = 0, high = form->report->item_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (form->places[middle].indicator_id < indicator_id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == form->report->item_count || form->places[low].indicator_id != indicator_id)
		return false;
	*out = form->places[low].position;
	return true;
}

struct cell *form_cells(const struct form *form, struct arena *mem)
{
	struct cell *cells = ARENA_ARRAY(mem, struct cell, form->report->item_count);

	for (size_t i = 0; i < form->report->item_count; i++)
		cells[i].indicator_id = form->report->items[i].indicator->id;
	return cells;
}
