#ifndef LETTER_FIXTURE_H
#define LETTER_FIXTURE_H

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "letter/letter.h"

/* Letters of files, read as the program reads them. Include cmocka.h before. */

static const char *read_text(struct arena *mem, const char *path)
{
	struct buf buf;
	char block[8192];
	size_t length;
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	buf_init(&buf, mem, 0);
	while ((length = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(&buf, block, length);
	fclose(file);
	return buf.data ? text_nfc(mem, buf.data) : "";
}

static json_t *parse(struct arena *mem, const char *text)
{
	struct error err = { .code = ERR_none };
	json_t *value = json_parse(mem, text, strlen(text), &err);
	if (!value)
		fail_msg("no JSON: %s", text);
	return value;
}

static json_t *read_letter(struct arena *mem, const char *text)
{
	struct letter_reading reading;
	struct json json;
	struct buf out;
	letter_read(mem, text, &reading);
	buf_init(&out, mem, 0);
	json_start(&json, &out);
	json_array(&json, NULL);
	for (size_t i = 0; i < reading.count; i++)
		letter_document_write(&json, NULL, &reading.documents[i]);
	json_end(&json);
	assert_true(json_finish(&json));
	return parse(mem, out.data);
}

#endif
