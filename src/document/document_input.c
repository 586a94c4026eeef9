/* Bodies of documents, checked against their shapes. */
#include "account/account.h"
#include "base/arena.h"
#include "base/text.h"
#include "document/document_shapes.h"

static struct civil_date day_of(const json_t *body, const char *key)
{
	const char *text = json_get_text(body, key);
	struct civil_date day = { 0 };

	if (text)
		civil_parse_date(text, &day);
	return day;
}

static const char *const *names_of(struct call *c, const json_t *array, size_t *count)
{
	const char **names = ARENA_ARRAY(c->mem, const char *, json_array_size(array) + 1);
	const json_t *item;
	size_t i;

	*count = 0;
	json_array_foreach (array, i, item) {
		const char *name = text_trim(c->mem, json_string_value(item));

		if (name[0])
			names[(*count)++] = name;
	}
	return names;
}

/* Given as null: it is taken away. */
static const char *text_or_none(const json_t *body, const char *key)
{
	const json_t *value = json_object_get(body, key);

	return !value ? NULL : json_is_null(value) ? "" : json_string_value(value);
}

bool document_link_read(struct call *c, const json_t *body, struct document_link *out)
{
	*out = (struct document_link){
		.to_id = json_get_id(body, "to_id"),
		.number = text_trim(c->mem, json_get_text(body, "number") ? json_get_text(body, "number") : ""),
		.type = json_get_text(body, "type"),
		.issuer = json_get_text(body, "issuer"),
		.title = text_trim(c->mem, json_get_text(body, "title") ? json_get_text(body, "title") : ""),
		.date = day_of(body, "date"),
	};
	return document_link_parse(json_get_text(body, "kind"), &out->kind);
}

static bool read_links(struct call *c, const json_t *array, struct document_input *out)
{
	struct document_link *links = ARENA_ARRAY(c->mem, struct document_link, json_array_size(array) + 1);
	const json_t *item;
	size_t i;

	json_array_foreach (array, i, item)
		if (!document_link_read(c, item, &links[i]))
			return false;
	out->links = links;
	out->link_count = json_array_size(array);
	return true;
}

bool document_input_read(struct call *c, const json_t *body, struct document_input *out)
{
	const json_t *signer = json_object_get(body, "signer"), *due = json_object_get(body, "due");
	const char *month = json_get_text(body, "month");

	*out = (struct document_input){
		.unit_id = json_get_id(body, "unit_id"),
		.number = text_or_none(body, "number"),
		.type = json_get_text(body, "type"),
		.issuer = json_get_text(body, "issuer"),
		.superior = json_get_text(body, "superior"),
		.place = json_get_text(body, "place"),
		.subject = json_get_text(body, "subject"),
		.set_issuer_unit = json_object_get(body, "issuer_unit_id") != NULL,
		.issuer_unit_id = json_get_id(body, "issuer_unit_id"),
		.set_date = json_object_get(body, "date") || json_object_get(body, "month"),
		.date = day_of(body, "date"),
		.set_due = due != NULL,
		.set_arrival = json_object_get(body, "arrived_on") || json_object_get(body, "arrival_number"),
		.arrived_on = day_of(body, "arrived_on"),
		.arrival_number = json_get_int(body, "arrival_number", 0),
	};
	out->set_secrecy = secrecy_parse(json_get_text(body, "secrecy"), &out->secrecy);
	if (month)
		period_parse(month, &out->month);
	if (due && !json_is_null(due))
		civil_parse(json_get_text(due, "before"), &out->due);
	if (signer) {
		out->signer_prefix = text_or_none(signer, "prefix");
		out->signer_position = text_or_none(signer, "position");
		out->signer_name = text_or_none(signer, "name");
	}
	if (json_object_get(body, "addressees"))
		out->addressees = names_of(c, json_object_get(body, "addressees"), &out->addressee_count);
	if (json_object_get(body, "recipients"))
		out->recipients = names_of(c, json_object_get(body, "recipients"), &out->recipient_count);
	if (!out->unit_id && c->actor)
		out->unit_id = c->actor->unit_id;
	return read_links(c, json_object_get(body, "references"), out);
}
