#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "fuzz.h"
#include "letter/letter.h"

enum { ARENA_MAX = 1 << 28 };

/* The spans of what was read must lie in the text, and what is written be JSON. */
static void check(const struct letter_reading *reading, size_t characters)
{
	for (size_t i = 0; i < reading->count; i++) {
		const struct letter_document *document = &reading->documents[i];
		if (document->source.start > document->source.end || document->source.end > characters)
			__builtin_trap();
		for (size_t k = 0; k < document->reference_count; k++)
			if (document->references[k].source.start > document->references[k].source.end ||
			    document->references[k].source.end > characters)
				__builtin_trap();
		for (size_t k = 0; k < document->task_count; k++)
			if (document->tasks[k].source.start > document->tasks[k].source.end ||
			    document->tasks[k].source.end > characters)
				__builtin_trap();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *mem = arena_new(ARENA_MAX);
	char *text = arena_alloc(mem, size + 1);
	struct letter_reading reading;
	struct json json;
	struct buf out;

	if (size)
		memcpy(text, bytes, size);
	text[size] = '\0';
	if (text_valid(text, size)) {
		text = text_nfc(mem, text);
		letter_read(mem, text, &reading);
		check(&reading, text_length(text));
		buf_init(&out, mem, 0);
		json_start(&json, &out);
		json_array(&json, NULL);
		for (size_t i = 0; i < reading.count; i++)
			letter_document_write(&json, NULL, &reading.documents[i]);
		json_end(&json);
		if (!json_finish(&json))
			__builtin_trap();
	}
	arena_free(mem);
	return 0;
}
