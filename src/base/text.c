#include "base/text.h"

#include <pthread.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/utf8.h"

/* ICU's instances: process-wide, made once, only read after that, which ICU allows from any thread. */
static pthread_once_t icu_once = PTHREAD_ONCE_INIT;
static const UNormalizer2 *nfc;
static const UNormalizer2 *nfd;
static UCollator *collator;

static void icu_open(void)
{
	UErrorCode status = U_ZERO_ERROR;
	nfc = unorm2_getNFCInstance(&status);
	nfd = unorm2_getNFDInstance(&status);
	collator = ucol_open("vi", &status);
	if (U_FAILURE(status))
		die("ICU cannot be used: %s", u_errorName(status));
}

static void icu_check(UErrorCode status)
{
	if (U_FAILURE(status))
		die("ICU failed: %s", u_errorName(status));
}

bool text_valid(const char *bytes, size_t length)
{
	const unsigned char *at = (const unsigned char *)bytes;
	const unsigned char *end = at + length;
	while (at < end) {
		if (*at < 0x80) {
			if (*at == 0x7f || (*at < ' ' && *at != '\t' && *at != '\n' && *at != '\r'))
				return false;
			at++;
			continue;
		}
		size_t sequence = utf8_sequence(at, (size_t)(end - at));
		/* U+0080 to U+009F are control characters too. */
		if (!sequence || (at[0] == 0xc2 && at[1] < 0xa0))
			return false;
		at += sequence;
	}
	return true;
}

static bool is_ascii(const char *text)
{
	while (*text)
		if ((unsigned char)*text++ >= 0x80)
			return false;
	return true;
}

/*
 * Whether every character is from ranges that hold only what NFC leaves
 * alone: Latin up to U+02FF, the composed letters U+1E00 to U+1EFF (all of
 * Vietnamese), dashes and quotes U+2010 to U+2027. Spares ICU nearly always.
 */
static bool surely_nfc(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	const unsigned char *end = at + strlen(text);
	while (at < end) {
		size_t sequence = utf8_sequence(at, (size_t)(end - at));
		if (!sequence)
			return false;
		uint32_t c = utf8_code_point(at, sequence);
		if (c >= 0x300 && !(c >= 0x1e00 && c <= 0x1eff) && !(c >= 0x2010 && c <= 0x2027))
			return false;
		at += sequence;
	}
	return true;
}

static int32_t icu_length(size_t length)
{
	/* A character grows at most eighteenfold in NFD; far below for what people write. */
	if (length > INT32_MAX / 32)
		die("a text of %zu bytes is too long for ICU", length);
	return (int32_t)length;
}

/* UTF-16 for ICU; malformed bytes become U+FFFD. */
static UChar *to_utf16(struct arena *mem, const char *text, int32_t *length)
{
	int32_t bytes = icu_length(strlen(text));
	UChar *out = ARENA_ARRAY(mem, UChar, (size_t)bytes + 1);
	UErrorCode status = U_ZERO_ERROR;
	u_strFromUTF8WithSub(out, bytes + 1, length, text, bytes, 0xfffd, NULL, &status);
	icu_check(status);
	return out;
}

static char *from_utf16(struct arena *mem, const UChar *text, int32_t length)
{
	int32_t room = length * 3 + 1;
	char *out = arena_alloc(mem, (size_t)room);
	UErrorCode status = U_ZERO_ERROR;
	u_strToUTF8WithSub(out, room, NULL, text, length, 0xfffd, NULL, &status);
	icu_check(status);
	return out;
}

static UChar *normalize(struct arena *mem, const UNormalizer2 *form, const UChar *text, int32_t *length)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = *length + *length / 2 + 16;
	UChar *out = ARENA_ARRAY(mem, UChar, (size_t)room);
	int32_t needed = unorm2_normalize(form, text, *length, out, room, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR) {
		status = U_ZERO_ERROR;
		room = needed + 1;
		out = ARENA_ARRAY(mem, UChar, (size_t)room);
		needed = unorm2_normalize(form, text, *length, out, room, &status);
	}
	icu_check(status);
	*length = needed;
	return out;
}

char *text_nfc(struct arena *mem, const char *text)
{
	if (surely_nfc(text))
		return arena_strdup(mem, text);
	pthread_once(&icu_once, icu_open);
	int32_t length;
	UChar *wide = to_utf16(mem, text, &length);
	wide = normalize(mem, nfc, wide, &length);
	return from_utf16(mem, wide, length);
}

/* A folded text under way: words parted by single spaces. */
struct folded {
	char *out;
	size_t length;
	bool gap;
};

static void fold_add(struct folded *to, UChar32 c)
{
	if (to->gap && to->length)
		to->out[to->length++] = ' ';
	to->gap = false;

	int32_t at = (int32_t)to->length;
	if (c < 0x80)
		to->out[at++] = (char)c;
	else
		U8_APPEND_UNSAFE(to->out, at, c);
	to->length = (size_t)at;
}

