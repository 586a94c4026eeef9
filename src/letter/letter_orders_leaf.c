#include "letter/letter_orders.h"

#include <string.h>

#include "base/arena.h"

enum {
	LEAD_IN_MAX = 60, /* words before who is to act */
	LIST_MAX = 15,    /* words of names that are not known */
	ACT_MIN = 3,      /* words of what is to be done: "Ông An - Tổ trưởng" has none */
};

struct letter_task *orders_add(struct orders *orders)
{
	if (orders->count == LETTER_TASKS_MAX)
		return NULL;
	if (orders->count == orders->room) {
		size_t room = orders->room ? orders->room * 2 : 16;
		struct letter_task *tasks = ARENA_ARRAY(orders->mem, struct letter_task, room);
		if (orders->count)
			memcpy(tasks, orders->tasks, orders->count * sizeof(*tasks));
		orders->tasks = tasks;
		orders->room = room;
	}
	return &orders->tasks[orders->count++];
}

void orders_names(struct orders *orders, const struct names *names, const char *const **out, size_t *count)
{
	const char **list = ARENA_ARRAY(orders->mem, const char *, names->count + 1);
	for (size_t i = 0; i < names->count; i++)
		list[i] = names->at[i];
	*out = list;
	*count = names->count;
}

void orders_cooperating(struct orders *orders, const struct words *words, size_t from, size_t to, struct names *out)
{
	bool leads = false;
	for (size_t i = from; i < to; i++) {
		size_t at = order_cooperation(words, i);
		leads = leads || words_match(words, i, "chủ trì");
		if (at > i) {
			i = names_read(orders->mem, words, at, to, out) - 1;
			continue;
		}
		/* "chủ trì, phối hợp Sở B" */
		at = i + words_match(words, i, "phối hợp");
		if (at > i && name_end(words, at, to) > at) {
			i = names_read(orders->mem, words, at, to, out) - 1;
			continue;
		}
		/* "Sở A chủ trì, Sở B phối hợp" */
		if (!leads || i == from || !words_sign(words, i - 1, ',') || name_end(words, i, to) == i)
			continue;
		struct names beside = { .count = 0 };
		at = names_read(orders->mem, words, i, to, &beside);
		bool joined = words_match(words, at, "phối hợp") && !words_match(words, at, "phối hợp với") &&
			      !words_match(words, at, "phối hợp chặt chẽ với");
		for (size_t n = 0; joined && n < beside.count; n++)
			names_add(out, beside.at[n]);
		i = at > i ? at - 1 : i;
	}
}

size_t orders_ordered(struct orders *orders, const struct words *words, size_t from, size_t to, struct names *out,
		      size_t *verb)
{
	bool ground = order_ground(words, from);
	size_t after = from;
	for (size_t i = from; i < to; i++) {
		size_t name = order_verb(words, i);
		/* "Chỉ đạo các trường ..." at the start is what the addressee is to do. */
		if (name == i || (i == from && words_match(words, i, "chỉ đạo")))
			continue;
		struct names names = { .count = 0 };
		size_t end = names_read(orders->mem, words, name, to, &names);
		if (end == name)
			continue;
		*out = names;
		*verb = i;
		after = end;
		/* Behind grounds the last one counts, for grounds tell of orders too. */
		if (!ground)
			break;
		i = end - 1;
	}
	return after;
}

/* Whether the names are the letter's own issuer, of whom facts are told. */
static bool is_issuer(const struct orders *orders, const struct names *names)
{
	const char *issuer = orders->context->document->issuer;
	if (!issuer || names->count != 1)
		return false;
	size_t length = strlen(issuer), named = strlen(names->at[0]);
	const char *a = words_lower(orders->scratch, issuer, length);
	const char *b = words_lower(orders->scratch, names->at[0], named);
	return named <= length && strncmp(a, b, named) == 0;
}

/* How plainly the piece sets a day. */
static int day_strength(struct orders *orders, const struct orders_piece *piece)
{
	struct letter_deadline_found found;
	letter_deadline_find(orders->scratch, piece->words, piece->from, piece->to, orders->written, &found);
	return found.strength;
}

/* "Hồ sơ gửi về Sở trước ngày 10/01", not "Ngày 15 hằng tháng: tiếp công dân". */
static bool is_due(struct orders *orders, const struct orders_piece *piece)
{
	struct letter_deadline_found found;
	letter_deadline_find(orders->scratch, piece->words, piece->from, piece->to, orders->written, &found);
	return found.strength >= 3 && found.from > piece->from + 1 && !words_match(piece->words, piece->from, "thời gian");
}

