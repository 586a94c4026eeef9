/* Links between documents, and the chain they make. */
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "document/document_actions.h"
#include "document/document_rules.h"
#include "letter/letter.h"
#include "unit/unit.h"

static const char *say(const char *text)
{
	return text ? text : "";
}

/* A link as it will be kept: with the document it means, when the keeper has that. */
static bool complete(struct call *c, const struct document *from, const struct document_link *given,
		     struct document_link *out)
{
	const char *normal = given->number ? letter_number_normal(c->mem, given->number) : NULL;
	const struct document *meant;
	struct document *known;
	size_t count;

	*out = (struct document_link){
		.id = id_next(c->now),
		.from_id = from->id,
		.to_id = given->to_id,
		.kind = given->kind,
		.number = say(given->number),
		.number_normal = say(normal),
		.type = say(given->type),
		.issuer = say(given->issuer),
		.title = say(given->title),
		.date = given->date,
	};
	if (out->to_id == from->id)
		return error_set(c->err, ERR_document_link_itself, "to_id", NULL);
	if (out->to_id) {
		struct document to;

		return document_load(c, out->to_id, -1, &to);
	}
	if (!out->number[0] && !out->title[0])
		return error_set(c->err, ERR_document_link_nothing, "number", NULL);
	if (!out->number_normal[0])
		return true;
	if (!document_rows_by_number(c, from->unit_id, out->number_normal, &known, &count))
		return false;
	meant = document_meant(c->mem, out, known, count);
	out->to_id = meant ? meant->id : 0;
	return true;
}

bool document_links_put(struct call *c, const struct document *from, const struct document_link *links, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct document_link link;

		if (!complete(c, from, &links[i], &link) || !link_insert(c, &link))
			return false;
	}
	return true;
}

bool document_links_settle(struct call *c, const struct document *document)
{
	struct document_link *open;
	struct document *known;
	size_t count, known_count;

	if (!document->number_normal[0])
		return true;
	if (!link_rows_open(c, document->unit_id, document->number_normal, &open, &count) ||
	    (count && !document_rows_by_number(c, document->unit_id, document->number_normal, &known, &known_count)))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct document *meant = document_meant(c->mem, &open[i], known, known_count);

		if (meant && !link_point(c, open[i].id, meant->id))
			return false;
	}
	return true;
}

bool document_links(struct call *c, id document_id, struct document_link **out, size_t *count)
{
	struct document document;

	return document_load(c, document_id, -1, &document) && link_rows(c, document_id, out, count);
}

bool document_link_add(struct call *c, id document_id, const struct document_link *given, struct document_link *out)
{
	struct document from;
	int64_t count;

	if (!document_load_managed(c, document_id, -1, &from) || !link_count(c, document_id, &count))
		return false;
	if (from.stub)
		return error_set(c->err, ERR_document_secret, "number", NULL);
	if (count >= DOCUMENT_LINKS_MAX)
		return error_set(c->err, ERR_document_links_many, NULL, arena_printf(c->mem, "%lld", (long long)count), NULL);
	return complete(c, &from, given, out) && link_insert(c, out) && document_tell(c, "document.linked", &from, NULL);
}

bool document_link_remove(struct call *c, id link_id)
{
	struct document_link link;
	struct document from;
	bool found;

	if (!link_row(c, link_id, &found, &link))
		return false;
	c->right_checked = true;
	if (!found)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	return document_load_managed(c, link.from_id, -1, &from) && link_delete(c, link_id) &&
	       document_tell(c, "document.unlinked", &from, NULL);
}

enum { CHAIN_EDGES_MAX = DOCUMENT_CHAIN_MAX * 4 };

struct walk {
	struct call *call;
	struct chain *chain;
	id *ids;            /* of the nodes; 0 for what is known from letters only */
	id *seen_links;
	size_t seen_count;
};

static size_t node_of(struct walk *walk, id document_id)
{
	for (size_t i = 0; i < walk->chain->node_count; i++)
		if (walk->ids[i] == document_id)
			return i;
	return walk->chain->node_count;
}

static size_t add_node(struct walk *walk, id document_id, const struct chain_node *node)
{
	size_t at = walk->chain->node_count;

	if (at == DOCUMENT_CHAIN_MAX) {
		walk->chain->cut = true;
		return at;
	}
	walk->ids[at] = document_id;
	walk->chain->nodes[at] = *node;
	walk->chain->node_count++;
	return at;
}

/* A document that is only named: the same number of the same office and day is one node. */
static size_t named_node(struct walk *walk, const struct document_link *link)
{
	struct chain_node node = { .number = link->number, .issuer = link->issuer, .subject = link->title, .level = "",
				   .date = link->date };

	for (size_t i = 0; link->number_normal[0] && i < walk->chain->node_count; i++)
		if (!walk->ids[i] && text_equal(walk->chain->nodes[i].number, link->number) &&
		    text_equal(walk->chain->nodes[i].issuer, link->issuer) &&
		    civil_compare(walk->chain->nodes[i].date, link->date) == 0)
			return i;
	return add_node(walk, 0, &node);
}

