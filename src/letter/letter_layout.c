#include <stdlib.h>
#include <string.h>

#include "letter/letter_head.h"
#include "letter/letter_terms.h"

/* What the shape of a line tells: names of people, columns, letters that follow one another without a break. */

static const char *const ranks[] = {
	"gsts", "pgsts", "ts", "ths", "bs", "bscki", "bsckii", "dongchi", "thieutuong", "trungtuong", "thuongtuong", "daituong",
	"daita", "thuongta", "trungta", "thieuta", "daiuy", "luatsu", "ong", "ba", "bacsi", "ks", "kts", "ktv", "cn",
	NULL,
};

static const char *const surnames[] = {
	"nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong", "ly",
	"dao", "doan", "vuong", "trinh", "truong", "dinh", "lam", "phung", "mai", "to", "ha", "ta", "cao", "chau", "luong",
	"luu", "thai", "quach", "tang", "kieu", "nong", "vi", "giang", "lo", "hua", "chu", "tong", "la", "bach", "thach", NULL,
};

static bool listed(const char *const *words, const char *fold, size_t length)
{
	for (; *words; words++)
		if (strlen(*words) == length && !memcmp(*words, fold, length))
			return true;
	return false;
}

struct name_word {
	size_t start, end;
	size_t capitals, smalls;
	bool first_capital, other; /* other: holds what is no letter */
	char fold[16];
	size_t fold_length;
};

/* The word at `at`, after blanks; false at the end. */
static bool next_word(const char *text, size_t length, size_t *at, struct name_word *word)
{
	*word = (struct name_word){ 0 };
	while (*at < length && (text[*at] == ' ' || text[*at] == '\t'))
		++*at;
	word->start = *at;
	for (size_t size; *at < length && text[*at] != ' ' && text[*at] != '\t'; *at += size) {
		uint32_t c = letter_char(text, *at, length, &size);
		char fold = letter_fold(c);
		bool letter = letter_is_letter(c);
		if (*at == word->start)
			word->first_capital = letter && letter_small(c) != c;
		word->capitals += letter && letter_small(c) != c;
		word->smalls += letter && letter_small(c) == c;
		word->other = word->other || (!letter && c != '\'');
		if (fold && word->fold_length < sizeof(word->fold) - 1)
			word->fold[word->fold_length++] = fold;
	}
	word->end = *at;
	return word->end > word->start;
}

bool letter_is_person(const char *text, size_t length, size_t *skip)
{
	size_t at = 0, words = 0;
	struct name_word word;
	bool capitals = false;
	*skip = 0;
	if (length > 80)
		return false;
	while (next_word(text, length, &at, &word)) {
		size_t end = at;
		if (words == 0 && listed(ranks, word.fold, word.fold_length) && (word.other || word.fold_length > 3)) {
			*skip = end;
			continue;
		}
		if (words == 0 && word.fold_length >= 3 && word.fold_length <= 6) {
			struct name_word rank;
			size_t next = at;
			char both[32];
			if (next_word(text, length, &next, &rank)) {
				memcpy(both, word.fold, word.fold_length);
				memcpy(both + word.fold_length, rank.fold, rank.fold_length);
				if (listed(ranks, both, word.fold_length + rank.fold_length)) {
					*skip = at = next;
					continue;
				}
			}
		}
		if (word.other || !word.first_capital || word.fold_length > 9)
			return false;
		if (words == 0) {
			capitals = word.capitals > 1 && !word.smalls;
			if (capitals && !listed(surnames, word.fold, word.fold_length))
				return false;
		}
		if (capitals ? word.smalls > 0 : word.capitals > 1)
			return false;
		words++;
	}
	return words >= 2 && words <= 6;
}

static size_t fold_cell(const char *text, size_t length, char *fold, size_t room)
{
	size_t used = 0;
	for (size_t at = 0, size; at < length && used < room; at += size) {
		char c = letter_fold(letter_char(text, at, length, &size));
		if (c)
			fold[used++] = c;
	}
	return used;
}

static bool all_capitals(const char *text, size_t length)
{
	size_t capitals = 0;
	for (size_t at = 0, size; at < length; at += size) {
		uint32_t c = letter_char(text, at, length, &size);
		if (!letter_is_letter(c))
			continue;
		if (letter_small(c) == c)
			return false;
		capitals++;
	}
	return capitals >= 4;
}

/* What makes a line with gaps one of columns: a motto, a place and date, a number, the two ends of a letter. */
static bool cell_of_head(const char *text, size_t length)
{
	char fold[64];
	size_t used = fold_cell(text, length, fold, sizeof(fold));
	struct letter_line line = { .clean = { .text = text, .length = length }, .fold = fold, .fold_length = used };
	line.upper = all_capitals(text, length);
	if (letter_motto(&line) != LETTER_NO_MOTTO || letter_begins_sign(&line))
		return true;
	if (letter_is_receiving(&line) || letter_is(fold, used, "daky", 0))
		return true;
	struct letter_dated dated;
	return used < sizeof(fold) && letter_date_read(text, length, &dated) && dated.end + 3 >= length;
}

