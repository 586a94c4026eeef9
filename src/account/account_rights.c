#include "account/account.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "base/text.h"

enum {
	O = RELATION_OWN,
	B = RELATION_BELOW,
	A = RELATION_ABOVE,
	E = RELATION_ELSEWHERE,
};

/*
 * Where each role has each right. A right below always comes with the own
 * unit, so that account_scope can say both by one subtree.
 */
#define EVERYONE \
	[RIGHT_SELF] = O | B | A | E, \
	[RIGHT_UNIT_READ] = O | B | A | E, \
	[RIGHT_INDICATOR_READ] = O | B | A | E, \
	[RIGHT_ASSIGNMENT_READ] = O | B | A

static const unsigned char table[ROLE_COUNT][RIGHT_COUNT] = {
	[ROLE_ADMINISTRATOR] = {
		EVERYONE,
		[RIGHT_UNIT_MANAGE] = O | B,
		[RIGHT_ACCOUNT_READ] = O | B,
		[RIGHT_ACCOUNT_PROPOSE] = O | B,
		[RIGHT_ACCOUNT_MANAGE] = O | B,
		[RIGHT_ACCOUNT_REVEAL] = O | B,
		[RIGHT_OVERVIEW_READ] = O | B,
		[RIGHT_EVENT_READ] = O | B,
		[RIGHT_SYSTEM_MANAGE] = O,
	},
	[ROLE_DATA_ENTRY] = {
		EVERYONE,
		[RIGHT_FIGURE_READ] = O,
		[RIGHT_FIGURE_ENTER] = O,
		[RIGHT_OVERVIEW_READ] = O,
		[RIGHT_DOCUMENT_READ] = O,
		[RIGHT_DOCUMENT_MANAGE] = O,
		[RIGHT_TASK_READ] = O,
		[RIGHT_TASK_REPORT] = O,
	},
	[ROLE_APPROVER] = {
		EVERYONE,
		[RIGHT_FIGURE_READ] = O | B,
		[RIGHT_FIGURE_APPROVE] = O,
		[RIGHT_OVERVIEW_READ] = O | B,
		[RIGHT_DOCUMENT_READ] = O,
		[RIGHT_TASK_READ] = O | B,
		[RIGHT_TASK_REPORT] = O,
	},
	[ROLE_COORDINATOR] = {
		EVERYONE,
		[RIGHT_ACCOUNT_READ] = O,
		[RIGHT_ACCOUNT_PROPOSE] = O,
		[RIGHT_INDICATOR_MANAGE] = O,
		[RIGHT_ASSIGNMENT_MANAGE] = O,
		[RIGHT_FIGURE_READ] = O | B,
		[RIGHT_FIGURE_ENTER] = O,
		[RIGHT_FIGURE_RECEIVE] = O,
		[RIGHT_OVERVIEW_READ] = O | B,
		[RIGHT_DOCUMENT_READ] = O | B,
		[RIGHT_DOCUMENT_MANAGE] = O,
		[RIGHT_TASK_READ] = O | B,
		[RIGHT_TASK_ASSIGN] = O,
		[RIGHT_TASK_REPORT] = O,
		[RIGHT_TASK_DECIDE] = O,
	},
	[ROLE_LEADER] = {
		EVERYONE,
		[RIGHT_FIGURE_READ] = O | B,
		[RIGHT_OVERVIEW_READ] = O | B,
		[RIGHT_EVENT_READ] = O,
		[RIGHT_DOCUMENT_READ] = O | B,
		[RIGHT_TASK_READ] = O | B,
		[RIGHT_TASK_DECIDE] = O,
	},
	[ROLE_INSPECTOR] = {
		EVERYONE,
		[RIGHT_ACCOUNT_READ] = O | B,
		[RIGHT_FIGURE_READ] = O | B,
		[RIGHT_OVERVIEW_READ] = O | B,
		[RIGHT_EVENT_READ] = O | B,
		[RIGHT_DOCUMENT_READ] = O | B,
		[RIGHT_TASK_READ] = O | B,
	},
	[ROLE_INTAKE] = {
		EVERYONE,
	},
};

static const char *const role_words[ROLE_COUNT] = {
	[ROLE_ADMINISTRATOR] = "administrator",
	[ROLE_DATA_ENTRY] = "data_entry",
	[ROLE_APPROVER] = "approver",
	[ROLE_COORDINATOR] = "coordinator",
	[ROLE_LEADER] = "leader",
	[ROLE_INSPECTOR] = "inspector",
	[ROLE_INTAKE] = "intake",
};

