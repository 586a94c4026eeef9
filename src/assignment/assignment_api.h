#ifndef ASSIGNMENT_ASSIGNMENT_API_H
#define ASSIGNMENT_ASSIGNMENT_API_H

#include "assignment/assignment.h"
#include "http/http.h"
#include "rollup/rollup.h"

extern const struct route_table assignment_routes;

/* The Assignment and Tally objects of the API, for the replies of other rooms. */
extern const struct shape assignment_shape;
extern const struct shape tally_shape;

void tally_write(struct json *json, const char *key, const struct tally *tally);

enum { ASSIGNMENT_DOCUMENT_MAX = 1000 };

/* Writes an Assignment with its 12 newest periods and what the caller may do. */
bool assignment_write(struct request *r, const char *key, const struct assignment *assignment);
/* The same without the object around it, for a reply that has more. */
bool assignment_write_members(struct request *r, const struct assignment *assignment);

#endif
