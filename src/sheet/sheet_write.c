#include "sheet/sheet.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/error.h"

enum { LOOKS = LOOK_MUTED + 1, FORMAT_MAX = 16 };

/* One format per look and number of decimals, made when first used. */
struct writing {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *formats[LOOKS][DECIMAL_PLACES_MAX + 2]; /* texts first */
};

static void dress(lxw_format *format, enum sheet_look look)
{
	format_set_font_name(format, "Times New Roman");
	format_set_font_size(format, 12);
	format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
	format_set_text_wrap(format);
	switch (look) {
	case LOOK_TITLE:
		format_set_bold(format);
		format_set_font_size(format, 14);
		break;
	case LOOK_HINT:
		format_set_italic(format);
		format_set_font_color(format, 0x595959);
		break;
	case LOOK_HEADING:
		format_set_bold(format);
		format_set_align(format, LXW_ALIGN_CENTER);
		format_set_bg_color(format, 0xE8E8E8);
		format_set_border(format, LXW_BORDER_THIN);
		break;
	case LOOK_SECTION:
		format_set_bold(format);
		format_set_bg_color(format, 0xF5F5F5);
		format_set_border(format, LXW_BORDER_THIN);
		break;
	case LOOK_INPUT:
		format_set_unlocked(format);
		format_set_bg_color(format, 0xFFFBE6);
		format_set_border(format, LXW_BORDER_THIN);
		break;
	case LOOK_MUTED:
		format_set_bg_color(format, 0xF0F0F0);
		format_set_border(format, LXW_BORDER_THIN);
		break;
	case LOOK_PLAIN:
		format_set_border(format, LXW_BORDER_THIN);
		break;
	}
}

static lxw_format *format_of(struct writing *w, const struct sheet_value *value)
{
	int decimals = value->kind == SHEET_TEXT ? SHEET_TEXT_CELL : value->decimals;
	lxw_format *format = w->formats[value->look][decimals + 1];
	char number[FORMAT_MAX] = "#,##0";

	if (format)
		return format;
	format = workbook_add_format(w->book);
	dress(format, value->look);
	if (decimals > 0) {
		number[5] = '.';
		memset(number + 6, '0', (size_t)decimals);
	}
	/* In a text cell what is typed stays what it is: "1-2" no date, "007" no number. */
	format_set_num_format(format, decimals == SHEET_TEXT_CELL ? "@" : number);
	w->formats[value->look][decimals + 1] = format;
	return format;
}

static bool write_value(struct writing *w, lxw_row_t row, lxw_col_t column, lxw_col_t last,
			const struct sheet_value *value)
{
	lxw_format *format = format_of(w, value);

	if (value->spans && column < last)
		return !worksheet_merge_range(w->sheet, row, column, row, last,
					      value->text ? value->text : "", format);
	switch (value->kind) {
	case SHEET_NUMBER:
		return !worksheet_write_number(w->sheet, row, column,
					       (double)value->number / pow(10, value->decimals), format);
	case SHEET_TEXT:
		return !worksheet_write_string(w->sheet, row, column, value->text, format);
	case SHEET_BLANK:
		break;
	}
	return !worksheet_write_blank(w->sheet, row, column, format);
}

static bool write_page(struct writing *w, const struct sheet_page *page)
{
	lxw_col_t last = (lxw_col_t)(page->columns - 1);
	bool ok = true;

	for (size_t i = 0; i < page->columns; i++)
		worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i, page->widths[i], NULL);
	for (size_t row = 0; ok && row < page->rows; row++) {
		const struct sheet_value *values = &page->values[row * page->columns];
		size_t columns = values[0].spans ? 1 : page->columns;
		for (size_t i = 0; ok && i < columns; i++)
			ok = write_value(w, (lxw_row_t)row, (lxw_col_t)i, last, &values[i]);
	}
	worksheet_freeze_panes(w->sheet, (lxw_row_t)page->heading + 1, 2);
	worksheet_repeat_rows(w->sheet, (lxw_row_t)page->heading, (lxw_row_t)page->heading);
	worksheet_set_landscape(w->sheet);
	worksheet_set_paper(w->sheet, 9); /* A4 */
	worksheet_fit_to_pages(w->sheet, 1, 0);
	/* Against slips of the hand, not against people: there is no password. */
	worksheet_protect(w->sheet, NULL, &(lxw_protection){ .format_columns = 1, .format_rows = 1 });
	return ok;
}

/* The library writes to a named file: one that lives in memory alone. */
static bool write_book(int fd, const struct sheet_page *page)
{
	struct writing w = { .book = NULL };
	char path[64];
	bool ok;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	w.book = workbook_new(path);
	if (!w.book)
		return false;
	w.sheet = workbook_add_worksheet(w.book, page->name);
	ok = w.sheet && write_page(&w, page);
	return !workbook_close(w.book) && ok;
}

static bool read_back(int fd, struct arena *mem, const char **bytes, size_t *size)
{
	struct stat stat;
	size_t done = 0;
	char *out;

	if (fstat(fd, &stat) || stat.st_size <= 0 || stat.st_size > SHEET_UNPACKED_MAX)
		return false;
	*size = (size_t)stat.st_size;
	out = arena_alloc(mem, *size);
	while (done < *size) {
		ssize_t got = pread(fd, out + done, *size - done, (off_t)done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		done += (size_t)got;
	}
	*bytes = out;
	return true;
}

bool sheet_write(struct arena *mem, const struct sheet_page *page, const char **bytes, size_t *size,
		 struct error *err)
{
	int fd = memfd_create("sheet", MFD_CLOEXEC);
	bool ok = fd >= 0 && write_book(fd, page) && read_back(fd, mem, bytes, size);

	if (fd >= 0)
		close(fd);
	return ok || error_internal(err, "an XLSX could not be written");
}
