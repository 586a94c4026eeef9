#include "task/task_shapes.h"

#include "audit/audit_json.h"
#include "deadline/deadline_api.h"
#include "submission/submission_json.h"
#include "task/task_api.h"
#include "unit/unit_api.h"

static const struct field deadline_input_fields[] = {
	{ .name = "before", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "The first instant that is too late: 24:00 of the 16th is 2026-05-17T00:00:00+07:00." },
	{ .name = "written", .type = FIELD_TEXT, .max = TASK_NAME_MAX, .about = "In the letter's own words." },
	{ .name = "kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = TASK_DEADLINE_KINDS },
	{ .name = NULL },
};
const struct shape task_deadline_input_shape = { "TaskDeadlineInput", deadline_input_fields };

static const struct field recurrence_fields[] = {
	{ .name = "every", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = TASK_EVERY },
	{ .name = "day", .type = FIELD_INT, .min = 0, .max = 31,
	  .about = "Of the period's last month, until 24:00; of a week, 1 is Monday; 0: its last day." },
	{ .name = "from", .type = FIELD_PERIOD, .flags = FIELD_NULLABLE, .about = "The first month." },
	{ .name = NULL },
};
const struct shape task_recurrence_shape = { "TaskRecurrence", recurrence_fields };

static const struct field source_fields[] = {
	{ .name = "reading_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "start", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "In characters of the reading's text." },
	{ .name = "end", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape task_source_shape = { "TaskSource", source_fields };

static const struct field document_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "number", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "date", .type = FIELD_DATE, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "subject", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape document_shape = { "TaskDocument", document_fields };

static const struct field cooperating_fields[] = {
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = "part", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape cooperating_shape = { "TaskCooperating", cooperating_fields };

static const struct field may_fields[] = {
	{ .name = "report", .type = FIELD_BOOL, .flags = FIELD_REQUIRED, .about = "Report progress, add files, explain." },
	{ .name = "ask", .type = FIELD_BOOL, .flags = FIELD_REQUIRED, .about = "Ask for completion or more time." },
	{ .name = "decide", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "change", .type = FIELD_BOOL, .flags = FIELD_REQUIRED, .about = "Change, pause, resume, cancel." },
	{ .name = "pass_down", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "comment", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape may_shape = { "TaskMay", may_fields };

#define TASK_FIELDS \
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED }, \
	{ .name = "parent_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TASK_TITLE_MAX }, \
	{ .name = "content", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TASK_CONTENT_MAX }, \
	{ .name = "programme", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "field", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "product", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "document", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &document_shape }, \
	{ .name = "assigner", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape }, \
	{ .name = "lead", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape }, \
	{ .name = "head", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .about = "The person in charge, by name." }, \
	{ .name = "cooperating", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &cooperating_shape, \
	  .max = TASK_COOPERATING_MAX, .about = "In a list, at most the first twenty." }, \
	{ .name = "weight", .type = FIELD_INT, .flags = FIELD_REQUIRED }, \
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &deadline_shape, \
	  .about = "Of a recurring task: that of its first period not yet reported." }, \
	{ .name = "deadline_kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = TASK_DEADLINE_KINDS }, \
	{ .name = "deadline_written", .type = FIELD_TEXT, .flags = FIELD_REQUIRED }, \
	{ .name = "recurrence", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, \
	  .of = &task_recurrence_shape }, \
	{ .name = "state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = TASK_STATES }, \
	{ .name = "timeliness", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = TASK_TIMELINESS }, \
	{ .name = "percent", .type = FIELD_INT, .flags = FIELD_REQUIRED, .about = "As the leading unit reported." }, \
	{ .name = "rolled_percent", .type = FIELD_INT, .flags = FIELD_REQUIRED, \
	  .about = "The weighted mean of its parts; without parts, `percent`." }, \
	{ .name = "late_children", .type = FIELD_INT, .flags = FIELD_REQUIRED, \
	  .about = "Tasks on all levels below that are overdue or were completed late." }, \
	{ .name = "completion_requested_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "completed_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE }, \
	{ .name = "explanation_due", .type = FIELD_BOOL, .flags = FIELD_REQUIRED }, \
	{ .name = "children", .type = FIELD_INT, .flags = FIELD_REQUIRED }, \
	{ .name = "may", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &may_shape }, \
	{ .name = "source", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &task_source_shape }, \
	{ .name = "created_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED }, \
	{ .name = "version", .type = FIELD_INT, .flags = FIELD_REQUIRED }

static const struct field task_fields[] = { TASK_FIELDS, { .name = NULL } };
const struct shape task_shape = { "Task", task_fields };

static const struct field waiting_fields[] = {
	{ .name = "kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "explain|confirm|decide|report|late|due_soon" },
	{ .name = "task", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &task_shape },
	{ .name = "request_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "confirm and decide: the request." },
	{ .name = "period", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "report: the period that waits." },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &deadline_shape,
	  .about = "report: by when; else the task's." },
	{ .name = NULL },
};
const struct shape task_waiting_shape = { "TaskWaiting", waiting_fields };

static const struct field file_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "size", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "type", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "added_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "added_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape task_file_shape = { "TaskFile", file_fields };

#define FILES \
	{ .name = "files", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &task_file_shape, .max = TASK_FILES_MAX }

static const struct field report_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "period", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "\"2026-05\", \"2026-Q2\", \"2026-W20\"; null: a report in between." },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &deadline_shape },
	{ .name = "on_time", .type = FIELD_BOOL, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "Null without a deadline, and while it waits in time." },
	{ .name = "percent", .type = FIELD_INT, .flags = FIELD_REQUIRED },
	{ .name = "result", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TASK_CONTENT_MAX },
	{ .name = "difficulties", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TASK_CONTENT_MAX },
	{ .name = "requests", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TASK_CONTENT_MAX },
	{ .name = "nil", .type = FIELD_BOOL, .flags = FIELD_REQUIRED, .about = "There was nothing to report." },
	FILES,
	{ .name = "reported_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "reported_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "Null: the row was opened and waits for the report." },
	{ .name = NULL },
};
const struct shape task_report_shape = { "TaskReport", report_fields };

static const struct field request_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "completion|extension" },
	{ .name = "state", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "waiting|accepted|refused|withdrawn" },
	{ .name = "reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TASK_REASON_MAX },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &deadline_shape,
	  .about = "The deadline asked for." },
	FILES,
	{ .name = "asked_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "asked_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "decided_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "decided_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "decision", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TASK_REASON_MAX },
	{ .name = NULL },
};
const struct shape task_request_shape = { "TaskRequest", request_fields };

static const struct field explanation_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &deadline_shape,
	  .about = "The deadline that was missed." },
	{ .name = "cause", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TASK_REASON_MAX },
	{ .name = "remedy", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TASK_REASON_MAX },
	{ .name = "new_date", .type = FIELD_DATE, .flags = FIELD_REQUIRED },
	{ .name = "given_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "given_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape explanation_shape = { "TaskExplanation", explanation_fields };

static const struct field old_deadline_fields[] = {
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &deadline_shape },
	{ .name = "kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = TASK_DEADLINE_KINDS },
	{ .name = "written", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "request_id", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "The request for more time that gave it." },
	{ .name = "set_by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "set_at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape old_deadline_shape = { "TaskDeadlineKept", old_deadline_fields };

static const struct field ancestor_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct shape ancestor_shape = { "TaskAncestor", ancestor_fields };

static const struct field detail_fields[] = {
	TASK_FIELDS,
	{ .name = "ancestors", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &ancestor_shape,
	  .about = "From the root down." },
	{ .name = "parts", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &task_shape, .max = TASK_PARTS_MAX },
	{ .name = "reports", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &task_report_shape,
	  .about = "Newest first, those that wait too." },
	{ .name = "requests", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &task_request_shape,
	  .about = "Newest first." },
	{ .name = "explanations", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &explanation_shape,
	  .about = "Newest first." },
	{ .name = "deadlines", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &old_deadline_shape,
	  .about = "All it had, newest first." },
	FILES,
	{ .name = NULL },
};
const struct shape task_detail_shape = { "TaskDetail", detail_fields };

static const struct field list_fields[] = {
	{ .name = "items", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &task_shape, .max = TASK_PAGE_MAX },
	{ .name = "next", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "may_create", .type = FIELD_BOOL, .flags = FIELD_REQUIRED,
	  .about = "Whether the caller may give tasks from the own unit." },
	{ .name = NULL },
};
const struct shape task_list_shape = { "TaskList", list_fields };

static const struct field query_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .about = "Without it, wherever the caller may read tasks." },
	{ .name = "part", .type = FIELD_CHOICE, .choices = "lead|cooperating|assigned|below|within|all",
	  .about = "What the unit is to the task; below: a unit below it leads; within: it or one below leads." },
	{ .name = "state", .type = FIELD_CHOICE, .choices = TASK_STATES "|unfinished",
	  .about = "unfinished: not started, in progress or paused." },
	{ .name = "timeliness", .type = FIELD_CHOICE, .choices = TASK_TIMELINESS },
	{ .name = "field", .type = FIELD_TEXT, .max = TASK_NAME_MAX },
	{ .name = "programme", .type = FIELD_TEXT, .max = TASK_NAME_MAX },
	{ .name = "document_id", .type = FIELD_ID },
	{ .name = "parent_id", .type = FIELD_ID },
	{ .name = "roots", .type = FIELD_BOOL, .about = "Only tasks that are part of none." },
	{ .name = "q", .type = FIELD_TEXT, .max = 200, .about = "Words of title, content or product, without tone marks." },
	{ .name = "due_from", .type = FIELD_DATE }, { .name = "due_to", .type = FIELD_DATE },
	{ .name = "sort", .type = FIELD_CHOICE, .choices = "due|-due|title|lead|state|newest" },
	{ .name = "after", .type = FIELD_ID, .about = "The cursor `next` of the page before." },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = TASK_PAGE_MAX },
	{ .name = NULL },
};
const struct shape task_query_shape = { NULL, query_fields };

static const struct field page_query_fields[] = {
	{ .name = "after", .type = FIELD_ID, .about = "The cursor `next` of the page before." },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = 200 },
	{ .name = NULL },
};
const struct shape task_page_query_shape = { NULL, page_query_fields };

