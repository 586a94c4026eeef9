#ifndef EVIDENCE_TYPE_H
#define EVIDENCE_TYPE_H

#include <stdbool.h>
#include <stddef.h>

struct error;

/*
 * What a file is, by its content; its name's ending must agree. `type` gets
 * the media type it is kept and sent under. Files with macros are refused.
 */
bool evidence_type_of_file(const char *path, const char *name, const char **type, struct error *err);
bool evidence_type_of_bytes(const void *bytes, size_t size, const char *name, const char **type,
			    struct error *err);

#endif
