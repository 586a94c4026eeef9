-- How many tasks a unit and all below it lead, by deadline (0: none): overdue is a sum over the past ones at read.
-- Kept for every unit on the path, so that a level is read by one range. parent_path: of the unit above, '' at the root.
CREATE TABLE task_tally (
	unit_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	programme TEXT NOT NULL,
	field TEXT NOT NULL,
	deadline BIGINT NOT NULL,
	parent_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	open BIGINT NOT NULL,
	paused BIGINT NOT NULL,
	on_time BIGINT NOT NULL,
	late BIGINT NOT NULL,
	PRIMARY KEY (unit_path, programme, field, deadline)
);
CREATE INDEX task_tally_parent ON task_tally (parent_path);
