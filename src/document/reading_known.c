#include <ctype.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "document/document_actions.h"
#include "document/document_store.h"
#include "document/reading.h"

struct read_number {
	const char *number, *date;
};

/* The documents of a reading that are told by number and date; a letter without them is like many others. */
static size_t numbers_of(const json_t *documents, struct read_number out[ALIKE_NUMBERS_MAX])
{
	size_t count = 0, nth;
	json_t *one;

	json_array_foreach(documents, nth, one) {
		const char *number = json_get_text(one, "number_normal"), *date = json_get_text(one, "date");

		if (count < ALIKE_NUMBERS_MAX && number && date && isdigit((unsigned char)number[0]))
			out[count++] = (struct read_number){ number, date };
	}
	return count;
}

/* A number comes again each year, and from other offices on other days. */
static bool is_known(const struct document *document, const struct read_number *numbers, size_t count)
{
	char day[CIVIL_TEXT_MAX];

	for (size_t i = 0; i < count; i++)
		if (strcmp(numbers[i].number, document->number_normal) == 0)
			return document->date.year && strcmp(numbers[i].date, civil_format_date(document->date, day)) == 0;
	return true;
}

bool reading_known(struct call *c, const struct reading *reading, struct document_ref **out, size_t *count)
{
	struct read_number numbers[ALIKE_NUMBERS_MAX];
	const char *normal[ALIKE_NUMBERS_MAX] = { NULL };
	json_t *documents = json_parse(c->mem, reading->documents, strlen(reading->documents), c->err);
	struct document *rows;
	size_t read, found;

	if (!documents)
		return false;
	read = numbers_of(documents, numbers);
	for (size_t i = 0; i < read; i++)
		normal[i] = numbers[i].number;
	if (!document_rows_alike(c, reading, normal, &rows, &found))
		return false;
	*out = ARENA_ARRAY(c->mem, struct document_ref, found);
	*count = 0;
	for (size_t i = 0; i < found; i++)
		if (is_known(&rows[i], numbers, read))
			(*out)[(*count)++] = document_ref_of(&rows[i]);
	return true;
}
