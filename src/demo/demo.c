#include "demo/demo.h"

#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/crypto.h"
#include "base/error.h"
#include "db/store.h"
#include "db/writer.h"
#include "deadline/deadline.h"
#include "demo/demo_story.h"
#include "indicator/indicator.h"
#include "unit/unit.h"

enum { ITEMS = 16, SMALL_UNITS = 6, MEM_MAX = 256 << 20, CENTRE_DAY = 18, PROVINCE_DAY = 16, CUT_DAY = 15 };

#define FIRST_PERIOD "2025-05"
#define FIRST_PERIOD_SMALL "2026-03"
#define LAST_PERIOD "2026-05"
#define BEGINS "2025-04-21T08:00:00+07:00"
#define UNITS_AS_OF "2026-05-16T08:00:00+07:00"
#define LAST_USED "2026-05-12T08:00:00+07:00"
#define STANDS_STILL "2026-05-16T20:00:00+07:00"

/* Six units that show everything: the named ones and some of their neighbours. */
static const char *const small_units[SMALL_UNITS] = {
	DEMO_COMMUNE, DEMO_DEPARTMENT, "22045", "22051", "66-TC", "66-NV",
};

struct making {
	struct demo_story story;
	bool small;
};

static instant instant_of(const char *text)
{
	instant out = 0;

	civil_parse(text, &out);
	return out;
}

static period period_named(const char *text)
{
	period out = 0;

	period_parse(text, &out);
	return out;
}

/* A call of one of the people. */
static struct call call_of(const struct call *c, const struct demo_person *person)
{
	struct call inner = *c;

	inner.actor = &person->actor;
	inner.address = "127.0.0.1";
	return inner;
}

static bool make_form(struct call *c, struct demo_story *story, const struct unit *centre)
{
	struct call inner = call_of(c, &story->people.named[DEMO_TW_COORDINATOR]);
	id ids[ITEMS];
	struct report_draft draft = {
		.code = "NQ57-TN",
		.title = demo_text(&story->texts, "report.title"),
		.resolution = "57-NQ/TW",
		.instructions = demo_text(&story->texts, "report.instructions"),
		.frequency = FREQUENCY_MONTH,
		.cut_day = CUT_DAY,
		.owner_unit_id = centre->id,
		.indicator_ids = ids,
		.item_count = ITEMS,
	};

	for (int i = 0; i < ITEMS; i++) {
		const struct indicator *indicator;

		if (!indicator_by_code(&inner, arena_printf(c->mem, "TN%02d", i + 1), NULL, &indicator))
			return false;
		ids[i] = indicator->id;
	}
	return report_create(&inner, &draft, &story->report_id);
}

/* A member with its two people; its strings live with the story. */
static bool add_member(struct call *c, struct demo_story *story, struct demo_members *members,
		       const struct unit *unit)
{
	struct demo_member *member = &members->at[members->count++];

	*member = (struct demo_member){ .level = level_of_kind(unit->kind) };
	if (!demo_person_of(c, &story->people, unit, ROLE_DATA_ENTRY, &member->entry) ||
	    !demo_person_of(c, &story->people, unit, ROLE_APPROVER, &member->approver))
		return false;
	member->unit = member->entry->unit;
	return true;
}

/* The units of today: those of 2025 had other borders, and their history is told as if they were the same. */
static bool choose_members(struct call *c, struct making *making, const struct unit *centre)
{
	struct demo_story *story = &making->story;
	struct call today = *c;
	struct unit full, *provinces, *units;
	size_t province_count, unit_count;

	today.now = instant_of(UNITS_AS_OF);
	if (!unit_by_code(c, DEMO_PROVINCE, NULL, &full) ||
	    !unit_children(&today, centre->id, "province", &provinces, &province_count) ||
	    !unit_children(&today, full.id, NULL, &units, &unit_count))
		return false;
	story->provinces.at = ARENA_ARRAY(story->mem, struct demo_member, province_count);
	story->units.at = ARENA_ARRAY(story->mem, struct demo_member, unit_count);
	if (!add_member(c, story, &story->provinces, &full))
		return false;
	for (size_t i = 0; i < province_count && !making->small; i++)
		if (provinces[i].id != full.id && !add_member(c, story, &story->provinces, &provinces[i]))
			return false;
	for (size_t i = 0; i < unit_count && !making->small; i++)
		if (!add_member(c, story, &story->units, &units[i]))
			return false;
	for (size_t i = 0; i < SMALL_UNITS && making->small; i++) {
		struct unit unit;

		if (!unit_by_code(c, small_units[i], NULL, &unit) ||
		    !add_member(c, story, &story->units, &unit))
			return false;
	}
	return true;
}

