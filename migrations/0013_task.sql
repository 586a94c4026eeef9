-- The tree is kept as the ids from the root down, each ended by '/'; a task and all below it are one range of it.
-- rolled: percent of the whole in hundredths; late: counted in late_below of every task above.
-- report_next: when the next report row of an unfinished task opens. due is never NULL so that lists sort by it.
CREATE TABLE task (
	id /*sqlite INTEGER*/ /*postgres BIGINT*/ PRIMARY KEY,
	parent_id BIGINT REFERENCES task (id),
	tree TEXT /*postgres COLLATE "C"*/ NOT NULL,
	title TEXT NOT NULL,
	title_key TEXT /*postgres COLLATE "C"*/ NOT NULL,
	content TEXT NOT NULL,
	search TEXT NOT NULL,
	programme TEXT NOT NULL,
	field TEXT NOT NULL,
	product TEXT NOT NULL,
	head TEXT NOT NULL,
	document_id BIGINT,
	assigner_id BIGINT NOT NULL REFERENCES unit (id),
	assigner_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	lead_id BIGINT NOT NULL REFERENCES unit (id),
	lead_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	weight BIGINT NOT NULL,
	deadline BIGINT,
	due BIGINT NOT NULL,
	deadline_kind BIGINT NOT NULL,
	deadline_written TEXT NOT NULL,
	recurs BIGINT NOT NULL,
	recurs_day BIGINT NOT NULL,
	recurs_from BIGINT NOT NULL,
	report_next BIGINT NOT NULL,
	state BIGINT NOT NULL,
	percent BIGINT NOT NULL,
	rolled BIGINT NOT NULL,
	late BIGINT NOT NULL,
	late_below BIGINT NOT NULL,
	children BIGINT NOT NULL,
	asked_at BIGINT,
	asked_by BIGINT,
	completed_at BIGINT,
	explained_until BIGINT,
	reading_id BIGINT,
	source_start BIGINT,
	source_end BIGINT,
	created_by BIGINT,
	created_at BIGINT NOT NULL,
	version BIGINT NOT NULL
);
CREATE INDEX task_parent ON task (parent_id);
CREATE UNIQUE INDEX task_tree ON task (tree);
CREATE INDEX task_document ON task (document_id);
CREATE INDEX task_due ON task (due, id);
CREATE INDEX task_title ON task (title_key, id);
CREATE INDEX task_lead ON task (lead_path, id);
CREATE INDEX task_state ON task (state, id);
CREATE INDEX task_turning_late ON task (due) WHERE state < 2 AND late = 0;
CREATE INDEX task_reporting ON task (report_next) WHERE state < 2;

-- Whom a task concerns. role 0 gave it, 1 leads it, 2 co-operates with `part` as its share.
CREATE TABLE task_unit (
	task_id BIGINT NOT NULL REFERENCES task (id),
	role BIGINT NOT NULL,
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	unit_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	part TEXT NOT NULL,
	PRIMARY KEY (task_id, role, unit_id)
);
CREATE INDEX task_unit_path ON task_unit (unit_path, role, task_id);

-- Every deadline a task had, with who set it and why; the newest stands in task.
CREATE TABLE task_deadline (
	id BIGINT PRIMARY KEY,
	task_id BIGINT NOT NULL REFERENCES task (id),
	deadline BIGINT,
	kind BIGINT NOT NULL,
	written TEXT NOT NULL,
	request_id BIGINT,
	set_by BIGINT,
	set_at BIGINT NOT NULL
);
CREATE INDEX task_deadline_task ON task_deadline (task_id);

-- A progress report; of a period (deadline_rules.h, weeks as year * 1000 + 500 + week) when `period` is not 0.
-- reported_at NULL: the row was opened and waits.
CREATE TABLE task_report (
	id BIGINT PRIMARY KEY,
	task_id BIGINT NOT NULL REFERENCES task (id),
	period BIGINT NOT NULL,
	deadline BIGINT,
	opened_at BIGINT NOT NULL,
	percent BIGINT NOT NULL,
	result TEXT NOT NULL,
	difficulties TEXT NOT NULL,
	requests TEXT NOT NULL,
	nil BIGINT NOT NULL,
	reported_by BIGINT,
	reported_at BIGINT
);
CREATE INDEX task_report_task ON task_report (task_id, period);
CREATE UNIQUE INDEX task_report_period ON task_report (task_id, period) WHERE period <> 0;
CREATE INDEX task_report_waiting ON task_report (task_id) WHERE reported_at IS NULL;

-- kind 0 asks for completion, 1 for more time; state 0 waits, 1 accepted, 2 refused, 3 withdrawn.
CREATE TABLE task_request (
	id BIGINT PRIMARY KEY,
	task_id BIGINT NOT NULL REFERENCES task (id),
	kind BIGINT NOT NULL,
	state BIGINT NOT NULL,
	reason TEXT NOT NULL,
	deadline BIGINT,
	asked_by BIGINT,
	asked_at BIGINT NOT NULL,
	decided_by BIGINT,
	decided_at BIGINT,
	decision TEXT NOT NULL
);
CREATE INDEX task_request_task ON task_request (task_id);
CREATE UNIQUE INDEX task_request_waiting ON task_request (task_id, kind) WHERE state = 0;

-- Why a task was late at `deadline`, what is done about it, and until when.
CREATE TABLE task_explanation (
	id BIGINT PRIMARY KEY,
	task_id BIGINT NOT NULL REFERENCES task (id),
	deadline BIGINT NOT NULL,
	cause TEXT NOT NULL,
	remedy TEXT NOT NULL,
	new_date TEXT NOT NULL,
	given_by BIGINT,
	given_at BIGINT NOT NULL
);
CREATE INDEX task_explanation_task ON task_explanation (task_id);

-- A file of the task; of a report or request of it once it was sent with one.
CREATE TABLE task_file (
	id BIGINT PRIMARY KEY,
	task_id BIGINT NOT NULL REFERENCES task (id),
	sha256 TEXT NOT NULL REFERENCES file (sha256),
	name TEXT NOT NULL,
	size BIGINT NOT NULL,
	type TEXT NOT NULL,
	report_id BIGINT,
	request_id BIGINT,
	added_by BIGINT,
	added_at BIGINT NOT NULL,
	removed_at BIGINT
);
CREATE INDEX task_file_task ON task_file (task_id);
CREATE INDEX task_file_sha256 ON task_file (sha256);

CREATE TABLE task_comment (
	id BIGINT PRIMARY KEY,
	task_id BIGINT NOT NULL REFERENCES task (id),
	text TEXT NOT NULL,
	by_id BIGINT,
	at BIGINT NOT NULL
);
CREATE INDEX task_comment_task ON task_comment (task_id, id);

CREATE TABLE task_mention (
	comment_id BIGINT NOT NULL REFERENCES task_comment (id),
	account_id BIGINT NOT NULL,
	PRIMARY KEY (comment_id, account_id)
);
CREATE INDEX task_mention_account ON task_mention (account_id);

-- A list's filters under a name of their own, as the query of its address.
CREATE TABLE task_filter (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	query TEXT NOT NULL,
	UNIQUE (account_id, name)
);
