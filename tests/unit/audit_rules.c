#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "audit/audit_rules.h"
#include "audit/audit_sentence.h"
#include "base/arena.h"
#include "base/buf.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The definition of RFC 6962, word for word. */
static void tree_hash(uint8_t (*leaves)[SHA256_SIZE], size_t count, uint8_t out[SHA256_SIZE])
{
	if (count == 0) {
		sha256("", 0, out);
		return;
	}
	if (count == 1) {
		memcpy(out, leaves[0], SHA256_SIZE);
		return;
	}
	size_t k = 1;
	while (k * 2 < count)
		k *= 2;
	uint8_t bytes[1 + 2 * SHA256_SIZE] = { 1 };
	tree_hash(leaves, k, bytes + 1);
	tree_hash(leaves + k, count - k, bytes + 1 + SHA256_SIZE);
	sha256(bytes, sizeof(bytes), out);
}

static void roots_are_those_of_the_rfc(void **state)
{
	(void)state;
	enum { MOST = 130 };
	static uint8_t leaves[MOST][SHA256_SIZE];
	struct merkle tree;
	merkle_start(&tree);
	for (size_t n = 0; n <= MOST; n++) {
		uint8_t root[SHA256_SIZE], expected[SHA256_SIZE];
		merkle_root(&tree, root);
		tree_hash(leaves, n, expected);
		assert_memory_equal(root, expected, SHA256_SIZE);
		if (n == MOST)
			break;
		sha256(&n, sizeof(n), leaves[n]);
		merkle_add(&tree, leaves[n]);
	}
}

static const struct event_row sample = {
	.id = 9728394582917120,
	.at = 1778900000000,
	.kind = "submission.approved",
	.account_id = 42,
	.address = "10.0.0.7",
	.unit_id = 7,
	.unit_path = "TW/66/22015/",
	.subject_kind = "submission",
	.subject_id = 99,
	.after = "{\"version\":2}",
	.nulls = 1u << EVENT_BEFORE,
};

static char *leaf_of(struct arena *mem, const struct event_row *row)
{
	struct buf scratch;
	uint8_t leaf[SHA256_SIZE];
	buf_init(&scratch, mem, 0);
	audit_leaf(row, &scratch, leaf);
	return hex_encode(leaf, sizeof(leaf), arena_alloc(mem, SHA256_HEX_MAX));
}

/* Worked out by another program from the description in audit_rules.h. */
static void hashes_are_those_that_are_described(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	assert_string_equal(leaf_of(mem, &sample), "c0a219f7ab48c36d6bf382f3d2365df9f322f162af65567e81973078e83aa51d");

	struct audit_block block = { .no = 3, .first_id = 10, .last_id = 20, .events = 5, .sealed_at = 1778900000000 };
	memset(block.root, 'a', 64);
	memset(block.previous, 'b', 64);
	uint8_t hash[SHA256_SIZE];
	char text[SHA256_HEX_MAX];
	assert_true(audit_block_hash(&block, hash));
	assert_string_equal(hex_encode(hash, sizeof(hash), text), "901ef941c62b0d9f64f5f7df58cb187faf6e92d58aad556f98d33cbab5be2df2");
	block.root[0] = 'x';
	assert_false(audit_block_hash(&block, hash));
	block.root[0] = '\0';
	assert_false(audit_block_hash(&block, hash));
	arena_free(mem);
}

static void every_column_counts(void **state)
{
	(void)state;
	struct event_row rows[16];
	size_t n = 0;
#define WITH(...) (rows[n] = sample, rows[n].__VA_ARGS__, n++)
	WITH(id = 1);
	WITH(at = 1);
	WITH(kind = "submission.approve");
	WITH(account_id = 43);
	WITH(address = "10.0.0.70");
	WITH(unit_id = 8);
	WITH(unit_path = "TW/66/");
	WITH(subject_kind = "submissio");
	WITH(subject_id = 100);
	WITH(after = "{\"version\":3}");
	WITH(nulls = 0);
	WITH(nulls = sample.nulls | 1u << EVENT_ACCOUNT);
	WITH(after = "");
#undef WITH
	rows[n] = sample;
	rows[n].before = "";
	rows[n++].nulls = 0;
	/* The same letters, parted otherwise. */
	rows[n] = sample;
	rows[n].kind = "submission.approved1";
	rows[n++].address = "0.0.0.7";

	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < n; i++) {
		if (i != 10) /* a NULL text counts as NULL with or without its bit */
			assert_string_not_equal(leaf_of(mem, &rows[i]), leaf_of(mem, &sample));
		for (size_t k = i + 1; k < n; k++)
			assert_string_not_equal(leaf_of(mem, &rows[i]), leaf_of(mem, &rows[k]));
	}
	arena_free(mem);
}

