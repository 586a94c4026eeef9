#include "letter/letter_orders.h"

enum { TITLE_MAX = 20 }; /* words */

/* "(i)", "(ii)", "(1)" inside a sentence: the number, 0 when it is none. */
static int inline_mark(const struct words *words, size_t i)
{
	static const char *const romans[] = { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", NULL };
	size_t which;
	if (!words_sign(words, i, '(') || !words_sign(words, i + 2, ')'))
		return 0;
	if (words->at[i + 1].number > 0)
		return words->at[i + 1].number;
	return words_match_any(words, i + 1, romans, &which) == 1 ? (int)which + 1 : 0;
}

static size_t find_mark(const struct words *words, size_t from, int number)
{
	for (size_t i = from; i + 2 < words->count; i++)
		if (inline_mark(words, i) == number)
			return i;
	return words->count;
}

/* "Giao Sở X: (i) ...; (ii) ...": one task each. */
static bool inline_items(struct orders *orders, const struct letter_paragraph *paragraph, const struct words *words)
{
	size_t first = find_mark(words, 0, 1);
	if (first == words->count || find_mark(words, first + 3, 2) == words->count)
		return false;
	if (orders->frame_count == ORDERS_FRAMES_MAX)
		return false;
	struct orders_frame *frame = &orders->frames[orders->frame_count];
	*frame = (struct orders_frame){ .level = 1000, .section = SECTION_ORDERS, .first_task = orders->count };
	struct orders_piece head = { .paragraph = paragraph, .words = words, .from = 0, .to = first };
	size_t verb;
	size_t named = first ? orders_subject(orders, &head, &frame->lead) : 0;
	if (!named)
		named = orders_ordered(orders, words, 0, first, &frame->lead, &verb);
	frame->of_unit = named > 0;
	if (!named && (orders_section_now(orders) != SECTION_ORDERS || orders->only_plain))
		return false;
	orders_cooperating(orders, words, 0, first, &frame->cooperating);
	letter_deadline_find(orders->mem, words, 0, first, orders->written, &frame->deadline);
	orders->frame_count++;
	struct letter_paragraph item = *paragraph;
	item.mark = "(i)";
	for (int number = 1; first < words->count; number++) {
		size_t next = find_mark(words, first + 3, number + 1);
		struct orders_piece piece = { .paragraph = &item, .words = words, .from = first + 3, .to = next };
		if (words_match(words, piece.to - 1, "và"))
			piece.to--;
		orders_piece(orders, &piece);
		first = next;
	}
	orders->frame_count--;
	return true;
}

/* Whether another order begins at word `i`: "; giao Sở Y ...", ". Sở Z chủ trì ...". */
static bool order_begins(const struct words *words, size_t i, bool sentence)
{
	static const char *const leads_in[] = { "đồng thời", "đồng thời,", "riêng", "bên cạnh đó,", "ngoài ra,", NULL };
	static const char *const leading[] = {
		"chủ trì", "có trách nhiệm", "chịu trách nhiệm", "căn cứ", "trực tiếp", "khẩn trương", NULL
	};
	i += words_match_any(words, i, leads_in, NULL);
	if (orders_label_first(words, i))
		return false;
	size_t name = order_verb(words, i);
	if (name > i)
		return name_end(words, name, words->count) > name;
	size_t end = name_end(words, i, words->count);
	if (end == i)
		return false;
	if (words_match_any(words, end, leading, NULL))
		return true;
	return sentence && (words_sign(words, end, ':') || orders_passes_on(words, end, words->count));
}

/* The end of the sentence or clause that begins at word `i`. */
static size_t clause_end(const struct words *words, size_t i)
{
	while (i < words->count && !words_sign(words, i, ';') &&
	       !(words_sign(words, i, '.') && i + 1 < words->count && words->at[i + 1].gap && words->at[i + 1].capital))
		i++;
	return i;
}

/* "Công an xã: xây dựng ...; Ban Chỉ huy Quân sự xã: chuẩn bị ...": what begins with an office that is to act. */
static bool is_told(const struct words *words, size_t i)
{
	size_t end = name_end(words, i, words->count);
	return end > i && (words_sign(words, end, ':') || order_action(words, end) || order_predicate(words, end));
}

/* "; Sở Xây dựng thẩm định trong vòng 10 ngày" */
static bool does_by_a_day(struct orders *orders, const struct words *words, size_t i)
{
	struct letter_deadline_found found;
	size_t name = name_end(words, i, words->count);
	if (name == i || !order_action(words, name))
		return false;
	letter_deadline_find(orders->scratch, words, name, clause_end(words, name), orders->written, &found);
	return found.strength >= 2;
}

/* A paragraph that is being cut where another order begins. */
struct cutting {
	struct orders_piece piece;
	struct letter_deadline_found deadline; /* the strongest one of the piece so far */
	size_t clause;                         /* where its last clause begins */
	bool ordered;
	bool idle;                             /* the piece so far is no task */
};

static void clause_ends(struct orders *orders, struct cutting *cutting, size_t end)
{
	struct letter_deadline_found found;
	letter_deadline_find(orders->scratch, cutting->piece.words, cutting->clause, end, orders->written, &found);
	if (found.strength > cutting->deadline.strength)
		cutting->deadline = found;
	cutting->clause = end;
}

/* "..., hoàn thành trước ngày 31/5; định kỳ hằng quý báo cáo trước ngày 20": one task is done once, the other recurs. */
static bool goes_on(struct orders *orders, const struct cutting *cutting, size_t next, bool sentence)
{
	struct letter_deadline_found found;
	const struct words *words = cutting->piece.words;
	if (orders->only_plain || cutting->deadline.strength < 3 || !order_action(words, next))
		return false;
	letter_deadline_find(orders->scratch, words, next, clause_end(words, next), orders->written, &found);
	if (found.strength < 3)
		return false;
	return sentence || !cutting->deadline.recurrence.every != !found.recurrence.every;
}

/* The word behind the names that the piece orders: a list of names may have ";" between them. */
static size_t behind_names(struct orders *orders, const struct orders_piece *piece)
{
	struct names names = { .count = 0 };
	size_t from = order_verb(piece->words, piece->from);
	return names_read(orders->scratch, piece->words, from, piece->words->count, &names);
}

/* Ends the piece before word `next`, when something else is to be done from there. */
static void cut_at(struct orders *orders, struct cutting *cutting, size_t next, bool sentence)
{
	struct orders_piece *piece = &cutting->piece;
	clause_ends(orders, cutting, next);
	if (!cutting->ordered) /* only behind a first order: else grounds and facts stand there */
		cutting->ordered = order_begins(piece->words, piece->from, true);
	bool begins = order_begins(piece->words, next, sentence) || does_by_a_day(orders, piece->words, next) ||
		      (is_told(piece->words, piece->from) && is_told(piece->words, next));
	bool another = begins && (cutting->ordered || sentence || piece->paragraph->mark) &&
		       next > behind_names(orders, piece);
	bool on = !another && !cutting->idle && goes_on(orders, cutting, next, sentence);
	if (!another && !on)
		return;
	size_t had = orders->count;
	piece->to = next;
	orders_piece(orders, piece);
	cutting->idle = on && orders->count == had;
	if (cutting->idle)
		return;
	*piece = (struct orders_piece){ .paragraph = piece->paragraph, .words = piece->words, .from = next, .goes_on = on };
	cutting->deadline = (struct letter_deadline_found){ 0 };
	cutting->ordered = cutting->ordered || another;
}

/* "Đào tạo nhân lực Giao Sở Nội vụ ...": a line was joined to the title above it. */
static bool title_ends(const struct words *words, size_t i)
{
	size_t name = words->at[i - 1].kind == 'a' && words->at[i].capital ? order_verb(words, i) : i;
	return name > i && name_end(words, name, words->count) > name;
}

void orders_leaf(struct orders *orders, const struct letter_paragraph *paragraph, const struct words *words)
{
	if (inline_items(orders, paragraph, words))
		return;
	struct cutting cutting = { .piece = { .paragraph = paragraph, .words = words } };
	size_t end = words->count;
	for (size_t i = 0; i + 1 < words->count && end == words->count; i++) {
		bool sentence = words_sign(words, i, '.') && words->at[i + 1].gap && words->at[i + 1].capital;
		if (i < TITLE_MAX && !cutting.piece.from && title_ends(words, i + 1))
			cutting.piece.from = cutting.clause = i + 1;
		else if (sentence && order_trailer(words, i + 1))
			end = i + 1;
		else if (sentence || words_sign(words, i, ';'))
			cut_at(orders, &cutting, i + 1, sentence);
	}
	cutting.piece.to = end;
	orders_piece(orders, &cutting.piece);
}
