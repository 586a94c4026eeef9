#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/embed.h"

static void files_are_sorted_and_found(void **state)
{
	size_t count;
	const struct embedded_file *all = embedded_range("", &count);

	(void)state;
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(embedded_find(all[i].path), &all[i]);
		if (i > 0)
			assert_true(strcmp(all[i - 1].path, all[i].path) < 0);
	}
	assert_null(embedded_find("nothing"));
	assert_null(embedded_find(""));
	assert_null(embedded_find("zzz"));
}

static void content_is_whole(void **state)
{
	static const char head[] = "{\"type\":\"Topology\"";
	const struct embedded_file *map = embedded_find("data/provinces.topojson");

	(void)state;
	assert_non_null(map);
	assert_true(map->size > 10000);
	assert_memory_equal(map->data, head, sizeof(head) - 1);
	assert_true(map->data[map->size - 1] == '}' || map->data[map->size - 1] == '\n');
}

static void ranges_are_by_prefix(void **state)
{
	size_t count, none;
	const struct embedded_file *maps = embedded_range("data/communes/", &count);

	(void)state;
	assert_int_equal(count, 34);
	for (size_t i = 0; i < count; i++)
		assert_memory_equal(maps[i].path, "data/communes/", 14);
	embedded_range("data/nothing/", &none);
	assert_int_equal(none, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_sorted_and_found),
		cmocka_unit_test(content_is_whole),
		cmocka_unit_test(ranges_are_by_prefix),
	};

	return cmocka_run_group_tests_name("base embed", tests, NULL, NULL);
}
