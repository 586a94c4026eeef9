#include <leptonica/allheaders.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "extract/extract.h"
#include "extract/program/reading.h"

/* Photos and scans: JPEG, PNG, and TIFF of several pages. */

enum {
	PIXELS_MAX = 64 << 20,      /* a picture with more is not opened, */
	PIXELS_WANTED = 20 << 20,   /* and a JPEG with more is opened at a half, a quarter, ... */
	SIDE_SMALL = 3000,          /* of a page: few pixels a letter; enlarged to */
	SIDE_WANTED = 3400,         /* (A4 at 300 dots an inch) but by no more than */
	ENLARGED_MAX = 3,
	SIDE_LARGE = 4600,
};

/* The page upright: what a camera noted turned back. */
static struct Pix *upright(struct Pix *picture, int orientation)
{
	static const struct {
		int quarters;
		bool mirrored;
	} turns[] = { { 0, false }, { 0, true }, { 2, false }, { 2, true }, { 1, true }, { 1, false }, { 3, true },
		      { 3, false } };
	struct Pix *turned = pixRotateOrth(picture, turns[orientation - 1].quarters);

	if (turned && turns[orientation - 1].mirrored)
		pixFlipLR(turned, turned);
	return turned;
}

static struct Pix *gray_of(struct Pix *picture, int orientation)
{
	struct Pix *gray = pixConvertTo8(picture, 0), *turned = gray ? upright(gray, orientation) : NULL;
	struct Pix *scaled = NULL, *even = NULL;
	int side, width, height;
	float factor;

	pixDestroy(&gray);
	if (!turned)
		return NULL;
	pixGetDimensions(turned, &width, &height, NULL);
	side = width > height ? width : height;
	factor = side < SIDE_SMALL ? (float)SIDE_WANTED / (float)side : side > SIDE_LARGE ? (float)SIDE_LARGE / (float)side : 1;
	if (factor > ENLARGED_MAX)
		factor = ENLARGED_MAX;
	scaled = pixScale(turned, factor, factor);
	pixDestroy(&turned);
	if (!scaled)
		return NULL;
	/* Light falls unevenly on what is photographed. */
	even = pixBackgroundNormSimple(scaled, NULL, NULL);
	if (!even)
		return scaled;
	pixDestroy(&scaled);
	return even;
}

static bool read_page(struct reading *r, struct Pix *picture, int orientation, int page)
{
	struct Pix *gray = picture ? gray_of(picture, orientation) : NULL;
	bool ok;

	if (!gray)
		return error_set(r->err, ERR_extract_unreadable, NULL, NULL);
	ok = ocr_page(r->ocr, r->mem, gray, page, r->text, r->err);
	pixDestroy(&gray);
	r->pictures++;
	return ok;
}

static bool read_one(struct reading *r, struct Pix *picture, int orientation)
{
	return reading_page(r, 0, 1) && read_page(r, picture, orientation, 1) && reading_page(r, 1, 1);
}

static bool read_jpeg(struct reading *r, const unsigned char *bytes, size_t size, size_t pixels)
{
	int reduction = 1, warnings;
	struct Pix *picture;
	bool ok;

	while (reduction < 8 && pixels / (size_t)(reduction * reduction) > PIXELS_WANTED)
		reduction *= 2;
	picture = pixReadMemJpeg(bytes, size, 0, reduction, &warnings, 0);
	ok = read_one(r, picture, exif_orientation(bytes, size));
	pixDestroy(&picture);
	return ok;
}

/* Pages of a TIFF are a chain of directories. Counts at most one more than may be read. */
static int count_pages(const unsigned char *bytes, size_t size)
{
	bool big = size > 0 && bytes[0] == 'M';
	size_t at = 4;
	int pages = 0;

	while (size >= 8 && at <= size - 4 && pages <= EXTRACT_PICTURES_MAX) {
		const unsigned char *b = bytes + at;
		size_t directory = big ? (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3]
				       : (size_t)b[3] << 24 | (size_t)b[2] << 16 | (size_t)b[1] << 8 | b[0];
		size_t entries;
		if (!directory || directory > size - 2)
			break;
		b = bytes + directory;
		entries = big ? (size_t)b[0] << 8 | b[1] : (size_t)b[1] << 8 | b[0];
		at = directory + 2 + entries * 12;
		pages++;
	}
	return pages;
}

static bool read_tiff(struct reading *r, const unsigned char *bytes, size_t size)
{
	int pages = count_pages(bytes, size);
	size_t offset = 0;

	if (pages > EXTRACT_PICTURES_MAX)
		return reading_too_large(r);
	for (int page = 0; page < pages; page++) {
		struct Pix *picture;
		bool ok;
		if (!reading_page(r, page, pages))
			return false;
		picture = pixReadMemFromMultipageTiff(bytes, size, &offset);
		ok = read_page(r, picture, 1, page + 1);
		pixDestroy(&picture);
		if (!ok)
			return false;
		if (offset == 0)
			break;
	}
	return reading_page(r, pages, pages);
}

bool picture_read(struct reading *r, const void *bytes, size_t size)
{
	int format = 0, width = 0, height = 0, bits, samples, has_map;
	struct Pix *picture;
	bool ok;

	setMsgSeverity(L_SEVERITY_NONE);
	if (pixReadHeaderMem(bytes, size, &format, &width, &height, &bits, &samples, &has_map) || width <= 0 ||
		height <= 0)
		return error_set(r->err, ERR_extract_unreadable, NULL, NULL);
	if (format != IFF_JFIF_JPEG && (size_t)width * (size_t)height > PIXELS_MAX)
		return reading_too_large(r);
	if (format == IFF_JFIF_JPEG)
		return read_jpeg(r, bytes, size, (size_t)width * (size_t)height);
	if (format >= IFF_TIFF && format <= IFF_TIFF_ZIP)
		return read_tiff(r, bytes, size);
	if (format != IFF_PNG)
		return error_set(r->err, ERR_extract_unreadable, NULL, NULL);
	picture = pixReadMem(bytes, size);
	ok = read_one(r, picture, 1);
	pixDestroy(&picture);
	return ok;
}
