#include "rollup/rollup_batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "rollup/rollup_rules.h"
#include "submission/submission.h"

enum { SLOTS_FIRST = 1024, TALLY_BASIS = BASIS_COUNT };

/* One row's difference; a tally's row has the basis TALLY_BASIS and no indicator. */
struct change {
	struct rollup_place place;
	bool recompute;
	union {
		struct rollup sums;
		struct tally tally;
	};
};

struct list {
	struct change *at;
	size_t count, room;
};

/* Changes by place: open addressing over `list`; a slot holds a position + 1. */
struct table {
	struct list list;
	uint32_t *slots;
	size_t size;
};

/*
 * `staged` is what the running action changed, `gathered` what the kept ones
 * did and is not yet written, `lent` what a rollup_flush in the running action
 * wrote of it: written again when that action is taken back.
 */
struct rollup_gathered {
	struct list staged, lent;
	bool lending;
	struct table gathered;
};

static void *grow(void *old, size_t count, size_t size)
{
	void *grown = realloc(old, count * size);

	if (!grown)
		die("out of memory");
	return grown;
}

static struct change *append(struct list *list)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 256;
		list->at = grow(list->at, list->room, sizeof(*list->at));
	}
	return &list->at[list->count++];
}

static bool same_place(const struct rollup_place *a, const struct rollup_place *b)
{
	return a->key.assignment_id == b->key.assignment_id && a->indicator_id == b->indicator_id &&
	       a->basis == b->basis && a->key.period == b->key.period &&
	       a->key.province_id == b->key.province_id;
}

static uint64_t hash_of(const struct rollup_place *place)
{
	uint64_t hash = (uint64_t)place->key.assignment_id * UINT64_C(0x9e3779b97f4a7c15);

	hash = (hash ^ hash >> 29 ^ (uint64_t)place->indicator_id) * UINT64_C(0xbf58476d1ce4e5b9);
	hash = (hash ^ hash >> 32 ^ (uint64_t)place->key.period * 4 ^ (uint64_t)place->basis) *
	       UINT64_C(0x94d049bb133111eb);
	return hash ^ hash >> 31;
}

static void rehash(struct table *table)
{
	table->size = table->size ? table->size * 2 : SLOTS_FIRST;
	free(table->slots);
	table->slots = calloc(table->size, sizeof(*table->slots));
	if (!table->slots)
		die("out of memory");
	for (size_t i = 0; i < table->list.count; i++) {
		size_t slot = hash_of(&table->list.at[i].place) & (table->size - 1);

		while (table->slots[slot])
			slot = (slot + 1) & (table->size - 1);
		table->slots[slot] = (uint32_t)i + 1;
	}
}

/* The change of a place in the table, zero when it is new. */
static struct change *find(struct table *table, const struct rollup_place *place)
{
	size_t slot;
	struct change *change;

	if ((table->list.count + 1) * 2 > table->size)
		rehash(table);
	slot = hash_of(place) & (table->size - 1);
	for (; table->slots[slot]; slot = (slot + 1) & (table->size - 1)) {
		change = &table->list.at[table->slots[slot] - 1];
		if (same_place(&change->place, place))
			return change;
	}
	change = append(&table->list);
	*change = (struct change){ .place = *place };
	table->slots[slot] = (uint32_t)table->list.count;
	return change;
}

static void empty(struct table *table)
{
	table->list.count = 0;
	if (table->slots)
		memset(table->slots, 0, table->size * sizeof(*table->slots));
}

static void merge(struct table *table, const struct list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct change *from = &list->at[i];
		struct change *to = find(table, &from->place);
		bool fits = from->place.basis == (enum basis)TALLY_BASIS ? tally_add(&to->tally, &from->tally)
									 : rollup_add(&to->sums, &from->sums);

		if (!fits)
			die("a roll-up difference overflows");
		to->recompute |= from->recompute;
	}
}

void batch_stage(struct rollup_gathered *batch, const struct rollup_place *place,
		 const struct rollup *difference, bool recompute)
{
	struct change *change = append(&batch->staged);

	*change = (struct change){ .place = *place, .recompute = recompute };
	change->sums = *difference;
}

void batch_stage_tally(struct rollup_gathered *batch, const struct rollup_key *key,
		       const struct tally *difference)
{
	struct change *change = append(&batch->staged);

	*change = (struct change){ .place = { *key, (enum basis)TALLY_BASIS, 0 } };
	change->tally = *difference;
}