static const char *const right_words[RIGHT_COUNT] = {
	[RIGHT_SELF] = "self",
	[RIGHT_UNIT_READ] = "unit.read",
	[RIGHT_UNIT_MANAGE] = "unit.manage",
	[RIGHT_ACCOUNT_READ] = "account.read",
	[RIGHT_ACCOUNT_PROPOSE] = "account.propose",
	[RIGHT_ACCOUNT_MANAGE] = "account.manage",
	[RIGHT_ACCOUNT_REVEAL] = "account.reveal",
	[RIGHT_INDICATOR_READ] = "indicator.read",
	[RIGHT_INDICATOR_MANAGE] = "indicator.manage",
	[RIGHT_ASSIGNMENT_READ] = "assignment.read",
	[RIGHT_ASSIGNMENT_MANAGE] = "assignment.manage",
	[RIGHT_FIGURE_READ] = "figure.read",
	[RIGHT_FIGURE_ENTER] = "figure.enter",
	[RIGHT_FIGURE_APPROVE] = "figure.approve",
	[RIGHT_FIGURE_RECEIVE] = "figure.receive",
	[RIGHT_OVERVIEW_READ] = "overview.read",
	[RIGHT_EVENT_READ] = "event.read",
	[RIGHT_SYSTEM_MANAGE] = "system.manage",
	[RIGHT_DOCUMENT_READ] = "document.read",
	[RIGHT_DOCUMENT_MANAGE] = "document.manage",
	[RIGHT_TASK_READ] = "task.read",
	[RIGHT_TASK_ASSIGN] = "task.assign",
	[RIGHT_TASK_REPORT] = "task.report",
	[RIGHT_TASK_DECIDE] = "task.decide",
};

bool right_allows(enum role role, enum right right, enum relation relation)
{
	return (table[role][right] & relation) != 0;
}

enum relation relation_of(const char *grant_path, const char *unit_path)
{
	if (unit_path == NULL || *unit_path == '\0')
		return RELATION_ELSEWHERE;
	bool below = text_starts(unit_path, grant_path);
	bool above = text_starts(grant_path, unit_path);
	if (below && above)
		return RELATION_OWN;
	if (below)
		return RELATION_BELOW;
	return above ? RELATION_ABOVE : RELATION_ELSEWHERE;
}

const char *role_word(enum role role)
{
	return role_words[role];
}

bool role_parse(const char *word, enum role *out)
{
	for (int role = 0; word != NULL && role < ROLE_COUNT; role++) {
		if (strcmp(role_words[role], word) == 0) {
			*out = (enum role)role;
			return true;
		}
	}
	return false;
}

const char *right_word(enum right right)
{
	return right_words[right];
}

bool right_parse(const char *word, enum right *out)
{
	for (int right = 0; word != NULL && right < RIGHT_COUNT; right++) {
		if (strcmp(right_words[right], word) == 0) {
			*out = (enum right)right;
			return true;
		}
	}
	return false;
}

static bool is_system(const struct call *c)
{
	return c->actor == NULL && c->address == NULL;
}

static bool within_limit(const struct actor *actor, enum right right, const char *unit_path)
{
	const struct actor_limit *limit = actor->limit;
	if (limit == NULL)
		return true;
	if ((limit->rights & (UINT32_C(1) << right)) == 0)
		return false;
	/* Definitions and the tree are nobody's own. */
	if (right == RIGHT_UNIT_READ || right == RIGHT_INDICATOR_READ)
		return true;
	return unit_path != NULL && text_starts(unit_path, limit->unit_path);
}

bool account_may(const struct call *c, enum right right, const char *unit_path)
{
	if (is_system(c))
		return true;
	const struct actor *actor = c->actor;
	if (actor == NULL || actor->account_id == 0)
		return false;
	if (right == RIGHT_SELF)
		return true;
	if (!within_limit(actor, right, unit_path))
		return false;
	for (size_t i = 0; i < actor->grant_count; i++) {
		const struct grant *grant = &actor->grants[i];
		if (right_allows(grant->role, right, relation_of(grant->unit_path, unit_path)))
			return true;
	}
	return false;
}

