#include "rollup/rollup.h"

#include "base/arena.h"
#include "base/error.h"
#include "rollup/rollup_batch.h"
#include "rollup/rollup_rules.h"

/*
 * What the running transaction has gathered; NULL with an error when the store was opened without
 * the hooks.
 */
static struct rollup_gathered *gathered(struct call *c)
{
	struct rollup_gathered *batch = rollup_gathered_of(c);

	if (!batch)
		error_internal(c->err, "roll-up outside a writer that has rollup_batch");
	return batch;
}

/* A place that moves on by itself through cells that mostly stand in the same order on both sides. */
static const struct cell *find_cell(const struct contribution *in, size_t *at, id indicator_id)
{
	for (size_t tried = 0; tried < in->count; tried++) {
		const struct cell *cell = &in->cells[*at];

		*at = *at + 1 < in->count ? *at + 1 : 0;
		if (cell->indicator_id == indicator_id)
			return cell;
	}
	return NULL;
}

static bool stage(struct call *c, struct rollup_gathered *batch, struct rollup_place *place,
		  const struct report *report, const struct cell *before, const struct cell *after)
{
	const struct report_item *item;
	struct rollup was = { 0 }, is = { 0 }, difference;
	bool extremes;

	if ((before && !rollup_of_cell(before, &was)) || (after && !rollup_of_cell(after, &is)))
		return error_set(c->err, ERR_number_too_large, NULL, NULL);
	place->indicator_id = after ? after->indicator_id : before->indicator_id;
	difference = rollup_difference(&is, &was);
	item = report_item_find(report, place->indicator_id);
	/* Of two versions of one figure the later may be the last though its value is the same. */
	extremes = item && rollup_keeps_extremes(item->indicator) && (was.units || is.units);
	if (extremes || !rollup_is_zero(&difference))
		batch_stage(batch, place, &difference, extremes);
	return true;
}

bool rollup_change(struct call *c, const struct rollup_key *key, const struct report *report,
		   enum basis basis, id unit_id, struct contribution before, struct contribution after)
{
	struct rollup_gathered *batch = gathered(c);
	struct rollup_place place = { *key, basis, 0 };
	size_t before_at = 0, after_at = 0;

	(void)unit_id;
	if (!batch)
		return false;
	if (!before.cells)
		before.count = 0;
	if (!after.cells)
		after.count = 0;
	for (size_t i = 0; i < after.count; i++) {
		const struct cell *old = find_cell(&before, &before_at, after.cells[i].indicator_id);

		if (!stage(c, batch, &place, report, old, &after.cells[i]))
			return false;
	}
	for (size_t i = 0; i < before.count; i++)
		if (!find_cell(&after, &after_at, before.cells[i].indicator_id) &&
		    !stage(c, batch, &place, report, &before.cells[i], NULL))
			return false;
	return true;
}

bool rollup_tally(struct call *c, const struct rollup_key *key, const struct tally *difference)
{
	struct rollup_gathered *batch = gathered(c);

	if (!batch)
		return false;
	if (!tally_is_zero(difference))
		batch_stage_tally(batch, key, difference);
	return true;
}

bool rollup_read_together(struct call *c, const struct rollup_key *keys, size_t count, const struct report *report,
			  enum basis basis, struct rollup **out)
{
	struct rollup **parts;

	if (count == 1)
		return rollup_read(c, keys, report, basis, out);
	parts = ARENA_ARRAY(c->mem, struct rollup *, count + 1);
	*out = ARENA_ARRAY(c->mem, struct rollup, report->item_count);
	if (count && !rollup_read_many(c, keys, count, report, basis, parts))
		return false;
	for (size_t i = 0; i < report->item_count; i++) {
		(*out)[i].indicator_id = report->items[i].indicator->id;
		for (size_t k = 0; k < count; k++)
			if (!rollup_add(&(*out)[i], &parts[k][i]))
				return error_internal(c->err, "the sum over the units below is too large");
	}
	return true;
}

bool rollup_flush(struct call *c)
{
	struct rollup_gathered *batch = gathered(c);

	return batch && batch_write(c, batch);
}
