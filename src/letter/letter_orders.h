#ifndef LETTER_LETTER_ORDERS_H
#define LETTER_LETTER_ORDERS_H

#include "letter/letter_deadline.h"
#include "letter/letter_names.h"
#include "letter/letter_text.h"

/* Private to the room: how the instructions of a body are found. */

enum {
	ORDERS_PARAGRAPH_MAX = 32 << 10, /* bytes; what is beyond is not read for instructions */
	ORDERS_FRAMES_MAX = 16,
};

/* What the items below a heading are. */
enum orders_section { SECTION_UNKNOWN, SECTION_ORDERS, SECTION_OTHER };

/* A heading under which the walk stands; what it says holds for what is below it. */
struct orders_frame {
	int level;
	enum orders_section section;
	bool of_unit;     /* it names who is to do what stands below */
	bool title;       /* it is no sentence: text without a mark may belong to it */
	struct names lead, cooperating;
	struct letter_deadline_found deadline;
	size_t first_task;
	const char *text; /* the heading itself, for when labels make it a task */
	struct letter_span source;
};

/* The values beside "Cơ quan chủ trì:", "Sản phẩm:" and the like. */
struct orders_labels {
	struct names lead, cooperating;
	const char *product, *deadline;
	bool any;
	size_t from; /* word at which the first label begins */
};

struct orders {
	struct arena *mem, *scratch; /* scratch is emptied with every paragraph */
	const struct letter_context *context;
	struct civil_date written;   /* day 0: only the month is known; year 0: nothing */
	struct letter_task *tasks;
	size_t count, room;
	struct orders_frame frames[ORDERS_FRAMES_MAX];
	int frame_count;
	struct orders_frame intro;   /* the last sentence that announced instructions; level -1: none */
	struct names addressees;
	bool rules;                  /* a regulation: what it says of all is no task */
	bool only_plain;             /* a report: only what is plainly asked of somebody */
	struct letter_deadline common; /* of all that have none of their own */
	size_t label_from;           /* the first task that labels now belong to */
	bool skipping;               /* in a form or outline, or before the first annex */
	size_t rows;                 /* tasks from tables */
	size_t pointer;              /* one past the task that only points to an annex; 0: none */
	bool labelled;               /* the paragraph before was of labels */
};

/* A piece of a paragraph that is looked at. */
struct orders_piece {
	const struct letter_paragraph *paragraph;
	const struct words *words;
	size_t from, to;
	bool goes_on; /* it says no one anew: whoever did the task before it is to do this */
};

/* letter_orders_words.c: the language of instructions. */

/* The word after "giao", "đề nghị", "yêu cầu", ...; `i` when none stands there. */
size_t order_verb(const struct words *words, size_t i);
/* Whether what begins at word `i` is something to do: "rà soát", "khẩn trương xây dựng". */
bool order_action(const struct words *words, size_t i);
/* Whether it is plainly the predicate of whoever is named before: "chủ trì", "căn cứ chức năng". */
bool order_predicate(const struct words *words, size_t i);
/* Whether it tells of something: "đã ...", "được ...", "có Công văn". */
bool order_tells(const struct words *words, size_t i);
bool order_ground(const struct words *words, size_t i);            /* "Thực hiện Công văn số", "Căn cứ" */
bool order_asks_decision(const struct words *words, size_t from, size_t to); /* "kính đề nghị xem xét, quyết định" */
bool order_praises(const struct words *words, size_t i);           /* "Đánh giá cao sự chuẩn bị của ..." */
bool order_answers_only(const struct words *words, size_t i, size_t to); /* "chịu trách nhiệm trước Chủ tịch", nothing else */
bool order_no_instruction(const struct words *words, size_t from, size_t to);
bool order_general_closing(const struct words *words, size_t from, size_t to, bool *names_all);
/* What the title of a section says stands below it; `title`: the word after its known words, 0 when it has none. */
enum orders_section order_section(const struct words *words, size_t from, size_t to, size_t *title);
bool order_announces(const struct words *words, size_t from, size_t to); /* "... như sau:" */
bool order_trailer(const struct words *words, size_t i); /* "Mọi chi tiết xin liên hệ" behind an instruction */
bool order_points_to_annex(const struct words *words, size_t from, size_t to);
/* The title of an annex; `outline`: of a form, which orders nothing. */
bool order_annex(const struct words *words, bool behind, bool *outline);
size_t order_cooperation(const struct words *words, size_t i);     /* "phối hợp với" */

/* letter_orders_labels.c */
bool orders_labels_read(struct arena *mem, const struct words *words, size_t from, size_t to, struct orders_labels *out);
bool orders_label_first(const struct words *words, size_t from);

enum orders_section orders_section_now(const struct orders *orders);

/* letter_orders_cut.c: the tasks of one paragraph that stands under `frames`, cut where another order begins. */
void orders_leaf(struct orders *orders, const struct letter_paragraph *paragraph, const struct words *words);

/* letter_orders_leaf.c: one piece of a paragraph; a task when it tells somebody to do something. */
void orders_piece(struct orders *orders, const struct orders_piece *piece);
/* "Chủ tịch UBND tỉnh yêu cầu Sở Y tế ...": whether whoever stands before word `i` only passes it on. */
bool orders_passes_on(const struct words *words, size_t i, size_t to);
/* The paragraph as one task, whatever it says: labels beside it make it one. */
void orders_whole(struct orders *orders, const struct letter_paragraph *paragraph, const struct words *words);
/* The names [from, to) begins with when it tells what they are to do; the word after them. */
size_t orders_subject(struct orders *orders, const struct orders_piece *piece, struct names *out);
size_t orders_trimmed(const struct words *words, size_t from, size_t to);
struct letter_task *orders_add(struct orders *orders);
void orders_names(struct orders *orders, const struct names *names, const char *const **out, size_t *count);
void orders_cooperating(struct orders *orders, const struct words *words, size_t from, size_t to, struct names *out);
/* Who is ordered in [from, to): the word after the names, `from` when nobody is. */
size_t orders_ordered(struct orders *orders, const struct words *words, size_t from, size_t to, struct names *out,
		      size_t *verb);
void orders_label_task(struct orders *orders, struct letter_task *task, const struct orders_labels *labels);

/* letter_orders_table.c: tables of tasks; how many paragraphs they take from `i`, 0 when none begins there. */
size_t orders_table(struct orders *orders, size_t i);

#endif
