#include "unit/unit_rules.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/text.h"

static bool is_letter_or_digit(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool unit_code_valid(const char *code)
{
	size_t length = strlen(code);
	if (length == 0 || length > UNIT_CODE_MAX || !is_letter_or_digit(code[0]))
		return false;
	for (size_t i = 1; i < length; i++)
		if (!is_letter_or_digit(code[i]) && code[i] != '-' && code[i] != '_' && code[i] != '.')
			return false;
	return true;
}

bool unit_under(const char *path, const char *root)
{
	return text_starts(path, root);
}

char *unit_path_make(struct arena *mem, const char *parent_path, const char *code)
{
	return arena_printf(mem, "%s%s/", parent_path, code);
}

int unit_path_depth(const char *path)
{
	int depth = 0;
	for (; *path; path++)
		if (*path == '/')
			depth++;
	return depth;
}

char *unit_path_end(struct arena *mem, const char *prefix)
{
	size_t length = strlen(prefix);
	if (length == 0)
		return arena_strdup(mem, "\x7f");
	char *end = arena_strndup(mem, prefix, length);
	end[length - 1]++;
	return end;
}

/* What offices are called by in front of their own name, folded; longer ones before those they start with. */
static const char *const kind_words[] = {
	"thanh pho ", "tinh ", "phuong ", "xa ", "dac khu ", "thi tran ", "so ", "bo ", "ban quan ly ", "ban ", "cuc ",
};

static const char *without_kind(const char *fold)
{
	for (size_t i = 0; i < sizeof(kind_words) / sizeof(kind_words[0]); i++)
		if (text_starts(fold, kind_words[i]))
			return fold + strlen(kind_words[i]);
	return fold;
}

static void add_form(struct buf *forms, const char *form)
{
	buf_add_char(forms, '|');
	buf_add_text(forms, form);
}

char *unit_search_forms(struct arena *mem, const char *code, const char *name, const char *name_en)
{
	struct buf forms;
	buf_init(&forms, mem, 0);

	const char *fold = text_fold(mem, name);
	const char *bare = without_kind(fold);
	add_form(&forms, fold);
	if (bare != fold)
		add_form(&forms, bare);
	const char *english = text_fold(mem, name_en);
	if (strcmp(english, fold) != 0 && strcmp(english, bare) != 0)
		add_form(&forms, english);
	add_form(&forms, text_fold(mem, code));
	const char *dash = strrchr(code, '-');
	if (dash)
		add_form(&forms, text_fold(mem, dash + 1));
	return forms.data;
}

id unit_province_of(id unit_id, const char *kind, const struct unit *parent)
{
	return !parent || text_equal(kind, "province") ? unit_id : parent->province_id;
}

bool unit_valid_on(const struct unit *unit, struct civil_date day)
{
	return civil_compare(unit->valid_from, day) <= 0 &&
	       (unit->valid_to.year == 0 || civil_compare(day, unit->valid_to) < 0);
}

bool unit_move_check(const struct unit *unit, const struct unit *parent, int depth_below, struct error *err)
{
	if (unit->parent_id == 0)
		return error_set(err, ERR_unit_root_fixed, "parent_id", NULL);
	if (unit_under(parent->path, unit->path))
		return error_set(err, ERR_unit_below_itself, "parent_id", unit->name, NULL);
	if (unit_path_depth(parent->path) + 1 + depth_below > UNIT_DEPTH_MAX)
		return error_set(err, ERR_unit_too_deep, "parent_id", NULL);
	return true;
}

bool unit_merge_check(const struct unit *unit, const struct unit *successor, struct civil_date on, struct error *err)
{
	if (unit->parent_id == 0)
		return error_set(err, ERR_unit_root_fixed, NULL, NULL);
	if (unit->valid_to.year != 0)
		return error_set(err, ERR_unit_ended, NULL, unit->name, NULL);
	if (successor->id == unit->id || unit_under(successor->path, unit->path))
		return error_set(err, ERR_unit_successor_own, "successor_id", NULL);
	if (civil_compare(on, unit->valid_from) <= 0 || !unit_valid_on(successor, on))
		return error_set(err, ERR_unit_merge_day, "on", NULL);
	return true;
}
