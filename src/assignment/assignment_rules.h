#ifndef ASSIGNMENT_ASSIGNMENT_RULES_H
#define ASSIGNMENT_ASSIGNMENT_RULES_H

#include "assignment/assignment.h"

/* Whether the assignment has this period: of the form's frequency, from the first to the last. */
bool assignment_has_period(const struct assignment *assignment, enum frequency frequency, period p);

/*
 * The newest period whose entry opens at `now` or before, 0 when even the
 * first does not.
 */
period assignment_newest_due(const struct assignment *assignment, instant now);

#endif
