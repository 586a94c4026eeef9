#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/text.h"
#include "db/store.h"
#include "http/assets.h"
#include "http/cache.h"
#include "http/compress.h"
#include "http/documents.h"
#include "http/exchange.h"
#include "http/flight.h"
#include "http/guard.h"
#include "http/limits.h"
#include "http/listener.h"
#include "http/live_stream.h"
#include "http/metrics.h"
#include "http/slow.h"
#include "http/system_routes.h"
#include "http/upload.h"
#include "http/watchman.h"

/*
 * The server on libmicrohttpd; nothing else in the program knows of it. A pool
 * of workers, each with its own epoll set; a request that waits for the
 * writer or the slow queue is suspended, so that no worker waits.
 */
enum {
	CONNECTIONS_DEFAULT = 20000,
	CONNECTION_MEMORY = 16 << 10, /* head of the request and of the answer */
	IDLE_S = 75,
	PATIENCE_MS = 20000,
	SLOW_THREADS = 2,
	PAGE_BYTES_PER_MS = 8,       /* the slowest client that is waited for */
	STOP_PATIENCE_MS = 20000,
};

uint64_t monotonic_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static bool know_nobody(struct request *r, const char *cookie, const char *bearer)
{
	(void)r;
	(void)cookie;
	(void)bearer;
	return true;
}

/* Process-wide: set once before the first server starts. Until then nobody has a session. */
static const struct http_auth auth_of_nobody = { .authenticate = know_nobody };
static const struct http_auth *auth_given = &auth_of_nobody;

void http_auth_set(const struct http_auth *auth)
{
	auth_given = auth;
}

const struct http_auth *http_auth_get(void)
{
	return auth_given;
}

static int wire_descriptor(struct MHD_Connection *wire)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CONNECTION_FD);

	return info ? info->connect_fd : -1;
}

static const struct sockaddr *wire_address(struct MHD_Connection *wire)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	return info ? info->client_addr : NULL;
}

void wire_suspend(struct exchange *x)
{
	x->phase = PHASE_WAITING;
	atomic_fetch_add(&x->server->waiting, 1);
	MHD_suspend_connection(x->wire);
}

void wire_resume(struct exchange *x)
{
	atomic_fetch_sub(&x->server->waiting, 1);
	MHD_resume_connection(x->wire);
}

const char *wire_header(const struct exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->wire, MHD_HEADER_KIND, name);
}

const char *wire_cookie(const struct exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->wire, MHD_COOKIE_KIND, name);
}

/*
 * Suspending takes the socket out of the worker's epoll set. Its number is then
 * given to a socket that nobody is at the other end of, which the library may close as it
 * likes when it finds the request refused; the connection lives on under a new number.
 */
int wire_take_socket(struct exchange *x, uint32_t *held)
{
	int number = wire_descriptor(x->wire);
	int ends[2], taken;

	if (number < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends))
		return -1;
	taken = fcntl(number, F_DUPFD_CLOEXEC, 0);
	if (taken < 0) {
		close(ends[0]);
		close(ends[1]);
		return -1;
	}
	*held = guard_hold(x->server->guard, wire_address(x->wire));
	MHD_suspend_connection(x->wire);
	while (dup3(ends[0], number, O_CLOEXEC) < 0 && (errno == EINTR || errno == EBUSY))
		;
	close(ends[0]);
	close(ends[1]);
	MHD_resume_connection(x->wire);
	return taken;
}

/* The proxy's word for where a request comes from, when the proxy stands on this machine: the last of the list. */
static bool forwarded_address(struct exchange *x)
{
	const char *list = wire_header(x, "X-Forwarded-For");
	const char *last = list ? strrchr(list, ',') : NULL;
	struct in6_addr parsed;

	if (!list)
		return false;
	last = last ? last + 1 : list;
	while (*last == ' ')
		last++;
	if (strlen(last) >= sizeof(x->address))
		return false;
	if (inet_pton(AF_INET, last, &parsed) != 1 && inet_pton(AF_INET6, last, &parsed) != 1)
		return false;
	memcpy(x->address, last, strlen(last) + 1);
	return true;
}

