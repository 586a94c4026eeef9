#include "ooxml/package.h"

#include <string.h>

#include <zip.h>

enum { CHUNK = 16 << 10 };

bool package_fails(struct package *package, const char *problem)
{
	if (!package->problem)
		package->problem = problem;
	return false;
}

static bool is_too_large(struct package *package, const char *problem)
{
	package->too_large = true;
	return package_fails(package, problem);
}

bool package_open(struct package *package, const struct package_limits *limits, const void *bytes, size_t size)
{
	zip_source_t *source;

	*package = (struct package){ .limits = limits };
	if (size > limits->file_max)
		return is_too_large(package, "the file is too large");
	source = zip_source_buffer_create(bytes, size, 0, NULL);
	package->zip = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
	if (!package->zip) {
		if (source)
			zip_source_free(source);
		return package_fails(package, "no zip");
	}
	if (zip_get_num_entries(package->zip, 0) <= limits->parts_max)
		return true;
	package_close(package);
	return is_too_large(package, "too many parts");
}

void package_close(struct package *package)
{
	if (package->zip)
		zip_discard(package->zip);
	package->zip = NULL;
}

static const char *local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

static void XMLCALL on_start(void *arg, const XML_Char *name, const XML_Char **attributes)
{
	struct part_reader *reader = arg;

	if (++reader->depth > PART_DEPTH_MAX) {
		part_stop(reader);
		return;
	}
	if (reader->start)
		reader->start(reader->arg, local(name), attributes);
}

static void XMLCALL on_end(void *arg, const XML_Char *name)
{
	struct part_reader *reader = arg;

	reader->depth--;
	if (reader->end)
		reader->end(reader->arg, local(name));
}

static void XMLCALL on_text(void *arg, const XML_Char *text, int length)
{
	struct part_reader *reader = arg;

	if (reader->text)
		reader->text(reader->arg, text, length);
}

/* A part has no document type: entities come with one. */
static void XMLCALL on_doctype(void *arg, const XML_Char *name, const XML_Char *system,
			       const XML_Char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	part_stop(arg);
}

void part_stop(struct part_reader *reader)
{
	XML_StopParser(reader->parser, XML_FALSE);
}

const char *part_attribute(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (!strcmp(local(attributes[0]), name))
			return attributes[1];
	return NULL;
}

static bool parse(struct package *package, struct zip_file *file, XML_Parser parser)
{
	for (;;) {
		void *chunk = XML_GetBuffer(parser, CHUNK);
		zip_int64_t got = chunk ? zip_fread(file, chunk, CHUNK) : -1;
		if (got < 0)
			return false;
		package->unpacked += (size_t)got;
		if (package->unpacked > package->limits->unpacked_max)
			return is_too_large(package, "the parts are too large");
		if (XML_ParseBuffer(parser, (int)got, got == 0) != XML_STATUS_OK)
			return false;
		if (got == 0)
			return true;
	}
}

bool part_read(struct package *package, const char *path, struct part_reader *reader, bool *there)
{
	zip_int64_t index = zip_name_locate(package->zip, path, 0);
	zip_file_t *file;
	bool ok = false;

	*there = index >= 0;
	if (!*there)
		return true;
	file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
	if (!file)
		return package_fails(package, "a part cannot be opened");
	reader->depth = 0;
	reader->parser = XML_ParserCreate(NULL);
	if (reader->parser) {
		XML_SetUserData(reader->parser, reader);
		XML_SetElementHandler(reader->parser, on_start, on_end);
		XML_SetCharacterDataHandler(reader->parser, on_text);
		XML_SetStartDoctypeDeclHandler(reader->parser, on_doctype);
		ok = parse(package, file, reader->parser);
		XML_ParserFree(reader->parser);
		reader->parser = NULL;
	}
	zip_fclose(file);
	return ok || package_fails(package, "a part is malformed");
}
