/* What people do with units: look them up, create, change, merge. */
#include "account/account.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "unit/unit.h"
#include "unit/unit_rules.h"
#include "unit/unit_store.h"

/* The path a list stays below; reading it is the right that is asked for. */
static bool list_root(struct call *c, const struct unit_query *query, struct unit *out)
{
	if (query->under_id)
		return unit_by_id(c, query->under_id, "under", out);
	if (query->parent_id)
		return unit_by_id(c, query->parent_id, "parent_id", out);
	return unit_root(c, out);
}

bool unit_list(struct call *c, const struct unit_query *query, struct unit **out, size_t *count)
{
	struct unit root;
	if (!list_root(c, query, &root) || !account_require(c, RIGHT_UNIT_READ, root.path))
		return false;
	const char *fold = query->q ? text_fold(c->mem, query->q) : "";
	struct unit_page page = {
		.query = query,
		.under_path = query->under_id ? root.path : "",
		.fold = *fold ? fold : NULL,
		.day = query->valid_on.year ? query->valid_on : civil_date_of(c->now),
	};
	bool cursor_known;
	if (!unit_store_page(c, &page, &cursor_known, out, count))
		return false;
	return cursor_known || error_set(c->err, ERR_cursor_invalid, "after", NULL);
}

static bool read_ancestors(struct call *c, const struct unit *unit, struct unit **out, size_t *count)
{
	size_t depth = (size_t)unit_path_depth(unit->path) - 1;
	struct unit *ancestors = ARENA_ARRAY(c->mem, struct unit, depth);
	id above = unit->parent_id;
	for (size_t i = depth; i > 0; i--) {
		if (!unit_by_id(c, above, NULL, &ancestors[i - 1]))
			return false;
		above = ancestors[i - 1].parent_id;
	}
	*out = ancestors;
	*count = depth;
	return true;
}

bool unit_read(struct call *c, id unit_id, struct unit *out, struct unit **ancestors, size_t *ancestor_count)
{
	bool found;
	if (!unit_store_by_id(c, unit_id, &found, out))
		return false;
	if (!found)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	struct unit *children;
	size_t child_count;
	if (!account_require(c, RIGHT_UNIT_READ, out->path) ||
	    !read_ancestors(c, out, ancestors, ancestor_count) ||
	    !unit_children(c, unit_id, NULL, &children, &child_count))
		return false;
	out->child_count = (int64_t)child_count;
	out->parent_name = *ancestor_count ? (*ancestors)[*ancestor_count - 1].name : NULL;
	return true;
}

/* What an event tells of a unit. */
static const char *event_json(struct call *c, const struct unit *unit)
{
	struct buf buf;
	struct json json;
	char day[CIVIL_TEXT_MAX];
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "code", unit->code);
	json_text(&json, "name", unit->name);
	json_text(&json, "kind", unit->kind);
	json_text(&json, "line", unit->line);
	json_text(&json, "path", unit->path);
	json_text(&json, "territory", unit->territory);
	json_text(&json, "valid_from", civil_format_date(unit->valid_from, day));
	json_text(&json, "valid_to", unit->valid_to.year ? civil_format_date(unit->valid_to, day) : NULL);
	json_id(&json, "successor_id", unit->successor_id);
	json_end(&json);
	return buf.data;
}

/* Every change ends here: memory kept of units is out of date, and the log knows. */
static bool changed(struct call *c, const char *kind, const struct unit *before, const struct unit *after)
{
	struct event event = {
		.kind = kind,
		.unit_id = after->id,
		.unit_path = after->path,
		.subject_kind = "unit",
		.subject_id = after->id,
		.before = before ? event_json(c, before) : NULL,
		.after = event_json(c, after),
	};
	return unit_store_set_generation(c, id_next(c->now)) && event_write(c, &event, NULL);
}

