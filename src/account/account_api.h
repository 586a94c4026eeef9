#ifndef ACCOUNT_ACCOUNT_API_H
#define ACCOUNT_ACCOUNT_API_H

#include "account/account_http.h"
#include "http/http.h"

extern const struct route_table session_routes;  /* signing in and out, the own password */
extern const struct route_table me_routes;       /* the own authenticator, sessions and tokens */
extern const struct route_table account_routes;  /* administration of accounts and grants */
extern const struct route_table security_routes; /* table of rights, settings, first set-up */

#endif
