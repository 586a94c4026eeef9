#include "letter/letter_orders_table.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

enum {
	HEADER_CELL_MAX = 120, /* bytes */
	STACK_MAX = 4000,      /* lines of a table whose cells stand one below the other */
};

static const struct {
	const char *phrase;
	enum orders_column column;
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
	{ "hoàn thành", COLUMN_DEADLINE }, { "ghi chú", COLUMN_OTHER }, { "kinh phí", COLUMN_OTHER },
	{ "cấp trình", COLUMN_OTHER }, { "lãnh đạo phụ trách", COLUMN_OTHER }, { "lĩnh vực", COLUMN_OTHER },
	{ "căn cứ", COLUMN_OTHER }, { "mã nhiệm vụ", COLUMN_OTHER }, { "cơ quan theo dõi", COLUMN_OTHER },
};

static struct orders_cell trimmed(struct orders_cell cell)
{
	const char *text = cell.clean->text;
	while (cell.start < cell.end && strchr(" \t|", text[cell.start]))
		cell.start++;
	while (cell.end > cell.start && strchr(" \t|", text[cell.end - 1]))
		cell.end--;
	return cell;
}

static struct orders_cell whole(const struct letter_paragraph *paragraph)
{
	return trimmed((struct orders_cell){ .clean = &paragraph->clean, .end = paragraph->clean.length });
}

/* The cells of a line that are parted by tabs or bars; 0 or 1 when it has none. */
static size_t cells_of(const struct letter_paragraph *paragraph, struct orders_cell *cells)
{
	const struct letter_clean *clean = &paragraph->clean;
	char part = memchr(clean->text, '\t', clean->length) ? '\t' : '|';
	size_t count = 0, start = 0;
	if (clean->length > (size_t)ORDERS_CELL_MAX * ORDERS_COLUMNS_MAX)
		return 0;
	if (part == '|' && clean->length && clean->text[0] == '|')
		start = 1;
	for (size_t i = start; i <= clean->length && count < ORDERS_COLUMNS_MAX; i++) {
		if (i < clean->length && clean->text[i] != part)
			continue;
		if (i == clean->length && i == start && part == '|')
			break;
		cells[count++] = trimmed((struct orders_cell){ .clean = clean, .start = start, .end = i });
		start = i + 1;
	}
	return count;
}

void orders_cell_words(struct orders *orders, const struct orders_cell *cell, struct words *words)
{
	const char *text = cell->clean->text + cell->start;
	words_cut(orders->scratch, text, utf8_cut(text, cell->end - cell->start, ORDERS_CELL_MAX), words);
	words->clean = cell->clean;
	words->base = cell->start;
}

/* Which column a cell heads; false when it is no heading known. */
static bool column_of(struct orders *orders, const struct orders_cell *cell, enum orders_column *column)
{
	struct words words;
	*column = COLUMN_OTHER;
	if (cell->end - cell->start > HEADER_CELL_MAX)
		return false;
	orders_cell_words(orders, cell, &words);
	size_t best = 0;
	for (size_t h = 0; h < sizeof(headers) / sizeof(headers[0]); h++) {
		size_t taken = words_match(&words, 0, headers[h].phrase);
		if (taken > best) {
			best = taken;
			*column = headers[h].column;
		}
	}
	return best > 0;
}

static bool is_header(const struct orders_table *table)
{
	bool task = false, lead = false;
	for (size_t c = 0; c < table->width; c++) {
		task = task || table->columns[c] == COLUMN_TASK;
		lead = lead || table->columns[c] == COLUMN_LEAD || table->columns[c] == COLUMN_DEADLINE;
	}
	return task && lead && table->width >= 3;
}

/* "Các sở; Văn phòng UBND tỉnh", and what stands between them. */
static void cell_names(struct orders *orders, const struct orders_cell *cell, struct names *names)
{
	struct words words;
	orders_cell_words(orders, cell, &words);
	size_t at = 0;
	while (at < words.count) {
		size_t next = names_read(orders->mem, &words, at, words.count, names);
		at = next > at ? next : at + 1;
	}
}

