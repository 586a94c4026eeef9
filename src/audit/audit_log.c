/* Reading the event log: pages, what happened lately, and the export. */
#include "audit/audit.h"

#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "audit/audit_scope.h"
#include "audit/audit_store.h"
#include "audit/audit_view.h"
#include "audit/audit_watch.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/json.h"

/* One page looks at no more than about 1.4 million events, in stretches that grow. */
enum { FIRST_STRETCH = 1000, STRETCH_FACTOR = 4, STRETCHES = 6 };
enum { RECENT_STRETCH = 2000, EXPORT_PAGE = 1000 };

/* Rows on their way into views. */
struct gathering {
	struct call *call;
	const struct log_scope *scope;       /* or */
	const struct watch_list *watch;
	struct event_view *views;
	int count, room;
	int seen;
	id last;
};

static bool take_row(void *arg, const struct event_row *row)
{
	struct gathering *g = arg;
	g->seen++;
	g->last = row->id;
	if (g->scope && !log_scope_holds(g->scope, row->unit_path))
		return true;
	if (g->watch && !watch_list_holds(g->watch, g->call->mem, row->kind, row->unit_path))
		return true;
	event_view_take(g->call->mem, row, &g->views[g->count++]);
	return g->count < g->room;
}

/* "submission" stands for all "submission.…"; with a dot it is one kind. */
static void set_kinds(struct arena *mem, const char *kind, struct event_filter *filter)
{
	if (!kind)
		return;
	if (strchr(kind, '.')) {
		filter->kind_low = kind;
		filter->kind_high = arena_printf(mem, "%s\x01", kind);
	} else {
		filter->kind_low = arena_printf(mem, "%s.", kind);
		filter->kind_high = arena_printf(mem, "%s/", kind);
	}
}

static struct event_filter make_filter(struct call *c, const struct event_query *query, const struct log_scope *scope)
{
	struct event_filter filter = {
		.account_id = query->account_id,
		.subject_kind = query->subject_kind,
		.subject_id = query->subject_id,
		.from = query->from,
		.to = query->to,
	};
	set_kinds(c->mem, query->kind, &filter);
	log_scope_ranges(c, scope, filter.paths);
	return filter;
}

/* Goes down the log in stretches until the room is full. `*next` is where to go on, 0 at its end. */
static bool gather_stretches(struct gathering *g, const struct event_filter *filter, id before, id *next)
{
	struct call *c = g->call;
	id bottom = filter->from ? id_floor(filter->from) : 0;
	int stretch = FIRST_STRETCH;
	for (int i = 0; i < STRETCHES; i++, stretch *= STRETCH_FACTOR) {
		id floor;
		if (!audit_store_before(c, before, stretch, &floor))
			return false;
		bool lowest = floor == 0 || floor < bottom;
		if (lowest)
			floor = bottom ? bottom - 1 : 0;
		int wanted = g->room - g->count;
		g->seen = 0;
		if (!audit_store_page(c, filter, floor, before, wanted, take_row, g))
			return false;
		if (g->seen == wanted)
			before = g->last;
		else
			before = lowest ? 0 : floor + 1;
		if (before == 0 || g->count == g->room)
			break;
	}
	*next = before;
	return true;
}

static bool gather_subject(struct gathering *g, const struct event_filter *filter, id before, id *next)
{
	*next = 0;
	if (!audit_store_page_subject(g->call, filter, before, g->room, take_row, g))
		return false;
	if (g->seen == g->room)
		*next = g->last;
	return true;
}

/* A page without what names and sentences need. */
static bool gather_page(struct call *c, const struct event_query *query, const struct log_scope *scope,
			struct event_view **out, size_t *count, id *next)
{
	struct event_filter filter = make_filter(c, query, scope);
	struct gathering g = { .call = c, .scope = scope, .room = query->limit };
	g.views = ARENA_ARRAY(c->mem, struct event_view, (size_t)query->limit);
	id before = query->after ? query->after : INT64_MAX;
	bool ok = query->subject_id ? gather_subject(&g, &filter, before, next) :
				      gather_stretches(&g, &filter, before, next);
	*out = g.views;
	*count = (size_t)g.count;
	return ok;
}

