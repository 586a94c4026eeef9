#ifndef TASK_TASK_SHAPES_H
#define TASK_TASK_SHAPES_H

#include "http/http.h"
#include "task/task.h"

/* The shapes of the room's requests and replies, and the words in them. */

#define TASK_STATES "not_started|in_progress|completed|paused|cancelled"
#define TASK_TIMELINESS "none|in_time|due_soon|overdue|completed_on_time|completed_late"
#define TASK_DEADLINE_KINDS "none|instant|quarter|soonest"
#define TASK_EVERY "week|month|quarter|half_year|year"

enum { TASK_PAGE_MAX = 500 };

extern const struct shape task_shape, task_detail_shape, task_list_shape, task_query_shape, task_input_shape,
	task_change_shape, task_parts_shape, task_report_shape, task_report_input_shape, task_request_shape,
	task_request_input_shape, task_decision_shape, task_explanation_input_shape, task_step_shape, task_file_shape,
	task_comment_shape, task_comment_input_shape, task_comment_list_shape, task_history_shape, task_bulk_shape,
	task_bulk_reply_shape, task_filter_shape, task_filter_input_shape, task_filter_list_shape, task_page_query_shape,
	task_readers_shape, task_readers_query_shape,
	task_deadline_input_shape, task_recurrence_shape, task_source_shape, task_cooperating_input_shape;

#endif
