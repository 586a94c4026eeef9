/* Who else may see what one sees: people by a part of their name, and whether named people are among them. */
#include <string.h>

#include "account/account_store.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

enum { ROWS_MAX = 400 };

/* "|TW/|TW/66/|TW/66/22015/|": the units and all above them, where a grant can stand. */
static const char *granting(struct arena *mem, const char *const *paths, size_t count)
{
	struct buf out;
	buf_init(&out, mem, 0);
	buf_add_char(&out, '|');
	for (size_t i = 0; i < count && i < HOLDER_PATHS; i++) {
		for (const char *end = strchr(paths[i], '/'); end; end = strchr(end + 1, '/')) {
			const char *one = arena_printf(mem, "|%.*s|", (int)(end + 1 - paths[i]), paths[i]);
			if (!strstr(out.data, one))
				buf_add_text(&out, one + 1);
		}
	}
	return out.data;
}

static bool allows(const struct holding_row *row, enum right right, const char *const *paths, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (right_allows(row->role, right, relation_of(row->path, paths[i])))
			return true;
	return false;
}

static void take(struct call *c, const struct holding_row *rows, size_t row_count, enum right right,
		 const char *const *paths, size_t count, size_t limit, struct account_holder **out, size_t *found)
{
	*out = ARENA_ARRAY(c->mem, struct account_holder, row_count);
	*found = 0;
	for (size_t i = 0; i < row_count && *found < limit; i++) {
		size_t k = 0;
		while (k < *found && (*out)[k].id != rows[i].holder.id)
			k++;
		if (k == *found && allows(&rows[i], right, paths, count))
			(*out)[(*found)++] = rows[i].holder;
	}
}

bool account_holders(struct call *c, enum right right, const char *const *paths, size_t count, const char *q, int limit,
		     struct account_holder **out, size_t *found)
{
	struct holding_row *rows;
	size_t row_count;
	if (!holding_rows_by_name(c, granting(c->mem, paths, count), text_fold(c->mem, q ? q : ""), ROWS_MAX, &rows,
				  &row_count))
		return false;
	take(c, rows, row_count, right, paths, count, (size_t)limit, out, found);
	return true;
}

bool account_holders_of(struct call *c, enum right right, const char *const *paths, size_t count, const id *ids,
			size_t id_count, struct account_holder **out, size_t *found)
{
	struct holding_row *rows;
	size_t row_count;
	if (!holding_rows_of(c, ids, id_count, &rows, &row_count))
		return false;
	take(c, rows, row_count, right, paths, count, id_count, out, found);
	return true;
}
