#ifndef DEMO_DEMO_PLAN_H
#define DEMO_DEMO_PLAN_H

#include "demo/demo_story.h"

/* What happens in a month, act by act, in the order of time. Pure. */

enum demo_deed {
	DEMO_OPEN_CENTRE,
	DEMO_OPEN_PROVINCE,
	DEMO_DRAFT,
	DEMO_EVIDENCE,
	DEMO_SUBMIT,
	DEMO_RETURN_OWN,
	DEMO_APPROVE,
	DEMO_RETURN_ABOVE,
	DEMO_RECEIVE,
	DEMO_CLOSE_PROVINCE,
	DEMO_FILL_PROVINCE, /* what the roll-up cannot give */
	DEMO_CLOSE_CENTRE,
};

struct demo_act {
	instant at;
	size_t order;                /* as planned; decides between equal times */
	enum demo_deed deed;
	struct demo_member *member;  /* whose submission; NULL for the level's own deeds */
	bool to_centre;              /* the province's, not a department's or commune's */
	bool again;                  /* a second submission after a return */
	bool outlier;                /* with a slip of the keyboard */
};

struct demo_plan {
	struct demo_act *acts;
	size_t count;
};

/* At most this many acts per unit. */
enum { DEMO_ACTS_MAX = 12 };

void demo_plan_month(struct demo_story *story, period month, struct arena *mem, struct demo_plan *out);

#endif
