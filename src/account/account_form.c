#include "account/account_manage.h"

#include <string.h>

#include "account/account_key.h"
#include "account/session.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/embed.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "unit/unit.h"

/* The account's form: filled in, proposed or made, changed. */

enum { TAIL_LETTERS = 3 };

bool leader_categories(struct call *c, struct leader_category **out, size_t *count)
{
	const struct embedded_file *file = embedded_find("data/leader-categories.csv");
	struct csv csv;
	*out = NULL;
	*count = 0;
	if (file == NULL)
		return error_internal(c->err, "the categories of leaders are not in the program");
	if (!csv_parse(c->mem, (const char *)file->data, file->size, &csv, c->err))
		return false;
	int no = csv_column(&csv, "no");
	int name = csv_column(&csv, "category");
	if (no < 0 || name < 0)
		return error_internal(c->err, "the categories of leaders have other columns");
	*out = ARENA_ARRAY(c->mem, struct leader_category, csv.rows);
	*count = csv.rows;
	for (size_t i = 0; i < csv.rows; i++) {
		int64_t number;
		if (!text_to_int(csv.cells[i][no], 1, 1000, &number))
			return error_internal(c->err, "a category of leaders has no number");
		(*out)[i] = (struct leader_category){ (int)number, csv.cells[i][name] };
	}
	return true;
}

static bool category_known(struct call *c, int no)
{
	struct leader_category *categories;
	size_t count;
	if (!leader_categories(c, &categories, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (categories[i].no == no)
			return true;
	return error_set(c->err, ERR_leader_category_unknown, "leader_category", NULL);
}

static const char *or_none(struct arena *mem, const char *text)
{
	const char *trimmed = text_trim(mem, text);
	return *trimmed != '\0' ? trimmed : NULL;
}

static const char *tail(struct arena *mem, const char *text)
{
	size_t length = strlen(text);
	return arena_strdup(mem, length > TAIL_LETTERS ? text + length - TAIL_LETTERS : text);
}

static bool fill_citizen_number(struct call *c, struct account_row *row, const char *number)
{
	bool taken;
	number = or_none(c->mem, number);
	if (number == NULL) {
		row->citizen_sealed = row->citizen_index = row->citizen_tail = NULL;
		return true;
	}
	if (!citizen_number_valid(number))
		return error_set(c->err, ERR_citizen_number_invalid, "citizen_number", NULL);
	row->citizen_tail = tail(c->mem, number);
	if (!personal_seal(c, row->id, "citizen_number", number, &row->citizen_sealed) ||
	    !personal_index(c, "citizen_number", number, &row->citizen_index) ||
	    !account_citizen_taken(c, row->citizen_index, row->id, &taken))
		return false;
	return !taken || error_set(c->err, ERR_citizen_number_taken, "citizen_number", NULL);
}

static bool fill_mobile(struct call *c, struct account_row *row, const char *number)
{
	number = or_none(c->mem, number);
	if (number == NULL) {
		row->mobile_sealed = row->mobile_tail = NULL;
		return true;
	}
	if (!mobile_valid(number))
		return error_set(c->err, ERR_mobile_invalid, "mobile", NULL);
	row->mobile_tail = tail(c->mem, number);
	return personal_seal(c, row->id, "mobile", number, &row->mobile_sealed);
}

static bool fill_email(struct call *c, struct account_row *row, const char *email)
{
	row->email = or_none(c->mem, email);
	return row->email == NULL || email_valid(row->email) ||
	       error_set(c->err, ERR_email_invalid, "email", NULL);
}

static bool fill_name(struct call *c, struct account_row *row, const char *full_name)
{
	row->full_name = or_none(c->mem, full_name);
	if (row->full_name == NULL)
		return error_set(c->err, ERR_field_required, "full_name", NULL);
	row->fold = text_fold(c->mem, arena_printf(c->mem, "%s %s", row->full_name, row->username));
	return true;
}

/* What the form says into the row, checked. */
static bool fill(struct call *c, struct account_row *row, const struct account_input *input)
{
	if (input->full_name != NULL && !fill_name(c, row, input->full_name))
		return false;
	if (input->position != NULL)
		row->position = or_none(c->mem, input->position);
	if (input->email != NULL && !fill_email(c, row, input->email))
		return false;
	if (input->mobile != NULL && !fill_mobile(c, row, input->mobile))
		return false;
	if (input->citizen_number != NULL && !fill_citizen_number(c, row, input->citizen_number))
		return false;
	if (input->leader_category > 0 && !category_known(c, input->leader_category))
		return false;
	if (input->leader_category >= 0)
		row->leader_category = input->leader_category;
	return true;
}

static bool insert_grants(struct call *c, const struct account_row *row, const struct account_input *input,
			  enum right right)
{
	for (size_t i = 0; i < input->grant_count; i++) {
		const char *field = arena_printf(c->mem, "grants/%zu/unit_id", i);
		struct unit unit;
		bool taken;
		if (!unit_by_id(c, input->grants[i].unit_id, field, &unit) ||
		    !account_require(c, right, unit.path))
			return false;
		struct grant_row grant = {
			.grant = { .id = id_next(c->now), .role = input->grants[i].role, .unit_id = unit.id,
				   .unit_path = unit.path },
			.account_id = row->id,
			.granted_by = c->actor != NULL ? c->actor->account_id : 0,
			.granted_at = c->now,
		};
		if (!grant_insert(c, &grant, &taken))
			return taken ? error_set(c->err, ERR_grant_taken, field, NULL) : false;
	}
	return true;
}

const char *account_created_json(struct call *c, enum account_state state, const enum role *roles,
				 size_t count)
{
	struct buf buf;
	struct json json;
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "state", account_state_word(state));
	json_array(&json, "roles");
	for (size_t i = 0; i < count; i++)
		json_text(&json, NULL, role_word(roles[i]));
	json_end(&json);
	json_end(&json);
	return buf.data;
}

static const char *created_json(struct call *c, const struct account_row *row,
				const struct account_input *input)
{
	enum role *roles = ARENA_ARRAY(c->mem, enum role, input->grant_count);
	for (size_t i = 0; i < input->grant_count; i++)
		roles[i] = input->grants[i].role;
	return account_created_json(c, row->state, roles, input->grant_count);
}

bool account_create(struct call *c, const struct account_input *input, const char *password_hash, id *out)
{
	struct unit unit;
	if (!unit_by_id(c, input->unit_id, "unit_id", &unit))
		return false;
	bool manages = account_may(c, RIGHT_ACCOUNT_MANAGE, unit.path);
	enum right right = manages ? RIGHT_ACCOUNT_MANAGE : RIGHT_ACCOUNT_PROPOSE;
	if (!account_require(c, right, unit.path))
		return false;
	if (!username_valid(input->username))
		return error_set(c->err, ERR_username_invalid, "username", NULL);
	struct account_row row = {
		.id = id_next(c->now),
		.username = input->username,
		.unit_id = unit.id,
		.unit_path = unit.path,
		.state = manages ? ACCOUNT_ACTIVE : ACCOUNT_PROPOSED,
		.password_hash = manages ? password_hash : NULL,
		.password_at = manages ? c->now : 0,
		.must_change_password = true,
		.enabled_at = manages ? c->now : 0,
		.created_by = c->actor != NULL ? c->actor->account_id : 0,
		.created_at = c->now,
		.version = 1,
	};
	*out = row.id;
	return fill(c, &row, input) && account_row_insert(c, &row) && insert_grants(c, &row, input, right) &&
	       account_event(c, "account.created", &row, NULL, created_json(c, &row, input));
}

/* Old and new of what is no personal datum, and the names of what else was changed. */
static const char *row_json(struct call *c, const struct account_row *row, const struct account_input *input)
{
	struct buf buf;
	struct json json;
	const struct {
		const char *name, *value;
	} personal[] = {
		{ "full_name", input->full_name },
		{ "email", input->email },
		{ "mobile", input->mobile },
		{ "citizen_number", input->citizen_number },
	};
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "unit", row->unit_path);
	json_text(&json, "position", row->position);
	json_int(&json, "leader_category", row->leader_category);
	json_array(&json, "fields");
	for (size_t i = 0; i < sizeof(personal) / sizeof(personal[0]); i++)
		if (personal[i].value != NULL)
			json_text(&json, NULL, personal[i].name);
	json_end(&json);
	json_end(&json);
	return buf.data;
}

