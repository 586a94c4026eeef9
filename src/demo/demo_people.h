#ifndef DEMO_DEMO_PEOPLE_H
#define DEMO_DEMO_PEOPLE_H

#include <stdio.h>

#include "account/account.h"
#include "db/call.h"
#include "demo/demo_texts.h"
#include "unit/unit.h"

/* The people of the demonstration and their accounts. */

#define DEMO_PASSWORD "Theodoi-demo-2026"

struct demo_person {
	const char *username, *name;
	enum role role;
	struct unit unit;
	struct grant grant;
	struct actor actor;      /* to act as this person */
	const char *totp_secret; /* NULL: no second factor */
	const char *totp_uri;
	const char *recovery[RECOVERY_CODES];
};

/* Those who are named in the accounts' list, in its order. */
enum demo_named {
	DEMO_TW_ADMINISTRATOR,
	DEMO_TW_COORDINATOR,
	DEMO_TW_LEADER,
	DEMO_TW_INSPECTOR,
	DEMO_DL_ADMINISTRATOR,
	DEMO_DL_ENTRY,
	DEMO_DL_APPROVER,
	DEMO_DL_COORDINATOR,
	DEMO_DL_LEADER,
	DEMO_COMMUNE_ENTRY,
	DEMO_COMMUNE_APPROVER,
	DEMO_DEPARTMENT_ENTRY,
	DEMO_DEPARTMENT_APPROVER,
	DEMO_NAMED
};

#define DEMO_PROVINCE "66"
#define DEMO_COMMUNE "22015"
#define DEMO_DEPARTMENT "66-KHCN"

struct demo_people {
	struct arena *mem;          /* where people live */
	const struct demo_texts *texts;
	const char *password_hash;
	instant used_at;
	struct demo_person named[DEMO_NAMED];
};

/* Makes the named accounts. */
bool demo_people_make(struct call *c, struct demo_people *people);

/*
 * The unit's person in charge of entering or approving: the named one where there is one,
 * else made as "22045.nl" or "22045.pd".
 */
bool demo_person_of(struct call *c, struct demo_people *people, const struct unit *unit, enum role role,
		    const struct demo_person **out);

/* The list of accounts, for people. */
void demo_people_tell(const struct demo_people *people, const char *example, FILE *out);

#endif
