#ifndef SUBMISSION_RULES_H
#define SUBMISSION_RULES_H

#include <stdbool.h>

#include "base/error.h"
#include "submission/submission.h"

/*
 * The life of a submission as a table: what each act does in each state, and
 * what else must hold. Pure.
 */
enum submission_deed {
	DEED_SAVE,         /* keep draft cells */
	DEED_SUBMIT,
	DEED_RECALL,       /* the unit takes back what nobody approved yet */
	DEED_APPROVE,      /* the unit's own approver */
	DEED_RETURN_OWN,   /* the unit's own approver, instead of approving */
	DEED_RETURN_ABOVE, /* the level that assigned it */
	DEED_RECEIVE,      /* the level that assigned it */
	DEED_REOPEN,       /* a recorded exception */
	DEED_COUNT
};

/* What the act is judged by. Facts an act does not ask for are not looked at. */
struct deed_facts {
	enum submission_state state;
	enum entry_window window;
	bool closed;         /* the period, by the level that assigned it */
	bool exact_version;  /* the version named is the one that stands */
	bool same_person;    /* who approves entered something of it */
	bool reason;         /* a reason was given */
	bool excused;        /* late for the level above sent back what was on time */
};

/* ERR_none with *next, or why not. */
enum error_code submission_decide(enum submission_deed deed, const struct deed_facts *facts,
				  enum submission_state *next);

/* Whether the state alone allows the act: what a screen offers. */
bool submission_state_allows(enum submission_deed deed, enum submission_state state);

#endif
