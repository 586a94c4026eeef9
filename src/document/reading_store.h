#ifndef DOCUMENT_READING_STORE_H
#define DOCUMENT_READING_STORE_H

#include "document/document_store.h"
#include "document/reading.h"

bool reading_row(struct call *c, id reading_id, bool *found, struct reading *out); /* with text and documents */
bool reading_insert(struct call *c, const struct reading *reading);
bool reading_delete(struct call *c, id reading_id);
bool reading_rows(struct call *c, id unit_id, id after, int limit, struct reading **out, size_t *count); /* newest first */
bool reading_waiting(struct call *c, id unit_id, int64_t *out);

/* The oldest that waits, or whose reader did not come back by now. */
bool reading_next(struct call *c, bool *found, struct reading *out);
bool reading_claim(struct call *c, id reading_id, instant until);
bool reading_release(struct call *c, id reading_id);
bool reading_progress(struct call *c, id reading_id, int done, int pages, instant until);
bool reading_finish(struct call *c, const struct reading *reading);
bool reading_set_accepted(struct call *c, id reading_id);

/* A file of a document, whose text is wanted; and no longer is. */
bool reading_queue_text(struct call *c, const struct document *document, const struct document_file *file);
bool reading_text_delete(struct call *c, id file_id);

/* What was read of a document: what it was made from, its files that wait, and the same contents dropped in its unit. */
bool reading_rows_of(struct call *c, const struct document *document, struct reading **out, size_t *count);

/* No document was made of it any more. */
bool reading_unname(struct call *c, id reading_id);

#endif