/* The same reach that account.c asks for: the unit and all grants. */
static bool manages_all(struct call *c, const struct account_full *account)
{
	if (!account_require(c, RIGHT_ACCOUNT_MANAGE, account->row.unit_path))
		return false;
	for (size_t i = 0; i < account->grant_count; i++)
		if (!account_require(c, RIGHT_ACCOUNT_MANAGE, account->grants[i].grant.unit_path))
			return false;
	return true;
}

static bool move_unit(struct call *c, struct account_row *row, id unit_id)
{
	struct unit unit;
	if (unit_id == 0 || unit_id == row->unit_id)
		return true;
	if (!unit_by_id(c, unit_id, "unit_id", &unit) || !account_require(c, RIGHT_ACCOUNT_MANAGE, unit.path))
		return false;
	row->unit_id = unit.id;
	row->unit_path = unit.path;
	return true;
}

bool account_change(struct call *c, id account_id, int64_t version, const struct account_input *input)
{
	struct account_full account;
	if (!account_read(c, account_id, &account) || !manages_all(c, &account))
		return false;
	struct account_row *row = &account.row;
	if (row->version != version)
		return error_set(c->err, ERR_stale_version, NULL,
				 arena_printf(c->mem, "%lld", (long long)row->version), NULL);
	const char *before = row_json(c, row, input);
	if (!move_unit(c, row, input->unit_id) || !fill(c, row, input))
		return false;
	row->version++;
	return account_row_save(c, row) &&
	       account_event(c, "account.changed", row, before, row_json(c, row, input));
}
