#include "account/account_api.h"

#include <string.h>

#include "account/account_manage.h"
#include "account/account_policy.h"
#include "account/account_shapes.h"
#include "base/arena.h"
#include "base/error.h"
#include "unit/unit.h"

/* The table of rights as a page, the settings, the categories of leaders, and the first set-up. */

static const struct field cell_fields[] = {
	{ .name = "role", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = ROLE_CHOICES },
	{ .name = "right", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "relations", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT,
	  .about = "own, below, above, elsewhere: what the unit asked about is to the unit of the grant." },
	{ 0 },
};
static const struct shape cell_shape = { "RightCell", cell_fields };

static const struct field rights_fields[] = {
	{ .name = "roles", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT },
	{ .name = "rights", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT },
	{ .name = "cells", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &cell_shape },
	{ 0 },
};
static const struct shape rights_shape = { "RightTable", rights_fields };

static const struct field category_fields[] = {
	{ .name = "no", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape category_shape = { "LeaderCategory", category_fields };

static const struct field categories_fields[] = {
	{ .name = "categories", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &category_shape },
	{ 0 },
};
static const struct shape categories_shape = { "LeaderCategoryList", categories_fields };

static const struct field setting_fields[] = {
	{ .name = "key", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "number|roles|networks|unit" },
	{ .name = "value", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "default", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "low", .type = FIELD_INT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "high", .type = FIELD_INT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "Beyond low and high the rules allow nothing." },
	{ .name = "changed_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "changed_by", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ 0 },
};
static const struct shape setting_shape = { "Setting", setting_fields };

static const struct field settings_fields[] = {
	{ .name = "settings", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &setting_shape },
	{ 0 },
};
static const struct shape settings_shape = { "SettingList", settings_fields };

static const struct field value_fields[] = {
	{ .name = "key", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = 60 },
	{ .name = "value", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = NETWORKS_MAX },
	{ 0 },
};
static const struct shape value_shape = { "SettingValue", value_fields };

static const struct field values_fields[] = {
	{ .name = "settings", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &value_shape, .min = 1,
	  .max = 50 },
	{ 0 },
};
static const struct shape values_shape = { "SettingValues", values_fields };

static const struct field setup_fields[] = {
	{ .name = "token", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET, .min = 1, .max = 100 },
	{ .name = "username", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = USERNAME_MAX },
	{ .name = "password", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_SECRET, .min = 1,
	  .max = PASSWORD_MAX },
	{ .name = "full_name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = 200 },
	{ 0 },
};
static const struct shape setup_shape = { "FirstAdministrator", setup_fields };

static const struct field first_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "username", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ 0 },
};
static const struct shape first_shape = { "FirstAdministratorMade", first_fields };

static void write_relations(struct json *json, enum role role, enum right right)
{
	static const struct {
		enum relation relation;
		const char *word;
	} relations[] = {
		{ RELATION_OWN, "own" },
		{ RELATION_BELOW, "below" },
		{ RELATION_ABOVE, "above" },
		{ RELATION_ELSEWHERE, "elsewhere" },
	};
	json_array(json, "relations");
	for (size_t i = 0; i < sizeof(relations) / sizeof(relations[0]); i++)
		if (right_allows(role, right, relations[i].relation))
			json_text(json, NULL, relations[i].word);
	json_end(json);
}

static void write_cells(struct json *json)
{
	json_array(json, "cells");
	for (int role = 0; role < ROLE_COUNT; role++) {
		for (int right = 0; right < RIGHT_COUNT; right++) {
			json_object(json, NULL);
			json_text(json, "role", role_word((enum role)role));
			json_text(json, "right", right_word((enum right)right));
			write_relations(json, (enum role)role, (enum right)right);
			json_end(json);
		}
	}
	json_end(json);
}

static bool rights_get(struct request *r)
{
	struct json *json = &r->json;
	if (!account_require(&r->call, RIGHT_SELF, NULL))
		return false;
	json_object(json, NULL);
	json_array(json, "roles");
	for (int role = 0; role < ROLE_COUNT; role++)
		json_text(json, NULL, role_word((enum role)role));
	json_end(json);
	json_array(json, "rights");
	for (int right = 0; right < RIGHT_COUNT; right++)
		json_text(json, NULL, right_word((enum right)right));
	json_end(json);
	write_cells(json);
	json_end(json);
	return true;
}

static bool categories_get(struct request *r)
{
	struct leader_category *categories;
	size_t count;
	if (!account_require(&r->call, RIGHT_SELF, NULL) || !leader_categories(&r->call, &categories, &count))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "categories");
	for (size_t i = 0; i < count; i++) {
		json_object(&r->json, NULL);
		json_int(&r->json, "no", categories[i].no);
		json_text(&r->json, "name", categories[i].name);
		json_end(&r->json);
	}
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static void write_setting(struct json *json, const struct setting *setting, const struct setting_row *row,
			  const char *changed_by)
{
	char number[24];
	const char *normal = setting_default(setting, number, sizeof(number));
	json_object(json, NULL);
	json_text(json, "key", setting->key);
	json_text(json, "kind", setting_kind_word(setting->kind));
	json_text(json, "value", row != NULL ? row->value : normal);
	json_text(json, "default", normal);
	if (setting->kind == SETTING_NUMBER) {
		json_int(json, "low", setting->low);
		json_int(json, "high", setting->high);
	} else {
		json_null(json, "low");
		json_null(json, "high");
	}
	json_instant(json, "changed_at", row != NULL ? row->changed_at : 0);
	json_text(json, "changed_by", changed_by);
	json_end(json);
}

static bool write_settings(struct request *r)
{
	struct setting_row *rows;
	size_t count;
	if (!setting_list(&r->call, &rows, &count))
		return false;
	id *ids = ARENA_ARRAY(r->call.mem, id, count);
	const char **names = ARENA_ARRAY(r->call.mem, const char *, count);
	for (size_t i = 0; i < count; i++)
		ids[i] = rows[i].changed_by;
	if (!account_names(&r->call, ids, count, names))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "settings");
	for (size_t i = 0; i < setting_count; i++) {
		size_t at = 0;
		while (at < count && strcmp(rows[at].key, settings[i].key) != 0)
			at++;
		bool known = at < count;
		write_setting(&r->json, &settings[i], known ? &rows[at] : NULL, known ? names[at] : NULL);
	}
	json_end(&r->json);
	json_end(&r->json);
	return true;
}

static bool settings_get(struct request *r)
{
	return write_settings(r);
}

static bool settings_put(struct request *r)
{
	const json_t *values = json_object_get(r->body, "settings");
	for (size_t i = 0; i < json_array_size(values); i++) {
		const json_t *value = json_array_get(values, i);
		if (!account_setting_set(&r->call, json_get_text(value, "key"),
					 json_get_text(value, "value")))
			return false;
	}
	return write_settings(r);
}

static bool setup_prepare(struct request *r)
{
	struct first_administrator *first = ARENA_NEW(r->call.mem, struct first_administrator);
	first->token = json_get_text(r->body, "token");
	first->username = json_get_text(r->body, "username");
	first->password = json_get_text(r->body, "password");
	first->full_name = json_get_text(r->body, "full_name");
	r->prepared = first;
	return setup_check(&r->call, first);
}

static bool setup_post(struct request *r)
{
	struct first_administrator *first = r->prepared;
	id account_id;
	if (!setup_act(&r->call, first, &account_id))
		return false;
	json_object(&r->json, NULL);
	json_id(&r->json, "id", account_id);
	json_text(&r->json, "username", first->username);
	json_end(&r->json);
	return true;
}

static const struct route routes[] = {
	{ "GET", "/api/rights", "self", ROUTE_SHARED, CLASS_READ, 0, NULL, NULL, &rights_shape, NULL,
	  rights_get, "The table of rights: what each role may do, and where." },
	{ "GET", "/api/leader-categories", "self", ROUTE_SHARED, CLASS_READ, 0, NULL, NULL, &categories_shape,
	  NULL, categories_get, "The categories of leaders." },
	{ "GET", "/api/settings", "system.manage", ROUTE_NO_TOKEN, CLASS_ACCOUNT, 0, NULL, NULL,
	  &settings_shape, NULL, settings_get, "Settings of accounts and sessions, with their floors." },
	{ "PUT", "/api/settings", "system.manage", ROUTE_NO_TOKEN | ROUTE_SUDO, CLASS_ACCOUNT, 0, NULL,
	  &values_shape,
	  &settings_shape, NULL, settings_put, "Change settings: all of those given, or none." },
	{ "POST", "/api/setup", NULL, ROUTE_PUBLIC | ROUTE_SLOW | ROUTE_CREATES, CLASS_ACCOUNT, 4096, NULL,
	  &setup_shape, &first_shape, setup_prepare, setup_post,
	  "Make the first administrator with the one-time token, while there is none." },
};

const struct route_table security_routes = { "security", routes, sizeof(routes) / sizeof(routes[0]) };
