#include <dirent.h>
#include <stdarg.h>
#include <stddef.h>
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
 * Letters of invented content in real layouts: tests/letters/NAME.txt, and in
 * NAME.json the documents expected of it, without their tasks.
 */

static char *shown(const json_t *value)
{
	return json_dumps(value, JSON_ENCODE_ANY | JSON_SORT_KEYS);
}

/* How many members that `expected` has differ in `read`; each is told. */
static int differences(const char *name, json_t *expected, json_t *read)
{
	void *at = json_object_iter(expected);
	int count = 0;
	for (; at; at = json_object_iter_next(expected, at)) {
		const char *key = json_object_iter_key(at);
		json_t *want = json_object_iter_value(at), *have = json_object_get(read, key);
		if (!strcmp(key, "tasks"))
			continue;
		if (!strcmp(key, "references"))
			for (size_t i = 0; i < json_array_size(have); i++)
				json_object_del(json_array_get(have, i), "source");
		if (json_equal(want, have))
			continue;
		char *a = shown(want), *b = shown(have);
		print_error("%s %s: expected %s, read %s\n", name, key, a, b ? b : "nothing");
		free(a);
		free(b);
		count++;
	}
	return count;
}

/* The text as Office files give it: without blank lines. */
static const char *respaced(struct arena *mem, const char *text, const char *end)
{
	struct buf out;
	buf_init(&out, mem, 0);
	while (*text) {
		size_t length = strcspn(text, "\n"), blanks = strspn(text, " \t");
		if (blanks < length) {
			buf_add(&out, text, length);
			buf_add_text(&out, end);
		}
		text += length + (text[length] == '\n');
	}
	return out.data;
}

static int compare(const char *folder, const char *name, const char *line_end)
{
	struct arena *mem = arena_new(0);
	const char *text = read_text(mem, arena_printf(mem, "%s/%s.txt", folder, name));
	const char *expected = read_text(mem, arena_printf(mem, "%s/%s.json", folder, name));
	assert_non_null(text);
	if (line_end)
		text = respaced(mem, text, line_end);
	if (!expected)
		fail_msg("%s has no JSON beside it", name);
	json_t *want = json_object_get(parse(mem, expected), "documents"), *have = read_letter(mem, text);
	int count = 0;
	if (json_array_size(want) != json_array_size(have)) {
		print_error("%s: expected %zu documents, read %zu\n", name, json_array_size(want), json_array_size(have));
		count++;
	} else {
		for (size_t i = 0; i < json_array_size(want); i++)
			count += differences(name, json_array_get(want, i), json_array_get(have, i));
	}
	arena_free(mem);
	return count;
}

static int compare_all(const char *line_end)
{
	DIR *dir = opendir("tests/letters");
	struct dirent *entry;
	int wrong = 0, letters = 0;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		size_t length = strlen(entry->d_name);
		if (length < 5 || strcmp(entry->d_name + length - 4, ".txt") != 0)
			continue;
		char name[256];
		snprintf(name, sizeof(name), "%.*s", (int)length - 4, entry->d_name);
		wrong += compare("tests/letters", name, line_end);
		letters++;
	}
	closedir(dir);
	assert_true(letters >= 40);
	return wrong;
}

static void letters_are_read_as_expected(void **state)
{
	(void)state;
	assert_int_equal(compare_all(NULL), 0);
}

static void blank_lines_do_not_matter(void **state)
{
	(void)state;
	assert_int_equal(compare_all("\n"), 0);
}

/* The letters that are not part of the project: what their heads and ends say. */
struct expected {
	const char *file;
	size_t document;
	const char *json;
};

