#include "letter/letter_head.h"

#include <string.h>

#include "base/arena.h"
#include "letter/letter_terms.h"

enum { HEAD_LINES = 60, ISSUER_LINES = 8, SUBJECT_LINES = 14 };

/* Letters and digits of a line, "/" between digits, and where each stands. */
struct squeezed {
	char text[200];
	size_t at[200], end[200];
	size_t length;
};

static void squeeze(const char *text, size_t length, struct squeezed *out)
{
	out->length = 0;
	for (size_t at = 0, size; at < length && out->length < sizeof(out->text) - 1; at += size) {
		uint32_t c = letter_char(text, at, length, &size);
		char fold = letter_fold(c);
		bool between = (c == '/' || c == '.' || c == '-') && at && text[at - 1] >= '0' && text[at - 1] <= '9' &&
			       at + 1 < length && text[at + 1] >= '0' && text[at + 1] <= '9';
		if (between)
			fold = '/';
		if (!fold)
			continue;
		out->text[out->length] = fold;
		out->at[out->length] = at;
		out->end[out->length++] = at + size;
	}
	out->text[out->length] = '\0';
}

static int take_number(const struct squeezed *s, size_t *at, size_t most)
{
	int value = -1;
	size_t start = *at;
	while (*at < s->length && *at - start < most && s->text[*at] >= '0' && s->text[*at] <= '9')
		value = (value < 0 ? 0 : value) * 10 + (s->text[(*at)++] - '0');
	return value;
}

static bool take(const struct squeezed *s, size_t *at, const char *word)
{
	size_t size = strlen(word);
	if (s->length - *at < size || memcmp(s->text + *at, word, size) != 0)
		return false;
	*at += size;
	return true;
}

/* day, "thang", month, "nam", year; or day/month/year. False when it is no date. */
static bool take_date(const struct squeezed *s, size_t *at, bool day_too, int *day, int *month, int *year)
{
	*day = day_too ? take_number(s, at, 2) : -1;
	if (day_too && *day >= 0 && take(s, at, "/")) {
		*month = take_number(s, at, 2);
		return take(s, at, "/") && (*year = take_number(s, at, 4)) > 999;
	}
	if (day_too && !take(s, at, "thang"))
		return false;
	*month = take_number(s, at, 2);
	if (!take(s, at, "nam") && !take(s, at, "/"))
		return false;
	*year = take_number(s, at, 4);
	return *year > 999 || *year < 0;
}

bool letter_date_read(const char *text, size_t length, struct letter_dated *out)
{
	struct squeezed s;
	bool found = false;
	squeeze(text, length, &s);
	for (size_t i = 0; i + 4 < s.length; i++) {
		size_t at = i;
		int day = -1, month = -1, year = -1;
		bool day_too = take(&s, &at, "ngay");
		if (!day_too && (found || !take(&s, &at, "thang")))
			continue;
		if (!take_date(&s, &at, day_too, &day, &month, &year))
			continue;
		*out = (struct letter_dated){ .start = s.at[i], .end = s.end[at - 1] };
		struct civil_date date = { year, month, day };
		if (day > 0 && month > 0 && year > 0 && civil_valid(date))
			out->date = date;
		else if (day < 0 && month >= 1 && month <= 12 && year > 0)
			out->month = period_make(FREQUENCY_MONTH, year, month);
		found = true;
		i = at - 1;
	}
	return found;
}

const char *letter_item(struct arena *mem, const struct letter_clean *clean, size_t start, size_t end)
{
	struct letter_clean part = letter_part(clean, start, end);
	size_t from = 0, to = part.length;
	while (from < to && strchr("-+. \t:", part.text[from]))
		from++;
	if (to - from > 3 && (!memcmp(part.text + from, "•", 3) || !memcmp(part.text + from, "–", 3))) /* a bullet, a long dash */
		from += 3;
	while (to > from && strchr(";,. \t:/", part.text[to - 1]))
		to--;
	return to > from ? letter_written(mem, &part, from, to) : NULL;
}

