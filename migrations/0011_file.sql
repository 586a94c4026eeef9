-- Files are of more rooms than evidence: one row per content, whoever links to it. A link keeps what a
-- reader is told of its file, so that no room reads another's table.
ALTER TABLE evidence_file RENAME TO file;
ALTER TABLE evidence ADD COLUMN type TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN size BIGINT NOT NULL DEFAULT 0;
UPDATE evidence SET type = (SELECT f.type FROM file f WHERE f.sha256 = evidence.sha256),
	size = (SELECT f.size FROM file f WHERE f.sha256 = evidence.sha256);
