#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>

/*
 * Structured log lines (logfmt) on standard error: time, level, event, then
 * pairs. No personal data, no secrets, no bodies: ids and code words only.
 * Thread-safe; a line is written in one call.
 */
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_pair {
	const char *key;
	const char *text; /* or NULL for the number */
	int64_t number;
};

void log_level_set(enum log_level level);

void log_write(enum log_level level, const char *event, const struct log_pair *pairs, int count);

#define LOG_TEXT(k, v) { (k), (v), 0 }
#define LOG_INT(k, v) { (k), NULL, (v) }
#define LOG(level, event, ...) \
	log_write((level), (event), (const struct log_pair[]){ __VA_ARGS__ }, \
		  (int)(sizeof((const struct log_pair[]){ __VA_ARGS__ }) / sizeof(struct log_pair)))

/* Says what cannot be and aborts. */
void die(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

#endif