/* One order for all writers, so that two nodes do not wait for each other crosswise. */
static int by_place(const void *a, const void *b)
{
	const struct rollup_place *x = &((const struct change *)a)->place,
				  *y = &((const struct change *)b)->place;
	const int64_t p[] = { x->key.province_id, x->key.assignment_id, x->key.period, x->basis,
			      x->indicator_id };
	const int64_t q[] = { y->key.province_id, y->key.assignment_id, y->key.period, y->basis,
			      y->indicator_id };

	for (int i = 0; i < 5; i++)
		if (p[i] != q[i])
			return p[i] < q[i] ? -1 : 1;
	return 0;
}

static bool write_sums(struct call *c, const struct list *list)
{
	struct rollup_row *rows = ARENA_ARRAY(c->mem, struct rollup_row, list->count);
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct change *change = &list->at[i];

		if (change->place.basis != (enum basis)TALLY_BASIS &&
		    (change->recompute || !rollup_is_zero(&change->sums)))
			rows[count++] = (struct rollup_row){ change->place, change->sums };
	}
	return count == 0 || rollup_rows_add(c, rows, count);
}

static bool write_tallies(struct call *c, const struct list *list)
{
	struct tally_row *rows = ARENA_ARRAY(c->mem, struct tally_row, list->count);
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct change *change = &list->at[i];

		if (change->place.basis == (enum basis)TALLY_BASIS && !tally_is_zero(&change->tally))
			rows[count++] = (struct tally_row){ change->place.key, change->tally };
	}
	return count == 0 || tally_rows_add(c, rows, count);
}

/*
 * Differences cannot tell what the largest is once a figure leaves: it is worked out from those
 * that stand.
 */
static bool write_extremes(struct call *c, const struct rollup_place *place)
{
	struct standing_figure *figures;
	struct rollup sums = { 0 };
	size_t count;

	if (!submission_values_for(c, place->key.assignment_id, place->key.period, place->indicator_id,
				   place->basis, &figures, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		rollup_take_extremes(&sums, &figures[i].cell);
	return rollup_extremes_set(c, place, &sums);
}

static bool write_table(struct call *c, struct table *table)
{
	struct list *list = &table->list;

	if (!list->count)
		return true;
	qsort(list->at, list->count, sizeof(*list->at), by_place);
	if (!write_sums(c, list) || !write_tallies(c, list))
		return false;
	for (size_t i = 0; i < list->count; i++)
		if (list->at[i].recompute && !write_extremes(c, &list->at[i].place))
			return false;
	return true;
}

bool batch_write(struct call *c, struct rollup_gathered *batch)
{
	struct table *table = &batch->gathered;

	/* A second write in one action finds only the action's own. */
	for (size_t i = 0; i < table->list.count && !batch->lending; i++)
		*append(&batch->lent) = table->list.at[i];
	batch->lending = true;
	merge(table, &batch->staged);
	batch->staged.count = 0;
	if (!write_table(c, table))
		return false;
	empty(table);
	return true;
}

static void *open_batch(void)
{
	struct rollup_gathered *batch = calloc(1, sizeof(*batch));

	if (!batch)
		die("out of memory");
	return batch;
}

static void keep(void *object)
{
	struct rollup_gathered *batch = object;

	merge(&batch->gathered, &batch->staged);
	batch->staged.count = 0;
	batch->lent.count = 0;
	batch->lending = false;
}

/*
 * A failed batch_write leaves the table as it was, the action's own changes among them: `lent` is
 * what it was before.
 */
static void drop(void *object)
{
	struct rollup_gathered *batch = object;

	batch->staged.count = 0;
	if (!batch->lending)
		return;
	empty(&batch->gathered);
	merge(&batch->gathered, &batch->lent);
	batch->lent.count = 0;
	batch->lending = false;
}

static bool flush(struct call *c, void *object)
{
	struct rollup_gathered *batch = object;

	if (!write_table(c, &batch->gathered))
		return false;
	empty(&batch->gathered);
	return true;
}

static void close_batch(void *object)
{
	struct rollup_gathered *batch = object;

	free(batch->staged.at);
	free(batch->lent.at);
	free(batch->gathered.list.at);
	free(batch->gathered.slots);
	free(batch);
}

const struct writer_batch rollup_batch = {
	.open = open_batch,
	.keep = keep,
	.drop = drop,
	.flush = flush,
	.close = close_batch,
};