static const struct field cooperating_input_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "part", .type = FIELD_TEXT, .max = TASK_TITLE_MAX },
	{ .name = NULL },
};
const struct shape task_cooperating_input_shape = { "TaskCooperatingInput", cooperating_input_fields };

#define COMMON_INPUT \
	{ .name = "content", .type = FIELD_TEXT, .max = TASK_CONTENT_MAX }, \
	{ .name = "programme", .type = FIELD_TEXT, .max = TASK_NAME_MAX }, \
	{ .name = "field", .type = FIELD_TEXT, .max = TASK_NAME_MAX }, \
	{ .name = "product", .type = FIELD_TEXT, .max = TASK_TITLE_MAX }, \
	{ .name = "head", .type = FIELD_TEXT, .max = TASK_NAME_MAX }, \
	{ .name = "weight", .type = FIELD_INT, .min = 1, .max = TASK_WEIGHT_MAX }, \
	{ .name = "document_id", .type = FIELD_ID, .flags = FIELD_NULLABLE }, \
	{ .name = "cooperating", .type = FIELD_ARRAY, .of = &task_cooperating_input_shape, .max = TASK_COOPERATING_MAX }, \
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_NULLABLE, .of = &task_deadline_input_shape }

static const struct field input_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .about = "The assigner. Without it, the unit that leads the parent, else the caller's." },
	{ .name = "lead_unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "parent_id", .type = FIELD_ID, .flags = FIELD_NULLABLE },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = TASK_TITLE_MAX },
	{ .name = "recurrence", .type = FIELD_OBJECT, .flags = FIELD_NULLABLE, .of = &task_recurrence_shape },
	COMMON_INPUT,
	{ .name = NULL },
};
const struct shape task_input_shape = { "TaskInput", input_fields };

