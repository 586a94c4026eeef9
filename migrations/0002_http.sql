-- Replies kept for a repeat of the same request (Idempotency-Key), for 24 hours.
CREATE TABLE idempotency (
	account_id BIGINT NOT NULL,
	key TEXT NOT NULL,
	route TEXT NOT NULL,
	body_digest TEXT NOT NULL,
	status BIGINT NOT NULL,
	reply TEXT,
	at BIGINT NOT NULL,
	PRIMARY KEY (account_id, key)
);

CREATE INDEX idempotency_at ON idempotency (at);
