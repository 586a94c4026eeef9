-- The reading a document was made from; NULL when none was, or it was forgotten since.
ALTER TABLE document ADD COLUMN reading_id BIGINT;
CREATE INDEX document_reading ON document (reading_id) WHERE reading_id IS NOT NULL;
CREATE INDEX task_reading ON task (reading_id) WHERE reading_id IS NOT NULL;

-- main 1: the document itself, 0: attached to it. Of the files there were, those named as the first one.
ALTER TABLE document_file ADD COLUMN main BIGINT NOT NULL DEFAULT 0;
UPDATE document_file SET main = 1 WHERE name = (SELECT f.name FROM document_file f
	WHERE f.document_id = document_file.document_id ORDER BY f.id LIMIT 1);
CREATE INDEX document_file_sha256 ON document_file (sha256);

-- Each file keeps the text that was read off it; file_id 0: entered without a file.
ALTER TABLE document_text RENAME TO document_text_old;
CREATE TABLE document_text (
	document_id BIGINT NOT NULL REFERENCES document (id),
	file_id BIGINT NOT NULL,
	text TEXT NOT NULL,
	from_picture BIGINT NOT NULL,
	PRIMARY KEY (document_id, file_id)
);
INSERT INTO document_text (document_id, file_id, text, from_picture)
	SELECT t.document_id, COALESCE((SELECT MAX(f.id) FROM document_file f WHERE f.document_id = t.document_id AND f.main = 1), 0),
		t.text, t.from_picture FROM document_text_old t;
DROP TABLE document_text_old;

-- The file of document_id whose text is wanted.
ALTER TABLE reading ADD COLUMN file_id BIGINT;
UPDATE reading SET file_id = (SELECT MAX(f.id) FROM document_file f
	WHERE f.document_id = reading.document_id AND f.sha256 = reading.sha256) WHERE document_id IS NOT NULL;
CREATE INDEX reading_sha256 ON reading (sha256);
CREATE INDEX task_import_sha256 ON task_import (sha256);

-- Contents that nobody links any more: their bytes are to be taken off the disk.
CREATE TABLE file_released (
	sha256 TEXT /*postgres COLLATE "C"*/ PRIMARY KEY,
	released_at BIGINT NOT NULL
);
