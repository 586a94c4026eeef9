#include "assignment/assignment_rules.h"

enum entry_window assignment_window(const struct assignment_period *ap, instant now, instant exception_until)
{
	if (ap->state == PERIOD_CLOSED)
		return ENTRY_LOCKED;
	if (now < exception_until)
		return ENTRY_OPEN;
	if (now < ap->opens)
		return ENTRY_NOT_YET;
	if (now < ap->deadline)
		return ENTRY_OPEN;
	return ap->assignment.rule.locks ? ENTRY_LOCKED : ENTRY_LATE;
}

bool assignment_has_period(const struct assignment *assignment, enum frequency frequency, period p)
{
	return period_valid(p) && period_frequency(p) == frequency && p >= assignment->first &&
	       (!assignment->last || p <= assignment->last);
}

period assignment_newest_due(const struct assignment *assignment, instant now)
{
	period p = period_of(period_frequency(assignment->first), civil_date_of(now));

	/* A rule may open a period before its last month has begun, but never more than one ahead. */
	p = period_add(p, 1);
	if (assignment->last && p > assignment->last)
		p = assignment->last;
	while (p && p >= assignment->first && deadline_opens(&assignment->rule, p) > now)
		p = period_add(p, -1);
	return p >= assignment->first ? p : 0;
}
