-- unit_path is the unit's own, kept here so that the check of each request is one statement
-- (account_unit_moved follows a unit that moves). Sealed values are readable with the key file only.
CREATE TABLE account (
	id BIGINT PRIMARY KEY,
	username TEXT /*postgres COLLATE "C"*/ NOT NULL UNIQUE,
	full_name TEXT NOT NULL,
	fold TEXT NOT NULL,
	position TEXT,
	email TEXT,
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	unit_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	state BIGINT NOT NULL,
	state_reason TEXT,
	leader_category BIGINT,
	language TEXT,
	password_hash TEXT,
	password_at BIGINT,
	must_change_password BIGINT NOT NULL,
	totp_sealed TEXT,
	totp_pending TEXT,
	totp_step BIGINT NOT NULL,
	totp_at BIGINT,
	citizen_sealed TEXT,
	citizen_index TEXT UNIQUE,
	citizen_tail TEXT,
	mobile_sealed TEXT,
	mobile_tail TEXT,
	seen_at BIGINT,
	warned_at BIGINT,
	enabled_at BIGINT,
	created_by BIGINT,
	created_at BIGINT NOT NULL,
	decided_by BIGINT,
	decided_at BIGINT,
	version BIGINT NOT NULL
);
CREATE INDEX account_unit ON account (unit_path);

CREATE TABLE account_grant (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	role BIGINT NOT NULL,
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	unit_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	granted_by BIGINT,
	granted_at BIGINT NOT NULL,
	UNIQUE (account_id, role, unit_id)
);
CREATE INDEX account_grant_unit ON account_grant (unit_path);

-- The last passwords, so that they are not used again.
CREATE TABLE account_password (
	account_id BIGINT NOT NULL REFERENCES account (id),
	id BIGINT NOT NULL,
	password_hash TEXT NOT NULL,
	PRIMARY KEY (account_id, id)
);

CREATE TABLE account_recovery (
	account_id BIGINT NOT NULL REFERENCES account (id),
	digest TEXT NOT NULL,
	PRIMARY KEY (account_id, digest)
);

-- Wrong tries by the digest of the name that was typed, known or not, so that both are answered alike.
CREATE TABLE account_guard (
	name_digest TEXT PRIMARY KEY,
	failures BIGINT NOT NULL,
	first_at BIGINT NOT NULL,
	last_at BIGINT NOT NULL,
	not_before BIGINT NOT NULL,
	locked_until BIGINT NOT NULL
);

-- The store keeps digests of session and personal tokens only.
CREATE TABLE account_session (
	digest TEXT PRIMARY KEY,
	id BIGINT NOT NULL UNIQUE,
	account_id BIGINT NOT NULL REFERENCES account (id),
	created_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,
	sudo_at BIGINT NOT NULL,
	totp_at BIGINT,
	address TEXT,
	agent TEXT
);
CREATE INDEX account_session_account ON account_session (account_id);

CREATE TABLE account_token (
	digest TEXT PRIMARY KEY,
	id BIGINT NOT NULL UNIQUE,
	account_id BIGINT NOT NULL REFERENCES account (id),
	name TEXT NOT NULL,
	rights BIGINT NOT NULL,
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	unit_path TEXT /*postgres COLLATE "C"*/ NOT NULL,
	created_at BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,
	used_at BIGINT
);
CREATE INDEX account_token_account ON account_token (account_id);

-- The one-time token that makes the first administrator.
CREATE TABLE account_setup (
	digest TEXT PRIMARY KEY,
	ends_at BIGINT NOT NULL
);

-- What an administrator changed from the defaults of account_policy.h.
CREATE TABLE setting (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL,
	changed_by BIGINT,
	changed_at BIGINT NOT NULL
);
