#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "db/call.h"

/*
 * Routes as data. Each room exports one table of routes; http puts them
 * together, matches, limits, checks the session and the shapes of query and
 * body, runs the handler, and writes the OpenAPI document from the same rows.
 *
 * How a request runs:
 *	1. a worker thread reads it (limits from the route), checks session,
 *	   CSRF and shapes;
 *	2. `prepare`, if any, on the worker with a read snapshot (ROUTE_SLOW: on
 *	   the slow queue, for password hashing and file parsing);
 *	3. `act`: for GET and HEAD on the worker with a read snapshot; for all
 *	   other methods in the writer's transaction, where it may run twice and
 *	   must do nothing outside the store and its own reply;
 *	4. the reply is sent after the commit.
 * A handler that returns false has filled request->call.err; it becomes
 * application/problem+json with code, title, field and errors[]. An `act` that
 * returns true with the error filled is answered the same, but what it wrote
 * stays: a refused sign-in is counted.
 */
struct request;

enum field_type {
	FIELD_TEXT,
	FIELD_ID,       /* "7312..." */
	FIELD_INT,
	FIELD_BOOL,
	FIELD_DECIMAL,  /* "1234.5" */
	FIELD_DATE,     /* "2026-05-16" */
	FIELD_TIME,     /* ISO 8601 instant */
	FIELD_PERIOD,   /* "2026-05", "2026-Q2", "2026-H1", "2026" */
	FIELD_CHOICE,   /* one of `choices`, separated by '|' */
	FIELD_OBJECT,   /* `of` */
	FIELD_ARRAY,    /* of objects (`of`) or, with `of` NULL, of `item` */
	FIELD_MAP,      /* object with free keys and values of `of` */
	FIELD_ANY,      /* any JSON (an event's before and after) */
};

enum field_flag {
	FIELD_REQUIRED = 1 << 0, /* in a body: must be there; in a reply: always there */
	FIELD_NULLABLE = 1 << 1, /* may be null */
	FIELD_SECRET = 1 << 2,   /* never logged nor kept with an Idempotency-Key */
};

struct field {
	const char *name;
	enum field_type type;
	unsigned flags;
	int64_t min, max;          /* length of text, range of int, count of array; 0, 0: the type's default maximum */
	const char *choices;
	const struct shape *of;
	enum field_type item;
	const char *about;         /* one English sentence for the API page */
};

/* An object: fields end with a NULL name. Named shapes become components of the OpenAPI document. */
struct shape {
	const char *name;
	const struct field *fields;
};

enum route_flag {
	ROUTE_PUBLIC = 1 << 0,     /* no session needed */
	ROUTE_SLOW = 1 << 1,       /* `prepare` runs on the slow queue */
	ROUTE_CREATES = 1 << 2,    /* honours Idempotency-Key, answers 201 */
	ROUTE_UPLOAD = 1 << 3,     /* the body is a file: streamed to a temporary file, see request_upload */
	ROUTE_IF_MATCH = 1 << 4,   /* 428 without If-Match */
	ROUTE_NO_TOKEN = 1 << 5,   /* personal tokens may not use it */
	ROUTE_SHARED = 1 << 6,     /* the reply depends on address, language, actor's grants and the store only: may be
	                              answered again from memory until the next commit, and carries an ETag */
	ROUTE_PENDING = 1 << 7,    /* open to a session that still must change its password or give its second factor */
	ROUTE_SUDO = 1 << 8,       /* the session must have confirmed the password in the last 10 minutes */
	ROUTE_BACKGROUND = 1 << 9, /* asked by screens on their own, see request_is_background */
};

enum route_class { CLASS_READ, CLASS_ENTRY, CLASS_ACCOUNT, CLASS_EXPORT }; /* for rate limits and shedding */

struct route {
	const char *method;
	const char *path;          /* "/api/units/{id}" */
	const char *right;         /* word of the right needed, for the document; rights are checked by the action itself */
	unsigned flags;
	enum route_class class;
	size_t body_max;           /* bytes; 0: 64 KiB */
	const struct shape *query;
	const struct shape *body;
	const struct shape *reply; /* NULL: no JSON reply (204, or a file) */
	bool (*prepare)(struct request *r);
	bool (*act)(struct request *r);
	const char *summary;       /* one English sentence */
};

struct route_table {
	const char *room;          /* tag in the API document */
	const struct route *routes;
	size_t count;
};

struct session_info;

struct request {
	struct call call;              /* memory, db, now, actor, error */
	const struct route *route;
	enum language lang;            /* from ?lang, the account's choice or Accept-Language */
	const json_t *body;            /* checked against route->body; NULL without one */
	void *prepared;                /* from `prepare` to `act` */
	struct session_info *session;  /* the account room's; NULL when nobody is signed in */
	void *http;                    /* the server's own */

