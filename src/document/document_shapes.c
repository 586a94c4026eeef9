#include "document/document_shapes.h"

#include "deadline/deadline_api.h"
#include "submission/submission_json.h"
#include "unit/unit_api.h"

#define TEXT(word) { .name = (word), .type = FIELD_TEXT, .flags = FIELD_REQUIRED }
#define MAYBE_TEXT(word) { .name = (word), .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE }

#define ITEM_FIELDS \
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED }, \
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape, .about = "That keeps it." }, \
	MAYBE_TEXT("number"), \
	{ .name = "number_normal", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, \
	  .about = "2203/CV/VPTW and 2203-CV/VPTW are both 2203-CV/VPTW; null without a running number." }, \
	TEXT("type"), TEXT("issuer"), \
	{ .name = "date", .type = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "month", .type = FIELD_PERIOD, .flags = FIELD_REQUIRED | FIELD_NULLABLE, \
	  .about = "When only the month is there." }, \
	TEXT("subject"), \
	{ .name = "secrecy", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = DOCUMENT_SECRECY }, \
	{ .name = "stub", .type = FIELD_BOOL, .flags = FIELD_REQUIRED, \
	  .about = "Too secret for this instance: number, date and due alone." }, \
	{ .name = "arrival_number", .type = FIELD_INT, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "arrived_on", .type = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "due", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &deadline_shape }, \
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED }

static const struct field item_fields[] = {
	ITEM_FIELDS,
	{ .name = "files", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "tasks_open", .type = FIELD_INT, .flags = FIELD_REQUIRED,
	  .about = "Tasks that stand on it and are not over, as far as the caller may read them; their parts do not count." },
	{ .name = "tasks_late", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "Of those, the overdue ones." },
	{ .name = NULL },
};
const struct shape document_shape = { "Document", item_fields };

static const struct field signer_fields[] = {
	MAYBE_TEXT("prefix"), MAYBE_TEXT("position"), MAYBE_TEXT("name"), { .name = NULL },
};
static const struct shape signer_shape = { "DocumentSigner", signer_fields };