/* What the head has told so far. */
struct head {
	struct arena *mem;
	const struct letter_lines *lines;
	struct letter_document *document;
	const struct letter_type *type; /* from the title line */
	size_t issuer[ISSUER_LINES];
	size_t issuer_count;
	size_t subject[SUBJECT_LINES];
	size_t subject_count, subject_skip;
	bool subject_about;             /* it stands under V/v */
	bool subject_open, issuer_closed, party, state;
	bool addressed;                 /* there is a line "Kính gửi" below */
	bool incoming;                  /* the frame of who received it has begun */
	size_t last;                    /* the line behind the last of the head */
};

/* Where a place ends that an hour follows: "Hà Tĩnh, hồi 15 giờ 00". */
static size_t before_hour(const char *text, size_t from, size_t to)
{
	static const char *const hours[] = { ", hồi ", ", lúc ", NULL };
	for (size_t at = from; at < to; at++)
		for (size_t i = 0; text[at] == ',' && hours[i]; i++)
			if (to - at > strlen(hours[i]) && !memcmp(text + at, hours[i], strlen(hours[i])))
				return at;
	return to;
}

static bool read_place(struct head *head, const struct letter_clean *clean, size_t from)
{
	struct letter_document *document = head->document;
	struct letter_dated dated;
	if (clean->length - from > 110 || document->date.year || document->month ||
	    !letter_date_read(clean->text + from, clean->length - from, &dated))
		return false;
	if (clean->length - from - dated.end > 3)
		return false;
	size_t to = before_hour(clean->text, from, from + dated.start), size;
	while (to > from && strchr(", \t", clean->text[to - 1]))
		to--;
	while (from < to && strchr(", \t", clean->text[from]))
		from++;
	if (to - from > 60)
		return false;
	uint32_t first = to > from ? letter_char(clean->text, from, to, &size) : 'A';
	if (letter_small(first) == first) /* "(trình phiên họp tháng 8/2026)" */
		return false;
	for (size_t i = from; i < to; i++)
		if (clean->text[i] >= '0' && clean->text[i] <= '9')
			return false;
	document->date = dated.date;
	document->month = dated.month;
	if (to > from && !document->place)
		document->place = letter_written(head->mem, clean, from, to);
	return true;
}

static bool read_number(struct head *head, const struct letter_line *line)
{
	size_t start, end;
	if (head->document->number || !letter_number_line(line, &start, &end))
		return false;
	head->document->number = letter_written(head->mem, &line->clean, start, end);
	head->document->number_normal = letter_number_normal(head->mem, head->document->number);
	if (end < line->clean.length)
		read_place(head, &line->clean, end);
	return true;
}

static bool adds_subject(struct head *head, size_t i)
{
	if (head->subject_count == SUBJECT_LINES)
		return false;
	head->subject[head->subject_count++] = i;
	head->subject_open = true;
	return true;
}

/* The title line: the type, maybe with the first words of the subject. */
static bool read_title(struct head *head, size_t i)
{
	const struct letter_line *line = &head->lines->at[i];
	const struct letter_type *type = line->upper ? letter_type_of_title(line) : NULL;
	if (!type || head->type)
		return false;
	size_t size = strlen(type->fold), at = 0, length;
	if (line->fold_length > size + 120)
		return false;
	head->type = type;
	head->issuer_closed = true;
	head->subject_count = head->subject_skip = 0; /* a title says what V/v would */
	head->subject_about = false;
	for (size_t folded = 0; at < line->clean.length && folded < size; at += length)
		folded += letter_fold(letter_char(line->clean.text, at, line->clean.length, &length)) != 0;
	while (at < line->clean.length && strchr(" :.", line->clean.text[at]))
		at++;
	/* "CONG DIEN KHAN": how fast, not about what. */
	const char *rest = line->fold + size;
	size_t rest_length = line->fold_length - size;
	bool urgent = letter_is(rest, rest_length, "khan", 0) || letter_is(rest, rest_length, "hoatoc", 0) ||
		      letter_is(rest, rest_length, "so", 0);
	if (at < line->clean.length && !urgent) {
		adds_subject(head, i);
		head->subject_skip = at;
	}
	head->subject_open = true;
	return true;
}

