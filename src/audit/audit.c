#include "audit/audit.h"

#include "account/account.h"
#include "audit/audit_store.h"

bool event_write(struct call *c, const struct event *event, id *out)
{
	id event_id = id_next(c->now);
	if (out)
		*out = event_id;
	return audit_store_insert(c, event_id, c->actor ? c->actor->account_id : 0, event);
}
