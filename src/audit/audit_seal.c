/* Sealing the event log, block by block. */
#include "audit/audit.h"

#include <string.h>

#include "audit/audit_key.h"
#include "audit/audit_rules.h"
#include "audit/audit_store.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "db/lease.h"
#include "db/store.h"
#include "db/writer.h"

enum { LEASE_MS = 90000, BLOCKS_IN_A_ROW = 1000 };

/* A block in the making. */
struct sealing {
	struct call *call;
	instant settled; /* events from here on wait */
	struct audit_block block;
	struct merkle tree;
	struct buf scratch;
	bool held, done;
};

static bool add_event(void *arg, const struct event_row *row)
{
	struct sealing *s = arg;
	if (row->at > s->settled)
		return false;
	uint8_t leaf[SHA256_SIZE];
	audit_leaf(row, &s->scratch, leaf);
	merkle_add(&s->tree, leaf);
	if (s->block.events++ == 0)
		s->block.first_id = row->id;
	s->block.last_id = row->id;
	return true;
}

/* Reads what the next block holds; no event leaves s->block.events 0. */
static bool gather(struct sealing *s)
{
	bool found;
	struct audit_block last;
	if (!audit_store_last_block(s->call, &found, &last))
		return false;
	s->block = (struct audit_block){ .no = found ? last.no + 1 : 1, .sealed_at = s->call->now };
	memcpy(s->block.previous, found ? last.hash : audit_no_hash(), AUDIT_HEX_MAX);
	merkle_start(&s->tree);
	buf_init(&s->scratch, s->call->mem, 0);
	return audit_store_each(s->call, found ? last.last_id : 0, INT64_MAX, AUDIT_BLOCK_MAX, add_event, s);
}

static bool sign(struct sealing *s)
{
	uint8_t root[SHA256_SIZE], hash[SHA256_SIZE];
	merkle_root(&s->tree, root);
	hex_encode(root, sizeof(root), s->block.root);
	if (!audit_block_hash(&s->block, hash))
		return error_internal(s->call->err, "block %lld follows a damaged one", (long long)s->block.no);
	hex_encode(hash, sizeof(hash), s->block.hash);
	audit_sign(hash, s->block.signature);
	memcpy(s->block.key_id, audit_key_id(), KEY_ID_MAX);
	return true;
}

static bool take_lease(struct call *c, void *arg)
{
	struct sealing *s = arg;
	return lease_take(c, "audit_seal", LEASE_MS, &s->held) &&
	       (!s->held || audit_store_put_key(c, audit_key_id(), audit_key_public()));
}

/* Another node may have sealed the same events meanwhile; its block stands. */
static bool insert(struct call *c, void *arg)
{
	struct sealing *s = arg;
	bool duplicate = false;
	return audit_store_insert_block(c, &s->block, &duplicate) || duplicate;
}

static bool seal_one(struct store *store, struct sealing *s)
{
	struct call *c = s->call;
	if (!store_read(store, c))
		return false;
	bool ok = gather(s);
	store_release(store, c);
	s->done = s->block.events < AUDIT_BLOCK_MAX;
	if (!ok || s->block.events == 0)
		return ok;
	return sign(s) && writer_run(store, c, insert, s);
}

static bool seal_all(struct store *store, struct sealing *s, int *sealed)
{
	if (!writer_run(store, s->call, take_lease, s))
		return false;
	for (int i = 0; s->held && !s->done && i < BLOCKS_IN_A_ROW; i++) {
		arena_reset(s->call->mem);
		if (!seal_one(store, s))
			return false;
		if (s->block.events)
			++*sealed;
	}
	return true;
}

bool audit_seal_due(struct store *store, instant now, int *sealed, struct error *err)
{
	int count = 0;
	if (!audit_key_here())
		return error_set(err, ERR_audit_key_missing, NULL, NULL);
	struct arena *mem = arena_new(0);
	struct call call = { .mem = mem, .now = now, .err = err };
	struct sealing s = { .call = &call, .settled = now - AUDIT_SETTLE_MS };
	bool ok = seal_all(store, &s, &count);
	if (count)
		LOG(LOG_INFO, "audit_sealed", LOG_INT("blocks", count), LOG_INT("last", s.block.no));
	arena_free(mem);
	if (sealed)
		*sealed = count;
	return ok;
}
