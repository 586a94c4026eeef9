#ifndef SUBMISSION_JSON_H
#define SUBMISSION_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "http/http.h"
#include "submission/cell_rules.h"
#include "submission/people.h"
#include "submission/submission.h"

struct evidence;
struct unit;

/* What the room's routes write, and the shapes of it. */
extern const struct shape person_shape, cell_shape, cell_warning_shape, submission_shape;

/* A cell as screens show it. `warnings` may be NULL; `year` is that of the target. */
struct cell_view {
	const struct indicator *indicator;
	const struct cell *cell;
	int64_t revision;
	bool rolled_up;
	int year;
	const struct cell_warnings *warnings;
	const enum target_state *target; /* worked out by the caller; NULL: from the cell */
};
void cell_write(struct json *json, const char *key, const struct cell_view *view, enum language lang);

/* The members of a cell into an object that is open already. */
void cell_write_members(struct json *json, const struct cell_view *view, enum language lang);
void warnings_write(struct json *json, const char *key, const struct cell_warnings *warnings,
		    enum language lang);

/* The decimal text of a figure, or null. */
void figure_write(struct json *json, const char *key, const struct indicator *indicator,
		  const struct cell *cell);

struct submission_view {
	const struct submission *s;
	const struct report *report;
	const struct unit *unit, *from;
	const struct people *people;
};
void submission_add_people(struct people *people, struct call *c, const struct submission *s);
void submission_write(struct json *json, const char *key, const struct submission_view *view);

void period_write(struct json *json, const char *key, period p);

#endif
