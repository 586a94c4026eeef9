#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "db/call.h"

struct unit;

struct arena;
struct store;

/*
 * Who may do what. A grant is a role over a unit and its subtree; a right is
 * checked against one unit by its path. The table role x right x relation
 * stands in account_rights.c and is a page of the product (GET /api/rights).
 */

enum role {
	ROLE_ADMINISTRATOR, /* quản trị */
	ROLE_DATA_ENTRY,    /* nhập liệu */
	ROLE_APPROVER,      /* phê duyệt */
	ROLE_COORDINATOR,   /* đầu mối tổng hợp */
	ROLE_LEADER,        /* lãnh đạo */
	ROLE_INSPECTOR,     /* kiểm tra */
	ROLE_INTAKE,        /* tiếp nhận phản ánh */
	ROLE_COUNT
};

/* What a unit is to the unit of the grant. */
enum relation {
	RELATION_OWN = 1 << 0,
	RELATION_BELOW = 1 << 1,
	RELATION_ABOVE = 1 << 2,
	RELATION_ELSEWHERE = 1 << 3,
};

enum right {
	RIGHT_SELF,             /* one's own session, profile, tokens: anyone signed in */
	RIGHT_UNIT_READ,
	RIGHT_UNIT_MANAGE,
	RIGHT_ACCOUNT_READ,
	RIGHT_ACCOUNT_PROPOSE,  /* fill in a new account's form */
	RIGHT_ACCOUNT_MANAGE,   /* approve, grant, lock, reset */
	RIGHT_ACCOUNT_REVEAL,   /* see a citizen number in full */
	RIGHT_INDICATOR_READ,
	RIGHT_INDICATOR_MANAGE, /* definitions and report forms owned by the unit */
	RIGHT_ASSIGNMENT_READ,
	RIGHT_ASSIGNMENT_MANAGE,/* assign, pass down, open, exceptions */
	RIGHT_FIGURE_READ,      /* figures, notes and evidence of the unit */
	RIGHT_FIGURE_ENTER,
	RIGHT_FIGURE_APPROVE,   /* approve or return inside the unit */
	RIGHT_FIGURE_RECEIVE,   /* for what the unit assigned: receive, return, close; by the assigner's path */
	RIGHT_OVERVIEW_READ,
	RIGHT_EVENT_READ,       /* the event log */
	RIGHT_SYSTEM_MANAGE,    /* calendar, settings, seals */
	RIGHT_DOCUMENT_READ,    /* documents the unit keeps */
	RIGHT_DOCUMENT_MANAGE,  /* register documents, read letters, link */
	RIGHT_TASK_READ,        /* tasks the unit gives, leads or takes part in */
	RIGHT_TASK_ASSIGN,      /* give, change, pass down, cancel; by the assigner's path */
	RIGHT_TASK_REPORT,      /* report progress, ask for completion or more time; by the leading unit's path */
	RIGHT_TASK_DECIDE,      /* confirm completion, decide on more time; by the assigner's path */
	RIGHT_COUNT
};

struct grant {
	id id;
	enum role role;
	id unit_id;
	const char *unit_path;
};

/* What a personal API token may do at most, whatever its owner's grants say. */
struct actor_limit {
	uint32_t rights;       /* bit 1 << right */
	const char *unit_path; /* this unit and below */
};

/* Who asks. Made at sign-in check of each request; read-only afterwards. */
struct actor {
	id account_id;
	id unit_id;            /* the unit the person belongs to */
	const char *name;      /* full name, for versions and letters */
	const struct grant *grants;
	size_t grant_count;
	bool token;            /* came with a personal API token */
	const struct actor_limit *limit; /* of that token; NULL for none */
};

/*
 * The one place where rights are checked: true when a grant of the caller
 * allows `right` on the unit at `unit_path`; otherwise false with the error
 * forbidden (or not_found, when the caller may not even know of the unit's
 * figures). Sets call.right_checked. The system itself (no actor, no address)
 * is allowed everything.
 */
bool account_require(struct call *c, enum right right,
		     const char *unit_path) __attribute__((warn_unused_result));

/* The same question without an error: for what a screen offers. */
bool account_may(const struct call *c, enum right right, const char *unit_path);

/*
 * Where the caller has `right`, for the filters of lists: `count` scopes in
 * call.mem, none inside another. A right that holds everywhere, and the system
 * itself, gives the root of the tree. Sets right_checked. An empty list is no
 * error.
 */
struct scope {
	const char *path;
	bool subtree; /* the units below as well; otherwise this unit alone */
};
bool account_scope(struct call *c, enum right right, const struct scope **scopes, size_t *count);

/* Pure: the table itself. */
bool right_allows(enum role role, enum right right, enum relation relation);
enum relation relation_of(const char *grant_path, const char *unit_path);

const char *role_word(enum role role);   /* "data_entry" */
bool role_parse(const char *word, enum role *out);
const char *right_word(enum right right); /* "figure.enter" */
bool right_parse(const char *word, enum right *out);