static const struct expected shared[] = {
	{ "dak-lak-2026-05.txt", 0,
	  "{\"issuer\":\"ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK\",\"number\":\"/UBND-KGVX\",\"number_normal\":null,\"type\":\"Công văn\","
	  "\"date\":null,\"month\":\"2026-05\",\"addressees\":[\"Các sở, ban, ngành\",\"UBND các xã, phường\"],"
	  "\"subject\":\"cập nhật các chỉ số theo dõi, giám sát, đánh giá việc triển khai Nghị quyết số 57-NQ/TW\","
	  "\"signer\":{\"prefix\":\"TL. CHỦ TỊCH; KT. CHÁNH VĂN PHÒNG\",\"position\":\"PHÓ CHÁNH VĂN PHÒNG\","
	  "\"name\":\"Cao Như Khánh\"}}" },
	{ "nghe-an-2026-04.txt", 0,
	  "{\"issuer\":\"ỦY BAN NHÂN DÂN TỈNH NGHỆ AN\",\"number\":\"/UBND-VX\",\"date\":null,\"month\":\"2026-04\","
	  "\"subject\":\"triển khai các nhiệm vụ trọng tâm thực hiện Nghị quyết số 57-NQ/TW theo chỉ đạo của đồng chí Tổng Bí thư, "
	  "Chủ tịch nước\",\"signer\":{\"prefix\":\"TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH\",\"position\":\"PHÓ CHỦ TỊCH\","
	  "\"name\":\"Thái Văn Thành\"}}" },
	{ "nghe-an-2026-05-with-2203-CV-VPTW.txt", 0,
	  "{\"issuer\":\"ỦY BAN NHÂN DÂN TỈNH NGHỆ AN\",\"number\":\"/UBND-VX\",\"date\":null,\"month\":\"2026-05\","
	  "\"subject\":\"thực hiện một số nhiệm vụ cấp bách của Nghị quyết số 57-NQ/TW\","
	  "\"signer\":{\"prefix\":\"TL. CHỦ TỊCH; KT. CHÁNH VĂN PHÒNG\",\"position\":\"PHÓ CHÁNH VĂN PHÒNG\","
	  "\"name\":\"Thái Minh Tuấn\"}}" },
	{ "nghe-an-2026-05-with-2203-CV-VPTW.txt", 1,
	  "{\"superior\":\"BAN CHẤP HÀNH TRUNG ƯƠNG\",\"issuer\":\"VĂN PHÒNG\",\"number\":\"2203-CV/VPTW\","
	  "\"number_normal\":\"2203-CV/VPTW\",\"place\":\"Hà Nội\",\"date\":\"2026-05-06\",\"month\":null,"
	  "\"subject\":\"triển khai thực hiện một số nhiệm vụ cấp bách của Nghị quyết số 57-NQ/TW\","
	  "\"signer\":{\"prefix\":\"K/T CHÁNH VĂN PHÒNG\",\"position\":\"PHÓ CHÁNH VĂN PHÒNG\",\"name\":\"Võ Thành Hưng\"}}" },
	{ "ninh-binh-1346-CV-DU.txt", 0,
	  "{\"superior\":\"ĐẢNG BỘ TỈNH NINH BÌNH\",\"issuer\":\"ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH\",\"number\":\"1346-CV/ĐU\","
	  "\"date\":\"2026-05-29\",\"subject\":\"đơn đốc triển khai thực hiện nội dung và các nhiệm vụ tại Báo cáo số "
	  "23-BC/CQTTBCĐ ngày 27/5/2026 của Cơ quan Thường trực Ban Chỉ đạo Trung ương\","
	  "\"signer\":{\"prefix\":\"T/M BAN THƯỜNG VỤ\",\"position\":\"PHÓ BÍ THƯ\",\"name\":\"Trương Công Khải\"}}" },
	{ "so-2026-01.txt", 0,
	  "{\"issuer\":null,\"number\":null,\"date\":null,\"subject\":null,"
	  "\"addressees\":[\"Các phòng chuyên môn, đơn vị trực thuộc Sở\"],"
	  "\"signer\":{\"prefix\":null,\"position\":\"GIÁM ĐỐC\",\"name\":\"Vương Thế Mẫn\"}}" },
};

