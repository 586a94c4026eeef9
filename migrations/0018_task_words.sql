-- What a task is found by, as documents are (src/base/words.h).
/*sqlite CREATE VIRTUAL TABLE task_words USING fts5 (words, tokenize = 'ascii');*/
/*sqlite INSERT INTO task_words (rowid, words) SELECT id, search FROM task;*/
/*postgres CREATE TABLE task_words (task_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);*/
/*postgres INSERT INTO task_words (task_id, words) SELECT id, array_to_tsvector(ARRAY (SELECT DISTINCT left(w, 60) FROM unnest(string_to_array(search, ' ')) w WHERE w <> '')) FROM task;*/
/*postgres CREATE INDEX task_words_words ON task_words USING GIN (words);*/
ALTER TABLE task DROP COLUMN search;
