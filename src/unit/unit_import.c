/* The official units the program carries: the centre, provinces, communes, and the usual departments of a province. */
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/embed.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "unit/unit.h"
#include "unit/unit_rules.h"
#include "unit/unit_store.h"

static const struct civil_date reform_day = { 2025, 7, 1 }; /* the two-level local government */

struct import {
	struct call *call;
	const char **codes; /* units that are there already, sorted */
	size_t code_count;
	struct unit *added;
	size_t count, room;
	struct unit *provinces;
	size_t province_count;
};

/* An embedded CSV with its columns' places; a file that is not as the program was built with is a defect. */
static bool read_csv(struct call *c, const char *path, struct csv *out, const char *const *names, int *columns,
		     size_t count)
{
	const struct embedded_file *file = embedded_find(path);
	if (!file)
		return error_internal(c->err, "%s is not carried by the program", path);
	if (!csv_parse(c->mem, (const char *)file->data, file->size, out, c->err))
		return false;
	for (size_t i = 0; i < count; i++) {
		columns[i] = csv_column(out, names[i]);
		if (columns[i] < 0)
			return error_internal(c->err, "%s has no column %s", path, names[i]);
	}
	return true;
}

static int compare_codes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_there(const struct import *im, const char *code)
{
	return bsearch(&code, im->codes, im->code_count, sizeof(*im->codes), compare_codes) != NULL;
}

static bool read_existing(struct import *im)
{
	struct unit *units;
	size_t count;
	if (!unit_store_all(im->call, &units, &count))
		return false;
	im->codes = ARENA_ARRAY(im->call->mem, const char *, count + 1);
	for (size_t i = 0; i < count; i++)
		im->codes[i] = units[i].code;
	im->code_count = count;
	qsort(im->codes, count, sizeof(*im->codes), compare_codes);
	return true;
}

/* The unit as it will stand; taken up for insertion unless its code is there. `out` gets it either way. */
static bool add_unit(struct import *im, const struct unit *parent, struct unit unit, struct unit *out)
{
	struct call *c = im->call;
	if (is_there(im, unit.code))
		return unit_by_code(c, unit.code, NULL, out);
	if (im->count == im->room)
		return error_internal(c->err, "more units than counted");
	unit.id = id_next(c->now);
	unit.parent_id = parent ? parent->id : 0;
	unit.path = unit_path_make(c->mem, parent ? parent->path : "", unit.code);
	unit.province_id = unit_province_of(unit.id, unit.kind, parent);
	unit.line = "state";
	unit.version = 1;
	im->added[im->count++] = unit;
	*out = unit;
	return true;
}

static bool import_kinds(struct call *c)
{
	enum { CODE, NAME, NAME_EN, LINE, POSITION, COLUMNS };
	static const char *const names[COLUMNS] = { "code", "name", "name_en", "line", "position" };
	int at[COLUMNS] = { 0 };
	struct csv csv = { 0 };
	if (!read_csv(c, "data/unit-kinds.csv", &csv, names, at, COLUMNS))
		return false;
	for (size_t row = 0; row < csv.rows; row++) {
		const char **cells = csv.cells[row];
		int64_t position;
		if (!text_to_int(cells[at[POSITION]], 0, 1000, &position))
			return error_internal(c->err, "data/unit-kinds.csv: row %zu has no position", row + 2);
		struct unit_kind kind = { cells[at[CODE]], cells[at[NAME]], cells[at[NAME_EN]], cells[at[LINE]],
					  (int)position };
		if (!unit_store_put_kind(c, &kind))
			return false;
	}
	return true;
}

static const struct unit *province_of_code(const struct import *im, const char *code)
{
	for (size_t i = 0; i < im->province_count; i++)
		if (strcmp(im->provinces[i].code, code) == 0)
			return &im->provinces[i];
	return NULL;
}

enum { UNIT_CODE, UNIT_LEVEL, UNIT_FULL_NAME, UNIT_NAME_EN, UNIT_PROVINCE, UNIT_COLUMNS };

static bool import_places(struct import *im, const struct csv *csv, const int *at, const char *level,
			  const struct unit *centre)
{
	bool provinces = strcmp(level, "province") == 0;
	for (size_t row = 0; row < csv->rows; row++) {
		const char **cells = csv->cells[row];
		if (strcmp(cells[at[UNIT_LEVEL]], level) != 0)
			continue;
		const struct unit *parent = provinces ? centre : province_of_code(im, cells[at[UNIT_PROVINCE]]);
		if (!parent)
			return error_internal(im->call->err, "data/admin-units.csv: row %zu lies nowhere", row + 2);
		struct unit made = {
			.code = cells[at[UNIT_CODE]],
			.name = cells[at[UNIT_FULL_NAME]],
			.name_en = cells[at[UNIT_NAME_EN]],
			.kind = level,
			.territory = cells[at[UNIT_CODE]],
			.valid_from = reform_day,
		};
		if (!add_unit(im, parent, made, &made))
			return false;
		if (provinces)
			im->provinces[im->province_count++] = made;
	}
	return true;
}