/* The references by number, date, issuer: each must be among those read. */
static const struct {
	const char *file;
	size_t document, count;
	const char *number, *date, *issuer;
} references[] = {
	{ "dak-lak-2026-05.txt", 0, 3, "2067-CV/ĐU", "2026-05-05", "Đảng ủy UBND tỉnh" },
	{ "dak-lak-2026-05.txt", 0, 3, "27-CV/BCĐ", "2026-05-05",
	  "Ban Chỉ đạo phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số tỉnh" },
	{ "dak-lak-2026-05.txt", 0, 3, "57-NQ/TW", NULL, "Bộ Chính trị" },
	{ "nghe-an-2026-04.txt", 0, 6, "3398/VPCP-CĐS", "2026-04-18", "Văn phòng Chính phủ" },
	{ "nghe-an-2026-04.txt", 0, 6, "1734-CV/VPTW", "2026-04-13", "Văn phòng Trung ương Đảng" },
	{ "nghe-an-2026-04.txt", 0, 6, "942-CV/TU", "2026-04-16", NULL },
	{ "nghe-an-2026-04.txt", 0, 6, "1899-CV/ĐU", "2026-04-17", NULL },
	{ "nghe-an-2026-04.txt", 0, 6, "04-KH/BCĐTW", "2026-01-05",
	  "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số" },
	{ "nghe-an-2026-05-with-2203-CV-VPTW.txt", 0, 2, "2203-CV/VPTW", "2026-05-06", "Văn phòng Trung ương Đảng" },
	{ "nghe-an-2026-05-with-2203-CV-VPTW.txt", 1, 2, "57-NQ/TW", "2024-12-22", "Bộ Chính trị" },
	{ "nghe-an-2026-05-with-2203-CV-VPTW.txt", 1, 2, "2085-CV/VPTW", "2026-04-29", "Văn phòng Trung ương Đảng" },
	{ "ninh-binh-1346-CV-DU.txt", 0, 4, "23-BC/CQTTBCĐ", "2026-05-27", "Cơ quan Thường trực Ban Chỉ đạo Trung ương" },
	{ "ninh-binh-1346-CV-DU.txt", 0, 4, "57-NQ/TW", "2024-12-22", "Bộ Chính trị" },
	{ "ninh-binh-1346-CV-DU.txt", 0, 4, "44-KH/TU", "2026-04-01", "Ban Thường vụ Tỉnh ủy" },
	{ "so-2026-01.txt", 0, 6, "02-TB/BCĐ", "2025-12-30", NULL },
	{ "so-2026-01.txt", 0, 6, "71/NQ-CP", NULL, "Chính phủ" },
	{ "so-2026-01.txt", 0, 6, "02-QC/BCĐTW", "2025-06-10", "Ban Chỉ đạo Trung ương" },
	{ "so-2026-01.txt", 0, 6, "19431-CV/VPTW", "2025-12-11", "Văn phòng Trung ương Đảng" },
};

static bool same_text(json_t *object, const char *key, const char *text)
{
	const char *have = json_string_value(json_object_get(object, key));
	return text_equal(have, text);
}

static int check_references(json_t *documents, const char *file)
{
	int wrong = 0;
	for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++) {
		if (strcmp(references[i].file, file) != 0)
			continue;
		json_t *list = json_object_get(json_array_get(documents, references[i].document), "references"), *at;
		size_t k;
		bool found = false;
		json_array_foreach(list, k, at) found = found || (same_text(at, "number_normal", references[i].number) &&
								   same_text(at, "date", references[i].date) &&
								   same_text(at, "issuer", references[i].issuer));
		if (!found || json_array_size(list) != references[i].count) {
			print_error("%s: reference %s (%zu read)\n", file, references[i].number, json_array_size(list));
			wrong++;
		}
	}
	return wrong;
}

static void letters_beside_the_project(void **state)
{
	(void)state;
	int wrong = 0, read = 0;
	for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++) {
		struct arena *mem = arena_new(0);
		const char *text = read_text(mem, arena_printf(mem, "../shared/letters/%s", shared[i].file));
		if (text) {
			json_t *documents = read_letter(mem, text);
			wrong += differences(shared[i].file, parse(mem, shared[i].json), json_array_get(documents, shared[i].document));
			if (!shared[i].document)
				wrong += check_references(documents, shared[i].file);
			read++;
		}
		arena_free(mem);
	}
	if (!read) {
		print_message("../shared/letters is not there: not tried\n");
		skip();
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_read_as_expected),
		cmocka_unit_test(blank_lines_do_not_matter),
		cmocka_unit_test(letters_beside_the_project),
	};
	return cmocka_run_group_tests_name("letters", tests, NULL, NULL);
}