static bool find_kind(struct call *c, const char *code, struct unit_kind *out)
{
	struct unit_kind *kinds;
	size_t count;
	if (!unit_store_kinds(c, &kinds, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (text_equal(kinds[i].code, code)) {
			*out = kinds[i];
			return true;
		}
	}
	return error_set(c->err, ERR_unit_kind_unknown, "kind", NULL);
}

/* Text as people mean it: without white space at its ends, and not empty. */
static bool clean_name(struct call *c, const char *name, const char *field, const char **out)
{
	*out = text_trim(c->mem, name);
	return **out || error_set(c->err, ERR_field_required, field, NULL);
}

static const char *clean_optional(struct call *c, const char *text)
{
	const char *clean = text ? text_trim(c->mem, text) : "";
	return *clean ? clean : NULL;
}

static bool find_parent(struct call *c, id parent_id, struct civil_date day, struct unit *out)
{
	if (!unit_by_id(c, parent_id, "parent_id", out) || !account_require(c, RIGHT_UNIT_MANAGE, out->path))
		return false;
	return unit_valid_on(out, day) || error_set(c->err, ERR_unit_parent_ended, "parent_id", NULL);
}

bool unit_create(struct call *c, const struct unit_input *input, struct unit *out)
{
	struct civil_date since = input->valid_from.year ? input->valid_from : civil_date_of(c->now);
	struct unit parent = { 0 };
	struct unit_kind kind = { 0 };
	if (!find_parent(c, input->parent_id, since, &parent) || !find_kind(c, input->kind, &kind))
		return false;
	*out = (struct unit){
		.id = id_next(c->now),
		.code = text_trim(c->mem, input->code),
		.kind = kind.code,
		.kind_position = kind.position,
		.line = input->line ? input->line : kind.line,
		.parent_id = parent.id,
		.parent_name = parent.name,
		.territory = clean_optional(c, input->territory),
		.valid_from = since,
		.version = 1,
	};
	if (!unit_code_valid(out->code))
		return error_set(c->err, ERR_unit_code_invalid, "code", NULL);
	if (!clean_name(c, input->name, "name", &out->name))
		return false;
	out->name_en = clean_optional(c, input->name_en);
	if (!out->name_en)
		out->name_en = out->name;
	out->path = unit_path_make(c->mem, parent.path, out->code);
	out->province_id = unit_province_of(out->id, out->kind, &parent);
	if (unit_path_depth(out->path) > UNIT_DEPTH_MAX)
		return error_set(c->err, ERR_unit_too_deep, "parent_id", NULL);

	bool duplicate = false;
	if (!unit_store_insert(c, out, &duplicate))
		return duplicate ? error_set(c->err, ERR_duplicate, "code", NULL) : false;
	return changed(c, "unit.created", NULL, out);
}

static bool version_is(struct call *c, const struct unit *unit, int64_t version)
{
	if (unit->version == version)
		return true;
	return error_set(c->err, ERR_stale_version, NULL,
			 arena_printf(c->mem, "%lld", (long long)unit->version), NULL);
}

static bool change_kind(struct call *c, const struct unit_input *input, struct unit *unit)
{
	if (!input->kind || text_equal(input->kind, unit->kind))
		return true;
	struct unit_kind kind = { 0 };
	if (!find_kind(c, input->kind, &kind))
		return false;
	if (text_equal(kind.code, "province") || text_equal(unit->kind, "province"))
		return error_set(c->err, ERR_unit_kind_fixed, "kind", NULL);
	unit->kind = kind.code;
	unit->kind_position = kind.position;
	return true;
}

static bool change_fields(struct call *c, const struct unit_input *input, struct unit *unit)
{
	if (input->name && !clean_name(c, input->name, "name", &unit->name))
		return false;
	if (input->name_en && !clean_name(c, input->name_en, "name_en", &unit->name_en))
		return false;
	if (input->line)
		unit->line = input->line;
	if (input->territory)
		unit->territory = clean_optional(c, input->territory);
	if (input->valid_from.year)
		unit->valid_from = input->valid_from;
	return change_kind(c, input, unit);
}

/* Process-wide: what unit_moved_set gave. */
static const unit_moved *moved_told;

void unit_moved_set(const unit_moved *told)
{
	moved_told = told;
}

static bool move_unit(struct call *c, id parent_id, struct unit *unit)
{
	struct unit parent = { 0 };
	int below = 0;
	if (!find_parent(c, parent_id, civil_date_of(c->now), &parent) ||
	    !unit_store_depth_below(c, unit->path, &below) || !unit_move_check(unit, &parent, below, c->err))
		return false;
	const char *path = unit_path_make(c->mem, parent.path, unit->code);
	id province = unit_province_of(unit->id, unit->kind, &parent);
	if (!unit_store_move(c, unit->path, path, unit->province_id, province) ||
	    !account_unit_moved(c, unit->path, path))
		return false;
	for (const unit_moved *told = moved_told; told && *told; told++)
		if (!(*told)(c, unit->path, path))
			return false;
	unit->parent_id = parent.id;
	unit->path = path;
	unit->province_id = province;
	return true;
}

/* The unit for changing, when the caller may and it still stands. */
static bool open_unit(struct call *c, id unit_id, struct unit *out)
{
	bool found;
	if (!unit_store_by_id(c, unit_id, &found, out))
		return false;
	if (!found)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return account_require(c, RIGHT_UNIT_MANAGE, out->path);
}

bool unit_change(struct call *c, id unit_id, int64_t version, const struct unit_input *input, struct unit *out)
{
	if (!open_unit(c, unit_id, out) || !version_is(c, out, version))
		return false;
	if (out->valid_to.year)
		return error_set(c->err, ERR_unit_ended, NULL, out->name, NULL);
	struct unit before = *out;
	if (!change_fields(c, input, out))
		return false;
	if (input->parent_id && input->parent_id != out->parent_id && !move_unit(c, input->parent_id, out))
		return false;
	out->version++;
	return unit_store_update(c, out) && changed(c, "unit.changed", &before, out);
}

bool unit_merge(struct call *c, id unit_id, id successor_id, struct civil_date on, struct unit *out)
{
	struct unit successor = { 0 };
	if (!open_unit(c, unit_id, out) || !unit_by_id(c, successor_id, "successor_id", &successor) ||
	    !account_require(c, RIGHT_UNIT_MANAGE, successor.path) ||
	    !unit_merge_check(out, &successor, on, c->err))
		return false;
	int64_t children;
	if (!unit_store_count_from(c, unit_id, on, &children))
		return false;
	if (children)
		return error_set(c->err, ERR_unit_has_children, NULL, out->name,
				 arena_printf(c->mem, "%lld", (long long)children), NULL);
	struct unit before = *out;
	out->valid_to = on;
	out->successor_id = successor.id;
	out->version++;
	return unit_store_update(c, out) && changed(c, "unit.merged", &before, out);
}
