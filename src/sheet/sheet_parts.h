#ifndef SHEET_PARTS_H
#define SHEET_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include <expat.h>

struct arena;
struct error;
struct zip;

/* Private to the room: the parts of an XLSX package and their XML. */

struct package {
	struct arena *mem;
	struct zip *zip;
	size_t unpacked;  /* bytes read so far, of all parts */
	struct error *err;
	bool too_large;   /* a limit was met, wherever */
};

bool package_open(struct package *package, struct arena *mem, const void *bytes, size_t size,
		  struct error *err);
void package_close(struct package *package);

/* What is wrong with the file: sheet_too_large when a limit was met, else sheet_unreadable. Returns false. */
bool package_fails(const struct package *package, const char *words);

/* Local names alone: prefixes and name spaces differ between programs. */
struct part_reader {
	void (*start)(void *arg, const char *name, const char **attributes);
	void (*end)(void *arg, const char *name);
	void (*text)(void *arg, const char *text, int length);
	void *arg;
	XML_Parser parser; /* for part_stop */
};

/* Reads one part through; false when it is absent (*there false), malformed or too large. */
bool part_read(struct package *package, const char *path, struct part_reader *reader, bool *there);

/* Gives up from inside a reader's function: `package->too_large` says why. */
void part_stop(struct part_reader *reader);

/* The attribute by its local name; NULL when absent. */
const char *part_attribute(const char **attributes, const char *name);

#endif
