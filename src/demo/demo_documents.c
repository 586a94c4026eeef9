#include "demo/demo_documents.h"

#include "base/arena.h"
#include "demo/demo_story.h"
#include "document/document.h"
#include "unit/unit.h"

enum { LINKS = 2, NOTHING = -1 };

/* What was entered, in its order. Texts are "document.N.<what>" of data/demo-texts.csv. */
struct entry {
	const char *at;
	const char *date, *arrived; /* arrived NULL: issued by the unit itself */
	const char *issuer;         /* code of a unit; NULL: none of the units here */
	const char *due;            /* its last day */
	enum demo_named by;
	struct {
		int to;
		enum document_link_kind kind;
	} links[LINKS];
	bool replaces; /* a document that is only named */
	bool secret;
};

#define NO_LINKS { { NOTHING, LINK_BASED_ON }, { NOTHING, LINK_BASED_ON } }
#define ONE_LINK(to, kind) { { to, kind }, { NOTHING, LINK_BASED_ON } }

static const struct entry entries[DEMO_DOCUMENTS] = {
	{ "2026-03-02T10:00:00+07:00", "2024-12-22", "2026-03-02", "TW", NULL, DEMO_DL_ENTRY, NO_LINKS, false, false },
	{ "2026-03-02T10:20:00+07:00", "2026-02-27", "2026-03-02", "TW", "2026-06-30", DEMO_DL_ENTRY,
	  ONE_LINK(0, LINK_CARRIES_OUT), false, false },
	{ "2026-03-03T16:00:00+07:00", "2026-03-03", NULL, "66", NULL, DEMO_DL_ENTRY,
	  { { 1, LINK_CARRIES_OUT }, { 0, LINK_BASED_ON } }, false, false },
	{ "2026-04-21T16:00:00+07:00", "2026-04-21", NULL, "66", NULL, DEMO_DL_ENTRY, ONE_LINK(2, LINK_BASED_ON), true, false },
	{ "2026-04-23T09:00:00+07:00", "2026-04-20", "2026-04-23", NULL, "2026-05-31", DEMO_DL_ENTRY,
	  ONE_LINK(0, LINK_BASED_ON), false, false },
	{ "2026-04-24T08:30:00+07:00", "2026-04-24", NULL, "66", NULL, DEMO_DL_ENTRY,
	  { { 4, LINK_CARRIES_OUT }, { 2, LINK_BASED_ON } }, false, false },
	{ "2026-04-25T08:00:00+07:00", "2026-04-24", "2026-04-25", "66", "2026-05-31", DEMO_COMMUNE_ENTRY, NO_LINKS, false, false },
	{ "2026-05-05T09:00:00+07:00", "2026-05-04", "2026-05-05", NULL, "2026-05-20", DEMO_DL_ENTRY, NO_LINKS, false, true },
};

static struct civil_date day(const char *text)
{
	struct civil_date date = { 0 };

	if (text)
		civil_parse_date(text, &date);
	return date;
}

static const char *text(struct call *c, struct demo_story *story, size_t at, const char *what)
{
	return demo_text(&story->texts, arena_printf(c->mem, "document.%zu.%s", at, what));
}

static void say_content(struct call *c, struct demo_story *story, size_t at, struct document_input *input)
{
	const char **addressees = ARENA_ARRAY(c->mem, const char *, 1);

	input->type = text(c, story, at, "type");
	input->issuer = text(c, story, at, "issuer");
	input->place = text(c, story, at, "place");
	input->subject = text(c, story, at, "subject");
	input->signer_position = text(c, story, at, "position");
	input->signer_name = text(c, story, at, "name");
	addressees[0] = text(c, story, at, "to");
	input->addressees = addressees;
	input->addressee_count = 1;
}

static bool enter(struct call *c, struct demo_story *story, size_t at)
{
	const struct entry *entry = &entries[at];
	struct document_link links[LINKS + 1];
	struct document_input input = {
		.unit_id = story->people.named[entry->by].unit.id,
		.number = text(c, story, at, "number"),
		.set_date = true,
		.date = day(entry->date),
		.set_arrival = entry->arrived != NULL,
		.arrived_on = day(entry->arrived),
		.set_secrecy = entry->secret,
		.secrecy = SECRECY_SECRET,
		.set_due = entry->due != NULL,
		.due = entry->due ? civil_start(civil_add_days(day(entry->due), 1)) : 0,
		.links = links,
	};
	struct document made;
	struct unit issuer;

	if (entry->issuer) {
		if (!unit_by_code(c, entry->issuer, NULL, &issuer))
			return false;
		input.set_issuer_unit = true;
		input.issuer_unit_id = issuer.id;
	}
	if (!entry->secret)
		say_content(c, story, at, &input);
	for (size_t i = 0; i < LINKS; i++)
		if (entry->links[i].to != NOTHING)
			links[input.link_count++] = (struct document_link){ .to_id = story->documents.ids[entry->links[i].to],
									    .kind = entry->links[i].kind };
	if (entry->replaces)
		links[input.link_count++] = (struct document_link){ .kind = LINK_REPLACES,
								    .number = text(c, story, at, "old.number"),
								    .title = text(c, story, at, "old.title") };
	if (!document_create(c, &input, &made))
		return false;
	story->documents.ids[at] = made.id;
	return entry->secret || document_text_put(c, made.id, 0, text(c, story, at, "text"), false);
}

bool demo_documents_until(struct call *c, struct demo_story *story, instant until)
{
	struct demo_documents *documents = &story->documents;

	for (; documents->next < DEMO_DOCUMENTS; documents->next++) {
		const struct entry *entry = &entries[documents->next];
		struct call inner = *c;

		civil_parse(entry->at, &inner.now);
		if (inner.now >= until)
			break;
		inner.actor = &story->people.named[entry->by].actor;
		inner.address = "127.0.0.1";
		if (!enter(&inner, story, documents->next))
			return false;
	}
	return true;
}

id demo_document_of_task(const struct demo_story *story, int task)
{
	static const struct {
		int task, document;
	} rows[] = { { 1, 2 }, { 2, 2 }, { 3, 2 }, { 4, 1 }, { 6, 2 }, { 8, 5 }, { 10, 5 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].task == task)
			return story->documents.ids[rows[i].document];
	return 0;
}
