/* What the live stream sends, and to whom. */
#include "audit/audit_api.h"

#include <string.h>

#include "account/account.h"
#include "audit/audit.h"
#include "audit/audit_rules.h"
#include "audit/audit_store.h"
#include "audit/audit_watch.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "db/store.h"
#include "http/live.h"

/* Which rights let one watch a class of events; what everyone sees needs none. */
static const struct {
	enum watch_class class;
	enum right rights[2];
} class_rights[] = {
	{ WATCH_FIGURE, { RIGHT_FIGURE_READ, RIGHT_OVERVIEW_READ } },
	{ WATCH_ASSIGNMENT, { RIGHT_ASSIGNMENT_READ, RIGHT_ASSIGNMENT_READ } },
	{ WATCH_TASK, { RIGHT_TASK_READ, RIGHT_TASK_READ } },
	{ WATCH_DOCUMENT, { RIGHT_DOCUMENT_READ, RIGHT_DOCUMENT_READ } },
	{ WATCH_ACCOUNT, { RIGHT_ACCOUNT_READ, RIGHT_ACCOUNT_READ } },
	{ WATCH_LOG, { RIGHT_EVENT_READ, RIGHT_EVENT_READ } },
};
enum { CLASS_RIGHTS = sizeof(class_rights) / sizeof(class_rights[0]) };

/* Takes a path up unless another holds it already; drops those it holds. */
static void add_path(struct watch_list *list, const char *path)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++)
		if (text_starts(path, list->paths[i]))
			return;
	for (size_t i = 0; i < list->count; i++)
		if (!text_starts(list->paths[i], path))
			list->paths[kept++] = list->paths[i];
	list->paths[kept++] = path;
	list->count = kept;
}

static bool add_right(struct call *c, enum watch_class class, enum right right, struct watch_list *list)
{
	const struct scope *scopes;
	size_t count;
	if (!account_scope(c, right, &scopes, &count))
		return false;
	const char **grown = ARENA_ARRAY(c->mem, const char *, list->count + count + 2);
	if (list->count)
		memcpy(grown, list->paths, list->count * sizeof(*grown));
	list->paths = grown;
	for (size_t i = 0; i < count; i++) {
		/* What concerns the whole instance has no path: it is for those who watch its topmost unit. */
		bool topmost = strchr(scopes[i].path, '/') == scopes[i].path + strlen(scopes[i].path) - 1;
		if (topmost && scopes[i].subtree)
			add_path(list, watch_path(c->mem, class, "", true));
		else
			add_path(list, watch_path(c->mem, class, scopes[i].path, scopes[i].subtree));
	}
	return true;
}

bool watch_list_of(struct call *c, struct watch_list *out)
{
	*out = (struct watch_list){ .paths = ARENA_ARRAY(c->mem, const char *, 2) };
	add_path(out, watch_path(c->mem, WATCH_ALL, "", true));
	for (size_t i = 0; i < CLASS_RIGHTS; i++)
		for (size_t k = 0; k < 2; k++)
			if ((k == 0 || class_rights[i].rights[1] != class_rights[i].rights[0]) &&
			    !add_right(c, class_rights[i].class, class_rights[i].rights[k], out))
				return false;
	return true;
}

bool watch_list_holds(const struct watch_list *list, struct arena *mem, const char *kind, const char *unit_path)
{
	const char *path = watch_path(mem, watch_class_of(kind), unit_path, false);
	for (size_t i = 0; i < list->count; i++)
		if (text_starts(path, list->paths[i]))
			return true;
	return false;
}

static const char *const *scope_of(struct call *c)
{
	struct watch_list list;
	if (!c->actor || !watch_list_of(c, &list))
		return NULL;
	const char **ended = ARENA_ARRAY(c->mem, const char *, list.count + 1);
	memcpy(ended, list.paths, list.count * sizeof(*ended));
	return ended;
}

static const char *const *scope(struct request *r)
{
	return scope_of(&r->call);
}

struct reading {
	struct arena *mem;
	void (*each)(void *arg, const struct live_event *event);
	void *arg;
};

/* Where the change belongs, so that screens know which of their data it touches. */
static void write_place(struct json *json, struct arena *mem, const char *after)
{
	struct error unreadable = { 0 };
	json_t *object = after ? json_parse(mem, after, strlen(after), &unreadable) : NULL;
	static const char *const names[] = { "assignment_id", "period" };
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		json_t *value = json_object_get(object, names[i]);
		if (json_is_string(value))
			json_text(json, names[i], json_string_value(value));
	}
}

static const char *line(struct arena *mem, const struct event_row *row, enum watch_class class)
{
	struct buf buf;
	struct json json;
	buf_init(&buf, mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_id(&json, "id", row->id);
	json_text(&json, "kind", row->kind);
	json_text(&json, "unit_path", row->unit_path);
	json_text(&json, "subject_kind", row->subject_kind);
	json_id(&json, "subject_id", row->subject_id);
	json_instant(&json, "at", row->at);
	if (class == WATCH_FIGURE || class == WATCH_ASSIGNMENT)
		write_place(&json, mem, row->after);
	json_end(&json);
	return buf.data;
}

static bool is_about_rights(const char *kind)
{
	static const char *const kinds[] = { "account.granted", "account.revoked", "account.disabled",
					     "account.password_reset", "account.sessions_ended" };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_equal(kind, kinds[i]))
			return true;
	return false;
}

/* Events that nobody watches are given too: the stream's cursor has to pass them. */
static bool give(void *arg, const struct event_row *row)
{
	struct reading *reading = arg;
	arena_reset(reading->mem);
	enum watch_class class = watch_class_of(row->kind);
	struct live_event event = {
		.id = row->id,
		.path = watch_path(reading->mem, class, row->unit_path, false),
		.kind = row->kind,
		.json = class == WATCH_NOBODY ? "" : line(reading->mem, row, class),
		.rights = is_about_rights(row->kind),
	};
	reading->each(reading->arg, &event);
	return true;
}

static bool read_behind(struct store *store, id after, int limit, void (*each)(void *arg, const struct live_event *event),
			void *arg)
{
	struct error err = { 0 };
	struct call call = { .mem = arena_new(0), .err = &err };
	struct reading reading = { .mem = arena_new(0), .each = each, .arg = arg };
	bool ok = store_read(store, &call);
	if (ok) {
		ok = audit_store_each(&call, after, INT64_MAX, limit, give, &reading);
		store_release(store, &call);
	}
	arena_free(reading.mem);
	arena_free(call.mem);
	return ok;
}

static id newest(struct store *store)
{
	struct error err = { 0 };
	struct call call = { .mem = arena_new(0), .err = &err };
	id found = 0;
	if (store_read(store, &call)) {
		if (!event_newest(&call, &found))
			found = 0;
		store_release(store, &call);
	}
	arena_free(call.mem);
	return found;
}

static bool still_valid(struct store *store, const char *session_digest, uint64_t scope_hash)
{
	struct error err = { 0 };
	struct call call = { .mem = arena_new(0), .now = audit_now(), .err = &err };
	bool stands = store_read(store, &call);
	if (stands) {
		stands = account_session_stands(&call, session_digest) &&
			 live_scope_hash(scope_of(&call)) == scope_hash;
		store_release(store, &call);
	}
	arena_free(call.mem);
	return stands;
}

const struct live_source audit_live_source = {
	.read = read_behind,
	.newest = newest,
	.scope = scope,
	.still_valid = still_valid,
};