static void read_address(struct exchange *x)
{
	const struct sockaddr *address = wire_address(x->wire);
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	bool loopback = false;

	if (address && address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		loopback = ntohl(v4.sin_addr.s_addr) >> 24 == 127;
		inet_ntop(AF_INET, &v4.sin_addr, x->address, sizeof(x->address));
	} else if (address && address->sa_family == AF_INET6) {
		memcpy(&v6, address, sizeof(v6));
		loopback = IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
		inet_ntop(AF_INET6, &v6.sin6_addr, x->address, sizeof(x->address));
	}
	x->from_here = loopback && !(x->server->options.behind_tls && forwarded_address(x));
	x->request.call.address = x->address;
}

static enum MHD_Result take_query(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_size,
				  const char *value, size_t value_size)
{
	struct exchange *x = arg;
	struct arena *mem = x->request.call.mem;
	struct pair *pair = &x->query[x->query_count++];

	(void)kind;
	pair->name = text_valid(name, name_size) ? arena_strndup(mem, name, name_size) : "?";
	if (!value)
		pair->value = "";
	else
		pair->value = text_valid(value, value_size) ?
			text_nfc(mem, arena_strndup(mem, value, value_size)) : NULL;
	return MHD_YES;
}

static void read_query(struct exchange *x)
{
	int count = MHD_get_connection_values_n(x->wire, MHD_GET_ARGUMENT_KIND, NULL, NULL);

	if (count <= 0)
		return;
	x->query = ARENA_ARRAY(x->request.call.mem, struct pair, (size_t)count);
	MHD_get_connection_values_n(x->wire, MHD_GET_ARGUMENT_KIND, take_query, x);
}

static uint64_t declared_length(const struct exchange *x)
{
	const char *text = wire_header(x, "Content-Length");
	int64_t length;

	return text && text_to_int(text, 0, INT64_MAX, &length) ? (uint64_t)length : 0;
}

struct exchange *exchange_new(struct server *server, const char *method, const char *path)
{
	struct arena *mem = arena_new(0);
	struct exchange *x = ARENA_NEW(mem, struct exchange);
	struct request *r = &x->request;

	x->server = server;
	x->started_us = monotonic_us();
	x->content.fd = -1;
	x->match.index = -1;
	x->method = arena_strdup(mem, method);
	x->path = arena_strdup(mem, path);
	x->route_path = arena_strdup(mem, path);
	r->http = x;
	r->call.mem = mem;
	r->call.err = &x->err;
	r->call.now = server_now(server);
	buf_init(&r->out, mem, 0);
	reply_reset(x);
	return x;
}

static struct exchange *begin(struct server *server, struct MHD_Connection *wire, const char *path,
			      const char *method)
{
	struct exchange *x = exchange_new(server, method, path);
	uint64_t declared;

	atomic_fetch_add(&server->active, 1);
	x->wire = wire;
	read_address(x);
	read_query(x);
	declared = declared_length(x);
	guard_deadline(server->guard, wire_descriptor(wire),
		       (uint64_t)server->options.patience_ms + declared / PAGE_BYTES_PER_MS);
	dispatch_head(x, declared);
	return x;
}

static bool etag_matches(const char *list, const char *etag)
{
	const char *at = list;
	size_t length;

	if (!strcmp(list, "*"))
		return true;
	if (text_starts(etag, "W/"))
		etag += 2;
	length = strlen(etag);
	for (at = strstr(list, etag); at; at = strstr(at + 1, etag))
		if (at[length] == '\0' || at[length] == ',' || at[length] == ' ')
			return true;
	return false;
}

/* A reply holds more than the row whose version it names: drafts, files and tallies change beside it. */
static bool is_unchanged(const struct exchange *x, int status)
{
	const char *known = wire_header(x, "If-None-Match");

	return status == 200 && x->etag && !x->etag_is_version && known &&
	       (x->head || !strcmp(x->method, "GET")) && etag_matches(known, x->etag);
}

static bool is_text(const char *type)
{
	return text_starts(type, "text/") || strstr(type, "json") || strstr(type, "xml");
}