/*
 * Names of accounts for showing beside what they did: fills names[i] for ids[i]
 * ("" when unknown). One query.
 */
bool account_names(struct call *c, const id *ids, size_t count, const char **names);

/*
 * People in use who have `right` on one of the units at `paths`: those whose name has the words of `q` in it, by name, at
 * most `limit`; or those of `ids`, in no order. For choosing a person by name; no right of the caller is asked: the room
 * the units' thing belongs to has done so. Grants over units above are looked for among the first HOLDER_PATHS paths.
 */
enum { HOLDER_PATHS = 100 };
struct account_holder {
	id id, unit_id;
	const char *name, *position; /* position: NULL for none */
};
bool account_holders(struct call *c, enum right right, const char *const *paths, size_t count, const char *q, int limit,
		     struct account_holder **out, size_t *found);
bool account_holders_of(struct call *c, enum right right, const char *const *paths, size_t count, const id *ids,
			size_t id_count, struct account_holder **out, size_t *found);

/*
 * Makes an account in one go, ready for use: the first administrator,
 * demonstration, tests, command line. The password's rules are not asked.
 */
struct account_seed {
	const char *username, *full_name, *position, *email, *password;
	const char *password_hash;   /* made before by password_hash(): then `password` is not looked at */
	id unit_id;
	const enum role *roles;      /* each over unit_id */
	size_t role_count;
	const char *totp_secret;     /* base32, enrolled already; NULL for none. Needs account_key_set. */
	bool must_change_password;
	int leader_category;         /* 0 for none */
	instant used_at;             /* last in use, as a past that never signed in has it; 0: never */
};
bool account_seed(struct call *c, const struct account_seed *seed, id *out);

/*
 * A new secret for an authenticator, base32, and its address
 * "otpauth://totp/..." for the code that is scanned.
 */
char *totp_secret_new(struct arena *mem);
char *totp_uri(struct arena *mem, const char *username, const char *secret);

/* Ten new recovery codes in call.mem instead of any older ones. */
enum { RECOVERY_CODES = 10 };
bool account_recovery_codes(struct call *c, id account_id, const char *codes[RECOVERY_CODES]);

/* A unit and all below it got another path; in the transaction of that change. Both end with '/'. */
bool account_unit_moved(struct call *c, const char *from, const char *to);

/*
 * A setting of account_policy.h by its key ("totp_required_roles"), checked
 * against its floor. Needs RIGHT_SYSTEM_MANAGE on the instance's own unit.
 */
bool account_setting_set(struct call *c, const char *key, const char *value);

/* The unit that runs this instance: setting instance_unit, else the root. */
bool account_system_unit(struct call *c, struct unit *out) __attribute__((warn_unused_result));

/* RIGHT_SYSTEM_MANAGE on the unit that runs this instance. */
bool account_require_system(struct call *c) __attribute__((warn_unused_result));

/*
 * Whether the session with this digest (token_digest of its cookie) is still
 * good, and then whose it is in call.actor; also false when the store fails.
 */
bool account_session_stands(struct call *c, const char *digest);

/*
 * Goes on as this account, with these rights (bits 1 << right) out of its own and
 * no others: for what reads on a person's behalf without a session, as a
 * calendar does by its secret address. *may false: the account is not in use.
 */
bool account_as(struct call *c, id account_id, uint32_t rights, enum language *lang,
		bool *may) __attribute__((warn_unused_result));

/*
 * Once a day: warns of unused accounts and disables them, forgets ended
 * sessions and old wrong tries. A write action.
 */
bool account_daily(struct call *c);

/*
 * The key under which citizen numbers, mobiles and authenticator secrets are
 * kept: a file outside the store, 0600. `make` creates it when it is not there.
 * Process-wide, before the first thread. Without it those values can neither
 * be kept nor read (key_missing).
 */
#define ACCOUNT_KEY_FILE "sealing.key"
bool account_key_set(const char *path, bool make, struct error *err);

/*
 * For serve, before server_start: where sessions note that they are in use;
 * the clock that authenticators follow, which is the world's even when the
 * instance stands on another day (NULL: the call's); and whether this is a
 * demonstration, for the page to say so. Process-wide.
 */
void account_serve(struct store *store, instant (*authenticator_clock)(void), bool demo);

/*
 * While there is no administrator: a new token for POST /api/setup, good for
 * 24 hours and until the first administrator is there ("" when one is). A
 * write action.
 */
bool account_setup_token(struct call *c, char *out, size_t size);

/*
 * For the command line: a first password for this account, which `out` (20
 * bytes) gets; it must be changed at sign-in.
 */
bool account_reset_by_username(struct call *c, const char *username, bool remove_totp, char out[20]);
bool account_unlock_by_username(struct call *c, const char *username);
void account_first_password(char out[20]);

/* "administrator approver" as bits 1 << role; false when a word is no role. */
bool roles_parse(const char *words, unsigned *out);

#endif
