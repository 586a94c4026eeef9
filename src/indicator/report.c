#include <string.h>

#include "account/account.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "indicator/indicator_actions.h"
#include "indicator/indicator_rules.h"
#include "indicator/indicator_store.h"
#include "unit/unit.h"

/* Report forms: made and changed. */

static const char *event_object(struct call *c, const struct report *report)
{
	struct buf text;
	struct json json;

	buf_init(&text, c->mem, 0);
	json_start(&json, &text);
	json_object(&json, NULL);
	json_text(&json, "code", report->code);
	json_int(&json, "version", report->version);
	json_text(&json, "title", report->title);
	json_text(&json, "frequency", frequency_word(report->frequency));
	json_int(&json, "cut_day", report->cut_day);
	json_array(&json, "items");
	for (size_t i = 0; i < report->item_count; i++) {
		json_object(&json, NULL);
		json_text(&json, "code", report->items[i].indicator->code);
		json_int(&json, "version", report->items[i].indicator->version);
		json_bool(&json, "required", report->items[i].required);
		json_end(&json);
	}
	json_end(&json);
	json_int(&json, "checks", (int64_t)report->check_count);
	json_end(&json);
	return text.data;
}

static bool tell(struct call *c, const char *kind, const struct report *before, const struct report *after,
		 const char *owner_path)
{
	const struct event event = {
		.kind = kind,
		.unit_id = after->owner_unit_id,
		.unit_path = owner_path,
		.subject_kind = "report",
		.subject_id = after->id,
		.before = before ? event_object(c, before) : NULL,
		.after = event_object(c, after),
	};

	return event_write(c, &event, NULL);
}

/* The items a draft asks for, with the definitions that stand now. */
static bool make_items(struct call *c, const struct report_draft *draft, struct report *report)
{
	struct report_item *items;

	if (!draft->item_count)
		return error_set(c->err, ERR_report_items_none, "items", NULL);
	if (draft->item_count > REPORT_ITEMS_MAX)
		return error_set(c->err, ERR_too_many_items, "items",
				 arena_printf(c->mem, "%d", REPORT_ITEMS_MAX), NULL);
	items = ARENA_ARRAY(c->mem, struct report_item, draft->item_count);
	for (size_t i = 0; i < draft->item_count; i++) {
		const char *field = arena_printf(c->mem, "items/%zu/indicator_id", i);
		struct indicator *indicator;

		if (!indicator_read(c, draft->indicator_ids[i], &indicator))
			return false;
		if (!indicator)
			return error_set(c->err, ERR_indicator_unknown, field, NULL);
		for (size_t k = 0; k < i; k++)
			if (items[k].indicator->id == indicator->id)
				return error_set(c->err, ERR_report_item_twice, field, indicator->code, NULL);
		items[i] = (struct report_item){
			.indicator = indicator,
			.position = (int)i + 1,
			.required = draft->required ? draft->required[i]
						    : indicator->frequency == draft->frequency,
			.evidence_required = draft->evidence_required ? draft->evidence_required[i]
								      : indicator->evidence_required,
			.section = draft->sections && draft->sections[i] ? draft->sections[i]
									 : indicator->group,
		};
	}
	report->items = items;
	report->item_count = draft->item_count;
	return true;
}

static bool on_form(const struct report *report, id indicator_id)
{
	for (size_t i = 0; i < report->item_count; i++)
		if (report->items[i].indicator->id == indicator_id)
			return true;
	return false;
}

static bool check_checks(struct call *c, const struct report *report)
{
	if (report->check_count > REPORT_CHECKS_MAX)
		return error_set(c->err, ERR_too_many_items, "checks",
				 arena_printf(c->mem, "%d", REPORT_CHECKS_MAX), NULL);
	for (size_t i = 0; i < report->check_count; i++) {
		const struct report_check *check = &report->checks[i];

		if (check->left == check->right || check->operator == TARGET_RANGE ||
		    !on_form(report, check->left) || !on_form(report, check->right))
			return error_set(c->err, ERR_report_check_invalid,
					 arena_printf(c->mem, "checks/%zu", i), NULL);
	}
	return true;
}

