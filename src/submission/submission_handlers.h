#ifndef SUBMISSION_HANDLERS_H
#define SUBMISSION_HANDLERS_H

#include <stdbool.h>

#include "http/http.h"

/* The room's handlers, for its table of routes in submission_api.c. */

extern const struct shape grid_shape;
bool grid_get(struct request *r);

extern const struct shape draft_body_shape, draft_reply_shape, copy_reply_shape;
bool draft_prepare(struct request *r);
bool draft_put(struct request *r);
bool copy_prepare(struct request *r);
bool copy_post(struct request *r);

extern const struct shape submit_body_shape, recall_body_shape, approve_body_shape, return_body_shape,
	act_reply_shape, bulk_body_shape, bulk_reply_shape;
bool submit_prepare(struct request *r);
bool submit_post(struct request *r);
bool act_prepare(struct request *r);
bool recall_post(struct request *r);
bool approve_post(struct request *r);
bool return_post(struct request *r);
bool receive_post(struct request *r);
bool bulk_post(struct request *r);

extern const struct shape panel_shape, difference_query_shape, difference_shape;
bool panel_get(struct request *r);
bool difference_get(struct request *r);

extern const struct shape matrix_query_shape, matrix_shape;
bool matrix_get(struct request *r);

extern const struct shape sheet_reply_shape;
bool sheet_get_prepare(struct request *r);
bool sheet_get(struct request *r);
bool sheet_prepare(struct request *r);
bool sheet_post(struct request *r);

#endif
