#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/rows.h"
#include "base/text.h"
#include "extract/docx.h"

enum { LISTS_MAX = 5000, MARK_MAX = 64, STYLE_ID_MAX = 64, COUNT_MAX = 100000 };

enum format { FORMAT_DECIMAL, FORMAT_ZERO, FORMAT_LETTER, FORMAT_CAPITAL, FORMAT_ROMAN, FORMAT_ROMAN_CAPITAL,
	      FORMAT_BULLET, FORMAT_NONE };

struct level {
	int start;
	enum format format;
	char text[MARK_MAX]; /* "%1.%2." */
	char style[STYLE_ID_MAX];
};

struct abstract {
	long id;
	struct level levels[LIST_LEVELS];
	int counts[LIST_LEVELS];
	bool counted[LIST_LEVELS];
};

struct list {
	long id, abstract;
	int starts[LIST_LEVELS]; /* -1: as the abstract list says */
	bool begun[LIST_LEVELS];
};

struct docx_lists {
	struct arena *mem;
	struct abstract *abstracts;
	size_t abstract_count, abstract_room;
	struct list *lists;
	size_t list_count, list_room;
	struct package *package;
	struct part_reader reader;
	bool in_list;   /* in w:num, else in w:abstractNum */
	int level;      /* being read; -1: none */
};

static enum format format_of(const char *word)
{
	static const struct {
		const char *word;
		enum format format;
	} words[] = {
		{ "decimal", FORMAT_DECIMAL },	       { "decimalZero", FORMAT_ZERO },
		{ "lowerLetter", FORMAT_LETTER },      { "upperLetter", FORMAT_CAPITAL },
		{ "lowerRoman", FORMAT_ROMAN },	       { "upperRoman", FORMAT_ROMAN_CAPITAL },
		{ "bullet", FORMAT_BULLET },	       { "none", FORMAT_NONE },
	};

	for (size_t i = 0; word && i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i].word, word))
			return words[i].format;
	return FORMAT_DECIMAL;
}

static bool too_many(struct docx_lists *l, size_t count)
{
	if (count < LISTS_MAX)
		return false;
	l->package->too_large = true;
	part_stop(&l->reader);
	return true;
}

static void add_abstract(struct docx_lists *l, const char **attributes)
{
	struct abstract *abstract;

	if (too_many(l, l->abstract_count))
		return;
	l->abstracts = rows_grown(l->mem, l->abstracts, l->abstract_count, &l->abstract_room,
				  sizeof(*l->abstracts));
	abstract = &l->abstracts[l->abstract_count++];
	*abstract = (struct abstract){ .id = docx_number(attributes, "abstractNumId", 0, 1000000000, -1) };
	for (int i = 0; i < LIST_LEVELS; i++)
		abstract->levels[i] = (struct level){ .start = 1, .format = FORMAT_NONE };
	l->in_list = false;
}

static void add_list(struct docx_lists *l, const char **attributes)
{
	struct list *list;

	if (too_many(l, l->list_count))
		return;
	l->lists = rows_grown(l->mem, l->lists, l->list_count, &l->list_room, sizeof(*l->lists));
	list = &l->lists[l->list_count++];
	*list = (struct list){ .id = docx_number(attributes, "numId", 1, 1000000000, -1), .abstract = -1 };
	for (int i = 0; i < LIST_LEVELS; i++)
		list->starts[i] = -1;
	l->in_list = true;
}

static void on_level(struct docx_lists *l, const char *name, const char **attributes)
{
	struct level *level = &l->abstracts[l->abstract_count - 1].levels[l->level];
	const char *value = part_attribute(attributes, "val");

	if (!strcmp(name, "start"))
		level->start = (int)docx_number(attributes, "val", 0, COUNT_MAX, 1);
	else if (!strcmp(name, "numFmt"))
		level->format = format_of(value);
	else if (!strcmp(name, "lvlText"))
		snprintf(level->text, sizeof(level->text), "%s", value ? value : "");
	else if (!strcmp(name, "pStyle"))
		snprintf(level->style, sizeof(level->style), "%s", value ? value : "");
}

static void on_start(void *arg, const char *name, const char **attributes)
{
	struct docx_lists *l = arg;

	if (!strcmp(name, "abstractNum"))
		add_abstract(l, attributes);
	else if (!strcmp(name, "num"))
		add_list(l, attributes);
	else if (!strcmp(name, "lvl") || !strcmp(name, "lvlOverride"))
		l->level = (int)docx_number(attributes, "ilvl", 0, LIST_LEVELS - 1, -1);
	else if (!l->in_list && l->abstract_count && l->level >= 0)
		on_level(l, name, attributes);
	else if (l->in_list && !strcmp(name, "abstractNumId"))
		l->lists[l->list_count - 1].abstract = docx_number(attributes, "val", 0, 1000000000, -1);
	else if (l->in_list && l->level >= 0 && !strcmp(name, "startOverride"))
		l->lists[l->list_count - 1].starts[l->level] =
			(int)docx_number(attributes, "val", 0, COUNT_MAX, 1);
}

static void on_end(void *arg, const char *name)
{
	struct docx_lists *l = arg;

	if (!strcmp(name, "lvl") || !strcmp(name, "lvlOverride"))
		l->level = -1;
}

