#include "submission/cell_rules.h"

#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/text.h"

static bool blank(const char *text)
{
	return !text || text[0] == '\0';
}

/* Reads one figure; the error's own argument (places, size) goes along. */
static bool read_figure(const struct indicator *indicator, const char *part, const char *text, bool typed,
			int decimals, int64_t *out, struct faults *faults)
{
	struct error err = { .code = ERR_none };
	bool ok = typed ? decimal_parse_typed(text, decimals, out, NULL, &err)
			: decimal_parse(text, decimals, out, NULL, &err);
	if (!ok)
		fault_cell(faults, err.code, indicator, part, err.args[0][0] ? err.args[0] : NULL, NULL);
	return ok;
}

/* What has no place in a cell of this type. */
static bool check_parts(const struct indicator *indicator, const struct cell_words *words,
			struct faults *faults)
{
	size_t before = faults->total;

	if (indicator->type != VALUE_PERCENTAGE) {
		if (!blank(words->numerator))
			fault_cell(faults, ERR_field_unknown, indicator, "numerator", NULL, NULL);
		if (!blank(words->denominator))
			fault_cell(faults, ERR_field_unknown, indicator, "denominator", NULL, NULL);
	}
	if (indicator->type == VALUE_TEXT && !blank(words->value))
		fault_cell(faults, ERR_field_unknown, indicator, "value", NULL, NULL);
	if (indicator->type != VALUE_TEXT && !blank(words->text))
		fault_cell(faults, ERR_field_unknown, indicator, "text", NULL, NULL);
	return faults->total == before;
}

static bool has_figure(const struct indicator *indicator, const struct cell_words *words)
{
	switch (indicator->type) {
	case VALUE_PERCENTAGE:
		return !blank(words->numerator) || !blank(words->denominator);
	case VALUE_TEXT:
		return !blank(words->text);
	case VALUE_NUMBER:
	case VALUE_RANK:
	case VALUE_YES_NO:
		break;
	}
	return !blank(words->value);
}

static bool read_percentage(const struct indicator *indicator, const struct cell_words *words,
			    struct cell *out, struct faults *faults)
{
	bool ok = true;

	if (blank(words->numerator) || blank(words->denominator)) {
		fault_cell(faults, ERR_cell_parts_required, indicator,
			   blank(words->numerator) ? "numerator" : "denominator", NULL, NULL);
		return false;
	}
	if (!read_figure(indicator, "numerator", words->numerator, words->typed, indicator->part_decimals,
			 &out->numerator, faults))
		ok = false;
	if (!read_figure(indicator, "denominator", words->denominator, words->typed, indicator->part_decimals,
			 &out->denominator, faults))
		ok = false;
	return ok;
}

bool cell_read(const struct indicator *indicator, const struct cell_words *words, struct cell *out,
	       struct faults *faults)
{
	bool ok = true;

	*out = (struct cell){ .indicator_id = indicator->id, .nil = words->nil };
	if (!blank(words->note))
		out->note = words->note;
	if (!check_parts(indicator, words, faults))
		return false;
	out->present = has_figure(indicator, words);
	if (out->present) {
		switch (indicator->type) {
		case VALUE_PERCENTAGE:
			ok = read_percentage(indicator, words, out, faults);
			break;
		case VALUE_TEXT:
			out->text = words->text;
			break;
		case VALUE_NUMBER:
		case VALUE_RANK:
		case VALUE_YES_NO:
			ok = read_figure(indicator, "value", words->value, words->typed, indicator->decimals,
					 &out->number, faults);
			break;
		}
	}
	return ok && cell_check(indicator, out, faults);
}

static void fault_bound(struct faults *faults, enum error_code code, const struct indicator *indicator,
			const char *part, int64_t value, int64_t bound)
{
	char a[DECIMAL_TEXT_MAX], b[DECIMAL_TEXT_MAX];

	fault_cell(faults, code, indicator, part, decimal_format_vi(value, indicator->decimals, a),
		   decimal_format_vi(bound, indicator->decimals, b));
}