static struct MHD_Response *make_buffer(const void *bytes, size_t length)
{
	/* The library's signature is not const; it only reads what is persistent. */
	union {
		const void *given;
		void *taken;
	} body = { .given = bytes };

	return MHD_create_response_from_buffer(length, body.taken, MHD_RESPMEM_PERSISTENT);
}

/* The bytes as they are, or compressed when it pays and is taken. */
static struct MHD_Response *make_bytes(struct exchange *x, const struct reply_body *body)
{
	struct MHD_Response *response;
	const struct shared_reply *shared = body->shared;
	size_t length = 0;
	char *packed = NULL;

	if (body->precompressed || body->length <= COMPRESS_MIN || !is_text(body->type))
		return make_buffer(body->bytes, body->length);
	if (compress_accepted(wire_header(x, "Accept-Encoding"), "gzip")) {
		if (shared) {
			length = shared->gzip_length;
		} else {
			packed = arena_alloc(x->request.call.mem, body->length);
			length = compress_gzip(body->bytes, body->length, packed, body->length);
		}
	}
	if (length == 0) {
		response = make_buffer(body->bytes, body->length);
	} else {
		response = make_buffer(shared ? shared->gzip : packed, length);
		MHD_add_response_header(response, "Content-Encoding", "gzip");
	}
	MHD_add_response_header(response, "Vary", "Accept-Encoding");
	return response;
}

static struct MHD_Response *make_file(struct exchange *x)
{
	struct MHD_Response *response = MHD_create_response_from_fd64(x->content.file_size, x->content.fd);

	if (response)
		x->content.fd = -1;
	return response;
}

static struct MHD_Response *make_response(struct exchange *x, int status)
{
	struct request *r = &x->request;
	struct reply_body *body = &x->content;

	if (status == 204 || status == 304)
		return make_buffer("", 0);
	if (body->set && body->fd >= 0)
		return make_file(x);
	if (!body->set) {
		body->bytes = r->out.data;
		body->length = r->out.length;
		if (!body->type)
			body->type = "application/json";
	}
	return make_bytes(x, body);
}

static bool has_header(const struct exchange *x, const char *name)
{
	for (size_t i = 0; i < x->header_count; i++)
		if (!strcasecmp(x->headers[i].name, name))
			return true;
	return false;
}

static void add_caching(struct exchange *x, struct MHD_Response *response)
{
	if (x->etag)
		MHD_add_response_header(response, "ETag", x->etag);
	if (has_header(x, "Cache-Control"))
		return;
	MHD_add_response_header(response, "Cache-Control", x->etag && !x->etag_is_version ? "private, no-cache" : "no-store");
}

static void add_headers(struct exchange *x, struct MHD_Response *response, int status)
{
	char seconds[24];

	for (const struct pair *header = reply_fixed_headers; header->name; header++)
		MHD_add_response_header(response, header->name, header->value);
	if (!x->content.page)
		MHD_add_response_header(response, "Content-Security-Policy", reply_policy(x, NULL));
	for (size_t i = 0; i < x->header_count; i++)
		MHD_add_response_header(response, x->headers[i].name, x->headers[i].value);
	add_caching(x, response);
	if (status != 204 && status != 304 && x->content.type)
		MHD_add_response_header(response, "Content-Type", x->content.type);
	if (x->retry_after)
		MHD_add_response_header(response, "Retry-After", id_format(x->retry_after, seconds));
	if (x->close || atomic_load(&x->server->stopping))
		MHD_add_response_header(response, "Connection", "close");
}

static enum MHD_Result send_reply(struct exchange *x)
{
	struct MHD_Response *response;
	enum MHD_Result queued;
	int status;

	if (x->failed)
		reply_problem(x);
	status = reply_status(x);
	if (is_unchanged(x, status))
		status = 304;
	response = make_response(x, status);
	if (!response)
		return MHD_NO;
	x->request.status = status;
	add_headers(x, response, status);
	guard_deadline(x->server->guard, wire_descriptor(x->wire),
		       STOP_PATIENCE_MS + (x->content.length + x->content.file_size) / PAGE_BYTES_PER_MS);
	queued = MHD_queue_response(x->wire, (unsigned)status, response);
	MHD_destroy_response(response);
	return queued;
}

