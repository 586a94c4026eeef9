/* The texts read off the files of a document, and the words it is found by. */
#include "base/error.h"
#include "base/words.h"
#include "document/document_actions.h"

bool document_index(struct call *c, const struct document *document)
{
	enum { FIELDS = 5 };
	const char *texts[FIELDS + TEXTS_MAX] = { document->number, document->number_normal, document->subject,
						  document->issuer, document->signer_name };
	size_t count;

	if (!text_rows(c, document->id, texts + FIELDS, &count))
		return false;
	return document_words_put(c, document->id, words_of(c->mem, texts, FIELDS + count));
}

bool document_text(struct call *c, id document_id, const char **text, bool *from_picture)
{
	struct document document;

	*from_picture = false;
	return document_load(c, document_id, -1, &document) && text_row(c, document_id, text, from_picture);
}

bool document_text_put(struct call *c, id document_id, id file_id, const char *text, bool from_picture)
{
	struct document_file file;
	struct document document;
	bool found;

	if (!document_row(c, document_id, &found, &document) || !found || document.stub)
		return c->err->code == ERR_none;
	/* Removed while it was read. */
	if (file_id && (!document_file_row(c, file_id, &found, &file) || !found))
		return c->err->code == ERR_none;
	return text_put(c, document_id, file_id, text, from_picture) && document_index(c, &document) &&
	       document_tell(c, "document.read", &document, NULL);
}
