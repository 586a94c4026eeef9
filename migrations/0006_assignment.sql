CREATE TABLE assignment (
	id BIGINT PRIMARY KEY,
	report_id BIGINT NOT NULL,
	from_unit_id BIGINT NOT NULL REFERENCES unit (id),
	parent_id BIGINT REFERENCES assignment (id),
	document TEXT,
	due_day BIGINT NOT NULL,
	due_month_offset BIGINT NOT NULL,
	due_roll BIGINT NOT NULL,
	due_locks BIGINT NOT NULL,
	opens_day BIGINT NOT NULL,
	first_period BIGINT NOT NULL,
	last_period BIGINT,
	created_by BIGINT,
	created_at BIGINT NOT NULL,
	version BIGINT NOT NULL
);
CREATE INDEX assignment_from ON assignment (from_unit_id);
CREATE INDEX assignment_parent ON assignment (parent_id);

-- `since` and `until` are periods: the first the unit has it for, and the first it no longer has.
CREATE TABLE assignment_unit (
	assignment_id BIGINT NOT NULL REFERENCES assignment (id),
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	since BIGINT NOT NULL,
	until BIGINT,
	PRIMARY KEY (assignment_id, unit_id)
);
CREATE INDEX assignment_unit_unit ON assignment_unit (unit_id);

-- The deadline is worked out once, when the period opens: a later change of holidays does not move it.
CREATE TABLE assignment_period (
	assignment_id BIGINT NOT NULL REFERENCES assignment (id),
	period BIGINT NOT NULL,
	opens BIGINT NOT NULL,
	deadline BIGINT NOT NULL,
	state BIGINT NOT NULL,
	closed_at BIGINT,
	closed_by BIGINT,
	closed_note TEXT,
	PRIMARY KEY (assignment_id, period)
);

-- Units that were missing when the period was closed, kept as the act recorded them.
CREATE TABLE assignment_gap (
	assignment_id BIGINT NOT NULL,
	period BIGINT NOT NULL,
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	state BIGINT NOT NULL,
	PRIMARY KEY (assignment_id, period, unit_id),
	FOREIGN KEY (assignment_id, period) REFERENCES assignment_period (assignment_id, period)
);
