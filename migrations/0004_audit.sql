-- Append-only: rows are never changed or removed. Read by id, which grows with time.
CREATE TABLE event (
	id /*sqlite INTEGER*/ /*postgres BIGINT*/ PRIMARY KEY,
	at BIGINT NOT NULL,
	kind TEXT /*postgres COLLATE "C"*/ NOT NULL,
	account_id BIGINT,
	address TEXT,
	unit_id BIGINT,
	unit_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	subject_kind TEXT,
	subject_id BIGINT,
	before TEXT,
	after TEXT
);
CREATE INDEX event_subject ON event (subject_id);

-- A block seals the events behind the block before it, up to last_id. Append-only as well; all hashes in hex.
CREATE TABLE event_block (
	no BIGINT PRIMARY KEY,
	first_id BIGINT NOT NULL,
	last_id BIGINT NOT NULL UNIQUE,
	events BIGINT NOT NULL,
	root TEXT NOT NULL,
	previous TEXT NOT NULL,
	hash TEXT NOT NULL,
	signature TEXT NOT NULL,
	key_id TEXT NOT NULL,
	sealed_at BIGINT NOT NULL
);

-- Public keys that blocks were signed with; the secret ones are files outside the store.
CREATE TABLE audit_key (
	id TEXT PRIMARY KEY,
	public_key TEXT NOT NULL,
	created_at BIGINT NOT NULL
);

-- Which node does a job that only one may do at a time.
CREATE TABLE lease (
	name TEXT PRIMARY KEY,
	holder TEXT NOT NULL,
	until BIGINT NOT NULL
);
