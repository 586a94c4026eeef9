#include "account/account.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "sheet/sheet.h"
#include "submission/grid.h"
#include "submission/sheet_form.h"
#include "submission/submission_handlers.h"

static const struct field fault_fields[] = {
	{ .name = "column", .type = FIELD_TEXT, .flags = FIELD_REQUIRED,
	  .about = "The letter of the column." },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape fault_shape = { NULL, fault_fields };

static const struct field row_fields[] = {
	{ .name = "line", .type = FIELD_INT, .flags = FIELD_REQUIRED,
	  .about = "As the spreadsheet numbers it." },
	{ .name = "indicator_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "numerator", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "denominator", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "value", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "In the API's form, or as written when it cannot be read." },
	{ .name = "text", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "note", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "nil", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "errors", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &fault_shape },
	{ .name = NULL },
};
static const struct shape row_shape = { "SheetRow", row_fields };

static const struct field reply_fields[] = {
	{ .name = "rows", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &row_shape },
	{ .name = "valid", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "invalid", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape sheet_reply_shape = { NULL, reply_fields };

/* The file, made on the slow queue. */
struct prepared_sheet {
	const char *bytes;
	size_t size;
	const char *disposition;
};

/* Figures that leave the system are logged. */
static bool record_export(struct call *c, const struct grid *grid)
{
	const struct work *work = &grid->work;
	char text[PERIOD_TEXT_MAX];
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "period", period_format(work->s.period, text));
	json_int(&json, "version", work->s.version);
	json_end(&json);
	struct event event = {
		.kind = "sheet.exported",
		.unit_id = work->unit.id,
		.unit_path = work->unit.path,
		.subject_kind = "submission",
		.subject_id = work->s.id,
		.after = buf.data,
	};
	return event_record(c, &event);
}

bool sheet_get_prepare(struct request *r)
{
	struct prepared_sheet *prepared = ARENA_NEW(r->call.mem, struct prepared_sheet);
	id submission_id = request_path_id(r, "id");
	char text[PERIOD_TEXT_MAX];
	struct sheet_page page;
	struct grid grid;

	if (submission_id == 0 || !grid_load(&r->call, submission_id, &grid))
		return false;
	page = sheet_page_of(r->call.mem, &grid, r->lang);
	/* Codes of forms and units have letters, digits and a few signs that need no quoting. */
	prepared->disposition =
		arena_printf(r->call.mem, "attachment; filename=\"%s_%s_%s.xlsx\"", grid.report->code,
			     grid.work.unit.code, period_format(grid.work.s.period, text));
	r->prepared = prepared;
	return sheet_write(r->call.mem, &page, &prepared->bytes, &prepared->size, r->call.err) &&
	       record_export(&r->call, &grid);
}

bool sheet_get(struct request *r)
{
	const struct prepared_sheet *prepared = r->prepared;

	reply_header(r, "Content-Disposition", prepared->disposition);
	reply_content(r, SHEET_TYPE, prepared->bytes, prepared->size);
	return true;
}

struct prepared_entries {
	const char *unit_path;
	struct sheet_entry *entries;
	size_t count;
};

bool sheet_prepare(struct request *r)
{
	struct prepared_entries *prepared = ARENA_NEW(r->call.mem, struct prepared_entries);
	const struct upload *upload = request_upload(r);
	id submission_id = request_path_id(r, "id");
	const struct report *report;
	struct submission s;
	struct unit unit;
	struct sheet sheet;
	struct form form;

	if (submission_id == 0 || !submission_require_change(&r->call, submission_id, &s) ||
	    !unit_by_id(&r->call, s.unit_id, NULL, &unit) || !report_get(&r->call, s.report_id, &report))
		return false;
	if (!upload || upload->size == 0)
		return error_set(r->call.err, ERR_sheet_unreadable, NULL, NULL);
	form_init(&form, r->call.mem, report);
	prepared->unit_path = unit.path;
	r->prepared = prepared;
	return sheet_read(r->call.mem, upload->path, &sheet, r->call.err) &&
	       sheet_entries_read(r->call.mem, &sheet, &form, level_of_kind(unit.kind), &prepared->entries,
				  &prepared->count, r->call.err);
}

static void write_faults(struct request *r, const struct sheet_entry *entry)
{
	char column[4], title[512];

	json_array(&r->json, "errors");
	for (size_t i = 0; i < entry->fault_count; i++) {
		const struct sheet_fault *fault = &entry->faults[i];
		json_object(&r->json, NULL);
		json_text(&r->json, "column", sheet_column_name(fault->column, column));
		json_text(&r->json, "code", error_word(fault->detail.code));
		json_text(&r->json, "title",
			  error_detail_sentence(&fault->detail, r->lang, title, sizeof(title)));
		json_end(&r->json);
	}
	json_end(&r->json);
}

static void write_entry(struct request *r, const struct sheet_entry *entry)
{
	json_object(&r->json, NULL);
	json_int(&r->json, "line", entry->line);
	json_id(&r->json, "indicator_id", entry->indicator ? entry->indicator->id : 0);
	json_text(&r->json, "code", entry->code);
	json_text(&r->json, "numerator", entry->words.numerator);
	json_text(&r->json, "denominator", entry->words.denominator);
	if (entry->fault_count == 0 && entry->indicator && entry->indicator->type != VALUE_TEXT &&
		entry->cell.present)
		json_decimal(&r->json, "value", entry->cell.number, entry->indicator->decimals);
	else
		json_text(&r->json, "value", entry->words.value);
	json_text(&r->json, "text", entry->words.text);
	json_text(&r->json, "note", entry->words.note);
	json_bool(&r->json, "nil", entry->words.nil);
	write_faults(r, entry);
	json_end(&r->json);
}

bool sheet_post(struct request *r)
{
	const struct prepared_entries *prepared = r->prepared;
	int64_t invalid = 0;

	if (!account_require(&r->call, RIGHT_FIGURE_ENTER, prepared->unit_path))
		return false;
	json_object(&r->json, NULL);
	json_array(&r->json, "rows");
	for (size_t i = 0; i < prepared->count; i++) {
		write_entry(r, &prepared->entries[i]);
		invalid += prepared->entries[i].fault_count > 0;
	}
	json_end(&r->json);
	json_int(&r->json, "valid", (int64_t)prepared->count - invalid);
	json_int(&r->json, "invalid", invalid);
	json_end(&r->json);
	return true;
}
