#include "letter/letter_deadline.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "letter/letter_when.h"

enum {
	WORDING_MAX = 4096, /* bytes of a wording that is handed in */
	SOONEST_MAX = 40,   /* words of "ngay sau khi ..." */
	PARTS_MAX = 24,
};

/* What the word before a time makes of it. */
enum role {
	ROLE_BEFORE,   /* the day itself is no longer in time */
	ROLE_LATEST,   /* the day itself is in time */
	ROLE_UNTIL,    /* the same, said of facts as well */
	ROLE_WITHIN,   /* the same, a deadline only beside a word of completion */
	ROLE_LABEL,
	ROLE_PERIODIC,
	ROLE_AFTER,    /* "sau 15 ngày kể từ ngày ký": of spans that begin on a day that is said */
	ROLE_VAGUE,    /* "đầu tháng": when exactly is not said */
};

static const struct {
	const char *phrase;
	enum role role;
} roles[] = {
	{ "trước", ROLE_BEFORE }, { "trước thời điểm", ROLE_BEFORE }, { "chậm nhất", ROLE_LATEST },
	{ "chậm nhất là", ROLE_LATEST }, { "chậm nhất sau", ROLE_LATEST }, { "muộn nhất", ROLE_LATEST },
	{ "muộn nhất là", ROLE_LATEST }, { "trễ nhất", ROLE_LATEST }, { "trễ nhất là", ROLE_LATEST },
	{ "không quá", ROLE_LATEST }, { "không muộn hơn", ROLE_LATEST }, { "không chậm hơn", ROLE_LATEST },
	{ "không trễ hơn", ROLE_LATEST }, { "chậm nhất đến", ROLE_LATEST },
	{ "chậm nhất vào", ROLE_LATEST }, { "chậm nhất trong", ROLE_LATEST }, { "hạn cuối", ROLE_LATEST },
	{ "hạn cuối cùng", ROLE_LATEST }, { "hạn cuối là", ROLE_LATEST }, { "hạn chót", ROLE_LATEST },
	{ "hạn chót là", ROLE_LATEST }, { "hạn nộp", ROLE_LATEST }, { "hạn gửi", ROLE_LATEST },
	{ "hạn báo cáo", ROLE_LATEST }, { "hạn hoàn thành", ROLE_LATEST }, { "đến hết", ROLE_UNTIL },
	{ "hết", ROLE_UNTIL }, { "từ nay đến", ROLE_UNTIL }, { "từ nay đến hết", ROLE_UNTIL },
	{ "từ nay tới", ROLE_UNTIL }, { "cho đến hết", ROLE_UNTIL }, { "tới hết", ROLE_UNTIL },
	{ "trong", ROLE_WITHIN }, { "ngay trong", ROLE_UNTIL }, { "đến", ROLE_WITHIN },
	{ "tới", ROLE_WITHIN }, { "vào", ROLE_WITHIN }, { "cuối", ROLE_WITHIN },
	{ "đến cuối", ROLE_WITHIN }, { "vào cuối", ROLE_WITHIN }, { "trong thời hạn", ROLE_UNTIL },
	{ "trong vòng", ROLE_UNTIL }, { "trong thời gian", ROLE_UNTIL }, { "thời hạn", ROLE_LABEL },
	{ "thời gian", ROLE_LABEL }, { "thời hạn hoàn thành", ROLE_LABEL },
	{ "thời gian hoàn thành", ROLE_LABEL }, { "thời hạn thực hiện", ROLE_LABEL },
	{ "thời gian thực hiện", ROLE_LABEL }, { "thời hạn báo cáo", ROLE_LABEL },
	{ "thời gian báo cáo", ROLE_LABEL }, { "thời hạn gửi", ROLE_LABEL },
	{ "thời gian gửi", ROLE_LABEL }, { "tiến độ", ROLE_LABEL }, { "tiến độ thực hiện", ROLE_LABEL },
	{ "tiến độ hoàn thành", ROLE_LABEL }, { "hoàn thành", ROLE_LABEL }, { "xong", ROLE_LABEL },
	{ "hoàn thành xong", ROLE_LABEL }, { "hạn", ROLE_LABEL }, { "định kỳ", ROLE_PERIODIC },
	{ "theo định kỳ", ROLE_PERIODIC }, { "sau", ROLE_AFTER }, { "đầu", ROLE_VAGUE }, { "giữa", ROLE_VAGUE },
	{ "khoảng", ROLE_VAGUE }, { "trong tuần đầu", ROLE_VAGUE },
};

