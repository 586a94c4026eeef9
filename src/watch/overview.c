#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "watch/place.h"

struct rollup_key watch_key(const struct assignment *a, period p)
{
	return (struct rollup_key){ a->province_id, a->id, p };
}

static int by_path(const void *a, const void *b)
{
	const struct child *left = a, *right = b;

	return strcmp(left->unit.path, right->unit.path);
}

static int by_id(const void *a, const void *b)
{
	const struct child *left = a, *right = b;

	return left->unit.id < right->unit.id ? -1 : left->unit.id > right->unit.id;
}

static struct child *child_of(struct overview *o, id unit_id)
{
	struct child key = { .unit = { .id = unit_id } };

	return bsearch(&key, o->children, o->child_count, sizeof(key), by_id);
}

/* The units of all parts; no unit is in two of them. */
static bool read_children(struct call *c, struct overview *o)
{
	for (size_t p = 0; p < o->part_count; p++) {
		struct child *grown;
		struct unit *units;
		size_t count;
		id *ids;

		if (!assignment_units(c, o->parts[p].now.assignment.id, &ids, &count) ||
		    !unit_by_ids(c, ids, count, NULL, &units))
			return false;
		grown = ARENA_ARRAY(c->mem, struct child, o->child_count + count + 1);
		if (o->child_count)
			memcpy(grown, o->children, o->child_count * sizeof(*grown));
		o->children = grown;
		for (size_t i = 0; i < count; i++)
			o->children[o->child_count++].unit = units[i];
	}
	if (o->child_count)
		qsort(o->children, o->child_count, sizeof(*o->children), by_id);
	return true;
}

/* Twelve periods of submissions of one part's units in one scan. */
static bool read_submissions(struct call *c, struct overview *o, const struct part *part)
{
	struct submission *rows;
	size_t count, at = 0;

	if (!submission_of_assignment(c, part->now.assignment.id, o->periods[0], o->periods[o->period_count - 1], &rows,
				      &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct child *child = child_of(o, rows[i].unit_id);

		while (at < o->period_count && o->periods[at] < rows[i].period)
			at++;
		if (!child || at == o->period_count || o->periods[at] != rows[i].period)
			continue;
		child->periods[at] = &rows[i];
		child->deadlines[at] = part->deadlines[at];
		if (at == o->at)
			child->now = &rows[i];
	}
	return true;
}

static void add_tally(struct tally *sum, const struct tally *part)
{
	sum->assigned += part->assigned;
	sum->submitted += part->submitted;
	sum->on_time += part->on_time;
	sum->late += part->late;
	sum->approved += part->approved;
	sum->received += part->received;
	sum->returned += part->returned;
	sum->nil += part->nil;
}

/* Keys of the sums that stand for the level's figures. */
struct keys {
	struct rollup_key *at;
	size_t count;
};

/*
 * How the children passed one part on, and how far the units below them are;
 * `below` gets the sums below those that have submitted nothing themselves.
 */
static bool read_passed_on(struct call *c, struct overview *o, const struct part *part, struct keys *below)
{
	struct assignment *passed;
	struct rollup_key *keys;
	struct tally *tallies;
	size_t count;

	if (!assignment_passed_on(c, part->now.assignment.id, &passed, &count))
		return false;
	keys = ARENA_ARRAY(c->mem, struct rollup_key, below->count + count + 1);
	tallies = ARENA_ARRAY(c->mem, struct tally, count + 1);
	for (size_t i = 0; i < count; i++)
		keys[below->count + i] = watch_key(&passed[i], o->periods[o->at]);
	if (below->count)
		memcpy(keys, below->at, below->count * sizeof(*keys));
	below->at = keys;
	keys += below->count;
	if (count && !rollup_tally_read_many(c, keys, count, tallies))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct child *child = child_of(o, passed[i].from_unit_id);

		if (!child)
			continue;
		child->passed_on = &passed[i];
		add_tally(&child->tally, &tallies[i]);
		add_tally(&o->below, &tallies[i]);
		o->has_below = true;
		if (!child->now || !submission_counts(child->now->state, BASIS_PROVISIONAL))
			below->at[below->count++] = keys[i];
	}
	return true;
}

/*
 * The level's sums. What it knows before anything is approved is what its
 * children submitted; those that passed the report on and have submitted
 * nothing are known by what stands below them.
 */
static bool read_rolled_up(struct call *c, struct overview *o, const struct keys *below)
{
	struct keys given = { ARENA_ARRAY(c->mem, struct rollup_key, o->part_count), 0 };
	struct tally *tallies = ARENA_ARRAY(c->mem, struct tally, o->part_count);
	struct rollup *provisional, *approved, *under;

	for (size_t i = 0; i < o->part_count; i++)
		if (o->parts[i].now.period)
			given.at[given.count++] = watch_key(&o->parts[i].now.assignment, o->periods[o->at]);
	if (!rollup_read_together(c, given.at, given.count, o->report, BASIS_PROVISIONAL, &provisional) ||
	    !rollup_read_together(c, given.at, given.count, o->report, BASIS_APPROVED, &approved) ||
	    !rollup_tally_read_many(c, given.at, given.count, tallies) ||
	    !rollup_read_together(c, below->at, below->count, o->report, BASIS_PROVISIONAL, &under))
		return false;
	for (size_t i = 0; i < given.count; i++)
		add_tally(&o->tally, &tallies[i]);
	for (size_t i = 0; i < o->figure_count; i++) {
		struct level_figure *f = &o->figures[i];
		int year = period_year(o->periods[o->at]);

		if (!rollup_add(&provisional[i], &under[i]))
			return error_internal(c->err, "the sum over the units below is too large");
		rollup_figure(f->indicator, &provisional[i], &f->provisional);
		rollup_figure(f->indicator, &approved[i], &f->approved);
		f->provisional_target = rollup_target(f->indicator, year, &provisional[i], NULL);
		f->approved_target = rollup_target(f->indicator, year, &approved[i], NULL);
	}
	o->answered_for = !o->received.assignment.id && o->tally.assigned && o->tally.approved == o->tally.assigned;
	return true;
}

