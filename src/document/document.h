#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/civil.h"
#include "base/id.h"
#include "db/call.h"
#include "deadline/deadline.h"

struct unit;

/*
 * Documents (văn bản): the registry of a unit. Each unit keeps its own: the
 * same letter is entered where it is issued and where it arrives.
 *
 * A document may be read by whoever has document.read on the unit that keeps
 * it, and by whoever may read a task that stands on it. Everybody else is told
 * there is no such document.
 *
 * Above the instance's approved secrecy (setting document_secrecy_max, normal
 * unless changed) only a stub is kept: number, date and due. Events of documents
 * and readings never hold more than the number: the log cannot forget.
 */
enum secrecy { SECRECY_NORMAL, SECRECY_CONFIDENTIAL, SECRECY_SECRET, SECRECY_TOP_SECRET };
enum document_link_kind { LINK_BASED_ON, LINK_CARRIES_OUT, LINK_REPLACES, LINK_AMENDS };

enum {
	DOCUMENT_TEXT_MAX = 2000, DOCUMENT_PARTIES_MAX = 500, DOCUMENT_LINKS_MAX = 500, DOCUMENT_FILES_MAX = 200,
	DOCUMENT_FILE_MAX = 50 << 20, DOCUMENT_PAGE_MAX = 200, DOCUMENT_CHAIN_DEPTH = 8, DOCUMENT_CHAIN_MAX = 200,
};

/* Texts are never NULL: "" says nothing. */
struct document {
	id id, unit_id;
	const char *unit_path;
	const char *number, *number_normal, *type, *issuer, *superior, *place, *subject;
	id issuer_unit_id;
	struct civil_date date;          /* year 0: blank */
	period month;                    /* when only the month is there; 0 */
	const char *sort_day;            /* what lists sort by: "2026-05-16" */
	const char *signer_prefix, *signer_position, *signer_name;
	enum secrecy secrecy;
	bool stub;
	instant due;                     /* exclusive; 0: none */
	struct civil_date arrived_on;    /* year 0: issued by the unit itself, or not registered */
	int64_t arrival_number;          /* số đến; 0: none */
	id reading_id;                   /* it was made from; 0: none */
	id created_by;
	instant created_at;
	int64_t version;
	int64_t files;                   /* filled by lists and document_get */
	bool has_text;                   /* document_get */
};

/* A reference of one document to another, as it says it; `to_id` when that one is in the registry. */
struct document_link {
	id id, from_id, to_id;
	enum document_link_kind kind;
	const char *number, *number_normal, *type, *issuer, *title;
	struct civil_date date;
};

/* What is entered. NULL texts and lists: nothing said; on a change: stays as it is. */
struct document_input {
	id unit_id;
	const char *number, *type, *issuer, *superior, *place, *subject;
	const char *signer_prefix, *signer_position, *signer_name;
	bool set_issuer_unit, set_date, set_due, set_arrival, set_secrecy;
	id issuer_unit_id;
	struct civil_date date;
	period month;
	instant due;
	enum secrecy secrecy;
	struct civil_date arrived_on;
	int64_t arrival_number;          /* 0 with a day of arrival: the next of that unit and year */
	const char *const *addressees;
	size_t addressee_count;
	const char *const *recipients;
	size_t recipient_count;
	const struct document_link *links; /* kind and what is said; to_id where it is known */
	size_t link_count;
	id reading_id;                   /* of a new document: what it is made from */
};

/* Right: DOCUMENT_MANAGE of the unit. A change that raises the secrecy above what is approved forgets all but the stub. */
bool document_create(struct call *c, const struct document_input *input, struct document *out);
bool document_change(struct call *c, id document_id, int64_t version, const struct document_input *input,
		     struct document *out);

/* Fails with not_found, also for whoever may not read it. */
bool document_get(struct call *c, id document_id, struct document *out);
bool document_parties(struct call *c, id document_id, bool recipients, const char ***names, size_t *count);

