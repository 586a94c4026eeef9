#ifndef DEMO_DEMO_TEXTS_H
#define DEMO_DEMO_TEXTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/csv.h"

struct arena;
struct error;

/* What the demonstration's people write and are called: data/demo-texts.csv and data/demo-names.csv. */
struct demo_texts {
	struct csv texts, names;
};

bool demo_texts_read(struct arena *mem, struct demo_texts *out, struct error *err);

/* The text of a key; the key itself when the table has none. */
const char *demo_text(const struct demo_texts *texts, const char *key);

/* One of "late.1" to "late.N", chosen by `choice`. */
const char *demo_text_of(struct arena *mem, const struct demo_texts *texts, const char *prefix, int count,
			 uint64_t choice);

/* A full name, chosen by `choice`. */
const char *demo_name(struct arena *mem, const struct demo_texts *texts, uint64_t choice);

#endif
