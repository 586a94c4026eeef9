#ifndef EXTRACT_DOCX_H
#define EXTRACT_DOCX_H

#include <stdbool.h>
#include <stddef.h>

#include "ooxml/package.h"

struct arena;
struct buf;
struct error;

/* Private to the room: reading DOCX, in the child. */

/* The text of a document, appended to `out`. Fails with extract_unreadable, extract_encrypted, extract_too_large. */
bool docx_read(struct arena *mem, const void *bytes, size_t size, struct buf *out, struct error *err);

/*
 * Lists. word/numbering.xml has abstract lists of nine levels and lists that
 * use them; word/styles.xml gives paragraphs of a style their list.
 */
enum { LIST_LEVELS = 9 };

struct docx_lists;
struct docx_styles;

bool docx_lists_read(struct package *package, struct arena *mem, struct docx_lists **out);

/* Counts the paragraph and appends its mark as printed ("1.", "a)", "-") and a space; nothing when it has none. */
void docx_list_mark(struct docx_lists *lists, long list, int level, struct buf *out);

/* The level of the list that belongs to a style; 0 when none says so. */
int docx_list_level_of_style(const struct docx_lists *lists, long list, const char *style);

bool docx_styles_read(struct package *package, struct arena *mem, struct docx_styles **out);

/* The list of a paragraph style (0: none); *level -1 when the style does not say. */
long docx_style_list(const struct docx_styles *styles, const char *style, int *level);

/* Whether tables of this style have lines between their columns. */
bool docx_style_bordered(const struct docx_styles *styles, const char *style);

/* An attribute as a number in [low, high]; `absent` when it is none. */
long docx_number(const char **attributes, const char *name, long low, long high, long absent);

/* Whether an on/off element such as <w:caps/> says on. */
bool docx_on(const char **attributes);

/* Whether a border element draws a line. */
bool docx_border_seen(const char **attributes);

#endif
