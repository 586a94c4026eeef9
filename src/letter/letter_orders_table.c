#include "letter/letter_orders.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

enum {
	COLUMNS_MAX = 12,
	CELL_MAX = 4096, /* bytes */
	HEADER_PARAGRAPHS_MAX = 10,
	ROW_PARAGRAPHS_MAX = 40,
};

enum column { COLUMN_OTHER, COLUMN_NUMBER, COLUMN_TASK, COLUMN_LEAD, COLUMN_COOPERATING, COLUMN_PRODUCT, COLUMN_DEADLINE };

static const struct {
	const char *phrase;
	enum column column;
} headers[] = {
	{ "stt", COLUMN_NUMBER }, { "tt", COLUMN_NUMBER }, { "số tt", COLUMN_NUMBER },
	{ "nội dung", COLUMN_TASK }, { "nhiệm vụ", COLUMN_TASK }, { "tên nhiệm vụ", COLUMN_TASK },
	{ "nội dung nhiệm vụ", COLUMN_TASK }, { "nhiệm vụ cụ thể", COLUMN_TASK },
	{ "nội dung công việc", COLUMN_TASK }, { "công việc", COLUMN_TASK },
	{ "nhiệm vụ, giải pháp", COLUMN_TASK }, { "nội dung thực hiện", COLUMN_TASK },
	{ "nhiệm vụ trọng tâm", COLUMN_TASK }, { "tên đề án", COLUMN_TASK },
	{ "các nhiệm vụ", COLUMN_TASK }, { "nội dung, nhiệm vụ", COLUMN_TASK },
	{ "cơ quan chủ trì", COLUMN_LEAD }, { "đơn vị chủ trì", COLUMN_LEAD }, { "chủ trì", COLUMN_LEAD },
	{ "cơ quan thực hiện", COLUMN_LEAD }, { "đơn vị thực hiện", COLUMN_LEAD },
	{ "cơ quan, đơn vị chủ trì", COLUMN_LEAD }, { "cơ quan/đơn vị chủ trì", COLUMN_LEAD },
	{ "đơn vị chủ trì thực hiện", COLUMN_LEAD }, { "chủ trì thực hiện", COLUMN_LEAD },
	{ "cơ quan chủ trì thực hiện", COLUMN_LEAD }, { "cơ quan chủ trì tham mưu", COLUMN_LEAD },
	{ "cơ quan phối hợp", COLUMN_COOPERATING }, { "đơn vị phối hợp", COLUMN_COOPERATING },
	{ "phối hợp", COLUMN_COOPERATING }, { "cơ quan, đơn vị phối hợp", COLUMN_COOPERATING },
	{ "cơ quan phối hợp thực hiện", COLUMN_COOPERATING }, { "phối hợp thực hiện", COLUMN_COOPERATING },
	{ "sản phẩm", COLUMN_PRODUCT }, { "kết quả", COLUMN_PRODUCT },
	{ "sản phẩm, kết quả", COLUMN_PRODUCT }, { "kết quả, sản phẩm", COLUMN_PRODUCT },
	{ "sản phẩm dự kiến", COLUMN_PRODUCT }, { "kết quả/sản phẩm", COLUMN_PRODUCT },
	{ "sản phẩm/kết quả", COLUMN_PRODUCT }, { "hình thức văn bản", COLUMN_PRODUCT },
	{ "sản phẩm đầu ra", COLUMN_PRODUCT }, { "sản phẩm hoàn thành", COLUMN_PRODUCT },
	{ "kết quả dự kiến", COLUMN_PRODUCT }, { "dự kiến kết quả", COLUMN_PRODUCT },
	{ "dự kiến sản phẩm", COLUMN_PRODUCT }, { "thời hạn", COLUMN_DEADLINE },
	{ "thời gian", COLUMN_DEADLINE }, { "thời gian hoàn thành", COLUMN_DEADLINE },
	{ "thời hạn hoàn thành", COLUMN_DEADLINE }, { "thời gian thực hiện", COLUMN_DEADLINE },
	{ "tiến độ", COLUMN_DEADLINE }, { "tiến độ hoàn thành", COLUMN_DEADLINE },
	{ "tiến độ thực hiện", COLUMN_DEADLINE }, { "thời hạn thực hiện", COLUMN_DEADLINE },
	{ "hoàn thành", COLUMN_DEADLINE },
};

/* A cell: bytes of one paragraph. */
struct cell {
	const struct letter_paragraph *paragraph;
	size_t start, end;
};

struct table {
	enum column columns[COLUMNS_MAX];
	size_t width;
	bool marks_number; /* the number of a row is its paragraph's mark */
};

