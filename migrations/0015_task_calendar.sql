-- The secret address of a person's calendar; of the secret only its digest.
CREATE TABLE task_calendar (
	account_id BIGINT PRIMARY KEY REFERENCES account (id),
	digest TEXT NOT NULL UNIQUE,
	created_at BIGINT NOT NULL
);
