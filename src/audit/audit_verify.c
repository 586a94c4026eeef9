/* Finding any edit of the sealed log, in one pass and little memory. */
#include "audit/audit.h"

#include <string.h>

#include "audit/audit_key.h"
#include "audit/audit_rules.h"
#include "audit/audit_store.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

enum { BLOCKS_AT_ONCE = 100 };

struct verifying {
	struct call *call;           /* its memory keeps the report */
	struct call part;            /* its memory is emptied after every block */
	struct audit_report *report;
	const struct audit_known *known;
	bool known_seen;
	struct audit_block *page;
	struct audit_block before;   /* no 0 at first */
	char key_id[AUDIT_HEX_MAX];  /* the key looked up last */
	char key_public[PUBLIC_KEY_HEX_MAX];
	/* The block being read: */
	struct buf scratch;
	struct merkle tree;
	int64_t count;
	id first_id, last_id;
};

static const char *number(struct verifying *v, int64_t value)
{
	return arena_printf(v->call->mem, "%lld", (long long)value);
}

static void problem(struct verifying *v, enum error_code code, int64_t block, const char *second, const char *third)
{
	struct audit_report *report = v->report;
	if (report->problem_count == AUDIT_PROBLEMS_MAX)
		return;
	report->problems[report->problem_count++] = (struct error_detail){
		.code = code,
		.field = arena_printf(v->call->mem, "blocks/%lld", (long long)block),
		.args = { number(v, block), second, third },
	};
}

static bool take_event(void *arg, const struct event_row *row)
{
	struct verifying *v = arg;
	uint8_t leaf[SHA256_SIZE];
	audit_leaf(row, &v->scratch, leaf);
	merkle_add(&v->tree, leaf);
	if (v->count++ == 0)
		v->first_id = row->id;
	v->last_id = row->id;
	return true;
}

/* What lies in the block's range now against what was sealed. */
static bool verify_events(struct verifying *v, const struct audit_block *block, id after)
{
	merkle_start(&v->tree);
	v->count = 0;
	v->first_id = v->last_id = 0;
	/* One more than can be right is enough to know. */
	if (!audit_store_each(&v->part, after, block->last_id, AUDIT_BLOCK_MAX + 1, take_event, v))
		return false;
	v->report->events += v->count;
	if (v->count != block->events) {
		problem(v, v->count < block->events ? ERR_audit_events_missing : ERR_audit_events_inserted, block->no,
			number(v, block->events), number(v, v->count));
		return true;
	}
	uint8_t root[SHA256_SIZE];
	char text[SHA256_HEX_MAX];
	merkle_root(&v->tree, root);
	hex_encode(root, sizeof(root), text);
	if (!text_equal(text, block->root) || v->first_id != block->first_id || v->last_id != block->last_id)
		problem(v, ERR_audit_events_altered, block->no, number(v, block->first_id), number(v, block->last_id));
	return true;
}

static bool find_key(struct verifying *v, const char *key_id)
{
	if (v->key_id[0] && text_equal(v->key_id, key_id))
		return true;
	const char *public_hex;
	char real_id[KEY_ID_MAX];
	v->key_id[0] = '\0';
	v->key_public[0] = '\0';
	if (!audit_store_key(&v->part, key_id, &public_hex))
		return false;
	/* A key under an id that is not its own is no better than none. */
	if (public_hex && strlen(public_hex) < sizeof(v->key_public) && audit_key_id_of(public_hex, real_id) &&
	    text_equal(real_id, key_id)) {
		memcpy(v->key_id, key_id, strlen(key_id) + 1);
		memcpy(v->key_public, public_hex, strlen(public_hex) + 1);
	}
	return true;
}

static bool verify_signature(struct verifying *v, const struct audit_block *block, const uint8_t hash[SHA256_SIZE])
{
	if (!find_key(v, block->key_id))
		return false;
	if (!v->key_public[0])
		problem(v, ERR_audit_key_unknown, block->no, arena_strdup(v->call->mem, block->key_id), NULL);
	else if (!audit_signature_good(v->key_public, hash, block->signature))
		problem(v, ERR_audit_signature_wrong, block->no, NULL, NULL);
	else if (audit_key_here() && !text_equal(audit_key_id(), block->key_id))
		problem(v, ERR_audit_key_foreign, block->no, arena_strdup(v->call->mem, block->key_id), NULL);
	return true;
}

static bool verify_block(struct verifying *v, const struct audit_block *block)
{
	for (int64_t no = v->before.no + 1; no < block->no && v->report->problem_count < AUDIT_PROBLEMS_MAX; no++)
		problem(v, ERR_audit_block_missing, no, NULL, NULL);
	bool follows = block->no == v->before.no + 1;
	const char *previous = v->before.no ? v->before.hash : audit_no_hash();
	if (block->first_id <= v->before.last_id || (follows && !text_equal(block->previous, previous)))
		problem(v, ERR_audit_chain_broken, block->no, NULL, NULL);

	uint8_t hash[SHA256_SIZE];
	char text[SHA256_HEX_MAX] = "";
	if (audit_block_hash(block, hash))
		hex_encode(hash, sizeof(hash), text);
	if (!text_equal(text, block->hash))
		problem(v, ERR_audit_block_altered, block->no, NULL, NULL);
	else if (!verify_signature(v, block, hash))
		return false;
	if (v->known && v->known->no == block->no) {
		v->known_seen = true;
		if (!text_equal(v->known->hash, block->hash))
			problem(v, ERR_audit_seal_differs, block->no, NULL, NULL);
	}
	/* Where its neighbour is gone, a block's range begins with its own first event. */
	return verify_events(v, block, follows ? v->before.last_id : block->first_id - 1);
}

static bool verify_page(struct verifying *v, size_t *count)
{
	arena_reset(v->part.mem);
	if (!audit_store_blocks_up(&v->part, v->before.no, BLOCKS_AT_ONCE, v->page, count))
		return false;
	for (size_t i = 0; i < *count; i++) {
		arena_reset(v->part.mem);
		buf_init(&v->scratch, v->part.mem, 0);
		if (!verify_block(v, &v->page[i]))
			return false;
		v->before = v->page[i];
		v->report->blocks++;
	}
	return true;
}

static bool verify_all(struct verifying *v)
{
	size_t count;
	do {
		if (!verify_page(v, &count))
			return false;
	} while (count == BLOCKS_AT_ONCE);
	if (v->known && !v->known_seen)
		problem(v, ERR_audit_block_missing, v->known->no, NULL, NULL);
	v->report->last_no = v->before.no;
	memcpy(v->report->last_hash, v->before.hash, sizeof(v->before.hash));
	return audit_store_count_behind(&v->part, v->before.last_id, &v->report->unsealed);
}

bool audit_verify(struct call *c, const struct audit_known *known, struct audit_report *out)
{
	*out = (struct audit_report){
		.problems = ARENA_ARRAY(c->mem, struct error_detail, AUDIT_PROBLEMS_MAX),
	};
	struct verifying v = { .call = c, .part = *c, .report = out, .known = known };
	v.page = ARENA_ARRAY(c->mem, struct audit_block, BLOCKS_AT_ONCE);
	v.part.mem = arena_new(0);
	bool ok = verify_all(&v);
	arena_free(v.part.mem);
	return ok;
}
