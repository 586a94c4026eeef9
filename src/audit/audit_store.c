#include "audit/audit_store.h"

#include "db/db.h"

bool audit_store_insert(struct call *c, id event_id, id account_id, const struct event *event)
{
	return db_exec(c,
		"INSERT INTO event (id, at, kind, account_id, address, unit_id, unit_path, subject_kind, "
		"subject_id, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		DB_ARGS(db_int(event_id), db_int(c->now), db_text(event->kind), db_int_or_null(account_id),
			db_text(c->address), db_int_or_null(event->unit_id), db_text(event->unit_path),
			db_text(event->subject_kind), db_int_or_null(event->subject_id), db_text(event->before),
			db_text(event->after)));
}