/* The issuer may give itself something to do; without a day it tells what it does. */
static bool sets_itself_a_day(struct orders *orders, const struct orders_piece *piece)
{
	return piece->paragraph->mark && day_strength(orders, piece) >= 3;
}

/* "Về áp dụng Điều 5, các Tòa án nghiên cứu ...": who is to act stands behind what it is about. */
static size_t later_subject(struct orders *orders, const struct orders_piece *piece, struct names *out)
{
	static const char *const abouts[] = {
		"về", "đối với", "trên cơ sở", "từ", "khi", "trường hợp", "để", "trong", "hằng tháng",
		"hằng quý", "hằng năm", "định kỳ", "trước ngày", "sau khi", "căn cứ", "chậm nhất",
		"ngay sau khi", NULL
	};
	const struct words *words = piece->words;
	if (!piece->paragraph->mark || orders_section_now(orders) != SECTION_ORDERS)
		return piece->from;
	bool about = words_match_any(words, piece->from, abouts, NULL) > 0;
	for (size_t i = piece->from; i < piece->to && i < piece->from + LEAD_IN_MAX; i++) {
		if ((words_sign(words, i, '.') && i + 1 < piece->to && words->at[i + 1].gap) || words_sign(words, i, ';'))
			break;
		/* "Dự án đường A: Sở Xây dựng ..." */
		if (!words_sign(words, i, ':') && !(about && words_sign(words, i, ',')))
			continue;
		struct names names = { .count = 0 };
		size_t after = names_read(orders->mem, words, i + 1, piece->to, &names);
		if (after == i + 1)
			continue;
		if ((order_predicate(words, after) || order_action(words, after)) && !is_issuer(orders, &names)) {
			*out = names;
			return after;
		}
		i = after - 1;
	}
	return piece->from;
}

/* "Chủ tịch UBND tỉnh yêu cầu Sở Y tế ...": whoever stands first only passes it on. */
bool orders_passes_on(const struct words *words, size_t i, size_t to)
{
	static const char *const telling[] = { "yêu cầu", "giao", "tiếp tục giao", "thống nhất giao", "đồng ý giao", "phân công", NULL };
	size_t verb = words_match_any(words, i, telling, NULL);
	return verb && name_end(words, i + verb, to) > i + verb;
}

/* The colon behind a list of which only the first names are known: "Sở Y tế; Nhóm Thiện nguyện: Vận động ..." */
static size_t behind_list(const struct words *words, size_t after, size_t to)
{
	if (!words_sign(words, after, ';') && !words_sign(words, after, ','))
		return after;
	for (size_t i = after + 1; i < to && i < after + LIST_MAX && !words_sign(words, i, '.'); i++)
		if (words_sign(words, i, ':'))
			return order_action(words, i + 1) ? i : after;
	return after;
}

/* The names a piece begins with when it tells what they are to do. */
size_t orders_subject(struct orders *orders, const struct orders_piece *piece, struct names *out)
{
	const struct words *words = piece->words;
	struct names names = { .count = 0 };
	size_t from = piece->from + words_match(words, piece->from, "đối với");
	size_t after = names_read(orders->mem, words, from, piece->to, &names);
	if (after == from)
		return later_subject(orders, piece, out);
	if (after == piece->from || (is_issuer(orders, &names) && !sets_itself_a_day(orders, piece)) || (orders->rules && names.vague))
		return piece->from;
	if (orders_passes_on(words, after, piece->to))
		return piece->from;
	after = behind_list(words, after, piece->to);
	if (words_sign(words, after, ':') || words_sign(words, after, ',')) {
		size_t next = after + 1;
		bool listed = words_sign(words, after, ':') &&
			      (order_action(words, next) || orders_section_now(orders) == SECTION_ORDERS || next >= piece->to);
		if (listed || (words_sign(words, after, ',') && order_predicate(words, next))) {
			*out = names;
			return after;
		}
		return piece->from;
	}
	bool plain = order_predicate(words, after) || (piece->paragraph->mark && order_action(words, after));
	/* Below "kết luận như sau:" whoever begins an item is to do what follows, unless it tells what was. */
	bool item = piece->paragraph->mark && orders_section_now(orders) == SECTION_ORDERS && !order_tells(words, after) &&
		    piece->to - after >= ACT_MIN;
	if (!plain && !item)
		return piece->from;
	*out = names;
	return after;
}

