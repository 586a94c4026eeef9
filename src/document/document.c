#include "document/document.h"

#include <string.h>

#include "account/account.h"
#include "account/account_policy.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "document/document_actions.h"
#include "document/document_rules.h"
#include "letter/letter.h"
#include "unit/unit.h"

static bool (*readable_by)(struct call *c, id document_id, bool *out);
static bool (*tasks_by)(struct call *c, struct document_tasks *out, size_t count);

void document_readable_by_set(bool (*may)(struct call *c, id document_id, bool *out))
{
	readable_by = may;
}

void document_tasks_by_set(bool (*counted)(struct call *c, struct document_tasks *out, size_t count))
{
	tasks_by = counted;
}

bool document_tasks_of(struct call *c, struct document_tasks *out, size_t count)
{
	return !tasks_by || !count || tasks_by(c, out, count);
}

id document_caller(const struct call *c)
{
	return c->actor ? c->actor->account_id : 0;
}

bool document_visible(struct call *c, const struct document *document, bool *out)
{
	*out = account_may(c, RIGHT_DOCUMENT_READ, document->unit_path);
	if (*out || !readable_by || document->stub)
		return true;
	return readable_by(c, document->id, out);
}

bool document_load(struct call *c, id document_id, int64_t version, struct document *out)
{
	bool found, visible;

	if (!document_row(c, document_id, &found, out))
		return false;
	c->right_checked = true;
	if (!found)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	if (!document_visible(c, out, &visible))
		return false;
	if (!visible)
		return account_require(c, RIGHT_DOCUMENT_READ, out->unit_path);
	if (version >= 0 && version != out->version)
		return error_set(c->err, ERR_stale_version, NULL, arena_printf(c->mem, "%lld", (long long)out->version), NULL);
	return true;
}

bool document_load_managed(struct call *c, id document_id, int64_t version, struct document *out)
{
	if (!document_load(c, document_id, version, out))
		return false;
	return account_may(c, RIGHT_DOCUMENT_MANAGE, out->unit_path) || error_set(c->err, ERR_forbidden, NULL, NULL);
}

bool document_get(struct call *c, id document_id, struct document *out)
{
	const char *text;
	bool from_picture;

	if (!document_load(c, document_id, -1, out) || !text_row(c, document_id, &text, &from_picture))
		return false;
	out->has_text = text != NULL;
	return true;
}

bool document_parties(struct call *c, id document_id, bool recipients, const char ***names, size_t *count)
{
	return party_rows(c, document_id, recipients, names, count);
}

bool document_tell(struct call *c, const char *kind, const struct document *document, const char *reason)
{
	struct event event = {
		.kind = kind,
		.unit_id = document->unit_id,
		.unit_path = document->unit_path,
		.subject_kind = "document",
		.subject_id = document->id,
	};
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_text(&json, "number", document->number[0] ? document->number : NULL);
	if (reason)
		json_text(&json, "reason", reason);
	json_end(&json);
	event.after = buf.data;
	return event_write(c, &event, NULL);
}

static const char *chosen(struct call *c, const char *given, const char *kept)
{
	return given ? text_trim(c->mem, given) : kept ? kept : "";
}

/* A day of arrival without a number takes the next one of its year. */
static bool apply_arrival(struct call *c, const struct document_input *input, struct document *d)
{
	int64_t last;

	if (!input->set_arrival)
		return true;
	if (!input->arrived_on.year && input->arrival_number)
		return error_set(c->err, ERR_document_arrival_day, "arrived_on", NULL);
	if (input->arrived_on.year == d->arrived_on.year && d->arrival_number && !input->arrival_number) {
		d->arrived_on = input->arrived_on;
		return true;
	}
	d->arrived_on = input->arrived_on;
	d->arrival_number = input->arrival_number;
	if (!d->arrived_on.year || d->arrival_number)
		return true;
	if (!document_arrival_last(c, d->unit_id, d->arrived_on.year, &last))
		return false;
	d->arrival_number = last + 1;
	return true;
}

static bool apply(struct call *c, const struct document_input *input, struct document *d)
{
	const char *normal;

	d->number = chosen(c, input->number, d->number);
	d->type = chosen(c, input->type, d->type);
	d->issuer = chosen(c, input->issuer, d->issuer);
	d->superior = chosen(c, input->superior, d->superior);
	d->place = chosen(c, input->place, d->place);
	d->subject = chosen(c, input->subject, d->subject);
	d->signer_prefix = chosen(c, input->signer_prefix, d->signer_prefix);
	d->signer_position = chosen(c, input->signer_position, d->signer_position);
	d->signer_name = chosen(c, input->signer_name, d->signer_name);
	if (input->set_date) {
		d->date = input->date;
		d->month = input->date.year ? 0 : input->month;
	}
	if (input->set_due)
		d->due = input->due;
	if (input->set_issuer_unit) {
		struct unit unit;

		d->issuer_unit_id = input->issuer_unit_id;
		if (d->issuer_unit_id && !unit_by_id(c, d->issuer_unit_id, "issuer_unit_id", &unit))
			return false;
		if (d->issuer_unit_id && !d->issuer[0])
			d->issuer = unit.name;
	}
	if (!document_secrecy_apply(c, input, d) || !apply_arrival(c, input, d))
		return false;
	if (!d->stub && !d->subject[0] && !d->number[0])
		return error_set(c->err, ERR_document_blank, "subject", NULL);
	normal = letter_number_normal(c->mem, d->number);
	d->number_normal = normal ? normal : "";
	d->sort_day = document_sort_day(c->mem, d->date, d->month, d->created_at);
	return true;
}