static bool says_something(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->at[i].kind == 'a' || words->at[i].kind == '0')
			return true;
	return false;
}

/* A row as a task; rows of headings (one cell filled) and of column numbers make none. */
static void add_row(struct orders *orders, const struct orders_table *table, const struct orders_cell *cells)
{
	struct letter_task row = { 0 };
	struct names lead = { .count = 0 }, cooperating = { .count = 0 };
	size_t filled = 0;
	for (size_t c = 0; c < table->width; c++) {
		const struct orders_cell *cell = &cells[c];
		struct words words;
		if (!cell->clean || cell->end <= cell->start)
			continue;
		orders_cell_words(orders, cell, &words);
		if (!says_something(&words))
			continue;
		size_t end = orders_trimmed(&words, 0, words.count);
		char *text = words_text(orders->mem, &words, 0, end);
		bool number = words.count == 1 && words.at[0].kind == '0';
		filled += table->columns[c] != COLUMN_NUMBER && !number;
		if (table->columns[c] == COLUMN_TASK && !number && end) {
			row.text = text;
			row.source = letter_span_of(cell->clean, cell->start, cell->start + words.at[end - 1].end);
		} else if (table->columns[c] == COLUMN_LEAD) {
			cell_names(orders, cell, &lead);
		} else if (table->columns[c] == COLUMN_COOPERATING) {
			cell_names(orders, cell, &cooperating);
		} else if (table->columns[c] == COLUMN_PRODUCT) {
			row.product = text;
		} else if (table->columns[c] == COLUMN_DEADLINE) {
			letter_deadline_read(orders->mem, text, orders->written, &row.deadline, &row.recurrence);
		}
	}
	struct letter_task *task = row.text && filled > 1 ? orders_add(orders) : NULL;
	if (!task)
		return;
	orders_names(orders, &lead, &row.lead, &row.lead_count);
	orders_names(orders, &cooperating, &row.cooperating, &row.cooperating_count);
	*task = row;
	orders->rows++;
}

void orders_cell_append(struct orders *orders, struct orders_cell *cell, const struct orders_cell *line)
{
	if (!cell->clean || cell->end <= cell->start || line->end - line->start + cell->end - cell->start > ORDERS_CELL_MAX) {
		*cell = cell->clean && cell->end > cell->start ? *cell : *line;
		return;
	}
	struct letter_line lines[2] = { { .clean = letter_part(cell->clean, cell->start, cell->end) },
					{ .clean = letter_part(line->clean, line->start, line->end) } };
	for (size_t i = 0; i < 2; i++)
		lines[i].source = letter_span_of(&lines[i].clean, 0, lines[i].clean.length);
	struct letter_clean *whole = arena_alloc(orders->mem, sizeof(*whole));
	letter_lines_join(orders->mem, lines, 0, 2, whole);
	*cell = (struct orders_cell){ .clean = whole, .end = whole->length };
}

/* Whether something else begins behind a table: another annex, an article, a part. */
static bool ends_table(struct orders *orders, size_t i)
{
	struct words words;
	bool outline;
	const struct letter_paragraph *paragraph = &orders->context->paragraphs[i];
	struct orders_cell cell = whole(paragraph);
	if (i == orders->context->body_count || (paragraph->mark && strncmp(paragraph->mark, "Điều", strlen("Điều")) == 0))
		return true;
	orders_cell_words(orders, &cell, &words);
	return order_annex(&words, true, &outline);
}

/* A line of a row as cells of the table: `row` holds those of the lines above it when it goes on with them. */
static void fit_line(struct orders *orders, const struct orders_table *table, const struct letter_paragraph *paragraph,
		     struct orders_cell *row)
{
	struct orders_cell cells[ORDERS_COLUMNS_MAX];
	size_t count = cells_of(paragraph, cells);
	struct orders_place places[ORDERS_COLUMNS_MAX];
	bool numbered = table->columns[0] == COLUMN_NUMBER;
	/* A row's own number may have been taken for a mark. */
	size_t first = paragraph->mark && numbered ? 1 : 0;
	if (count + first == table->width) {
		memcpy(row + first, cells, count * sizeof(*cells));
		return;
	}
	bool goes_on = numbered && !first && !orders_cell_is_number(&cells[0]);
	orders_fit(orders, table, cells, count, goes_on ? row : NULL, places);
	for (size_t i = 0; i < count; i++)
		orders_cell_append(orders, &row[places[i].column], &cells[i]);
}