static bool assign(struct call *c, struct making *making, const struct demo_person *by,
		   struct demo_members *to, id parent_id, int day, const char *document, id *out)
{
	struct call inner = call_of(c, by);
	id *unit_ids = ARENA_ARRAY(c->mem, id, to->count);
	struct assignment_draft draft = {
		.report_id = making->story.report_id,
		.from_unit_id = by->unit.id,
		.parent_id = parent_id,
		.rule = { .day = day },
		.first = period_named(making->small ? FIRST_PERIOD_SMALL : FIRST_PERIOD),
		.unit_ids = unit_ids,
		.unit_count = to->count,
		.document = demo_text(&making->story.texts, document),
	};

	for (size_t i = 0; i < to->count; i++)
		unit_ids[i] = to->at[i].unit.id;
	return assignment_create(&inner, &draft, out);
}

/* Everything but the months. */
static bool prepare(struct call *c, void *arg)
{
	struct making *making = arg;
	struct demo_story *story = &making->story;
	struct demo_people *people = &story->people;
	struct unit centre;

	if (!unit_import_official(c) || !deadline_import_official(c) || !unit_root(c, &centre) ||
	    !indicator_import(c, centre.id) ||
	    !account_setting_set(c, "totp_required_roles", "administrator") || !demo_people_make(c, people) ||
	    !make_form(c, story, &centre) || !choose_members(c, making, &centre))
		return false;
	return assign(c, making, &people->named[DEMO_TW_COORDINATOR], &story->provinces, 0, CENTRE_DAY,
		      "assignment.centre", &story->centre_assignment) &&
	       assign(c, making, &people->named[DEMO_DL_COORDINATOR], &story->units, story->centre_assignment,
		      PROVINCE_DAY, "assignment.province", &story->province_assignment);
}

/* A reader takes the new form into memory, which a writer's own view never does. */
static bool warm_up(struct store *store, struct call *c, id report_id)
{
	const struct report *report;
	bool ok;

	if (!store_read(store, c))
		return false;
	ok = report_get(c, report_id, &report);
	store_release(store, c);
	return ok;
}

static bool live_months(struct store *store, struct call *c, struct making *making)
{
	struct demo_month month = { &making->story,
				    period_named(making->small ? FIRST_PERIOD_SMALL : FIRST_PERIOD) };

	for (; month.period <= period_named(LAST_PERIOD); month.period = period_add(month.period, 1)) {
		if (!writer_run(store, c, demo_month_live, &month))
			return false;
		arena_reset(c->mem);
	}
	return true;
}

bool demo_make(const struct demo_options *options, FILE *out, struct error *err)
{
	struct arena *mem = arena_new(MEM_MAX);
	struct making making = {
		.story = { .mem = mem, .now = instant_of(STANDS_STILL) },
		.small = options->small,
	};
	struct demo_story *story = &making.story;
	struct call c = { .mem = arena_new(MEM_MAX), .now = instant_of(BEGINS), .err = err };
	bool ok = demo_texts_read(mem, &story->texts, err);

	story->people = (struct demo_people){
		.mem = mem,
		.texts = &story->texts,
		.password_hash = ok ? password_hash(mem, DEMO_PASSWORD) : NULL,
		.used_at = instant_of(LAST_USED),
	};
	ok = ok && writer_run(options->store, &c, prepare, &making) &&
	     warm_up(options->store, &c, story->report_id) && live_months(options->store, &c, &making);
	if (ok)
		demo_people_tell(&story->people, making.small ? NULL : "22045", out);
	arena_free(c.mem);
	arena_free(mem);
	return ok;
}
