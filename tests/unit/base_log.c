#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/civil.h"
#include "base/log.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* What `act` writes to standard error in a child; *status is how the child ended. */
static void capture(void (*act)(void), char *out, size_t size, int *status)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		signal(SIGABRT, SIG_DFL);
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		act();
		_exit(0);
	}
	close(ends[1]);
	size_t used = 0;
	ssize_t got;
	while ((got = read(ends[0], out + used, size - 1 - used)) > 0)
		used += (size_t)got;
	out[used] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, status, 0), child);
}

/* Without the time, which is checked to be one. */
static const char *after_time(const char *line)
{
	char time[CIVIL_TEXT_MAX];
	instant at;
	size_t length = strcspn(line, " ");
	assert_true(text_starts(line, "time=") && length < sizeof(time));
	memcpy(time, line + 5, length - 5);
	time[length - 5] = '\0';
	assert_true(civil_parse(time, &at));
	assert_true(line[length] == ' ');
	return line + length + 1;
}

static void write_plain(void)
{
	LOG(LOG_INFO, "listening", LOG_INT("port", 8057), LOG_TEXT("store", "sqlite"), LOG_INT("least", INT64_MIN));
}

static void write_quoted(void)
{
	LOG(LOG_WARN, "odd", LOG_TEXT("empty", ""), LOG_TEXT("space", "a b"), LOG_TEXT("quote", "a\"b\\"),
	    LOG_TEXT("lines", "a\nlevel=error\x7f"), LOG_TEXT("letters", "xã"), LOG_TEXT("pair", "a=b"));
}

static void write_below_level(void)
{
	LOG(LOG_DEBUG, "unseen", LOG_INT("n", 1));
}

static void write_debug(void)
{
	log_level_set(LOG_DEBUG);
	LOG(LOG_DEBUG, "seen", LOG_INT("n", 1));
	log_level_set(LOG_ERROR);
	LOG(LOG_WARN, "unseen", LOG_INT("n", 1));
}

static void test_lines(void **state)
{
	(void)state;
	static const struct {
		void (*act)(void);
		const char *line;
	} cases[] = {
		{ write_plain, "level=info event=listening port=8057 store=sqlite least=-9223372036854775808\n" },
		{ write_quoted, "level=warn event=odd empty=\"\" space=\"a b\" quote=\"a\\\"b\\\\\" "
				"lines=\"a\\x0alevel=error\\x7f\" letters=xã pair=\"a=b\"\n" },
		{ write_debug, "level=debug event=seen n=1\n" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char out[4096];
		int status;
		capture(cases[i].act, out, sizeof(out), &status);
		assert_int_equal(status, 0);
		assert_string_equal(after_time(out), cases[i].line);
	}

	char out[4096];
	int status;
	capture(write_below_level, out, sizeof(out), &status);
	assert_string_equal(out, "");
}

static void write_long(void)
{
	char value[3000];
	memset(value, 'v', sizeof(value) - 1);
	value[sizeof(value) - 1] = '\0';
	LOG(LOG_ERROR, "long", LOG_TEXT("a", value), LOG_TEXT("b", value), LOG_TEXT("c", value), LOG_TEXT("d", value),
	    LOG_TEXT("e", value));
}

static void test_a_long_line_is_cut(void **state)
{
	(void)state;
	char out[8192];
	int status;
	capture(write_long, out, sizeof(out), &status);
	assert_int_equal(strlen(out), 4096);
	assert_int_equal(strcspn(out, "\n"), 4095);
	assert_int_equal(strspn(strstr(out, "a=") + 2, "v"), 1024);
}

static void write_and_die(void)
{
	die("no %s left", "way");
}

static void test_die(void **state)
{
	(void)state;
	char out[4096];
	int status;
	capture(write_and_die, out, sizeof(out), &status);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_string_equal(after_time(out), "level=error event=died reason=\"no way left\"\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_a_long_line_is_cut),
		cmocka_unit_test(test_die),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
