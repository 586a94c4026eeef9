#ifndef HTTP_ORIGIN_H
#define HTTP_ORIGIN_H

#include <stdbool.h>

struct exchange;

/* A write that a browser says comes from another site's page is refused (csrf_failed), signed in or not. */
bool origin_check(struct exchange *x);

/* A write by cookie carries the session's own token in X-CSRF-Token. */
bool origin_token_check(struct exchange *x, const char *token);

#endif