/* Lists of one unit. Zero fields do not filter. */
struct document_query {
	id unit_id;
	const char *q;                   /* words of number, issuer, subject and text, without tone marks; the last one as it begins */
	const char *type;
	struct civil_date from, to;      /* date, both included */
	int direction;                   /* 1: arrived, 2: issued; 0: all */
	int secrecy;                     /* -1: any */
	id after;
	int limit;
};
bool document_list(struct call *c, const struct document_query *query, struct document **out, size_t *count);

/* What other rooms show of a document: in the order of `ids`; id 0 where there is none. No right is asked. */
struct document_ref {
	id id;
	const char *number, *type, *issuer, *subject; /* a stub's subject is "" */
	struct civil_date date;
	id unit_id;
};
bool document_refs(struct call *c, const id *ids, size_t count, struct document_ref *out);

/* What was made from a reading and is kept, in the order it was made. No right is asked. */
bool document_refs_of_reading(struct call *c, id reading_id, struct document_ref **out, size_t *count);

/* Who else may read: set once at start by the room that stands above this one. */
void document_readable_by_set(bool (*may)(struct call *c, id document_id, bool *out));

/* Tasks that stand on a document, without their parts: how many are not over, and how many of those are overdue. */
struct document_tasks {
	id document_id;
	int64_t open, late;
};

/* Fills in what stands on each document named, as far as the caller may read tasks. `counted`: set once at start. */
bool document_tasks_of(struct call *c, struct document_tasks *out, size_t count);
void document_tasks_by_set(bool (*counted)(struct call *c, struct document_tasks *out, size_t count));

/* Links of a document both ways: what it stands on, and what stands on it. */
bool document_links(struct call *c, id document_id, struct document_link **out, size_t *count);
bool document_link_add(struct call *c, id document_id, const struct document_link *link, struct document_link *out);
bool document_link_remove(struct call *c, id link_id);

/* The letters above and below, breadth first from the document itself. */
struct chain_node {
	id document_id;                  /* 0: known from letters only, or not to be shown in full */
	const char *number, *issuer, *subject, *level; /* level: central, province, department, commune, "" */
	struct civil_date date;
};
struct chain_edge {
	size_t from, to;                 /* `from` stands on `to` */
	enum document_link_kind kind;
};
struct chain {
	struct chain_node *nodes;
	struct chain_edge *edges;
	size_t node_count, edge_count;
	bool cut;                        /* there is more than is shown */
};
bool document_chain(struct call *c, id document_id, struct chain *out);

/* The incoming register of a month (month 0: of the year), by arrival number. */
bool document_register(struct call *c, id unit_id, int year, int month, struct document **out, size_t *count);

/*
 * The text of a document is that of the newest file that is the document itself and could be read, in whatever order files
 * were read; NULL when there is none. It is found by that and by the text of the newest revision of each attachment.
 */
bool document_text(struct call *c, id document_id, const char **text, bool *from_picture);

/* A text read off a file of it (0: entered without one): kept and made findable. Works in a write; no right is asked. */
bool document_text_put(struct call *c, id document_id, id file_id, const char *text, bool from_picture);

/* Whether a content is that of a file or of a reading; for file_linked_set. */
bool document_file_linked(struct call *c, const char *sha256, bool *out);

/* Writes to the log which files of documents were found damaged at a download: a duty. */
bool document_tell_damage(struct call *c, void *arg);

/* A unit and all below it got another path; in the transaction of that change. Both end with '/'. */
bool document_unit_moved(struct call *c, const char *from, const char *to);

const char *secrecy_word(enum secrecy secrecy); /* "normal" */
bool secrecy_parse(const char *word, enum secrecy *out);
const char *document_link_word(enum document_link_kind kind); /* "based_on" */
bool document_link_parse(const char *word, enum document_link_kind *out);

#endif
