#include "account/account_rules.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { KIND_LOWER = 1, KIND_UPPER = 2, KIND_DIGIT = 4, KIND_OTHER = 8, KIND_ALL = 15 };

static unsigned kinds_of(const char *password)
{
	unsigned kinds = 0;
	for (const char *p = password; *p != '\0'; p++) {
		if (*p >= 'a' && *p <= 'z')
			kinds |= KIND_LOWER;
		else if (*p >= 'A' && *p <= 'Z')
			kinds |= KIND_UPPER;
		else if (*p >= '0' && *p <= '9')
			kinds |= KIND_DIGIT;
		else
			kinds |= KIND_OTHER;
	}
	return kinds;
}

/* Folded, and without the spaces: "Mật khẩu@2026" is "matkhau2026". */
static char *squeeze(struct arena *mem, const char *text)
{
	char *fold = text_fold(mem, text);
	char *to = fold;
	for (const char *from = fold; *from != '\0'; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = '\0';
	return fold;
}

/* What people write for letters, p@ssw0rd, without the digits and signs put behind. */
static char *without_disguise(struct arena *mem, const char *password)
{
	static const char signs[] = "@4013$5!7";
	static const char letters[] = "aaoiessit";
	char *plain = arena_strdup(mem, password);
	size_t end = strlen(plain);
	while (end > 0 && strchr("0123456789!@#$%^&*.-_ ", plain[end - 1]) != NULL)
		plain[--end] = '\0';
	for (char *p = plain; *p != '\0'; p++) {
		const char *sign = strchr(signs, *p);
		if (sign != NULL)
			*p = letters[sign - signs];
	}
	return squeeze(mem, plain);
}

static bool listed(const struct password_facts *facts, const char *word, size_t length)
{
	const char *at = facts->common;
	const char *end = facts->common + facts->common_size;
	while (at < end) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		size_t line = (size_t)((line_end != NULL ? line_end : end) - at);
		if (line == length && memcmp(at, word, length) == 0)
			return true;
		at += line + 1;
	}
	return false;
}

/* The shortest piece whose repetition gives the whole word; its own length when nothing repeats. */
static size_t repeated_piece(const char *word, size_t length)
{
	for (size_t piece = 1; piece <= length / 2; piece++)
		if (length % piece == 0 && memcmp(word, word + piece, length - piece) == 0)
			return piece;
	return length;
}

static bool is_run(const char *word, size_t length)
{
	size_t up = 1;
	size_t down = 1;
	for (size_t i = 1; i < length; i++) {
		int step = word[i] - word[i - 1];
		/* 90 continues 1234567890 upwards, 09 downwards. */
		up += step == 1 || (word[i - 1] == '9' && word[i] == '0');
		down += step == -1 || (word[i - 1] == '0' && word[i] == '9');
	}
	return up == length || down == length;
}

/* A word of the list, alone, repeated, or with digits around it; a run; one piece over and over. */
static bool is_common(const struct password_facts *facts, const char *word)
{
	size_t length = strlen(word);
	if (length == 0 || listed(facts, word, length) || is_run(word, length))
		return true;
	size_t piece = repeated_piece(word, length);
	if (piece <= 4 || (piece < length && is_run(word, piece)))
		return true;
	size_t start = strspn(word, "0123456789");
	while (length > start && word[length - 1] >= '0' && word[length - 1] <= '9')
		length--;
	const char *core = word + start;
	length -= start;
	if (length == 0)
		return false;
	piece = repeated_piece(core, length);
	return listed(facts, core, piece) || (length > 4 && (piece == 1 || is_run(core, length)));
}

static bool holds_name(struct arena *mem, const char *folded, const char *name)
{
	if (name == NULL)
		return false;
	const char *word = squeeze(mem, name);
	return strlen(word) >= 4 && strstr(folded, word) != NULL;
}

enum error_code password_check(struct arena *mem, const char *password, const struct password_facts *facts)
{
	size_t length = text_length(password);
	if ((int64_t)length < facts->minimum)
		return ERR_password_too_short;
	if (strlen(password) > PASSWORD_MAX)
		return ERR_password_too_long;
	if (facts->four_kinds && kinds_of(password) != KIND_ALL)
		return ERR_password_needs_kinds;
	const char *folded = squeeze(mem, password);
	if (holds_name(mem, folded, facts->username) || holds_name(mem, folded, facts->full_name))
		return ERR_password_has_name;
	if (is_common(facts, folded))
		return ERR_password_common;
	const char *plain = without_disguise(mem, password);
	if (listed(facts, plain, repeated_piece(plain, strlen(plain))))
		return ERR_password_common;
	return ERR_none;
}

/* 24 upper, 24 lower, 8 digits: nothing that is read as another. */
static char letter_of(uint8_t byte, int place)
{
	static const char upper[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
	static const char lower[] = "abcdefghijkmnpqrstuvwxyz";
	static const char digits[] = "23456789";
	switch (place) {
	case 0:
		return upper[byte % (sizeof(upper) - 1)];
	case 3:
		return digits[byte % (sizeof(digits) - 1)];
	default:
		return lower[byte % (sizeof(lower) - 1)];
	}
}

void password_from_bytes(const uint8_t bytes[16], char out[INITIAL_PASSWORD_MAX])
{
	size_t at = 0;
	for (int i = 0; i < 16; i++) {
		if (i > 0 && i % 4 == 0)
			out[at++] = '-';
		out[at++] = letter_of(bytes[i], i % 4);
	}
	out[at] = '\0';
}
