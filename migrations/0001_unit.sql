CREATE TABLE unit_kind (
	code TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	line TEXT NOT NULL,
	position BIGINT NOT NULL
);

-- `path` and `sort_key` are compared byte by byte, so that ranges and orders are the same on both databases.
CREATE TABLE unit (
	id /*sqlite INTEGER*/ /*postgres BIGINT*/ PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	search TEXT NOT NULL,
	sort_key TEXT /*postgres COLLATE "C"*/ NOT NULL,
	kind TEXT NOT NULL REFERENCES unit_kind (code),
	line TEXT NOT NULL,
	parent_id BIGINT REFERENCES unit (id),
	path TEXT /*postgres COLLATE "C"*/ NOT NULL UNIQUE,
	province_id BIGINT NOT NULL REFERENCES unit (id),
	territory TEXT,
	valid_from TEXT /*postgres COLLATE "C"*/ NOT NULL,
	valid_to TEXT /*postgres COLLATE "C"*/,
	successor_id BIGINT REFERENCES unit (id),
	version BIGINT NOT NULL
);
CREATE INDEX unit_parent ON unit (parent_id);

-- One row, given a new value by every change of any unit: equal values mean the same tree.
CREATE TABLE unit_generation (
	no BIGINT PRIMARY KEY,
	value BIGINT NOT NULL
);
INSERT INTO unit_generation (no, value) VALUES (1, 0);
