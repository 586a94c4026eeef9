#include "submission/people.h"

#include "account/account.h"
#include "base/arena.h"
#include "base/json.h"
#include "db/call.h"
#include "base/rows.h"

static size_t find(const struct people *people, id account_id)
{
	size_t i = 0;

	while (i < people->count && people->ids[i] != account_id)
		i++;
	return i;
}

void people_add(struct people *people, struct call *c, id account_id)
{
	if (account_id == 0 || find(people, account_id) < people->count)
		return;
	people->ids = rows_grown(c->mem, people->ids, people->count, &people->room, sizeof(*people->ids));
	people->ids[people->count++] = account_id;
}

bool people_load(struct people *people, struct call *c)
{
	people->names = ARENA_ARRAY(c->mem, const char *, people->count);
	if (people->count == 0)
		return true;
	/* One's own name is known already: most acts name nobody else. */
	if (people->count == 1 && c->actor && people->ids[0] == c->actor->account_id) {
		people->names[0] = c->actor->name;
		return true;
	}
	return account_names(c, people->ids, people->count, people->names);
}

void people_write(const struct people *people, struct json *json, const char *key, id account_id)
{
	size_t place = find(people, account_id);

	if (account_id == 0 || place == people->count) {
		json_null(json, key);
		return;
	}
	json_object(json, key);
	json_id(json, "id", account_id);
	json_text(json, "name", people->names[place]);
	json_end(json);
}
