#ifndef TASK_TASK_SHEET_H
#define TASK_TASK_SHEET_H

#include "base/error.h"
#include "letter/letter.h"
#include "sheet/sheet.h"
#include "task/task.h"

/*
 * A list of tasks as an Excel sheet: STT, nội dung, chủ trì, phối hợp, sản
 * phẩm, thời hạn. What goes out comes in again; plans and annexes made by
 * others come in by their headings, in any order, under any of their usual names.
 */
enum task_column {
	TASK_COLUMN_NUMBER,
	TASK_COLUMN_CONTENT,
	TASK_COLUMN_LEAD,
	TASK_COLUMN_COOPERATING,
	TASK_COLUMN_PRODUCT,
	TASK_COLUMN_DEADLINE,
	TASK_COLUMNS_IN,
	/* Out only: how it stands. */
	TASK_COLUMN_STATE = TASK_COLUMNS_IN,
	TASK_COLUMN_TIMELINESS,
	TASK_COLUMN_PERCENT,
	TASK_COLUMN_DOCUMENT,
	TASK_COLUMNS_OUT
};

enum { TASK_SHEET_ROWS_MAX = 2000 };

/* What is wrong in a row, at the letter of its column. */
struct task_sheet_fault {
	size_t column;
	struct error_detail detail;
};

struct task_sheet_row {
	int line;                        /* as the spreadsheet numbers it */
	const char *section;             /* the heading it stands under, ""; a proposal for its field of work */
	const char *content, *product;
	const char *lead, *cooperating;  /* as written */
	const char *deadline_text;
	struct letter_match *leads, *others;
	size_t lead_count, other_count;
	struct letter_deadline deadline;
	struct letter_recurrence recurrence;
	struct task_sheet_fault *faults;
	size_t fault_count;
};

struct task_sheet_context {
	struct civil_date today;         /* deadlines without a year are read against it */
	const struct letter_unit *units; /* that may lead or take part */
	size_t unit_count;
	int64_t province_id;
};

/*
 * The rows under the headings. Rows that have nothing but a text in one column are
 * section headings. Pure; fails with task_sheet_no_heading or sheet_too_large.
 */
bool task_sheet_read(struct arena *mem, const struct sheet *sheet, const struct task_sheet_context *context,
		     struct task_sheet_row **rows, size_t *count, struct error *err);

/* One line of the sheet that goes out. */
struct task_sheet_line {
	const struct task *task;
	const char *lead;                /* name of the leading unit */
	const char *cooperating;         /* names, separated by "; " */
	const char *document;            /* number and date; NULL: none */
	enum task_timeliness timeliness;
};

struct sheet_page task_sheet_page(struct arena *mem, const struct task_sheet_line *lines, size_t count, instant now,
				  enum language lang);

/* The deadline in words that task_sheet_read and letter_deadline_read take back to the same instant; "" for none. */
const char *task_deadline_words(struct arena *mem, const struct task *task, instant now, enum language lang);

#endif
