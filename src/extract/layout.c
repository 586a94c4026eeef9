#include "extract/layout.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/rows.h"
#include "base/text.h"

/*
 * Pieces make strips (what stands at one height), strips fall into segments
 * (pieces with no wide gap between them). A band is a run of strips with a
 * free gap through all of them: two columns, or a table.
 */
#define SPACE_GAP 0.15     /* of the size of the writing: between words */
#define SEGMENT_GAP 0.7    /* what may be a column's edge */
#define MARK_GAP 3.0       /* after "1.", "a)" and the like it is none */
#define COLUMN_GAP 0.5     /* what must stay free through a band; */
#define PAIR_GAP 1.5       /* of less than three lines, */
#define RECOGNIZED_GAP 0.8 /* of words on one line, as recognition has it, */
#define LONE_GAP 2.5       /* and of a single one */
#define SAME_LINE 0.3      /* of a line's height: how far the middles of what stands on it may be apart */
#define TIGHT 0.35         /* of a line's height: between lines of a block */
#define APART 0.6          /* between paragraphs: an empty line is written */
#define FAR 3.0
#define SIZE_OF_HEIGHT 1.3

enum { COLUMNS_MAX = 16, DEPTH_MAX = 8, NARROW = 5, LEAD_MAX = 4 };

struct segment {
	const char *text;
	size_t length;
	int line;             /* 0: unknown */
	double x1, x2;
};

struct strip {
	double y1, y2;
	struct segment *segments;
	size_t count;
};

struct layout {
	struct arena *mem;
	struct strip *strips;
	size_t count;
	struct buf *out;
};

/* The part of the page being written. */
struct region {
	size_t first, end;
	double x1, x2;
	int depth;
};

struct band {
	size_t end;         /* strip after its last */
	double gap1, gap2;  /* free in x */
	size_t both;        /* strips with something on both sides */
};

static int by_height(const void *a, const void *b)
{
	const struct layout_piece *p = a, *q = b;
	double left = p->y1 + p->y2, right = q->y1 + q->y2;

	return left < right ? -1 : left > right;
}