static void kinds_are_watched_by_class(void **state)
{
	(void)state;
	static const struct {
		const char *kind;
		enum watch_class class;
	} rows[] = {
		{ "submission.submitted", WATCH_FIGURE }, { "evidence.added", WATCH_FIGURE },
		{ "submission.drafted", WATCH_NOBODY },   { "period.opened", WATCH_ASSIGNMENT },
		{ "assignment.created", WATCH_ASSIGNMENT }, { "account.granted", WATCH_ACCOUNT },
		{ "account.signed_in", WATCH_NOBODY },    { "account.sign_in_failed", WATCH_NOBODY },
		{ "unit.merged", WATCH_ALL },             { "report.changed", WATCH_ALL },
		{ "holiday.changed", WATCH_ALL },         { "setting.changed", WATCH_LOG },
		{ "something.new", WATCH_LOG },           { "task.reported", WATCH_TASK },
		{ "document.linked", WATCH_DOCUMENT },    { "reading.done", WATCH_DOCUMENT },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(watch_class_of(rows[i].kind), rows[i].class);
	struct arena *mem = arena_new(0);
	const char *event = watch_path(mem, WATCH_FIGURE, "TW/66/", false);
	assert_string_equal(event, "figure/TW/66/./");
	assert_ptr_equal(strstr(event, watch_path(mem, WATCH_FIGURE, "TW/66/", true)), event);
	assert_null(strstr(watch_path(mem, WATCH_FIGURE, "TW/66/22015/", false), event));
	arena_free(mem);
}

static void events_are_told_in_sentences(void **state)
{
	(void)state;
	static const struct {
		struct sentence_parts parts;
		const char *vi, *en;
	} rows[] = {
		{ { "submission.submitted", "Phường Tuy Hoà", NULL, "{\"version\":0}", "{\"period\":\"2026-05\",\"version\":1}" },
		  "Phường Tuy Hoà trình số liệu kỳ tháng 5/2026, bản 1.", "Phường Tuy Hoà submitted its figures for 5/2026, version 1." },
		{ { "submission.submitted", "Phường Tuy Hoà", NULL, NULL, NULL },
		  "Phường Tuy Hoà trình số liệu.", "Phường Tuy Hoà submitted its figures." },
		{ { "submission.returned", "X", NULL, NULL, "{\"period\":\"2026-Q2\",\"reason\":\"Sai mẫu số\"}" },
		  "Bản trình số liệu kỳ quý II/2026 của X bị trả lại: Sai mẫu số.",
		  "The submission for quarter II/2026 of X was returned: Sai mẫu số." },
		{ { "holiday.changed", "TW", NULL, "{\"date\":\"2026-09-02\",\"name\":\"Quốc khánh\"}", NULL },
		  "Lịch nghỉ được sửa: ngày 2/9/2026 (Quốc khánh).", "The days off were changed: 2/9/2026 (Quốc khánh)." },
		{ { "account.granted", "X", "Nguyễn Văn A", NULL, "{\"role\":\"approver\"}" },
		  "Tài khoản của Nguyễn Văn A (X) được cấp quyền phê duyệt.",
		  "The account of Nguyễn Văn A (X) was given the role approver." },
		{ { "account.sign_in_failed", NULL, NULL, NULL, NULL }, "Đăng nhập không thành công.", "A sign-in failed." },
		{ { "something.new", "X", NULL, NULL, NULL }, "something.new", "something.new" },
		{ { "submission.submitted", "X", NULL, "not json", "[1]" }, "X trình số liệu.", "X submitted its figures." },
		{ { "unit.imported", "TW", NULL, NULL, "{\"units\":3866}" },
		  "Danh mục đơn vị chính thức được nạp (3866 đơn vị).", "The official units were loaded (3866)." },
	};
	struct arena *mem = arena_new(0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_string_equal(event_sentence(mem, &rows[i].parts, LANG_VI), rows[i].vi);
		assert_string_equal(event_sentence(mem, &rows[i].parts, LANG_EN), rows[i].en);
	}
	arena_free(mem);
}

/* Both languages ask for the same words, in brackets that close. */
static void the_catalogue_is_well_formed(void **state)
{
	(void)state;
	static const struct {
		const char *kind, *sentences[2];
	} rows[] = {
#define EVENT(kind, vi, en) { kind, { vi, en } },
#include "messages/events.def"
#undef EVENT
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_non_null(strchr(rows[i].kind, '.'));
		for (size_t k = i + 1; k < COUNT(rows); k++)
			assert_string_not_equal(rows[i].kind, rows[k].kind);
		for (int lang = 0; lang < 2; lang++) {
			int depth = 0;
			for (const char *at = rows[i].sentences[lang]; *at; at++) {
				depth += *at == '[' ? 1 : *at == ']' ? -1 : 0;
				assert_in_range(depth, 0, 1);
				if (*at != '{')
					continue;
				const char *close = strchr(at, '}');
				assert_non_null(close);
				char word[64];
				snprintf(word, sizeof(word), "%.*s", (int)(close - at) + 1, at);
				if (!strstr(rows[i].sentences[!lang], word))
					fail_msg("%s: %s stands in one language only", rows[i].kind, word);
			}
			assert_int_equal(depth, 0);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_those_of_the_rfc),
		cmocka_unit_test(hashes_are_those_that_are_described),
		cmocka_unit_test(every_column_counts),
		cmocka_unit_test(kinds_are_watched_by_class),
		cmocka_unit_test(events_are_told_in_sentences),
		cmocka_unit_test(the_catalogue_is_well_formed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
