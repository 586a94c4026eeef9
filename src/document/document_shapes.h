#ifndef DOCUMENT_DOCUMENT_SHAPES_H
#define DOCUMENT_DOCUMENT_SHAPES_H

#include "document/document.h"
#include "document/document_store.h"
#include "document/reading.h"
#include "http/http.h"
#include "submission/people.h"

#define DOCUMENT_SECRECY "normal|confidential|secret|top_secret"
#define DOCUMENT_LINK_KINDS "based_on|carries_out|replaces|amends"

extern const struct shape document_shape, document_detail_shape, document_list_shape, document_query_shape,
	document_input_shape, document_accepted_shape, document_change_shape, document_link_shape, document_link_input_shape, document_file_shape,
	document_ref_shape, document_settings_shape, document_file_query_shape, document_file_removal_shape, document_text_shape, chain_shape, register_query_shape, register_shape, reading_shape, reading_list_shape,
	reading_query_shape, reading_add_query_shape;

/* A body checked against document_input_shape or document_change_shape. */
bool document_input_read(struct call *c, const json_t *body, struct document_input *out);
bool document_link_read(struct call *c, const json_t *body, struct document_link *out);

/* The document with all that belongs to it, and its ETag. */
bool document_reply(struct request *r, id document_id);
void document_write_item(struct request *r, const struct document *document, const struct unit *unit,
			 const struct document_tasks *tasks);
void document_file_write(struct request *r, const char *key, const struct document_file *file, const struct people *people);
void document_ref_write(struct request *r, const char *key, const struct document_ref *ref);
bool document_link_write(struct request *r, const char *key, const struct document_link *link, id seen_from);

bool reading_write(struct request *r, const char *key, const struct reading *reading, bool whole);

#endif