/* Whether a line in capitals ends in a word that a name must follow: "... LÀM VIỆC CỦA". */
static bool awaits_name(const struct letter_line *line)
{
	static const char *const words[] = { " CỦA", " VÀ", " CHO", " DO", " TẠI", " THUỘC", " VỚI", " GIỮA", " CÁC", " GỬI", ",", "-",
					     NULL };
	const struct letter_clean *clean = &line->clean;
	for (size_t i = 0; words[i]; i++) {
		size_t size = strlen(words[i]);
		if (clean->length > size && !memcmp(clean->text + clean->length - size, words[i], size))
			return true;
	}
	return false;
}

/* "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" between a decision's title and its grounds: who decides, not about what. */
static bool is_authority(const struct head *head, size_t i)
{
	static const char *const decisions[] = { "quyetdinh", "nghiquyet", "nghidinh", "thongtu", NULL };
	const struct letter_lines *lines = head->lines;
	const struct letter_line *line = &lines->at[i];
	if (!head->type || !letter_begins_any(head->type->fold, strlen(head->type->fold), decisions))
		return false;
	if (!line->upper || awaits_name(&lines->at[i - 1]) || !(letter_begins_organ(line) || letter_begins_position(line)))
		return false;
	for (size_t k = i + 1; k < lines->count && k < i + 4; k++) {
		line = &lines->at[k];
		if (letter_begins(line->fold, line->fold_length, "cancu", 0))
			return true;
		if (!line->upper || !letter_begins(line->fold, line->fold_length, "khoa", 0)) /* "KHÓA X, KỲ HỌP THỨ 5" */
			return false;
	}
	return false;
}

/* Whether the subject so far is in capitals; lines of figures alone do not count. */
static bool subject_is_upper(const struct head *head)
{
	size_t titled = head->subject_skip > 0; /* "CHƯƠNG TRÌNH CÔNG TÁC": the title line is in capitals anyway */
	for (size_t k = head->subject_count; k > titled; k--) {
		const struct letter_line *line = &head->lines->at[head->subject[k - 1]];
		if (strspn(line->fold, "0123456789") < line->fold_length)
			return line->upper;
	}
	return false;
}

/* Whether a sentence over several full lines begins below the short last line of a title. */
static bool begins_prose(const struct letter_lines *lines, size_t i)
{
	enum { FULL_LINE = 70, MOST = 8 };
	if (lines->at[i].clean.length < FULL_LINE || lines->at[i - 1].clean.length * 3 > lines->at[i].clean.length * 2)
		return false;
	for (size_t k = i; k < lines->count && k < i + MOST; k++) {
		const struct letter_clean *clean = &lines->at[k].clean;
		if (strchr(".:", clean->text[clean->length - 1]))
			return k > i;
		if (clean->length < FULL_LINE)
			return false;
	}
	return false;
}

