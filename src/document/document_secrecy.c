/* Above the approved secrecy nothing but the stub is kept, of new documents and of those that were kept in full. */
#include "account/account_policy.h"
#include "base/error.h"
#include "document/document_actions.h"
#include "document/document_rules.h"

bool document_secrecy_apply(struct call *c, const struct document_input *input, struct document *d)
{
	struct policy policy;
	const char *excess;

	if (!policy_read(c, &policy))
		return false;
	if (input->set_secrecy)
		d->secrecy = input->secrecy;
	/* A change that does not say the level forgets nothing, though a lower one may be approved by now. */
	if (input->set_secrecy)
		d->stub = (int64_t)d->secrecy > policy.document_secrecy_max;
	if (!d->stub)
		return true;
	excess = document_stub_excess(input);
	if (excess)
		return error_set(c->err, ERR_document_secret, excess, NULL);
	d->type = d->issuer = d->superior = d->place = d->subject = "";
	d->signer_prefix = d->signer_position = d->signer_name = "";
	d->issuer_unit_id = d->reading_id = 0;
	return true;
}

bool document_forget(struct call *c, const struct document *document)
{
	struct document_file *files;
	size_t count;

	if (!document_file_rows(c, document->id, &files, &count) || !reading_forget(c, document) ||
	    !document_rows_forget(c, document->id) || !text_delete(c, document->id, 0))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!document_file_delete(c, &files[i]) || !file_release(c, files[i].file.sha256))
			return false;
	return true;
}
