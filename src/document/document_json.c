/* Documents as replies show them. */
#include "account/account.h"
#include "base/arena.h"
#include "deadline/deadline.h"
#include "document/document_actions.h"
#include "document/document_shapes.h"
#include "submission/submission_json.h"
#include "unit/unit.h"

static void write_day(struct json *json, const char *key, struct civil_date day)
{
	char text[CIVIL_TEXT_MAX];

	json_text(json, key, day.year ? civil_format_date(day, text) : NULL);
}

static const char *or_null(const char *text)
{
	return text && text[0] ? text : NULL;
}

static void write_number(struct json *json, const char *key, int64_t number)
{
	if (number)
		json_int(json, key, number);
	else
		json_null(json, key);
}

static void write_fields(struct request *r, const struct document *d, const struct unit *unit)
{
	struct json *json = &r->json;

	json_id(json, "id", d->id);
	unit_write_ref(json, "unit", unit);
	json_text(json, "number", or_null(d->number));
	json_text(json, "number_normal", or_null(d->number_normal));
	json_text(json, "type", d->type);
	json_text(json, "issuer", d->issuer);
	write_day(json, "date", d->date);
	if (d->month)
		period_write(json, "month", d->month);
	else
		json_null(json, "month");
	json_text(json, "subject", d->subject);
	json_text(json, "secrecy", secrecy_word(d->secrecy));
	json_bool(json, "stub", d->stub);
	write_number(json, "arrival_number", d->arrival_number);
	write_day(json, "arrived_on", d->arrived_on);
	if (d->due)
		deadline_write(json, "due", r->call.mem, d->due, r->lang);
	else
		json_null(json, "due");
	json_int(json, "version", d->version);
}

void document_write_item(struct request *r, const struct document *document, const struct unit *unit,
			 const struct document_tasks *tasks)
{
	json_object(&r->json, NULL);
	write_fields(r, document, unit);
	json_int(&r->json, "files", document->files);
	json_int(&r->json, "tasks_open", tasks->open);
	json_int(&r->json, "tasks_late", tasks->late);
	json_end(&r->json);
}

void document_file_write(struct request *r, const char *key, const struct document_file *file, const struct people *people)
{
	struct json *json = &r->json;

	json_object(json, key);
	json_id(json, "id", file->id);
	json_text(json, "name", file->file.name);
	json_int(json, "size", file->file.size);
	json_text(json, "type", file->file.type);
	json_bool(json, "main", file->main);
	json_int(json, "revision", file->revision);
	people_write(people, json, "added_by", file->added_by);
	json_instant(json, "added_at", file->added_at);
	json_end(json);
}

void document_ref_write(struct request *r, const char *key, const struct document_ref *ref)
{
	struct json *json = &r->json;

	json_object(json, key);
	json_id(json, "id", ref->id);
	json_text(json, "number", or_null(ref->number));
	json_text(json, "type", ref->type);
	json_text(json, "issuer", ref->issuer);
	write_day(json, "date", ref->date);
	json_text(json, "subject", ref->subject);
	json_end(json);
}

static void write_link(struct request *r, const char *key, const struct document_link *link, id seen_from,
		       const struct document *other)
{
	struct json *json = &r->json;

	json_object(json, key);
	json_id(json, "id", link->id);
	json_text(json, "kind", document_link_word(link->kind));
	json_text(json, "direction", link->from_id == seen_from ? "to" : "from");
	if (other)
		document_ref_write(r, "document", &(struct document_ref){ other->id, other->number, other->type, other->issuer,
									  other->subject, other->date, other->unit_id });
	else
		json_null(json, "document");
	json_object(json, "reference");
	json_text(json, "number", or_null(link->number));
	json_text(json, "type", or_null(link->type));
	json_text(json, "issuer", or_null(link->issuer));
	write_day(json, "date", link->date);
	json_text(json, "title", or_null(link->title));
	json_end(json);
	json_end(json);
}

/* The other ends that the caller may read. */
static bool load_others(struct call *c, const struct document_link *links, size_t count, id seen_from,
			struct document **out, size_t *out_count)
{
	id *ids = ARENA_ARRAY(c->mem, id, count + 1);
	size_t id_count = 0, kept = 0;

