#include "submission/bulk.h"

#include "account/account.h"
#include "base/arena.h"
#include "submission/work.h"

static bool run(struct call *c, enum bulk_action action, const struct submission_step *step,
		struct work *work)
{
	struct submission s;

	switch (action) {
	case BULK_APPROVE:
		return act_approve(c, step, work, &s);
	case BULK_RECEIVE:
		return act_receive(c, step, work, &s);
	case BULK_RETURN:
		break;
	}
	return act_return(c, step, true, work, &s);
}

/* Whether the failure is the item's own, not the store's, and left nothing behind. */
static bool refused(const struct work *work, const struct error *err)
{
	return !work->began && error_status(err->code) < 500;
}

bool submission_bulk(struct call *c, enum bulk_action action, const struct submission_step *steps,
		     size_t count, struct bulk_outcome **out)
{
	const struct scope *scopes;
	size_t scope_count;

	*out = ARENA_ARRAY(c->mem, struct bulk_outcome, count);
	/* Each item checks its own right; an account without any figures has no business here at all. */
	if (!account_scope(c, RIGHT_FIGURE_READ, &scopes, &scope_count))
		return false;
	if (scope_count == 0)
		return error_set(c->err, ERR_forbidden, NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		struct error *err = ARENA_NEW(c->mem, struct error);
		struct call one = *c;
		struct work work = { .began = false };
		one.err = err;
		(*out)[i].done = run(&one, action, &steps[i], &work);
		if ((*out)[i].done)
			continue;
		if (!refused(&work, err)) {
			*c->err = *err;
			return false;
		}
		(*out)[i].err = err;
	}
	return true;
}
