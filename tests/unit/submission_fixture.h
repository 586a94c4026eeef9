#ifndef SUBMISSION_FIXTURE_H
#define SUBMISSION_FIXTURE_H

/*
 * A store with units, a form of four indicators and two assignments of it: by
 * the centre to Đắk Lắk (day 18) and, below that, by Đắk Lắk to five communes
 * (day 16, locked), with two periods opened. People are actors made by hand.
 */

#include "room_fixture.h"

#include "account/account.h"
#include "assignment/assignment.h"
#include "indicator/indicator.h"
#include "rollup/rollup.h"
#include "submission/submission.h"
#include "unit/unit.h"

enum { COMMUNES = 5, ITEMS = 4 };

struct person {
	struct actor actor;
	struct grant grant;
};

struct world {
	struct unit centre, province, communes[COMMUNES];
	id indicators[ITEMS]; /* a sum, a share, a yes/no, a text */
	id report_id, central_id, assignment_id;
	period april, may;
	struct person entry, entry2, approver, coordinator, stranger;
};

static inline instant at(const char *text)
{
	instant out;

	assert_true(civil_parse(text, &out));
	return out;
}

static inline struct person person(id account_id, const char *name, enum role role, const struct unit *unit)
{
	return (struct person){
		.actor = { .account_id = account_id, .unit_id = unit->id, .name = name, .grant_count = 1 },
		.grant = { .id = account_id, .role = role, .unit_id = unit->id, .unit_path = unit->path },
	};
}

static inline bool world_indicators(struct call *c, struct world *w)
{
	const struct indicator rows[ITEMS] = {
		{ .code = "A1", .name = "Số hồ sơ", .type = VALUE_NUMBER, .aggregation = AGGREGATION_SUM, .decimals = 1,
		  .factor = 1, .has_min = true, .outlier_percent = 50 },
		{ .code = "A2", .name = "Tỷ lệ", .type = VALUE_PERCENTAGE, .aggregation = AGGREGATION_RATIO,
		  .decimals = 2, .factor = 100, .has_min = true, .has_max = true, .max = 10000 },
		{ .code = "A3", .name = "Đã làm", .type = VALUE_YES_NO, .aggregation = AGGREGATION_COUNT_YES, .factor = 1 },
		{ .code = "A4", .name = "Ghi chú", .type = VALUE_TEXT, .aggregation = AGGREGATION_NONE, .factor = 1 },
	};

	for (size_t i = 0; i < ITEMS; i++) {
		struct indicator row = rows[i];
		row.group = row.resolution = row.unit_of_measure = row.definition = row.source = "x";
		row.accrual = ACCRUAL_STOCK;
		row.frequency = FREQUENCY_MONTH;
		row.direction = DIRECTION_INFORMATION;
		row.levels = LEVEL_ALL;
		row.owner_unit_id = w->centre.id;
		if (!indicator_create(c, &row, &w->indicators[i]))
			return false;
	}
	return true;
}

static inline bool world_make(struct call *c, void *arg)
{
	struct world *w = arg;
	static const bool required[ITEMS] = { true, true, false, false };
	struct report_draft form = { .code = "BC", .title = "Báo cáo", .resolution = "NQ57", .instructions = "",
				     .frequency = FREQUENCY_MONTH, .cut_day = 15, .indicator_ids = w->indicators,
				     .required = required, .item_count = ITEMS };
	struct assignment_draft central = { .rule = { .day = 18 } };
	struct assignment_draft local = { .rule = { .day = 16, .locks = true } };
	struct unit *communes;
	id ids[COMMUNES];
	size_t count;

	c->now = at("2026-03-20T08:00:00+07:00");
	w->april = period_make(FREQUENCY_MONTH, 2026, 4);
	w->may = period_make(FREQUENCY_MONTH, 2026, 5);
	if (!unit_import_official(c) || !unit_by_code(c, "TW", NULL, &w->centre) ||
	    !unit_by_code(c, "66", NULL, &w->province) ||
	    !unit_children(c, w->province.id, "commune", &communes, &count) || !world_indicators(c, w))
		return false;
	for (size_t i = 0; i < COMMUNES; i++) {
		w->communes[i] = communes[i];
		ids[i] = communes[i].id;
	}
	form.owner_unit_id = w->centre.id;
	if (!report_create(c, &form, &w->report_id))
		return false;
	central.report_id = local.report_id = w->report_id;
	central.from_unit_id = w->centre.id;
	central.first = local.first = w->april;
	central.unit_ids = &w->province.id;
	central.unit_count = 1;
	if (!assignment_create(c, &central, &w->central_id))
		return false;
	local.from_unit_id = w->province.id;
	local.parent_id = w->central_id;
	local.unit_ids = ids;
	local.unit_count = COMMUNES;
	return assignment_create(c, &local, &w->assignment_id) && assignment_open(c, w->central_id, w->april) &&
	       assignment_open(c, w->central_id, w->may) && assignment_open(c, w->assignment_id, w->april) &&
	       assignment_open(c, w->assignment_id, w->may);
}

static inline struct world *world_new(struct fixture *f)
{
	static struct world w;

	w = (struct world){ .report_id = 0 };
	writer_batch_set(f->store, &rollup_batch);
	indicator_forget();
	room_write(f, world_make, &w);
	w.entry = person(101, "Người nhập", ROLE_DATA_ENTRY, &w.communes[0]);
	w.entry2 = person(102, "Người nhập hai", ROLE_DATA_ENTRY, &w.communes[0]);
	w.approver = person(103, "Người duyệt", ROLE_APPROVER, &w.communes[0]);
	w.coordinator = person(104, "Đầu mối", ROLE_COORDINATOR, &w.province);
	w.stranger = person(105, "Người xã khác", ROLE_DATA_ENTRY, &w.communes[1]);
	f->call.now = at("2026-05-10T08:00:00+07:00");
	return &w;
}

/* Runs an action as somebody, at a time; NULL is the system. */
static inline bool as(struct fixture *f, struct person *who, const char *when, write_action act, void *arg)
{
	bool ok;

	f->call.now = at(when);
	f->call.actor = NULL;
	if (who) {
		who->actor.grants = &who->grant;
		f->call.actor = &who->actor;
	}
	f->call.address = who ? "127.0.0.1" : NULL;
	ok = fixture_run(f, act, arg);
	f->call.actor = NULL;
	f->call.address = NULL;
	return ok;
}

static inline struct submission submission_now(struct fixture *f, id assignment_id, period p, id unit_id)
{
	struct call *c = room_read(f);
	struct submission s;
	bool found;

	if (!submission_find(c, assignment_id, p, unit_id, &found, &s))
		fixture_fail(c->err);
	assert_true(found);
	store_release(f->store, c);
	return s;
}

#endif
