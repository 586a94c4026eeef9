#include "http/router.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "http/http.h"

enum { SEGMENTS_MAX = 16 };

/* A method of a path. Names of parameters are the route's own: two routes may call one place differently. */
struct leaf {
	const struct route *route;
	int index;
	size_t count;
	const char *names[ROUTE_PARAMS_MAX];
	struct leaf *next;
};

struct node {
	const char *segment;
	struct node *next;    /* beside */
	struct node *literal; /* first below */
	struct node *param;
	struct leaf *leaves;
	const char *allowed;
};

struct router {
	struct node root;
};

static size_t split(char *path, char **segments)
{
	size_t count = 0;
	char *at = path;

	if (*at == '/')
		at++;
	while (count < SEGMENTS_MAX) {
		segments[count++] = at;
		at = strchr(at, '/');
		if (!at)
			return count;
		*at++ = '\0';
	}
	return 0;
}

static struct node *below(struct arena *mem, struct node *node, const char *segment)
{
	struct node *child;

	if (segment[0] == '{') {
		if (!node->param)
			node->param = ARENA_NEW(mem, struct node);
		return node->param;
	}
	for (child = node->literal; child; child = child->next)
		if (!strcmp(child->segment, segment))
			return child;
	child = ARENA_NEW(mem, struct node);
	child->segment = segment;
	child->next = node->literal;
	node->literal = child;
	return child;
}

static void add_name(struct arena *mem, struct leaf *leaf, const char *segment)
{
	size_t length = strlen(segment);

	if (leaf->count == ROUTE_PARAMS_MAX || length < 3 || segment[length - 1] != '}')
		die("route %s %s: bad parameter %s", leaf->route->method, leaf->route->path, segment);
	leaf->names[leaf->count++] = arena_strndup(mem, segment + 1, length - 2);
}

static void add_route(struct arena *mem, struct router *router, const struct route *route, int index)
{
	char *segments[SEGMENTS_MAX];
	size_t count = split(arena_strdup(mem, route->path), segments);
	struct leaf *leaf = ARENA_NEW(mem, struct leaf);
	struct node *node = &router->root;

	if (route->path[0] != '/' || count == 0)
		die("route %s %s: bad path", route->method, route->path);
	leaf->route = route;
	leaf->index = index;
	for (size_t i = 0; i < count; i++) {
		node = below(mem, node, segments[i]);
		if (segments[i][0] == '{')
			add_name(mem, leaf, segments[i]);
	}
	for (const struct leaf *other = node->leaves; other; other = other->next)
		if (!strcmp(other->route->method, route->method))
			die("two routes for %s %s", route->method, route->path);
	leaf->next = node->leaves;
	node->leaves = leaf;
}

static void list_allowed(struct arena *mem, struct node *node)
{
	struct buf out;

	if (node->leaves) {
		buf_init(&out, mem, 0);
		for (const struct leaf *leaf = node->leaves; leaf; leaf = leaf->next) {
			buf_add_text(&out, leaf->route->method);
			buf_add_text(&out, strcmp(leaf->route->method, "GET") ? ", " : ", HEAD, ");
		}
		buf_add_text(&out, "OPTIONS");
		node->allowed = out.data;
	}
	if (node->param)
		list_allowed(mem, node->param);
	for (struct node *child = node->literal; child; child = child->next)
		list_allowed(mem, child);
}

struct router *router_new(struct arena *mem, const struct route_table *const *tables, size_t count)
{
	struct router *router = ARENA_NEW(mem, struct router);
	int index = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < tables[i]->count; k++)
			add_route(mem, router, &tables[i]->routes[k], index++);
	list_allowed(mem, &router->root);
	return router;
}

static const struct node *find(const struct node *node, char **segments, size_t count, const char **values)
{
	const struct node *found;

	if (count == 0)
		return node->leaves ? node : NULL;
	for (const struct node *child = node->literal; child; child = child->next) {
		if (strcmp(child->segment, segments[0]))
			continue;
		found = find(child, segments + 1, count - 1, values);
		if (found)
			return found;
		break;
	}
	if (!node->param || segments[0][0] == '\0')
		return NULL;
	*values = segments[0];
	return find(node->param, segments + 1, count - 1, values + 1);
}

void router_match(const struct router *router, char *path, const char *method, struct route_match *out)
{
	char *segments[SEGMENTS_MAX];
	const char *values[SEGMENTS_MAX];
	const char *wanted = strcmp(method, "HEAD") ? method : "GET";
	size_t count = split(path, segments);
	const struct node *node = count ? find(&router->root, segments, count, values) : NULL;

	memset(out, 0, sizeof(*out));
	out->index = -1;
	if (!node)
		return;
	out->allowed = node->allowed;
	for (const struct leaf *leaf = node->leaves; leaf; leaf = leaf->next) {
		if (strcmp(leaf->route->method, wanted))
			continue;
		out->route = leaf->route;
		out->index = leaf->index;
		out->count = leaf->count;
		memcpy(out->names, leaf->names, sizeof(out->names));
		memcpy(out->values, values, leaf->count * sizeof(*values));
		return;
	}
}