	/* The reply. Reset before a rerun. */
	int status;                    /* 0 means 200, or 201 for ROUTE_CREATES, or 204 without content */
	struct buf out;
	struct json json;              /* writes to `out`; closed and checked by http */
};

/* Path and query values; NULL when absent. Ids, periods and numbers were checked against the shapes. */
const char *request_path(const struct request *r, const char *name);
id request_path_id(const struct request *r, const char *name);      /* 0 with error not_found when it is no id */
const char *request_query(const struct request *r, const char *name);
id request_query_id(const struct request *r, const char *name);
int64_t request_query_int(const struct request *r, const char *name, int64_t absent);
const char *request_header(const struct request *r, const char *name);

/*
 * Whether nobody's hand is behind the request: a screen asks again by itself ("X-Background"), or a kept reply is
 * renewed. It does not keep a session from ending when unused.
 */
bool request_is_background(const struct request *r);

/* "https://theodoi.example", as the caller reached this server, for addresses that leave it; NULL when it cannot be told. */
const char *request_origin(const struct request *r);

/* The version named by If-Match ("12" for `"12"`); -1 when absent. */
int64_t request_if_match(const struct request *r);

/* Reply headers. Values are checked: no control characters get out. */
void reply_header(struct request *r, const char *name, const char *value);
void reply_etag(struct request *r, int64_t version); /* for If-Match; the reply itself is never kept */
void reply_retry_after(struct request *r, int64_t seconds); /* beside an error: when to come again */
void reply_cookie(struct request *r, const char *name, const char *value, int64_t max_age_s); /* HttpOnly, SameSite=Strict, Path=/, Secure when behind TLS */

/* The session's cookie: the account room sets it with reply_cookie, http hands its value to `authenticate`. */
#define SESSION_COOKIE "theodoi_session"

/* A body that is no JSON: text or bytes in call.mem. */
void reply_content(struct request *r, const char *type, const void *bytes, size_t length);

/* A file of the disk, sent as an attachment with its (UTF-8) name, nosniff and sandboxed; opened now, closed by http. */
bool reply_file(struct request *r, const char *path, const char *type, const char *name);

/* The uploaded file of a ROUTE_UPLOAD route, complete and synced, with its size and SHA-256; removed with the request unless renamed. */
struct upload {
	char path[256];
	char name[256];       /* as the browser said, NFC, without directories; may be empty */
	uint64_t size;
	char sha256[65];
};
const struct upload *request_upload(const struct request *r);

/*
 * Lists by cursor: `limit` (1 to `most`) and `after`. Handlers read one row
 * more than the limit to know whether more follows.
 */
int request_limit(const struct request *r, int absent, int most);

struct server_options {
	const char *address;       /* "127.0.0.1" */
	int port;                  /* 0: any free one, told by server_port */
	int threads;               /* workers; 0: number of cores */
	int connections_max;       /* 0: 20000 */
	const char *spool;         /* folder for uploads under way */
	const char *metrics_token_file; /* /metrics answers with this bearer token; NULL: only to loopback */
	bool behind_tls;           /* sets Secure on cookies, trusts X-Forwarded-For from loopback */
	instant (*clock)(void);    /* NULL: the system's; --now gives another */
	bool demo;                 /* tells the web application that this is a demonstration */
	bool unlimited;            /* no rate limits: load tests */
	int patience_ms;           /* how long the head of a request may take to arrive; 0: 20 s */
};

struct store;
struct server;

struct server *server_start(const struct server_options *options, struct store *store,
			    const struct route_table *const *tables, size_t table_count, struct error *err);
int server_port(const struct server *server);
void server_stop(struct server *server); /* lets running requests finish, ends live streams */

/*
 * How the account room answers for sessions, set once before server_start, so that
 * http knows nothing of accounts. `authenticate` reads cookie or bearer token,
 * fills call.actor and r->session, and leaves both NULL when there is none;
 * it fails only when the store does.
 */
struct http_auth {
	bool (*authenticate)(struct request *r, const char *cookie, const char *bearer);
	bool (*allowed)(struct request *r); /* pending, sudo and token restrictions by route flags; fills the error */
	const char *(*csrf)(const struct request *r); /* the value X-CSRF-Token must carry on writes by cookie */
	id (*account)(const struct request *r); /* 0 for nobody; keys rate limits and idempotency */
	uint64_t (*scope_digest)(const struct request *r); /* equal digests see equal data; keys ROUTE_SHARED */
};
void http_auth_set(const struct http_auth *auth);

#endif
