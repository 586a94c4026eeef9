#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "db/call.h"
#include "unit/unit.h"

struct arena;
struct store;

/*
 * The event log: append-only, written in the transaction of the change it
 * tells of, read by cursor by everything that fans out (live screens, notices,
 * webhooks, exchange), sealed in blocks.
 */
struct event {
	const char *kind;      /* "submission.approved": <room>.<past tense> */
	id unit_id;            /* the unit concerned; 0 for the whole instance */
	const char *unit_path; /* its path; "" for the whole instance */
	const char *subject_kind; /* "submission", "account"... */
	id subject_id;
	const char *before;    /* JSON object or NULL; never personal data in clear */
	const char *after;     /* JSON object or NULL */
};

/* Writes the event with the call's actor, address and time. `out` may be NULL. */
bool event_write(struct call *c, const struct event *event, id *out);

/*
 * For requests that only read but have to be logged (exports, views of
 * personal data): hands the event to the writer without waiting for it. Fails
 * with `unavailable` when the writer takes no more: what is not logged is not
 * shown. In a write it is event_write.
 */
bool event_record(struct call *c, const struct event *event);

/* For serve, before server_start: where event_record writes, and the product's clock. Process-wide. */
void audit_serve(struct store *store, instant (*clock)(void));

/* The id of the newest event; 0 without one. A process starts its ids above it (id_init). */
bool event_newest(struct call *c, id *out);

/* An event as people read it. */
struct event_view {
	id id;
	instant at;
	const char *kind;
	const char *sentence;     /* in the language asked for */
	id account_id;            /* 0: the system, or nobody signed in */
	const char *account_name;
	const char *address;
	struct unit unit;         /* id 0: the whole instance */
	const char *subject_kind;
	id subject_id;
	const char *before, *after;
	int64_t block;            /* the block that seals it, 0 while none does */
};

/*
 * What happened lately where the caller watches (the scope of the live
 * stream): of the newest 2,000 events and of all those about the given subjects,
 * the newest `limit`, newest first.
 */
bool event_recent(struct call *c, enum language lang, const id *subjects, size_t subject_count, int limit,
		  struct event_view **out, size_t *count);

/*
 * What happened to one subject, newest first, behind `before` (0: from the newest), without the events of one kind
 * (NULL: with all). No right is asked: the room the subject belongs to has done so.
 */
bool event_of_subject(struct call *c, enum language lang, const char *subject_kind, id subject_id, const char *but_kind,
		      id before, int limit, struct event_view **out, size_t *count);

/* What the event log is asked for; zero and NULL do not filter. */
struct event_query {
	id unit_id;               /* the unit and those below it */
	const char *kind;         /* "submission.approved", or "submission" for all of that room */
	id account_id;
	const char *subject_kind;
	id subject_id;
	instant from, to;         /* from inclusive, to exclusive */
	id after;                 /* events older than this one */
	int limit;
};

enum { EVENT_EXPORT_MAX = 50000 };

/*
 * A page of the log, newest first. Needs RIGHT_EVENT_READ; outside its scope nothing is given. `*next` is
 * the cursor of the next page, 0 at the end. A page may hold fewer than
 * `limit` although more follow: one call looks at a bounded stretch of the log.
 */
bool event_list(struct call *c, enum language lang, const struct event_query *query, struct event_view **out,
		size_t *count, id *next);

/* The same as CSV for spreadsheets (UTF-8 with byte order mark, no cell is a formula), at most EVENT_EXPORT_MAX rows; logged. */
struct buf;
bool event_export(struct call *c, enum language lang, const struct event_query *query, struct buf *out);

/*
 * Seals. Events are grouped into blocks of at most AUDIT_BLOCK_MAX: the Merkle
 * root of their hashes, chained to the block before and signed with an Ed25519
 * key whose secret half is a file outside the store (audit_rules.h has the
 * exact bytes).
 */
enum { AUDIT_BLOCK_MAX = 10000, AUDIT_SETTLE_MS = 10000, AUDIT_HEX_MAX = 65, AUDIT_SIGNATURE_MAX = 129 };

struct audit_block {
	int64_t no;
	id first_id, last_id;
	int64_t events;
	char root[AUDIT_HEX_MAX], previous[AUDIT_HEX_MAX], hash[AUDIT_HEX_MAX];
	char signature[AUDIT_SIGNATURE_MAX];
	char key_id[AUDIT_HEX_MAX];
	instant sealed_at;
};

/* Process-wide: the signing key, a 0600 file; `make` creates it when it is not there. */
#define AUDIT_KEY_FILE "audit.key"
bool audit_key_set(const char *path, bool make, struct error *err);

/*
 * Seals what is older than AUDIT_SETTLE_MS, block by block, unless another node
 * is at it. Reads in snapshots of its own, so that the writer only inserts the
 * block. For a job that serve runs every minute; `sealed` (may be NULL) counts blocks.
 */
bool audit_seal_due(struct store *store, instant now, int *sealed, struct error *err);

/* Blocks behind `after` (0: from the newest), newest first. Needs RIGHT_EVENT_READ on the topmost unit. */
bool audit_blocks(struct call *c, int64_t after, int limit, struct audit_block **out, size_t *count);

enum { AUDIT_PROBLEMS_MAX = 100 };

struct audit_report {
	int64_t events;         /* sealed and looked at */
	int64_t unsealed;       /* behind the last block */
	int64_t blocks;
	int64_t last_no;
	char last_hash[AUDIT_HEX_MAX]; /* of the last block: worth noting down elsewhere */
	struct error_detail *problems; /* at most AUDIT_PROBLEMS_MAX, in call.mem */
	size_t problem_count;
};

/* A seal noted elsewhere, which the store must still hold. */
struct audit_known {
	int64_t no;
	const char *hash;
};

/*
 * Recomputes everything from the call's snapshot, an event at a time: no event
 * altered, removed or put in up to the last block; blocks unbroken, chained,
 * and signed by a known key. `known` may be NULL. True when it could be
 * done, whatever was found.
 */
bool audit_verify(struct call *c, const struct audit_known *known, struct audit_report *out);

#endif
