#ifndef DOCUMENT_DOCUMENT_ACTIONS_H
#define DOCUMENT_DOCUMENT_ACTIONS_H

#include "document/document.h"
#include "document/document_store.h"

/* Private to the room: what its actions share. */

/* A document the caller may read; stale_version unless `version` is its own or -1. */
bool document_load(struct call *c, id document_id, int64_t version, struct document *out);

/* The same for one who may change it: forbidden for who may only read. */
bool document_load_managed(struct call *c, id document_id, int64_t version, struct document *out);

bool document_visible(struct call *c, const struct document *document, bool *out);

id document_caller(const struct call *c);

/* What others show of it; its texts are the document's. */
struct document_ref document_ref_of(const struct document *document);

/* "document.created" with the number, and the reason of what needs one (NULL: none). */
bool document_tell(struct call *c, const char *kind, const struct document *document, const char *reason);

/* The level that is said, and whether only a stub may be kept: then nothing else may be said, and nothing of it stays. */
bool document_secrecy_apply(struct call *c, const struct document_input *input, struct document *document);

/* Readings of a document that must not be known any more. */
bool reading_forget(struct call *c, const struct document *document);

/* All but the row itself is forgotten: parties, links, files, texts and readings. */
bool document_forget(struct call *c, const struct document *document);

/* Words anew after a change of what it is found by. */
bool document_index(struct call *c, const struct document *document);

/* Links of a new document, checked; and links of others that meant it. */
bool document_links_put(struct call *c, const struct document *from, const struct document_link *links, size_t count);
bool document_links_settle(struct call *c, const struct document *document);

/* Files: may be added; is added, with its text to be read. */
bool document_file_may_add(struct call *c, id document_id, struct document *out);
bool document_file_add(struct call *c, id document_id, const struct file *file, enum document_file_role role,
		       struct document_file *out);
bool document_file_put(struct call *c, id document_id, const struct file *file, enum document_file_role role,
		       struct document_file *out);
bool document_file_open(struct call *c, id file_id, struct document_file *out);

/* One revision, with its text; the others stay. Right: DOCUMENT_MANAGE. */
bool document_file_remove(struct call *c, id file_id, const char *reason);

#endif
