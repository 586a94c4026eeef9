#include "http/documents.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/crypto.h"
#include "base/text.h"
#include "http/http.h"

bool route_is_api(const struct route *route)
{
	return text_starts(route->path, "/api/");
}

static struct document finished(struct arena *mem, const struct buf *out)
{
	char *etag = arena_alloc(mem, 24);
	char digest[SHA256_HEX_MAX];

	sha256_hex(out->data, out->length, digest);
	memcpy(etag, "W/\"", 3);
	memcpy(etag + 3, digest, 16);
	memcpy(etag + 19, "\"", 2);
	return (struct document){ .bytes = out->data, .length = out->length, .etag = etag };
}

struct documents *documents_new(struct arena *mem, const struct route_table *const *tables, size_t count)
{
	struct documents *documents = ARENA_NEW(mem, struct documents);
	struct buf out;

	buf_init(&out, mem, 0);
	openapi_write(mem, &out, tables, count);
	documents->openapi = finished(mem, &out);
	buf_init(&out, mem, 0);
	docs_page_write(&out, tables, count);
	documents->page = finished(mem, &out);
	buf_init(&out, mem, 0);
	docs_style_write(&out);
	documents->style = finished(mem, &out);
	return documents;
}
