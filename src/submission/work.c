#include "submission/work.h"

#include <stdio.h>

#include "account/account.h"
#include "audit/audit.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "db/call.h"
#include "submission/submission_store.h"

bool work_load(struct call *c, id submission_id, struct work *out)
{
	bool found;

	out->began = false;
	if (!store_submission_get(c, submission_id, &found, &out->s))
		return false;
	if (!found)
		return error_set(c->err, ERR_not_found, NULL, NULL);
	if (!assignment_period_get(c, out->s.assignment_id, out->s.period, &out->ap) ||
	    !unit_by_id(c, out->s.unit_id, NULL, &out->unit))
		return false;
	out->s.unit_path = out->unit.path;
	out->window = assignment_window(&out->ap, c->now, out->s.exception_until);
	return true;
}

struct deed_facts work_facts(const struct work *work)
{
	return (struct deed_facts){
		.state = work->s.state,
		.window = work->window,
		.closed = work->ap.state == PERIOD_CLOSED,
		.excused = work->s.state == SUBMISSION_RETURNED && work->s.on_time,
	};
}

bool work_refuse(struct call *c, const struct work *work, enum error_code refusal, int64_t version)
{
	char day[CIVIL_TEXT_MAX], named[24], standing[24];

	switch (refusal) {
	case ERR_period_locked:
	case ERR_late_reason_required:
		/* The deadline is the midnight that ends the day it is worded by. */
		civil_format_date_vi(civil_date_of(work->ap.deadline - 1), day);
		return error_set(c->err, refusal, refusal == ERR_late_reason_required ? "late_reason" : NULL,
				 day, NULL);
	case ERR_version_superseded:
		snprintf(named, sizeof(named), "%lld", (long long)version);
		snprintf(standing, sizeof(standing), "%lld", (long long)work->s.version);
		return error_set(c->err, refusal, "version", named, standing, NULL);
	case ERR_return_reason_required:
		return error_set(c->err, refusal, "reason", NULL);
	default:
		return error_set(c->err, refusal, NULL, NULL);
	}
}

bool work_check_revision(struct call *c, const struct work *work, int64_t revision)
{
	char current[24];

	if (revision == -1 || revision == work->s.revision)
		return true;
	snprintf(current, sizeof(current), "%lld", (long long)work->s.revision);
	return error_set(c->err, ERR_stale_version, NULL, current, NULL);
}

struct rollup_key work_key(const struct work *work)
{
	return (struct rollup_key){ work->ap.assignment.province_id, work->s.assignment_id, work->s.period };
}

bool work_standing_report(struct call *c, const struct work *work, const struct report **out)
{
	int64_t version;

	if (work->s.version == 0)
		return report_get(c, work->s.report_id, out);
	return store_version_report(c, work->s.id, work->s.version, &version) &&
	       report_get_version(c, work->s.report_id, version, out);
}

id work_account(const struct call *c)
{
	return c->actor ? c->actor->account_id : 0;
}

static const char *after_text(struct call *c, const struct submission *s)
{
	char text[PERIOD_TEXT_MAX];
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_id(&json, "assignment_id", s->assignment_id);
	json_text(&json, "period", period_format(s->period, text));
	json_int(&json, "version", s->version);
	json_text(&json, "state", submission_state_word(s->state));
	json_bool(&json, "on_time", s->on_time);
	if (s->return_reason)
		json_text(&json, "reason", s->return_reason);
	json_end(&json);
	return buf.data;
}

static const char *before_text(struct call *c, const struct submission *s)
{
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_int(&json, "version", s->version);
	json_text(&json, "state", submission_state_word(s->state));
	json_end(&json);
	return buf.data;
}

bool work_event(struct call *c, const struct work *before, const struct submission *after, const char *kind)
{
	struct event event = {
		.kind = kind,
		.unit_id = before->unit.id,
		.unit_path = before->unit.path,
		.subject_kind = "submission",
		.subject_id = before->s.id,
		.before = before_text(c, &before->s),
		.after = after_text(c, after),
	};

	return event_write(c, &event, NULL);
}
