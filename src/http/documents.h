#ifndef HTTP_DOCUMENTS_H
#define HTTP_DOCUMENTS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct route;
struct route_table;

/* What the route tables say, for machines and for people; written once at start. */
struct document {
	const char *bytes;
	size_t length;
	const char *etag;
};

struct documents {
	struct document openapi; /* OpenAPI 3.1, JSON */
	struct document page;    /* the same as a page, HTML without JavaScript */
	struct document style;   /* of the page */
};

struct documents *documents_new(struct arena *mem, const struct route_table *const *tables, size_t count);

/* openapi.c and docs_page.c */
void openapi_write(struct arena *mem, struct buf *out, const struct route_table *const *tables, size_t count);
void docs_page_write(struct buf *out, const struct route_table *const *tables, size_t count);
void docs_style_write(struct buf *out);

/* Whether the API document speaks of it: /healthz and /metrics are for operators. */
bool route_is_api(const struct route *route);

#endif