bool docx_lists_read(struct package *package, struct arena *mem, struct docx_lists **out)
{
	struct docx_lists *l = ARENA_NEW(mem, struct docx_lists);
	bool there;

	l->mem = mem;
	l->package = package;
	l->level = -1;
	l->reader = (struct part_reader){ .start = on_start, .end = on_end, .arg = l };
	*out = l;
	return part_read(package, "word/numbering.xml", &l->reader, &there);
}

static struct list *list_of(const struct docx_lists *l, long id)
{
	for (size_t i = 0; i < l->list_count; i++)
		if (l->lists[i].id == id)
			return &l->lists[i];
	return NULL;
}

static struct abstract *abstract_of(const struct docx_lists *l, const struct list *list)
{
	for (size_t i = 0; list && i < l->abstract_count; i++)
		if (l->abstracts[i].id == list->abstract)
			return &l->abstracts[i];
	return NULL;
}

int docx_list_level_of_style(const struct docx_lists *lists, long list, const char *style)
{
	const struct abstract *abstract = abstract_of(lists, list_of(lists, list));

	for (int i = 0; abstract && style[0] && i < LIST_LEVELS; i++)
		if (!strcmp(abstract->levels[i].style, style))
			return i;
	return 0;
}

/* a to z, then aa, bb: as word processors count. */
static void add_letters(struct buf *out, int count, char first)
{
	for (int i = 0; count > 0 && i <= (count - 1) / 26 && i < 16; i++)
		buf_add_char(out, (char)(first + (count - 1) % 26));
}

static void add_roman(struct buf *out, int count, bool capital)
{
	static const struct {
		int value;
		const char *small, *large;
	} signs[] = {
		{ 1000, "m", "M" }, { 900, "cm", "CM" }, { 500, "d", "D" }, { 400, "cd", "CD" }, { 100, "c", "C" },
		{ 90, "xc", "XC" }, { 50, "l", "L" },	 { 40, "xl", "XL" }, { 10, "x", "X" },	 { 9, "ix", "IX" },
		{ 5, "v", "V" },    { 4, "iv", "IV" },	 { 1, "i", "I" },
	};

	for (size_t i = 0; count < 4000 && i < sizeof(signs) / sizeof(signs[0]); i++)
		for (; count >= signs[i].value; count -= signs[i].value)
			buf_add_text(out, capital ? signs[i].large : signs[i].small);
}

static void add_count(struct buf *out, enum format format, int count)
{
	switch (format) {
	case FORMAT_LETTER:
	case FORMAT_CAPITAL:
		add_letters(out, count, format == FORMAT_LETTER ? 'a' : 'A');
		break;
	case FORMAT_ROMAN:
	case FORMAT_ROMAN_CAPITAL:
		add_roman(out, count, format == FORMAT_ROMAN_CAPITAL);
		break;
	case FORMAT_ZERO:
		buf_add_format(out, "%02d", count);
		break;
	case FORMAT_DECIMAL:
		buf_add_format(out, "%d", count);
		break;
	case FORMAT_BULLET:
	case FORMAT_NONE:
		break;
	}
}

/* Bullets of symbol fonts are letters of no alphabet; a dash reads the same. */
static void add_bullet(struct buf *out, const char *text)
{
	bool plain = !strcmp(text, "+") || !strcmp(text, "*") || !strcmp(text, "\xe2\x80\xa2") ||
		     !strcmp(text, "\xe2\x80\x93");

	buf_add_text(out, plain ? text : "-");
}

static void add_numbers(struct buf *out, const struct abstract *abstract, int level)
{
	for (const char *at = abstract->levels[level].text; *at; at++) {
		int other = at[0] == '%' && at[1] >= '1' && at[1] <= '9' ? at[1] - '1' : -1;
		if (other < 0) {
			buf_add_char(out, *at);
			continue;
		}
		add_count(out, abstract->levels[other].format,
			  abstract->counted[other] ? abstract->counts[other] : abstract->levels[other].start);
		at++;
	}
}

static void count(struct list *list, struct abstract *abstract, int level)
{
	if (list->starts[level] >= 0 && !list->begun[level])
		abstract->counts[level] = list->starts[level];
	else if (!abstract->counted[level])
		abstract->counts[level] = abstract->levels[level].start;
	else if (abstract->counts[level] < COUNT_MAX)
		abstract->counts[level]++;
	abstract->counted[level] = list->begun[level] = true;
	for (int i = level + 1; i < LIST_LEVELS; i++)
		abstract->counted[i] = false;
}

void docx_list_mark(struct docx_lists *lists, long id, int level, struct buf *out)
{
	struct list *list = list_of(lists, id);
	struct abstract *abstract = abstract_of(lists, list);
	size_t before = out->length;

	if (!abstract || level < 0 || level >= LIST_LEVELS)
		return;
	count(list, abstract, level);
	if (abstract->levels[level].format == FORMAT_BULLET)
		add_bullet(out, abstract->levels[level].text);
	else
		add_numbers(out, abstract, level);
	if (out->length > before)
		buf_add_char(out, ' ');
}
