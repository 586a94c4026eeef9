#include "letter/letter_orders.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

/* Kinds of documents that report, ask or invite: only what they plainly ask of somebody is an instruction. */
static const char *const plain_types[] = {
	"báo cáo", "tờ trình", "giấy mời", "phiếu", "thư", "giấy", "hợp đồng", "bản ghi nhớ", NULL
};

static void cut(struct orders *orders, const struct letter_paragraph *paragraph, struct words *words)
{
	const struct letter_clean *clean = &paragraph->clean;
	words_cut(orders->scratch, clean->text, utf8_cut(clean->text, clean->length, ORDERS_PARAGRAPH_MAX), words);
	words->clean = clean;
}

static int level_of(const struct orders *orders, const struct letter_paragraph *paragraph)
{
	if (paragraph->mark)
		return 2 + 2 * paragraph->depth;
	const struct orders_frame *top = orders->frame_count ? &orders->frames[orders->frame_count - 1] : NULL;
	return top && top->title ? top->level + 1 : 1;
}

static void leave(struct orders *orders, int level)
{
	while (orders->frame_count && orders->frames[orders->frame_count - 1].level >= level)
		orders->frame_count--;
}

static bool ends_open(const struct words *words)
{
	size_t last = words->count;
	return last && (words_sign(words, last - 1, ':') || words_match(words, last - 1, "sau") ||
			(last > 1 && words_sign(words, last - 1, '.') && words_match(words, last - 2, "sau")));
}

static bool ends_sentence(const struct words *words)
{
	return words->count && (words_sign(words, words->count - 1, '.') || words_sign(words, words->count - 1, ';'));
}

/* Whether a paragraph begins with a label ("Cơ quan chủ trì:"). */
static bool is_label(struct orders *orders, size_t i)
{
	struct words words;
	if (i >= orders->context->paragraph_count)
		return false;
	const struct letter_paragraph *paragraph = &orders->context->paragraphs[i];
	size_t length = utf8_cut(paragraph->clean.text, paragraph->clean.length, 200);
	words_cut(orders->scratch, paragraph->clean.text, length, &words);
	return words.count && orders_label_first(&words, 0);
}

/* What a heading says of all below it. */
static void heading(struct orders *orders, const struct letter_paragraph *paragraph, const struct words *words, int level)
{
	struct orders_frame frame = { .level = level, .title = !ends_sentence(words), .first_task = orders->count };
	struct orders_piece piece = { .paragraph = paragraph, .words = words, .to = words->count };
	size_t verb, end = orders_trimmed(words, 0, words->count);
	size_t title;
	frame.section = order_section(words, 0, end, &title);
	/* "Trách nhiệm của Sở Tài chính:" */
	size_t from = title + (title ? words_match(words, title, "của") : 0);
	size_t named = names_read(orders->mem, words, from, end, &frame.lead);
	if (!named || named < end || named == from) {
		frame.lead = (struct names){ .count = 0 };
		named = orders->only_plain || title ? 0 : orders_subject(orders, &piece, &frame.lead);
		if (!named && !title)
			named = orders_ordered(orders, words, 0, end, &frame.lead, &verb);
	}
	frame.of_unit = named > 0;
	if (named && frame.section == SECTION_UNKNOWN)
		frame.section = SECTION_ORDERS;
	if (frame.section == SECTION_UNKNOWN && !paragraph->mark && order_announces(words, 0, words->count))
		frame.section = SECTION_ORDERS;
	orders_cooperating(orders, words, 0, end, &frame.cooperating);
	letter_deadline_find(orders->mem, words, 0, words->count, orders->written, &frame.deadline);
	frame.text = words_text(orders->mem, words, 0, end);
	if (end)
		frame.source = letter_span_of(&paragraph->clean, words->at[0].start, words->at[end - 1].end);
	if (level <= 1) {
		/* Who is named in the sentence that announces is not plainer than the letter's own list. */
		frame.of_unit = named && !frame.lead.vague;
		orders->intro = frame;
		return;
	}
	if (orders->frame_count < ORDERS_FRAMES_MAX)
		orders->frames[orders->frame_count++] = frame;
}

/* "Cơ quan chủ trì: ..." in a paragraph of its own: of the tasks above it, or of the heading. */
static void labels(struct orders *orders, const struct words *words, bool numbered)
{
	struct orders_labels labels;
	orders_labels_read(orders->mem, words, 0, words->count, &labels);
	const struct orders_frame *top = orders->frame_count ? &orders->frames[orders->frame_count - 1] : NULL;
	size_t from = top && top->first_task > orders->label_from ? top->first_task : orders->label_from;
	if (from >= orders->count) {
		struct letter_task *task = top && top->text && *top->text ? orders_add(orders) : NULL;
		if (!task)
			return;
		from = orders->count - 1;
		*task = (struct letter_task){ .text = top->text, .source = top->source };
		orders_names(orders, &top->lead, &task->lead, &task->lead_count);
		orders_names(orders, &top->cooperating, &task->cooperating, &task->cooperating_count);
		task->deadline = top->deadline.deadline;
		task->recurrence = top->deadline.recurrence;
	}
	for (size_t i = from; i < orders->count; i++) {
		/* "4. Thời gian thực hiện: ..." is of all that have no time of their own. */
		struct orders_labels own = labels;
		if (numbered && (orders->tasks[i].deadline.kind != LETTER_NO_DEADLINE || orders->tasks[i].recurrence.every))
			own.deadline = NULL;
		orders_label_task(orders, &orders->tasks[i], &own);
	}
	orders->label_from = from;
	orders->labelled = true;
}