/* What comes of the body. False when there is more of it than anybody will read. */
static bool take_body(struct exchange *x, const char *bytes, size_t length)
{
	x->body_length += length;
	if (x->body_mode != BODY_DISCARD && x->body_length > x->body_max) {
		x->body_mode = BODY_DISCARD;
		x->body_too_large = true;
	}
	switch (x->body_mode) {
	case BODY_KEEP:
		buf_add(&x->body, bytes, length);
		return true;
	case BODY_SPOOL:
		if (!upload_write(x, bytes, length)) {
			x->failed = true;
			x->body_mode = BODY_DISCARD;
		}
		return true;
	default:
		return x->body_length <= x->body_max + DRAIN_MAX;
	}
}

static enum MHD_Result run(struct exchange *x)
{
	guard_deadline(x->server->guard, wire_descriptor(x->wire), 0);
	if (x->spool)
		metrics_upload(x->server->metrics, x->body_length);
	return dispatch_run(x) ? send_reply(x) : MHD_YES;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *wire, const char *path, const char *method,
				  const char *version, const char *bytes, size_t *size, void **kept)
{
	struct exchange *x = *kept;

	(void)version;
	if (!x) {
		x = begin(arg, wire, path, method);
		*kept = x;
		return x->phase == PHASE_REPLY ? send_reply(x) : MHD_YES;
	}
	switch (x->phase) {
	case PHASE_READING:
		if (*size == 0)
			return run(x);
		if (!take_body(x, bytes, *size))
			return MHD_NO;
		*size = 0;
		return MHD_YES;
	case PHASE_REPLY:
		return send_reply(x);
	case PHASE_WAITING:
		return MHD_YES;
	case PHASE_TAKEN:
		break;
	}
	return MHD_NO;
}

static void on_completed(void *arg, struct MHD_Connection *wire, void **kept, enum MHD_RequestTerminationCode why)
{
	struct server *server = arg;
	struct exchange *x = *kept;
	uint64_t took_us;
	int status;

	if (!x)
		return;
	*kept = NULL;
	took_us = monotonic_us() - x->started_us;
	status = x->phase == PHASE_TAKEN ? 200 : x->request.status;
	metrics_count(server->metrics, x, status, took_us);
	LOG(LOG_DEBUG, "request", LOG_TEXT("method", x->method),
	    LOG_TEXT("route", x->match.route ? x->match.route->path : "-"), LOG_INT("status", status),
	    LOG_INT("us", (int64_t)took_us), LOG_INT("ended", (int64_t)why));
	if (x->phase != PHASE_TAKEN)
		guard_deadline(server->guard, wire_descriptor(wire),
			       (uint64_t)IDLE_S * 1000 + (uint64_t)server->options.patience_ms);
	arena_free(x->request.call.mem);
	atomic_fetch_sub(&server->active, 1);
}

static void on_connection(void *arg, struct MHD_Connection *wire, void **kept,
			  enum MHD_ConnectionNotificationCode what)
{
	struct server *server = arg;

	(void)kept;
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		guard_opened(server->guard, wire_descriptor(wire), wire_address(wire));
	else
		guard_closed(server->guard, wire_descriptor(wire), wire_address(wire));
}

static enum MHD_Result on_accept(void *arg, const struct sockaddr *address, socklen_t length)
{
	struct server *server = arg;

	(void)length;
	return guard_admits(server->guard, address) ? MHD_YES : MHD_NO;
}

/* What the library says of single connections is of no interest unless one looks for it. */
__attribute__((format(printf, 2, 0)))
static void on_message(void *arg, const char *format, va_list args)
{
	char text[256];
	int length;

	(void)arg;
	length = vsnprintf(text, sizeof(text), format, args);
	if (length <= 0)
		return;
	text[strcspn(text, "\n")] = '\0';
	LOG(LOG_DEBUG, "microhttpd", LOG_TEXT("message", text));
}

static size_t count_routes(const struct server *server)
{
	size_t count = 0;

	for (size_t i = 0; i < server->table_count; i++)
		count += server->tables[i]->count;
	return count;
}

