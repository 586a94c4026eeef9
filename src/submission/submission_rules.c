#include "submission/submission_rules.h"

#include <stddef.h>

#include "base/text.h"

enum { STATES = SUBMISSION_RETURNED + 1 };

struct verdict {
	enum error_code refusal;
	enum submission_state next; /* when not refused */
};

#define TO(state) { ERR_none, SUBMISSION_##state }
#define NO(code) { ERR_##code, SUBMISSION_DRAFT }

/* Columns: draft, submitted, approved, received, returned. */
static const struct verdict table[DEED_COUNT][STATES] = {
	[DEED_SAVE] = { TO(DRAFT), NO(submission_submitted), NO(submission_approved), NO(submission_received),
			TO(RETURNED) },
	[DEED_SUBMIT] = { TO(SUBMITTED), NO(submission_submitted), NO(submission_approved),
			  NO(submission_received), TO(SUBMITTED) },
	[DEED_RECALL] = { NO(submission_not_submitted), TO(DRAFT), NO(submission_approved),
			  NO(submission_received), NO(submission_returned) },
	[DEED_APPROVE] = { NO(submission_not_submitted), TO(APPROVED), NO(submission_approved),
			   NO(submission_received), NO(submission_returned) },
	[DEED_RETURN_OWN] = { NO(submission_not_submitted), TO(RETURNED), NO(submission_approved),
			      NO(submission_received), NO(submission_returned) },
	[DEED_RETURN_ABOVE] = { NO(submission_not_submitted), NO(submission_not_approved), TO(RETURNED),
				TO(RETURNED), NO(submission_returned) },
	[DEED_RECEIVE] = { NO(submission_not_submitted), NO(submission_not_approved), TO(RECEIVED),
			   NO(submission_received), NO(submission_returned) },
	[DEED_REOPEN] = { TO(DRAFT), TO(SUBMITTED), TO(RETURNED), TO(RETURNED), TO(RETURNED) },
};

static enum error_code window_refusal(enum submission_deed deed, const struct deed_facts *facts)
{
	switch (facts->window) {
	case ENTRY_NOT_YET:
		return ERR_entry_not_yet;
	case ENTRY_LOCKED:
		return ERR_period_locked;
	case ENTRY_LATE:
		if (deed == DEED_SUBMIT && !facts->reason && !facts->excused)
			return ERR_late_reason_required;
		return ERR_none;
	case ENTRY_OPEN:
		return ERR_none;
	}
	return ERR_internal;
}

/* What is particular to the act, once state and period allow it. */
static enum error_code deed_refusal(enum submission_deed deed, const struct deed_facts *facts)
{
	switch (deed) {
	case DEED_SAVE:
	case DEED_SUBMIT:
		return window_refusal(deed, facts);
	case DEED_RECALL:
		/* What is recalled behind a lock could not be handed in again. */
		return facts->window == ENTRY_LOCKED ? ERR_period_locked : ERR_none;
	case DEED_APPROVE:
		if (!facts->exact_version)
			return ERR_version_superseded;
		return facts->same_person ? ERR_same_person : ERR_none;
	case DEED_RECEIVE:
		return facts->exact_version ? ERR_none : ERR_version_superseded;
	case DEED_RETURN_OWN:
	case DEED_RETURN_ABOVE:
		return facts->reason ? ERR_none : ERR_return_reason_required;
	case DEED_REOPEN:
	case DEED_COUNT:
		break;
	}
	return ERR_none;
}

enum error_code submission_decide(enum submission_deed deed, const struct deed_facts *facts,
				  enum submission_state *next)
{
	const struct verdict *verdict = &table[deed][facts->state];
	enum error_code refusal;

	if (facts->closed)
		return ERR_period_closed;
	if (verdict->refusal != ERR_none)
		return verdict->refusal;
	refusal = deed_refusal(deed, facts);
	if (refusal == ERR_none)
		*next = verdict->next;
	return refusal;
}

bool submission_state_allows(enum submission_deed deed, enum submission_state state)
{
	return table[deed][state].refusal == ERR_none;
}

bool submission_counts(enum submission_state state, enum basis basis)
{
	switch (state) {
	case SUBMISSION_SUBMITTED:
		return basis == BASIS_PROVISIONAL;
	case SUBMISSION_APPROVED:
	case SUBMISSION_RECEIVED:
		return true;
	case SUBMISSION_DRAFT:
	case SUBMISSION_RETURNED:
		break;
	}
	return false;
}

struct tally submission_tally(const struct submission *s)
{
	bool submitted = submission_counts(s->state, BASIS_PROVISIONAL);

	return (struct tally){
		.assigned = 1,
		.submitted = submitted,
		.on_time = submitted && s->on_time,
		.late = submitted && !s->on_time,
		.approved = submission_counts(s->state, BASIS_APPROVED),
		.received = s->state == SUBMISSION_RECEIVED,
		.returned = s->state == SUBMISSION_RETURNED,
		.nil = submitted && s->nil,
	};
}

static const char *const words[STATES] = { "draft", "submitted", "approved", "received", "returned" };

const char *submission_state_word(enum submission_state state)
{
	return words[state];
}

bool submission_state_parse(const char *word, enum submission_state *out)
{
	for (size_t i = 0; i < STATES; i++) {
		if (text_equal(words[i], word)) {
			*out = (enum submission_state)i;
			return true;
		}
	}
	return false;
}
