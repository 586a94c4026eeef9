#ifndef AUDIT_AUDIT_RULES_H
#define AUDIT_AUDIT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/audit.h"
#include "base/crypto.h"

struct buf;

/*
 * What is hashed, so that others can check seals with programs of their own.
 * Numbers are 8 bytes, most significant first. A column is the letter 'n' for
 * NULL, 'i' and the number, or 't', the number of bytes, and the bytes.
 *
 *	leaf  = SHA-256 (0x00, the 11 columns of an event in the order below)
 *	node  = SHA-256 (0x01, left, right)
 *	root  = of the tree of RFC 6962 over the block's leaves by id
 *	hash  = SHA-256 (0x02, no, first_id, last_id, events, sealed_at, root, previous)
 *
 * `previous` is the hash of the block before, zeros for the first. The
 * signature is Ed25519 over the 32 bytes of the hash.
 */
enum event_column {
	EVENT_ID, EVENT_AT, EVENT_KIND, EVENT_ACCOUNT, EVENT_ADDRESS, EVENT_UNIT, EVENT_PATH,
	EVENT_SUBJECT_KIND, EVENT_SUBJECT, EVENT_BEFORE, EVENT_AFTER, EVENT_COLUMNS
};

/* An event as it is stored; `nulls` has the bit of each column that is NULL. */
struct event_row {
	id id;
	instant at;
	const char *kind;
	id account_id;
	const char *address;
	id unit_id;
	const char *unit_path;
	const char *subject_kind;
	id subject_id;
	const char *before, *after;
	unsigned nulls;
};

/* `scratch` is emptied and used. */
void audit_leaf(const struct event_row *row, struct buf *scratch, uint8_t out[SHA256_SIZE]);

/* A tree under way: the roots of its full subtrees, the largest first. */
struct merkle {
	uint8_t roots[64][SHA256_SIZE];
	int height;
	uint64_t leaves;
};
void merkle_start(struct merkle *tree);
void merkle_add(struct merkle *tree, const uint8_t leaf[SHA256_SIZE]);
void merkle_root(const struct merkle *tree, uint8_t out[SHA256_SIZE]); /* of no leaves: the hash of nothing */

/* The hash of a block from its other fields; false when root or previous are no hashes. */
bool audit_block_hash(const struct audit_block *block, uint8_t out[SHA256_SIZE]);

/* 64 zeros. */
const char *audit_no_hash(void);

/*
 * The class of an event, which says by which right its happening may be
 * watched on live screens; the word leads the paths of the stream.
 */
enum watch_class {
	WATCH_FIGURE,
	WATCH_ASSIGNMENT,
	WATCH_TASK,
	WATCH_DOCUMENT,
	WATCH_ACCOUNT,
	WATCH_ALL,
	WATCH_LOG,
	WATCH_NOBODY,
};
enum watch_class watch_class_of(const char *kind);
const char *watch_class_word(enum watch_class class);

/*
 * Live paths: "<class>/<unit path>./" for an event, so that "<class>/<unit
 * path>" watches the subtree and the whole text the unit alone. No code begins with '.'.
 */
char *watch_path(struct arena *mem, enum watch_class class, const char *unit_path, bool subtree);

#endif