static const struct field change_fields[] = {
	{ .name = "lead_unit_id", .type = FIELD_ID },
	{ .name = "title", .type = FIELD_TEXT, .min = 1, .max = TASK_TITLE_MAX },
	COMMON_INPUT,
	{ .name = NULL },
};
const struct shape task_change_shape = { "TaskChange", change_fields };

static const struct field part_fields[] = {
	{ .name = "unit_id", .type = FIELD_ID, .flags = FIELD_REQUIRED,
	  .about = "The leading unit itself or one below it." },
	{ .name = "title", .type = FIELD_TEXT, .max = TASK_TITLE_MAX, .about = "Without it, the start of the content." },
	{ .name = "content", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = TASK_CONTENT_MAX },
	{ .name = "product", .type = FIELD_TEXT, .max = TASK_TITLE_MAX },
	{ .name = "weight", .type = FIELD_INT, .min = 1, .max = TASK_WEIGHT_MAX },
	{ .name = "deadline", .type = FIELD_OBJECT, .flags = FIELD_NULLABLE, .of = &task_deadline_input_shape,
	  .about = "Without it, that of the task." },
	{ .name = NULL },
};
static const struct shape part_shape = { "TaskPartInput", part_fields };

static const struct field parts_fields[] = {
	{ .name = "parts", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &part_shape, .min = 1,
	  .max = TASK_PARTS_MAX },
	{ .name = NULL },
};
const struct shape task_parts_shape = { "TaskPartsInput", parts_fields };

