#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/arena.h"

static void test_memory_is_zeroed_and_aligned(void **state)
{
	(void)state;
	static const size_t sizes[] = { 0, 1, 7, 16, 100, 2047, 2048, 5000, 70000, 300000 };
	struct arena *mem = arena_new(0);
	for (int round = 0; round < 20; round++) {
		for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
			unsigned char *at = arena_alloc(mem, sizes[i]);
			assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
			for (size_t j = 0; j < sizes[i]; j++)
				assert_int_equal(at[j], 0);
			memset(at, 0xa5, sizes[i]);
		}
		if (round % 5 == 4) {
			arena_reset(mem);
			assert_int_equal(arena_used(mem), 0);
		}
	}
	arena_free(mem);
}

static void test_allocations_do_not_overlap(void **state)
{
	(void)state;
	enum { COUNT = 3000 };
	struct arena *mem = arena_new(0);
	unsigned char *at[COUNT];
	size_t size[COUNT];
	for (int i = 0; i < COUNT; i++) {
		size[i] = (size_t)(i * 37 % 3001);
		at[i] = arena_alloc(mem, size[i]);
		memset(at[i], i & 0xff, size[i]);
	}
	for (int i = 0; i < COUNT; i++)
		for (size_t j = 0; j < size[i]; j++)
			assert_int_equal(at[i][j], i & 0xff);
	arena_free(mem);
}

static void test_used_counts_bytes(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	assert_int_equal(arena_used(mem), 0);
	arena_alloc(mem, 10);
	arena_array(mem, 3, 100);
	assert_int_equal(arena_used(mem), 310);
	arena_alloc(mem, 100000);
	assert_int_equal(arena_used(mem), 100310);
	arena_free(mem);
	arena_free(NULL);
}

static void test_grow(void **state)
{
	(void)state;
	struct arena *mem = arena_new(1000000);
	char *text = NULL;
	size_t size = 0;
	for (size_t next = 1; next < 200000; next = next * 3 + 1) {
		text = arena_grow(mem, text, size, next);
		assert_non_null(text);
		memset(text + size, 'a' + (int)(next % 26), next - size);
		size = next;
	}
	size_t from = 0;
	for (size_t next = 1; next < 200000; next = next * 3 + 1) {
		for (; from < next; from++)
			assert_int_equal(text[from], 'a' + (int)(next % 26));
	}
	arena_free(mem);
}

static void test_grow_in_place(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	char *small = arena_alloc(mem, 20);
	assert_ptr_equal(arena_grow(mem, small, 20, 400), small);
	assert_ptr_equal(arena_grow(mem, small, 400, 300), small);
	assert_int_equal(arena_used(mem), 400);

	/* Something behind it: it moves, and what was there stays. */
	small[399] = 'x';
	char *next = arena_alloc(mem, 1);
	char *moved = arena_grow(mem, small, 400, 500);
	assert_ptr_not_equal(moved, small);
	assert_int_equal(moved[399], 'x');
	*next = 'n';
	assert_int_equal(moved[399], 'x');
	arena_free(mem);
}

static void test_grow_past_the_maximum(void **state)
{
	(void)state;
	struct arena *mem = arena_new(10000);
	char *text = arena_alloc(mem, 6000);
	text[5999] = 'x';
	assert_null(arena_grow(mem, text, 6000, 10001));
	assert_null(arena_grow(mem, NULL, 0, 4001));
	assert_int_equal(text[5999], 'x');
	text = arena_grow(mem, text, 6000, 10000);
	assert_non_null(text);
	assert_int_equal(text[5999], 'x');
	arena_free(mem);
}

static void test_copies(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	assert_string_equal(arena_strdup(mem, "xã Ea Kar"), "xã Ea Kar");
	assert_string_equal(arena_strdup(mem, ""), "");
	assert_null(arena_strdup(mem, NULL));
	assert_string_equal(arena_strndup(mem, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(mem, NULL, 0), "");
	assert_string_equal(arena_printf(mem, "%d/%d", 16, 5), "16/5");

	char long_text[1001];
	memset(long_text, 'k', 1000);
	long_text[1000] = '\0';
	assert_string_equal(arena_printf(mem, "%s", long_text), long_text);
	/* At the edge of the room for short texts. */
	for (int width = 250; width < 262; width++)
		assert_int_equal(strlen(arena_printf(mem, "%*d", width, 1)), width);
	arena_free(mem);
}

struct trail {
	struct arena *mem;
	char marks[8];
	size_t count;
};

struct mark {
	struct trail *trail;
	char mark;
};

static void leave_mark(void *arg)
{
	struct mark *mark = arg;
	mark->trail->marks[mark->trail->count++] = mark->mark;
}

static void leave_mark_and_defer(void *arg)
{
	struct mark *mark = arg;
	leave_mark(arg);
	struct mark *again = ARENA_NEW(mark->trail->mem, struct mark);
	*again = (struct mark){ mark->trail, 'z' };
	arena_defer(mark->trail->mem, leave_mark, again);
}

static void test_hooks_run_newest_first_and_once(void **state)
{
	(void)state;
	struct arena *mem = arena_new(0);
	struct trail trail = { .mem = mem };
	struct mark a = { &trail, 'a' }, b = { &trail, 'b' }, c = { &trail, 'c' };
	arena_defer(mem, leave_mark, &a);
	arena_defer(mem, leave_mark_and_defer, &b);
	arena_reset(mem);
	assert_string_equal(trail.marks, "bza");
	arena_defer(mem, leave_mark, &c);
	arena_free(mem);
	assert_string_equal(trail.marks, "bzac");
}

/* What must end the process is tried in a child, whose words go nowhere. */
static void assert_aborts(void (*act)(void))
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		signal(SIGABRT, SIG_DFL);
		close(STDERR_FILENO);
		act();
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void pass_the_maximum(void)
{
	struct arena *mem = arena_new(100000);
	for (int i = 0; i < 11; i++)
		arena_alloc(mem, 10000);
}

static void overflow_a_product(void)
{
	volatile size_t many = SIZE_MAX / 2;
	arena_array(arena_new(0), many, 16);
}

static void take_too_much_at_once(void)
{
	volatile size_t all = SIZE_MAX;
	arena_alloc(arena_new(0), all);
}

static void test_limits_abort(void **state)
{
	(void)state;
	assert_aborts(pass_the_maximum);
	assert_aborts(overflow_a_product);
	assert_aborts(take_too_much_at_once);

	struct arena *mem = arena_new(100000);
	for (int i = 0; i < 10; i++)
		arena_alloc(mem, 10000);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory_is_zeroed_and_aligned),
		cmocka_unit_test(test_allocations_do_not_overlap),
		cmocka_unit_test(test_used_counts_bytes),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_grow_in_place),
		cmocka_unit_test(test_grow_past_the_maximum),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_hooks_run_newest_first_and_once),
		cmocka_unit_test(test_limits_abort),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
