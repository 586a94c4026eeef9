#include <dirent.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "letter/letter.h"
#include "letter_fixture.h"

/*
 * The instructions of the letters in tests/letters: each document in NAME.json
 * that has "tasks" has them all, in their order, as an official reads them. A
 * text that ends with "…" is the beginning of the instruction.
 */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool same_text(const char *want, const char *have)
{
	static const char more[] = "\xe2\x80\xa6";
	size_t length = strlen(want), tail = sizeof(more) - 1;
	if (length > tail && strcmp(want + length - tail, more) == 0)
		return strncmp(want, have, length - tail) == 0;
	return strcmp(want, have) == 0;
}

/* The byte at which character `offset` begins. */
static size_t byte_of(const char *text, size_t offset)
{
	size_t at = 0;
	for (; text[at] && (offset || ((unsigned char)text[at] & 0xc0) == 0x80); at++)
		if (((unsigned char)text[at] & 0xc0) != 0x80)
			offset--;
	return at;
}

/* Whether the task's span in the letter begins with the words of its text. */
static bool source_fits(struct arena *mem, const char *letter, json_t *task)
{
	json_t *source = json_object_get(task, "source");
	size_t start = (size_t)json_integer_value(json_object_get(source, "start"));
	size_t end = (size_t)json_integer_value(json_object_get(source, "end"));
	if (end <= start || end > text_length(letter))
		return false;
	size_t from = byte_of(letter, start), to = byte_of(letter, end);
	const char *there = text_fold(mem, arena_strndup(mem, letter + from, to - from));
	const char *text = text_fold(mem, json_string_value(json_object_get(task, "text")));
	return strncmp(there, text, 12) == 0;
}

static int task_differs(const char *name, size_t i, const json_t *want, const json_t *have)
{
	static const char *const members[] = { "lead", "cooperating", "product", "deadline", "recurrence" };
	int count = 0;
	if (!same_text(json_string_value(json_object_get(want, "text")), json_string_value(json_object_get(have, "text")))) {
		print_error("%s task %zu: expected '%s', read '%s'\n", name, i,
			    json_string_value(json_object_get(want, "text")), json_string_value(json_object_get(have, "text")));
		count++;
	}
	for (size_t m = 0; m < COUNT(members); m++) {
		json_t *a = json_object_get(want, members[m]), *b = json_object_get(have, members[m]);
		if (json_equal(a, b))
			continue;
		char *expected = json_dumps(a, JSON_ENCODE_ANY), *read = json_dumps(b, JSON_ENCODE_ANY);
		print_error("%s task %zu %s: expected %s, read %s\n", name, i, members[m], expected, read);
		free(expected);
		free(read);
		count++;
	}
	return count;
}

static int document_differs(struct arena *mem, const char *name, const char *letter, const json_t *want, const json_t *have)
{
	json_t *expected = json_object_get(want, "tasks"), *read = json_object_get(have, "tasks");
	int count = 0;
	if (!expected)
		return 0;
	for (size_t i = 0; i < json_array_size(expected) || i < json_array_size(read); i++) {
		json_t *a = json_array_get(expected, i), *b = json_array_get(read, i);
		if (a && b) {
			count += task_differs(name, i, a, b);
		} else {
			print_error("%s task %zu: %s '%s'\n", name, i, a ? "not read" : "read, but none is",
				    json_string_value(json_object_get(a ? a : b, "text")));
			count++;
		}
		if (b && !source_fits(mem, letter, b)) {
			print_error("%s task %zu: its words do not stand in its span\n", name, i);
			count++;
		}
	}
	return count;
}

static int letter_differs(const char *name, int *tasks)
{
	struct arena *mem = arena_new(0);
	const char *text = read_text(mem, arena_printf(mem, "tests/letters/%s.txt", name));
	const char *expected = read_text(mem, arena_printf(mem, "tests/letters/%s.json", name));
	assert_non_null(text);
	int count = 0;
	json_t *want = expected ? json_object_get(parse(mem, expected), "documents") : NULL;
	json_t *have = want ? read_letter(mem, text) : NULL;
	for (size_t i = 0; i < json_array_size(want); i++) {
		*tasks += (int)json_array_size(json_object_get(json_array_get(want, i), "tasks"));
		count += document_differs(mem, name, text, json_array_get(want, i), json_array_get(have, i));
	}
	arena_free(mem);
	return count;
}

