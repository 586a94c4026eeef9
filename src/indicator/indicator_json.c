#include "base/json.h"
#include "indicator/indicator_rules.h"
#include "unit/unit.h"

static void write_target_fields(struct json *json, const struct indicator *indicator,
				const struct target *target)
{
	json_int(json, "year", target->year);
	json_text(json, "operator", target_operator_word(target->operator));
	json_decimal(json, "value", target->value, indicator->decimals);
	if (target->operator == TARGET_RANGE)
		json_decimal(json, "high", target->high, indicator->decimals);
	else
		json_null(json, "high");
}

void target_write(struct json *json, const char *key, const struct indicator *indicator,
		  const struct target *target)
{
	if (!target) {
		json_null(json, key);
		return;
	}
	json_object(json, key);
	write_target_fields(json, indicator, target);
	json_end(json);
}

static void write_words(struct json *json, const struct indicator *indicator)
{
	json_text(json, "value_type", value_type_word(indicator->type));
	json_text(json, "accrual", accrual_word(indicator->accrual));
	json_text(json, "frequency", frequency_word(indicator->frequency));
	json_text(json, "direction", direction_word(indicator->direction));
	json_text(json, "aggregation", aggregation_word(indicator->aggregation));
}

static void write_scale(struct json *json, const struct indicator *indicator)
{
	json_int(json, "decimals", indicator->decimals);
	json_int(json, "part_decimals", indicator->part_decimals);
	json_int(json, "factor", indicator->factor);
	if (indicator->has_min)
		json_decimal(json, "min", indicator->min, indicator->decimals);
	else
		json_null(json, "min");
	if (indicator->has_max)
		json_decimal(json, "max", indicator->max, indicator->decimals);
	else
		json_null(json, "max");
	json_int(json, "outlier_percent", indicator->outlier_percent);
}

void indicator_write_members(struct json *json, const struct indicator *indicator, const struct unit *owner)
{
	json_id(json, "id", indicator->id);
	json_int(json, "version", indicator->version);
	json_text(json, "code", indicator->code);
	json_text(json, "name", indicator->name);
	json_text(json, "group", indicator->group);
	json_text(json, "resolution", indicator->resolution);
	json_text(json, "unit_of_measure", indicator->unit_of_measure);
	json_text(json, "definition", indicator->definition);
	json_text(json, "source", indicator->source);
	write_words(json, indicator);
	write_scale(json, indicator);
	json_bool(json, "evidence_required", indicator->evidence_required);
	json_bool(json, "illustrative", indicator->illustrative);
	json_array(json, "levels");
	for (int n = 0; level_word(n); n++)
		if (indicator->levels & (1u << n))
			json_text(json, NULL, level_word(n));
	json_end(json);
	json_array(json, "targets");
	for (size_t i = 0; i < indicator->target_count; i++)
		target_write(json, NULL, indicator, &indicator->targets[i]);
	json_end(json);
	if (owner)
		unit_write_ref(json, "owner", owner);
	json_instant(json, "valid_from", indicator->valid_from);
	json_instant(json, "valid_to", indicator->valid_to);
}

void indicator_write(struct json *json, const char *key, const struct indicator *indicator,
		     const struct unit *owner)
{
	json_object(json, key);
	indicator_write_members(json, indicator, owner);
	json_end(json);
}
