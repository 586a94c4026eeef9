#include "base/arena.h"
#include "base/rows.h"
#include "db/db.h"
#include "submission/submission.h"

/*
 * Of each submission the newest version that was there at $4, unless the unit
 * had taken it back, and whether the last step until then left it approved.
 */
static const char KNOWN[] =
	"SELECT s.id, s.unit_id, v.version, v.account_id, v.at, v.approved_by, v.approved_at,"
	" x.nil, x.number, x.numerator, x.denominator, x.text, x.note,"
	" CASE WHEN (SELECT t.step FROM submission_step t WHERE t.submission_id = s.id AND t.at <= $4"
	" ORDER BY t.id DESC LIMIT 1) IN ('approved', 'received') THEN 1 ELSE 0 END"
	" FROM submission s JOIN submission_version v ON v.submission_id = s.id AND v.version ="
	" (SELECT MAX(w.version) FROM submission_version w WHERE w.submission_id = s.id AND w.at <= $4)"
	" LEFT JOIN submission_value x ON x.province_id = s.province_id AND x.period = +s.period"
	" AND x.submission_id = s.id AND x.version = v.version AND x.indicator_id = $3"
	" WHERE s.assignment_id = $1 AND s.period = $2 AND NOT EXISTS"
	" (SELECT 1 FROM submission_step r WHERE r.submission_id = s.id AND r.version = v.version AND r.at <= $4"
	" AND r.step = 'recalled')"
	" ORDER BY s.unit_id";

bool submission_known_on(struct call *c, id assignment_id, period p, id indicator_id, instant at,
			 struct known_figure **out, size_t *count)
{
	struct db_rows *rows = db_query(
		c, KNOWN, DB_ARGS(db_int(assignment_id), db_int(p), db_int(indicator_id), db_int(at)));
	size_t room = 0;

	*out = NULL;
	*count = 0;
	while (db_next(rows)) {
		struct known_figure *f;

		*out = rows_grown(c->mem, *out, *count, &room, sizeof(**out));
		f = &(*out)[(*count)++];
		*f = (struct known_figure){
			.submission_id = db_col_int(rows, 0),
			.unit_id = db_col_int(rows, 1),
			.version = db_col_int(rows, 2),
			.entered_by = db_col_int(rows, 3),
			.entered_at = db_col_int(rows, 4),
			.approved_by = db_col_int(rows, 5),
			.approved_at = db_col_int(rows, 6),
			.cell = {
				.indicator_id = indicator_id,
				.nil = db_col_int(rows, 7) != 0,
				.present = !db_col_null(rows, 8),
				.number = db_col_int(rows, 8),
				.numerator = db_col_int(rows, 9),
				.denominator = db_col_int(rows, 10),
				.text = db_col_text(rows, 11),
				.note = db_col_text(rows, 12),
			},
		};
		if (f->approved_at > at || db_col_int(rows, 13) == 0)
			f->approved_at = f->approved_by = 0;
	}
	return db_done(rows);
}
