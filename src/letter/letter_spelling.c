#include <string.h>

#include "letter/letter_text.h"
#include "letter/letter_words.h"

/* Small letters; no phrase that differs from another by the marks of one syllable ("công an", "công ăn"). */
static const char *const phrases[] = {
	"bảo đảm", "báo cáo", "ban hành", "căn cứ", "cập nhật", "chậm nhất", "chỉ đạo", "chủ động", "chủ tịch",
	"chủ trì", "có trách nhiệm", "chịu trách nhiệm", "công an tỉnh", "công an xã", "công an phường",
	"công an các", "cơ quan", "định kỳ", "đề nghị", "đôn đốc", "đơn vị", "giải pháp", "giám đốc",
	"hằng năm", "hằng quý", "hằng tháng", "hoàn thành", "hội đồng", "hướng dẫn", "khẩn trương", "kiểm tra",
	"liên quan", "nghiêm túc", "nhân dân", "nhiệm vụ", "như sau", "phối hợp với", "phối hợp", "rà soát",
	"sản phẩm", "tăng cường", "tập trung", "tham mưu", "thẩm định", "theo dõi", "thời gian", "thời hạn",
	"thủ trưởng", "thực hiện", "tiếp tục", "tổ chức", "tổng hợp", "trách nhiệm", "triển khai", "trước ngày",
	"tuyên truyền", "ủy ban", "văn phòng ubnd", "văn phòng hđnd", "văn phòng tỉnh", "xây dựng", "yêu cầu",
	"sở công thương", "sở dân tộc", "sở du lịch", "sở giáo dục", "sở khoa học", "sở ngoại vụ", "sở nội vụ",
	"sở nông nghiệp", "sở tài chính", "sở tư pháp", "sở văn hóa", "sở xây dựng", "sở y tế", "bộ công thương",
	"bộ giáo dục", "bộ khoa học", "bộ nội vụ", "bộ nông nghiệp", "bộ tài chính", "bộ tư pháp", "bộ văn hóa",
	"bộ xây dựng", "bộ y tế", "ban tổ chức", "ban tuyên giáo", "cơ quan chủ trì", "đơn vị chủ trì",
	"thời gian hoàn thành", NULL
};

enum { SYLLABLE_MAX = 32, PHRASE_MIN = 5 }; /* bytes */

/* Whether a word is the syllable but for its marks. */
static bool same_but_marks(const struct word *word, const char *syllable, size_t length)
{
	size_t a = 0, b = 0, size_a, size_b;
	if (word->kind != 'a' || word->as_length > SYLLABLE_MAX)
		return false;
	while (a < word->as_length && b < length) {
		char left = letter_fold(letter_char(word->as, a, word->as_length, &size_a));
		if (left != letter_fold(letter_char(syllable, b, length, &size_b)))
			return false;
		a += size_a;
		b += size_b;
	}
	return a == word->as_length && b == length;
}

/* Has one word of the phrase that begins here compared as it should be, when the others are written so. */
static void mend(struct word *words, size_t count, const char *phrase)
{
	struct word *slip = NULL;
	const char *right = NULL;
	size_t right_length = 0;
	for (size_t i = 0; *phrase; i++) {
		size_t length = strcspn(phrase, " ");
		if (i == count || (i && !words[i].gap))
			return;
		if (words[i].as_length != length || memcmp(words[i].as, phrase, length) != 0) {
			if (slip || !same_but_marks(&words[i], phrase, length))
				return;
			slip = &words[i];
			right = phrase;
			right_length = length;
		}
		phrase += length + (phrase[length] == ' ');
	}
	if (slip) {
		slip->as = right;
		slip->as_length = right_length;
	}
}

static char first_letter(const char *text, size_t length)
{
	size_t size;
	if (*text >= 'a' && *text <= 'z')
		return *text;
	return letter_fold(letter_char(text, 0, length, &size));
}

void words_mend(struct word *words, size_t count, const char *lower)
{
	for (size_t i = 0; i < count; i++) {
		words[i].as = lower + words[i].start;
		words[i].as_length = words[i].end - words[i].start;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t p = 0; words[i].kind == 'a' && phrases[p]; p++)
			if (first_letter(words[i].as, words[i].as_length) == first_letter(phrases[p], PHRASE_MIN))
				mend(words + i, count - i, phrases[p]);
}
