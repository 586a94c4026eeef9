#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "db/writer.h"
#include "http/http.h"
#include "http/router.h"

/*
 * Private to http: one request on its way through the server, and the server
 * itself. An exchange belongs to one thread at a time: to its worker, then
 * while the connection is suspended to the slow queue or the writer, then to
 * its worker again. wire_resume hands it back; nothing may touch it after.
 */
struct assets;
struct cache;
struct documents;
struct flight;
struct flights;
struct guard;
struct limits;
struct live;
struct MHD_Connection;
struct MHD_Daemon;
struct metrics;
struct shared_reply;
struct slow_queue;
struct spool;

enum {
	HEADERS_MAX = 16,        /* of a handler's own */
	BODY_DEFAULT = 64 << 10,
	UPLOAD_DEFAULT = 20 << 20,
	DRAIN_MAX = 8 << 20,     /* of a refused body read to its end, so that the client sees the answer */
	ADDRESS_MAX = 48,
};

enum body_mode { BODY_NONE, BODY_KEEP, BODY_SPOOL, BODY_DISCARD };

enum phase {
	PHASE_READING, /* the body is arriving */
	PHASE_WAITING, /* suspended: on the slow queue or the writer's */
	PHASE_REPLY,   /* the answer can be sent */
	PHASE_TAKEN,   /* the connection belongs to the live stream */
	};

struct pair {
	const char *name, *value;
};

struct reply_body {
	const char *type;
	const void *bytes;
	size_t length;
	int fd;                       /* of a file; -1: none */
	uint64_t file_size;
	bool set;
	bool precompressed;           /* has its Content-Encoding already */
	bool page;                    /* HTML of our own: brings its Content-Security-Policy */
	struct shared_reply *shared;  /* the bytes are this one's */
};

struct exchange {
	struct request request;       /* request.http points back here */
	struct server *server;
	struct MHD_Connection *wire;
	struct error err;
	enum phase phase;
	bool failed;                  /* err is the answer */
	bool head;                    /* HEAD: a GET without its body */
	bool close;                   /* the connection ends with this answer */
	bool signed_in_checked;
	bool by_cookie;
	bool stream;                  /* GET /api/events: the socket goes to the live stream */

	const char *method;
	const char *path;             /* as asked, decoded */
	char *route_path;             /* split by the router */
	struct route_match match;
	struct pair *query;
	size_t query_count;
	char address[ADDRESS_MAX];
	bool from_here;               /* from this machine itself, not through a proxy */
	uint64_t started_us;

	enum body_mode body_mode;
	bool body_too_large;
	uint64_t body_length;         /* received so far */
	size_t body_max;
	struct buf body;
	struct spool *spool;
	struct upload *upload;

	struct write_job job;
	const char *idempotency_key;  /* NULL: none */
	char body_digest[65];
	bool replayed;                /* the stored reply of an earlier request */

	struct pair headers[HEADERS_MAX];
	size_t header_count;
	const char *etag;
	bool etag_is_version;         /* of the row that If-Match guards, not of the whole reply */
	int retry_after;              /* seconds; 0: none */
	struct reply_body content;
	const char *cookie, *bearer;  /* of a twin: what it authenticates with */
	uint64_t shared_key;
	uint64_t shared_commits;      /* when the snapshot was taken */
	uint64_t shared_taken_us;
	const char *shared_name;      /* NULL: not kept */
	struct exchange *next;        /* on a queue */
	struct flight *flight;        /* of a twin: what it works out */
};

struct server {
	struct arena *mem;            /* lives as long as the server; only written at start */
	struct server_options options;
	struct store *store;
	const struct route_table **tables;
	size_t table_count;
	struct MHD_Daemon *daemon;
	int port;
	struct router *router;
	struct guard *guard;
	struct limits *limits;
	struct metrics *metrics;
	struct cache *cache;
	struct flights *flights;
	struct assets *assets;
	struct documents *documents;
	struct slow_queue *slow;
	struct live *live;
	struct watchman *watchman;
	atomic_bool stopping;
	atomic_bool shedding;         /* too much waits for the writer: reading gives way */
	atomic_long active;           /* exchanges alive */
	atomic_long waiting;          /* of them suspended */
};

/* Process-wide: set once before the first server starts. */
const struct http_auth *http_auth_get(void);

/* server.c */
/* Without a connection; everything lives in its own request.call.mem. */
struct exchange *exchange_new(struct server *server, const char *method, const char *path);

/* server.c: what is done with the connection. */
void wire_suspend(struct exchange *x);
void wire_resume(struct exchange *x);
const char *wire_header(const struct exchange *x, const char *name);
const char *wire_cookie(const struct exchange *x, const char *name);
/*
 * Takes the connection's socket away from the HTTP server, for good; -1 when it cannot. *held stays counted for
 * the address until guard_release. Worker thread only.
 */
int wire_take_socket(struct exchange *x, uint32_t *held);

/* dispatch.c */
/* With the head: what becomes of the body of `declared` bytes (0: none, or not told). May answer already. */
void dispatch_head(struct exchange *x, uint64_t declared);
/* With the whole body: true when the answer is at hand, false when another thread has the exchange now. */
bool dispatch_run(struct exchange *x);
void dispatch_slow(struct exchange *x);   /* on a slow thread */
/* The same reading request once more, as the server's own: without a connection, in memory of its own. */
struct exchange *dispatch_twin(const struct exchange *x);
bool dispatch_shared(struct exchange *twin); /* works a twin out; false when the reply is not one to keep */
void dispatch_answered(struct exchange *x);  /* a suspended exchange whose content is at hand */
instant server_now(const struct server *server);

/* reply.c */
void reply_reset(struct exchange *x);
bool reply_close_json(struct exchange *x); /* closes what the handler left open; false when nothing was written */
void reply_problem(struct exchange *x);
int reply_status(const struct exchange *x);
extern const struct pair reply_fixed_headers[];
const char *reply_policy(struct exchange *x, const char *nonce);

/* Microseconds of a clock that only goes forward, for durations. */
uint64_t monotonic_us(void);

#endif
