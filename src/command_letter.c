#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "command_store.h"
#include "db/store.h"
#include "document/reading_units.h"
#include "extract/extract.h"
#include "letter/letter.h"
#include "unit/unit.h"

/* theodoi letter FILE...: what the reader finds in letters, as JSON; with a store also the units of their tasks. */

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

/* The documents with the units of the store beside the names in their tasks. */
static bool write_with_units(struct arena *mem, struct store *store, const struct letter_reading *reading, struct json *json)
{
	struct error err = { .code = ERR_none };
	struct call call = { .mem = mem, .err = &err };
	struct unit root;
	struct buf out;
	bool done;
	buf_init(&out, mem, 0);
	if (!store_read(store, &call)) {
		command_fail("letter", &err);
		return false;
	}
	done = unit_root(&call, &root) && reading_documents_write(&call, &out, reading, root.id);
	store_release(store, &call);
	if (done)
		json_raw(json, "documents", out.data);
	else
		command_fail("letter", &err);
	return done;
}

static bool write_documents(struct arena *mem, struct store *store, const struct letter_reading *reading, struct json *json)
{
	if (store)
		return write_with_units(mem, store, reading, json);
	json_array(json, "documents");
	for (size_t i = 0; i < reading->count; i++)
		letter_document_write(json, NULL, &reading->documents[i]);
	json_end(json);
	return true;
}

static bool read_letter(struct arena *mem, const char *name, struct store *store, struct json *json)
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
	bool done = write_documents(mem, store, &reading, json);
	json_end(json);
	return done;
}

static int read_letters(int count, char **names, struct store *store)
{
	struct arena *kept = arena_new(0);
	struct buf out;
	struct json json;
	int status = 0;
	buf_init(&out, kept, 0);
	json_start(&json, &out);
	json_array(&json, NULL);
	for (int i = 0; i < count; i++) {
		struct arena *mem = arena_new(0);
		if (!read_letter(mem, names[i], store, &json))
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

static int run(int argc, char **argv)
{
	const char *url = NULL;
	int first = 1;
	if (argc > 2 && !strcmp(argv[1], "--store")) {
		url = argv[2];
		first = 3;
	} else if (argc > 1 && text_starts(argv[1], "--store=")) {
		url = argv[1] + strlen("--store=");
		first = 2;
	}
	bool help = argc > 1 && !strcmp(argv[1], "--help");
	if (first >= argc || help) {
		fputs("usage: theodoi letter [--store URL] FILE...\n\nReads official letters and prints their fields and instructions "
		      "as JSON; \"-\" is standard input.\nWith a store the units of each task are looked for in it.\n",
		      help ? stdout : stderr);
		return help ? 0 : 2;
	}
	if (!url)
		return read_letters(argc - first, argv + first, NULL);
	struct error err = { .code = ERR_none };
	struct store *store = store_open(&(struct store_options){ .url = url, .readers = 1 }, false, &err);
	if (!store)
		return command_fail("letter", &err);
	int status = read_letters(argc - first, argv + first, store);
	store_close(store);
	return status;
}

const struct command command_letter = { "letter", "Reads official letters: fields, references and instructions, as JSON.", run };
