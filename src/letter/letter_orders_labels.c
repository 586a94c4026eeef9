#include "letter/letter_orders.h"

#include <string.h>

#include "base/arena.h"

enum label { LABEL_LEAD, LABEL_COOPERATING, LABEL_PRODUCT, LABEL_DEADLINE, LABEL_OTHER };

static const struct {
	const char *phrase;
	enum label label;
} labels[] = {
	{ "cơ quan chủ trì", LABEL_LEAD }, { "đơn vị chủ trì", LABEL_LEAD }, { "chủ trì", LABEL_LEAD },
	{ "chủ trì thực hiện", LABEL_LEAD }, { "cơ quan chủ trì thực hiện", LABEL_LEAD },
	{ "đơn vị chủ trì thực hiện", LABEL_LEAD }, { "cơ quan, đơn vị chủ trì", LABEL_LEAD },
	{ "cơ quan thực hiện", LABEL_LEAD }, { "đơn vị thực hiện", LABEL_LEAD },
	{ "cơ quan, đơn vị thực hiện", LABEL_LEAD }, { "đơn vị chịu trách nhiệm", LABEL_LEAD },
	{ "cơ quan chịu trách nhiệm", LABEL_LEAD }, { "chịu trách nhiệm", LABEL_LEAD },
	{ "phân công thực hiện", LABEL_LEAD }, { "đơn vị đầu mối", LABEL_LEAD },
	{ "cơ quan đầu mối", LABEL_LEAD }, { "phụ trách", LABEL_LEAD },
	{ "trách nhiệm thực hiện", LABEL_LEAD }, { "đơn vị chủ trì tham mưu", LABEL_LEAD },
	{ "cơ quan chủ trì tham mưu", LABEL_LEAD }, { "cơ quan phối hợp", LABEL_COOPERATING },
	{ "đơn vị phối hợp", LABEL_COOPERATING }, { "phối hợp", LABEL_COOPERATING },
	{ "phối hợp thực hiện", LABEL_COOPERATING }, { "cơ quan phối hợp thực hiện", LABEL_COOPERATING },
	{ "đơn vị phối hợp thực hiện", LABEL_COOPERATING },
	{ "cơ quan, đơn vị phối hợp", LABEL_COOPERATING }, { "sản phẩm", LABEL_PRODUCT },
	{ "kết quả", LABEL_PRODUCT }, { "sản phẩm dự kiến", LABEL_PRODUCT },
	{ "kết quả, sản phẩm", LABEL_PRODUCT }, { "sản phẩm, kết quả", LABEL_PRODUCT },
	{ "sản phẩm đầu ra", LABEL_PRODUCT }, { "kết quả dự kiến", LABEL_PRODUCT },
	{ "sản phẩm hoàn thành", LABEL_PRODUCT }, { "kết quả đầu ra", LABEL_PRODUCT },
	{ "dự kiến sản phẩm", LABEL_PRODUCT }, { "dự kiến kết quả", LABEL_PRODUCT },
	{ "hình thức văn bản", LABEL_PRODUCT }, { "kết quả cần đạt", LABEL_PRODUCT },
	{ "yêu cầu sản phẩm", LABEL_PRODUCT }, { "sản phẩm, kết quả dự kiến", LABEL_PRODUCT },
	{ "thời gian hoàn thành", LABEL_DEADLINE }, { "thời hạn hoàn thành", LABEL_DEADLINE },
	{ "thời gian thực hiện", LABEL_DEADLINE }, { "thời hạn thực hiện", LABEL_DEADLINE },
	{ "thời gian", LABEL_DEADLINE }, { "thời hạn", LABEL_DEADLINE }, { "tiến độ", LABEL_DEADLINE },
	{ "tiến độ thực hiện", LABEL_DEADLINE }, { "tiến độ hoàn thành", LABEL_DEADLINE },
	{ "hạn hoàn thành", LABEL_DEADLINE }, { "hoàn thành", LABEL_DEADLINE },
	{ "thời gian trình", LABEL_DEADLINE }, { "hạn cuối", LABEL_DEADLINE },
	{ "thời gian, tiến độ", LABEL_DEADLINE }, { "kinh phí", LABEL_OTHER },
	{ "kinh phí thực hiện", LABEL_OTHER }, { "nguồn kinh phí", LABEL_OTHER },
	{ "lãnh đạo phụ trách", LABEL_OTHER }, { "ghi chú", LABEL_OTHER }, { "địa điểm", LABEL_OTHER },
	{ "thành phần", LABEL_OTHER }, { "cấp trình", LABEL_OTHER },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The word behind a label and its colon; `i` when none stands there. */
static size_t label_at(const struct words *words, size_t i, enum label *label)
{
	size_t best = 0;
	for (size_t l = 0; l < COUNT(labels); l++) {
		size_t taken = words_match(words, i, labels[l].phrase);
		if (taken > best && (words_sign(words, i + taken, ':') || words_match(words, i + taken, "là:"))) {
			best = taken;
			*label = labels[l].label;
		}
	}
	return best ? i + best + 1 : i;
}

/* Whether a label may begin at word `i`: at the start or behind a sign. */
static bool label_place(const struct words *words, size_t i, size_t from)
{
	if (i == from || words->at[i].capital)
		return true;
	char before = words->at[i - 1].kind;
	return before == ';' || before == '.' || before == ',' || before == '(' || before == '-' || before == '+' || before == ')';
}

static size_t value_end(const struct words *words, size_t from, size_t to, enum label label, size_t *next)
{
	size_t end = to;
	*next = to;
	enum label other;
	for (size_t i = from; i < to; i++) {
		if (label_place(words, i, from) && label_at(words, i, &other) > i) {
			*next = i;
			end = end < i ? end : i;
			break;
		}
		bool stop = words_sign(words, i, '.') && (i + 1 == to || words->at[i + 1].gap);
		stop = stop || (words_sign(words, i, ';') && label != LABEL_LEAD && label != LABEL_COOPERATING);
		if (stop && end == to)
			end = i;
	}
	while (end > from && words->at[end - 1].kind != 'a' && words->at[end - 1].kind != '0' &&
	       words->at[end - 1].kind != ')' && words->at[end - 1].kind != '?')
		end--;
	return end;
}

/* "Thời gian: 14 giờ 00, ngày 07/9/2026" tells of a meeting. */
static bool is_hour(const struct words *words, size_t value)
{
	value += words_match(words, value, "từ") + words_match(words, value, "lúc") + words_match(words, value, "vào lúc");
	return value + 1 < words->count && words->at[value].kind == '0' &&
	       (words_match(words, value + 1, "giờ") || words_match(words, value + 1, "h") || words_sign(words, value + 1, ':'));
}

bool orders_label_first(const struct words *words, size_t from)
{
	enum label label;
	size_t value = label_at(words, from, &label);
	return value > from && label != LABEL_OTHER && !(label == LABEL_DEADLINE && is_hour(words, value));
}

bool orders_labels_read(struct arena *mem, const struct words *words, size_t from, size_t to, struct orders_labels *out)
{
	*out = (struct orders_labels){ .from = to };
	for (size_t i = from; i < to; i++) {
		enum label label;
		if (!label_place(words, i, from))
			continue;
		size_t value = label_at(words, i, &label);
		if (value == i)
			continue;
		size_t next;
		size_t end = value_end(words, value, to, label, &next);
		if (!out->any)
			out->from = i;
		out->any = true;
		if (label == LABEL_LEAD)
			names_read(mem, words, value, end, &out->lead);
		else if (label == LABEL_COOPERATING)
			names_read(mem, words, value, end, &out->cooperating);
		else if (label == LABEL_PRODUCT && end > value)
			out->product = words_text(mem, words, value, end);
		else if (label == LABEL_DEADLINE && end > value)
			out->deadline = words_text(mem, words, value, end);
		i = next > i ? next - 1 : i;
	}
	return out->any;
}