/* Everything of a draft but code, owner and version. */
static bool make_report(struct call *c, const struct report_draft *draft, struct report *out)
{
	if (!draft->title || !*draft->title)
		return error_set(c->err, ERR_field_required, "title", NULL);
	if (draft->cut_day < 0 || draft->cut_day > 28)
		return error_set(c->err, ERR_cut_day_invalid, "cut_day", NULL);
	out->title = draft->title;
	out->resolution = draft->resolution;
	out->instructions = draft->instructions;
	out->frequency = draft->frequency;
	out->cut_day = draft->cut_day;
	out->valid_from = c->now;
	out->checks = draft->checks;
	out->check_count = draft->check_count;
	return make_items(c, draft, out) && check_checks(c, out);
}

bool report_create(struct call *c, const struct report_draft *draft, id *out)
{
	struct report report = { .version = 1, .code = draft->code, .owner_unit_id = draft->owner_unit_id };
	struct unit owner;

	if (!unit_by_id(c, draft->owner_unit_id, "owner_unit_id", &owner) ||
	    !account_require(c, RIGHT_INDICATOR_MANAGE, owner.path))
		return false;
	if (!draft->code || !indicator_code_valid(draft->code))
		return error_set(c->err, ERR_indicator_code, "code", NULL);
	report.id = id_next(c->now);
	if (!make_report(c, draft, &report) || !report_insert(c, &report) || !generation_renew(c) ||
	    !tell(c, "report.created", NULL, &report, owner.path))
		return false;
	indicator_forget();
	*out = report.id;
	return true;
}

/* Puts `after` in the place of `before`. */
static bool replace(struct call *c, const struct report *before, struct report *after)
{
	bool ended;

	after->id = before->id;
	after->code = before->code;
	after->owner_unit_id = before->owner_unit_id;
	after->version = before->version + 1;
	if (!report_end(c, before->id, before->version, &ended))
		return false;
	if (!ended)
		return error_set(c->err, ERR_stale_version, NULL, NULL);
	return report_insert(c, after) && tell(c, "report.changed", before, after, before->owner_path);
}

bool report_change(struct call *c, id report_id, int64_t version, const struct report_draft *draft)
{
	const struct report *before;
	struct report after = { 0 };

	if (!report_get(c, report_id, &before) ||
	    !account_require(c, RIGHT_INDICATOR_MANAGE, before->owner_path))
		return false;
	if (version != before->version)
		return error_set(c->err, ERR_stale_version, NULL,
				 arena_printf(c->mem, "%lld", (long long)before->version), NULL);
	if (draft->frequency != before->frequency)
		return error_set(c->err, ERR_report_frequency_fixed, "frequency", NULL);
	if (!make_report(c, draft, &after) || !replace(c, before, &after) || !generation_renew(c))
		return false;
	indicator_forget();
	return true;
}

/* The form's items with the standing definitions. */
static bool follow_one(struct call *c, id report_id)
{
	const struct report *before;
	struct report after;
	struct report_item *items;

	if (!report_get(c, report_id, &before))
		return false;
	after = *before;
	after.valid_from = c->now;
	after.valid_to = 0;
	items = ARENA_ARRAY(c->mem, struct report_item, before->item_count);
	for (size_t i = 0; i < before->item_count; i++) {
		struct indicator *standing;

		if (!indicator_read(c, before->items[i].indicator->id, &standing))
			return false;
		items[i] = before->items[i];
		if (standing)
			items[i].indicator = standing;
	}
	after.items = items;
	return replace(c, before, &after);
}

bool report_follow(struct call *c, id indicator_id)
{
	id *forms;
	size_t count;

	if (!report_ids_with(c, indicator_id, &forms, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!follow_one(c, forms[i]))
			return false;
	return true;
}

bool report_list(struct call *c, struct report **out, size_t *count)
{
	return report_rows(c, out, count);
}
