#include <stdio.h>
#include <string.h>

#include "assignment/assignment.h"
#include "base/buf.h"
#include "base/text.h"

enum wording {
#define WORDING(name, vi, en) WORDING_##name,
#include "messages/assignment_wording.def"
#undef WORDING
	WORDING_count
};

static const char *const sentences[WORDING_count][2] = {
#define WORDING(name, vi, en) { vi, en },
#include "messages/assignment_wording.def"
#undef WORDING
};

enum { ARGS = 3, NUMBER_MAX = 16, PERIOD_MAX = 64 };

/* Adds the sentence with {0} to {2} filled in. */
static void add(struct buf *out, enum wording which, enum language lang, const char *const args[ARGS])
{
	buf_add_text(out, text_fill(out->mem, sentences[which][lang == LANG_EN], args, ARGS));
}

static void add_period(struct buf *out, period p, enum language lang)
{
	static const enum wording words[] = {
		[FREQUENCY_MONTH] = WORDING_period_month,
		[FREQUENCY_QUARTER] = WORDING_period_quarter,
		[FREQUENCY_HALF_YEAR] = WORDING_period_half_year,
		[FREQUENCY_YEAR] = WORDING_period_year,
	};
	static const char *const roman[] = { "", "I", "II", "III", "IV" };
	enum frequency frequency = period_frequency(p);
	enum wording which = words[frequency];
	char number[NUMBER_MAX], year[NUMBER_MAX];

	snprintf(number, sizeof(number), "%d", period_number(p));
	snprintf(year, sizeof(year), "%d", period_year(p));
	if (frequency == FREQUENCY_HALF_YEAR && period_number(p) == 2)
		which = WORDING_period_half_year_second;
	add(out, which, lang,
	    (const char *const[ARGS]){
		    frequency == FREQUENCY_QUARTER && lang == LANG_VI ? roman[period_number(p)] : number,
		    year, "" });
}

static enum wording rule_wording(enum frequency frequency, int month_offset)
{
	switch (frequency) {
	case FREQUENCY_QUARTER:
		return month_offset ? WORDING_rule_quarter_after : WORDING_rule_quarter;
	case FREQUENCY_HALF_YEAR:
		return month_offset ? WORDING_rule_half_year_after : WORDING_rule_half_year;
	case FREQUENCY_YEAR:
		return month_offset ? WORDING_rule_year_after : WORDING_rule_year;
	case FREQUENCY_MONTH:
		break;
	}
	return month_offset > 1 ? WORDING_rule_month_after
	       : month_offset   ? WORDING_rule_month_next
				: WORDING_rule_month;
}

char *assignment_rule_wording(struct arena *mem, const struct deadline_rule *rule, period first,
			      enum language lang)
{
	struct buf out, from;
	char day[NUMBER_MAX], offset[NUMBER_MAX];
	const char *args[ARGS] = { day, offset, "" };

	snprintf(day, sizeof(day), "%d", rule->day);
	snprintf(offset, sizeof(offset), "%d", rule->month_offset);
	buf_init(&from, mem, 0);
	buf_add_text(&from, "");
	add_period(&from, first, lang);
	args[2] = from.data;
	buf_init(&out, mem, 0);
	add(&out, rule_wording(period_frequency(first), rule->month_offset), lang, args);
	if (rule->roll)
		add(&out, WORDING_rule_roll, lang, args);
	add(&out, WORDING_rule_from, lang, args);
	return out.data;
}