static void instructions_are_read_as_an_official_reads_them(void **state)
{
	(void)state;
	DIR *dir = opendir("tests/letters");
	struct dirent *entry;
	int wrong = 0, tasks = 0;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		size_t length = strlen(entry->d_name);
		if (length < 5 || strcmp(entry->d_name + length - 4, ".txt") != 0)
			continue;
		char name[256];
		snprintf(name, sizeof(name), "%.*s", (int)length - 4, entry->d_name);
		wrong += letter_differs(name, &tasks);
	}
	closedir(dir);
	assert_true(tasks >= 100);
	assert_int_equal(wrong, 0);
}

/* The letters that are not part of the project: file, document, task; its leads apart by '|'; `-`: those that are there. */
static const struct {
	const char *file;
	size_t document, count, task;
	const char *lead, *cooperating, *kind, *before, *every;
	int day;
} shared[] = {
	{ "dak-lak-2026-05.txt", 0, 5, 0, "Sở Khoa học và Công nghệ", "", "none", NULL, NULL, 0 },
	{ "dak-lak-2026-05.txt", 0, 5, 2, "Sở Khoa học và Công nghệ", "", "none", NULL, NULL, 0 },
	{ "dak-lak-2026-05.txt", 0, 5, 3, "Sở Khoa học và Công nghệ", "", "instant", "2026-05-19T00:00:00+07:00", "month", 18 },
	{ "dak-lak-2026-05.txt", 0, 5, 4, "Các sở, ban, ngành|UBND xã, phường", "", "instant", "2026-05-17T00:00:00+07:00",
	  "month", 16 },
	{ "nghe-an-2026-04.txt", 0, 7, 0, "Giám đốc, Thủ trưởng các Sở, ban, ngành cấp tỉnh|Chủ tịch UBND các phường, xã", "",
	  "none", NULL, NULL, 0 },
	{ "nghe-an-2026-04.txt", 0, 7, 1, "Sở Khoa học và Công nghệ", "các Sở, ngành liên quan", "soonest", NULL, NULL, 0 },
	{ "nghe-an-2026-04.txt", 0, 7, 2, "Sở Khoa học và Công nghệ", "", "instant", "2026-04-30T00:00:00+07:00", NULL, 0 },
	{ "nghe-an-2026-04.txt", 0, 7, 5, "Sở Khoa học và Công nghệ", "", "none", NULL, NULL, 0 },
	{ "nghe-an-2026-04.txt", 0, 7, 6, "Công an tỉnh", "", "none", NULL, NULL, 0 },
	{ "nghe-an-2026-05-with-2203-CV-VPTW.txt", 0, 1, 0, "Sở Khoa học và Công nghệ", "các Sở, ban, ngành liên quan", "instant",
	  "2026-05-09T00:00:00+07:00", NULL, 0 },
	{ "nghe-an-2026-05-with-2203-CV-VPTW.txt", 1, 3, 0, "-", "", "instant", "2026-05-09T00:00:00+07:00", NULL, 0 },
	{ "nghe-an-2026-05-with-2203-CV-VPTW.txt", 1, 3, 1, "-", "", "instant", "2026-05-09T00:00:00+07:00", NULL, 0 },
	{ "nghe-an-2026-05-with-2203-CV-VPTW.txt", 1, 3, 2, "-", "", "instant", "2026-05-09T00:00:00+07:00", NULL, 0 },
	{ "ninh-binh-1346-CV-DU.txt", 0, 6, 0, "UBND tỉnh", "", "none", NULL, NULL, 0 },
	{ "ninh-binh-1346-CV-DU.txt", 0, 6, 1, "UBND tỉnh", "", "instant", "2026-07-01T00:00:00+07:00", NULL, 0 },
	{ "ninh-binh-1346-CV-DU.txt", 0, 6, 4, "Các đảng ủy, chi ủy trực thuộc Đảng ủy UBND tỉnh", "", "none", NULL, NULL, 0 },
	{ "ninh-binh-1346-CV-DU.txt", 0, 6, 5, "Các cơ quan tham mưu, giúp việc Đảng ủy UBND tỉnh", "", "none", NULL, NULL, 0 },
	{ "so-2026-01.txt", 0, 10, 2, "Các phòng chuyên môn, đơn vị trực thuộc Sở", "", "none", NULL, NULL, 0 },
	{ "so-2026-01.txt", 0, 10, 3, "Các phòng chuyên môn, đơn vị trực thuộc Sở", "", "instant", "2026-01-12T00:00:00+07:00", NULL, 0 },
	{ "so-2026-01.txt", 0, 10, 9, "Các phòng chuyên môn, đơn vị trực thuộc Sở", "Sở Khoa học và Công nghệ", "none", NULL, NULL, 0 },
};