static bool last_is(const char *fold, size_t length, const char *word)
{
	size_t size = strlen(word);
	return length >= size && !memcmp(fold + length - size, word, size);
}

/* "Số:      /UBND" and "ngày      tháng      năm" have gaps to be filled in: no columns. */
static void close_gaps(char *text, size_t length)
{
	for (size_t at = 0; at < length; at++) {
		if (text[at] != '\t')
			continue;
		size_t from = at > 12 ? at - 12 : 0;
		while (from < at && ((unsigned char)text[from] & 0xc0) == 0x80)
			from++;
		char fold[24];
		size_t used = fold_cell(text + from, at - from, fold, sizeof(fold));
		bool first = from == 0 && used == 2 && !memcmp(fold, "so", 2);
		char next = (char)(at + 1 < length ? text[at + 1] : ' ');
		if (first || last_is(fold, used, "ngay") || last_is(fold, used, "thang") || last_is(fold, used, "nam") ||
		    next == '/' || letter_begins(text + at + 1, length - at - 1, "tháng", 0))
			text[at] = ' ';
	}
}

bool letter_columns(char *text, size_t length)
{
	if (length > 400 || !memchr(text, '\t', length))
		return false;
	if (text[0] >= '0' && text[0] <= '9')
		return false; /* the row of a table */
	close_gaps(text, length);
	bool head = false, item = text[0] == '-' || !memcmp(text, "–", strlen("–")), capitals = false, person = false;
	size_t cells = 0;
	for (size_t at = 0, start = 0; at <= length; at++) {
		if (at < length && text[at] != '\t')
			continue;
		size_t skip;
		head = head || cell_of_head(text + start, at - start);
		if (cells > 0) {
			capitals = capitals || all_capitals(text + start, at - start);
			person = person || letter_is_person(text + start, at - start, &skip);
		}
		cells++;
		start = at + 1;
	}
	return cells > 1 && (head || (item && (capitals || person)));
}

/* Where the folded characters of a phrase at the end of the line begin, of which something stands before; 0: nowhere. */
static size_t ends_with(const char *text, size_t length, const char *phrase)
{
	size_t left = strlen(phrase), at = length, size;
	while (left > 0 && at > 0) {
		do
			at--;
		while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80);
		char fold = letter_fold(letter_char(text, at, length, &size));
		if (!fold)
			continue;
		if (fold != phrase[--left])
			return 0;
	}
	return left == 0 && at > 4 && text[at - 1] == ' ' ? at : 0;
}

/* Two columns with one blank between: "UBND TỈNH A CỘNG HÒA ...", "Nơi nhận: GIÁM ĐỐC", "- Như trên; PHÓ GIÁM ĐỐC". */
static size_t column_cut(const char *text, size_t length)
{
	static const char *const mottos[] = { "conghoaxahoichunghiavietnam", "doclaptudohanhphuc", "dangcongsanvietnam" };
	bool capitals = all_capitals(text, length);
	for (size_t i = 0; i < sizeof(mottos) / sizeof(mottos[0]); i++) {
		size_t cut = ends_with(text, length, mottos[i]);
		if (cut && (capitals || i == 1) && all_capitals(text, cut))
			return cut;
	}
	char fold[16];
	bool receiving = fold_cell(text, length, fold, 7) == 7 && !memcmp(fold, "noinhan", 7);
	if (!receiving && text[0] != '-')
		return 0;
	for (size_t at = 1; at + 2 < length; at++)
		if (strchr(receiving ? ":" : ";.", text[at]) && text[at + 1] == ' ') {
			char sign[64];
			size_t used = fold_cell(text + at + 2, length - at - 2, sign, sizeof(sign));
			struct letter_line line = { .clean = { .text = text + at + 2, .length = length - at - 2 }, .fold = sign,
						    .fold_length = used, .upper = all_capitals(text + at + 2, length - at - 2) };
			return line.upper && (letter_begins_sign(&line) || letter_begins_position(&line)) ? at + 1 : 0;
		}
	return 0;
}

size_t letter_name_then_head(const char *text, size_t length)
{
	if (length > 300)
		return 0;
	size_t column = column_cut(text, length);
	if (column)
		return column;
	/* The first capital that follows on a small letter, or on a blank after one, with capitals to the end. */
	for (size_t at = 0, size, words = 0; at < length && words < 8; at += size) {
		uint32_t c = letter_char(text, at, length, &size);
		words += c == ' ' || c == '\t';
		if (!at || letter_small(c) == c || !all_capitals(text + at, length - at))
			continue;
		size_t skip, used;
		char fold[64];
		used = fold_cell(text + at, length - at, fold, sizeof(fold));
		struct letter_line line = { .clean = { .text = text + at, .length = length - at }, .fold = fold,
					    .fold_length = used, .upper = true };
		if (letter_begins_organ(&line) && letter_is_person(text, at, &skip))
			return at;
		return 0;
	}
	return 0;
}
