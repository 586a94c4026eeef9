#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "task/task_sheet.h"
#include "task/task_sheet_words.h"

static const char *const words[][2] = {
#define WORDING(name, vi, en) { vi, en },
#include "messages/task_sheet_wording.def"
#undef WORDING
};

static const char *word(enum task_sheet_word which, enum language lang)
{
	return words[which][lang == LANG_EN];
}

/* {0} and {1} filled in. */
static const char *sentence(struct arena *mem, enum task_sheet_word which, enum language lang, const char *a,
			    const char *b)
{
	const char *const args[] = { a, b };

	return text_fill(mem, word(which, lang), args, 2);
}

/* Whether a person who reads these words today gets this task's deadline. */
static bool reads_back(struct arena *mem, const char *text, const struct task *task, instant now)
{
	struct letter_deadline deadline = { 0 };
	struct letter_recurrence recurrence = { 0 };

	letter_deadline_read(mem, text, civil_date_of(now), &deadline, &recurrence);
	if (task->recurrence.every != TASK_ONCE)
		return recurrence.every && recurrence.day == task->recurrence.day;
	if (task->deadline_kind == TASK_DEADLINE_SOONEST)
		return deadline.kind == LETTER_SOONEST && !deadline.known;
	return deadline.known && deadline.before == task->deadline;
}

static const char *recurrence_words(struct arena *mem, const struct task *task, enum language lang)
{
	static const enum task_sheet_word forms[] = {
		[TASK_WEEKLY] = TASK_WORD_weekly,       [TASK_MONTHLY] = TASK_WORD_monthly,
		[TASK_QUARTERLY] = TASK_WORD_quarterly, [TASK_HALF_YEARLY] = TASK_WORD_half_yearly,
		[TASK_YEARLY] = TASK_WORD_yearly,
	};
	period from = task->recurrence.from ? task->recurrence.from :
					      period_of(FREQUENCY_MONTH, civil_date_of(task->created_at));

	return sentence(mem, forms[task->recurrence.every], lang, arena_printf(mem, "%d", task->recurrence.day),
			period_wording(mem, from, LANG_VI));
}

const char *task_deadline_words(struct arena *mem, const struct task *task, instant now, enum language lang)
{
	char date[CIVIL_TEXT_MAX];
	const char *words_now;

	if (task->deadline_written[0] && reads_back(mem, task->deadline_written, task, now))
		return task->deadline_written;
	if (task->recurrence.every != TASK_ONCE)
		return recurrence_words(mem, task, lang);
	if (task->deadline_kind == TASK_DEADLINE_SOONEST)
		return word(TASK_WORD_soonest, lang);
	if (!task->deadline)
		return task->deadline_written;
	words_now = arena_strdup(mem, civil_format_date_vi(civil_date_of(task->deadline - 1), date));
	if (lang == LANG_EN && reads_back(mem, words_now, task, now))
		return words_now;
	return sentence(mem, TASK_WORD_before, LANG_VI, deadline_wording(mem, task->deadline, LANG_VI), "");
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

static struct sheet_value number_value(int64_t number)
{
	return (struct sheet_value){ .kind = SHEET_NUMBER, .look = LOOK_PLAIN, .number = number };
}

static void write_line(struct arena *mem, struct sheet_value *row, const struct task_sheet_line *line, size_t number,
		       instant now, enum language lang)
{
	const struct task *task = line->task;
	const char *content = task->content[0] ? task->content : task->title;

	row[TASK_COLUMN_NUMBER] = number_value((int64_t)number);
	row[TASK_COLUMN_CONTENT] = text_value(LOOK_PLAIN, content);
	row[TASK_COLUMN_LEAD] = text_value(LOOK_PLAIN, line->lead);
	row[TASK_COLUMN_COOPERATING] = text_value(LOOK_PLAIN, line->cooperating);
	row[TASK_COLUMN_PRODUCT] = text_value(LOOK_PLAIN, task->product);
	row[TASK_COLUMN_DEADLINE] = text_value(LOOK_PLAIN, task_deadline_words(mem, task, now, lang));
	row[TASK_COLUMN_STATE] =
		text_value(LOOK_PLAIN, word((enum task_sheet_word)((int)TASK_WORD_not_started + (int)task->state), lang));
	row[TASK_COLUMN_TIMELINESS] =
		text_value(LOOK_PLAIN, word((enum task_sheet_word)((int)TASK_WORD_no_time + (int)line->timeliness), lang));
	row[TASK_COLUMN_PERCENT] = number_value(task->percent);
	row[TASK_COLUMN_DOCUMENT] = text_value(LOOK_PLAIN, line->document);
}

struct sheet_page task_sheet_page(struct arena *mem, const struct task_sheet_line *lines, size_t count, instant now,
				  enum language lang)
{
	static const double widths[TASK_COLUMNS_OUT] = { 6, 60, 28, 32, 28, 26, 16, 18, 12, 24 };
	static const enum task_sheet_word headings[TASK_COLUMNS_OUT] = {
		TASK_WORD_number,  TASK_WORD_content, TASK_WORD_lead,       TASK_WORD_cooperating, TASK_WORD_product,
		TASK_WORD_deadline, TASK_WORD_state,  TASK_WORD_timeliness, TASK_WORD_percent,     TASK_WORD_document,
	};
	enum { ABOVE = 3, HEADING = 2 * TASK_COLUMNS_OUT };
	struct sheet_value *values = ARENA_ARRAY(mem, struct sheet_value, (count + ABOVE) * TASK_COLUMNS_OUT);
	char date[CIVIL_TEXT_MAX];

	values[0] = text_value(LOOK_TITLE, word(TASK_WORD_title, lang));
	values[0].spans = true;
	values[TASK_COLUMNS_OUT] = text_value(LOOK_HINT, sentence(mem, TASK_WORD_made, lang,
								   civil_format_date_vi(civil_date_of(now), date),
								   arena_printf(mem, "%zu", count)));
	values[TASK_COLUMNS_OUT].spans = true;
	for (size_t i = 0; i < TASK_COLUMNS_OUT; i++)
		values[HEADING + i] = text_value(LOOK_HEADING, word(headings[i], lang));
	for (size_t i = 0; i < count; i++)
		write_line(mem, values + (ABOVE + i) * TASK_COLUMNS_OUT, &lines[i], i + 1, now, lang);
	return (struct sheet_page){
		.name = word(TASK_WORD_sheet, lang),
		.widths = widths,
		.columns = TASK_COLUMNS_OUT,
		.values = values,
		.rows = count + ABOVE,
		.heading = 2,
	};
}
