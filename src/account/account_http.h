#ifndef ACCOUNT_ACCOUNT_HTTP_H
#define ACCOUNT_ACCOUNT_HTTP_H

#include "http/http.h"

/* How the account room answers http's questions: given to http_auth_set before server_start. */
extern const struct http_auth account_auth;

#endif