/* A name with the level in braces: in a city the first two words of the city's name stand there, in lower case. */
static const char *department_name(struct arena *mem, const char *pattern, const struct unit *province)
{
	const char *open = strchr(pattern, '{'), *close = open ? strchr(open, '}') : NULL;
	if (!close)
		return pattern;
	size_t word = (size_t)(close - open) - 1;
	const char *level = arena_strndup(mem, open + 1, word);
	/* The other word for the level stands in the name of the province itself. */
	if (text_starts(text_fold(mem, province->name), "thanh pho ")) {
		const char *space = strchr(province->name, ' ');
		space = space ? strchr(space + 1, ' ') : NULL;
		if (space) {
			char *city = arena_strndup(mem, province->name, (size_t)(space - province->name));
			city[0] = (char)(city[0] - 'A' + 'a');
			level = city;
		}
	}
	return arena_printf(mem, "%.*s%s%s", (int)(open - pattern), pattern, level, close + 1);
}

static bool import_departments(struct import *im, const struct csv *csv, const int *at)
{
	struct arena *mem = im->call->mem;
	for (size_t i = 0; i < im->province_count; i++) {
		const struct unit *province = &im->provinces[i];
		for (size_t row = 0; row < csv->rows; row++) {
			const char **cells = csv->cells[row];
			struct unit made = {
				.code = arena_printf(mem, "%s-%s", province->code, cells[at[0]]),
				.name = department_name(mem, cells[at[1]], province),
				.name_en = cells[at[2]],
				.kind = "department",
				.valid_from = reform_day,
			};
			if (!add_unit(im, province, made, &made))
				return false;
		}
	}
	return true;
}

static bool write_imported(struct import *im, const struct unit *centre)
{
	struct call *c = im->call;
	if (im->count == 0)
		return true;
	if (!unit_store_insert_many(c, im->added, im->count) || !unit_store_set_generation(c, id_next(c->now)))
		return false;

	struct buf buf;
	struct json json;
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_int(&json, "units", (int64_t)im->count);
	json_end(&json);
	struct event event = {
		.kind = "unit.imported",
		.unit_id = centre->id,
		.unit_path = centre->path,
		.subject_kind = "unit",
		.subject_id = centre->id,
		.after = buf.data,
	};
	return event_write(c, &event, NULL);
}

static bool import_centre(struct import *im, struct unit *out)
{
	enum { CODE, NAME, NAME_EN, KIND, VALID_FROM, COLUMNS };
	static const char *const names[COLUMNS] = { "code", "name", "name_en", "kind", "valid_from" };
	int at[COLUMNS] = { 0 };
	struct csv csv = { 0 };
	if (!read_csv(im->call, "data/central-units.csv", &csv, names, at, COLUMNS))
		return false;
	struct civil_date since = { 0 };
	if (csv.rows != 1 || !civil_parse_date(csv.cells[0][at[VALID_FROM]], &since))
		return error_internal(im->call->err, "data/central-units.csv does not name one centre");
	const char **cells = csv.cells[0];
	struct unit centre = {
		.code = cells[at[CODE]],
		.name = cells[at[NAME]],
		.name_en = cells[at[NAME_EN]],
		.kind = cells[at[KIND]],
		.valid_from = since,
	};
	return add_unit(im, NULL, centre, out);
}

static void make_room(struct import *im, const struct csv *places, int level, size_t departments)
{
	size_t provinces = 0;
	for (size_t row = 0; row < places->rows; row++)
		if (strcmp(places->cells[row][level], "province") == 0)
			provinces++;
	im->room = 1 + places->rows + provinces * departments;
	im->added = ARENA_ARRAY(im->call->mem, struct unit, im->room);
	im->provinces = ARENA_ARRAY(im->call->mem, struct unit, provinces);
}

bool unit_import_official(struct call *c)
{
	static const char *const unit_columns[UNIT_COLUMNS] = { "code", "level", "full_name", "name_en",
								"province_code" };
	static const char *const department_columns[] = { "code", "name", "name_en" };
	enum { DEPARTMENT_COLUMNS = 3 };
	int unit_at[UNIT_COLUMNS] = { 0 }, department_at[DEPARTMENT_COLUMNS] = { 0 };
	struct csv places = { 0 }, departments = { 0 };
	if (!import_kinds(c) ||
	    !read_csv(c, "data/admin-units.csv", &places, unit_columns, unit_at, UNIT_COLUMNS) ||
	    !read_csv(c, "data/departments.csv", &departments, department_columns, department_at, DEPARTMENT_COLUMNS))
		return false;

	struct import im = { .call = c };
	if (!read_existing(&im))
		return false;
	make_room(&im, &places, unit_at[UNIT_LEVEL], departments.rows);
	struct unit centre = { 0 };
	return import_centre(&im, &centre) && import_places(&im, &places, unit_at, "province", &centre) &&
	       import_places(&im, &places, unit_at, "commune", NULL) &&
	       import_departments(&im, &departments, department_at) && write_imported(&im, &centre);
}