/* A full page may be the last: the next would be empty, and people would be sent there. */
static bool settle_next(struct call *c, const struct event_query *query, const struct log_scope *scope, id *next)
{
	struct event_query rest = *query;
	struct event_view *views;
	size_t count;
	rest.after = *next;
	rest.limit = 1;
	id behind;
	if (!gather_page(c, &rest, scope, &views, &count, &behind))
		return false;
	if (count == 0)
		*next = behind;
	return true;
}

bool event_list(struct call *c, enum language lang, const struct event_query *query, struct event_view **out,
		size_t *count, id *next)
{
	struct log_scope scope;
	if (!log_scope_of(c, query->unit_id, &scope) || !gather_page(c, query, &scope, out, count, next))
		return false;
	if (*next && *count == (size_t)query->limit && !settle_next(c, query, &scope, next))
		return false;
	return event_views_fill(c, lang, *out, *count, true);
}

static int compare_views(const void *a, const void *b)
{
	id left = ((const struct event_view *)a)->id, right = ((const struct event_view *)b)->id;
	return left < right ? 1 : left > right ? -1 : 0;
}

static bool gather_recent(struct gathering *g, const id *subjects, size_t subject_count, int limit)
{
	struct event_filter filter = { .paths = { { "", "\x7f" }, { "", "" }, { "", "" }, { "", "" } } };
	id floor;
	if (!audit_store_before(g->call, INT64_MAX, RECENT_STRETCH, &floor) ||
	    !audit_store_page(g->call, &filter, floor, INT64_MAX, RECENT_STRETCH, take_row, g))
		return false;
	for (size_t i = 0; i < subject_count; i++) {
		filter.subject_id = subjects[i];
		g->room = g->count + limit;
		if (!audit_store_page_subject(g->call, &filter, INT64_MAX, limit, take_row, g))
			return false;
	}
	return true;
}

bool event_recent(struct call *c, enum language lang, const id *subjects, size_t subject_count, int limit,
		  struct event_view **out, size_t *count)
{
	struct watch_list watch;
	if (!watch_list_of(c, &watch))
		return false;
	struct gathering g = { .call = c, .watch = &watch, .room = limit };
	g.views = ARENA_ARRAY(c->mem, struct event_view, (size_t)limit * (subject_count + 1));
	if (!gather_recent(&g, subjects, subject_count, limit))
		return false;
	qsort(g.views, (size_t)g.count, sizeof(*g.views), compare_views);
	size_t kept = 0;
	for (int i = 0; i < g.count && kept < (size_t)limit; i++)
		if (kept == 0 || g.views[kept - 1].id != g.views[i].id)
			g.views[kept++] = g.views[i];
	*out = g.views;
	*count = kept;
	return event_views_fill(c, lang, g.views, kept, false);
}

/* A subject's events but one kind, newest first. */
struct about {
	struct call *call;
	const char *but_kind;
	struct event_view *views;
	size_t count;
	int seen;
	id last;
};

static bool take_about(void *arg, const struct event_row *row)
{
	struct about *about = arg;
	about->seen++;
	about->last = row->id;
	if (!about->but_kind || strcmp(row->kind, about->but_kind) != 0)
		event_view_take(about->call->mem, row, &about->views[about->count++]);
	return true;
}

bool event_of_subject(struct call *c, enum language lang, const char *subject_kind, id subject_id, const char *but_kind,
		      id before, int limit, struct event_view **out, size_t *count)
{
	struct event_filter filter = {
		.subject_kind = subject_kind,
		.subject_id = subject_id,
		.paths = { { "", "\x7f" }, { "", "" }, { "", "" }, { "", "" } },
	};
	struct about about = { .call = c, .but_kind = but_kind, .last = before ? before : INT64_MAX };
	about.views = ARENA_ARRAY(c->mem, struct event_view, (size_t)limit);
	do {
		about.seen = 0;
		if (!audit_store_page_subject(c, &filter, about.last, limit - (int)about.count, take_about, &about))
			return false;
	} while (about.seen > 0 && about.count < (size_t)limit);
	*out = about.views;
	*count = about.count;
	return event_views_fill(c, lang, about.views, about.count, false);
}

