#include <stdlib.h>
#include <string.h>

#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/rows.h"
#include "extract/layout.h"
#include "extract/program/reading.h"

enum {
	PAGE_MS = 180000,      /* what takes longer is no letter */
	WORDS_MAX = 20000,     /* of a page */
	WORD_SURE = 25,        /* percent; below it is a stamp, a seal, a fold */
	SIGN_SURE = 75,        /* of what has neither letter nor digit */
	PAGE_SURE = 55,        /* below it the page may stand on its side */
	RESOLUTION = 300,
	RULE_LEVEL = 200, RULE_UPRIGHT = 130, RULE_EDGE = 5, /* pixels */
};

#define RULE_SHADE 0.85F /* of the paper's brightness */
#define LEADING 0.08 /* above and below the ink of a line */

struct ocr {
	TessBaseAPI *api;
};

struct ocr *ocr_open(void)
{
	static struct ocr ocr; /* one per process */

	ocr.api = TessBaseAPICreate();
	if (!ocr.api || TessBaseAPIInit2(ocr.api, NULL, "vie", OEM_LSTM_ONLY))
		return NULL;
	TessBaseAPISetPageSegMode(ocr.api, PSM_AUTO);
	/* Spaces inside wide lines are columns' edges here. */
	TessBaseAPISetVariable(ocr.api, "preserve_interword_spaces", "1");
	return &ocr;
}

void ocr_close(struct ocr *ocr)
{
	TessBaseAPIEnd(ocr->api);
	TessBaseAPIDelete(ocr->api);
}

struct words {
	struct layout_piece *pieces;
	size_t count, room;
	int lines;
	double sure;     /* mean, percent; of words long enough to tell */
};

static bool recognize(struct ocr *ocr, struct Pix *image)
{
	ETEXT_DESC *monitor = TessMonitorCreate();
	bool ok;

	TessMonitorSetDeadlineMSecs(monitor, PAGE_MS);
	TessBaseAPISetImage2(ocr->api, image);
	TessBaseAPISetSourceResolution(ocr->api, RESOLUTION);
	ok = !TessBaseAPIRecognize(ocr->api, monitor);
	TessMonitorDelete(monitor);
	return ok;
}

/* Letters beyond ASCII are longer than signs: a byte above 0x7f that begins no punctuation (U+2000 on). */
static bool says_something(const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
			(c >= 0xc3 && c <= 0xc6) || c == 0xe1)
			return true;
	}
	return false;
}

static void add_word(struct arena *mem, struct words *words, TessResultIterator *at, char *text, float sure)
{
	const TessPageIterator *place = TessResultIteratorGetPageIteratorConst(at);
	double leading;
	int left, top, right, bottom, line_left, line_top, line_right, line_bottom;

	if (!TessPageIteratorBoundingBox(place, RIL_WORD, &left, &top, &right, &bottom) ||
		!TessPageIteratorBoundingBox(place, RIL_TEXTLINE, &line_left, &line_top, &line_right, &line_bottom))
		return;
	words->sure += sure;
	leading = LEADING * (line_bottom - line_top);
	if (sure < (float)(says_something(text) ? WORD_SURE : SIGN_SURE))
		return;
	words->pieces = rows_grown(mem, words->pieces, words->count, &words->room, sizeof(*words->pieces));
	words->pieces[words->count++] = (struct layout_piece){
		.text = arena_strdup(mem, text),
		.length = strlen(text),
		.line = words->lines,
		.x1 = left,
		.x2 = right,
		.y1 = line_top - leading,
		.y2 = line_bottom + leading,
	};
}

static void take_words(struct ocr *ocr, struct arena *mem, struct words *words)
{
	TessResultIterator *at = TessBaseAPIGetIterator(ocr->api);
	size_t heard = 0;

	while (at && heard < WORDS_MAX) {
		char *text = TessResultIteratorGetUTF8Text(at, RIL_WORD);
		if (TessPageIteratorIsAtBeginningOf(TessResultIteratorGetPageIteratorConst(at), RIL_TEXTLINE))
			words->lines++;
		if (text && text[strspn(text, " \t\n")]) {
			add_word(mem, words, at, text, TessResultIteratorConfidence(at, RIL_WORD));
			heard++;
		}
		TessDeleteText(text);
		if (!TessResultIteratorNext(at, RIL_WORD))
			break;
	}
	if (at)
		TessResultIteratorDelete(at);
	if (heard)
		words->sure /= (double)heard;
}

static struct words words_of(struct ocr *ocr, struct arena *mem, struct Pix *image)
{
	struct words words = { .count = 0 };

	if (recognize(ocr, image))
		take_words(ocr, mem, &words);
	TessBaseAPIClear(ocr->api);
	return words;
}

static double worth(const struct words *words)
{
	return words->sure * (double)words->count;
}

/* A page read badly is tried in the other three directions. */
static struct words turned(struct ocr *ocr, struct arena *mem, struct Pix *image, struct words upright)
{
	struct words best = upright;

	for (int quarters = 1; quarters < 4; quarters++) {
		struct Pix *other = pixRotateOrth(image, quarters);
		struct words words = { .count = 0 };
		if (other)
			words = words_of(ocr, mem, other);
		pixDestroy(&other);
		if (worth(&words) > 1.2 * worth(&best))
			best = words;
	}
	return best;
}

/* The lines of tables read as letters: runs longer than any stroke of one are painted over. */
static void remove_rules(struct Pix *gray)
{
	l_uint32 paper = 0;
	struct Pix *black;

	/* Such lines are often gray: all that is darker than the paper, which most of a page is. */
	if (pixGetRankValue(gray, 4, 0.6F, &paper))
		return;
	black = pixThresholdToBinary(gray, (l_int32)(RULE_SHADE * (float)paper));
	if (!black)
		return;
	for (int upright = 0; upright < 2; upright++) {
		struct Pix *rules = upright ? pixOpenBrick(NULL, black, 1, RULE_UPRIGHT) : pixOpenBrick(NULL, black, RULE_LEVEL, 1);
		struct Pix *wide = rules ? pixDilateBrick(NULL, rules, RULE_EDGE, RULE_EDGE) : NULL;
		if (wide)
			pixSetMasked(gray, wide, 255);
		pixDestroy(&wide);
		pixDestroy(&rules);
	}
	pixDestroy(&black);
}

bool ocr_page(struct ocr *ocr, struct arena *mem, struct Pix *gray, int page, struct buf *out, struct error *err)
{
	struct Pix *straight;
	struct words words;

	if (!ocr)
		return error_set(err, ERR_extract_no_model, NULL, NULL);
	straight = pixDeskew(gray, 0);
	if (!straight)
		return error_set(err, ERR_extract_unreadable, NULL, NULL);
	remove_rules(straight);
	words = words_of(ocr, mem, straight);
	if (words.sure < PAGE_SURE)
		words = turned(ocr, mem, straight, words);
	pixDestroy(&straight);
	layout_text(mem, words.pieces, words.count, page, out);
	return true;
}
