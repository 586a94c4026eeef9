#include "unit/unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "unit/unit_directory.h"
#include "unit/unit_store.h"

static bool known(struct call *c, bool found, const char *field)
{
	return found || error_set(c->err, ERR_unit_unknown, field, NULL);
}

bool unit_by_id(struct call *c, id unit_id, const char *field, struct unit *out)
{
	bool found;
	return unit_store_by_id(c, unit_id, &found, out) && known(c, found, field);
}

bool unit_by_code(struct call *c, const char *code, const char *field, struct unit *out)
{
	bool found;
	return unit_store_by_code(c, code, &found, out) && known(c, found, field);
}

bool unit_root(struct call *c, struct unit *out)
{
	bool found;
	return unit_store_root(c, &found, out) && known(c, found, NULL);
}

bool unit_children(struct call *c, id parent_id, const char *kind, struct unit **out, size_t *count)
{
	return unit_store_children(c, parent_id, kind, civil_date_of(c->now), out, count);
}

bool unit_subtree(struct call *c, const char *path, struct unit **out, size_t *count)
{
	return unit_store_subtree(c, path, civil_date_of(c->now), out, count);
}

bool unit_generation(struct call *c, int64_t *out)
{
	return unit_store_generation(c, out);
}

bool unit_kinds(struct call *c, struct unit_kind **out, size_t *count)
{
	return unit_store_kinds(c, out, count);
}

static struct unit copy_unit(struct arena *mem, const struct unit *unit)
{
	struct unit copy = *unit;
	copy.code = arena_strdup(mem, unit->code);
	copy.name = arena_strdup(mem, unit->name);
	copy.name_en = arena_strdup(mem, unit->name_en);
	copy.kind = arena_strdup(mem, unit->kind);
	copy.line = arena_strdup(mem, unit->line);
	copy.path = arena_strdup(mem, unit->path);
	copy.territory = arena_strdup(mem, unit->territory);
	return copy;
}

/* A writer may see what is not committed yet, of which the directory knows nothing. */
static bool by_ids_from_store(struct call *c, const id *ids, size_t count, const char *field, struct unit *out)
{
	for (size_t i = 0; i < count; i++)
		if (!unit_by_id(c, ids[i], field, &out[i]))
			return false;
	return true;
}

static bool by_ids_from_directory(struct call *c, const id *ids, size_t count, const char *field, struct unit *out)
{
	struct directory *directory;
	if (!directory_of(c, &directory))
		return false;
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		const struct unit *unit = directory_find(directory, ids[i]);
		ok = known(c, unit, field);
		if (ok)
			out[i] = copy_unit(c->mem, unit);
	}
	directory_release(directory);
	return ok;
}

bool unit_by_ids(struct call *c, const id *ids, size_t count, const char *field, struct unit **out)
{
	enum { FEW = 3 };
	*out = ARENA_ARRAY(c->mem, struct unit, count);
	if (count <= FEW || unit_store_writes(c))
		return by_ids_from_store(c, ids, count, field, *out);
	return by_ids_from_directory(c, ids, count, field, *out);
}

void unit_write_ref(struct json *json, const char *key, const struct unit *unit)
{
	if (!unit) {
		json_null(json, key);
		return;
	}
	json_object(json, key);
	json_id(json, "id", unit->id);
	json_text(json, "code", unit->code);
	json_text(json, "name", unit->name);
	json_text(json, "kind", unit->kind);
	json_text(json, "path", unit->path);
	json_end(json);
}