	for (size_t i = 0; i < count; i++) {
		id other = links[i].from_id == seen_from ? links[i].to_id : links[i].from_id;

		if (other)
			ids[id_count++] = other;
	}
	if (!document_rows_by_ids(c, ids, id_count, out, out_count))
		return false;
	for (size_t i = 0; i < *out_count; i++) {
		bool visible;

		if (!document_visible(c, &(*out)[i], &visible))
			return false;
		if (visible)
			(*out)[kept++] = (*out)[i];
	}
	*out_count = kept;
	return true;
}

static const struct document *other_of(const struct document_link *link, id seen_from, const struct document *others,
				       size_t count)
{
	id other = link->from_id == seen_from ? link->to_id : link->from_id;

	for (size_t i = 0; i < count; i++)
		if (others[i].id == other)
			return &others[i];
	return NULL;
}

bool document_link_write(struct request *r, const char *key, const struct document_link *link, id seen_from)
{
	struct document *others;
	size_t count;

	if (!load_others(&r->call, link, 1, seen_from, &others, &count))
		return false;
	write_link(r, key, link, seen_from, other_of(link, seen_from, others, count));
	return true;
}

static bool write_links(struct request *r, id document_id)
{
	struct document_link *links;
	struct document *others;
	size_t count, other_count;

	if (!link_rows(&r->call, document_id, &links, &count) ||
	    !load_others(&r->call, links, count, document_id, &others, &other_count))
		return false;
	json_array(&r->json, "links");
	for (size_t i = 0; i < count; i++)
		write_link(r, NULL, &links[i], document_id, other_of(&links[i], document_id, others, other_count));
	json_end(&r->json);
	return true;
}

static bool write_files(struct request *r, id document_id)
{
	struct people people = { .count = 0 };
	struct document_file *files;
	size_t count;

	if (!document_file_rows(&r->call, document_id, &files, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		people_add(&people, &r->call, files[i].added_by);
	if (!people_load(&people, &r->call))
		return false;
	json_array(&r->json, "files");
	for (size_t i = 0; i < count; i++)
		document_file_write(r, NULL, &files[i], &people);
	json_end(&r->json);
	return true;
}

static bool write_parties(struct request *r, const char *key, id document_id, bool recipients)
{
	const char **names;
	size_t count;

	if (!document_parties(&r->call, document_id, recipients, &names, &count))
		return false;
	json_array(&r->json, key);
	for (size_t i = 0; i < count; i++)
		json_text(&r->json, NULL, names[i]);
	json_end(&r->json);
	return true;
}

bool document_reply(struct request *r, id document_id)
{
	struct call *c = &r->call;
	struct json *json = &r->json;
	struct unit unit, issuer;
	struct document d;

	if (!document_get(c, document_id, &d) || !unit_by_id(c, d.unit_id, NULL, &unit) ||
	    (d.issuer_unit_id && !unit_by_id(c, d.issuer_unit_id, NULL, &issuer)))
		return false;
	reply_etag(r, d.version);
	json_object(json, NULL);
	write_fields(r, &d, &unit);
	unit_write_ref(json, "issuer_unit", d.issuer_unit_id ? &issuer : NULL);
	json_text(json, "superior", d.superior);
	json_text(json, "place", d.place);
	json_object(json, "signer");
	json_text(json, "prefix", or_null(d.signer_prefix));
	json_text(json, "position", or_null(d.signer_position));
	json_text(json, "name", or_null(d.signer_name));
	json_end(json);
	if (!write_parties(r, "addressees", d.id, false) || !write_parties(r, "recipients", d.id, true) ||
	    !write_files(r, d.id) || !write_links(r, d.id))
		return false;
	json_bool(json, "has_text", d.has_text);
	json_id(json, "reading_id", account_may(c, RIGHT_DOCUMENT_READ, d.unit_path) ? d.reading_id : 0);
	json_bool(json, "may_change", account_may(c, RIGHT_DOCUMENT_MANAGE, d.unit_path));
	json_end(json);
	return true;
}
