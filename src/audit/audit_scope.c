#include "audit/audit_scope.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* The scope's part that holds the topmost unit and all below it holds the whole instance, whose path is "". */
static bool is_whole(const struct scope *part)
{
	const char *slash = strchr(part->path, '/');
	return part->subtree && (!slash || slash[1] == '\0');
}

/* What is left of a part inside the unit's subtree; false when nothing is. */
static bool narrow(const struct scope *part, const char *unit_path, struct scope *out)
{
	if (part->subtree && unit_under(unit_path, part->path))
		*out = (struct scope){ unit_path, true };
	else if (unit_under(part->path, unit_path))
		*out = *part;
	else
		return false;
	return true;
}

bool log_scope_of(struct call *c, id unit_id, struct log_scope *out)
{
	const struct scope *parts;
	size_t count, kept = 0;
	struct unit unit;
	if (unit_id ? !unit_by_id(c, unit_id, "unit_id", &unit) : !unit_root(c, &unit))
		return false;
	if (!account_scope(c, RIGHT_EVENT_READ, &parts, &count))
		return false;
	struct scope *left = ARENA_ARRAY(c->mem, struct scope, count);
	for (size_t i = 0; i < count; i++) {
		if (unit_id && !narrow(&parts[i], unit.path, &left[kept]))
			continue;
		if (!unit_id)
			left[kept] = is_whole(&parts[i]) ? (struct scope){ "", true } : parts[i];
		kept++;
	}
	*out = (struct log_scope){ left, kept };
	/* Nothing left: the right itself says how that is told. */
	return kept || account_require(c, RIGHT_EVENT_READ, unit.path);
}

bool log_scope_holds(const struct log_scope *scope, const char *unit_path)
{
	for (size_t i = 0; i < scope->count; i++) {
		const struct scope *part = &scope->parts[i];
		if (part->subtree ? unit_under(unit_path, part->path) : text_equal(unit_path, part->path))
			return true;
	}
	return false;
}

/* Behind a path come those below it; no code begins with '.'. */
static struct path_range range_of(struct arena *mem, const struct scope *part)
{
	if (!part->subtree)
		return (struct path_range){ part->path, arena_printf(mem, "%s.", part->path) };
	size_t length = strlen(part->path);
	if (length == 0)
		return (struct path_range){ "", "\x7f" };
	char *high = arena_strndup(mem, part->path, length);
	high[length - 1]++;
	return (struct path_range){ part->path, high };
}

void log_scope_ranges(struct call *c, const struct log_scope *scope, struct path_range ranges[PATH_RANGES])
{
	for (size_t i = 0; i < PATH_RANGES; i++)
		ranges[i] = (struct path_range){ "", "" };
	for (size_t i = 0; i < scope->count; i++) {
		struct path_range range = range_of(c->mem, &scope->parts[i]);
		if (i < PATH_RANGES) {
			ranges[i] = range;
			continue;
		}
		struct path_range *last = &ranges[PATH_RANGES - 1];
		if (strcmp(range.low, last->low) < 0)
			last->low = range.low;
		if (strcmp(range.high, last->high) > 0)
			last->high = range.high;
	}
}
