-- A list of tasks that was uploaded and looked at; accepted, its rows are read again from the file.
CREATE TABLE task_import (
	id BIGINT PRIMARY KEY,
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	sha256 TEXT NOT NULL REFERENCES file (sha256),
	name TEXT NOT NULL,
	size BIGINT NOT NULL,
	created_by BIGINT,
	created_at BIGINT NOT NULL,
	accepted_at BIGINT
);