enum { EXPORT_COLUMNS = 12 };

static void add_headings(struct buf *out, enum language lang)
{
	static const char *const headings[][2] = {
#define COLUMN(vi, en) { vi, en },
#include "messages/event_columns.def"
#undef COLUMN
	};
	_Static_assert(sizeof(headings) / sizeof(headings[0]) == EXPORT_COLUMNS, "headings");
	const char *cells[EXPORT_COLUMNS];
	for (size_t i = 0; i < EXPORT_COLUMNS; i++)
		cells[i] = headings[i][lang];
	csv_start(out);
	csv_add_row(out, cells, EXPORT_COLUMNS);
}

static void add_view(struct buf *out, const struct event_view *view)
{
	char number[ID_TEXT_MAX], at[CIVIL_TEXT_MAX], subject[ID_TEXT_MAX];
	const char *cells[EXPORT_COLUMNS] = {
		id_format(view->id, number),
		civil_format(view->at, at),
		view->kind,
		view->sentence,
		view->account_name,
		view->address,
		view->unit.code,
		view->unit.name,
		view->subject_kind,
		view->subject_id ? id_format(view->subject_id, subject) : NULL,
		view->before,
		view->after,
	};
	csv_add_row(out, cells, EXPORT_COLUMNS);
}

static bool record_export(struct call *c, const struct event_query *query, int rows)
{
	struct buf buf;
	struct json json;
	struct unit unit;
	if (query->unit_id ? !unit_by_id(c, query->unit_id, "unit_id", &unit) : !unit_root(c, &unit))
		return false;
	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_int(&json, "rows", rows);
	json_text(&json, "kind", query->kind);
	json_id(&json, "account_id", query->account_id);
	json_instant(&json, "from", query->from);
	json_instant(&json, "to", query->to);
	json_end(&json);
	struct event event = {
		.kind = "log.exported",
		.unit_id = unit.id,
		.unit_path = unit.path,
		.subject_kind = "event_log",
		.after = buf.data,
	};
	return event_record(c, &event);
}

/* Each page has memory of its own, given back behind it. */
static bool export_page(struct call *c, enum language lang, const struct event_query *query,
			const struct log_scope *scope, struct buf *out, int *rows, id *next)
{
	struct call part = *c;
	struct event_view *views;
	size_t count;
	part.mem = arena_new(0);
	bool ok = gather_page(&part, query, scope, &views, &count, next) &&
		  event_views_fill(&part, lang, views, count, false);
	for (size_t i = 0; ok && i < count; i++)
		add_view(out, &views[i]);
	*rows += ok ? (int)count : 0;
	arena_free(part.mem);
	return ok;
}

bool event_export(struct call *c, enum language lang, const struct event_query *query, struct buf *out)
{
	struct log_scope scope;
	if (!log_scope_of(c, query->unit_id, &scope))
		return false;
	struct event_query page = *query;
	int rows = 0;
	id next;
	add_headings(out, lang);
	do {
		page.limit = EVENT_EXPORT_MAX - rows < EXPORT_PAGE ? EVENT_EXPORT_MAX - rows : EXPORT_PAGE;
		if (!export_page(c, lang, &page, &scope, out, &rows, &next))
			return false;
		page.after = next;
	} while (next && rows < EVENT_EXPORT_MAX && !out->overflow);
	if (out->overflow)
		return error_set(c->err, ERR_too_many_items, NULL, arena_printf(c->mem, "%d", rows), NULL);
	return record_export(c, query, rows);
}

bool audit_blocks(struct call *c, int64_t after, int limit, struct audit_block **out, size_t *count)
{
	struct unit root;
	if (!unit_root(c, &root) || !account_require(c, RIGHT_EVENT_READ, root.path))
		return false;
	*out = ARENA_ARRAY(c->mem, struct audit_block, (size_t)limit);
	return audit_store_blocks_down(c, after ? after : INT64_MAX, limit, *out, count);
}