/* Whether line `i` goes on with the subject. */
static bool continues_subject(const struct head *head, size_t i)
{
	const struct letter_lines *lines = head->lines;
	const struct letter_line *line = &lines->at[i], *above = i ? &lines->at[i - 1] : line;
	if (!head->subject_open || head->subject_count == SUBJECT_LINES || line->clean.length > 400)
		return false;
	int depth;
	if (letter_mark(line->clean.text, line->clean.length, &depth) || letter_begins_sign(line))
		return false;
	bool first = head->subject_count == 0;
	size_t size;
	uint32_t begin = letter_char(line->clean.text, 0, line->clean.length, &size);
	bool small = letter_is_letter(begin) && letter_small(begin) == begin;
	char last = above->clean.text[above->clean.length - 1], end = line->clean.text[line->clean.length - 1];
	bool goes_on = small && (lines->loose || (!head->subject_about && !strchr(".;:", last)));
	bool quoted = !head->subject_about && begin == 0x201c && line->clean.length < 160;
	if (line->blank_before && !first && !goes_on && !quoted && (!lines->spaced || line->blank_before > 2))
		return false;
	if (first)
		return line->upper || end != ':' || line->clean.length < 40; /* else a sentence that a list follows */
	if (head->subject_about)
		return !line->upper && !(lines->spaced && letter_begins_sentence(line));
	if (last == '.' || (last == ';' && !small) || last == ':')
		return false;
	if ((line->upper && !above->upper) || is_authority(head, i)) /* who decides, not about what */
		return false;
	bool capital = letter_small(begin) != begin;
	if (!line->upper && capital && subject_is_upper(head) && !letter_begins(line->fold, line->fold_length, "ve", 0))
		return false; /* the body, below a title in capitals */
	if (!line->upper && capital && (begins_prose(lines, i) || letter_begins(line->fold, line->fold_length, "phanthu", 0)))
		return false;
	if (line->clean.text[0] == '(' || letter_begins(line->fold, line->fold_length, "cancu", 0))
		return false;
	/* "tai phien hop quy IV" goes on, "Tai cuoc hop ngay 15/4, ..." begins the body. */
	bool closed = strchr(".:;", end) != NULL, sentence = line->clean.length > 150 || closed || end == ',';
	if (!line->upper && (line->clean.length > 250 || (closed && line->clean.length > 80) ||
			     memchr(line->clean.text, ':', line->clean.length < 30 ? line->clean.length : 30)))
		return false;
	return line->upper || !(sentence || lines->spaced) || !letter_begins_sentence(line);
}

/* The frame that a receiver stamps on a letter: "CÔNG VĂN ĐẾN", "Số: 41", "Ngày: 5/5/2026", "Chuyển: ...". */
static bool read_incoming(struct head *head, const struct letter_line *line)
{
	static const char *const rows[] = { "so", "ngay", "gio", "chuyen", "luuhoso", NULL };
	size_t start, end;
	if (letter_is_incoming(line)) {
		if (!head->document->number && !head->state && !head->party)
			head->issuer_count = 0; /* the receiver's name */
		head->incoming = true;
		return true;
	}
	head->incoming = head->incoming && line->clean.length < 60 && letter_begins_any(line->fold, line->fold_length, rows) &&
			 !letter_number_line(line, &start, &end);
	return head->incoming;
}

/* "Về triển khai ...", as some offices begin it below the number. */
static bool begins_about(const struct head *head, const struct letter_line *line)
{
	return head->addressed && head->document->number && line->clean.length < 120 &&
	       line->clean.length > strlen("Về ") && !memcmp(line->clean.text, "Về ", strlen("Về "));
}

/* One line of the head; false: it is none. */
static bool read_line(struct head *head, size_t i)
{
	const struct letter_line *line = &head->lines->at[i];
	enum letter_motto motto = letter_motto(line);
	size_t skip;
	if (motto != LETTER_NO_MOTTO) {
		head->party = head->party || motto == LETTER_PARTY_MOTTO;
		head->state = head->state || motto != LETTER_PARTY_MOTTO;
		return true;
	}
	bool joint = line->upper && (letter_is(line->fold, line->fold_length, "liennganh", 0) ||
				     letter_is(line->fold, line->fold_length, "lientich", 0));
	if (joint || read_incoming(head, line) || letter_is_stamp(line) || letter_is(line->fold, line->fold_length, "so", 0))
		return true;
	if (read_number(head, line) || read_place(head, &line->clean, 0)) {
		head->issuer_closed = true;
		if (head->subject_about && line->blank_before)
			head->subject_open = false;
		return true;
	}
	bool about = letter_is_subject(line, &skip);
	if (!about && begins_about(head, line)) {
		about = true;
		skip = strlen("Về ");
	}
	if (!head->type && !head->subject_about && about) {
		adds_subject(head, i);
		head->subject_about = true;
		head->subject_skip = skip;
		head->issuer_closed = true;
		return true;
	}
	if (continues_subject(head, i))
		return adds_subject(head, i);
	if (read_title(head, i))
		return true;
	head->subject_open = false;
	if (line->upper && !head->type && head->issuer_count < ISSUER_LINES && !head->subject_count &&
	    (!head->issuer_closed || !head->issuer_count || head->lines->spaced) && !letter_begins_sign(line) &&
	    line->clean.length < 160) {
		head->issuer[head->issuer_count++] = i;
		return true;
	}
	return false;
}

