#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "db/call.h"

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
	RIGHT_FIGURE_RECEIVE,   /* for what the unit assigned: receive, return, close; the path is the assigner's */
	RIGHT_OVERVIEW_READ,
	RIGHT_EVENT_READ,       /* the event log */
	RIGHT_SYSTEM_MANAGE,    /* calendar, settings, seals */
	RIGHT_COUNT
};

struct grant {
	id id;
	enum role role;
	id unit_id;
	const char *unit_path;
};

/* Who asks. Made at sign-in check of each request; read-only afterwards. */
struct actor {
	id account_id;
	id unit_id;            /* the unit the person belongs to */
	const char *name;      /* full name, for versions and letters */
	const struct grant *grants;
	size_t grant_count;
	bool token;            /* came with a personal API token */
};

/*
 * The one place where rights are checked: true when a grant of the caller
 * allows `right` on the unit at `unit_path`; otherwise false with the error
 * forbidden (or not_found, when the caller may not even know of the unit's
 * figures). Sets call.right_checked. The system itself (no actor, no address)
 * is allowed everything.
 */
bool account_require(struct call *c, enum right right, const char *unit_path) __attribute__((warn_unused_result));

/* The same question without an error: for what a screen offers. */
bool account_may(const struct call *c, enum right right, const char *unit_path);

/*
 * The subtrees in which the caller has `right`, for the filters of lists:
 * `paths` ended by NULL, in call.mem, none inside another; `exact` counts of them hold for the
 * unit alone, those that end with '/' and have `subtree` set hold below too. Sets
 * right_checked. An empty list is no error.
 */
struct scope {
	const char *path;
	bool subtree; /* the units below as well */
};
bool account_scope(struct call *c, enum right right, const struct scope **scopes, size_t *count);

/* Pure: the table itself. */
bool right_allows(enum role role, enum right right, enum relation relation);
enum relation relation_of(const char *grant_path, const char *unit_path);

const char *role_word(enum role role);   /* "data_entry" */
bool role_parse(const char *word, enum role *out);
const char *right_word(enum right right); /* "figure.enter" */

/* Names of accounts for showing beside what they did: fills names[i] for ids[i] ("" when unknown). One query. */
bool account_names(struct call *c, const id *ids, size_t count, const char **names);

/* Makes an account in one go, ready for use: the first administrator, demonstration, tests, command line. */
struct account_seed {
	const char *username, *full_name, *position, *email, *password;
	const char *password_hash;   /* as password_hash() gave it, instead of `password`: many accounts at once */
	id unit_id;
	const enum role *roles;      /* each over unit_id */
	size_t role_count;
	const char *totp_secret;     /* base32, enrolled already; NULL for none */
	bool must_change_password;
	int leader_category;         /* 0 for none */
};
bool account_seed(struct call *c, const struct account_seed *seed, id *out);

#endif
