#ifndef EXTRACT_EXTRACT_H
#define EXTRACT_EXTRACT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;

/*
 * The plain text of a file: TXT, DOCX, PDF; of PDF without text and of
 * pictures (JPEG, PNG, TIFF) by optical character recognition in Vietnamese.
 * Each file is read by a child process of its own, the program theodoi-extract,
 * without network, files or rights, bounded in time and memory: a hostile
 * file costs one child.
 */
enum {
	EXTRACT_FILE_MAX = 64 << 20,
	EXTRACT_PAGES_MAX = 500,      /* with text */
	EXTRACT_PICTURES_MAX = 200,   /* of them recognized from pictures */
	EXTRACT_TEXT_MAX = 8 << 20,   /* bytes of text */
	EXTRACT_SECONDS_MAX = 3600,   /* a child that takes longer is ended */
};

struct extracted {
	const char *text;   /* UTF-8, NFC, every line ends with '\n' */
	size_t length;
	int pages;          /* 1 for TXT and DOCX */
	bool from_picture;  /* some of it was recognized from pictures, and may hold errors */
};

/*
 * Called before each page with the number of pages done, last with all: from
 * the caller's thread, some seconds apart when pages are recognized. Returning
 * false ends the reading with `unavailable`.
 */
struct extract_progress {
	bool (*page)(void *arg, int done, int pages);
	void *arg;
};

/*
 * `type` is a media type ("application/pdf", "text/plain") or a name with an
 * ending ("Công văn.docx"). `progress` may be NULL. Takes from milliseconds to
 * minutes; never on the writer. Fails with extract_type (no such file is
 * read), extract_unreadable (damaged, or what it holds is no such file),
 * extract_encrypted, extract_too_large, extract_no_text, extract_no_model (a
 * picture, and no data to recognize Vietnamese by is installed), `unavailable`.
 *
 * DOCX: paragraphs a line each, with the numbers of numbered lists as they are
 * printed; of a table with borders each row a line, its cells separated by
 * tabs; of a table that only lays out (letter heads) one cell after another.
 * PDF and pictures: blocks in reading order, columns one after another.
 */
bool extract_text(struct arena *mem, const char *path, const char *type,
		  const struct extract_progress *progress, struct extracted *out, struct error *err);

/* Whether files of this media type or name are read at all. */
bool extract_takes(const char *type);

#endif
