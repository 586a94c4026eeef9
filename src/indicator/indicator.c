#include "indicator/indicator.h"

#include <string.h>

#include "account/account.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/embed.h"
#include "base/error.h"
#include "base/json.h"
#include "indicator/indicator_actions.h"
#include "indicator/indicator_rules.h"
#include "indicator/indicator_store.h"
#include "unit/unit.h"

#define INDICATOR_TABLE "data/indicators-57.csv"

/* What the event log keeps of a definition: all of it. */
static const char *event_object(struct call *c, const struct indicator *definition)
{
	struct buf text;
	struct json json;

	if (!definition)
		return NULL;
	buf_init(&text, c->mem, 0);
	json_start(&json, &text);
	indicator_write(&json, NULL, definition, NULL);
	return text.data;
}

static bool tell(struct call *c, const char *kind, const struct indicator *before,
		 const struct indicator *after, const struct unit *owner)
{
	const struct event event = {
		.kind = kind,
		.unit_id = owner->id,
		.unit_path = owner->path,
		.subject_kind = "indicator",
		.subject_id = after->id,
		.before = event_object(c, before),
		.after = event_object(c, after),
	};

	return event_write(c, &event, NULL);
}

bool indicator_by_id(struct call *c, id indicator_id, const char *field, const struct indicator **out)
{
	struct indicator *found;
	struct unit owner;

	if (!indicator_read(c, indicator_id, &found))
		return false;
	if (!found) {
		error_set(c->err, ERR_indicator_unknown, field, NULL);
		return false;
	}
	if (!unit_by_id(c, found->owner_unit_id, NULL, &owner))
		return false;
	found->owner_path = owner.path;
	*out = found;
	return true;
}

bool indicator_by_code(struct call *c, const char *code, const char *field, const struct indicator **out)
{
	struct indicator *found;
	struct unit owner;

	if (!indicator_read_code(c, code, &found))
		return false;
	if (!found) {
		error_set(c->err, ERR_indicator_unknown, field, NULL);
		return false;
	}
	if (!unit_by_id(c, found->owner_unit_id, NULL, &owner))
		return false;
	found->owner_path = owner.path;
	*out = found;
	return true;
}

bool indicator_create(struct call *c, const struct indicator *definition, id *out)
{
	struct indicator made = *definition;
	struct unit owner;

	if (!unit_by_id(c, definition->owner_unit_id, "owner_unit_id", &owner) ||
	    !account_require(c, RIGHT_INDICATOR_MANAGE, owner.path) ||
	    !definition_check(definition, c->mem, c->err))
		return false;
	made.id = id_next(c->now);
	made.version = 1;
	made.valid_from = c->now;
	made.valid_to = 0;
	if (!indicator_insert(c, &made, NULL) || !generation_renew(c) ||
	    !tell(c, "indicator.created", NULL, &made, &owner))
		return false;
	indicator_forget();
	*out = made.id;
	return true;
}

/* Whether old and new figures can stand in one sum; matters once a form holds the indicator. */
static bool check_scale_kept(struct call *c, const struct indicator *before, const struct indicator *after)
{
	bool on_form;

	if (definition_same_scale(before, after))
		return true;
	if (!indicator_on_form(c, before->id, &on_form))
		return false;
	return on_form ? error_set(c->err, ERR_indicator_in_use, NULL, NULL) : true;
}

bool indicator_change(struct call *c, id indicator_id, int64_t version, const struct indicator *definition,
		      const char *reason)
{
	const struct indicator *before;
	struct indicator made = *definition;
	struct unit owner;
	bool ended;

	if (!indicator_by_id(c, indicator_id, NULL, &before) ||
	    !account_require(c, RIGHT_INDICATOR_MANAGE, before->owner_path))
		return false;
	if (version != before->version)
		return error_set(c->err, ERR_stale_version, NULL,
				 arena_printf(c->mem, "%lld", (long long)before->version), NULL);
	made.id = before->id;
	made.code = before->code;
	made.version = before->version + 1;
	made.valid_from = c->now;
	made.valid_to = 0;
	if (!unit_by_id(c, made.owner_unit_id, "owner_unit_id", &owner) ||
	    !account_require(c, RIGHT_INDICATOR_MANAGE, owner.path) ||
	    !definition_check(&made, c->mem, c->err) || !check_scale_kept(c, before, &made) ||
	    !indicator_end(c, made.id, version, &ended))
		return false;
	if (!ended)
		return error_set(c->err, ERR_stale_version, NULL, NULL);
	if (!indicator_insert(c, &made, reason) || !tell(c, "indicator.changed", before, &made, &owner) ||
	    !report_follow(c, made.id))
		return false;
	if (!generation_renew(c))
		return false;
	indicator_forget();
	return true;
}

bool indicator_import(struct call *c, id unit_id)
{
	const struct embedded_file *file = embedded_find(INDICATOR_TABLE);
	struct csv table;

	if (!file)
		return error_internal(c->err, "%s is not in the program", INDICATOR_TABLE);
	if (!csv_parse(c->mem, (const char *)file->data, file->size, &table, c->err))
		return false;
	for (size_t row = 0; row < table.rows; row++) {
		struct indicator definition, *standing;
		id made;

		if (!definition_of_row(&table, row, c->mem, &definition, c->err) ||
		    !indicator_read_code(c, definition.code, &standing))
			return false;
		if (standing)
			continue;
		definition.owner_unit_id = unit_id;
		if (!indicator_create(c, &definition, &made))
			return false;
	}
	return true;
}
