#ifndef INDICATOR_INDICATOR_STORE_H
#define INDICATOR_INDICATOR_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "indicator/indicator.h"

/* Rows of definitions and forms. Owners' paths are not here: they are the unit room's. */

/* Fails with `duplicate` on "code" when a standing definition has the code. */
bool indicator_insert(struct call *c, const struct indicator *definition, const char *reason);

/* Ends the standing version; *ended false when `version` is not it. */
bool indicator_end(struct call *c, id indicator_id, int64_t version, bool *ended);

/* NULL in *out when there is none. */
bool indicator_read(struct call *c, id indicator_id, struct indicator **out);
bool indicator_read_code(struct call *c, const char *code, struct indicator **out);

/* Whether the standing version of a form holds the indicator. */
bool indicator_on_form(struct call *c, id indicator_id, bool *out);

struct indicator_query {
	const char *fold;       /* NULL for all */
	const char *group;      /* NULL for all */
	id report_id;           /* 0 for all: those of the form's standing version */
	const char *after_code; /* NULL from the first */
	int limit;
};
/* Standing definitions by code. */
bool indicator_page(struct call *c, const struct indicator_query *query, struct indicator **out,
		    size_t *count);

struct indicator_version {
	int64_t version;
	instant valid_from, valid_to;
	id changed_by;
	const char *reason;
};
bool indicator_versions(struct call *c, id indicator_id, struct indicator_version **out, size_t *count);

/*
 * The generation of the definitions in the call's view of the store; `writing`: that view may hold
 * changes of its own.
 */
bool generation_read(struct call *c, int64_t *out, bool *writing);
bool generation_renew(struct call *c);

/* A version of a form with its items and checks. */
bool report_insert(struct call *c, const struct report *report);
bool report_end(struct call *c, id report_id, int64_t version, bool *ended);

/*
 * With `version` 0 the standing one. Everything is made in `mem`; NULL in *out when there is none.
 * `indicators`: those of the items.
 */
bool report_read(struct call *c, id report_id, int64_t version, struct arena *mem, struct report **out,
		 struct indicator **indicators);
bool report_id_of_code(struct call *c, const char *code, id *out);

/* Standing forms by code, without items and checks. */
bool report_rows(struct call *c, struct report **out, size_t *count);

/* Forms whose standing version holds the indicator. */
bool report_ids_with(struct call *c, id indicator_id, id **out, size_t *count);

#endif
