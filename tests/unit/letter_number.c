#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "letter/letter.h"

static const struct {
	const char *written, *normal, *running, *type, *issuer;
} numbers[] = {
	{ "2203/CV/VPTW", "2203-CV/VPTW", "2203", "CV", "VPTW" },
	{ "2203-CV/VPTW", "2203-CV/VPTW", "2203", "CV", "VPTW" },
	{ "2203 - CV / VPTW", "2203-CV/VPTW", "2203", "CV", "VPTW" },
	{ "2203–CV/VPTW", "2203-CV/VPTW", "2203", "CV", "VPTW" },
	{ "2203-CV-VPTW", "2203-CV/VPTW", "2203", "CV", "VPTW" },
	{ "57-NQ/TW", "57-NQ/TW", "57", "NQ", "TW" },
	{ "57-nq/tw", "57-NQ/TW", "57", "NQ", "TW" },
	{ "71/NQ-CP", "71/NQ-CP", "71", "NQ", "CP" },
	{ "15/QĐ-BNV", "15/QĐ-BNV", "15", "QĐ", "BNV" },
	{ "15 / QĐ-BNV", "15/QĐ-BNV", "15", "QĐ", "BNV" },
	{ "15/qđ-bnv", "15/QĐ-BNV", "15", "QĐ", "BNV" },
	{ "14/CT-TTg", "14/CT-TTG", "14", "CT", "TTG" },
	{ "04-CTr/TW", "04-CTR/TW", "04", "CTR", "TW" },
	{ "11-QĐi/TU", "11-QĐI/TU", "11", "QĐI", "TU" },
	{ "30/2020/NĐ-CP", "30/2020/NĐ-CP", "30", "NĐ", "CP" },
	{ "18/2026/NQ-HĐND", "18/2026/NQ-HĐND", "18", "NQ", "HĐND" },
	{ "31/2024/QH15", "31/2024/QH15", "31", NULL, "QH15" },
	{ "3398/VPCP-CĐS", "3398/VPCP-CĐS", "3398", NULL, "VPCP-CĐS" },
	{ "12/UBND", "12/UBND", "12", NULL, "UBND" },
	{ "640/SYT-NVY", "640/SYT-NVY", "640", NULL, "SYT-NVY" },
	{ "212-KH/TWĐTN-PT", "212-KH/TWĐTN-PT", "212", "KH", "TWĐTN-PT" },
	{ "23-BC/CQTTBCĐ", "23-BC/CQTTBCĐ", "23", "BC", "CQTTBCĐ" },
	{ "55/HDLT-STC-SXD", "55/HDLT-STC-SXD", "55", "HDLT", "STC-SXD" },
	{ "102/KH&CN-QLCN", "102/KH&CN-QLCN", "102", NULL, "KH&CN-QLCN" },
	{ "12a/2026/NQ-HĐND", "12A/2026/NQ-HĐND", "12A", "NQ", "HĐND" },
	{ "2c/QH/TU", "2C-QH/TU", "2C", "QH", "TU" },
	{ "2C-QH/TU", "2C-QH/TU", "2C", "QH", "TU" },
	{ "/UBND-VX", NULL, NULL, NULL, "UBND-VX" },
	{ "/QĐ-UBND", NULL, NULL, "QĐ", "UBND" },
	{ "-CV/TU", NULL, NULL, "CV", "TU" },
	{ "", NULL, NULL, NULL, NULL },
	{ "2026", NULL, NULL, NULL, NULL },
	{ "12/5/2026", NULL, NULL, NULL, NULL },
	{ "Công văn", NULL, NULL, NULL, NULL },
	{ "12/UBND và 13/UBND", NULL, NULL, NULL, NULL },
	{ "1234567/UBND", NULL, NULL, NULL, NULL },
};

static void numbers_have_one_form(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	int wrong = 0;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		const char *normal = letter_number_normal(mem, numbers[i].written);
		if (!text_equal(normal, numbers[i].normal)) {
			print_error("%s: %s\n", numbers[i].written, normal ? normal : "none");
			wrong++;
		}
	}
	arena_free(mem);
	assert_int_equal(wrong, 0);
}

static void numbers_have_parts(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	int wrong = 0;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct letter_number parts;
		letter_number_split(mem, numbers[i].written, &parts);
		if (!text_equal(parts.running, numbers[i].running) || !text_equal(parts.type, numbers[i].type) ||
		    !text_equal(parts.issuer, numbers[i].issuer)) {
			print_error("%s: %s %s %s\n", numbers[i].written, parts.running ? parts.running : "-",
				    parts.type ? parts.type : "-", parts.issuer ? parts.issuer : "-");
			wrong++;
		}
	}
	arena_free(mem);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_have_one_form),
		cmocka_unit_test(numbers_have_parts),
	};
	return cmocka_run_group_tests_name("letter numbers", tests, NULL, NULL);
}