/* The lines above the number, as names: the last is the issuer's, those above the superior's. */
static void name_issuer(struct head *head)
{
	const struct letter_line *at = head->lines->at;
	char *superior = NULL, *name = NULL;
	for (size_t i = 0; i < head->issuer_count; i++) {
		const struct letter_line *line = &at[head->issuer[i]];
		const char *text = letter_written(head->mem, &line->clean, 0, line->clean.length);
		bool begins = !name || (letter_begins_organ(line) && !letter_is_incomplete(&at[head->issuer[i - 1]]));
		if (!begins) {
			name = arena_printf(head->mem, "%s %s", name, text);
			continue;
		}
		if (name)
			superior = superior ? arena_printf(head->mem, "%s %s", superior, name) : name;
		name = arena_strdup(head->mem, text);
	}
	head->document->issuer = name;
	head->document->superior = superior;
}

static bool begins_text(const struct letter_line *line, const char *text)
{
	return line->clean.length > strlen(text) && !memcmp(line->clean.text, text, strlen(text));
}

/* The end of a subject without quotes that nothing in it opens: "V/v ..." may stand in quotes. */
static size_t unquoted(const struct letter_clean *whole, size_t end)
{
	static const char opening[] = "“", closing[] = "”";
	size_t size = strlen(closing);
	bool opened = memchr(whole->text, '"', end > 0 ? end - 1 : 0);
	for (size_t at = 0; at + size <= end; at++)
		opened = opened || !memcmp(whole->text + at, opening, strlen(opening));
	if (opened)
		return end;
	if (end > 0 && whole->text[end - 1] == '"')
		return end - 1;
	return end >= size && !memcmp(whole->text + end - size, closing, size) ? end - size : end;
}

static void name_subject(struct head *head)
{
	if (!head->subject_count)
		return;
	struct letter_line lines[SUBJECT_LINES];
	for (size_t i = 0; i < head->subject_count; i++)
		lines[i] = head->lines->at[head->subject[i]];
	/* "KET LUAN / CUA BO CHINH TRI / ve ...": whose it is belongs to the title. */
	if (head->subject_count > 1 && lines[0].upper && begins_text(&lines[0], "CỦA ") &&
	    (!lines[1].upper || letter_begins(lines[1].fold, lines[1].fold_length, "ve", 0))) {
		head->subject_count--;
		memmove(lines, lines + 1, head->subject_count * sizeof(*lines));
	}
	lines[0].clean = letter_part(&lines[0].clean, head->subject_skip, lines[0].clean.length);
	size_t skip;
	if (!head->subject_about && letter_is_subject(&lines[0], &skip))
		lines[0].clean = letter_part(&lines[0].clean, skip, lines[0].clean.length);
	else if (!head->subject_about && (begins_text(&lines[0], "Về ") || begins_text(&lines[0], "về ") ||
					  begins_text(&lines[0], "VỀ ")))
		lines[0].clean = letter_part(&lines[0].clean, strlen("Về "), lines[0].clean.length);
	struct letter_clean whole;
	letter_lines_join(head->mem, lines, 0, head->subject_count, &whole);
	size_t end = whole.length;
	while (end > 0 && strchr(" .;,:", whole.text[end - 1]))
		end--;
	end = unquoted(&whole, end);
	if (end)
		head->document->subject = letter_written(head->mem, &whole, 0, end);
}