/* Words beside which "trong tháng 6" is a deadline. */
static const char *const completion_words[] = {
	"hoàn thành", "xong", "hoàn tất", "kết thúc", "thời hạn", "tiến độ", "thời gian thực hiện",
	"hoàn thiện", "đưa vào", NULL
};
static const char *const reporting_words[] = { "báo cáo", NULL };
static const char *const handing_words[] = {
	"gửi", "trình", "nộp", "ban hành", "tổng hợp", "cung cấp", "tham mưu", "tổ chức", "đăng ký",
	"cập nhật", "thực hiện", "xây dựng", NULL
};

/* What somebody else will then do: "để Văn phòng tổng hợp, báo cáo ... trong ngày 09/5". */
static const char *const purpose_words[] = { "để", "nhằm", "làm cơ sở", "phục vụ", NULL };

static const char *const soonest_words[] = {
	"trong thời gian sớm nhất", "sớm nhất có thể", "sớm nhất", "càng sớm càng tốt", "ngay lập tức",
	"trong thời gian ngắn nhất", NULL
};
static const char *const soonest_after_words[] = { "ngay sau khi", "ngay khi", "ngay sau", NULL };
static const char *const hurry_words[] = { "khẩn trương", NULL };
static const char *const same_day_words[] = {
	"trong ngày hôm nay", "ngay trong ngày hôm nay", "ngay trong ngày", "trong hôm nay", "trong ngày",
	NULL
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct candidate {
	bool role[ROLE_VAGUE + 1];
	bool any_role;
	struct when when;
	size_t from, to;
};

/* Where the reading of an instruction stands. */
struct scan {
	struct arena *mem;
	const struct words *words;
	size_t end;
	struct civil_date written;
	bool whole;             /* all of the text is a deadline's wording */
	bool completion, handing, reporting, past; /* said earlier in this clause */
	bool settled, purpose;  /* a deadline was found, and "để" said behind it, earlier in this sentence */
	const char *every;      /* "hằng quý", said apart from its day, earlier in this clause */
	struct letter_deadline_found *best;
};

static size_t role_at(const struct words *words, size_t i, struct candidate *candidate)
{
	size_t best = 0;
	enum role role = ROLE_BEFORE;
	for (size_t r = 0; r < COUNT(roles); r++) {
		size_t taken = words_match(words, i, roles[r].phrase);
		if (taken > best) {
			best = taken;
			role = roles[r].role;
		}
	}
	if (best) {
		candidate->role[role] = true;
		candidate->any_role = true;
	}
	return best;
}

static bool is_glue(const struct words *words, size_t i)
{
	return words_sign(words, i, ',') || words_sign(words, i, '(') || words_sign(words, i, ':') ||
	       words_sign(words, i, ')') || words_match(words, i, "là") || words_match(words, i, "của") ||
	       words_match(words, i, "và") || words_match(words, i, "vào") || words_match(words, i, "kỳ") ||
	       words_match(words, i, "ngày");
}

/* A label ("thời hạn hoàn thành:") is no part of the wording. */
static bool only_labels(const struct candidate *candidate)
{
	for (int role = 0; role <= ROLE_VAGUE; role++)
		if (role != ROLE_LABEL && candidate->role[role])
			return false;
	return candidate->role[ROLE_LABEL] && candidate->when.unit == WHEN_NOTHING && !candidate->when.every;
}

/* The words of role and time that stand together from word `i`. */
static bool candidate_at(const struct words *words, size_t i, size_t end, struct candidate *candidate)
{
	*candidate = (struct candidate){ .from = i, .when.hour = -1 };
	int parts = 0;
	bool glued = false;
	for (size_t at = i; at < end && parts < PARTS_MAX; parts++) {
		size_t taken = when_part(words, at, &candidate->when);
		if (taken) {
			at += taken;
			candidate->to = at;
			glued = false;
			continue;
		}
		bool open = candidate->when.unit == WHEN_NOTHING;
		taken = open ? role_at(words, at, candidate) : 0;
		if (taken) {
			at += taken;
			glued = false;
			if (only_labels(candidate))
				candidate->from = at;
			continue;
		}
		if (glued || at == i || !is_glue(words, at))
			break;
		glued = true;
		at++;
		if (only_labels(candidate))
			candidate->from = at;
	}
	struct when *when = &candidate->when;
	/* "trong vòng 24 giờ" */
	if (when->unit == WHEN_NOTHING && !when->every && when->hour >= 0 && candidate->role[ROLE_UNTIL]) {
		when->unit = WHEN_SPAN;
		when->span = WHEN_HOURS;
	}
	if (candidate->to > end || (when->unit == WHEN_NOTHING && !when->every && !when->last_day && !when->last_working_day))
		return false;
	int open = 0;
	for (size_t at = candidate->from; at < candidate->to; at++)
		open += words_sign(words, at, '(') - words_sign(words, at, ')');
	candidate->to += open > 0 && words_sign(words, candidate->to, ')');
	candidate->role[ROLE_PERIODIC] = candidate->role[ROLE_PERIODIC] || words_match(words, candidate->from, "định kỳ");
	return true;
}

static bool tells_past(const struct words *words, size_t i)
{
	return words_match(words, i, "qua") || words_match(words, i, "vừa qua") || words_match(words, i, "gần đây") ||
	       words_match(words, i, "trước");
}

/* Said of the work of each day rather than of a deadline. */
static bool is_daily(const struct when *when)
{
	return when->every && strcmp(when->every, WHEN_EVERY_DAY) == 0;
}

/* "Hằng tuần công khai ...", not "kế hoạch hằng năm". */
static bool begins_clause(const struct scan *scan, size_t i)
{
	return scan->whole || i == 0 || scan->words->at[i].capital || scan->words->at[i - 1].kind == ';';
}

/* How plainly the candidate is a deadline, given what was said before it. */
static int strength_of(const struct scan *scan, const struct candidate *candidate)
{
	const struct when *when = &candidate->when;
	if (is_daily(when))
		return when->hour >= 0 || candidate->role[ROLE_PERIODIC] || begins_clause(scan, candidate->from) ? 2 : 0;
	if (scan->whole && !candidate->any_role)
		return 1;
	if (when->every) {
		if (when->day || when->weekday || when->last_day || when->last_working_day)
			return 3;
		if (begins_clause(scan, candidate->from))
			return 2;
		return candidate->role[ROLE_PERIODIC] ? 2 : scan->reporting ? 1 : 0;
	}
	if (when->unit == WHEN_WEEKDAY)
		return 0;
	if (candidate->role[ROLE_AFTER])
		return when->unit == WHEN_SPAN && (when->from_issue || when->since.year) ? 2 : 0;
	if (candidate->role[ROLE_VAGUE])
		return scan->whole || scan->completion || candidate->role[ROLE_LABEL] ? 1 : 0;
	if (candidate->role[ROLE_LABEL])
		return 3;
	if (candidate->role[ROLE_BEFORE])
		return when->unit == WHEN_SPAN ? 0 : 3;
	if (candidate->role[ROLE_LATEST])
		return 3;
	/* "trong 05 ngày làm việc", not "trong 10 năm qua". */
	bool days = when->span == WHEN_DAYS || when->span == WHEN_WORKING_DAYS || when->span == WHEN_HOURS;
	if (when->unit == WHEN_SPAN && !candidate->role[ROLE_UNTIL])
		return candidate->role[ROLE_WITHIN] && days && !scan->past && !tells_past(scan->words, candidate->to) ? 2 : 0;
	int strength = scan->completion ? 3 : scan->handing ? 2 : 0;
	/* A year is a goal rather than a deadline, unless something is to be completed in it. */
	if (when->unit == WHEN_YEAR && !scan->completion)
		return 0;
	if (candidate->role[ROLE_UNTIL])
		return strength ? strength : 2;
	/* "trong Quý III/2026" of what is to be done, not of what was. */
	bool month = when->unit == WHEN_MONTH || when->unit == WHEN_QUARTER;
	if (!strength && month && !scan->past)
		strength = 1;
	return candidate->role[ROLE_WITHIN] ? strength : 0;
}

static void recurrence_of(const struct when *when, struct civil_date written, struct letter_recurrence *out)
{
	*out = (struct letter_recurrence){ .every = is_daily(when) ? NULL : when->every };
	if (!out->every)
		return;
	out->day = strcmp(when->every, "week") == 0 ? when->weekday : when->last_day ? 31 : when->day;
	if (when->second_month && strcmp(when->every, "year") == 0)
		out->every = "half_year";
	if (!when->from_month)
		return;
	int year = when->from_year;
	if (!year && written.year)
		year = when->from_month >= written.month ? written.year : written.year + 1;
	if (year)
		out->from = period_make(FREQUENCY_MONTH, year, when->from_month);
}

static void keep(struct scan *scan, const struct letter_deadline_found *found)
{
	if (found->strength <= scan->best->strength)
		return;
	*scan->best = *found;
	scan->best->deadline.wording = words_text(scan->mem, scan->words, found->from, found->to);
}

static bool is_yearly(const char *every)
{
	return every && strcmp(every, "year") == 0;
}

/* "Định kỳ hằng tháng báo cáo kết quả trước ngày 25": how often stands apart from the day. */
static void take_every(struct scan *scan, struct candidate *candidate)
{
	struct when *when = &candidate->when;
	bool day = (when->unit == WHEN_DAY && !when->relative) || when->unit == WHEN_WEEKDAY ||
		   (when->unit == WHEN_DATE && !when->year && (when->second_month || is_yearly(scan->every))) || when->last_day;
	if (!when->every && day)
		when->every = scan->every;
	else if (when->every && when->unit == WHEN_NOTHING && !is_daily(when))
		scan->every = when->every;
}

/* The candidate as a deadline; false when it is one of the past. */
static bool weigh(struct scan *scan, const struct candidate *candidate)
{
	struct letter_deadline_found found = {
		.from = candidate->from, .to = candidate->to, .strength = strength_of(scan, candidate)
	};
	/* "từ tháng 3 đến tháng 6": where it begins */
	bool begins = !candidate->any_role && !candidate->when.every && candidate->from && words_match(scan->words, candidate->from - 1, "từ");
	if (!found.strength || begins)
		return false;
	struct letter_deadline *deadline = &found.deadline;
	const struct when *when = &candidate->when;
	bool quarter = when->unit == WHEN_QUARTER && !when->every;
	deadline->kind = quarter ? LETTER_QUARTER : is_daily(when) ? LETTER_NO_DEADLINE : LETTER_INSTANT;
	bool before = candidate->role[ROLE_BEFORE] && !candidate->role[ROLE_UNTIL];
	if (!candidate->role[ROLE_VAGUE])
		deadline->known = when_end(when, before, scan->written, &deadline->before);
	if (!deadline->known)
		deadline->before = 0;
	if (deadline->known && !when->every && !scan->whole && scan->written.year) {
		struct civil_date start = { scan->written.year, scan->written.month, scan->written.day ? scan->written.day : 1 };
		if (deadline->before <= civil_start(start))
			return false;
	}
	recurrence_of(when, scan->written, &found.recurrence);
	keep(scan, &found);
	return true;
}

static size_t clause_end(const struct words *words, size_t i, size_t end)
{
	size_t at = i;
	while (at < end && at < i + SOONEST_MAX && !words_sign(words, at, ',') && !words_sign(words, at, ';') &&
	       !words_sign(words, at, '.') && !words_sign(words, at, ':') && !words_sign(words, at, ')'))
		at++;
	return at;
}

static size_t soonest_at(struct scan *scan, size_t i)
{
	const struct words *words = scan->words;
	size_t to = i + words_match_any(words, i, soonest_words, NULL);
	int strength = 2;
	if (to == i) {
		size_t after = words_match_any(words, i, soonest_after_words, NULL);
		if (after)
			to = clause_end(words, i + after, scan->end);
	}
	if (to == i) {
		to += words_match_any(words, i, hurry_words, NULL);
		strength = 1;
	}
	if (to == i)
		return 0;
	struct letter_deadline_found found = {
		.deadline.kind = LETTER_SOONEST, .from = i, .to = to, .strength = strength
	};
	keep(scan, &found);
	return to - i;
}

/* "trong ngày": the day of the letter. */
static size_t same_day_at(struct scan *scan, size_t i)
{
	const struct words *words = scan->words;
	size_t taken = words_match_any(words, i, same_day_words, NULL);
	if (!taken || (i + taken < scan->end && words->at[i + taken].kind == 'a' && !scan->whole && taken < 3))
		return 0;
	if (i + taken < scan->end && words->at[i + taken].kind == '0')
		return 0;
	struct letter_deadline_found found = { .deadline.kind = LETTER_INSTANT, .from = i, .to = i + taken, .strength = 2 };
	if (scan->written.day) {
		found.deadline.known = true;
		found.deadline.before = civil_start(scan->written) + DAY_MS;
	}
	keep(scan, &found);
	return taken;
}

static void clause_begins(struct scan *scan)
{
	scan->completion = scan->handing = scan->reporting = scan->past = false;
	scan->every = NULL;
}

static void sentence_begins(struct scan *scan)
{
	clause_begins(scan);
	scan->purpose = scan->settled = false;
}

/* "Báo cáo tháng", but "báo cáo tháng 9". */
static void note_report(struct scan *scan, size_t i)
{
	static const char *const reports[] = { "báo cáo tuần", "báo cáo tháng", "báo cáo quý", "báo cáo năm", NULL };
	static const char *const every[] = { "week", "month", "quarter", "year" };
	size_t which, taken = words_match_any(scan->words, i, reports, &which);
	if (taken && (i + taken >= scan->words->count || scan->words->at[i + taken].kind != '0'))
		scan->every = every[which];
}

/* Keeps in mind what was said before the next candidate. */
static void note(struct scan *scan, size_t i)
{
	const struct words *words = scan->words;
	if (words_sign(words, i, '.') && i + 1 < words->count && words->at[i + 1].gap)
		sentence_begins(scan);
	else if (words_sign(words, i, ';'))
		clause_begins(scan);
	else if (words_match(words, i, "đã"))
		scan->past = true;
	else if (words_match_any(words, i, reporting_words, NULL)) {
		scan->handing = scan->reporting = true;
		note_report(scan, i);
	}
	else if (words_match_any(words, i, completion_words, NULL))
		scan->completion = true;
	else if (words_match_any(words, i, handing_words, NULL))
		scan->handing = true;
	else if (scan->settled && words_match_any(words, i, purpose_words, NULL))
		scan->purpose = true;
}

static void run(struct scan *scan, size_t from)
{
	for (size_t i = from; i < scan->end;) {
		struct candidate candidate;
		note(scan, i);
		if (scan->words->at[i].kind != 'a' && !(scan->whole && scan->words->at[i].kind == '0')) {
			i++;
			continue;
		}
		bool others = scan->purpose && scan->settled;
		if (!others && candidate_at(scan->words, i, scan->end, &candidate) &&
		    (candidate.any_role || candidate.when.every || scan->whole)) {
			take_every(scan, &candidate);
			if (weigh(scan, &candidate)) {
				scan->settled = true;
				i = candidate.to;
				continue;
			}
			i++;
			continue;
		}
		size_t taken = others ? 0 : same_day_at(scan, i);
		if (!taken)
			taken = soonest_at(scan, i);
		i += taken ? taken : 1;
	}
}

void letter_deadline_find(struct arena *mem, const struct words *words, size_t from, size_t to,
			  struct civil_date written, struct letter_deadline_found *found)
{
	*found = (struct letter_deadline_found){ 0 };
	struct scan scan = {
		.mem = mem, .words = words, .end = to < words->count ? to : words->count, .written = written, .best = found
	};
	run(&scan, from);
}

static bool has_letters(const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->at[i].kind == 'a')
			return true;
	return false;
}

void letter_deadline_read(struct arena *mem, const char *wording, struct civil_date written,
			  struct letter_deadline *deadline, struct letter_recurrence *recurrence)
{
	struct words words;
	words_cut(mem, wording, utf8_cut(wording, strlen(wording), WORDING_MAX), &words);
	struct letter_deadline_found found = { 0 };
	struct scan scan = {
		.mem = mem, .words = &words, .end = words.count, .written = written, .whole = true, .best = &found
	};
	run(&scan, 0);
	*deadline = found.deadline;
	*recurrence = found.recurrence;
	/* "Thường xuyên": no deadline, but said. */
	if (!deadline->wording && has_letters(&words))
		deadline->wording = words_text(mem, &words, 0, words.count);
}
