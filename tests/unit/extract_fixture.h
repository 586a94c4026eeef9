#ifndef EXTRACT_FIXTURE_H
#define EXTRACT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <zip.h>

#include "base/arena.h"
#include "base/error.h"

/* A zip made of parts: what the tests of documents read. */
struct part {
	const char *path, *text;
	size_t length; /* 0: of the text */
};

struct bytes {
	const char *data;
	size_t size;
};

static inline struct bytes package_of(struct arena *mem, const struct part *parts)
{
	zip_error_t error;
	zip_source_t *source;
	zip_t *zip;
	char *out;
	zip_stat_t stat;

	zip_error_init(&error);
	source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(source);
	zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	assert_non_null(zip);
	for (; parts->path; parts++) {
		size_t length = parts->length ? parts->length : strlen(parts->text);
		assert_true(zip_file_add(zip, parts->path, zip_source_buffer(zip, parts->text, length, 0), 0) >= 0);
	}
	assert_int_equal(zip_close(zip), 0);
	assert_int_equal(zip_source_stat(source, &stat), 0);
	out = arena_alloc(mem, stat.size);
	assert_int_equal(zip_source_open(source), 0);
	assert_int_equal(zip_source_read(source, out, stat.size), stat.size);
	zip_source_close(source);
	zip_source_free(source);
	return (struct bytes){ out, stat.size };
}

#define DOCUMENT(body) "<w:document xmlns:w='w' xmlns:mc='mc' xmlns:r='r'><w:body>" body "</w:body></w:document>"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"

#endif