static bool put_parties(struct call *c, const struct document_input *input, id document_id)
{
	return (!input->addressees || party_put(c, document_id, false, input->addressees, input->addressee_count)) &&
	       (!input->recipients || party_put(c, document_id, true, input->recipients, input->recipient_count));
}

static bool number_taken(struct call *c, const struct document *d)
{
	return error_set(c->err, ERR_document_arrival_taken, "arrival_number",
			 arena_printf(c->mem, "%lld", (long long)d->arrival_number), NULL);
}

bool document_create(struct call *c, const struct document_input *input, struct document *out)
{
	struct unit unit;
	bool duplicate;

	if (!unit_by_id(c, input->unit_id, "unit_id", &unit) || !account_require(c, RIGHT_DOCUMENT_MANAGE, unit.path))
		return false;
	*out = (struct document){
		.id = id_next(c->now),
		.unit_id = unit.id,
		.unit_path = unit.path,
		.reading_id = input->reading_id,
		.created_by = document_caller(c),
		.created_at = c->now,
		.version = 1,
	};
	if (!apply(c, input, out))
		return false;
	if (!document_row_insert(c, out, &duplicate))
		return duplicate ? number_taken(c, out) : false;
	return put_parties(c, input, out->id) && document_links_put(c, out, input->links, input->link_count) &&
	       document_links_settle(c, out) && document_index(c, out) &&
	       document_tell(c, "document.created", out, NULL);
}

bool document_change(struct call *c, id document_id, int64_t version, const struct document_input *input,
		     struct document *out)
{
	struct document before;
	bool duplicate, withheld;

	if (!document_load_managed(c, document_id, version, out))
		return false;
	before = *out;
	if (!apply(c, input, out))
		return false;
	out->version++;
	if (!document_row_update(c, out, &duplicate))
		return duplicate ? number_taken(c, out) : false;
	withheld = out->stub && !before.stub;
	if (withheld && !document_forget(c, &before))
		return false;
	return put_parties(c, input, out->id) && document_links_settle(c, out) && document_index(c, out) &&
	       document_tell(c, withheld ? "document.withheld" : "document.changed", out, NULL);
}

bool document_list(struct call *c, const struct document_query *query, struct document **out, size_t *count)
{
	struct document_cursor cursor;
	struct document last;
	struct unit unit;
	bool found = false;

	if (!unit_by_id(c, query->unit_id, "unit_id", &unit) || !account_require(c, RIGHT_DOCUMENT_READ, unit.path))
		return false;
	if (query->after && !document_row(c, query->after, &found, &last))
		return false;
	if (query->after && (!found || last.unit_id != unit.id))
		return error_set(c->err, ERR_not_found, "after", NULL);
	if (found)
		cursor = (struct document_cursor){ last.sort_day, last.id };
	return document_rows(c, query, found ? &cursor : NULL, out, count);
}

struct document_ref document_ref_of(const struct document *d)
{
	return (struct document_ref){ d->id, d->number, d->type, d->issuer, d->subject, d->date, d->unit_id };
}

bool document_refs(struct call *c, const id *ids, size_t count, struct document_ref *out)
{
	struct document *rows;
	size_t row_count;

	if (!document_rows_by_ids(c, ids, count, &rows, &row_count))
		return false;
	for (size_t i = 0; i < count; i++) {
		out[i] = (struct document_ref){ 0 };
		for (size_t k = 0; k < row_count; k++)
			if (rows[k].id == ids[i])
				out[i] = document_ref_of(&rows[k]);
	}
	return true;
}

bool document_refs_of_reading(struct call *c, id reading_id, struct document_ref **out, size_t *count)
{
	struct document *rows;

	if (!document_rows_of_reading(c, reading_id, &rows, count))
		return false;
	*out = ARENA_ARRAY(c->mem, struct document_ref, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = document_ref_of(&rows[i]);
	return true;
}

bool document_register(struct call *c, id unit_id, int year, int month, struct document **out, size_t *count)
{
	struct civil_date from = { year, month ? month : 1, 1 }, to = { year + 1, 1, 1 };
	struct unit unit;

	if (month && month < 12)
		to = (struct civil_date){ year, month + 1, 1 };
	return unit_by_id(c, unit_id, "unit_id", &unit) && account_require(c, RIGHT_DOCUMENT_READ, unit.path) &&
	       document_rows_arrived(c, unit_id, from, to, out, count);
}

bool document_unit_moved(struct call *c, const char *from, const char *to)
{
	return document_rows_moved(c, from, to);
}