static void check_range(const struct indicator *indicator, const struct cell *cell, const char *part,
			struct faults *faults)
{
	if (indicator->has_min && cell->number < indicator->min)
		fault_bound(faults, ERR_cell_below_min, indicator, part, cell->number, indicator->min);
	if (indicator->has_max && cell->number > indicator->max)
		fault_bound(faults, ERR_cell_above_max, indicator, part, cell->number, indicator->max);
}

/* A part of a whole: a percentage that cannot pass 100. */
static bool is_share(const struct indicator *indicator)
{
	int64_t hundred;

	return indicator->has_max && decimal_rescale(indicator->factor, 0, indicator->decimals, &hundred) &&
	       indicator->max == hundred;
}

/* What could not be added up over a level is refused where it enters. */
static bool check_size(const struct indicator *indicator, int64_t number, const char *part,
		       struct faults *faults)
{
	if (number <= ROLLUP_VALUE_MAX && number >= -ROLLUP_VALUE_MAX)
		return true;
	fault_cell(faults, ERR_number_too_large, indicator, part, NULL, NULL);
	return false;
}

static void check_percentage(const struct indicator *indicator, struct cell *cell, struct faults *faults)
{
	if (!check_size(indicator, cell->numerator, "numerator", faults) ||
	    !check_size(indicator, cell->denominator, "denominator", faults))
		return;
	if (cell->denominator <= 0) {
		fault_cell(faults, ERR_denominator_zero, indicator, "denominator", NULL, NULL);
		return;
	}
	if (indicator->has_min && indicator->min >= 0 && cell->numerator < 0) {
		fault_cell(faults, ERR_numerator_negative, indicator, "numerator", NULL, NULL);
		return;
	}
	if (is_share(indicator) && cell->numerator > cell->denominator) {
		fault_cell(faults, ERR_numerator_exceeds, indicator, "numerator", NULL, NULL);
		return;
	}
	if (!decimal_ratio(cell->numerator, cell->denominator, indicator->factor, indicator->decimals,
			   &cell->number) ||
	    cell->number > ROLLUP_VALUE_MAX || cell->number < -ROLLUP_VALUE_MAX) {
		fault_cell(faults, ERR_ratio_too_large, indicator, "numerator", NULL, NULL);
		return;
	}
	check_range(indicator, cell, "numerator", faults);
}

static void check_number(const struct indicator *indicator, const struct cell *cell, struct faults *faults)
{
	int64_t one = 1;

	if (!check_size(indicator, cell->number, "value", faults))
		return;
	if (indicator->type == VALUE_YES_NO && cell->number != 0 && cell->number != 1) {
		fault_cell(faults, ERR_yes_no_invalid, indicator, "value", NULL, NULL);
		return;
	}
	if (indicator->type == VALUE_RANK) {
		if (!decimal_rescale(1, 0, indicator->decimals, &one) || cell->number < one ||
		    cell->number % one != 0) {
			fault_cell(faults, ERR_rank_invalid, indicator, "value", NULL, NULL);
			return;
		}
	}
	check_range(indicator, cell, "value", faults);
}

static void check_length(struct faults *faults, const struct indicator *indicator, const char *part,
			 const char *text, size_t max, const char *max_text)
{
	/* A character has at most four bytes: short texts need no counting. */
	if (text && strlen(text) > max && text_length(text) > max)
		fault_cell(faults, ERR_field_too_long, indicator, part, max_text, NULL);
}

bool cell_check(const struct indicator *indicator, struct cell *cell, struct faults *faults)
{
	size_t before = faults->total;

	check_length(faults, indicator, "note", cell->note, CELL_NOTE_MAX, "2000");
	if (cell->nil && cell->present) {
		fault_cell(faults, ERR_cell_nil_with_figures, indicator,
			   indicator->type == VALUE_PERCENTAGE ? "numerator" :
			   indicator->type == VALUE_TEXT ? "text" : "value",
			   NULL, NULL);
	} else if (cell->present) {
		switch (indicator->type) {
		case VALUE_PERCENTAGE:
			check_percentage(indicator, cell, faults);
			break;
		case VALUE_TEXT:
			check_length(faults, indicator, "text", cell->text, CELL_TEXT_MAX, "2000");
			break;
		case VALUE_NUMBER:
		case VALUE_RANK:
		case VALUE_YES_NO:
			check_number(indicator, cell, faults);
			break;
		}
	}
	return faults->total == before;
}

