CREATE TABLE holiday (
	date TEXT /*postgres COLLATE "C"*/ PRIMARY KEY,
	name TEXT NOT NULL,
	kind TEXT NOT NULL
);
