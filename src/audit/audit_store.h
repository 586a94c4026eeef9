#ifndef AUDIT_AUDIT_STORE_H
#define AUDIT_AUDIT_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/audit.h"
#include "audit/audit_rules.h"

/* The SQL of the event log and its seals. */

/* Whether the call is in the writer's transaction. */
bool audit_store_writes(const struct call *c);

bool audit_store_insert(struct call *c, id event_id, id account_id, const struct event *event);

/* Ids of the newest event, and of the event `count` places before `id` (0 when there are fewer). */
bool audit_store_newest(struct call *c, id *out);
bool audit_store_before(struct call *c, id event_id, int count, id *out);

/* What is done with each row; its texts are valid until it returns. False ends the reading. */
typedef bool (*audit_each)(void *arg, const struct event_row *row);

/* The events behind `after` and up to `last` in the order of their ids, at most `limit`. */
bool audit_store_each(struct call *c, id after, id last, int limit, audit_each each, void *arg);

/* A range of unit paths, from `low` up to but without `high`. */
struct path_range {
	const char *low, *high;
};
enum { PATH_RANGES = 4 };

struct event_filter {
	const char *kind_low, *kind_high; /* a range of kinds; NULL for all */
	id account_id;
	const char *subject_kind;
	id subject_id;
	instant from, to;
	struct path_range paths[PATH_RANGES]; /* any of them; unused ones hold nothing: "" and "" */
};

/* Matching events with floor < id < before, newest first, at most `limit`; and all about one subject with id < before. */
bool audit_store_page(struct call *c, const struct event_filter *filter, id floor, id before, int limit,
		      audit_each each, void *arg);
bool audit_store_page_subject(struct call *c, const struct event_filter *filter, id before, int limit, audit_each each,
			      void *arg);

/* Sealed blocks. Fields that are too long for a hash come back cut, and so fail to verify. */
bool audit_store_last_block(struct call *c, bool *found, struct audit_block *out);
bool audit_store_blocks_up(struct call *c, int64_t after, int limit, struct audit_block *out, size_t *count);
bool audit_store_blocks_down(struct call *c, int64_t before, int limit, struct audit_block *out, size_t *count);
bool audit_store_insert_block(struct call *c, const struct audit_block *block, bool *duplicate);
/* The first block that ends at the event or behind it. */
bool audit_store_block_behind(struct call *c, id event_id, bool *found, struct audit_block *out);

bool audit_store_key(struct call *c, const char *key_id, const char **public_hex); /* NULL when unknown */
bool audit_store_put_key(struct call *c, const char *key_id, const char *public_hex);

bool audit_store_count_behind(struct call *c, id event_id, int64_t *out);

#endif
