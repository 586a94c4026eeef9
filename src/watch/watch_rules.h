#ifndef WATCH_WATCH_RULES_H
#define WATCH_WATCH_RULES_H

#include <stdint.h>

/* How urgent a figure is for a leader: red comes first. */
enum tone { TONE_RED, TONE_AMBER, TONE_GREEN, TONE_PLAIN };
const char *tone_word(enum tone tone);

/* Pure. `part` of `whole`, before the deadline a gap is amber, after it red; all of it is green. */
enum tone tone_of_share(int64_t part, int64_t whole, int due);

#endif