static size_t period_at(const struct overview *o, period p)
{
	size_t at = 0;

	while (at < o->period_count && o->periods[at] != p)
		at++;
	return at;
}

/* The approved sums of every period, `figure_count` for each, of all parts. */
static bool read_sums(struct call *c, const struct overview *o, struct rollup *sums)
{
	for (size_t p = 0; p < o->part_count; p++) {
		const struct assignment *a = &o->parts[p].now.assignment;
		struct period_rollups *rounds;
		size_t count;

		if (!rollup_read_periods(c, a->province_id, a->id, o->report, BASIS_APPROVED, o->periods[0],
					 o->periods[o->period_count - 1], &rounds, &count))
			return false;
		for (size_t r = 0; r < count; r++) {
			size_t at = period_at(o, rounds[r].period);

			for (size_t i = 0; at < o->period_count && i < o->figure_count; i++)
				if (!rollup_add(&sums[at * o->figure_count + i], &rounds[r].sums[i]))
					return error_internal(c->err, "the sum over the parts is too large");
		}
	}
	return true;
}

/* The earlier periods as approved below the level, the one in view as it stands now. */
static bool read_trend(struct call *c, struct overview *o)
{
	struct rollup *sums = ARENA_ARRAY(c->mem, struct rollup, o->period_count * o->figure_count);

	if (!read_sums(c, o, sums))
		return false;
	for (size_t i = 0; i < o->figure_count; i++) {
		struct level_figure *f = &o->figures[i];

		for (size_t at = 0; at < o->period_count; at++) {
			struct cell cell;

			f->has_trend[at] = rollup_figure(f->indicator, &sums[at * o->figure_count + i], &cell);
			f->trend[at] = cell.number;
		}
		f->has_trend[o->at] = f->provisional.present;
		f->trend[o->at] = f->provisional.number;
	}
	return true;
}

/* The unit's own figure: what its approver answered for stands over what was rolled up. */
static bool read_own(struct call *c, struct overview *o)
{
	struct cell *cells;
	bool found;

	if (!o->received.period)
		return true;
	if (!submission_find(c, o->received.assignment.id, o->received.period, o->unit.id, &found, &o->own))
		return false;
	if (!found || !o->own.version || !submission_counts(o->own.state, BASIS_PROVISIONAL))
		return true;
	if (!submission_cells(c, &o->own, o->report, o->own.version, &cells))
		return false;
	o->answered_for = submission_counts(o->own.state, BASIS_APPROVED);
	for (size_t i = 0; i < o->figure_count; i++) {
		struct level_figure *f = &o->figures[i];
		enum target_state target = cells[i].present ? target_compare(f->indicator, period_year(o->own.period),
									     cells[i].number, NULL) :
							      TARGET_NONE;

		if (o->answered_for) {
			f->approved = cells[i];
			f->approved_target = target;
		}
		if (!o->part_count) {
			f->provisional = cells[i];
			f->provisional_target = target;
		}
	}
	return true;
}

/* Of a unit that gathers from nobody: what it handed in itself, period by period. */
static bool read_own_trend(struct call *c, struct overview *o)
{
	struct submission *rows;
	size_t count;

	if (!submission_of_unit(c, o->unit.id, o->periods[0], &rows, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t at = period_at(o, rows[i].period);
		struct cell *cells;

		if (rows[i].assignment_id != o->received.assignment.id || at == o->period_count ||
		    !submission_counts(rows[i].state, BASIS_PROVISIONAL))
			continue;
		if (!submission_cells(c, &rows[i], o->report, rows[i].version, &cells))
			return false;
		for (size_t k = 0; k < o->figure_count; k++) {
			o->figures[k].has_trend[at] = cells[k].present;
			o->figures[k].trend[at] = cells[k].number;
		}
	}
	return true;
}

static bool read_figures(struct call *c, struct overview *o, const struct keys *below)
{
	o->figure_count = o->report->item_count;
	o->figures = ARENA_ARRAY(c->mem, struct level_figure, o->figure_count + 1);
	for (size_t i = 0; i < o->figure_count; i++)
		o->figures[i].indicator = o->report->items[i].indicator;
	if (o->deadline && (!read_rolled_up(c, o, below) || !read_trend(c, o)))
		return false;
	if (!o->part_count && o->received.period && !read_own_trend(c, o))
		return false;
	return read_own(c, o);
}

bool watch_overview(struct call *c, id unit_id, id report_id, period p, struct overview *out)
{
	struct keys below = { NULL, 0 };

	memset(out, 0, sizeof(*out));
	if (!watch_place(c, unit_id, report_id, p, out))
		return false;
	if (!out->report)
		return true;
	if (out->deadline && !read_children(c, out))
		return false;
	for (size_t i = 0; out->deadline && i < out->part_count; i++)
		if (!read_submissions(c, out, &out->parts[i]))
			return false;
	for (size_t i = 0; out->deadline && i < out->part_count; i++)
		if (!read_passed_on(c, out, &out->parts[i], &below))
			return false;
	if (!read_figures(c, out, &below))
		return false;
	if (out->child_count)
		qsort(out->children, out->child_count, sizeof(*out->children), by_path);
	return true;
}
