#include "demo/demo_people.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "demo/demo_figures.h"

enum { UNIT_WIDTH = 34, ROLE_WIDTH = 20, NAME_WIDTH = 20, CODES_IN_LINE = 5 };

static const struct {
	const char *username, *unit_code;
	enum role role;
} named[DEMO_NAMED] = {
	[DEMO_TW_ADMINISTRATOR] = { "tw.quantri", "TW", ROLE_ADMINISTRATOR },
	[DEMO_TW_COORDINATOR] = { "tw.daumoi", "TW", ROLE_COORDINATOR },
	[DEMO_TW_LEADER] = { "tw.lanhdao", "TW", ROLE_LEADER },
	[DEMO_TW_INSPECTOR] = { "tw.kiemtra", "TW", ROLE_INSPECTOR },
	[DEMO_DL_ADMINISTRATOR] = { "dl.quantri", DEMO_PROVINCE, ROLE_ADMINISTRATOR },
	[DEMO_DL_ENTRY] = { "dl.nhaplieu", DEMO_PROVINCE, ROLE_DATA_ENTRY },
	[DEMO_DL_APPROVER] = { "dl.pheduyet", DEMO_PROVINCE, ROLE_APPROVER },
	[DEMO_DL_COORDINATOR] = { "dl.daumoi", DEMO_PROVINCE, ROLE_COORDINATOR },
	[DEMO_DL_LEADER] = { "dl.lanhdao", DEMO_PROVINCE, ROLE_LEADER },
	[DEMO_COMMUNE_ENTRY] = { "tuyhoa.nhaplieu", DEMO_COMMUNE, ROLE_DATA_ENTRY },
	[DEMO_COMMUNE_APPROVER] = { "tuyhoa.pheduyet", DEMO_COMMUNE, ROLE_APPROVER },
	[DEMO_DEPARTMENT_ENTRY] = { "khcn.nhaplieu", DEMO_DEPARTMENT, ROLE_DATA_ENTRY },
	[DEMO_DEPARTMENT_APPROVER] = { "khcn.pheduyet", DEMO_DEPARTMENT, ROLE_APPROVER },
};

static const char *position_of(const struct demo_people *people, const struct unit *unit, enum role role)
{
	const char *key = arena_printf(people->mem, "position.%s", role_word(role));

	if (role == ROLE_APPROVER && strcmp(unit->kind, "commune") == 0)
		key = "position.commune.approver";
	return demo_text(people->texts, key);
}

/* A unit whose strings live as long as the people. */
static struct unit keep_unit(struct arena *mem, const struct unit *unit)
{
	struct unit kept = *unit;

	kept.code = arena_strdup(mem, unit->code);
	kept.name = arena_strdup(mem, unit->name);
	kept.kind = arena_strdup(mem, unit->kind);
	kept.line = arena_strdup(mem, unit->line);
	kept.path = arena_strdup(mem, unit->path);
	return kept;
}

/* Makes the account of `person`, whose username, role and unit are filled. */
static bool make_person(struct call *c, struct demo_people *people, struct demo_person *person)
{
	struct account_seed seed = {
		.username = person->username,
		.position = position_of(people, &person->unit, person->role),
		.password_hash = people->password_hash,
		.unit_id = person->unit.id,
		.roles = &person->role,
		.role_count = 1,
		.totp_secret = person->totp_secret,
		.used_at = people->used_at,
	};
	id account_id;

	person->name = demo_name(people->mem, people->texts, demo_choice(person->username, "name", 0));
	seed.full_name = person->name;
	if (!account_seed(c, &seed, &account_id))
		return false;
	person->grant = (struct grant){ .role = person->role, .unit_id = person->unit.id,
					.unit_path = person->unit.path };
	person->actor = (struct actor){
		.account_id = account_id,
		.unit_id = person->unit.id,
		.name = person->name,
		.grants = &person->grant,
		.grant_count = 1,
	};
	return true;
}

/* The second factor, which administrators must have. */
static bool give_codes(struct call *c, struct demo_people *people, struct demo_person *person)
{
	const char *codes[RECOVERY_CODES];

	if (!account_recovery_codes(c, person->actor.account_id, codes))
		return false;
	for (int i = 0; i < RECOVERY_CODES; i++)
		person->recovery[i] = arena_strdup(people->mem, codes[i]);
	person->totp_uri = totp_uri(people->mem, person->username, person->totp_secret);
	return true;
}

bool demo_people_make(struct call *c, struct demo_people *people)
{
	for (int i = 0; i < DEMO_NAMED; i++) {
		struct demo_person *person = &people->named[i];
		struct unit unit;

		if (!unit_by_code(c, named[i].unit_code, NULL, &unit))
			return false;
		*person = (struct demo_person){
			.username = named[i].username,
			.role = named[i].role,
			.unit = keep_unit(people->mem, &unit),
		};
		if (person->role == ROLE_ADMINISTRATOR)
			person->totp_secret = totp_secret_new(people->mem);
		if (!make_person(c, people, person) ||
		    (person->totp_secret && !give_codes(c, people, person)))
			return false;
	}
	return true;
}

bool demo_person_of(struct call *c, struct demo_people *people, const struct unit *unit, enum role role,
		    const struct demo_person **out)
{
	struct demo_person *person;
	char *username;

	for (int i = 0; i < DEMO_NAMED; i++) {
		if (people->named[i].role == role && people->named[i].unit.id == unit->id) {
			*out = &people->named[i];
			return true;
		}
	}
	username = arena_printf(people->mem, "%s.%s", unit->code, role == ROLE_APPROVER ? "pd" : "nl");
	for (char *at = username; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	person = ARENA_NEW(people->mem, struct demo_person);
	*person = (struct demo_person){ .username = username, .role = role,
					.unit = keep_unit(people->mem, unit) };
	*out = person;
	return make_person(c, people, person);
}

/* Text and spaces up to a width in characters. */
static void put(FILE *out, const char *text, size_t width)
{
	size_t length = text_length(text);

	fputs(text, out);
	for (; length < width; length++)
		fputc(' ', out);
	fputs("  ", out);
}

static void tell_second_factor(const struct demo_people *people, const struct demo_person *person, FILE *out)
{
	fprintf(out, "    %s:\n    %s\n    %s:", demo_text(people->texts, "table.totp"), person->totp_uri,
		demo_text(people->texts, "table.recovery"));
	for (int i = 0; i < RECOVERY_CODES; i++)
		fprintf(out, "%s%s", i % CODES_IN_LINE == 0 ? "\n      " : " ", person->recovery[i]);
	fputc('\n', out);
}

void demo_people_tell(const struct demo_people *people, const char *example, FILE *out)
{
	const struct demo_texts *texts = people->texts;

	fprintf(out, "%s: %s\n\n", demo_text(texts, "table.password"), DEMO_PASSWORD);
	put(out, demo_text(texts, "table.username"), NAME_WIDTH);
	put(out, demo_text(texts, "table.role"), ROLE_WIDTH);
	put(out, demo_text(texts, "table.unit"), UNIT_WIDTH);
	fputc('\n', out);
	for (int i = 0; i < DEMO_NAMED; i++) {
		const struct demo_person *person = &people->named[i];

		put(out, person->username, NAME_WIDTH);
		put(out, demo_text(texts, arena_printf(people->mem, "role.%s", role_word(person->role))),
		    ROLE_WIDTH);
		fprintf(out, "%s\n", person->unit.name);
		if (person->totp_secret)
			tell_second_factor(people, person, out);
	}
	if (example)
		fprintf(out, "\n%s %s.nl, %s.pd\n", demo_text(texts, "table.others"), example, example);
}
