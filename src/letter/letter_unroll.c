#include <string.h>

#include "letter/letter_head.h"
#include "letter/letter_text.h"

/*
 * A letter whose lines a web page ran together: one line holds issuer, motto,
 * number, date and all. It is cut where the parts of a letter begin.
 */
enum { SHORTEST = 100, DATE_MAX = 60 };

static const char motto[] = "CHỦ NGHĨA VIỆT NAM";

static bool stands_at(const char *text, size_t at, size_t length, const char *words, size_t *size)
{
	*size = strlen(words);
	return length - at >= *size && !memcmp(text + at, words, *size);
}

static bool any_at(const char *text, size_t at, size_t length, const char *const *words, size_t *size)
{
	for (; *words; words++)
		if (stands_at(text, at, length, *words, size))
			return true;
	return false;
}

static bool capital_at(const char *text, size_t at, size_t length)
{
	size_t size;
	uint32_t c = at < length ? letter_char(text, at, length, &size) : ' ';
	return letter_small(c) != c;
}

bool letter_is_rolled(const char *text, size_t length)
{
	static const char *const seconds[] = { "Hạnh phúc", "Hạnh Phúc", NULL };
	size_t size;
	bool first = false;
	for (size_t at = 0; at < length && length >= SHORTEST; at++) {
		first = first || stands_at(text, at, length, motto, &size);
		if (first && any_at(text, at, length, seconds, &size))
			return true;
	}
	return false;
}

/* The length of a rule between the parts: "-------". */
static size_t rule_at(const char *text, size_t at, size_t length)
{
	size_t end = at;
	while (end < length && (text[end] == '-' || text[end] == '_'))
		end++;
	return end - at >= 3 ? end - at : 0;
}

/* The begin of an item, behind the end of what is before: "; - Sở B", ": 1. Giao". */
static bool item_at(const char *text, size_t at, size_t length)
{
	if (at < 2 || text[at - 1] != ' ' || !strchr(";:.,", text[at - 2]))
		return false;
	if (text[at] == '-')
		return at + 2 < length && text[at + 1] == ' ' && capital_at(text, at + 2, length);
	size_t digits = at;
	while (digits < length && digits < at + 2 && text[digits] >= '0' && text[digits] <= '9')
		digits++;
	return digits > at && digits + 2 < length && text[digits] == '.' && text[digits + 1] == ' ' &&
	       capital_at(text, digits + 2, length);
}

/* Where a date that ", ngày" at `at` begins ends; 0: none does. */
static size_t date_behind(const char *text, size_t at, size_t length)
{
	size_t size, year;
	if (!stands_at(text, at, length, ", ngày", &size))
		return 0;
	size_t end = length - at < DATE_MAX ? length : at + DATE_MAX;
	for (year = at + size; year + 4 <= end; year++)
		if (stands_at(text, year, end, "năm ", &size))
			break;
	size_t behind = year + strlen("năm ");
	while (behind < length && text[behind] >= '0' && text[behind] <= '9')
		behind++;
	return year + 4 <= end ? behind : 0;
}

size_t letter_unroll(const char *text, size_t length)
{
	static const char *const begins[] = { "CỘNG HÒA XÃ HỘI", "Độc lập ", "Độc Lập ", "Số:", "Số :", "V/v", "Kính gửi", "Căn cứ ", "Nơi nhận",
					      "QUYẾT ĐỊNH:", "QUYẾT NGHỊ:", "Điều 1.", "Điều 2.", "Điều 3.", "Điều 4.", "TM. ", "KT. ",
					      "TL. ", "TUQ. ", "(đã ký)", "(Đã ký)", NULL };
	static const char *const ends[] = { motto, "Hạnh phúc", "Hạnh Phúc", "(đã ký)", "(Đã ký)", NULL };
	size_t size, rule = rule_at(text, 0, length);
	if (rule)
		return rule;
	for (size_t at = 0; at < length; at++) {
		if (((unsigned char)text[at] & 0xc0) == 0x80)
			continue;
		size_t behind = date_behind(text, at, length);
		if (behind)
			return behind;
		bool word = at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t');
		if (word && (any_at(text, at, length, begins, &size) || item_at(text, at, length) || rule_at(text, at, length)))
			return at;
		if (word && text[0] == 'K' && stands_at(text, at, length, "PHÓ ", &size)) /* "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" */
			return at;
		if (any_at(text, at, length, ends, &size))
			return at + size;
		/* The sentence behind the last of a list. */
		if (word && at > 2 && text[at - 2] == '.' && text[0] == '-' && capital_at(text, at, length))
			return at;
		if (text[at] == '\t' && at > 0)
			return at;
	}
	return length;
}