static void name_type(struct head *head, bool addressed)
{
	struct letter_document *document = head->document;
	const struct letter_type *type = head->type;
	const char *subject = document->subject;
	if (type && !strcmp(type->fold, "thongbao") && head->subject_count) {
		const struct letter_line *line = &head->lines->at[head->subject[0]];
		const char *fold = line->fold;
		size_t length = line->fold_length;
		if (head->subject_skip && length > 8) { /* on the title line itself */
			fold += 8;
			length -= 8;
		}
		if (subject && (letter_begins(fold, length, "ketluan", 0) || letter_begins(fold, length, "ykienketluan", 0)))
			type = letter_type_at_start("thongbaoketluan", 15);
	}
	struct letter_number number = { 0 };
	if (!type && document->number)
		letter_number_split(head->mem, document->number, &number);
	if (!type && number.type) {
		const char *dash = strpbrk(document->number, "-/");
		type = letter_type_of_code(number.type, strlen(number.type), dash && *dash == '-');
	}
	if (!type && (head->subject_about || addressed))
		type = letter_type_of_code("CV", 2, false);
	document->type = type ? type->name : NULL;
}

void letter_late_subject(struct arena *mem, const struct letter_lines *lines, size_t first, size_t end,
			 struct letter_document *document)
{
	enum { LINE_MAX = 100 };
	size_t i = first, skip = 0, size;
	while (i < end && !(lines->at[i].clean.text[0] == 'V' && lines->at[i].clean.length < LINE_MAX &&
			    letter_is_subject(&lines->at[i], &skip)))
		i++;
	if (i == end)
		return;
	struct letter_line own[SUBJECT_LINES];
	size_t count = 0;
	own[count++] = lines->at[i];
	own[0].clean = letter_part(&own[0].clean, skip, own[0].clean.length);
	for (i++; i < end && count < SUBJECT_LINES && lines->at[i].clean.length < LINE_MAX; i++) {
		uint32_t c = letter_char(lines->at[i].clean.text, 0, lines->at[i].clean.length, &size);
		if (lines->at[i].blank_before || !letter_is_letter(c) || letter_small(c) != c)
			break;
		own[count++] = lines->at[i];
	}
	struct letter_clean whole;
	letter_lines_join(mem, own, 0, count, &whole);
	document->subject = letter_item(mem, &whole, 0, whole.length);
}

/* "CHU TICH UY BAN NHAN DAN TINH dien:" */
static bool is_wire(const struct head *head, const struct letter_line *line)
{
	return head->type && !strcmp(head->type->fold, "congdien") && line->fold_length > 8 &&
	       line->clean.text[line->clean.length - 1] == ':' &&
	       !memcmp(line->fold + line->fold_length - 4, "dien", 4);
}

size_t letter_head_read(struct arena *mem, const struct letter_lines *lines, size_t first, size_t end,
			struct letter_document *document)
{
	struct head head = { .mem = mem, .lines = lines, .document = document };
	size_t most = end - first > HEAD_LINES ? first + HEAD_LINES : end, i = first, addressing = most, strange = 0;
	for (size_t k = first; k < most; k++)
		if (letter_is_addressing(&lines->at[k])) {
			addressing = k;
			break;
		}
	bool addressed = head.addressed = addressing < most;
	size_t body = first;
	for (; i < addressing; i++) {
		if (is_wire(&head, &lines->at[i])) {
			addressing = i;
			addressed = true;
			break;
		}
		if (read_line(&head, i)) {
			body = i + 1;
			continue;
		}
		bool titled = head.type || head.subject_count;
		/* Without addressees the head ends where its lines do; with them strange lines may stand between. */
		if (!addressed && (titled || ++strange > 2))
			break;
		if (addressed && lines->at[i].clean.length > 150 && titled)
			break;
	}
	if (addressed && i == addressing)
		body = letter_addressees_read(mem, lines, addressing, end, document);
	name_issuer(&head);
	name_subject(&head);
	name_type(&head, addressed);
	return body;
}
