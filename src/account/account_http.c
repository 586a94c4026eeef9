#include "account/account_http.h"

#include <stdlib.h>
#include <string.h>

#include "account/session.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "db/store.h"
#include "db/writer.h"

enum { SEEN_EVERY_MS = 60000 };

/* Process-wide: set once by account_serve before the server starts. */
static struct store *seen_store;
static instant (*world_clock)(void);
static bool is_demo;

void account_serve(struct store *store, instant (*authenticator_clock)(void), bool demo)
{
	seen_store = store;
	world_clock = authenticator_clock;
	is_demo = demo;
}

instant authenticator_now(const struct call *c)
{
	return world_clock != NULL ? world_clock() : c->now;
}

bool account_is_demo(void)
{
	return is_demo;
}

/* That a session is in use, noted beside the request that showed it: nobody waits for it. */
struct seen {
	struct write_job job;
	struct call call;
	struct error err;
	bool token;
	char digest[65];
	id account_id;
};

static bool seen_act(struct call *c, void *arg)
{
	const struct seen *seen = arg;
	if (seen->token)
		return token_touch(c, seen->digest, c->now);
	return session_touch(c, seen->digest, c->now) && account_row_seen(c, seen->account_id, c->now);
}

static void seen_free(struct seen *seen)
{
	arena_free(seen->call.mem);
	free(seen);
}

static void seen_done(struct write_job *job, bool ok)
{
	struct seen *seen = job->arg;
	if (!ok)
		LOG(LOG_WARN, "session_not_noted", LOG_TEXT("code", error_word(seen->err.code)));
	seen_free(seen);
}

static void seen_again(struct write_job *job)
{
	struct seen *seen = job->arg;
	error_clear(&seen->err);
}

static void note_seen(const struct call *c, const struct session_info *session)
{
	instant last = session->credential.session.seen_at;
	if (seen_store == NULL || (c->now >= last && c->now - last < SEEN_EVERY_MS))
		return;
	struct seen *seen = calloc(1, sizeof(*seen));
	if (seen == NULL)
		die("out of memory");
	seen->call = (struct call){ .mem = arena_new(0), .now = c->now, .err = &seen->err };
	seen->token = session->credential.token;
	seen->account_id = session->actor.account_id;
	memcpy(seen->digest, session->digest, sizeof(seen->digest));
	seen->job = (struct write_job){
		.act = seen_act, .arg = seen, .call = &seen->call, .done = seen_done, .again = seen_again
	};
	/* A full queue: the next request notes it. */
	if (!writer_submit(seen_store, &seen->job))
		seen_free(seen);
}

static bool authenticate(struct request *r, const char *cookie, const char *bearer)
{
	struct session_info *session;
	if (!session_load(&r->call, bearer != NULL ? bearer : cookie, bearer != NULL, &session))
		return false;
	r->session = session;
	r->call.actor = session != NULL ? &session->actor : NULL;
	if (session == NULL)
		return true;
	const char *language = session->credential.language;
	if (language != NULL)
		r->lang = strcmp(language, "en") == 0 ? LANG_EN : LANG_VI;
	if (!request_is_background(r))
		note_seen(&r->call, session);
	return true;
}

static bool refuse(struct request *r, enum error_code code)
{
	return error_set(r->call.err, code, NULL, NULL);
}

static bool allowed(struct request *r)
{
	const struct session_info *session = r->session;
	unsigned flags = r->route->flags;
	if (session->credential.token && (flags & (ROUTE_NO_TOKEN | ROUTE_SUDO)) != 0)
		return refuse(r, ERR_token_refused);
	if (session->state != SESSION_OPEN && (flags & ROUTE_PENDING) == 0)
		return refuse(r, session_pending_code(session->state));
	if ((flags & ROUTE_SUDO) != 0 && !session_sudo_fresh(session, r->call.now))
		return refuse(r, ERR_sudo_required);
	return true;
}

/* Made from the cookie, of which the store knows only another digest. */
const char *session_csrf(struct arena *mem, const struct session_info *session)
{
	static const char prefix[] = "csrf ";
	char bound[sizeof(prefix) + TOKEN_TEXT_MAX];
	char digest[SHA256_HEX_MAX];
	size_t length = strlen(session->secret);
	if (length > TOKEN_TEXT_MAX)
		length = TOKEN_TEXT_MAX;
	memcpy(bound, prefix, sizeof(prefix) - 1);
	memcpy(bound + sizeof(prefix) - 1, session->secret, length);
	return arena_strdup(mem, sha256_hex(bound, sizeof(prefix) - 1 + length, digest));
}

static const char *csrf(const struct request *r)
{
	return session_csrf(r->call.mem, r->session);
}

static id account_of(const struct request *r)
{
	return r->session != NULL ? r->session->actor.account_id : 0;
}

static void add_number(struct buf *buf, uint64_t number)
{
	buf_add(buf, &number, sizeof(number));
}

static uint64_t scope_digest(const struct request *r)
{
	struct buf all;
	uint8_t digest[SHA256_SIZE];
	uint64_t out;
	buf_init(&all, r->call.mem, 0);
	if (r->session != NULL) {
		const struct actor *actor = &r->session->actor;
		for (size_t i = 0; i < actor->grant_count; i++) {
			add_number(&all, actor->grants[i].role);
			buf_add(&all, actor->grants[i].unit_path, strlen(actor->grants[i].unit_path) + 1);
		}
		if (actor->limit != NULL) {
			add_number(&all, actor->limit->rights);
			buf_add_text(&all, actor->limit->unit_path);
		}
	}
	sha256(all.data, all.length, digest);
	memcpy(&out, digest, sizeof(out));
	return out;
}

const struct http_auth account_auth = {
	.authenticate = authenticate,
	.allowed = allowed,
	.csrf = csrf,
	.account = account_of,
	.scope_digest = scope_digest,
};
