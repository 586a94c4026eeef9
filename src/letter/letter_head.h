#ifndef LETTER_LETTER_HEAD_H
#define LETTER_LETTER_HEAD_H

#include "letter/letter_text.h"

/* Private to the room: the two ends of a document, its head and its signature. */

/* "Nghệ An, ngày 5 tháng 4 năm 2026": the day, or the month alone, and the bytes it takes from "ngày" or "tháng" on. */
struct letter_dated {
	struct civil_date date;
	period month;
	size_t start, end;
};

/* The last such date in a line; false: none. A blank date ("ngày tháng năm 2026") is one without date and month. */
bool letter_date_read(const char *text, size_t length, struct letter_dated *out);

/*
 * The number that begins at `at`: its end, 0 when none does. `own`: of the
 * document itself, which may lack the running number and have blanks anywhere.
 */
size_t letter_number_end(const char *text, size_t at, size_t length, bool own);

/* The number in a line "Số: 12/UBND-VX" or "Luật số: 57/2024/QH15"; `end` is behind it. */
bool letter_number_line(const struct letter_line *line, size_t *start, size_t *end);

/* Fills the fields of the head from the lines [first, end); the line where the body begins. */
size_t letter_head_read(struct arena *mem, const struct letter_lines *lines, size_t first, size_t end,
			struct letter_document *document);

/* Fills the subject from a "V/v" in the lines [first, end): a copy of two columns may hold it behind the text. */
void letter_late_subject(struct arena *mem, const struct letter_lines *lines, size_t first, size_t end,
			 struct letter_document *document);

/* Fills the addressees from line `first`, "Kính gửi:"; the line behind the last of them. */
size_t letter_addressees_read(struct arena *mem, const struct letter_lines *lines, size_t first, size_t end,
			      struct letter_document *document);

/*
 * Finds the end of the body after line `body`, and fills signer and recipients. Returns the
 * line where the body ends; `rest` is the first line behind signature and recipients.
 */
size_t letter_tail_read(struct arena *mem, const struct letter_lines *lines, size_t body, size_t end,
			struct letter_document *document, size_t *rest);

/* The item of a list without mark and closing sign. */
const char *letter_item(struct arena *mem, const struct letter_clean *clean, size_t start, size_t end);

/* Every document that the paragraphs name, each number once, without the document's own. */
void letter_references_read(struct arena *mem, const struct letter_paragraph *paragraphs, size_t count,
			    struct letter_document *document);

#endif
