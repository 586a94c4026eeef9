#include "letter/letter_orders_table.h"

#include <string.h>

#include "base/arena.h"

/*
 * The way through the columns on which the lines fit best: for each line and
 * column the best that leads there, as far as it is known from the line before.
 */

enum {
	FITS = 4,        /* names below "Chủ trì", a time below "Thời hạn" */
	MISFIT = -4,
	IMPOSSIBLE = -12,
	EMPTY_COLUMN = -1,
	HEADING_MIN = -3, /* a row with nothing behind its first cell: a heading */
	UNREACHED = -1000000,
	WHEN_WORDS_MAX = 14,
	NUMBER_MAX = 8,  /* bytes: "1", "2.1.", "XVIII" */
};

/* What a line looks like. */
struct line {
	bool number, names, when;
	bool goes_on; /* begins with a small letter: in the middle of a sentence */
	bool open;    /* ends with a comma or "và" */
	bool list;    /* has several things, parted by signs */
	bool heading; /* in capitals */
};

static bool in_capitals(const struct words *words)
{
	size_t letters = 0;
	for (size_t i = 0; i < words->count; i++) {
		const struct word *word = &words->at[i];
		if (word->kind != 'a')
			continue;
		letters++;
		if (word->end - word->start > 1 && words->text[word->end - 1] == words->lower[word->end - 1])
			return false;
	}
	return letters > 1;
}

/* Whether little but names of offices stands in the line. */
static bool only_names(struct orders *orders, const struct words *words)
{
	struct names names = { .count = 0 };
	size_t at = names_read(orders->scratch, words, 0, words->count, &names);
	return names.count && at * 3 >= words->count * 2;
}

static bool only_time(struct orders *orders, const struct words *words)
{
	struct letter_deadline deadline;
	struct letter_recurrence recurrence;
	if (words->count > WHEN_WORDS_MAX)
		return false;
	letter_deadline_read(orders->scratch, words_text(orders->scratch, words, 0, words->count), orders->written, &deadline,
			     &recurrence);
	return deadline.kind != LETTER_NO_DEADLINE || words_match(words, 0, "thường xuyên") ||
	       words_match(words, 0, "hằng ngày") || words_match(words, 0, "theo kế hoạch");
}

static struct line look(struct orders *orders, const struct orders_cell *cell)
{
	struct words words;
	struct line line = { .number = true };
	orders_cell_words(orders, cell, &words);
	if (!words.count)
		return line;
	const struct word *first = &words.at[0], *last = &words.at[words.count - 1];
	line.number = orders_cell_is_number(cell);
	line.names = only_names(orders, &words);
	line.when = !line.number && only_time(orders, &words);
	line.goes_on = (first->kind == 'a' && !first->capital) || strchr(",;)", first->kind);
	line.open = strchr(",;-(", last->kind) || words_match(&words, words.count - 1, "và");
	line.heading = in_capitals(&words);
	for (size_t i = 0; i < words.count; i++)
		line.list = line.list || words_sign(&words, i, ',') || words_sign(&words, i, ';');
	return line;
}

bool orders_cell_is_number(const struct orders_cell *cell)
{
	size_t length = cell->end - cell->start, signs = 0;
	const char *text = cell->clean->text + cell->start;
	for (size_t i = 0; i < length; i++)
		signs += strchr("0123456789IVX.)", text[i]) != NULL;
	return length && length <= NUMBER_MAX && (signs == length || (length == 1 && text[0] >= 'A' && text[0] <= 'Z'));
}

bool orders_cell_goes_on(const struct orders_cell *line)
{
	size_t size;
	uint32_t c = letter_char(line->clean->text, line->start, line->end, &size);
	return line->end > line->start && letter_is_letter(c) && letter_small(c) == c;
}

static int fit_of(const struct line *line, enum orders_column column)
{
	switch (column) {
	case COLUMN_NUMBER:
		return line->number ? FITS : IMPOSSIBLE;
	case COLUMN_LEAD:
	case COLUMN_COOPERATING:
		return line->names ? FITS : MISFIT;
	case COLUMN_DEADLINE:
		return line->when ? FITS : MISFIT;
	case COLUMN_TASK:
		return line->number ? IMPOSSIBLE : line->names || line->when ? MISFIT : 1;
	case COLUMN_PRODUCT:
		return line->number || line->names || line->when ? MISFIT : 1;
	case COLUMN_OTHER:
		break;
	}
	return 0;
}

