#include <math.h>
#include <string.h>

#include <leptonica/allheaders.h>
#include <poppler.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "extract/extract.h"
#include "extract/layout.h"
#include "extract/program/reading.h"

/*
 * A page with a text layer is read from it: each character with its place. A
 * page that is a picture is drawn at 300 dots an inch and recognized.
 */
enum {
	CHARACTERS_MAX = 100000, /* of a page */
	STAMP_MAX = 500,         /* characters a digital signature may draw on a scanned page */
	STRANGE_MAX = 10,        /* percent of signs no letter has: the fonts do not say which letters they draw */
	PICTURE_SHARE = 60,      /* percent of a page that a scan covers, in one picture or in strips */
	PIXELS_MAX = 36 << 20,
	DOTS = 300,
	POINTS = 72,
};

struct layer {
	char *text;
	PopplerRectangle *places;
	guint count;
	size_t letters, strange;
};

static void layer_free(struct layer *layer)
{
	g_free(layer->text);
	g_free(layer->places);
}

static bool is_space(gunichar c)
{
	return c <= ' ' || c == 0xa0 || g_unichar_isspace(c);
}

static const char *next_of(const char *at)
{
	return at + g_utf8_skip[(unsigned char)*at];
}

static void layer_read(PopplerPage *page, struct layer *layer)
{
	const char *at;

	*layer = (struct layer){ .text = poppler_page_get_text(page) };
	if (!layer->text || !poppler_page_get_text_layout(page, &layer->places, &layer->count))
		layer->count = 0;
	for (at = layer->text; at && *at; at = next_of(at)) {
		gunichar c = g_utf8_get_char(at);
		layer->letters += !is_space(c);
		/* A letter of TCVN3 or of no map at all shows as one of these. */
		layer->strange += (c >= 0xa1 && c <= 0xbf && c != 0xab && c != 0xbb) || c == 0xd7 || c == 0xf7 ||
				  (c >= 0xe000 && c <= 0xf8ff) || c == 0xfffd || (c < ' ' && !is_space(c));
	}
}

static bool is_scan(PopplerPage *page, double width, double height)
{
	GList *images = poppler_page_get_image_mapping(page);
	double covered = 0;

	for (GList *at = images; at; at = at->next) {
		const PopplerImageMapping *image = at->data;
		covered += fabs(image->area.x2 - image->area.x1) * fabs(image->area.y2 - image->area.y1);
	}
	poppler_page_free_image_mapping(images);
	return covered * 100 >= width * height * PICTURE_SHARE;
}

static bool has_words(PopplerPage *page, const struct layer *layer, double width, double height)
{
	if (layer->letters == 0 || layer->strange * 100 > layer->letters * STRANGE_MAX)
		return false;
	return layer->letters > STAMP_MAX || !is_scan(page, width, height);
}

static bool read_layer(struct reading *r, const struct layer *layer, int page)
{
	struct layout_piece *pieces;
	const char *at = layer->text;
	size_t count = 0;

	if (layer->count > CHARACTERS_MAX)
		return reading_too_large(r);
	pieces = ARENA_ARRAY(r->mem, struct layout_piece, layer->count);
	for (guint i = 0; i < layer->count && *at; i++) {
		const char *next = next_of(at);
		const PopplerRectangle *p = &layer->places[i];
		if (!is_space(g_utf8_get_char(at)) && isfinite(p->x1) && isfinite(p->x2) && isfinite(p->y1) &&
			isfinite(p->y2))
			pieces[count++] = (struct layout_piece){
				.text = at,
				.length = (size_t)(next - at),
				.x1 = p->x1,
				.x2 = p->x2,
				.y1 = p->y1,
				.y2 = p->y2,
			};
		at = next;
	}
	layout_text(r->mem, pieces, count, page, r->text);
	return true;
}

static struct Pix *gray_of(cairo_surface_t *surface, int width, int height)
{
	const unsigned char *from = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);
	struct Pix *gray = pixCreate(width, height, 8);

	for (int y = 0; gray && y < height; y++) {
		l_uint32 *to = pixGetData(gray) + (ptrdiff_t)y * pixGetWpl(gray);
		for (int x = 0; x < width; x++) {
			uint32_t p;
			memcpy(&p, from + (ptrdiff_t)y * stride + (ptrdiff_t)x * 4, sizeof(p));
			SET_DATA_BYTE(to, x, ((p >> 16 & 255) * 77 + (p >> 8 & 255) * 151 + (p & 255) * 28) >> 8);
		}
	}
	return gray;
}

static struct Pix *draw(PopplerPage *page, double width, double height)
{
	double scale = (double)DOTS / POINTS, pixels = width * scale * height * scale;
	cairo_surface_t *surface;
	struct Pix *gray = NULL;
	cairo_t *cairo;
	int w, h;

	if (pixels > PIXELS_MAX)
		scale *= sqrt(PIXELS_MAX / pixels);
	w = (int)ceil(width * scale);
	h = (int)ceil(height * scale);
	if (w < 1 || h < 1 || w > 30000 || h > 30000)
		return NULL;
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
	cairo = cairo_create(surface);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, scale, scale);
	poppler_page_render(page, cairo);
	cairo_surface_flush(surface);
	if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
		gray = gray_of(surface, w, h);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return gray;
}

static bool recognize(struct reading *r, PopplerPage *page, int number, double width, double height)
{
	struct Pix *gray;
	bool ok;

	if (r->pictures == EXTRACT_PICTURES_MAX)
		return reading_too_large(r);
	r->pictures++;
	gray = draw(page, width, height);
	if (!gray)
		return error_set(r->err, ERR_extract_unreadable, NULL, NULL);
	ok = ocr_page(r->ocr, r->mem, gray, number, r->text, r->err);
	pixDestroy(&gray);
	return ok;
}

static bool read_page(struct reading *r, PopplerPage *page, int number)
{
	double width, height;
	struct layer layer;
	bool ok;

	poppler_page_get_size(page, &width, &height);
	if (!(width > 0 && height > 0 && isfinite(width) && isfinite(height)))
		return true;
	layer_read(page, &layer);
	ok = has_words(page, &layer, width, height) ? read_layer(r, &layer, number)
						    : recognize(r, page, number, width, height);
	layer_free(&layer);
	return ok;
}

static bool read_pages(struct reading *r, PopplerDocument *document)
{
	int pages = poppler_document_get_n_pages(document);

	if (pages > EXTRACT_PAGES_MAX)
		return reading_too_large(r);
	for (int i = 0; i < pages; i++) {
		PopplerPage *page;
		bool ok;
		if (!reading_page(r, i, pages))
			return false;
		page = poppler_document_get_page(document, i);
		ok = !page || read_page(r, page, i + 1);
		if (page)
			g_object_unref(page);
		if (!ok)
			return false;
		if (r->text->overflow)
			return reading_too_large(r);
	}
	return reading_page(r, pages, pages);
}

bool pdf_read(struct reading *r, const void *bytes, size_t size)
{
	GBytes *all = g_bytes_new_static(bytes, size);
	GError *problem = NULL;
	PopplerDocument *document = poppler_document_new_from_bytes(all, NULL, &problem);
	bool ok;

	if (document) {
		ok = read_pages(r, document);
		g_object_unref(document);
	} else {
		bool locked = g_error_matches(problem, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
		ok = error_set(r->err, locked ? ERR_extract_encrypted : ERR_extract_unreadable, NULL, NULL);
		g_error_free(problem);
	}
	g_bytes_unref(all);
	return ok;
}