#define FILE_IDS \
	{ .name = "file_ids", .type = FIELD_ARRAY, .item = FIELD_ID, .max = TASK_FILES_MAX, \
	  .about = "Files added to the task before." }

static const struct field report_input_fields[] = {
	{ .name = "period", .type = FIELD_TEXT, .flags = FIELD_NULLABLE, .max = 12,
	  .about = "Of the row it answers. Without it, the oldest that waits." },
	{ .name = "percent", .type = FIELD_INT, .min = 0, .max = 100, .about = "Without it, it stays." },
	{ .name = "result", .type = FIELD_TEXT, .max = TASK_CONTENT_MAX },
	{ .name = "difficulties", .type = FIELD_TEXT, .max = TASK_CONTENT_MAX },
	{ .name = "requests", .type = FIELD_TEXT, .max = TASK_CONTENT_MAX },
	{ .name = "nil", .type = FIELD_BOOL, .about = "There is nothing to report." },
	FILE_IDS,
	{ .name = NULL },
};
const struct shape task_report_input_shape = { "TaskReportInput", report_input_fields };

static const struct field request_input_fields[] = {
	{ .name = "kind", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "completion|extension" },
	{ .name = "reason", .type = FIELD_TEXT, .max = TASK_REASON_MAX,
	  .about = "Why more time is needed; of a completion, its result." },
	{ .name = "deadline", .type = FIELD_TIME, .flags = FIELD_NULLABLE,
	  .about = "The deadline asked for: the first instant that is too late." },
	FILE_IDS,
	{ .name = NULL },
};
const struct shape task_request_input_shape = { "TaskRequestInput", request_input_fields };

static const struct field decision_fields[] = {
	{ .name = "accept", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "reason", .type = FIELD_TEXT, .max = TASK_REASON_MAX, .about = "Needed to refuse." },
	{ .name = NULL },
};
const struct shape task_decision_shape = { "TaskDecision", decision_fields };

static const struct field explanation_input_fields[] = {
	{ .name = "cause", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = TASK_REASON_MAX },
	{ .name = "remedy", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = TASK_REASON_MAX },
	{ .name = "new_date", .type = FIELD_DATE, .flags = FIELD_REQUIRED, .about = "The day on which it will be done." },
	{ .name = NULL },
};
const struct shape task_explanation_input_shape = { "TaskExplanationInput", explanation_input_fields };

static const struct field step_fields[] = {
	{ .name = "to", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = "paused|cancelled|resumed",
	  .about = "Cancelling takes the open tasks below along." },
	{ .name = "reason", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = TASK_REASON_MAX },
	{ .name = NULL },
};
const struct shape task_step_shape = { "TaskStep", step_fields };

