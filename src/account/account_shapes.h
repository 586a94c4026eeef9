#ifndef ACCOUNT_ACCOUNT_SHAPES_H
#define ACCOUNT_ACCOUNT_SHAPES_H

#include "account/account.h"
#include "http/http.h"

#define ROLE_CHOICES "administrator|data_entry|approver|coordinator|leader|inspector|intake"
#define ACCOUNT_STATE_CHOICES "proposed|active|disabled|refused"

/* { "id", "role", "unit" } */
extern const struct shape account_grant_shape;

/* Writes the grants' array; the units are looked up together. */
bool account_write_grants(struct request *r, const char *key, const struct grant *grants, size_t count);

/* Retry-After for sign_in_wait and account_locked. Returns false. */
bool account_wait(struct request *r, int64_t wait_s);

/* Warnings beside an answer: [{ "code", "title" }]. */
extern const struct shape account_warning_shape;
void account_write_warning(struct request *r, enum error_code code);

#endif