static char *fold_ascii(struct arena *mem, const char *text)
{
	struct folded to = { .out = arena_alloc(mem, strlen(text) + 1) };
	for (const char *at = text; *at; at++) {
		char c = *at;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			fold_add(&to, c);
		else
			to.gap = true;
	}
	to.out[to.length] = '\0';
	return to.out;
}

char *text_fold(struct arena *mem, const char *text)
{
	if (is_ascii(text))
		return fold_ascii(mem, text);
	pthread_once(&icu_once, icu_open);
	int32_t length;
	UChar *wide = to_utf16(mem, text, &length);
	wide = normalize(mem, nfd, wide, &length);

	/* At most 3 bytes a unit, and lower case stays within one character. */
	struct folded to = { .out = arena_alloc(mem, (size_t)length * 3 + 1) };
	for (int32_t i = 0; i < length;) {
		UChar32 c;
		U16_NEXT(wide, i, length, c);
		uint32_t category = U_GET_GC_MASK(c);
		if (category & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK))
			continue;
		if (!(category & (U_GC_L_MASK | U_GC_N_MASK | U_GC_MC_MASK))) {
			to.gap = true;
			continue;
		}
		c = u_tolower(c);
		fold_add(&to, c == 0x111 ? 'd' : c);
	}
	to.out[to.length] = '\0';
	return to.out;
}

int text_compare(const char *a, const char *b)
{
	pthread_once(&icu_once, icu_open);
	UErrorCode status = U_ZERO_ERROR;
	UCollationResult order = ucol_strcollUTF8(collator, a, -1, b, -1, &status);
	icu_check(status);
	/* What the alphabet holds equal still gets one order everywhere. */
	return order == UCOL_EQUAL ? strcmp(a, b) : (int)order;
}

char *text_sort_key(struct arena *mem, const char *text)
{
	pthread_once(&icu_once, icu_open);
	int32_t length;
	UChar *wide = to_utf16(mem, text, &length);
	/* With the final zero byte, which ends a key before that of any longer text. */
	int32_t size = ucol_getSortKey(collator, wide, length, NULL, 0);
	uint8_t *key = arena_alloc(mem, (size_t)size);
	if (ucol_getSortKey(collator, wide, length, key, size) != size)
		die("ICU gave two lengths for one sort key");
	return hex_encode(key, (size_t)size, arena_alloc(mem, 2 * (size_t)size + 1));
}

size_t text_length(const char *text)
{
	size_t count = 0;
	for (; *text; text++)
		if (((unsigned char)*text & 0xc0) != 0x80)
			count++;
	return count;
}

/* White space, and the invisible characters that spreadsheets and web pages leave at the ends. */
static bool is_space(uint32_t c)
{
	return u_isUWhiteSpace((UChar32)c) || c == 0x200b || c == 0xfeff;
}

char *text_trim(struct arena *mem, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	const unsigned char *end = at + strlen(text);
	while (at < end) {
		size_t sequence = utf8_sequence(at, (size_t)(end - at));
		if (!sequence || !is_space(utf8_code_point(at, sequence)))
			break;
		at += sequence;
	}
	while (end > at) {
		const unsigned char *last = end - 1;
		while (last > at && (*last & 0xc0) == 0x80)
			last--;
		size_t sequence = utf8_sequence(last, (size_t)(end - last));
		if (sequence != (size_t)(end - last) || !is_space(utf8_code_point(last, sequence)))
			break;
		end = last;
	}
	return arena_strndup(mem, (const char *)at, (size_t)(end - at));
}

bool text_equal(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(a, b) == 0;
}

bool text_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_ends(const char *text, const char *suffix)
{
	size_t length = strlen(text);
	size_t tail = strlen(suffix);
	return tail <= length && memcmp(text + length - tail, suffix, tail) == 0;
}

bool text_to_int(const char *text, int64_t low, int64_t high, int64_t *out)
{
	if (!text)
		return false;
	bool negative = *text == '-';
	const char *at = text + negative;
	if (!*at)
		return false;
	int64_t value = 0;
	for (; *at; at++) {
		if (*at < '0' || *at > '9')
			return false;
		int64_t digit = negative ? '0' - *at : *at - '0';
		if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, digit, &value))
			return false;
	}
	if (value < low || value > high)
		return false;
	*out = value;
	return true;
}

char *text_fill(struct arena *mem, const char *sentence, const char *const *args, size_t count)
{
	struct buf out;

	buf_init(&out, mem, 0);
	for (const char *at = sentence; *at; at++) {
		size_t which = at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}' ? (size_t)(at[1] - '0') : count;

		if (which < count) {
			buf_add_text(&out, args[which]);
			at += 2;
		} else {
			buf_add_char(&out, *at);
		}
	}
	return out.data ? out.data : arena_strdup(mem, "");
}