/* Figures, documents and tasks of units elsewhere are not even said to exist. */
static bool hides(const struct call *c, enum right right, const char *unit_path)
{
	switch (right) {
	case RIGHT_FIGURE_READ:
	case RIGHT_FIGURE_ENTER:
	case RIGHT_FIGURE_APPROVE:
	case RIGHT_FIGURE_RECEIVE:
		return !account_may(c, RIGHT_FIGURE_READ, unit_path);
	case RIGHT_DOCUMENT_READ:
	case RIGHT_DOCUMENT_MANAGE:
		return !account_may(c, RIGHT_DOCUMENT_READ, unit_path);
	case RIGHT_TASK_READ:
	case RIGHT_TASK_ASSIGN:
	case RIGHT_TASK_REPORT:
	case RIGHT_TASK_DECIDE:
		return !account_may(c, RIGHT_TASK_READ, unit_path);
	default:
		return false;
	}
}

bool account_require(struct call *c, enum right right, const char *unit_path)
{
	c->right_checked = true;
	if (account_may(c, right, unit_path))
		return true;
	LOG(LOG_INFO, "refused", LOG_INT("account", c->actor != NULL ? c->actor->account_id : 0),
	    LOG_TEXT("right", right_words[right]), LOG_TEXT("unit", unit_path != NULL ? unit_path : ""));
	return error_set(c->err, hides(c, right, unit_path) ? ERR_not_found : ERR_forbidden, NULL, NULL);
}

/* The first step of a path: "TW/" of "TW/66/22015/". */
static const char *root_of(struct arena *mem, const char *path)
{
	const char *slash = strchr(path, '/');
	return slash == NULL ? path : arena_strndup(mem, path, (size_t)(slash - path) + 1);
}

static bool covers(const struct scope *outer, const struct scope *inner)
{
	if (outer->subtree)
		return text_starts(inner->path, outer->path);
	return !inner->subtree && strcmp(outer->path, inner->path) == 0;
}

struct scope_list {
	struct scope *items;
	size_t count, room;
};

static void scope_add(struct call *c, struct scope_list *list, const char *path, bool subtree)
{
	struct scope added = { path, subtree };
	for (size_t i = 0; i < list->count; i++)
		if (covers(&list->items[i], &added))
			return;
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++)
		if (!covers(&added, &list->items[i]))
			list->items[kept++] = list->items[i];
	list->count = kept;
	if (list->count == list->room) {
		size_t room = list->room == 0 ? 8 : list->room * 2;
		struct scope *items = ARENA_ARRAY(c->mem, struct scope, room);
		if (list->count > 0)
			memcpy(items, list->items, list->count * sizeof(*items));
		list->items = items;
		list->room = room;
	}
	list->items[list->count++] = added;
}

static void scope_add_ancestors(struct call *c, struct scope_list *list, const char *path)
{
	for (const char *slash = strchr(path, '/'); slash != NULL && slash[1] != '\0';
	     slash = strchr(slash + 1, '/'))
		scope_add(c, list, arena_strndup(c->mem, path, (size_t)(slash - path) + 1), false);
}

static void scope_add_grant(struct call *c, struct scope_list *list, enum right right,
			    const struct grant *grant)
{
	unsigned relations = table[grant->role][right];
	if (relations & E) {
		scope_add(c, list, root_of(c->mem, grant->unit_path), true);
		return;
	}
	if (relations & (O | B))
		scope_add(c, list, grant->unit_path, (relations & B) != 0);
	if (relations & A)
		scope_add_ancestors(c, list, grant->unit_path);
}

/* What of `list` lies within the token's own unit. */
static void scope_limit(struct call *c, struct scope_list *list, const struct actor_limit *limit)
{
	struct scope_list within = { 0 };
	struct scope bound = { limit->unit_path, true };
	for (size_t i = 0; i < list->count; i++) {
		if (covers(&bound, &list->items[i]))
			scope_add(c, &within, list->items[i].path, list->items[i].subtree);
		else if (covers(&list->items[i], &bound))
			scope_add(c, &within, limit->unit_path, true);
	}
	*list = within;
}

bool account_scope(struct call *c, enum right right, const struct scope **scopes, size_t *count)
{
	c->right_checked = true;
	struct scope_list list = { 0 };
	const struct actor *actor = c->actor;
	if (is_system(c))
		scope_add(c, &list, "TW/", true);
	for (size_t i = 0; actor != NULL && i < actor->grant_count; i++)
		scope_add_grant(c, &list, right, &actor->grants[i]);
	if (actor != NULL && actor->limit != NULL) {
		if ((actor->limit->rights & (UINT32_C(1) << right)) == 0)
			list.count = 0;
		else if (right != RIGHT_UNIT_READ && right != RIGHT_INDICATOR_READ)
			scope_limit(c, &list, actor->limit);
	}
	*scopes = list.items;
	*count = list.count;
	return true;
}
