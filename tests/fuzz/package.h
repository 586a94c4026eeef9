#ifndef FUZZ_PACKAGE_H
#define FUZZ_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <zip.h>

#include "base/buf.h"

/*
 * A package of an input. Checksums and compression would turn away most of
 * what is tried, so an input is the parts alone, separated by zero bytes, in the
 * order of `paths` (ended by NULL). What begins as a zip is taken as it is.
 */
static inline bool fuzz_package(const uint8_t *bytes, size_t size, const char *const *paths, struct buf *out)
{
	zip_source_t *source;
	zip_stat_t stat;
	zip_t *zip;
	bool ok;

	if (size > 2 && bytes[0] == 'P' && bytes[1] == 'K') {
		buf_add(out, bytes, size);
		return true;
	}
	source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_source_keep(source);
	zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	for (; *paths && size > 0; paths++) {
		const uint8_t *end = memchr(bytes, 0, size);
		size_t length = end ? (size_t)(end - bytes) : size;
		zip_int64_t index = zip_file_add(zip, *paths, zip_source_buffer(zip, bytes, length, 0), 0);
		if (index >= 0)
			zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
		bytes += end ? length + 1 : length;
		size -= end ? length + 1 : length;
	}
	ok = !zip_close(zip) && !zip_source_stat(source, &stat) && !zip_source_open(source);
	if (ok) {
		char *at = buf_reserve(out, stat.size);
		ok = at && stat.size && zip_source_read(source, at, stat.size) == (zip_int64_t)stat.size;
		if (ok)
			buf_wrote(out, stat.size);
		zip_source_close(source);
	}
	zip_source_free(source);
	return ok;
}

#endif