static const struct field comment_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "text", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = TASK_REASON_MAX },
	{ .name = "by", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED | FIELD_NULLABLE, .of = &person_shape },
	{ .name = "at", .type = FIELD_TIME, .flags = FIELD_REQUIRED },
	{ .name = "mentions", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &person_shape },
	{ .name = NULL },
};
const struct shape task_comment_shape = { "TaskComment", comment_fields };

static const struct field reader_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "position", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "unit", .type = FIELD_OBJECT, .flags = FIELD_REQUIRED, .of = &unit_ref_shape },
	{ .name = NULL },
};
static const struct shape reader_shape = { "TaskReader", reader_fields };

static const struct field readers_fields[] = {
	{ .name = "items", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &reader_shape, .about = "By name." },
	{ .name = NULL },
};
const struct shape task_readers_shape = { "TaskReaders", readers_fields };

static const struct field readers_query_fields[] = {
	{ .name = "q", .type = FIELD_TEXT, .max = TASK_NAME_MAX, .about = "A part of the name." },
	{ .name = "limit", .type = FIELD_INT, .min = 1, .max = 20 },
	{ .name = NULL },
};
const struct shape task_readers_query_shape = { NULL, readers_query_fields };

static const struct field comment_input_fields[] = {
	{ .name = "text", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = TASK_REASON_MAX },
	{ .name = "mentions", .type = FIELD_ARRAY, .item = FIELD_ID, .max = 20, .about = "Accounts." },
	{ .name = NULL },
};
const struct shape task_comment_input_shape = { "TaskCommentInput", comment_input_fields };

static const struct field comment_list_fields[] = {
	{ .name = "items", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &task_comment_shape,
	  .about = "Newest first." },
	{ .name = "next", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = NULL },
};
const struct shape task_comment_list_shape = { "TaskCommentList", comment_list_fields };

static const struct field history_fields[] = {
	{ .name = "items", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &event_told_shape,
	  .about = "Newest first." },
	{ .name = "next", .type = FIELD_ID, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = NULL },
};
const struct shape task_history_shape = { "TaskHistory", history_fields };

static const struct field bulk_fields[] = {
	{ .name = "ids", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .item = FIELD_ID, .min = 1, .max = TASK_BULK_MAX },
	{ .name = "act", .type = FIELD_CHOICE, .flags = FIELD_REQUIRED,
	  .choices = "pause|resume|cancel|set_field|set_programme|set_weight" },
	{ .name = "reason", .type = FIELD_TEXT, .max = TASK_REASON_MAX, .about = "pause, resume, cancel" },
	{ .name = "value", .type = FIELD_TEXT, .max = TASK_NAME_MAX, .about = "set_field, set_programme, set_weight" },
	{ .name = NULL },
};
const struct shape task_bulk_shape = { "TaskBulk", bulk_fields };

static const struct field bulk_result_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "done", .type = FIELD_BOOL, .flags = FIELD_REQUIRED },
	{ .name = "code", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE },
	{ .name = "title", .type = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_NULLABLE,
	  .about = "Why not." },
	{ .name = NULL },
};
static const struct shape bulk_result_shape = { "TaskBulkResult", bulk_result_fields };

static const struct field bulk_reply_fields[] = {
	{ .name = "results", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &bulk_result_shape },
	{ .name = NULL },
};
const struct shape task_bulk_reply_shape = { "TaskBulkResults", bulk_reply_fields };

static const struct field filter_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = "query", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape task_filter_shape = { "TaskFilter", filter_fields };

static const struct field filter_input_fields[] = {
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = TASK_NAME_MAX },
	{ .name = "query", .type = FIELD_TEXT, .flags = FIELD_REQUIRED },
	{ .name = NULL },
};
const struct shape task_filter_input_shape = { "TaskFilterInput", filter_input_fields };

static const struct field filter_list_fields[] = {
	{ .name = "items", .type = FIELD_ARRAY, .flags = FIELD_REQUIRED, .of = &task_filter_shape },
	{ .name = NULL },
};
const struct shape task_filter_list_shape = { "TaskFilterList", filter_list_fields };