static struct cell trimmed(struct cell cell)
{
	const char *text = cell.paragraph->clean.text;
	while (cell.start < cell.end && strchr(" \t|", text[cell.start]))
		cell.start++;
	while (cell.end > cell.start && strchr(" \t|", text[cell.end - 1]))
		cell.end--;
	return cell;
}

static struct cell whole(const struct letter_paragraph *paragraph)
{
	return trimmed((struct cell){ .paragraph = paragraph, .end = paragraph->clean.length });
}

/* The cells of a line that are parted by tabs or bars; 0 or 1 when it has none. */
static size_t cells_of(const struct letter_paragraph *paragraph, struct cell *cells)
{
	const struct letter_clean *clean = &paragraph->clean;
	char part = memchr(clean->text, '\t', clean->length) ? '\t' : '|';
	size_t count = 0, start = 0;
	if (clean->length > (size_t)CELL_MAX * COLUMNS_MAX)
		return 0;
	if (part == '|' && clean->length && clean->text[0] == '|')
		start = 1;
	for (size_t i = start; i <= clean->length && count < COLUMNS_MAX; i++) {
		if (i < clean->length && clean->text[i] != part)
			continue;
		if (i == clean->length && i == start && part == '|')
			break;
		cells[count++] = trimmed((struct cell){ .paragraph = paragraph, .start = start, .end = i });
		start = i + 1;
	}
	return count;
}

static void cell_words(struct orders *orders, const struct cell *cell, struct words *words)
{
	const char *text = cell->paragraph->clean.text + cell->start;
	words_cut(orders->scratch, text, utf8_cut(text, cell->end - cell->start, CELL_MAX), words);
	words->clean = &cell->paragraph->clean;
	words->base = cell->start;
}

static enum column column_of(struct orders *orders, const struct cell *cell)
{
	struct words words;
	if (cell->end - cell->start > 120)
		return COLUMN_OTHER;
	cell_words(orders, cell, &words);
	size_t best = 0;
	enum column column = COLUMN_OTHER;
	for (size_t h = 0; h < sizeof(headers) / sizeof(headers[0]); h++) {
		size_t taken = words_match(&words, 0, headers[h].phrase);
		if (taken > best) {
			best = taken;
			column = headers[h].column;
		}
	}
	return column;
}

static bool is_header(const struct table *table)
{
	bool task = false, lead = false;
	for (size_t c = 0; c < table->width; c++) {
		task = task || table->columns[c] == COLUMN_TASK;
		lead = lead || table->columns[c] == COLUMN_LEAD || table->columns[c] == COLUMN_DEADLINE;
	}
	return task && lead && table->width >= 3;
}

static bool read_header(struct orders *orders, const struct cell *cells, size_t count, struct table *table)
{
	*table = (struct table){ .width = count };
	for (size_t c = 0; c < count; c++)
		table->columns[c] = column_of(orders, &cells[c]);
	return is_header(table);
}

static void cell_names(struct orders *orders, const struct cell *cell, struct names *names)
{
	struct words words;
	cell_words(orders, cell, &words);
	size_t at = 0;
	while (at < words.count) {
		size_t next = names_read(orders->mem, &words, at, words.count, names);
		at = next > at ? next : at + 1;
	}
}

static void cell_deadline(struct orders *orders, const struct cell *cell, struct letter_task *task)
{
	struct words words;
	cell_words(orders, cell, &words);
	char *wording = words_text(orders->mem, &words, 0, words.count);
	letter_deadline_read(orders->mem, wording, orders->written, &task->deadline, &task->recurrence);
}

static bool has_letters(struct orders *orders, const struct cell *cell)
{
	struct words words;
	cell_words(orders, cell, &words);
	for (size_t i = 0; i < words.count; i++)
		if (words.at[i].kind == 'a')
			return true;
	return false;
}

