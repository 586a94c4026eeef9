#include <string.h>

#include "base/arena.h"
#include "submission/sheet_form.h"
#include "submission/sheet_words.h"

static const double widths[SHEET_FIELDS] = { 10, 48, 14, 14, 14, 14, 16, 12, 40 };

static const enum sheet_word headings[SHEET_FIELDS] = {
	SHEET_WORD_code, SHEET_WORD_name, SHEET_WORD_measure, SHEET_WORD_previous, SHEET_WORD_numerator,
	SHEET_WORD_denominator, SHEET_WORD_value, SHEET_WORD_nil, SHEET_WORD_note,
};

struct page_writer {
	struct arena *mem;
	const struct grid *grid;
	struct sheet_value *values;
	size_t rows;
};

static struct sheet_value *next_row(struct page_writer *w)
{
	return &w->values[w->rows++ * SHEET_FIELDS];
}

static struct sheet_value text_value(enum sheet_look look, const char *text)
{
	return (struct sheet_value){
		.kind = text && text[0] ? SHEET_TEXT : SHEET_BLANK,
		.look = look,
		.text = text,
		.decimals = SHEET_TEXT_CELL,
	};
}

static void spanning(struct page_writer *w, enum sheet_look look, const char *text)
{
	struct sheet_value *row = next_row(w);

	row[0] = text_value(look, text);
	row[0].spans = true;
}

static struct sheet_value figure(enum sheet_look look, bool there, int64_t number, int decimals)
{
	return (struct sheet_value){
		.kind = there ? SHEET_NUMBER : SHEET_BLANK, .look = look, .number = number, .decimals = decimals};
}

static void indicator_row(struct page_writer *w, size_t position)
{
	const struct grid *grid = w->grid;
	const struct indicator *indicator = grid->report->items[position].indicator;
	const struct cell *cell = &grid->working.cells[position], *last = &grid->past.previous[position];
	bool ratio = indicator->type == VALUE_PERCENTAGE, text = indicator->type == VALUE_TEXT;
	enum sheet_look part = ratio ? LOOK_INPUT : LOOK_MUTED, value = ratio ? LOOK_MUTED : LOOK_INPUT;
	struct sheet_value *row = next_row(w);

	row[SHEET_CODE] = text_value(LOOK_PLAIN, indicator->code);
	row[SHEET_NAME] = text_value(LOOK_PLAIN, indicator->name);
	row[SHEET_MEASURE] = text_value(LOOK_PLAIN, indicator->unit_of_measure);
	row[SHEET_PREVIOUS] = figure(LOOK_PLAIN, last->present && !text, last->number, indicator->decimals);
	row[SHEET_NUMERATOR] =
		figure(part, ratio && cell->present, cell->numerator, indicator->part_decimals);
	row[SHEET_DENOMINATOR] =
		figure(part, ratio && cell->present, cell->denominator, indicator->part_decimals);
	if (text)
		row[SHEET_VALUE] = text_value(value, cell->text);
	else /* a ratio is worked out from its parts when the file comes back */
		row[SHEET_VALUE] = figure(value, cell->present && !ratio, cell->number, indicator->decimals);
	row[SHEET_NIL] = text_value(LOOK_INPUT, cell->nil ? "x" : NULL);
	row[SHEET_NOTE] = text_value(LOOK_INPUT, cell->note);
}

struct sheet_page sheet_page_of(struct arena *mem, const struct grid *grid, enum language lang)
{
	const struct report *report = grid->report;
	const struct work *work = &grid->work;
	struct page_writer w = { .mem = mem, .grid = grid };
	const char *section = "";
	size_t heading;

	/* At most a section row per indicator, and six rows above. */
	w.values = ARENA_ARRAY(mem, struct sheet_value, (report->item_count * 2 + 6) * SHEET_FIELDS);
	spanning(&w, LOOK_TITLE, report->title);
	spanning(&w, LOOK_TITLE, work->unit.name);
	spanning(&w, LOOK_HINT,
		 sheet_sentence(mem, SHEET_WORD_period, lang, period_wording(mem, work->s.period, lang),
				deadline_wording(mem, work->ap.deadline, lang)));
	if (report->instructions[0])
		spanning(&w, LOOK_HINT, report->instructions);
	spanning(&w, LOOK_HINT, sheet_word(SHEET_WORD_hint, lang));
	heading = w.rows;
	struct sheet_value *row = next_row(&w);
	for (size_t i = 0; i < SHEET_FIELDS; i++)
		row[i] = text_value(LOOK_HEADING, sheet_word(headings[i], lang));
	for (size_t i = 0; i < report->item_count; i++) {
		if (!report_item_applies(&report->items[i], grid->level))
			continue;
		if (strcmp(report->items[i].section, section) != 0) {
			section = report->items[i].section;
			spanning(&w, LOOK_SECTION, section);
		}
		indicator_row(&w, i);
	}
	return (struct sheet_page){
		.name = sheet_word(SHEET_WORD_sheet, lang),
		.widths = widths,
		.columns = SHEET_FIELDS,
		.values = w.values,
		.rows = w.rows,
		.heading = heading,
	};
}