static int by_side(const void *a, const void *b)
{
	const struct layout_piece *p = a, *q = b;

	return p->x1 < q->x1 ? -1 : p->x1 > q->x1;
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

static double smaller(double a, double b)
{
	return a < b ? a : b;
}

static double size_of(const struct strip *strip)
{
	return (strip->y2 - strip->y1) / SIZE_OF_HEIGHT;
}

/* "1.", "1.2.", "a)", "(i)", "-": what stands before a paragraph, not beside it. */
static bool is_mark(const struct buf *text)
{
	return text->length > 0 && text->length <= 6 && strchr(".)-+", text->data[text->length - 1]) != NULL;
}

static void end_segment(struct layout *l, struct strip *strip, size_t *room, struct buf *text, int line,
			double x1, double x2)
{
	strip->segments = rows_grown(l->mem, strip->segments, strip->count, room, sizeof(*strip->segments));
	strip->segments[strip->count++] = (struct segment){
		.text = arena_strndup(l->mem, text->data, text->length),
		.length = text->length,
		.line = line,
		.x1 = x1,
		.x2 = x2,
	};
	buf_clear(text);
}

static void make_segments(struct layout *l, struct strip *strip, struct layout_piece *pieces, size_t count,
			  struct buf *text)
{
	double size = size_of(strip), x1 = 0, x2 = 0;
	size_t room = 0;
	int line = 0;

	qsort(pieces, count, sizeof(*pieces), by_side);
	buf_clear(text);
	for (size_t i = 0; i < count; i++) {
		const struct layout_piece *piece = &pieces[i];
		double gap = piece->x1 - x2;
		bool apart = piece->line != line || gap > size * (is_mark(text) ? MARK_GAP : SEGMENT_GAP);
		if (text->length && apart)
			end_segment(l, strip, &room, text, line, x1, x2);
		else if (text->length && (line || gap > size * SPACE_GAP))
			buf_add_char(text, ' ');
		if (!text->length) {
			x1 = piece->x1;
			x2 = piece->x2;
			line = piece->line;
		}
		buf_add(text, piece->text, piece->length);
		x2 = larger(x2, piece->x2);
	}
	end_segment(l, strip, &room, text, line, x1, x2);
}

/* Whether the piece stands on the strip's line; an index or a note mark does. */
static bool belongs(const struct strip *strip, const struct layout_piece *piece)
{
	double apart = (piece->y1 + piece->y2) / 2 - (strip->y1 + strip->y2) / 2;

	return apart <= SAME_LINE * larger(strip->y2 - strip->y1, piece->y2 - piece->y1);
}

static void make_strips(struct layout *l, struct layout_piece *pieces, size_t count)
{
	size_t room = 0, first = 0;
	struct buf text;

	buf_init(&text, l->mem, 0);
	qsort(pieces, count, sizeof(*pieces), by_height);
	while (first < count) {
		struct strip strip = { .y1 = pieces[first].y1, .y2 = pieces[first].y2 };
		size_t end = first + 1;
		for (; end < count && belongs(&strip, &pieces[end]); end++) {
			if (pieces[end].y2 - pieces[end].y1 <= strip.y2 - strip.y1)
				continue;
			strip.y1 = pieces[end].y1;
			strip.y2 = pieces[end].y2;
		}
		make_segments(l, &strip, pieces + first, end - first, &text);
		l->strips = rows_grown(l->mem, l->strips, l->count, &room, sizeof(*l->strips));
		l->strips[l->count++] = strip;
		first = end;
	}
}

static bool is_inside(const struct segment *segment, double x1, double x2)
{
	double middle = (segment->x1 + segment->x2) / 2;

	return middle >= x1 && middle <= x2;
}

/* The region's next segment in a strip from `from` on; `count` when there is none. */
static size_t next_inside(const struct strip *strip, const struct region *region, size_t from)
{
	while (from < strip->count && !is_inside(&strip->segments[from], region->x1, region->x2))
		from++;
	return from;
}

enum side { SIDE_NONE = 0, SIDE_LEFT = 1, SIDE_RIGHT = 2, SIDE_BOTH = 3, SIDE_ACROSS = 4 };

/* On which sides of the gap a strip has something; narrows the gap to what stays free. */
static enum side sides_of(const struct strip *strip, const struct region *region, double *gap1, double *gap2)
{
	double least = size_of(strip) * COLUMN_GAP, middle = (*gap1 + *gap2) / 2;
	unsigned sides = SIDE_NONE;

	for (size_t i = next_inside(strip, region, 0); i < strip->count; i = next_inside(strip, region, i + 1)) {
		const struct segment *segment = &strip->segments[i];
		if ((segment->x1 + segment->x2) / 2 < middle) {
			*gap1 = larger(*gap1, segment->x2);
			sides |= SIDE_LEFT;
		} else {
			*gap2 = smaller(*gap2, segment->x1);
			sides |= SIDE_RIGHT;
		}
	}
	return *gap2 - *gap1 < least ? SIDE_ACROSS : (enum side)sides;
}

/* How far a gap of one strip reaches down. */
static struct band band_of_gap(const struct layout *l, const struct region *region, size_t start, double gap1,
			       double gap2)
{
	struct band band = { .end = start + 1, .gap1 = gap1, .gap2 = gap2, .both = 1 };
	double first1 = gap1, first2 = gap2;
	enum side last = sides_of(&l->strips[start], region, &first1, &first2);

	for (size_t i = start + 1; i < region->end; i++) {
		const struct strip *strip = &l->strips[i], *above = &l->strips[i - 1];
		double height = strip->y2 - strip->y1, space = strip->y1 - above->y2, free1 = band.gap1, free2 = band.gap2;
		enum side side = sides_of(strip, region, &free1, &free2);
		if (side == SIDE_NONE)
			continue;
		if (side == SIDE_ACROSS || space > height * (side == SIDE_BOTH ? FAR : TIGHT))
			break;
		/* Lines of two columns of which one stands a little lower count as one. */
		band.both += side == SIDE_BOTH || (side + last == SIDE_BOTH && space < -SAME_LINE * height);
		last = side;
		band.gap1 = free1;
		band.gap2 = free2;
		band.end = i + 1;
	}
	return band;
}

/*
 * Chance leaves gaps between words too: the fewer lines a gap goes through, the
 * wider it must be. Recognition tells lines apart by itself: what it left in one is rarely two.
 */
static bool is_free_enough(const struct band *band, double size, const struct segment *left,
			   const struct segment *right)
{
	double gap = band->gap2 - band->gap1;

	if (left->line != right->line)
		return gap >= size * COLUMN_GAP;
	if (band->both == 1)
		return gap >= size * LONE_GAP;
	if (band->both == 2)
		return gap >= size * PAIR_GAP;
	return gap >= size * (left->line ? RECOGNIZED_GAP : COLUMN_GAP);
}

static void try_gap(const struct layout *l, const struct region *region, size_t start,
		    const struct segment *left, const struct segment *right, struct band *best)
{
	struct band band = band_of_gap(l, region, start, left->x2, right->x1);

	if (is_free_enough(&band, size_of(&l->strips[start]), left, right) &&
		(band.both > best->both || (band.both == best->both && band.end > best->end)))
		*best = band;
}

/* Two strips that overlap in height but not in width are lines of two columns, one a little lower. */
static void try_below(const struct layout *l, const struct region *region, size_t start, struct band *best)
{
	const struct strip *strip = &l->strips[start], *below = strip + 1;
	const struct segment *one, *other;

	if (start + 1 >= region->end || below->y1 > strip->y2 - SAME_LINE * (strip->y2 - strip->y1))
		return;
	one = &strip->segments[next_inside(strip, region, 0)];
	if (next_inside(below, region, 0) == below->count)
		return;
	other = &below->segments[next_inside(below, region, 0)];
	if (one->x2 < other->x1)
		try_gap(l, region, start, one, other, best);
	else if (other->x2 < one->x1)
		try_gap(l, region, start, other, one, best);
}

/* The band that begins at a strip; `both` 0 when there is none. */
static struct band find_band(const struct layout *l, const struct region *region, size_t start)
{
	const struct strip *strip = &l->strips[start];
	struct band best = { .both = 0 };
	size_t left = next_inside(strip, region, 0), right = next_inside(strip, region, left + 1);

	if (left < strip->count && right == strip->count)
		try_below(l, region, start, &best);
	for (; right < strip->count; left = right, right = next_inside(strip, region, left + 1))
		try_gap(l, region, start, &strip->segments[left], &strip->segments[right], &best);
	return best;
}

static void write_segment(struct layout *l, const struct segment *segment, char end)
{
	buf_add(l->out, segment->text, segment->length);
	buf_add_char(l->out, end);
}

struct column {
	double x1, x2;
};

static int by_start(const void *a, const void *b)
{
	const struct column *p = a, *q = b;

	return p->x1 < q->x1 ? -1 : p->x1 > q->x1;
}

/* What all segments of the band cover, fallen apart at free gaps; more than COLUMNS_MAX: 0. */
static size_t find_columns(struct layout *l, const struct region *region, struct column *columns)
{
	struct column *all = NULL;
	size_t room = 0, count = 0, found = 0;

	for (size_t i = region->first; i < region->end; i++) {
		const struct strip *strip = &l->strips[i];
		for (size_t k = next_inside(strip, region, 0); k < strip->count;
			k = next_inside(strip, region, k + 1)) {
			all = rows_grown(l->mem, all, count, &room, sizeof(*all));
			all[count++] = (struct column){ strip->segments[k].x1, strip->segments[k].x2 };
		}
	}
	if (count)
		qsort(all, count, sizeof(*all), by_start);
	for (size_t i = 0; i < count; i++) {
		double least = size_of(&l->strips[region->first]) * COLUMN_GAP;
		if (found && all[i].x1 - columns[found - 1].x2 < least) {
			columns[found - 1].x2 = larger(columns[found - 1].x2, all[i].x2);
		} else {
			if (found == COLUMNS_MAX)
				return 0;
			columns[found++] = all[i];
		}
	}
	return found;
}

static const struct segment *segment_in(const struct strip *strip, const struct column *column)
{
	for (size_t i = 0; i < strip->count; i++)
		if (is_inside(&strip->segments[i], column->x1, column->x2))
			return &strip->segments[i];
	return NULL;
}

/* A column of running numbers makes a table of two columns. */
static bool is_narrow(const struct layout *l, const struct region *region, const struct column *column)
{
	size_t filled = 0, numbers = 0;

	for (size_t i = region->first; i < region->end; i++) {
		const struct segment *segment = segment_in(&l->strips[i], column);
		if (!segment)
			continue;
		if (text_length(segment->text) > NARROW)
			return false;
		filled++;
		numbers += strpbrk(segment->text, "0123456789") != NULL;
	}
	return filled >= 2 && numbers * 2 >= filled;
}

static void write_row(struct layout *l, size_t first, size_t end, const struct column *columns, size_t count)
{
	for (size_t k = 0; k < count; k++) {
		bool begun = false;
		for (size_t i = first; i < end; i++)
			for (size_t s = 0; s < l->strips[i].count; s++) {
				const struct segment *segment = &l->strips[i].segments[s];
				if (!is_inside(segment, columns[k].x1, columns[k].x2))
					continue;
				if (begun)
					buf_add_char(l->out, ' ');
				buf_add(l->out, segment->text, segment->length);
				begun = true;
			}
		buf_add_char(l->out, k + 1 < count ? '\t' : '\n');
	}
}

/*
 * A row begins where its first cell has something. Where that cell stands in
 * the middle of its row's height, the row reaches as far below it as above.
 */
static size_t row_end(const struct layout *l, size_t first, size_t end, const struct column *column)
{
	size_t mark = first;
	double middle, bottom;

	while (mark < end && !segment_in(&l->strips[mark], column))
		mark++;
	if (mark == end)
		return end;
	if (mark == first) {
		for (mark++; mark < end && !segment_in(&l->strips[mark], column); mark++)
			;
		return mark;
	}
	middle = (l->strips[mark].y1 + l->strips[mark].y2) / 2;
	bottom = 2 * middle - l->strips[first].y1;
	for (mark++; mark < end && (l->strips[mark].y1 + l->strips[mark].y2) / 2 < bottom; mark++)
		;
	return mark;
}

static void write_region(struct layout *l, const struct region *region);

static void write_band(struct layout *l, const struct region *region, size_t first, const struct band *band)
{
	struct region whole = { first, band->end, region->x1, region->x2, region->depth + 1 };
	struct region left = whole, right = whole;
	struct column columns[COLUMNS_MAX];
	size_t count = find_columns(l, &whole, columns);
	bool table = count >= 3 || (count == 2 && is_narrow(l, &whole, &columns[0]));

	if (table) {
		for (size_t i = first; i < band->end;) {
			size_t end = row_end(l, i, band->end, &columns[0]);
			write_row(l, i, end, columns, count);
			i = end;
		}
		return;
	}
	left.x2 = right.x1 = (band->gap1 + band->gap2) / 2;
	write_region(l, &left);
	buf_add_char(l->out, '\n');
	write_region(l, &right);
	buf_add_char(l->out, '\n');
}

static size_t count_inside(const struct strip *strip, const struct region *region)
{
	size_t count = 0;

	for (size_t i = next_inside(strip, region, 0); i < strip->count; i = next_inside(strip, region, i + 1))
		count++;
	return count;
}

/* A right column that begins above its left one: its first lines belong to the band below. */
static bool leads(struct layout *l, const struct region *region, size_t i, struct band *out)
{
	struct column columns[COLUMNS_MAX];
	struct region below = *region;
	size_t start = i;

	do {
		if (++start >= region->end || start - i > LEAD_MAX)
			return false;
		*out = find_band(l, region, start);
	} while (!out->both);
	below.end = out->end;
	below.first = start;
	if (find_columns(l, &below, columns) != 2 || is_narrow(l, &below, &columns[0]))
		return false;
	for (size_t k = i; k < start; k++) {
		double gap1 = out->gap1, gap2 = out->gap2, height = l->strips[k].y2 - l->strips[k].y1;
		if (sides_of(&l->strips[k], region, &gap1, &gap2) != SIDE_RIGHT ||
			l->strips[k + 1].y1 - l->strips[k].y2 > height * TIGHT)
			return false;
	}
	return true;
}

static void write_line(struct layout *l, const struct region *region, size_t i)
{
	const struct strip *strip = &l->strips[i];
	size_t k = next_inside(strip, region, 0);

	while (k < strip->count) {
		size_t next = next_inside(strip, region, k + 1);
		write_segment(l, &strip->segments[k], next < strip->count ? ' ' : '\n');
		k = next;
	}
}

static bool is_apart(const struct strip *above, const struct strip *below)
{
	return below->y1 - above->y2 > APART * (below->y2 - below->y1);
}

static void write_region(struct layout *l, const struct region *region)
{
	size_t last = region->first;

	for (size_t i = region->first; i < region->end;) {
		size_t count = count_inside(&l->strips[i], region);
		struct band band = { .both = 0 };
		if (count && region->depth < DEPTH_MAX) {
			band = find_band(l, region, i);
			if (!band.both && count == 1 && !leads(l, region, i, &band))
				band.both = 0;
		}
		if (band.both) {
			write_band(l, region, i, &band);
			i = band.end;
			last = i - 1;
			continue;
		}
		if (count) {
			if (i > region->first && is_apart(&l->strips[last], &l->strips[i]))
				buf_add_char(l->out, '\n');
			write_line(l, region, i);
			last = i;
		}
		i++;
	}
}

static bool is_page_number(const struct strip *strip, int page)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", page);
	return strip->count == 1 && !strcmp(strip->segments[0].text, number);
}

void layout_text(struct arena *mem, struct layout_piece *pieces, size_t count, int page, struct buf *out)
{
	struct layout l = { .mem = mem, .out = out };
	struct region all = { .x1 = -1e9, .x2 = 1e9 };

	if (!count)
		return;
	make_strips(&l, pieces, count);
	all.end = l.count;
	if (all.end > all.first && is_page_number(&l.strips[all.first], page))
		all.first++;
	if (all.end > all.first && is_page_number(&l.strips[all.end - 1], page))
		all.end--;
	write_region(&l, &all);
}