static const struct field file_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	TEXT("name"),
	{ .name = "size", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	TEXT("type"),
	{ .name = "main", .type = FIELD_BOOL, .flags = FIELD_REQUIRED,
	  .about = "The document itself, not attached to it: the newest such file gives the document its text." },
	{ .name = "revision", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "Of the files of this name, from 1." },
	{ .name = "added_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "added_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape document_file_shape = { "DocumentFile", file_fields };

static const struct field file_query_fields[] = {
	{ .name = "role", .type = FIELD_CHOICE, .choices = "main|attached",
	  .about = "Whether it is the document itself; without it the first file and its revisions are." },
	{ .name = NULL },
};
const struct shape document_file_query_shape = { NULL, file_query_fields };

static const struct field file_removal_fields[] = {
	{ .name = "reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = 1000,
	  .about = "Stays in the event log." },
	{ .name = NULL },
};
const struct shape document_file_removal_shape = { "DocumentFileRemoval", file_removal_fields };

static const struct field ref_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	MAYBE_TEXT("number"),
	TEXT("type"),
	TEXT("issuer"),
	{ .name = "date", .type = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	TEXT("subject"),
	{ .name = NULL },
};
const struct shape document_ref_shape = { "DocumentRef", ref_fields };

static const struct field reference_fields[] = {
	MAYBE_TEXT("number"), MAYBE_TEXT("type"), MAYBE_TEXT("issuer"),
	{ .name = "date", .type = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	MAYBE_TEXT("title"), { .name = NULL },
};
static const struct shape reference_shape = { "DocumentReference", reference_fields };

static const struct field link_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = DOCUMENT_LINK_KINDS },
	{ .name = "direction", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "to|from",
	  .about = "to: this document stands on the other; from: the other on this." },
	{ .name = "document", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &document_ref_shape,
	  .about = "When it is in the registry and may be read." },
	{ .name = "reference", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &reference_shape,
	  .about = "As the document says it." },
	{ .name = NULL },
};
const struct shape document_link_shape = { "DocumentLink", link_fields };

static const struct field detail_fields[] = {
	ITEM_FIELDS,
	{ .name = "issuer_unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &unit_ref_shape },
	TEXT("superior"),
	TEXT("place"),
	{ .name = "signer", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &signer_shape },
	{ .name = "addressees", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT },
	{ .name = "recipients", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_TEXT },
	{ .name = "files", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &document_file_shape },
	{ .name = "links", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &document_link_shape, .max = 2000 },
	{ .name = "has_text", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "reading_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "What it was made from, for those who may read it." },
	{ .name = "may_change", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape document_detail_shape = { "DocumentDetail", detail_fields };

static const struct field list_fields[] = {
	{ .name = "items", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &document_shape },
	{ .name = "next", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "may_create", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape document_list_shape = { NULL, list_fields };

static const struct field query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .about = "That keeps them; without it the caller's own unit." },
	{ .name = "q", .type = FIELD_TEXT, .max = 200,
	  .about = "Words of number, subject, issuer, signer and text, without tone marks; the last one as it begins." },
	{ .name = "type", .type = FIELD_TEXT, .max = 100 },
	{ .name = "from", .type = FIELD_DATE },
	{ .name = "to", .type = FIELD_DATE },
	{ .name = "register", .type = FIELD_CHOICE, .choices = "incoming|issued|all" },
	{ .name = "secrecy", .type = FIELD_CHOICE, .choices = DOCUMENT_SECRECY },
	{ .name = "after", .type = FIELD_ID },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = DOCUMENT_PAGE_MAX },
	{ .name = NULL },
};
const struct shape document_query_shape = { NULL, query_fields };

static const struct field signer_input_fields[] = {
	{ .name = "prefix", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 500 },
	{ .name = "position", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 500 },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 200 },
	{ .name = NULL },
};
static const struct shape signer_input_shape = { "DocumentSignerInput", signer_input_fields };

static const struct field due_input_fields[] = {
	{ .name = "before", .type = FIELD_TIME, .flags = FIELD_REQUIRED, .about = "Exclusive." },
	{ .name = NULL },
};
static const struct shape due_input_shape = { "DocumentDueInput", due_input_fields };

#define SAID \
	{ .name = "number", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 200 }, \
	{ .name = "type", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 100 }, \
	{ .name = "issuer", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 500 }, \
	{ .name = "date", .type = FIELD_DATE, .flags = FIELD_NULLABLE }, \
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = DOCUMENT_TEXT_MAX }

static const struct field reference_input_fields[] = {
	{ .name = "kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = DOCUMENT_LINK_KINDS },
	{ .name = "to_id", .type = FIELD_ID, .about = "A document of the registry." },
	SAID,
	{ .name = NULL },
};
const struct shape document_link_input_shape = { "DocumentLinkInput", reference_input_fields };

#define INPUT_FIELDS \
	{ .name = "number", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 200 }, \
	{ .name = "type", .type = FIELD_TEXT, .max = 100 }, \
	{ .name = "issuer", .type = FIELD_TEXT, .max = 500 }, \
	{ .name = "issuer_unit_id", .type = FIELD_ID, .flags = FIELD_NULLABLE }, \
	{ .name = "superior", .type = FIELD_TEXT, .max = 500 }, \
	{ .name = "place", .type = FIELD_TEXT, .max = 200 }, \
	{ .name = "date", .type = FIELD_DATE, .flags = FIELD_NULLABLE }, \
	{ .name = "month", .type = FIELD_PERIOD, .flags = FIELD_NULLABLE }, \
	{ .name = "subject", .type = FIELD_TEXT, .max = DOCUMENT_TEXT_MAX }, \
	{ .name = "signer", .type = FIELD_OBJECT, .of = &signer_input_shape }, \
	{ .name = "addressees", .type = FIELD_ARRAY, .item = FIELD_TEXT, .max = DOCUMENT_PARTIES_MAX }, \
	{ .name = "recipients", .type = FIELD_ARRAY, .item = FIELD_TEXT, .max = DOCUMENT_PARTIES_MAX }, \
	{ .name = "secrecy", .type = FIELD_CHOICE, .choices = DOCUMENT_SECRECY }, \
	{ .name = "due", .type = FIELD_OBJECT, .flags = FIELD_NULLABLE, .of = &due_input_shape }, \
	{ .name = "arrival_number", .type = FIELD_INT, .flags = FIELD_NULLABLE, .min = 1, .max = 1000000, \
	  .about = "Without it the next of the year is given." }, \
	{ .name = "arrived_on", .type = FIELD_DATE, .flags = FIELD_NULLABLE }

static const struct field input_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .about = "That keeps it; without it the caller's own unit." },
	INPUT_FIELDS,
	{ .name = "references", .type = FIELD_ARRAY, .of = &document_link_input_shape, .max = DOCUMENT_LINKS_MAX },
	{ .name = NULL },
};
const struct shape document_input_shape = { "DocumentInput", input_fields };

static const struct field change_fields[] = { INPUT_FIELDS, { .name = NULL } };
const struct shape document_change_shape = { "DocumentChange", change_fields };

static const struct field accepted_fields[] = {
	{ .name = "index", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "Of the document in the reading." },
	{ .name = "skip", .type = FIELD_BOOL, .about = "It is not to be registered." },
	{ .name = "unit_id", .type = FIELD_ID, .about = "Ignored: it is the reading's." },
	INPUT_FIELDS,
	{ .name = "references", .type = FIELD_ARRAY, .of = &document_link_input_shape, .max = DOCUMENT_LINKS_MAX },
	{ .name = NULL },
};
const struct shape document_accepted_shape = { "AcceptedDocument", accepted_fields };

static const struct field settings_fields[] = {
	{ .name = "secrecy_max", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = DOCUMENT_SECRECY,
	  .about = "The approved level: of a document above it a stub is kept." },
	{ .name = NULL },
};
const struct shape document_settings_shape = { NULL, settings_fields };

static const struct field text_fields[] = {
	TEXT("text"),
	{ .name = "from_picture", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape document_text_shape = { NULL, text_fields };

static const struct field node_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "Null: known from letters only, or not the caller's to read." },
	MAYBE_TEXT("number"),
	{ .name = "date", .type = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	MAYBE_TEXT("issuer"),
	MAYBE_TEXT("subject"),
	{ .name = "level", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "Kind of the issuing unit, when known." },
	{ .name = NULL },
};
static const struct shape node_shape = { "ChainNode", node_fields };

static const struct field edge_fields[] = {
	{ .name = "from", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "Position in `nodes`: stands on `to`." },
	{ .name = "to", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = DOCUMENT_LINK_KINDS },
	{ .name = NULL },
};
static const struct shape edge_shape = { "ChainEdge", edge_fields };

static const struct field chain_fields[] = {
	{ .name = "nodes", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &node_shape,
	  .about = "The document itself first." },
	{ .name = "edges", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &edge_shape, .max = 1000 },
	{ .name = "cut", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape chain_shape = { "DocumentChain", chain_fields };

static const struct field register_query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "year", .type = FIELD_INT, .flags = FIELD_REQUIRED, .min = 1900, .max = 2998 },
	{ .name = "month", .type = FIELD_INT, .min = 1, .max = 12 },
	{ .name = NULL },
};
const struct shape register_query_shape = { NULL, register_query_fields };

static const struct field register_row_fields[] = {
	{ .name = "document_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "arrived_on", .type = FIELD_DATE, .flags = FIELD_REQUIRED },
	{ .name = "arrival_number", .type = FIELD_INT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	TEXT("issuer"),
	MAYBE_TEXT("number"),
	{ .name = "date", .type = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "summary", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "Type and subject." },
	{ .name = "receiver", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "passed_on", .type = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	TEXT("signature"),
	TEXT("note"),
	{ .name = NULL },
};
static const struct shape register_row_shape = { "RegisterRow", register_row_fields };

static const struct field register_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape, .about = "Whose register it is." },
	{ .name = "rows", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &register_row_shape, .max = 5000 },
	{ .name = NULL },
};
const struct shape register_shape = { NULL, register_fields };

#define READING_FIELDS \
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED }, \
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape }, \
	TEXT("name"), \
	{ .name = "state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "waiting|running|done|failed" }, \
	{ .name = "pages_done", .type = FIELD_INT, .flags = FIELD_REQUIRED }, \
	{ .name = "pages_total", .type = FIELD_INT, .flags = FIELD_REQUIRED }, \
	{ .name = "from_picture", .type = FIELD_BOOL, .flags = FIELD_REQUIRED, \
	  .about = "Recognized from pictures: it may hold errors." }, \
	{ .name = "problem", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, \
	  .about = "Why it failed, as a sentence." }, \
	{ .name = "created_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED }, \
	{ .name = "accepted_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED }

static const struct field reading_fields[] = {
	READING_FIELDS,
	MAYBE_TEXT("text"),
	{ .name = "documents", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_ANY,
	  .about = "As `theodoi letter` prints them, with lead_units and cooperating_units in every task." },
	{ .name = "known", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &document_ref_shape,
	  .about = "Documents kept already that it seems to be once more; empty when it was accepted." },
	{ .name = NULL },
};
const struct shape reading_shape = { "Reading", reading_fields };

static const struct field reading_item_fields[] = { READING_FIELDS, { .name = NULL } };
static const struct shape reading_item_shape = { "ReadingItem", reading_item_fields };

static const struct field reading_list_fields[] = {
	{ .name = "items", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &reading_item_shape },
	{ .name = "next", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = NULL },
};
const struct shape reading_list_shape = { NULL, reading_list_fields };

static const struct field reading_query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID },
	{ .name = "after", .type = FIELD_ID },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = 100 },
	{ .name = NULL },
};
const struct shape reading_query_shape = { NULL, reading_query_fields };

static const struct field reading_add_query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .about = "Without it the caller's own unit." },
	{ .name = NULL },
};
const struct shape reading_add_query_shape = { NULL, reading_add_query_fields };
