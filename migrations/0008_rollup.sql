CREATE TABLE rollup (
	province_id BIGINT NOT NULL,
	assignment_id BIGINT NOT NULL,
	period BIGINT NOT NULL,
	basis BIGINT NOT NULL,
	indicator_id BIGINT NOT NULL,
	units BIGINT NOT NULL,
	sum BIGINT NOT NULL,
	numerator BIGINT NOT NULL,
	denominator BIGINT NOT NULL,
	yes BIGINT NOT NULL,
	max BIGINT,
	min BIGINT,
	last BIGINT,
	PRIMARY KEY (province_id, assignment_id, period, basis, indicator_id)
)/*sqlite WITHOUT ROWID*/;

CREATE TABLE tally (
	province_id BIGINT NOT NULL,
	assignment_id BIGINT NOT NULL,
	period BIGINT NOT NULL,
	assigned BIGINT NOT NULL,
	submitted BIGINT NOT NULL,
	on_time BIGINT NOT NULL,
	late BIGINT NOT NULL,
	approved BIGINT NOT NULL,
	received BIGINT NOT NULL,
	returned BIGINT NOT NULL,
	nil BIGINT NOT NULL,
	PRIMARY KEY (province_id, assignment_id, period)
)/*sqlite WITHOUT ROWID*/;
