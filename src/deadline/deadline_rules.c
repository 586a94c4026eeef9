#include "deadline/deadline_rules.h"

#include "base/arena.h"

enum { DAY_MAX = 31, MONTH_OFFSET_MAX = 12, SATURDAY = 6 };

static bool check_range(int value, int low, int high, const char *field, const char *member, struct error *err)
{
	if (value >= low && value <= high)
		return true;
	char path[96], least[12], most[12];
	snprintf(path, sizeof(path), "%s%s%s", field ? field : "", field ? "/" : "", member);
	snprintf(least, sizeof(least), "%d", low);
	snprintf(most, sizeof(most), "%d", high);
	return error_set(err, ERR_field_range, path, least, most, NULL);
}

bool deadline_rule_check(const struct deadline_rule *rule, const char *field, struct error *err)
{
	return check_range(rule->day, 1, DAY_MAX, field, "day", err) &&
	       check_range(rule->month_offset, 0, MONTH_OFFSET_MAX, field, "month_offset", err) &&
	       check_range(rule->opens_day, 0, rule->day, field, "opens_day", err);
}

static bool is_holiday(const struct holidays *holidays, struct civil_date day)
{
	size_t low = 0, high = holidays ? holidays->count : 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = civil_compare(holidays->days[middle], day);
		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

instant deadline_of(const struct deadline_rule *rule, period p, const struct holidays *holidays)
{
	struct civil_date day = period_day_in_month(period_last_month(p, rule->month_offset), rule->day);
	while (rule->roll && (civil_weekday(day) >= SATURDAY || is_holiday(holidays, day)))
		day = civil_add_days(day, 1);
	return civil_start(civil_add_days(day, 1));
}

instant deadline_opens(const struct deadline_rule *rule, period p)
{
	return civil_start(period_day_in_month(period_last_month(p, rule->month_offset), rule->opens_day ? rule->opens_day : 1));
}

char *deadline_wording(struct arena *mem, instant before, enum language lang)
{
	/* Midnight belongs to the day it ends. */
	struct civil_time at = civil_time_of(before);
	int hour = at.hour;
	if (at.hour == 0 && at.minute == 0 && at.second == 0 && at.millisecond == 0) {
		at = civil_time_of(before - 1);
		hour = 24;
		at.minute = 0;
	}
	char day[CIVIL_TEXT_MAX];
	civil_format_date_vi(at.date, day);
#define WORDING(vi, en) \
	lang == LANG_EN ? arena_printf(mem, en, hour, at.minute, day) : arena_printf(mem, vi, hour, at.minute, day);
	return
#include "messages/deadline_wording.def"
#undef WORDING
}
