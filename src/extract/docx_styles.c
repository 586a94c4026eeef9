#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/rows.h"
#include "base/text.h"
#include "extract/docx.h"

enum { STYLES_MAX = 5000, STYLE_ID_MAX = 64, BASES_MAX = 16 };

struct style {
	char id[STYLE_ID_MAX], base[STYLE_ID_MAX];
	long list;       /* -1: not said */
	int level;       /* -1: not said */
	int bordered;    /* -1: not said */
};

struct docx_styles {
	struct arena *mem;
	struct style *styles;
	size_t count, room;
	struct part_reader reader;
	struct package *package;
	bool in_borders, in_numbers;
	int conditional; /* inside formats for the first row, the last column, ... */
};

long docx_number(const char **attributes, const char *name, long low, long high, long absent)
{
	const char *text = part_attribute(attributes, name);
	int64_t value;

	return text && text_to_int(text, low, high, &value) ? (long)value : absent;
}

bool docx_on(const char **attributes)
{
	const char *value = part_attribute(attributes, "val");

	return !value || (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "off") != 0);
}

bool docx_border_seen(const char **attributes)
{
	const char *value = part_attribute(attributes, "val");

	return value && strcmp(value, "nil") != 0 && strcmp(value, "none") != 0;
}

static void add_style(struct docx_styles *s, const char **attributes)
{
	const char *id = part_attribute(attributes, "styleId");

	if (s->count == STYLES_MAX) {
		s->package->too_large = true;
		part_stop(&s->reader);
		return;
	}
	s->styles = rows_grown(s->mem, s->styles, s->count, &s->room, sizeof(*s->styles));
	s->styles[s->count] = (struct style){ .list = -1, .level = -1, .bordered = -1 };
	snprintf(s->styles[s->count++].id, STYLE_ID_MAX, "%s", id ? id : "");
}

static void on_start(void *arg, const char *name, const char **attributes)
{
	struct docx_styles *s = arg;
	struct style *style = s->count ? &s->styles[s->count - 1] : NULL;

	if (!strcmp(name, "style"))
		add_style(s, attributes);
	else if (!strcmp(name, "tblStylePr"))
		s->conditional++;
	if (!style || s->conditional)
		return;
	if (!strcmp(name, "basedOn")) {
		const char *base = part_attribute(attributes, "val");
		snprintf(style->base, sizeof(style->base), "%s", base ? base : "");
	} else if (!strcmp(name, "numPr")) {
		s->in_numbers = true;
	} else if (s->in_numbers && !strcmp(name, "numId")) {
		style->list = docx_number(attributes, "val", 0, 1000000000, -1);
	} else if (s->in_numbers && !strcmp(name, "ilvl")) {
		style->level = (int)docx_number(attributes, "val", 0, LIST_LEVELS - 1, -1);
	} else if (!strcmp(name, "tblBorders")) {
		s->in_borders = true;
		style->bordered = 0;
	} else if (s->in_borders && (!strcmp(name, "insideV") || !strcmp(name, "left"))) {
		style->bordered = style->bordered == 1 || docx_border_seen(attributes);
	}
}

static void on_end(void *arg, const char *name)
{
	struct docx_styles *s = arg;

	if (!strcmp(name, "numPr"))
		s->in_numbers = false;
	else if (!strcmp(name, "tblBorders"))
		s->in_borders = false;
	else if (!strcmp(name, "tblStylePr") && s->conditional > 0)
		s->conditional--;
}

bool docx_styles_read(struct package *package, struct arena *mem, struct docx_styles **out)
{
	struct docx_styles *s = ARENA_NEW(mem, struct docx_styles);
	bool there;

	s->mem = mem;
	s->package = package;
	s->reader = (struct part_reader){ .start = on_start, .end = on_end, .arg = s };
	*out = s;
	return part_read(package, "word/styles.xml", &s->reader, &there);
}

static const struct style *find(const struct docx_styles *s, const char *id)
{
	for (size_t i = 0; id[0] && i < s->count; i++)
		if (!strcmp(s->styles[i].id, id))
			return &s->styles[i];
	return NULL;
}

long docx_style_list(const struct docx_styles *styles, const char *style, int *level)
{
	const struct style *at = find(styles, style);

	*level = -1;
	for (int i = 0; at && i < BASES_MAX; i++, at = find(styles, at->base)) {
		if (*level < 0)
			*level = at->level;
		if (at->list >= 0)
			return at->list;
	}
	return 0;
}

bool docx_style_bordered(const struct docx_styles *styles, const char *style)
{
	const struct style *at = find(styles, style);

	for (int i = 0; at && i < BASES_MAX; i++, at = find(styles, at->base))
		if (at->bordered >= 0)
			return at->bordered == 1;
	return false;
}