static const struct orders_frame *frame_with_lead(const struct orders *orders)
{
	for (int f = orders->frame_count - 1; f >= 0; f--)
		if (orders->frames[f].lead.count)
			return &orders->frames[f];
	return orders->intro.level >= 0 && orders->intro.lead.count ? &orders->intro : NULL;
}

/* Whether a vague name is the beginning of one of several addressees: "các tổ chức thành viên". */
static bool is_addressed(const struct orders *orders, const struct names *own)
{
	size_t length = strlen(own->at[0]);
	const char *name = words_lower(orders->scratch, own->at[0], length);
	for (size_t i = 0; orders->addressees.count > 1 && i < orders->addressees.count; i++) {
		const char *addressee = orders->addressees.at[i];
		const char *lower = words_lower(orders->scratch, addressee, strlen(addressee));
		if (strncmp(lower, name, length) == 0)
			return true;
	}
	return false;
}

/* Who is meant where a piece names nobody, or only "các cơ quan, đơn vị". */
static const struct names *meant(const struct orders *orders, const struct names *own)
{
	if (own->count && (!own->vague || is_addressed(orders, own)))
		return own;
	const struct orders_frame *frame = frame_with_lead(orders);
	if (frame && !frame->lead.vague)
		return &frame->lead;
	if (orders->addressees.count)
		return &orders->addressees;
	if (own->count)
		return own;
	return frame ? &frame->lead : own;
}

enum orders_section orders_section_now(const struct orders *orders)
{
	for (int f = orders->frame_count - 1; f >= 0; f--)
		if (orders->frames[f].section != SECTION_UNKNOWN)
			return orders->frames[f].section;
	return orders->intro.level >= 0 ? orders->intro.section : SECTION_UNKNOWN;
}

static bool under_unit(const struct orders *orders)
{
	for (int f = orders->frame_count - 1; f >= 0; f--)
		if (orders->frames[f].of_unit)
			return true;
	return false;
}

/* Without "./.", the signs at the end, and a stray opening sign. */
size_t orders_trimmed(const struct words *words, size_t from, size_t to)
{
	while (to > from && (words_sign(words, to - 1, '.') || words_sign(words, to - 1, '/') ||
			     words_sign(words, to - 1, ';') || words_sign(words, to - 1, ',') || words_sign(words, to - 1, ':')))
		to--;
	return to;
}

static void deadline_of_task(const struct orders *orders, const struct orders_piece *piece, struct letter_task *task)
{
	struct letter_deadline_found found;
	letter_deadline_find(orders->mem, piece->words, piece->from, piece->to, orders->written, &found);
	if (found.strength < 2) {
		for (int f = orders->frame_count - 1; f >= 0; f--) {
			const struct letter_deadline_found *above = &orders->frames[f].deadline;
			if (above->strength > found.strength) {
				found = *above;
				break;
			}
		}
		if (orders->intro.level >= 0 && orders->intro.deadline.strength > found.strength)
			found = orders->intro.deadline;
	}
	task->deadline = found.deadline;
	task->recurrence = found.recurrence;
}

void orders_label_task(struct orders *orders, struct letter_task *task, const struct orders_labels *labels)
{
	if (labels->lead.count)
		orders_names(orders, &labels->lead, &task->lead, &task->lead_count);
	if (labels->cooperating.count)
		orders_names(orders, &labels->cooperating, &task->cooperating, &task->cooperating_count);
	if (labels->product)
		task->product = labels->product;
	if (!labels->deadline)
		return;
	struct letter_deadline deadline;
	struct letter_recurrence recurrence;
	letter_deadline_read(orders->mem, labels->deadline, orders->written, &deadline, &recurrence);
	if (deadline.kind == LETTER_NO_DEADLINE && task->deadline.kind != LETTER_NO_DEADLINE)
		return;
	task->deadline = deadline;
	task->recurrence = recurrence;
}