/* How well `line` goes on with the line before it in one cell. */
static int join_of(const struct line *before, const struct line *line, enum orders_column column)
{
	if (column == COLUMN_NUMBER || line->number || line->heading != before->heading)
		return IMPOSSIBLE;
	bool names = column == COLUMN_LEAD || column == COLUMN_COOPERATING;
	if (line->goes_on || before->open)
		return names || column == COLUMN_DEADLINE ? 2 : 3;
	if (column == COLUMN_DEADLINE)
		return MISFIT;
	return names ? (line->names && before->list ? 1 : line->names ? -1 : MISFIT) : -2;
}

/* What it costs to begin a cell of column `to` behind one of column `from`; the same or an earlier one begins a row. */
static int step_of(const struct orders_table *table, size_t from, size_t to, const struct line *line)
{
	int begins = line->goes_on ? MISFIT : 0;
	if (to > from)
		return begins + EMPTY_COLUMN * (int)(to - from - 1);
	size_t first = table->columns[0] == COLUMN_NUMBER && to ? 1 : 0; /* numbers are often lost */
	int rest = EMPTY_COLUMN * (int)(table->width - 1 - from), before = EMPTY_COLUMN * (int)(to - first);
	return begins + (rest < HEADING_MIN ? HEADING_MIN : rest) + before;
}

struct way {
	int score;
	size_t from;
	bool joined; /* the line goes on with the cell */
};

static void first_ways(const struct orders_table *table, const struct line *line, struct way *ways)
{
	for (size_t c = 0; c < table->width; c++)
		ways[c] = (struct way){ .score = fit_of(line, table->columns[c]) + EMPTY_COLUMN * (int)c, .from = c };
}

static void next_ways(const struct orders_table *table, const struct line *before, const struct line *line,
		      const struct way *above, bool rows, struct way *ways)
{
	for (size_t to = 0; to < table->width; to++) {
		int fit = fit_of(line, table->columns[to]);
		ways[to].score = UNREACHED;
		for (size_t from = 0; from < table->width; from++) {
			int begun = from < to || rows ? above[from].score + fit + step_of(table, from, to, line) : UNREACHED;
			int joined = from == to && rows ? above[from].score + join_of(before, line, table->columns[to]) : UNREACHED;
			int best = joined > begun ? joined : begun;
			if (above[from].score > UNREACHED && best > ways[to].score)
				ways[to] = (struct way){ best, from, joined > begun };
		}
	}
}

/* Lines that go on with the cells of a row, each with one of them. */
static void fit_below(struct orders *orders, const struct orders_table *table, const struct orders_cell *lines, size_t count,
		      const struct orders_cell *above, struct orders_place *places)
{
	size_t least = 0;
	for (size_t i = 0; i < count; i++) {
		struct line line = look(orders, &lines[i]);
		int best = UNREACHED;
		for (size_t c = least; c + (count - 1 - i) < table->width; c++) {
			struct line before = { .heading = line.heading };
			if (above[c].clean)
				before = look(orders, &above[c]);
			int score = above[c].clean ? join_of(&before, &line, table->columns[c]) : fit_of(&line, table->columns[c]) - 2;
			if (score > best) {
				best = score;
				places[i] = (struct orders_place){ .column = c };
			}
		}
		least = places[i].column + 1;
	}
}

void orders_fit(struct orders *orders, const struct orders_table *table, const struct orders_cell *lines, size_t count,
		const struct orders_cell *above, struct orders_place *places)
{
	size_t width = table->width;
	if (above) {
		fit_below(orders, table, lines, count, above, places);
		return;
	}
	bool rows = count > width;
	struct way *ways = ARENA_ARRAY(orders->scratch, struct way, (count + 1) * width);
	struct line before = { 0 };
	for (size_t i = 0; i < count; i++) {
		struct line line = look(orders, &lines[i]);
		if (i == 0)
			first_ways(table, &line, ways);
		else
			next_ways(table, &before, &line, ways + (i - 1) * width, rows, ways + i * width);
		before = line;
	}
	size_t column = 0;
	for (size_t c = 1; count && c < width; c++)
		if (ways[(count - 1) * width + c].score > ways[(count - 1) * width + column].score)
			column = c;
	for (size_t i = count; i-- > 0;) {
		const struct way *way = &ways[i * width + column];
		places[i] = (struct orders_place){ .column = column, .begins_row = i && !way->joined && way->from >= column };
		column = way->from;
	}
}
