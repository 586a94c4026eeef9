#ifndef ACCOUNT_ACCOUNT_KEY_H
#define ACCOUNT_ACCOUNT_KEY_H

#include <stdbool.h>

#include "base/id.h"
#include "db/call.h"

/*
 * Personal values under the key of account_key_set. `what` names the column
 * ("mobile"); a value sealed for one account and column opens for no other.
 * Fail with key_missing or, when the key is another, key_wrong.
 */
bool personal_seal(struct call *c, id account_id, const char *what, const char *plain, const char **out);
bool personal_open(struct call *c, id account_id, const char *what, const char *sealed, const char **plain);

/* For finding a sealed value by equality. */
bool personal_index(struct call *c, const char *what, const char *plain, const char **out);

#endif
