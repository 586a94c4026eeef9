#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "extract/extract.h"
#include "letter/letter.h"

/* theodoi letter FILE...: what the reader finds in letters, as JSON. Needs no store. */

static bool read_all(struct buf *out, const char *name, FILE *file)
{
	char block[65536];
	size_t length;
	while ((length = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(out, block, length);
	if (ferror(file)) {
		fprintf(stderr, "theodoi letter: %s: %s\n", name, strerror(errno));
		return false;
	}
	if (out->overflow) {
		fprintf(stderr, "theodoi letter: %s: longer than %d bytes\n", name, LETTER_TEXT_MAX);
		return false;
	}
	return true;
}

static bool read_file(struct arena *mem, const char *name, const char **out)
{
	struct buf text;
	buf_init(&text, mem, LETTER_TEXT_MAX);
	bool input = !strcmp(name, "-");
	FILE *file = input ? stdin : fopen(name, "rb");
	if (!file) {
		fprintf(stderr, "theodoi letter: %s: %s\n", name, strerror(errno));
		return false;
	}
	bool done = read_all(&text, name, file);
	if (!input)
		fclose(file);
	if (!done)
		return false;
	if (!text_valid(text.data ? text.data : "", text.length)) {
		fprintf(stderr, "theodoi letter: %s: no text in UTF-8\n", name);
		return false;
	}
	*out = text_nfc(mem, text.data ? text.data : "");
	return true;
}

/* Texts in UTF-8 are read here, so that places found are places in the file; all else by its own reader. */
static bool is_plain(const char *name)
{
	return !extract_takes(name) || text_ends(name, ".txt");
}

static bool extract_file(struct arena *mem, const char *name, const char **out, bool *from_picture)
{
	struct error err = { .code = ERR_none };
	struct extracted extracted;
	char sentence[512];
	if (!extract_text(mem, name, name, NULL, &extracted, &err)) {
		fprintf(stderr, "theodoi letter: %s: %s %s\n", name,
			error_sentence(&err, LANG_EN, sentence, sizeof(sentence)), err.trace);
		return false;
	}
	*out = extracted.text;
	*from_picture = extracted.from_picture;
	return true;
}

static bool read_letter(struct arena *mem, const char *name, struct json *json)
{
	const char *text;
	bool from_picture = false;
	struct letter_reading reading;
	if (!(is_plain(name) ? read_file(mem, name, &text) : extract_file(mem, name, &text, &from_picture)))
		return false;
	letter_read(mem, text, &reading);
	json_object(json, NULL);
	json_text(json, "file", name);
	json_bool(json, "from_picture", from_picture);
	json_array(json, "documents");
	for (size_t i = 0; i < reading.count; i++)
		letter_document_write(json, NULL, &reading.documents[i]);
	json_end(json);
	json_end(json);
	return true;
}

static int run(int argc, char **argv)
{
	if (argc < 2 || !strcmp(argv[1], "--help")) {
		fputs("usage: theodoi letter FILE...\n\nReads official letters and prints their fields and instructions as JSON; "
		      "\"-\" is standard input.\n", argc < 2 ? stderr : stdout);
		return argc < 2 ? 2 : 0;
	}
	struct arena *kept = arena_new(0);
	struct buf out;
	struct json json;
	int status = 0;
	buf_init(&out, kept, 0);
	json_start(&json, &out);
	json_array(&json, NULL);
	for (int i = 1; i < argc; i++) {
		struct arena *mem = arena_new(0);
		if (!read_letter(mem, argv[i], &json))
			status = 1;
		arena_free(mem);
	}
	json_end(&json);
	if (json_finish(&json) && !out.overflow) {
		fwrite(out.data, 1, out.length, stdout);
		fputc('\n', stdout);
	} else {
		fputs("theodoi letter: the result is too long\n", stderr);
		status = 1;
	}
	arena_free(kept);
	return status;
}

const struct command command_letter = { "letter", "read official letters: fields, references and instructions, as JSON", run };
