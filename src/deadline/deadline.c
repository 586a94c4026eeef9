#include "deadline/deadline.h"

#include "account/account.h"
#include "audit/audit.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/embed.h"
#include "base/text.h"
#include "deadline/deadline_store.h"
#include "unit/unit.h"

static const struct civil_date first_day = { 1900, 1, 1 }, last_day = { 2999, 12, 31 };

bool deadline_holidays(struct call *c, struct holidays *out)
{
	struct holiday *rows;
	size_t count;
	if (!holiday_store_range(c, first_day, last_day, &rows, &count))
		return false;
	struct civil_date *days = ARENA_ARRAY(c->mem, struct civil_date, count);
	for (size_t i = 0; i < count; i++)
		days[i] = rows[i].date;
	*out = (struct holidays){ days, count };
	return true;
}

static bool import_file(struct call *c, const struct embedded_file *file)
{
	struct csv csv;
	if (!csv_parse(c->mem, (const char *)file->data, file->size, &csv, c->err))
		return false;
	int date = csv_column(&csv, "date"), name = csv_column(&csv, "name"), kind = csv_column(&csv, "kind");
	if (date < 0 || name < 0 || kind < 0)
		return error_internal(c->err, "%s lacks a column", file->path);
	for (size_t row = 0; row < csv.rows; row++) {
		struct holiday holiday = { .name = csv.cells[row][name], .kind = csv.cells[row][kind] };
		if (!civil_parse_date(csv.cells[row][date], &holiday.date))
			return error_internal(c->err, "%s: row %zu has no date", file->path, row + 2);
		if (!holiday_store_put_new(c, &holiday))
			return false;
	}
	return true;
}

bool deadline_import_official(struct call *c)
{
	size_t count;
	const struct embedded_file *files = embedded_range("data/holidays-", &count);
	for (size_t i = 0; i < count; i++)
		if (!import_file(c, &files[i]))
			return false;
	return true;
}

bool holiday_list(struct call *c, int year, struct holiday **out, size_t *count)
{
	struct civil_date first = { year, 1, 1 }, end = { year + 1, 1, 1 };
	struct unit root;
	if (!unit_root(c, &root) || !account_require(c, RIGHT_UNIT_READ, root.path))
		return false;
	return holiday_store_range(c, year ? first : first_day, year ? end : last_day, out, count);
}

static const char *event_json(struct call *c, const struct holiday *holiday)
{
	struct buf buf;
	struct json json;
	char date[CIVIL_TEXT_MAX];
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "date", civil_format_date(holiday->date, date));
	json_text(&json, "name", holiday->name);
	json_text(&json, "kind", holiday->kind);
	json_end(&json);
	return buf.data;
}

static bool tell(struct call *c, const struct holiday *before, const struct holiday *after)
{
	struct unit root;
	if (!unit_root(c, &root))
		return false;
	struct event event = {
		.kind = "holiday.changed",
		.unit_id = root.id,
		.unit_path = root.path,
		.subject_kind = "holiday",
		.before = before ? event_json(c, before) : NULL,
		.after = after ? event_json(c, after) : NULL,
	};
	return event_write(c, &event, NULL);
}

bool holiday_put(struct call *c, const struct holiday *holiday)
{
	bool found;
	struct holiday before, after = *holiday;
	if (!account_require_system(c) || !holiday_store_find(c, holiday->date, &found, &before))
		return false;
	after.name = text_trim(c->mem, holiday->name);
	after.kind = text_trim(c->mem, holiday->kind);
	if (!*after.name || !*after.kind)
		return error_set(c->err, ERR_field_required, *after.name ? "kind" : "name", NULL);
	return holiday_store_put(c, &after) && tell(c, found ? &before : NULL, &after);
}

bool holiday_remove(struct call *c, struct civil_date date)
{
	bool found;
	struct holiday before;
	if (!account_require_system(c) || !holiday_store_find(c, date, &found, &before))
		return false;
	if (!found)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return holiday_store_remove(c, date) && tell(c, &before, NULL);
}
