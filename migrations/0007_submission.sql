CREATE TABLE submission (
	id BIGINT PRIMARY KEY,
	assignment_id BIGINT NOT NULL REFERENCES assignment (id),
	report_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	province_id BIGINT NOT NULL,
	period BIGINT NOT NULL,
	state BIGINT NOT NULL,
	version BIGINT NOT NULL,
	revision BIGINT NOT NULL,
	first_submitted_at BIGINT,
	submitted_at BIGINT,
	on_time BIGINT NOT NULL,
	late_reason TEXT,
	nil BIGINT NOT NULL,
	entered_by BIGINT,
	approved_by BIGINT,
	approved_at BIGINT,
	received_by BIGINT,
	received_at BIGINT,
	return_reason TEXT,
	exception_until BIGINT,
	exception_reason TEXT,
	UNIQUE (assignment_id, period, unit_id)
);
CREATE INDEX submission_unit ON submission (unit_id, period);

-- Who made each version and with which form version its cells are read.
CREATE TABLE submission_version (
	submission_id BIGINT NOT NULL REFERENCES submission (id),
	version BIGINT NOT NULL,
	report_version BIGINT NOT NULL,
	at BIGINT NOT NULL,
	account_id BIGINT,
	late_reason TEXT,
	approved_by BIGINT,
	approved_at BIGINT,
	PRIMARY KEY (submission_id, version)
)/*sqlite WITHOUT ROWID*/;

-- Immutable snapshots, clustered as they are read.
CREATE TABLE submission_value (
	province_id BIGINT NOT NULL,
	period BIGINT NOT NULL,
	submission_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	indicator_id BIGINT NOT NULL,
	nil BIGINT NOT NULL,
	number BIGINT,
	numerator BIGINT,
	denominator BIGINT,
	text TEXT,
	note TEXT,
	PRIMARY KEY (province_id, period, submission_id, version, indicator_id)
)/*sqlite WITHOUT ROWID*/;

-- Cells being worked on; `revision` counts per cell, so that two people see each other's change.
CREATE TABLE submission_draft (
	submission_id BIGINT NOT NULL REFERENCES submission (id),
	indicator_id BIGINT NOT NULL,
	revision BIGINT NOT NULL,
	nil BIGINT NOT NULL,
	number BIGINT,
	numerator BIGINT,
	denominator BIGINT,
	text TEXT,
	note TEXT,
	rolled_up BIGINT NOT NULL,
	account_id BIGINT,
	at BIGINT NOT NULL,
	PRIMARY KEY (submission_id, indicator_id)
)/*sqlite WITHOUT ROWID*/;

-- Everyone who ever entered cells of it: none of them may approve it.
CREATE TABLE submission_author (
	submission_id BIGINT NOT NULL REFERENCES submission (id),
	account_id BIGINT NOT NULL,
	PRIMARY KEY (submission_id, account_id)
)/*sqlite WITHOUT ROWID*/;

-- Cells marked when a version was returned.
CREATE TABLE submission_mark (
	submission_id BIGINT NOT NULL REFERENCES submission (id),
	version BIGINT NOT NULL,
	indicator_id BIGINT NOT NULL,
	comment TEXT NOT NULL,
	account_id BIGINT,
	at BIGINT NOT NULL,
	PRIMARY KEY (submission_id, version, indicator_id)
);

-- What happened to the submission, in order: submitted, recalled, approved, returned, received, reopened.
CREATE TABLE submission_step (
	submission_id BIGINT NOT NULL REFERENCES submission (id),
	id BIGINT NOT NULL,
	step TEXT NOT NULL,
	version BIGINT NOT NULL,
	account_id BIGINT,
	at BIGINT NOT NULL,
	reason TEXT,
	PRIMARY KEY (submission_id, id)
)/*sqlite WITHOUT ROWID*/;
