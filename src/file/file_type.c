#include "file/file.h"

#include <magic.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <zip.h>

#include "base/error.h"

#define DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

const char *const file_endings[] = { ".pdf",  ".png",  ".jpg", ".jpeg", ".tif", ".tiff",
				     ".docx", ".xlsx", ".txt", ".csv",  NULL };

static const struct kind {
	const char *ending, *type, *word;
} kinds[] = {
	{ ".pdf", "application/pdf", "PDF" }, { ".png", "image/png", "PNG" },
	{ ".jpg", "image/jpeg", "JPG" },      { ".jpeg", "image/jpeg", "JPG" },
	{ ".tif", "image/tiff", "TIFF" },     { ".tiff", "image/tiff", "TIFF" },
	{ ".docx", DOCX, "DOCX" },            { ".xlsx", XLSX, "XLSX" },
	{ ".txt", "text/plain", "TXT" },      { ".csv", "text/csv", "CSV" },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* A handle of libmagic per thread: it is costly to open and used by one at a time. */
static pthread_key_t handle_key;
static pthread_once_t handle_once = PTHREAD_ONCE_INIT;

static void close_handle(void *handle)
{
	magic_close(handle);
}

static void make_key(void)
{
	pthread_key_create(&handle_key, close_handle);
}

static magic_t handle_of_thread(struct error *err)
{
	magic_t handle;

	pthread_once(&handle_once, make_key);
	handle = pthread_getspecific(handle_key);
	if (handle)
		return handle;
	handle = magic_open(MAGIC_MIME);
	if (handle && magic_load(handle, NULL)) {
		magic_close(handle);
		handle = NULL;
	}
	if (!handle) {
		error_internal(err, "libmagic cannot be opened");
		return NULL;
	}
	pthread_setspecific(handle_key, handle);
	return handle;
}

static const struct kind *kind_of_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < KINDS; i++)
		if (!strcasecmp(dot, kinds[i].ending))
			return &kinds[i];
	return NULL;
}

/* What a zip holds: an office document without macros, told by the names in its directory. */
static const char *type_of_zip(zip_t *zip, struct error *err)
{
	zip_int64_t count = zip_get_num_entries(zip, 0);
	bool document = false, sheet = false, contents = false;

	for (zip_int64_t i = 0; i < count; i++) {
		const char *name = zip_get_name(zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
		const char *base = name ? strrchr(name, '/') : NULL;
		if (!name)
			continue;
		if (!strcasecmp(base ? base + 1 : name, "vbaProject.bin")) {
			error_set(err, ERR_file_macro, NULL, NULL);
			return NULL;
		}
		contents = contents || !strcmp(name, "[Content_Types].xml");
		document = document || !strcmp(name, "word/document.xml");
		sheet = sheet || !strcmp(name, "xl/workbook.xml");
	}
	if (contents && document != sheet)
		return document ? DOCX : XLSX;
	error_set(err, ERR_file_type, NULL, NULL);
	return NULL;
}

/* Texts are told by what they are not: anything binary. */
static bool is_text(const char *mime)
{
	bool text = !strncmp(mime, "text/", 5) || !strncmp(mime, "application/csv", 15) ||
		    !strncmp(mime, "application/json", 16) || !strncmp(mime, "application/x-ndjson", 20);

	return text && !strstr(mime, "charset=binary");
}

static bool is_zip(const char *mime)
{
	return !strncmp(mime, "application/zip", 15) ||
	       !strncmp(mime, "application/vnd.openxmlformats", 30) ||
	       !strncmp(mime, "application/vnd.ms-", 19) || !strncmp(mime, "application/octet-stream", 24);
}

static const char *word_of_type(const char *type)
{
	for (size_t i = 0; i < KINDS; i++)
		if (!strcmp(kinds[i].type, type))
			return kinds[i].word;
	return "?";
}

/* `zip` NULL when the content is none. */
static bool judge(const char *mime, zip_t *zip, const char *name, const char **type, struct error *err)
{
	const struct kind *kind = kind_of_name(name);

	*type = NULL;
	if (is_text(mime)) {
		/* Nothing in the content tells a table from a text. */
		*type = kind && !strcmp(kind->type, "text/csv") ? "text/csv" : "text/plain";
	} else if (zip) {
		*type = type_of_zip(zip, err);
		if (!*type)
			return false;
	} else {
		for (size_t i = 0; i < KINDS && !*type; i++)
			if (!strncmp(mime, kinds[i].type, strlen(kinds[i].type)) &&
				mime[strlen(kinds[i].type)] == ';')
				*type = kinds[i].type;
	}
	if (!*type)
		return error_set(err, ERR_file_type, NULL, NULL);
	if (!kind || strcmp(kind->type, *type) != 0)
		return error_set(err, ERR_file_ending, "name", word_of_type(*type), NULL);
	return true;
}

bool file_type_of_path(const char *path, const char *name, const char **type, struct error *err)
{
	magic_t handle = handle_of_thread(err);
	const char *mime = handle ? magic_file(handle, path) : NULL;
	zip_t *zip = NULL;
	bool ok;

	if (!mime)
		return error_internal(err, "libmagic: %s", handle ? magic_error(handle) : "no handle");
	if (is_zip(mime))
		zip = zip_open(path, ZIP_RDONLY, NULL);
	ok = judge(mime, zip, name, type, err);
	if (zip)
		zip_discard(zip);
	return ok;
}

static zip_t *zip_of_bytes(const void *bytes, size_t size)
{
	zip_source_t *source = zip_source_buffer_create(bytes, size, 0, NULL);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;

	if (source && !zip)
		zip_source_free(source);
	return zip;
}

bool file_type_of_bytes(const void *bytes, size_t size, const char *name, const char **type,
			    struct error *err)
{
	magic_t handle = handle_of_thread(err);
	const char *mime = handle ? magic_buffer(handle, bytes, size) : NULL;
	zip_t *zip = NULL;
	bool ok;

	if (!mime)
		return error_internal(err, "libmagic: %s", handle ? magic_error(handle) : "no handle");
	if (is_zip(mime))
		zip = zip_of_bytes(bytes, size);
	ok = judge(mime, zip, name, type, err);
	if (zip)
		zip_discard(zip);
	return ok;
}
