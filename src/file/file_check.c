#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "file/file_folder.h"
#include "file/file_store.h"

enum { LINE_MAX_SIZE = 160, PREFIXES = 256 };

struct checking {
	void (*each)(void *arg, const char *line);
	void *arg;
	size_t problems;
};

static void problem(struct checking *checking, const char *sha256, const char *what)
{
	char line[LINE_MAX_SIZE];

	snprintf(line, sizeof(line), "file %s: %s", sha256, what);
	checking->each(checking->arg, line);
	checking->problems++;
}

static void check_content(struct checking *checking, const struct file *file)
{
	switch (file_verify(file->sha256, file->size)) {
	case FILE_GOOD:
		break;
	case FILE_MISSING:
		problem(checking, file->sha256, "the file is missing");
		break;
	case FILE_DAMAGED:
		problem(checking, file->sha256, "the file's bytes are not those that were stored");
		break;
	}
}

struct released {
	const char *sha256[FILE_RELEASED_MAX];
	size_t count;
};

static bool is_released(const struct released *released, const char *sha256)
{
	for (size_t i = 0; i < released->count; i++)
		if (!strcmp(released->sha256[i], sha256))
			return true;
	return false;
}

/* Both are sorted by hash: one walk tells what either side lacks. What was released lies there until the next duty. */
static void compare(struct checking *checking, const struct file *rows, size_t row_count,
		    const struct folder_list *list, const struct released *released, bool content)
{
	size_t i = 0, k = 0;

	while (i < row_count || k < list->count) {
		int order = i == row_count     ? 1
			    : k == list->count ? -1
					       : strcmp(rows[i].sha256, list->names[k]);
		if (order < 0) {
			problem(checking, rows[i++].sha256, "the file is missing");
		} else if (order > 0) {
			if (!is_released(released, list->names[k]))
				problem(checking, list->names[k], "no row of the store names this file");
			k++;
		} else {
			if (content)
				check_content(checking, &rows[i]);
			i++;
			k++;
		}
	}
}

static bool check_prefix(struct call *c, int prefix, bool content, struct checking *checking)
{
	char low[8], high[8];
	struct released released;
	struct file *rows;
	struct folder_list list;
	size_t count;

	snprintf(low, sizeof(low), "%02x", (unsigned)prefix);
	/* "g" follows every hexadecimal digit. */
	if (prefix + 1 < PREFIXES)
		snprintf(high, sizeof(high), "%02x", (unsigned)prefix + 1);
	else
		snprintf(high, sizeof(high), "g");
	if (!store_file_range(c, low, high, &rows, &count) ||
	    !store_released(c, low, high, released.sha256, &released.count) || !folder_list(low, &list, c->err))
		return false;
	compare(checking, rows, count, &list, &released, content);
	for (size_t i = 0; i < list.strangers; i++)
		problem(checking, low, "a file in this folder has no name of ours");
	folder_list_free(&list);
	return true;
}

bool file_check(struct call *c, bool content, void (*each)(void *arg, const char *line), void *arg,
		    size_t *problems)
{
	struct checking checking = { .each = each, .arg = arg };

	for (int prefix = 0; prefix < PREFIXES; prefix++) {
		struct call part = *c;
		bool ok;
		part.mem = arena_new(0);
		ok = check_prefix(&part, prefix, content, &checking);
		arena_free(part.mem);
		if (!ok)
			return false;
	}
	*problems = checking.problems;
	return true;
}
