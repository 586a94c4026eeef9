/* Deadlines and their rules in requests and replies. */
#include "deadline/deadline.h"

#include "base/json.h"

void deadline_write(struct json *json, const char *key, struct arena *mem, instant before, enum language lang)
{
	json_object(json, key);
	json_instant(json, "before", before);
	json_text(json, "wording", deadline_wording(mem, before, lang));
	json_end(json);
}

void deadline_rule_write(struct json *json, const char *key, const struct deadline_rule *rule)
{
	json_object(json, key);
	json_int(json, "day", rule->day);
	json_int(json, "month_offset", rule->month_offset);
	json_bool(json, "roll", rule->roll);
	json_bool(json, "locks", rule->locks);
	json_int(json, "opens_day", rule->opens_day);
	json_end(json);
}

/* The shape bounds the numbers; what falls out of an int is out of the rule's range too. */
static int small(const json_t *object, const char *key)
{
	int64_t value = json_get_int(object, key, 0);
	return value < -1000 || value > 1000 ? -1 : (int)value;
}

bool deadline_rule_read(const json_t *object, const char *field, struct deadline_rule *out, struct error *err)
{
	*out = (struct deadline_rule){
		.day = small(object, "day"),
		.month_offset = small(object, "month_offset"),
		.roll = json_get_bool(object, "roll", false),
		.locks = json_get_bool(object, "locks", false),
		.opens_day = small(object, "opens_day"),
	};
	return deadline_rule_check(out, field, err);
}
