#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/digits.h"

/* Process-wide: lines below this level are not written. */
static atomic_int lowest = LOG_INFO;

static const char *const level_words[] = { "debug", "info", "warn", "error" };

/* Whatever is longer is cut: one line stays one write. */
enum { LINE_MAX_BYTES = 4096, VALUE_MAX_BYTES = 1024 };

struct line {
	char bytes[LINE_MAX_BYTES];
	size_t length;
};

/* Leaves a byte for the end of the line. */
static void put(struct line *line, char c)
{
	if (line->length < sizeof(line->bytes) - 1)
		line->bytes[line->length++] = c;
}

static void put_text(struct line *line, const char *text)
{
	while (*text)
		put(line, *text++);
}

static bool plain(const char *text)
{
	if (!*text)
		return false;
	for (const unsigned char *at = (const unsigned char *)text; *at; at++)
		if (*at <= ' ' || *at == '"' || *at == '=' || *at == '\\' || *at == 0x7f)
			return false;
	return true;
}

/* Quoted when it needs to be; a value never begins a line of its own. */
static void put_value(struct line *line, const char *text)
{
	static const char hex[] = "0123456789abcdef";
	size_t length = strnlen(text, VALUE_MAX_BYTES);
	bool quoted = !plain(text);
	if (quoted)
		put(line, '"');
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '"' || c == '\\') {
			put(line, '\\');
			put(line, (char)c);
		} else if (c < ' ' || c == 0x7f) {
			put_text(line, "\\x");
			put(line, hex[c >> 4]);
			put(line, hex[c & 15]);
		} else {
			put(line, (char)c);
		}
	}
	if (quoted)
		put(line, '"');
}

static void write_line(struct line *line)
{
	line->bytes[line->length++] = '\n';
	const char *at = line->bytes;
	size_t left = line->length;
	while (left) {
		ssize_t wrote = write(STDERR_FILENO, at, left);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return;
		at += wrote;
		left -= (size_t)wrote;
	}
}

void log_level_set(enum log_level level)
{
	atomic_store_explicit(&lowest, (int)level, memory_order_relaxed);
}

void log_write(enum log_level level, const char *event, const struct log_pair *pairs, int count)
{
	if ((int)level < atomic_load_explicit(&lowest, memory_order_relaxed))
		return;

	int saved = errno;
	char number[DIGITS_MAX + 2];
	char time[CIVIL_TEXT_MAX];
	struct line line = { .length = 0 };
	put_text(&line, "time=");
	put_text(&line, civil_format(clock_now(), time));
	put_text(&line, " level=");
	put_text(&line, level_words[level]);
	put_text(&line, " event=");
	put_value(&line, event);
	for (int i = 0; i < count; i++) {
		put(&line, ' ');
		put_text(&line, pairs[i].key);
		put(&line, '=');
		if (pairs[i].text) {
			put_value(&line, pairs[i].text);
		} else {
			*digits_put_signed(number, pairs[i].number) = '\0';
			put_text(&line, number);
		}
	}
	write_line(&line);
	errno = saved;
}

void die(const char *format, ...)
{
	char reason[512];
	va_list args;
	va_start(args, format);
	vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	LOG(LOG_ERROR, "died", LOG_TEXT("reason", reason));
	abort();
}
