-- A document as the unit that keeps it knows it. sort_day: its date, else its month's first day, else the day it was entered;
-- number_key: the normal form, folded. Above the approved secrecy only a stub is kept: number, date and due.
CREATE TABLE document (
	id /*sqlite INTEGER*/ /*postgres BIGINT*/ PRIMARY KEY,
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	unit_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	number TEXT NOT NULL,
	number_normal TEXT NOT NULL,
	type TEXT NOT NULL,
	issuer TEXT NOT NULL,
	issuer_unit_id BIGINT,
	superior TEXT NOT NULL,
	place TEXT NOT NULL,
	date TEXT,
	month BIGINT NOT NULL,
	sort_day TEXT /*postgres COLLATE "C"*/ NOT NULL,
	subject TEXT NOT NULL,
	signer_prefix TEXT NOT NULL,
	signer_position TEXT NOT NULL,
	signer_name TEXT NOT NULL,
	secrecy BIGINT NOT NULL,
	stub BIGINT NOT NULL,
	due BIGINT,
	arrived_on TEXT,
	arrival_year BIGINT,
	arrival_number BIGINT,
	created_by BIGINT,
	created_at BIGINT NOT NULL,
	version BIGINT NOT NULL
);
CREATE INDEX document_unit ON document (unit_id, sort_day, id);
CREATE INDEX document_number ON document (number_normal);
CREATE UNIQUE INDEX document_arrival ON document (unit_id, arrival_year, arrival_number);
CREATE INDEX document_arrived ON document (unit_id, arrived_on);

-- role 0: to whom it is addressed (Kính gửi), 1: who receives it (Nơi nhận); in their order.
CREATE TABLE document_party (
	document_id BIGINT NOT NULL REFERENCES document (id),
	role BIGINT NOT NULL,
	position BIGINT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (document_id, role, position)
);

-- kind 0 based on, 1 carries out, 2 replaces, 3 amends. to_id NULL: not in the registry (yet); then what the document says of it.
CREATE TABLE document_link (
	id BIGINT PRIMARY KEY,
	from_id BIGINT NOT NULL REFERENCES document (id),
	to_id BIGINT REFERENCES document (id),
	kind BIGINT NOT NULL,
	number TEXT NOT NULL,
	number_normal TEXT NOT NULL,
	type TEXT NOT NULL,
	issuer TEXT NOT NULL,
	date TEXT,
	title TEXT NOT NULL
);
CREATE INDEX document_link_from ON document_link (from_id);
CREATE INDEX document_link_to ON document_link (to_id);
CREATE INDEX document_link_open ON document_link (number_normal) WHERE to_id IS NULL;

CREATE TABLE document_file (
	id BIGINT PRIMARY KEY,
	document_id BIGINT NOT NULL REFERENCES document (id),
	sha256 TEXT NOT NULL REFERENCES file (sha256),
	name TEXT NOT NULL,
	size BIGINT NOT NULL,
	type TEXT NOT NULL,
	revision BIGINT NOT NULL,
	added_by BIGINT,
	added_at BIGINT NOT NULL
);
CREATE INDEX document_file_document ON document_file (document_id);

CREATE TABLE document_text (
	document_id BIGINT PRIMARY KEY REFERENCES document (id),
	text TEXT NOT NULL,
	from_picture BIGINT NOT NULL
);

-- What a document is found by: folded words, each once, the same on both databases.
/*sqlite CREATE VIRTUAL TABLE document_words USING fts5 (words, tokenize = 'ascii');*/
/*postgres CREATE TABLE document_words (document_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);*/
/*postgres CREATE INDEX document_words_words ON document_words USING GIN (words);*/

-- A file that is read into drafts. state 0 waits, 1 runs until claimed_until at most, 2 done, 3 failed.
CREATE TABLE reading (
	id BIGINT PRIMARY KEY,
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	unit_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	sha256 TEXT NOT NULL REFERENCES file (sha256),
	name TEXT NOT NULL,
	size BIGINT NOT NULL,
	type TEXT NOT NULL,
	document_id BIGINT,
	state BIGINT NOT NULL,
	claimed_until BIGINT NOT NULL,
	pages_done BIGINT NOT NULL,
	pages_total BIGINT NOT NULL,
	from_picture BIGINT NOT NULL,
	problem TEXT NOT NULL,
	text TEXT NOT NULL,
	documents TEXT NOT NULL,
	created_by BIGINT,
	created_at BIGINT NOT NULL,
	accepted_at BIGINT,
	version BIGINT NOT NULL
);
CREATE INDEX reading_unit ON reading (unit_id, id);
CREATE INDEX reading_waiting ON reading (state, id) WHERE state < 2;
