#ifndef DOCUMENT_DOCUMENT_STORE_H
#define DOCUMENT_DOCUMENT_STORE_H

#include "document/document.h"
#include "file/file.h"

struct reading;

/* Rows of documents and what hangs on them. Private to the room. */

bool document_row(struct call *c, id document_id, bool *found, struct document *out);
bool document_row_insert(struct call *c, const struct document *document, bool *duplicate);
bool document_row_update(struct call *c, const struct document *document, bool *duplicate);
bool document_arrival_last(struct call *c, id unit_id, int year, int64_t *out);

/* What it says of others and whom it names. */
bool document_rows_forget(struct call *c, id document_id);

/* `cursor`: sort_day and id of the last row before; NULL for the first page. */
struct document_cursor {
	const char *sort_day;
	id id;
};
bool document_rows(struct call *c, const struct document_query *query, const struct document_cursor *cursor,
		   struct document **out, size_t *count);
bool document_rows_arrived(struct call *c, id unit_id, struct civil_date from, struct civil_date to,
			   struct document **out, size_t *count);

/* Rows of these ids, any order. */
bool document_rows_by_ids(struct call *c, const id *ids, size_t count, struct document **out, size_t *out_count);

bool document_rows_of_reading(struct call *c, id reading_id, struct document **out, size_t *count);

/* Those with this normal number that the unit keeps. */
bool document_rows_by_number(struct call *c, id unit_id, const char *number_normal, struct document **out,
			     size_t *count);

/* Those of a unit that hold a file, were made from it by another reading, or have one of these normal numbers. */
enum { ALIKE_NUMBERS_MAX = 4 };
bool document_rows_alike(struct call *c, const struct reading *reading, const char *const numbers[ALIKE_NUMBERS_MAX],
			 struct document **out, size_t *count);

bool party_rows(struct call *c, id document_id, bool recipients, const char ***names, size_t *count);
bool party_put(struct call *c, id document_id, bool recipients, const char *const *names, size_t count);

bool link_row(struct call *c, id link_id, bool *found, struct document_link *out);
bool link_insert(struct call *c, const struct document_link *link);
bool link_delete(struct call *c, id link_id);
bool link_point(struct call *c, id link_id, id to_id);
bool link_rows(struct call *c, id document_id, struct document_link **out, size_t *count);        /* both ways */
bool link_rows_of(struct call *c, const id *ids, size_t count, struct document_link **out, size_t *out_count);
bool link_rows_open(struct call *c, id unit_id, const char *number_normal, struct document_link **out, size_t *count);
bool link_count(struct call *c, id document_id, int64_t *out); /* its own */

/* Not said: the first file and revisions of it are the document itself, others are attached. */
enum document_file_role { FILE_ROLE_UNSAID, FILE_ROLE_MAIN, FILE_ROLE_ATTACHED };

struct document_file {
	id id, document_id;
	struct file file;
	bool main;           /* the document itself, not attached to it */
	int64_t revision;    /* of its name, from 1 */
	id added_by;
	instant added_at;
};
bool document_file_row(struct call *c, id file_id, bool *found, struct document_file *out);
bool document_file_rows(struct call *c, id document_id, struct document_file **out, size_t *count);
bool document_file_insert(struct call *c, const struct document_file *file);
bool document_file_delete(struct call *c, const struct document_file *file); /* with its text */
bool document_file_links(struct call *c, const char *sha256, bool *out);     /* or a reading does */

/* The document's text, as document_text has it. */
bool text_row(struct call *c, id document_id, const char **text, bool *from_picture);

/* All a document is found by: its text, then that of the newest revision of each attachment; at most TEXTS_MAX. */
enum { TEXTS_MAX = 32 };
bool text_rows(struct call *c, id document_id, const char *out[TEXTS_MAX], size_t *count);
bool text_put(struct call *c, id document_id, id file_id, const char *text, bool from_picture);
bool text_delete(struct call *c, id document_id, id file_id);
bool document_words_put(struct call *c, id document_id, const char *words);

/* Of documents and readings. */
bool document_rows_moved(struct call *c, const char *from, const char *to);

#endif