/* "(Sở Xây dựng chủ trì, UBND các xã phối hợp)" behind what is to be done. */
static bool in_brackets(struct orders *orders, const struct orders_piece *piece, struct names *out)
{
	const struct words *words = piece->words;
	for (size_t i = piece->from; i + 1 < piece->to; i++) {
		if (!words_sign(words, i, '('))
			continue;
		size_t from = i + 1 + words_match(words, i + 1, "giao");
		size_t after = names_read(orders->mem, words, from, piece->to, out);
		if (after > from && (words_match(words, after, "chủ trì") || words_match(words, after, "thực hiện")))
			return true;
		*out = (struct names){ .count = 0 };
	}
	return false;
}

static void emit(struct orders *orders, const struct orders_piece *piece, const struct names *lead)
{
	const struct words *words = piece->words;
	struct orders_labels labels;
	size_t to = orders_trimmed(words, piece->from, piece->to);
	if (to == piece->from)
		return;
	struct letter_task *task = orders_add(orders);
	if (!task)
		return;
	*task = (struct letter_task){ .text = words_text(orders->mem, words, piece->from, to) };
	task->source = letter_span_of(&piece->paragraph->clean, words->at[piece->from].start, words->at[to - 1].end);
	struct names bracketed = { .count = 0 };
	if (!lead->count && in_brackets(orders, piece, &bracketed))
		lead = &bracketed;
	if (piece->goes_on) {
		task->lead = task[-1].lead;
		task->lead_count = task[-1].lead_count;
	} else {
		orders_names(orders, meant(orders, lead), &task->lead, &task->lead_count);
	}
	struct names cooperating = { .count = 0 };
	orders_cooperating(orders, words, piece->from, piece->to, &cooperating);
	for (int f = orders->frame_count - 1; f >= 0 && !cooperating.count; f--)
		cooperating = orders->frames[f].cooperating;
	orders_names(orders, &cooperating, &task->cooperating, &task->cooperating_count);
	deadline_of_task(orders, piece, task);
	if (!piece->paragraph->mark && order_points_to_annex(words, piece->from, piece->to))
		orders->pointer = orders->count;
	if (orders_labels_read(orders->mem, words, piece->from, piece->to, &labels))
		orders_label_task(orders, task, &labels);
}

void orders_whole(struct orders *orders, const struct letter_paragraph *paragraph, const struct words *words)
{
	struct orders_piece piece = { .paragraph = paragraph, .words = words, .to = words->count };
	struct names lead = { .count = 0 };
	size_t verb;
	if (orders_subject(orders, &piece, &lead) == 0)
		orders_ordered(orders, words, 0, words->count, &lead, &verb);
	emit(orders, &piece, &lead);
}

/* A closing that holds for everything above: "đề nghị hoàn thành các nội dung nêu trên trước ngày ...". */
static bool common_deadline(struct orders *orders, const struct orders_piece *piece, bool names_all)
{
	struct letter_deadline_found found;
	letter_deadline_find(orders->mem, piece->words, piece->from, piece->to, orders->written, &found);
	bool completes = false;
	static const char *const words_of_completion[] = { "hoàn thành", "thực hiện xong", "xong", "triển khai thực hiện", "thực hiện", NULL
	};
	for (size_t i = piece->from; i < piece->to && !completes; i++)
		completes = words_match_any(piece->words, i, words_of_completion, NULL) > 0;
	static const char *const words_of_reports[] = { "báo cáo kết quả", "kết quả thực hiện", "gửi báo cáo", NULL };
	for (size_t i = piece->from; i < piece->to && i < found.from; i++)
		if (words_match_any(piece->words, i, words_of_reports, NULL))
			return false;
	if (!names_all || !completes || found.strength < 2 || !orders->count || found.recurrence.every)
		return false;
	/* Said to one office it is that office's own. */
	struct names all = { .count = 0 };
	size_t verb;
	static const char *const many[] = { "các", "ubnd các", "ủy ban nhân dân các", "toàn thể", "thủ trưởng các", NULL };
	size_t after = orders_ordered(orders, piece->words, piece->from, piece->to, &all, &verb);
	if (after > piece->from && !all.vague && !words_match_any(piece->words, order_verb(piece->words, verb), many, NULL))
		return false;
	orders->common = found.deadline;
	return true;
}

