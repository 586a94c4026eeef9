#include "evidence/evidence.h"

#include "account/account.h"
#include "audit/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "evidence/evidence_actions.h"
#include "evidence/evidence_store.h"
#include "file/file.h"
#include "indicator/indicator.h"
#include "submission/submission.h"

bool evidence_of_submission(struct call *c, id submission_id, struct evidence **out, size_t *count)
{
	return store_evidence_of_submission(c, submission_id, out, count);
}

bool evidence_of_period(struct call *c, id assignment_id, int64_t p, id indicator_id, struct evidence **out,
			size_t *count)
{
	return store_evidence_of_period(c, assignment_id, p, indicator_id, out, count);
}

bool evidence_counts(struct call *c, id assignment_id, int64_t p, struct evidence_count **out, size_t *count)
{
	return store_evidence_counts(c, assignment_id, p, out, count);
}

static id account_of(const struct call *c)
{
	return c->actor ? c->actor->account_id : 0;
}

static bool tell(struct call *c, const char *kind, const struct evidence_row *row, const char *unit_path,
		 id unit_id)
{
	const struct evidence *e = &row->evidence;
	char text[PERIOD_TEXT_MAX];
	struct buf buf;
	struct json json;

	buf_init(&buf, c->mem, 0);
	json_start(&json, &buf);
	json_object(&json, NULL);
	json_id(&json, "assignment_id", row->assignment_id);
	json_text(&json, "period", period_format(row->period, text));
	json_id(&json, "submission_id", e->submission_id);
	json_id(&json, "indicator_id", e->indicator_id);
	json_text(&json, "name", e->name);
	json_text(&json, "sha256", e->sha256);
	json_int(&json, "size", e->size);
	json_end(&json);
	struct event event = {
		.kind = kind,
		.unit_id = unit_id,
		.unit_path = unit_path,
		.subject_kind = "evidence",
		.subject_id = e->id,
		.after = buf.data,
	};
	return event_write(c, &event, NULL);
}

bool evidence_may_add(struct call *c, id submission_id, id indicator_id, const char *name,
		      struct submission *s)
{
	const struct report *report;
	int64_t files;

	if (!submission_require_change(c, submission_id, s))
		return false;
	if (!file_name_check(name, c->err))
		return false;
	if (indicator_id != 0) {
		if (!report_get(c, s->report_id, &report))
			return false;
		if (!report_item_find(report, indicator_id))
			return error_set(c->err, ERR_indicator_not_in_form, "indicator_id", NULL);
	}
	if (!store_evidence_count(c, submission_id, &files))
		return false;
	if (files >= EVIDENCE_FILES_MAX)
		return error_set(c->err, ERR_evidence_too_many, NULL,
				 arena_printf(c->mem, "%d", EVIDENCE_FILES_MAX), NULL);
	return true;
}

void evidence_file_set(struct evidence *evidence, const struct file *file)
{
	evidence->name = file->name;
	evidence->type = file->type;
	evidence->sha256 = file->sha256;
	evidence->size = file->size;
}

struct file evidence_file(const struct evidence *evidence)
{
	return (struct file){
		.sha256 = evidence->sha256,
		.name = evidence->name,
		.type = evidence->type,
		.size = evidence->size,
	};
}

bool evidence_add(struct call *c, const struct evidence *evidence, struct evidence *out)
{
	struct evidence_row row = { .evidence = *evidence };
	struct file file = evidence_file(evidence);
	struct submission s;

	if (!evidence_may_add(c, evidence->submission_id, evidence->indicator_id, evidence->name, &s))
		return false;
	row.assignment_id = s.assignment_id;
	row.period = s.period;
	row.evidence.id = id_next(c->now);
	row.evidence.added_by = account_of(c);
	row.evidence.added_at = c->now;
	*out = row.evidence;
	return file_keep(c, &file) && store_evidence_insert(c, &row) &&
	       tell(c, "evidence.added", &row, s.unit_path, s.unit_id);
}

bool evidence_add_bytes(struct call *c, id submission_id, id indicator_id, const char *name,
			const void *bytes, size_t size, struct evidence *out)
{
	struct evidence evidence = { .submission_id = submission_id, .indicator_id = indicator_id };
	struct file file;

	if (!file_from_bytes(c->mem, name, bytes, size, &file, c->err))
		return false;
	evidence_file_set(&evidence, &file);
	return evidence_add(c, &evidence, out);
}

static bool load(struct call *c, id evidence_id, struct evidence_row *row)
{
	bool found;

	if (!store_evidence_get(c, evidence_id, &found, row))
		return false;
	return found || error_set(c->err, ERR_not_found, NULL, NULL);
}

bool evidence_remove(struct call *c, id evidence_id)
{
	struct evidence_row row;
	struct submission s;

	if (!load(c, evidence_id, &row) || !submission_require_change(c, row.evidence.submission_id, &s))
		return false;
	if (row.removed_at)
		return error_set(c->err, ERR_evidence_removed, NULL, NULL);
	return store_evidence_remove(c, evidence_id, account_of(c), c->now) &&
	       tell(c, "evidence.removed", &row, s.unit_path, s.unit_id);
}

bool evidence_restore(struct call *c, id evidence_id, struct evidence *out)
{
	struct evidence_row row;
	struct submission s;

	if (!load(c, evidence_id, &row) || !submission_require_change(c, row.evidence.submission_id, &s))
		return false;
	if (!row.removed_at)
		return error_set(c->err, ERR_evidence_not_removed, NULL, NULL);
	*out = row.evidence;
	return store_evidence_remove(c, evidence_id, 0, 0) &&
	       tell(c, "evidence.restored", &row, s.unit_path, s.unit_id);
}

static const char ROOM[] = "evidence";

bool evidence_tell_damage(struct call *c)
{
	id ids[FILE_DAMAGES_MAX];
	size_t count = file_damage_take(ROOM, ids);

	for (size_t i = 0; i < count; i++) {
		struct evidence_row row;
		struct submission s;
		if (!load(c, ids[i], &row) || !submission_get(c, row.evidence.submission_id, &s) ||
		    !tell(c, "evidence.damaged", &row, s.unit_path, s.unit_id)) {
			for (; i < count; i++)
				file_damage_note(ROOM, ids[i]);
			return false;
		}
	}
	return true;
}

bool evidence_open(struct call *c, id evidence_id, struct evidence *out)
{
	struct evidence_row row;
	struct submission s;
	struct file file;

	if (!load(c, evidence_id, &row) || !submission_require_sight(c, row.evidence.submission_id, &s))
		return false;
	if (row.removed_at)
		return error_set(c->err, ERR_evidence_removed, NULL, NULL);
	*out = row.evidence;
	file = evidence_file(out);
	return file_check_out(ROOM, evidence_id, &file, c->err);
}

bool evidence_file_linked(struct call *c, const char *sha256, bool *out)
{
	return store_evidence_links(c, sha256, out);
}
