#include "audit/audit_rules.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

enum { LEAF_MARK = 0x00, NODE_MARK = 0x01, BLOCK_MARK = 0x02, NUMBER_SIZE = 8 };

static void put_number(uint8_t out[NUMBER_SIZE], int64_t number)
{
	for (int i = 0; i < NUMBER_SIZE; i++)
		out[i] = (uint8_t)((uint64_t)number >> (8 * (NUMBER_SIZE - 1 - i)));
}

static void add_number(struct buf *out, char type, int64_t number)
{
	uint8_t bytes[NUMBER_SIZE];
	put_number(bytes, number);
	buf_add_char(out, type);
	buf_add(out, bytes, sizeof(bytes));
}

static bool is_null(const struct event_row *row, enum event_column column)
{
	return row->nulls & 1u << column;
}

static void add_int(struct buf *out, const struct event_row *row, enum event_column column, int64_t number)
{
	if (is_null(row, column))
		buf_add_char(out, 'n');
	else
		add_number(out, 'i', number);
}

static void add_text(struct buf *out, const struct event_row *row, enum event_column column, const char *text)
{
	if (is_null(row, column) || !text) {
		buf_add_char(out, 'n');
		return;
	}
	size_t length = strlen(text);
	add_number(out, 't', (int64_t)length);
	buf_add(out, text, length);
}

void audit_leaf(const struct event_row *row, struct buf *scratch, uint8_t out[SHA256_SIZE])
{
	buf_clear(scratch);
	buf_add_char(scratch, LEAF_MARK);
	add_int(scratch, row, EVENT_ID, row->id);
	add_int(scratch, row, EVENT_AT, row->at);
	add_text(scratch, row, EVENT_KIND, row->kind);
	add_int(scratch, row, EVENT_ACCOUNT, row->account_id);
	add_text(scratch, row, EVENT_ADDRESS, row->address);
	add_int(scratch, row, EVENT_UNIT, row->unit_id);
	add_text(scratch, row, EVENT_PATH, row->unit_path);
	add_text(scratch, row, EVENT_SUBJECT_KIND, row->subject_kind);
	add_int(scratch, row, EVENT_SUBJECT, row->subject_id);
	add_text(scratch, row, EVENT_BEFORE, row->before);
	add_text(scratch, row, EVENT_AFTER, row->after);
	sha256(scratch->data, scratch->length, out);
}

static void hash_node(const uint8_t left[SHA256_SIZE], const uint8_t right[SHA256_SIZE], uint8_t out[SHA256_SIZE])
{
	uint8_t bytes[1 + 2 * SHA256_SIZE];
	bytes[0] = NODE_MARK;
	memcpy(bytes + 1, left, SHA256_SIZE);
	memcpy(bytes + 1 + SHA256_SIZE, right, SHA256_SIZE);
	sha256(bytes, sizeof(bytes), out);
}

void merkle_start(struct merkle *tree)
{
	tree->height = 0;
	tree->leaves = 0;
}

/* Two full subtrees of one size become one, as carrying does in binary counting. */
void merkle_add(struct merkle *tree, const uint8_t leaf[SHA256_SIZE])
{
	memcpy(tree->roots[tree->height++], leaf, SHA256_SIZE);
	for (uint64_t carry = tree->leaves; carry & 1; carry >>= 1) {
		tree->height--;
		hash_node(tree->roots[tree->height - 1], tree->roots[tree->height], tree->roots[tree->height - 1]);
	}
	tree->leaves++;
}

void merkle_root(const struct merkle *tree, uint8_t out[SHA256_SIZE])
{
	if (tree->height == 0) {
		sha256("", 0, out);
		return;
	}
	memcpy(out, tree->roots[tree->height - 1], SHA256_SIZE);
	for (int i = tree->height - 2; i >= 0; i--)
		hash_node(tree->roots[i], out, out);
}

bool audit_block_hash(const struct audit_block *block, uint8_t out[SHA256_SIZE])
{
	const int64_t numbers[] = { block->no, block->first_id, block->last_id, block->events, block->sealed_at };
	enum { NUMBERS = sizeof(numbers) / sizeof(numbers[0]) };
	uint8_t bytes[1 + NUMBERS * NUMBER_SIZE + 2 * SHA256_SIZE];
	uint8_t *at = bytes;
	*at++ = BLOCK_MARK;
	for (int i = 0; i < NUMBERS; i++, at += NUMBER_SIZE)
		put_number(at, numbers[i]);
	if (!hex_decode(block->root, at, SHA256_SIZE) || !hex_decode(block->previous, at + SHA256_SIZE, SHA256_SIZE))
		return false;
	sha256(bytes, sizeof(bytes), out);
	return true;
}

const char *audit_no_hash(void)
{
	return "0000000000000000000000000000000000000000000000000000000000000000";
}

enum watch_class watch_class_of(const char *kind)
{
	static const struct {
		const char *prefix;
		enum watch_class class;
	} rows[] = {
		{ "submission.drafted", WATCH_NOBODY },
		{ "submission.", WATCH_FIGURE },
		{ "evidence.", WATCH_FIGURE },
		{ "period.", WATCH_ASSIGNMENT },
		{ "assignment.", WATCH_ASSIGNMENT },
		{ "task.", WATCH_TASK },
		{ "document.", WATCH_DOCUMENT },
		{ "reading.", WATCH_DOCUMENT },
		{ "account.signed_", WATCH_NOBODY },
		{ "account.sign_", WATCH_NOBODY },
		{ "account.", WATCH_ACCOUNT },
		{ "unit.", WATCH_ALL },
		{ "indicator.", WATCH_ALL },
		{ "report.", WATCH_ALL },
		{ "holiday.", WATCH_ALL },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text_starts(kind, rows[i].prefix))
			return rows[i].class;
	return WATCH_LOG;
}

const char *watch_class_word(enum watch_class class)
{
	static const char *const words[] = {
		[WATCH_FIGURE] = "figure",   [WATCH_ASSIGNMENT] = "assignment", [WATCH_TASK] = "task",
		[WATCH_DOCUMENT] = "document", [WATCH_ACCOUNT] = "account",
		[WATCH_ALL] = "all",         [WATCH_LOG] = "log",               [WATCH_NOBODY] = "nobody",
	};
	return words[class];
}

char *watch_path(struct arena *mem, enum watch_class class, const char *unit_path, bool subtree)
{
	return arena_printf(mem, "%s/%s%s", watch_class_word(class), unit_path, subtree ? "" : "./");
}