static void paragraph_read(struct orders *orders, size_t i)
{
	const struct letter_paragraph *paragraph = &orders->context->paragraphs[i];
	struct words words;
	cut(orders, paragraph, &words);
	if (!words.count)
		return;
	bool outline = false;
	if (i == orders->context->body_count) {
		orders->frame_count = 0;
		orders->intro.level = -1;
		orders->skipping = true;
	}
	if (!paragraph->mark && order_annex(&words, i >= orders->context->body_count, &outline)) {
		orders->frame_count = 0;
		orders->intro.level = -1;
		orders->skipping = outline;
		return;
	}
	bool behind = i >= orders->context->body_count;
	if (orders->skipping || (behind && !paragraph->mark && order_verb(&words, 0) == 0 && !ends_open(&words)))
		return;
	bool label = !orders->only_plain && orders_label_first(&words, 0);
	int level = level_of(orders, paragraph);
	/* A label without a mark belongs to what stands right above it. */
	if (!label || paragraph->mark)
		leave(orders, level);
	if (label) {
		labels(orders, &words, paragraph->mark && paragraph->mark[0] >= '0' && paragraph->mark[0] <= '9');
		return;
	}
	if (orders->labelled)
		orders->label_from = orders->count;
	orders->labelled = false;

	const struct letter_paragraph *next = i + 1 < orders->context->paragraph_count ? paragraph + 1 : NULL;
	bool deeper = next && next->mark && 2 + 2 * next->depth > level;
	bool labelled = next && (!next->mark || deeper) && !orders->only_plain && is_label(orders, i + 1);
	if (labelled && !(deeper && ends_open(&words))) {
		orders->label_from = orders->count;
		orders_whole(orders, paragraph, &words);
		return;
	}
	bool open = ends_open(&words);
	/* The subject of what is asked may be a paragraph of its own: "UBND tỉnh yêu cầu:". */
	bool above_text = paragraph->mark && next && !next->mark && !ends_sentence(&words) && words.count < 40;
	bool is_heading = open || above_text || (deeper && (paragraph->mark || words.count < 40));
	if (is_heading && !(open && !next)) {
		if (ends_sentence(&words) && !open)
			orders_leaf(orders, paragraph, &words);
		heading(orders, paragraph, &words, level);
		return;
	}
	orders_leaf(orders, paragraph, &words);
}

static void begin(struct orders *orders, struct arena *mem, const struct letter_context *context)
{
	const struct letter_document *document = context->document;
	*orders = (struct orders){ .mem = mem, .context = context, .written = document->date, .intro.level = -1 };
	if (!document->date.year && document->month)
		orders->written = (struct civil_date){ period_year(document->month), period_number(document->month), 0 };
	for (size_t i = 0; i < document->addressee_count; i++)
		names_add(&orders->addressees, document->addressees[i]);
	if (!document->type)
		return;
	const char *type = words_lower(mem, document->type, strlen(document->type));
	static const char *const regulations[] = { "quy định", "quy chế", "nghị định", "thông tư", "luật", "điều lệ", NULL };
	for (size_t i = 0; regulations[i]; i++)
		orders->rules = orders->rules || strncmp(type, regulations[i], strlen(regulations[i])) == 0;
	for (size_t i = 0; plain_types[i]; i++)
		if (strncmp(type, plain_types[i], strlen(plain_types[i])) == 0)
			orders->only_plain = true;
}

/* What a closing sets for all holds for those without a day of their own. */
static void set_common(struct orders *orders)
{
	for (size_t i = 0; orders->common.kind && i < orders->count; i++) {
		struct letter_task *task = &orders->tasks[i];
		bool open = task->deadline.kind == LETTER_NO_DEADLINE || task->deadline.kind == LETTER_SOONEST;
		if (open && !task->recurrence.every)
			task->deadline = orders->common;
	}
}

/* "các nhiệm vụ tại Phụ lục kèm theo" is said by the annex's own rows. */
static void drop_pointers(struct orders *orders)
{
	size_t kept = 0;
	for (size_t i = 0; i < orders->count; i++)
		if (!orders->rows || i != orders->pointer - 1)
			orders->tasks[kept++] = orders->tasks[i];
	orders->count = kept;
}

void letter_orders(struct arena *mem, const struct letter_context *context, const struct letter_task **tasks,
		   size_t *count)
{
	struct orders orders;
	begin(&orders, mem, context);
	orders.scratch = arena_new(0);
	for (size_t i = 0; i < context->paragraph_count && orders.count < LETTER_TASKS_MAX;) {
		arena_reset(orders.scratch);
		size_t taken = orders_table(&orders, i);
		if (!taken)
			paragraph_read(&orders, i);
		i += taken ? taken : 1;
	}
	arena_free(orders.scratch);
	drop_pointers(&orders);
	set_common(&orders);
	*tasks = orders.tasks;
	*count = orders.count;
}
