/* Events as sentences, from the catalogue src/messages/events.def. */
#include "audit/audit_sentence.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/json.h"
#include "base/text.h"
#include "deadline/deadline.h"

static const char *sentence_of(const char *kind, enum language lang)
{
	static const struct {
		const char *kind, *sentence[2];
	} rows[] = {
#define EVENT(kind, vi, en) { kind, { vi, en } },
#include "messages/events.def"
#undef EVENT
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text_equal(rows[i].kind, kind))
			return rows[i].sentence[lang];
	return NULL;
}

static const char *role_name(const char *word, enum language lang)
{
	static const struct {
		const char *word, *name[2];
	} rows[] = {
#define ROLE_WORD(word, vi, en) { word, { vi, en } },
#include "messages/role_words.def"
#undef ROLE_WORD
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text_equal(rows[i].word, word))
			return rows[i].name[lang];
	return word;
}

struct writing {
	struct arena *mem;
	const struct sentence_parts *parts;
	json_t *before, *after; /* NULL when not read or none */
	enum language lang;
};

static json_t *read_object(struct arena *mem, const char *text)
{
	struct error unreadable = { 0 };
	json_t *value = text ? json_parse(mem, text, strlen(text), &unreadable) : NULL;
	return json_is_object(value) ? value : NULL;
}

/* A value as people write it: periods and dates in words, everything else as it is. */
static const char *value_text(struct writing *w, const char *name, const json_t *value)
{
	if (json_is_integer(value))
		return arena_printf(w->mem, "%lld", (long long)json_integer_value(value));
	const char *text = json_string_value(value);
	period p;
	struct civil_date date;
	if (!text)
		return "";
	if (strcmp(name, "period") == 0 && period_parse(text, &p))
		return period_wording(w->mem, p, w->lang);
	if (strcmp(name, "role") == 0)
		return role_name(text, w->lang);
	if (civil_parse_date(text, &date))
		return civil_format_date_vi(date, arena_alloc(w->mem, CIVIL_TEXT_MAX));
	return text;
}

static const char *member(struct writing *w, const char *name)
{
	if (strcmp(name, "unit") == 0)
		return w->parts->unit_name ? w->parts->unit_name : "";
	if (strcmp(name, "subject") == 0)
		return w->parts->subject_name ? w->parts->subject_name : "";
	const json_t *value = json_object_get(w->after, name);
	if (!value || json_is_null(value))
		value = json_object_get(w->before, name);
	return value ? value_text(w, name, value) : "";
}

/* Writes the pattern up to `end`; false when one of its words is empty. */
static bool write_part(struct writing *w, const char *at, const char *end, struct buf *out)
{
	bool full = true;
	while (at < end) {
		const char *close = *at == '{' ? memchr(at, '}', (size_t)(end - at)) : NULL;
		if (!close) {
			buf_add_char(out, *at++);
			continue;
		}
		const char *value = member(w, arena_strndup(w->mem, at + 1, (size_t)(close - at) - 1));
		if (!*value)
			full = false;
		buf_add_text(out, value);
		at = close + 1;
	}
	return full;
}

static void write_sentence(struct writing *w, const char *pattern, struct buf *out)
{
	for (const char *at = pattern; *at;) {
		const char *open = strchrnul(at, '[');
		write_part(w, at, open, out);
		if (!*open)
			return;
		const char *close = strchrnul(open, ']');
		struct buf part;
		buf_init(&part, w->mem, 0);
		if (write_part(w, open + 1, close, &part))
			buf_add(out, part.data, part.length);
		at = *close ? close + 1 : close;
	}
}

const char *event_sentence(struct arena *mem, const struct sentence_parts *parts, enum language lang)
{
	const char *pattern = sentence_of(parts->kind, lang);
	if (!pattern)
		return arena_strdup(mem, parts->kind);
	struct writing w = { .mem = mem, .parts = parts, .lang = lang };
	w.before = read_object(mem, parts->before);
	w.after = read_object(mem, parts->after);
	struct buf out;
	buf_init(&out, mem, 4096);
	write_sentence(&w, pattern, &out);
	return out.data;
}