/* The cell's number for a comparison; nothing to report is 0 of a count and nothing of a ratio. */
static bool comparable(const struct indicator *indicator, const struct cell *cell, int64_t *number)
{
	if (indicator->type == VALUE_TEXT || (!cell->present && !cell->nil))
		return false;
	if (cell->nil && indicator->type == VALUE_PERCENTAGE)
		return false;
	*number = cell->nil ? 0 : cell->number;
	return true;
}

static bool holds(enum target_operator operator, int64_t left, int64_t right)
{
	switch (operator) {
	case TARGET_AT_LEAST:
		return left >= right;
	case TARGET_MORE:
		return left > right;
	case TARGET_AT_MOST:
		return left <= right;
	case TARGET_LESS:
		return left < right;
	case TARGET_EQUAL:
		return left == right;
	case TARGET_RANGE:
		break;
	}
	return true;
}

static bool position_of(const struct report *report, id indicator_id, size_t *out)
{
	for (size_t i = 0; i < report->item_count; i++) {
		if (report->items[i].indicator->id == indicator_id) {
			*out = i;
			return true;
		}
	}
	return false;
}

bool check_kept(const struct report *report, const struct report_check *check, const struct cell *cells)
{
	const struct indicator *a, *b;
	int64_t x, y;
	size_t left, right;

	if (!position_of(report, check->left, &left) || !position_of(report, check->right, &right))
		return true;
	a = report->items[left].indicator;
	b = report->items[right].indicator;
	if (!comparable(a, &cells[left], &x) || !comparable(b, &cells[right], &y))
		return true;
	if (a->decimals < b->decimals && !decimal_rescale(x, a->decimals, b->decimals, &x))
		return true;
	if (b->decimals < a->decimals && !decimal_rescale(y, b->decimals, a->decimals, &y))
		return true;
	return holds(check->operator, x, y);
}

static const char *main_part(const struct indicator *indicator)
{
	if (indicator->type == VALUE_PERCENTAGE)
		return "numerator";
	return indicator->type == VALUE_TEXT ? "text" : "value";
}

bool cells_check(const struct report *report, unsigned level, struct cell *cells, struct faults *faults)
{
	size_t before = faults->total, left;
	bool clean;

	for (size_t i = 0; i < report->item_count; i++) {
		const struct report_item *item = &report->items[i];
		if (!cell_check(item->indicator, &cells[i], faults))
			continue;
		if (item->required && !cells[i].present && !cells[i].nil && report_item_applies(item, level))
			fault_cell(faults, ERR_cell_required, item->indicator, main_part(item->indicator),
				   NULL, NULL);
	}
	clean = faults->total == 0;
	/* Rules between indicators say little while one of them is wrong by itself. */
	for (size_t i = 0; clean && i < report->check_count; i++) {
		const struct report_check *check = &report->checks[i];
		if (!check->blocks || check_kept(report, check, cells) ||
			!position_of(report, check->left, &left))
			continue;
		fault_cell(faults, ERR_check_failed, report->items[left].indicator,
			   main_part(report->items[left].indicator), check->about, NULL);
	}
	return faults->total == before;
}

bool cells_check_evidence(const struct report *report, const struct cell *cells,
			  bool (*has_file)(void *arg, id indicator_id), void *arg, struct faults *faults)
{
	size_t before = faults->total;

	for (size_t i = 0; i < report->item_count; i++) {
		const struct report_item *item = &report->items[i];
		if (item->evidence_required && cells[i].present && !has_file(arg, item->indicator->id))
			fault_cell(faults, ERR_evidence_missing, item->indicator, "evidence", NULL, NULL);
	}
	return faults->total == before;
}

bool cell_equal(const struct cell *a, const struct cell *b)
{
	if (a->present != b->present || a->nil != b->nil || !text_equal(a->note, b->note))
		return false;
	return !a->present || (a->number == b->number && a->numerator == b->numerator &&
			       a->denominator == b->denominator && text_equal(a->text, b->text));
}