/* A row as a task; rows of headings (one cell filled) and of column numbers make none. */
static void add_row(struct orders *orders, const struct table *table, const struct cell *cells)
{
	struct letter_task row = { 0 };
	struct names lead = { .count = 0 }, cooperating = { .count = 0 };
	size_t filled = 0;
	for (size_t c = 0; c < table->width; c++) {
		const struct cell *cell = &cells[c];
		if (!cell->paragraph || cell->end <= cell->start || !has_letters(orders, cell)) {
			if (table->columns[c] != COLUMN_DEADLINE || !cell->paragraph || cell->end <= cell->start)
				continue;
		}
		filled += table->columns[c] != COLUMN_NUMBER;
		struct words words;
		switch (table->columns[c]) {
		case COLUMN_TASK:
			cell_words(orders, cell, &words);
			row.text = words_text(orders->mem, &words, 0, orders_trimmed(&words, 0, words.count));
			row.source = letter_span_of(&cell->paragraph->clean, cell->start, cell->end);
			break;
		case COLUMN_LEAD:
			cell_names(orders, cell, &lead);
			break;
		case COLUMN_COOPERATING:
			cell_names(orders, cell, &cooperating);
			break;
		case COLUMN_PRODUCT:
			cell_words(orders, cell, &words);
			row.product = words_text(orders->mem, &words, 0, words.count);
			break;
		case COLUMN_DEADLINE:
			cell_deadline(orders, cell, &row);
			break;
		case COLUMN_NUMBER:
		case COLUMN_OTHER:
			break;
		}
	}
	if (!row.text || filled < 2)
		return;
	struct letter_task *task = orders_add(orders);
	if (!task)
		return;
	orders_names(orders, &lead, &row.lead, &row.lead_count);
	orders_names(orders, &cooperating, &row.cooperating, &row.cooperating_count);
	*task = row;
	orders->rows++;
}

/* Rows whose cells are parted by signs. */
static size_t parted_rows(struct orders *orders, size_t i)
{
	struct cell cells[COLUMNS_MAX];
	struct table table;
	const struct letter_context *context = orders->context;
	const struct letter_clean *first = &context->paragraphs[i].clean;
	if (!first->length || (first->text[0] >= '0' && first->text[0] <= '9'))
		return 0;
	size_t width = cells_of(&context->paragraphs[i], cells);
	if (width < 3 || !read_header(orders, cells, width, &table))
		return 0;
	size_t at = i + 1;
	for (; at < context->paragraph_count && orders->count < LETTER_TASKS_MAX; at++) {
		arena_reset(orders->scratch);
		struct cell row[COLUMNS_MAX + 1] = { { 0 } };
		const struct letter_paragraph *paragraph = &context->paragraphs[at];
		size_t count = cells_of(paragraph, row + 1);
		/* A row's own number may have been taken for a mark. */
		if (paragraph->mark && count + 1 == width && table.columns[0] == COLUMN_NUMBER) {
			add_row(orders, &table, row);
			continue;
		}
		if (count < 2)
			break;
		add_row(orders, &table, row + 1);
	}
	return at - i;
}

static int row_number(const struct letter_paragraph *paragraph)
{
	const char *text = paragraph->clean.length ? paragraph->clean.text : paragraph->mark ? paragraph->mark : "";
	size_t length = paragraph->clean.length ? paragraph->clean.length : strlen(text);
	int number = 0;
	if (!length || length > 4 || (paragraph->mark && paragraph->clean.length))
		return -1;
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.' && i + 1 == length)
			break;
		if (text[i] < '0' || text[i] > '9')
			return -1;
		number = number * 10 + (text[i] - '0');
	}
	return number;
}

/* A table read cell by cell, each in a paragraph of its own; rows begin with their numbers. */
static size_t stacked_rows(struct orders *orders, size_t i)
{
	const struct letter_context *context = orders->context;
	struct cell cells[COLUMNS_MAX];
	struct table table;
	struct cell first = whole(&context->paragraphs[i]);
	if (context->paragraphs[i].mark || column_of(orders, &first) != COLUMN_NUMBER)
		return 0;
	size_t width = 0, at = i;
	while (at < context->paragraph_count && width < COLUMNS_MAX && row_number(&context->paragraphs[at]) < 0 &&
	       at < i + HEADER_PARAGRAPHS_MAX)
		cells[width++] = whole(&context->paragraphs[at++]);
	if (width < 3 || at >= context->paragraph_count || row_number(&context->paragraphs[at]) != 1 ||
	    !read_header(orders, cells, width, &table))
		return 0;
	for (int number = 1; at < context->paragraph_count && row_number(&context->paragraphs[at]) == number; number++) {
		arena_reset(orders->scratch);
		struct cell row[COLUMNS_MAX] = { { 0 } };
		size_t end = at + 1, count = 1;
		while (end < context->paragraph_count && end < at + ROW_PARAGRAPHS_MAX && count < width &&
		       row_number(&context->paragraphs[end]) < 0)
			row[count++] = whole(&context->paragraphs[end++]);
		if (count == width)
			add_row(orders, &table, row);
		at = end;
	}
	return at - i;
}

size_t orders_table(struct orders *orders, size_t i)
{
	size_t taken = parted_rows(orders, i);
	return taken ? taken : stacked_rows(orders, i);
}