static const char *joined(struct arena *mem, const json_t *names)
{
	struct buf out;
	buf_init(&out, mem, 0);
	for (size_t i = 0; i < json_array_size(names); i++) {
		if (i)
			buf_add_char(&out, '|');
		buf_add_text(&out, json_string_value(json_array_get(names, i)));
	}
	return out.length ? out.data : "";
}

static void check_shared(struct arena *mem, size_t i, const char *text)
{
	json_t *documents = read_letter(mem, text);
	json_t *document = json_array_get(documents, shared[i].document);
	json_t *tasks = json_object_get(document, "tasks");
	assert_int_equal(json_array_size(tasks), shared[i].count);
	json_t *task = json_array_get(tasks, shared[i].task);
	json_t *deadline = json_object_get(task, "deadline"), *recurrence = json_object_get(task, "recurrence");
	json_t *lead = json_object_get(task, "lead");
	if (strcmp(shared[i].lead, "-") == 0)
		assert_int_equal(json_array_size(lead), json_array_size(json_object_get(document, "addressees")));
	else
		assert_string_equal(joined(mem, lead), shared[i].lead);
	assert_string_equal(joined(mem, json_object_get(task, "cooperating")), shared[i].cooperating);
	assert_string_equal(json_string_value(json_object_get(deadline, "kind")), shared[i].kind);
	const char *before = json_string_value(json_object_get(deadline, "before"));
	assert_true(text_equal(before, shared[i].before));
	assert_true(text_equal(json_string_value(json_object_get(recurrence, "every")), shared[i].every));
	assert_int_equal(json_integer_value(json_object_get(recurrence, "day")), shared[i].day);
	if (shared[i].every)
		assert_string_equal(json_string_value(json_object_get(recurrence, "from")), "2026-05");
	assert_true(source_fits(mem, text, task));
}

static void real_letters_give_their_instructions(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(shared); i++) {
		struct arena *mem = arena_new(0);
		const char *text = read_text(mem, arena_printf(mem, "../shared/letters/%s", shared[i].file));
		if (!text) {
			arena_free(mem);
			print_message("../shared/letters is not there: its letters are not read\n");
			skip();
		}
		check_shared(mem, i, text);
		arena_free(mem);
	}
}

/* More cells than columns are read of: met by a mutated letter. */
static void a_row_may_have_more_cells_than_its_table(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	json_t *documents = read_letter(mem, "SỞ NỘI VỤ\n\nSố: 12/SNV-VP\n\nKính gửi: Sở Y tế\n\n"
					"TT | Nội dung | Chủ trì | Thời hạn\n"
					"1 | Rà soát hồ sơ | Sở Y tế | 20/5/2026\n"
					"2 | a | b | c | d | e | g | h | i | k | l | m | n | o | p | q | r\n");
	json_t *tasks = json_object_get(json_array_get(documents, 0), "tasks");
	assert_in_range(json_array_size(tasks), 1, 2);
	assert_string_equal(json_string_value(json_object_get(json_array_get(tasks, 0), "text")), "Rà soát hồ sơ");
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instructions_are_read_as_an_official_reads_them),
		cmocka_unit_test(a_row_may_have_more_cells_than_its_table),
		cmocka_unit_test(real_letters_give_their_instructions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
