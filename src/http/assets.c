#include "http/assets.h"

#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/embed.h"
#include "base/text.h"
#include "http/compress.h"
#include "http/exchange.h"

#define ROOT "web/dist"
#define NONCE_MARK "__CSP_NONCE__"

enum { PATH_MAX_BYTES = 512 };

struct asset {
	const struct embedded_file *plain, *brotli, *gzip;
	const char *type;
	char etag[24];
	bool immutable;
};

struct assets {
	struct asset *items;
	size_t count;
	const struct embedded_file *index;
};

static const struct pair types[] = {
	{ ".html", "text/html; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".json", "application/json" },
	{ ".webmanifest", "application/manifest+json" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".ico", "image/x-icon" },
	{ ".woff2", "font/woff2" },
	{ ".txt", "text/plain; charset=utf-8" },
};

static const char *type_of(const char *path)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (text_ends(path, types[i].name))
			return types[i].value;
	return "application/octet-stream";
}

static const struct embedded_file *variant(struct arena *mem, const char *path, const char *ending)
{
	return embedded_find(arena_printf(mem, "%s%s", path, ending));
}

static void describe(struct arena *mem, struct asset *asset, const struct embedded_file *file)
{
	char digest[SHA256_HEX_MAX];

	asset->plain = file;
	asset->brotli = variant(mem, file->path, ".br");
	asset->gzip = variant(mem, file->path, ".gz");
	asset->type = type_of(file->path);
	asset->immutable = text_starts(file->path, ROOT "/assets/");
	sha256_hex(file->data, file->size, digest);
	memcpy(asset->etag, "W/\"", 3);
	memcpy(asset->etag + 3, digest, 16);
	memcpy(asset->etag + 19, "\"", 2);
}

struct assets *assets_new(struct arena *mem)
{
	struct assets *assets = ARENA_NEW(mem, struct assets);
	size_t files;
	const struct embedded_file *file = embedded_range(ROOT "/", &files);

	assets->index = embedded_find(ROOT "/index.html");
	assets->items = ARENA_ARRAY(mem, struct asset, files);
	for (size_t i = 0; i < files; i++) {
		if (text_ends(file[i].path, ".br") || text_ends(file[i].path, ".gz"))
			continue;
		describe(mem, &assets->items[assets->count++], &file[i]);
	}
	return assets;
}

/* In the order of their paths, as embedded_range gave them. */
static const struct asset *find(const struct assets *assets, const char *path)
{
	size_t low = 0, high = assets->count, middle;
	int order;

	while (low < high) {
		middle = low + (high - low) / 2;
		order = strcmp(assets->items[middle].plain->path + strlen(ROOT), path);
		if (order == 0)
			return &assets->items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void answer_file(struct exchange *x, const struct asset *asset)
{
	struct request *r = &x->request;
	const char *accept = wire_header(x, "Accept-Encoding");
	const struct embedded_file *file = asset->plain;

	if (asset->brotli && compress_accepted(accept, "br")) {
		file = asset->brotli;
		reply_header(r, "Content-Encoding", "br");
	} else if (asset->gzip && compress_accepted(accept, "gzip")) {
		file = asset->gzip;
		reply_header(r, "Content-Encoding", "gzip");
	}
	reply_header(r, "Vary", "Accept-Encoding");
	reply_header(r, "Cache-Control", asset->immutable ? "public, max-age=31536000, immutable" : "no-cache");
	x->etag = asset->etag;
	x->content.precompressed = true;
	reply_content(r, asset->type, file->data, file->size);
}

/* One nonce for the page and its Content-Security-Policy; both are of this answer alone. */
static void answer_page(struct exchange *x, const struct embedded_file *index)
{
	struct request *r = &x->request;
	const char *at = (const char *)index->data;
	const char *end = at + index->size;
	const char *mark;
	char *nonce = arena_alloc(r->call.mem, TOKEN_TEXT_MAX);
	struct buf page;

	token_new(nonce);
	buf_init(&page, r->call.mem, 0);
	while ((mark = memmem(at, (size_t)(end - at), NONCE_MARK, strlen(NONCE_MARK)))) {
		buf_add(&page, at, (size_t)(mark - at));
		buf_add_text(&page, nonce);
		at = mark + strlen(NONCE_MARK);
	}
	buf_add(&page, at, (size_t)(end - at));
	reply_header(r, "Content-Security-Policy", reply_policy(x, nonce));
	x->content.page = true;
	reply_content(r, "text/html; charset=utf-8", page.data, page.length);
}

static bool wants_page(const struct exchange *x)
{
	const char *accept = wire_header(x, "Accept");

	return accept && strstr(accept, "text/html");
}

bool assets_answer(struct exchange *x)
{
	const struct assets *assets = x->server->assets;
	const struct asset *asset = NULL;

	if (strcmp(x->method, "GET") && !x->head) {
		x->match.allowed = "GET, HEAD";
		return error_set(&x->err, ERR_method_not_allowed, NULL, x->method, NULL);
	}
	if (strcmp(x->path, "/index.html") && strlen(x->path) < PATH_MAX_BYTES)
		asset = find(assets, x->path);
	if (asset) {
		answer_file(x, asset);
		return true;
	}
	if (assets->index && (wants_page(x) || !strcmp(x->path, "/"))) {
		answer_page(x, assets->index);
		return true;
	}
	return error_set(&x->err, ERR_not_found, NULL, NULL);
}
