#ifndef EXTRACT_PROGRAM_READING_H
#define EXTRACT_PROGRAM_READING_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct error;
struct ocr;
struct Pix;

/*
 * theodoi-extract: reads one file from descriptor 0 and tells on descriptor 1
 *	page DONE PAGES\n            before each page and after the last
 *	text PAGES PICTURE LENGTH\n  then LENGTH bytes; PICTURE 1: some of it recognized
 * or	error WORD\n
 * after it gave up every right (child/child.h).
 */
struct reading {
	struct arena *mem;
	struct buf *text;     /* as found; tidied at the end */
	struct ocr *ocr;
	int pages;
	int pictures;         /* pages recognized */
	struct error *err;
};

/* False when nobody listens any more. */
bool reading_page(struct reading *r, int done, int pages);

/* extract_too_large with its limits. Returns false. */
bool reading_too_large(struct reading *r);

bool pdf_read(struct reading *r, const void *bytes, size_t size);
bool picture_read(struct reading *r, const void *bytes, size_t size);

/* Optical character recognition, opened before the rights are given up: it reads its model. NULL: there is none. */
struct ocr *ocr_open(void);
void ocr_close(struct ocr *ocr);

/*
 * Appends what a page says. `gray` has 8 bits a pixel at about 300 a inch and
 * is the caller's. A page that stands on its side or its head is turned.
 * Fails with extract_no_model when `ocr` is NULL.
 */
bool ocr_page(struct ocr *ocr, struct arena *mem, struct Pix *gray, int page, struct buf *out, struct error *err);

/* How a camera held the picture, by its Exif orientation (1 to 8; 1: upright). */
int exif_orientation(const unsigned char *bytes, size_t size);

#endif