/* Whether the piece is something to do for whoever stands above it. */
static bool inherits(struct orders *orders, const struct orders_piece *piece)
{
	enum orders_section section = orders_section_now(orders);
	if (section == SECTION_OTHER || orders->only_plain)
		return false;
	if (piece->paragraph->mark && strncmp(piece->paragraph->mark, "Điều", strlen("Điều")) == 0)
		return false;
	size_t at = piece->from;
	if (order_praises(piece->words, at))
		return false;
	/* "Người đứng đầu các phòng, đơn vị phải ..." */
	size_t name = name_end(piece->words, at, piece->to);
	bool action = order_action(piece->words, at) ||
		      (name > at && (order_action(piece->words, name) || order_predicate(piece->words, name)));
	if (under_unit(orders))
		return action || is_due(orders, piece) || (piece->paragraph->mark && piece->to - piece->from > 5 && !words_sign(piece->words, at, '('));
	if (!action)
		return piece->paragraph->mark && section == SECTION_ORDERS && is_due(orders, piece);
	if (piece->paragraph->mark)
		return section == SECTION_ORDERS;
	/* Without a mark only what asks for something by a day: "Báo cáo kết quả về ... trước ngày ..." */
	return section == SECTION_ORDERS && day_strength(orders, piece) >= 3 && !order_ground(piece->words, at);
}

static bool invites(const struct orders_piece *piece)
{
	static const char *const coming[] = {
		"tham dự", "dự họp", "về dự", "đến dự", "có mặt", "dự cuộc họp", "dự hội nghị",
		"tham gia họp", NULL
	};
	for (size_t i = piece->from; i < piece->to; i++)
		if (words_match_any(piece->words, i, coming, NULL))
			return true;
	return false;
}

/* What a regulation says of an office is a rule, unless it is to lead or to be done by a day. */
static bool is_rule(struct orders *orders, const struct orders_piece *piece)
{
	for (size_t i = piece->from; i < piece->to; i++)
		if (words_match(piece->words, i, "chủ trì"))
			return false;
	return day_strength(orders, piece) < 2;
}

/* What is told before the sentence of an order is its ground. */
static size_t sentence_start(const struct words *words, size_t from, size_t at)
{
	while (at > from && !(words_sign(words, at - 1, '.') && words->at[at].gap && words->at[at].capital))
		at--;
	return at;
}

void orders_piece(struct orders *orders, const struct orders_piece *piece)
{
	const struct words *words = piece->words;
	struct names lead = { .count = 0 };
	bool names_all = false;
	if (piece->goes_on) {
		emit(orders, piece, &lead);
		return;
	}
	if (piece->to - piece->from < 3 || order_no_instruction(words, piece->from, piece->to))
		return;
	bool closing = order_general_closing(words, piece->from, piece->to, &names_all);
	/* A closing may stand in the last item's paragraph, when its line was joined to it. */
	if (!piece->paragraph->mark || (closing && piece->from)) {
		if (common_deadline(orders, piece, names_all))
			return;
		if (closing && (orders->count || names_all))
			return;
	} else if (closing && names_all && orders->count) {
		return;
	}
	size_t verb = piece->from;
	/* Who stands first acts: "Sở A ... đề nghị UBND tỉnh" is Sở A's. */
	size_t after = orders_subject(orders, piece, &lead);
	bool acts = after > piece->from && !orders->only_plain;
	if (!acts) {
		lead = (struct names){ .count = 0 };
		after = order_ground(words, piece->from) || !order_action(words, piece->from) ||
					order_verb(words, piece->from) > piece->from
				? orders_ordered(orders, words, piece->from, piece->to, &lead, &verb) : piece->from;
	}
	if (after > piece->from) {
		/* A title: nothing stands behind the names. */
		if (orders_trimmed(words, after, piece->to) == after)
			return;
		if (acts && order_answers_only(words, after, piece->to))
			return;
		/* "Các cơ quan, đơn vị chủ động ..." among the aims of a plan */
		bool said = orders_section_now(orders) != SECTION_OTHER ||
			    (acts ? !lead.vague || day_strength(orders, piece) >= 2 : verb == piece->from);
		bool asks = orders->only_plain && (invites(piece) || order_asks_decision(words, piece->from, piece->to));
		if (said && !asks && !(orders->rules && acts && is_rule(orders, piece))) {
			struct orders_piece order = *piece;
			if (!acts && !piece->paragraph->mark)
				order.from = sentence_start(words, piece->from, verb);
			emit(orders, &order, &lead);
		}
		return;
	}
	if (inherits(orders, piece))
		emit(orders, piece, &(struct names){ .count = 0 });
}
