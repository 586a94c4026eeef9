#include "audit/audit_view.h"

#include <stdlib.h>

#include "account/account.h"
#include "audit/audit_sentence.h"
#include "audit/audit_store.h"
#include "base/arena.h"
#include "base/text.h"

void event_view_take(struct arena *mem, const struct event_row *row, struct event_view *out)
{
	*out = (struct event_view){
		.id = row->id,
		.at = row->at,
		.kind = arena_strdup(mem, row->kind),
		.account_id = row->account_id,
		.address = arena_strdup(mem, row->address),
		.unit.id = row->unit_id,
		.subject_kind = arena_strdup(mem, row->subject_kind),
		.subject_id = row->subject_id,
		.before = arena_strdup(mem, row->before),
		.after = arena_strdup(mem, row->after),
	};
}

static int compare_ids(const void *a, const void *b)
{
	id left = *(const id *)a, right = *(const id *)b;
	return left < right ? -1 : left > right;
}

/* Each id once, in order; how many. */
static size_t sort_ids(id *ids, size_t count)
{
	size_t kept = 0;
	qsort(ids, count, sizeof(*ids), compare_ids);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || ids[kept - 1] != ids[i])
			ids[kept++] = ids[i];
	return kept;
}

static size_t place_of(const id *ids, size_t count, id wanted)
{
	const id *found = bsearch(&wanted, ids, count, sizeof(*ids), compare_ids);
	return found ? (size_t)(found - ids) : count;
}

static bool fill_units(struct call *c, struct event_view *views, size_t count)
{
	id *ids = ARENA_ARRAY(c->mem, id, count);
	size_t n = 0;
	for (size_t i = 0; i < count; i++)
		if (views[i].unit.id)
			ids[n++] = views[i].unit.id;
	n = sort_ids(ids, n);
	struct unit *units;
	if (!unit_by_ids(c, ids, n, NULL, &units))
		return false;
	for (size_t i = 0; i < count; i++)
		if (views[i].unit.id)
			views[i].unit = units[place_of(ids, n, views[i].unit.id)];
	return true;
}

static bool is_about_account(const struct event_view *view)
{
	return view->subject_id && text_equal(view->subject_kind, "account");
}

/* Who did it, and whom it is about where that is a person; then the sentences, which name both. */
static bool fill_people(struct call *c, enum language lang, struct event_view *views, size_t count)
{
	id *ids = ARENA_ARRAY(c->mem, id, 2 * count);
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		if (views[i].account_id)
			ids[n++] = views[i].account_id;
		if (is_about_account(&views[i]))
			ids[n++] = views[i].subject_id;
	}
	n = sort_ids(ids, n);
	const char **names = ARENA_ARRAY(c->mem, const char *, n);
	if (n && !account_names(c, ids, n, names))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct event_view *view = &views[i];
		if (view->account_id)
			view->account_name = names[place_of(ids, n, view->account_id)];
		struct sentence_parts parts = {
			.kind = view->kind,
			.unit_name = view->unit.name,
			.subject_name = is_about_account(view) ? names[place_of(ids, n, view->subject_id)] : NULL,
			.before = view->before,
			.after = view->after,
		};
		view->sentence = event_sentence(c->mem, &parts, lang);
	}
	return true;
}

static bool fill_blocks(struct call *c, struct event_view *views, size_t count)
{
	struct audit_block block = { 0 };
	for (size_t i = 0; i < count; i++) {
		bool found = block.no && views[i].id >= block.first_id && views[i].id <= block.last_id;
		if (!found && !audit_store_block_behind(c, views[i].id, &found, &block))
			return false;
		views[i].block = found && views[i].id >= block.first_id ? block.no : 0;
	}
	return true;
}

bool event_views_fill(struct call *c, enum language lang, struct event_view *views, size_t count, bool blocks)
{
	return fill_units(c, views, count) && fill_people(c, lang, views, count) &&
	       (!blocks || fill_blocks(c, views, count));
}
