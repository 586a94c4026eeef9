-- One row per file, whoever added it; the bytes lie in the data folder under their hash.
CREATE TABLE evidence_file (
	sha256 TEXT PRIMARY KEY,
	size BIGINT NOT NULL,
	type TEXT NOT NULL,
	added_at BIGINT NOT NULL
);

CREATE TABLE evidence (
	id BIGINT PRIMARY KEY,
	sha256 TEXT NOT NULL REFERENCES evidence_file (sha256),
	submission_id BIGINT NOT NULL REFERENCES submission (id),
	assignment_id BIGINT NOT NULL,
	period BIGINT NOT NULL,
	indicator_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	added_by BIGINT,
	added_at BIGINT NOT NULL,
	removed_by BIGINT,
	removed_at BIGINT
);
CREATE INDEX evidence_submission ON evidence (submission_id);
CREATE INDEX evidence_period ON evidence (assignment_id, period);
CREATE INDEX evidence_sha256 ON evidence (sha256);