/* Rows whose cells are parted by signs. */
static size_t parted_rows(struct orders *orders, size_t i)
{
	struct orders_cell cells[ORDERS_COLUMNS_MAX], next[ORDERS_COLUMNS_MAX], row[ORDERS_COLUMNS_MAX] = { { 0 } };
	struct orders_table table;
	const struct letter_context *context = orders->context;
	const struct letter_clean *first = &context->paragraphs[i].clean;
	if (!first->length || (first->text[0] >= '0' && first->text[0] <= '9'))
		return 0;
	table.width = cells_of(&context->paragraphs[i], cells);
	for (size_t c = 0; c < table.width; c++)
		column_of(orders, &cells[c], &table.columns[c]);
	if (table.width < 3 || !is_header(&table))
		return 0;
	size_t at = i + 1, lines = 0;
	for (; at < context->paragraph_count && orders->count < LETTER_TASKS_MAX; at++) {
		const struct letter_paragraph *paragraph = &context->paragraphs[at];
		size_t count = cells_of(paragraph, cells);
		bool numbered = table.columns[0] == COLUMN_NUMBER, marked = paragraph->mark && numbered;
		bool goes_on = numbered && !marked && lines && lines < ORDERS_ROW_LINES_MAX && !orders_cell_is_number(&cells[0]) &&
			       count < table.width;
		/* The title of a group of rows stands alone. */
		bool title = at + 1 < context->paragraph_count && cells_of(&context->paragraphs[at + 1], next) >= 3;
		if (count < 2 && !title && !(count && goes_on && orders_cell_goes_on(&cells[0])))
			break;
		goes_on = goes_on && (count > 1 || orders_cell_goes_on(&cells[0]));
		if (!goes_on) {
			add_row(orders, &table, row);
			memset(row, 0, sizeof(row));
			arena_reset(orders->scratch);
			lines = 0;
		}
		fit_line(orders, &table, paragraph, row);
		lines++;
	}
	add_row(orders, &table, row);
	return at - i;
}

/* A table read cell by cell, each in a paragraph of its own, some in several. */
static size_t stacked_rows(struct orders *orders, size_t i)
{
	const struct letter_context *context = orders->context;
	struct orders_table table = { .width = 0 };
	size_t at = i, count = 0;
	for (; at < context->paragraph_count && table.width < ORDERS_COLUMNS_MAX; at++) {
		struct orders_cell cell = whole(&context->paragraphs[at]);
		if (context->paragraphs[at].mark || !column_of(orders, &cell, &table.columns[table.width]))
			break;
		table.width++;
	}
	if (table.width < 3 || table.columns[0] != COLUMN_NUMBER || !is_header(&table))
		return 0;
	size_t room = context->paragraph_count - at < STACK_MAX ? context->paragraph_count - at : STACK_MAX;
	struct orders_cell *cells = ARENA_ARRAY(orders->scratch, struct orders_cell, room + 1);
	struct orders_place *places = ARENA_ARRAY(orders->scratch, struct orders_place, room + 1);
	for (; count < room && !ends_table(orders, at + count); count++)
		cells[count] = whole(&context->paragraphs[at + count]);
	orders_fit(orders, &table, cells, count, NULL, places);
	struct orders_cell row[ORDERS_COLUMNS_MAX] = { { 0 } };
	for (size_t k = 0; k < count; k++) {
		if (places[k].begins_row) {
			add_row(orders, &table, row);
			memset(row, 0, sizeof(row));
		}
		orders_cell_append(orders, &row[places[k].column], &cells[k]);
	}
	add_row(orders, &table, row);
	return at + count - i;
}

size_t orders_table(struct orders *orders, size_t i)
{
	size_t taken = parted_rows(orders, i);
	return taken ? taken : stacked_rows(orders, i);
}
