#include "submission/submission_api.h"

#include "sheet/sheet.h"
#include "submission/submission_handlers.h"

enum { ENTRY_BODY = 1 << 20 };

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/submissions/{id}", .right = "figure.read", .class = CLASS_READ,
	  .reply = &grid_shape, .act = grid_get, .summary = "The entry screen of one submission." },
	{ .method = "PUT", .path = "/api/submissions/{id}/draft", .right = "figure.enter", .class = CLASS_ENTRY,
	  .body_max = ENTRY_BODY, .body = &draft_body_shape, .reply = &draft_reply_shape, .prepare = draft_prepare,
	  .act = draft_put,
	  .summary = "Keeps draft cells: the valid ones are saved, conflicts and invalid ones are told." },
	{ .method = "POST", .path = "/api/submissions/{id}/copy-last", .right = "figure.enter", .class = CLASS_ENTRY,
	  .reply = &copy_reply_shape, .prepare = copy_prepare, .act = copy_post,
	  .summary = "Copies stock figures and running totals of the last period into empty cells." },
	{ .method = "POST", .path = "/api/submissions/{id}/submit", .right = "figure.enter",
	  .flags = ROUTE_IF_MATCH, .class = CLASS_ENTRY, .body_max = ENTRY_BODY, .body = &submit_body_shape,
	  .reply = &act_reply_shape, .prepare = submit_prepare, .act = submit_post,
	  .summary = "Submits the draft, or the cells given, as a new version." },
	{ .method = "POST", .path = "/api/submissions/{id}/recall", .right = "figure.enter",
	  .flags = ROUTE_IF_MATCH, .class = CLASS_ENTRY, .body = &recall_body_shape, .reply = &act_reply_shape,
	  .prepare = act_prepare, .act = recall_post, .summary = "Takes a submitted version back before approval." },
	{ .method = "POST", .path = "/api/submissions/{id}/approve", .right = "figure.approve",
	  .flags = ROUTE_IF_MATCH, .class = CLASS_ENTRY, .body = &approve_body_shape, .reply = &act_reply_shape,
	  .prepare = act_prepare, .act = approve_post, .summary = "Approves one exact version inside the unit." },
	{ .method = "POST", .path = "/api/submissions/{id}/return", .right = "figure.approve",
	  .flags = ROUTE_IF_MATCH, .class = CLASS_ENTRY, .body = &return_body_shape, .reply = &act_reply_shape,
	  .prepare = act_prepare, .act = return_post,
	  .summary = "Returns figures with a reason and marked cells: by the unit's approver before approval, by the "
		     "level that assigned the report (figure.receive) after it." },
	{ .method = "POST", .path = "/api/submissions/{id}/receive", .right = "figure.receive",
	  .flags = ROUTE_IF_MATCH, .class = CLASS_ENTRY, .body = &approve_body_shape, .reply = &act_reply_shape,
	  .prepare = act_prepare, .act = receive_post,
	  .summary = "Receives one exact approved version at the level that assigned the report." },
	{ .method = "POST", .path = "/api/submissions/bulk", .right = "figure.approve", .class = CLASS_ENTRY,
	  .body = &bulk_body_shape, .reply = &bulk_reply_shape, .act = bulk_post,
	  .summary = "Approves, receives or returns several submissions; those refused are told one by one." },
	{ .method = "GET", .path = "/api/submissions/{id}/cells/{indicator_id}", .right = "figure.read",
	  .class = CLASS_READ, .reply = &panel_shape, .act = panel_get,
	  .summary = "One cell with its history, versions, files and marks." },
	{ .method = "GET", .path = "/api/submissions/{id}/difference", .right = "figure.read", .class = CLASS_READ,
	  .query = &difference_query_shape, .reply = &difference_shape, .act = difference_get,
	  .summary = "What changed between two versions." },
	{ .method = "GET", .path = "/api/submissions/{id}/sheet", .right = "figure.read", .flags = ROUTE_SLOW,
	  .class = CLASS_EXPORT, .prepare = sheet_get_prepare, .act = sheet_get,
	  .summary = "The entry screen as an Excel file to fill in." },
	{ .method = "POST", .path = "/api/submissions/{id}/sheet", .right = "figure.enter",
	  .flags = ROUTE_UPLOAD | ROUTE_SLOW, .class = CLASS_ENTRY, .body_max = SHEET_FILE_MAX,
	  .reply = &sheet_reply_shape, .prepare = sheet_prepare, .act = sheet_post,
	  .summary = "Reads a filled Excel file and tells errors line by line; nothing is saved." },
	{ .method = "GET", .path = "/api/matrix", .right = "figure.read", .flags = ROUTE_SHARED,
	  .class = CLASS_READ, .query = &matrix_query_shape, .reply = &matrix_shape, .act = matrix_get,
	  .summary = "All units of an assignment's period with their figures: the approval screen." },
};

const struct route_table submission_routes = { "submission", routes, sizeof(routes) / sizeof(routes[0]) };
