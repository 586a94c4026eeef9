#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "base/arena.h"
#include "watch/watch.h"

enum { CARDS_MAX = 200, TASKS_OF_A_KIND = 20, ROUNDS = 6 /* periods looked at, newest first */ };

static struct card *add_card(struct my_work *work, enum card_kind kind, const struct unit *unit)
{
	struct card *card;

	if (work->card_count == CARDS_MAX)
		return NULL;
	card = &work->cards[work->card_count++];
	memset(card, 0, sizeof(*card));
	card->kind = kind;
	card->unit = *unit;
	return card;
}

static bool has_card(const struct my_work *work, enum card_kind kind, id assignment_id, period p, id unit_id)
{
	for (size_t i = 0; i < work->card_count; i++) {
		const struct card *card = &work->cards[i];

		if (card->kind == kind && card->ap.assignment.id == assignment_id && card->ap.period == p &&
		    card->unit.id == unit_id)
			return true;
	}
	return false;
}

/* A draft or returned form waits for whoever enters; a submitted one for whoever approves. */
static bool waits_for(enum card_kind kind, const struct submission *s)
{
	if (kind == CARD_APPROVE)
		return s->state == SUBMISSION_SUBMITTED;
	return s->state == SUBMISSION_DRAFT || s->state == SUBMISSION_RETURNED;
}

/* Also what was handed in this period stays in sight, so that it can be recalled. */
static bool concerns(enum card_kind kind, const struct submission *s, const struct assignment_period *ap, instant now)
{
	return waits_for(kind, s) || (ap->state == PERIOD_OPEN && now < ap->deadline);
}

static bool add_forms(struct call *c, struct my_work *work, enum card_kind kind, const struct unit *unit)
{
	struct assignment *received;
	size_t received_count;

	if (!assignment_to_unit(c, unit->id, false, &received, &received_count))
		return false;
	for (size_t i = 0; i < received_count; i++) {
		struct assignment_period *opened;
		size_t count;

		if (!assignment_periods(c, received[i].id, ROUNDS, &opened, &count))
			return false;
		for (size_t p = 0; p < count; p++) {
			struct submission s;
			struct card *card;
			bool found;

			if (has_card(work, kind, received[i].id, opened[p].period, unit->id))
				continue;
			if (!submission_find(c, received[i].id, opened[p].period, unit->id, &found, &s))
				return false;
			if (!found || !concerns(kind, &s, &opened[p], c->now))
				continue;
			card = add_card(work, kind, unit);
			if (!card)
				return true;
			card->ap = opened[p];
			card->submission = s;
			card->window = assignment_window(&opened[p], c->now, s.exception_until);
			if (!report_get(c, s.report_id, &card->report) ||
			    !submission_filled(c, &s, card->report, &card->filled, &card->total, &card->last_saved_at))
				return false;
		}
	}
	return true;
}

static bool add_collections(struct call *c, struct my_work *work, const struct unit *unit)
{
	struct assignment *given;
	size_t given_count;

	if (!assignment_from_unit(c, unit->id, false, &given, &given_count))
		return false;
	for (size_t i = 0; i < given_count; i++) {
		struct assignment_period *opened;
		size_t count;

		if (!assignment_periods(c, given[i].id, ROUNDS, &opened, &count))
			return false;
		for (size_t p = 0; p < count; p++) {
			struct rollup_key key = watch_key(&given[i], opened[p].period);
			struct card *card;

			if ((p > 0 && opened[p].state == PERIOD_CLOSED) ||
			    has_card(work, CARD_COLLECT, given[i].id, opened[p].period, unit->id))
				continue;
			card = add_card(work, CARD_COLLECT, unit);
			if (!card)
				return true;
			card->ap = opened[p];
			if (!report_get(c, given[i].report_id, &card->report) ||
			    !rollup_tally_read(c, &key, &card->tally))
				return false;
			card->waiting = card->tally.approved - card->tally.received;
			card->missing = card->tally.assigned - card->tally.approved;
		}
	}
	return true;
}

static bool leads(enum role role)
{
	return role == ROLE_LEADER || role == ROLE_INSPECTOR || role == ROLE_ADMINISTRATOR;
}

static bool add_grant(struct call *c, struct my_work *work, const struct grant *grant, const struct unit *unit)
{
	switch (grant->role) {
	case ROLE_DATA_ENTRY:
		return add_forms(c, work, CARD_ENTRY, unit);
	case ROLE_APPROVER:
		return add_forms(c, work, CARD_APPROVE, unit);
	case ROLE_COORDINATOR:
		/* What was gathered is handed up by the one who gathers it. */
		return add_collections(c, work, unit) && add_forms(c, work, CARD_ENTRY, unit);
	default:
		return true;
	}
}

bool watch_my_work(struct call *c, struct my_work *out)
{
	const struct actor *actor = c->actor;
	id led = 0;

	memset(out, 0, sizeof(*out));
	if (!account_require(c, RIGHT_SELF, NULL))
		return false;
	out->cards = ARENA_ARRAY(c->mem, struct card, CARDS_MAX);
	for (size_t i = 0; i < actor->grant_count; i++) {
		struct unit unit;

		if (!unit_by_id(c, actor->grants[i].unit_id, NULL, &unit) ||
		    !add_grant(c, out, &actor->grants[i], &unit))
			return false;
		if (!led && leads(actor->grants[i].role))
			led = unit.id;
	}
	out->leads = led != 0;
	if (!task_my_work(c, TASKS_OF_A_KIND, &out->tasks, &out->task_count))
		return false;
	return !led || watch_overview(c, led, 0, 0, &out->overview);
}
