#ifndef AUDIT_AUDIT_JSON_H
#define AUDIT_AUDIT_JSON_H

#include "http/http.h"

struct event_view;

/* An event with where it came from, what it concerns and its seal: for those who may read the log. */
extern const struct shape event_shape;
void event_write_logged(struct request *r, const struct event_view *view);

/* What the history of a subject tells of it, to all who may read the subject. */
extern const struct shape event_told_shape;
void event_write_told(struct request *r, const struct event_view *view);

#endif
