-- Definitions are never changed in place: a change ends one version and begins the next.
CREATE TABLE indicator (
	id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	code TEXT /*postgres COLLATE "C"*/ NOT NULL,
	name TEXT NOT NULL,
	fold TEXT NOT NULL,
	group_name TEXT NOT NULL,
	resolution TEXT NOT NULL,
	unit_of_measure TEXT NOT NULL,
	definition TEXT NOT NULL,
	source TEXT NOT NULL,
	value_type BIGINT NOT NULL,
	accrual BIGINT NOT NULL,
	frequency BIGINT NOT NULL,
	direction BIGINT NOT NULL,
	aggregation BIGINT NOT NULL,
	decimals BIGINT NOT NULL,
	part_decimals BIGINT NOT NULL,
	factor BIGINT NOT NULL,
	min_value BIGINT,
	max_value BIGINT,
	outlier_percent BIGINT NOT NULL,
	evidence_required BIGINT NOT NULL,
	illustrative BIGINT NOT NULL,
	levels BIGINT NOT NULL,
	owner_unit_id BIGINT NOT NULL REFERENCES unit (id),
	valid_from BIGINT NOT NULL,
	valid_to BIGINT,
	changed_by BIGINT,
	change_reason TEXT,
	PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX indicator_standing_code ON indicator (code) WHERE valid_to IS NULL;

CREATE TABLE indicator_target (
	indicator_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	year BIGINT NOT NULL,
	operator BIGINT NOT NULL,
	value BIGINT NOT NULL,
	high BIGINT NOT NULL,
	PRIMARY KEY (indicator_id, version, year),
	FOREIGN KEY (indicator_id, version) REFERENCES indicator (id, version)
);

CREATE TABLE report (
	id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	code TEXT /*postgres COLLATE "C"*/ NOT NULL,
	title TEXT NOT NULL,
	resolution TEXT NOT NULL,
	instructions TEXT NOT NULL,
	frequency BIGINT NOT NULL,
	cut_day BIGINT NOT NULL,
	owner_unit_id BIGINT NOT NULL REFERENCES unit (id),
	valid_from BIGINT NOT NULL,
	valid_to BIGINT,
	changed_by BIGINT,
	PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX report_standing_code ON report (code) WHERE valid_to IS NULL;

CREATE TABLE report_item (
	report_id BIGINT NOT NULL,
	report_version BIGINT NOT NULL,
	position BIGINT NOT NULL,
	indicator_id BIGINT NOT NULL,
	indicator_version BIGINT NOT NULL,
	required BIGINT NOT NULL,
	evidence_required BIGINT NOT NULL,
	section TEXT NOT NULL,
	PRIMARY KEY (report_id, report_version, position),
	FOREIGN KEY (report_id, report_version) REFERENCES report (id, version),
	FOREIGN KEY (indicator_id, indicator_version) REFERENCES indicator (id, version)
);

CREATE INDEX report_item_indicator ON report_item (indicator_id);

CREATE TABLE report_check (
	report_id BIGINT NOT NULL,
	report_version BIGINT NOT NULL,
	position BIGINT NOT NULL,
	left_id BIGINT NOT NULL,
	right_id BIGINT NOT NULL,
	operator BIGINT NOT NULL,
	about TEXT NOT NULL,
	blocks BIGINT NOT NULL,
	PRIMARY KEY (report_id, report_version, position),
	FOREIGN KEY (report_id, report_version) REFERENCES report (id, version)
);

-- One row, given a new value by every change of a definition or form: equal values mean nothing changed.
CREATE TABLE indicator_generation (
	no BIGINT PRIMARY KEY,
	value BIGINT NOT NULL
);
INSERT INTO indicator_generation (no, value) VALUES (1, 0);