static int worker_count(const struct server *server)
{
	return server->options.threads > 0 ? server->options.threads : (int)sysconf(_SC_NPROCESSORS_ONLN);
}

static struct server *prepare(const struct server_options *options, struct store *store,
			      const struct route_table *const *tables, size_t table_count)
{
	struct arena *mem = arena_new(0);
	struct server *server = ARENA_NEW(mem, struct server);
	int descriptors = listener_raise_descriptors();

	server->mem = mem;
	server->options = *options;
	server->options.spool = arena_strdup(mem, options->spool);
	server->options.metrics_token_file = arena_strdup(mem, options->metrics_token_file);
	if (!server->options.patience_ms)
		server->options.patience_ms = PATIENCE_MS;
	server->store = store;
	server->table_count = table_count + 1;
	server->tables = ARENA_ARRAY(mem, const struct route_table *, server->table_count);
	for (size_t i = 0; i < table_count; i++)
		server->tables[i] = tables[i];
	server->tables[table_count] = &system_routes;
	server->router = router_new(mem, server->tables, server->table_count);
	server->documents = documents_new(mem, server->tables, server->table_count);
	server->metrics = metrics_new(mem, count_routes(server));
	server->limits = limits_new(mem);
	server->assets = assets_new(mem);
	server->guard = guard_new(descriptors, server->options.patience_ms);
	server->cache = cache_new(store);
	server->slow = slow_new(SLOW_THREADS, dispatch_slow);
	server->flights = flights_new(worker_count(server) / 2 + worker_count(server) % 2);
	server->live = live_start(server);
	server->watchman = watchman_start(server);
	return server;
}

static void discard(struct server *server)
{
	slow_free(server->slow);
	flights_free(server->flights);
	live_stop(server->live);
	watchman_stop(server->watchman);
	cache_free(server->cache);
	guard_free(server->guard);
	arena_free(server->mem);
}

static struct MHD_Daemon *start_daemon(struct server *server, int listener)
{
	int threads = worker_count(server);
	int connections = server->options.connections_max ? server->options.connections_max : CONNECTIONS_DEFAULT;
	struct MHD_OptionItem pool[] = {
		/* One thread is no pool. */
		{ threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};

	return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME |
				MHD_USE_TURBO,
				0, on_accept, server, on_request, server,
				MHD_OPTION_EXTERNAL_LOGGER, on_message, server,
				MHD_OPTION_LISTEN_SOCKET, listener,
				MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
				MHD_OPTION_CONNECTION_LIMIT, (unsigned)connections,
				MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
				MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
				MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
				MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
				MHD_OPTION_ARRAY, pool,
				MHD_OPTION_END);
}

struct server *server_start(const struct server_options *options, struct store *store,
			    const struct route_table *const *tables, size_t table_count, struct error *err)
{
	struct server *server;
	int listener = listener_open(options->address, options->port, err);

	if (listener < 0)
		return NULL;
	signal(SIGPIPE, SIG_IGN);
	json_object_seed(0);
	server = prepare(options, store, tables, table_count);
	server->port = listener_port(listener);
	server->daemon = start_daemon(server, listener);
	if (!server->daemon) {
		error_internal(err, "the HTTP server did not start: errno %d", errno);
		close(listener);
		discard(server);
		return NULL;
	}
	return server;
}

int server_port(const struct server *server)
{
	return server->port;
}

/* What is suspended must come back before the daemon may stop; the rest gets a while to be sent. */
static void wait_for_requests(struct server *server)
{
	struct timespec pause = { .tv_nsec = 2000000 };
	uint64_t until = monotonic_us() + (uint64_t)STOP_PATIENCE_MS * 1000;

	while (atomic_load(&server->waiting) > 0 ||
	       (atomic_load(&server->active) > 0 && monotonic_us() < until))
		nanosleep(&pause, NULL);
}

void server_stop(struct server *server)
{
	int listener;

	if (!server)
		return;
	atomic_store(&server->stopping, true);
	listener = MHD_quiesce_daemon(server->daemon);
	wait_for_requests(server);
	MHD_stop_daemon(server->daemon);
	if (listener >= 0)
		close(listener);
	discard(server);
}
