#include "demo/demo_texts.h"

#include <string.h>

#include "base/arena.h"
#include "base/embed.h"
#include "base/error.h"

static bool read_table(struct arena *mem, const char *path, struct csv *out, struct error *err)
{
	const struct embedded_file *file = embedded_find(path);

	if (!file)
		return error_internal(err, "%s is not in the program", path);
	return csv_parse(mem, (const char *)file->data, file->size, out, err);
}

bool demo_texts_read(struct arena *mem, struct demo_texts *out, struct error *err)
{
	return read_table(mem, "data/demo-texts.csv", &out->texts, err) &&
	       read_table(mem, "data/demo-names.csv", &out->names, err);
}

const char *demo_text(const struct demo_texts *texts, const char *key)
{
	for (size_t row = 0; row < texts->texts.rows; row++)
		if (strcmp(texts->texts.cells[row][0], key) == 0)
			return texts->texts.cells[row][1];
	return key;
}

const char *demo_text_of(struct arena *mem, const struct demo_texts *texts, const char *prefix, int count,
			 uint64_t choice)
{
	return demo_text(texts, arena_printf(mem, "%s.%d", prefix, (int)(choice % (uint64_t)count) + 1));
}

/* The n-th name of a part, around again behind the last. */
static const char *name_part(const struct demo_texts *texts, const char *part, uint64_t n)
{
	size_t count = 0;

	for (size_t row = 0; row < texts->names.rows; row++)
		count += strcmp(texts->names.cells[row][0], part) == 0;
	if (!count)
		return "";
	n %= count;
	for (size_t row = 0; row < texts->names.rows; row++)
		if (strcmp(texts->names.cells[row][0], part) == 0 && n-- == 0)
			return texts->names.cells[row][1];
	return "";
}

const char *demo_name(struct arena *mem, const struct demo_texts *texts, uint64_t choice)
{
	return arena_printf(mem, "%s %s", name_part(texts, "family", choice >> 20),
			    name_part(texts, "given", choice));
}
