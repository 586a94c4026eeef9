#ifndef OOXML_PACKAGE_H
#define OOXML_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <expat.h>

struct zip;

/*
 * Office Open XML packages (DOCX, XLSX): a zip of XML parts, read part by
 * part within limits. No entities, no document types: no part needs them.
 */
struct package_limits {
	size_t file_max;     /* bytes of the package */
	size_t unpacked_max; /* bytes of all parts that are read */
	int parts_max;
};

struct package {
	const struct package_limits *limits;
	struct zip *zip;
	size_t unpacked;     /* bytes read so far, of all parts */
	bool too_large;      /* a limit was met, wherever */
	const char *problem; /* what went wrong first, for the log; NULL: nothing */
};

/* `bytes` stay with the caller until package_close. */
bool package_open(struct package *package, const struct package_limits *limits, const void *bytes, size_t size);
void package_close(struct package *package);

/* Notes the problem unless there is one already. Returns false. */
bool package_fails(struct package *package, const char *problem);

/* Local names alone: prefixes and name spaces differ between programs. */
enum { PART_DEPTH_MAX = 256 };
struct part_reader {
	void (*start)(void *arg, const char *name, const char **attributes);
	void (*end)(void *arg, const char *name);
	void (*text)(void *arg, const char *text, int length);
	void *arg;
	XML_Parser parser; /* for part_stop */
	int depth;
};

/* Reads one part through; false when it is malformed, nested too deeply or too large. *there: false when absent. */
bool part_read(struct package *package, const char *path, struct part_reader *reader, bool *there);

/* Gives up from inside a reader's function: part_read fails. */
void part_stop(struct part_reader *reader);

/* The attribute by its local name; NULL when absent. */
const char *part_attribute(const char **attributes, const char *name);

#endif
