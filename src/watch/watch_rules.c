#include "watch/watch_rules.h"

#include <stddef.h>

#include "watch/watch.h"

enum standing standing_of(const struct submission *s, instant deadline, instant now)
{
	if (!s)
		return STANDING_NONE;
	if (s->first_submitted_at)
		return s->on_time ? STANDING_ON_TIME : STANDING_LATE;
	return now < deadline ? STANDING_OPEN : STANDING_MISSING;
}

enum standing standing_at(const struct child *child, size_t at, instant now)
{
	return standing_of(child->periods[at], child->deadlines[at], now);
}

const char *standing_word(enum standing standing)
{
	static const char *const words[] = { "none", "open", "on_time", "late", "missing" };

	return words[standing];
}

const char *tone_word(enum tone tone)
{
	static const char *const words[] = { "red", "amber", "green", "plain" };

	return words[tone];
}

enum tone tone_of_share(int64_t part, int64_t whole, int due)
{
	if (whole == 0)
		return TONE_PLAIN;
	if (part >= whole)
		return TONE_GREEN;
	return due ? TONE_RED : TONE_AMBER;
}