static bool seen(struct walk *walk, id link_id)
{
	for (size_t i = 0; i < walk->seen_count; i++)
		if (walk->seen_links[i] == link_id)
			return true;
	if (walk->seen_count < CHAIN_EDGES_MAX)
		walk->seen_links[walk->seen_count++] = link_id;
	return false;
}

static size_t reach(struct walk *walk, id document_id, id *next, size_t *next_count)
{
	size_t at = node_of(walk, document_id);

	if (at < walk->chain->node_count)
		return at;
	at = add_node(walk, document_id, &(struct chain_node){ .document_id = document_id });
	if (at < DOCUMENT_CHAIN_MAX)
		next[(*next_count)++] = document_id;
	return at;
}

static void follow(struct walk *walk, const struct document_link *links, size_t count, id *next, size_t *next_count)
{
	struct chain *chain = walk->chain;

	for (size_t i = 0; i < count; i++) {
		size_t from, to;

		if (seen(walk, links[i].id))
			continue;
		from = reach(walk, links[i].from_id, next, next_count);
		to = links[i].to_id ? reach(walk, links[i].to_id, next, next_count) : named_node(walk, &links[i]);
		if (from == DOCUMENT_CHAIN_MAX || to == DOCUMENT_CHAIN_MAX || chain->edge_count == CHAIN_EDGES_MAX)
			chain->cut = true;
		else
			chain->edges[chain->edge_count++] = (struct chain_edge){ from, to, links[i].kind };
	}
}

/* What is known from letters alone is told only as far as a letter that the caller may read says it. */
static void hide_named(struct walk *walk)
{
	struct chain *chain = walk->chain;

	for (size_t i = 0; i < chain->node_count; i++) {
		bool told = walk->ids[i] != 0;

		for (size_t k = 0; k < chain->edge_count && !told; k++)
			told = chain->edges[k].to == i && chain->nodes[chain->edges[k].from].document_id;
		if (!told)
			chain->nodes[i].issuer = chain->nodes[i].subject = "";
	}
}

/* What the caller may read is told in full; of the others number and date. */
static bool describe(struct walk *walk)
{
	struct call *c = walk->call;
	struct chain *chain = walk->chain;
	struct document *rows;
	size_t count;

	if (!document_rows_by_ids(c, walk->ids, chain->node_count, &rows, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct chain_node *node = &chain->nodes[node_of(walk, rows[i].id)];
		struct unit issuer;
		bool visible;

		if (!document_visible(c, &rows[i], &visible))
			return false;
		*node = (struct chain_node){ .number = rows[i].number, .date = rows[i].date, .level = "",
					     .issuer = "", .subject = "" };
		if (!visible)
			continue;
		node->document_id = rows[i].id;
		node->issuer = rows[i].issuer;
		node->subject = rows[i].subject;
		if (!rows[i].issuer_unit_id)
			continue;
		if (!unit_by_id(c, rows[i].issuer_unit_id, NULL, &issuer))
			return false;
		node->level = issuer.kind;
	}
	hide_named(walk);
	return true;
}

bool document_chain(struct call *c, id document_id, struct chain *out)
{
	struct walk walk = { .call = c, .chain = out };
	struct document start;
	id *now, *next;
	size_t now_count = 0, next_count = 0;

	if (!document_load(c, document_id, -1, &start))
		return false;
	*out = (struct chain){
		.nodes = ARENA_ARRAY(c->mem, struct chain_node, DOCUMENT_CHAIN_MAX),
		.edges = ARENA_ARRAY(c->mem, struct chain_edge, CHAIN_EDGES_MAX),
	};
	walk.ids = ARENA_ARRAY(c->mem, id, DOCUMENT_CHAIN_MAX);
	walk.seen_links = ARENA_ARRAY(c->mem, id, CHAIN_EDGES_MAX);
	now = ARENA_ARRAY(c->mem, id, DOCUMENT_CHAIN_MAX);
	next = ARENA_ARRAY(c->mem, id, DOCUMENT_CHAIN_MAX);
	reach(&walk, document_id, now, &now_count);
	for (int depth = 0; now_count && depth < DOCUMENT_CHAIN_DEPTH; depth++) {
		struct document_link *links;
		id *swap = now;
		size_t count;

		next_count = 0;
		if (!link_rows_of(c, now, now_count, &links, &count))
			return false;
		follow(&walk, links, count, next, &next_count);
		now = next;
		next = swap;
		now_count = next_count;
	}
	out->cut = out->cut || now_count > 0;
	return describe(&walk);
}
