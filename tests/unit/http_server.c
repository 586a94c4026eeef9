#include "http_fixture.h"

#include "base/log.h"

/* Requests from the first byte to the last, against a real server and store. */

static bool read_thing(struct request *r)
{
	id thing = request_path_id(r, "id");
	struct db_rows *row;

	r->call.right_checked = true;
	if (!thing)
		return false;
	if (!db_query_one(&r->call, "SELECT name, amount FROM item WHERE id = $1", DB_ARGS(db_int(thing)), &row))
		return false;
	if (!row)
		return error_set(r->call.err, ERR_not_found, NULL, NULL);
	reply_etag(r, db_col_int(row, 1));
	json_object(&r->json, NULL);
	json_id(&r->json, "id", thing);
	json_text(&r->json, "name", db_col_peek(row, 0));
	json_int(&r->json, "amount", db_col_int(row, 1));
	json_end(&r->json);
	return db_done(row);
}

static bool add_thing(struct request *r)
{
	id thing = id_next(r->call.now);
	char text[ID_TEXT_MAX];
	bool duplicate;

	r->call.right_checked = true;
	if (!db_insert(&r->call, "INSERT INTO item (id, name, amount) VALUES ($1, $2, $3)",
		       DB_ARGS(db_int(thing), db_text(json_get_text(r->body, "name")),
			       db_int(json_get_int(r->body, "amount", 0))), &duplicate))
		return duplicate ? error_set(r->call.err, ERR_duplicate, "name", NULL) : false;
	reply_header(r, "Location", arena_printf(r->call.mem, "/api/things/%s", id_format(thing, text)));
	json_object(&r->json, NULL);
	json_id(&r->json, "id", thing);
	if (json_get_text(r->body, "secret"))
		json_text(&r->json, "secret", json_get_text(r->body, "secret"));
	json_end(&r->json);
	return true;
}

static bool change_thing(struct request *r)
{
	int64_t changed;

	r->call.right_checked = true;
	if (!db_exec_count(&r->call, "UPDATE item SET amount = amount + 1 WHERE id = $1 AND amount = $2",
			   DB_ARGS(db_int(request_path_id(r, "id")), db_int(request_if_match(r))), &changed))
		return false;
	return changed == 1 || error_set(r->call.err, ERR_stale_version, NULL, NULL);
}

static bool insert_then(struct request *r, const char *name)
{
	return db_exec(&r->call, "INSERT INTO item (id, name) VALUES ($1, $2)",
		       DB_ARGS(db_int(id_next(r->call.now)), db_text(name)));
}

static bool write_without_right(struct request *r)
{
	return insert_then(r, "without right");
}

static bool write_and_fail(struct request *r)
{
	r->call.right_checked = true;
	return insert_then(r, "failed") && error_set(r->call.err, ERR_conflict, NULL, NULL);
}

static bool write_and_refuse(struct request *r)
{
	if (!insert_then(r, "refused"))
		return false;
	error_set(r->call.err, ERR_conflict, NULL, NULL);
	return true;
}

static bool prepare_slowly(struct request *r)
{
	sleep_ms((int)json_get_int(r->body, "amount", 0));
	r->prepared = arena_strdup(r->call.mem, json_get_text(r->body, "name"));
	return true;
}

static bool act_prepared(struct request *r)
{
	r->call.right_checked = true;
	return insert_then(r, r->prepared);
}

static atomic_int shared_runs;

static bool read_shared(struct request *r)
{
	r->call.right_checked = true;
	json_object(&r->json, NULL);
	json_int(&r->json, "run", atomic_fetch_add(&shared_runs, 1) + 1);
	json_array(&r->json, "rows");
	for (int i = 0; i < 200; i++)
		json_text(&r->json, NULL, "Phường Tuy Hoà");
	return true; /* http closes what is open */
}

static bool read_echo(struct request *r)
{
	const char *q = request_query(r, "q");

	json_object(&r->json, NULL);
	json_text(&r->json, "q", q);
	json_int(&r->json, "limit", request_limit(r, 20, 50));
	json_text(&r->json, "lang", r->lang == LANG_EN ? "en" : "vi");
	json_text(&r->json, "address", r->call.address);
	json_end(&r->json);
	reply_header(r, "X-Bad", "a\r\nSet-Cookie: b");
	reply_header(r, "X-Good", "yes");
	reply_cookie(r, "name", "value", 60);
	return true;
}

static bool take_upload(struct request *r)
{
	const struct upload *upload = request_upload(r);

	r->call.right_checked = true;
	assert_int_equal(access(upload->path, R_OK), 0);
	json_object(&r->json, NULL);
	json_text(&r->json, "name", upload->name);
	json_text(&r->json, "sha256", upload->sha256);
	json_int(&r->json, "size", (int64_t)upload->size);
	json_end(&r->json);
	return true;
}

static bool send_file(struct request *r)
{
	return reply_file(r, "/proc/self/exe", "application/pdf", "x");
}

static bool send_own_file(struct request *r)
{
	char path[160];
	const char *name = request_query(r, "q");
	FILE *file;

	snprintf(path, sizeof(path), "%s/evidence", ((struct exchange *)r->http)->server->options.spool);
	file = fopen(path, "w");
	fputs("evidence", file);
	fclose(file);
	if (!reply_file(r, path, "application/pdf", name))
		return false;
	unlink(path);
	return true;
}

static bool break_json(struct request *r)
{
	json_object(&r->json, NULL);
	json_text(&r->json, NULL, "a value without a key");
	json_end(&r->json);
	return true;
}

static const struct field thing_fields[] = {
	{ .name = "name", .type = FIELD_TEXT, .flags = FIELD_REQUIRED, .min = 1, .max = 200 },
	{ .name = "amount", .type = FIELD_INT },
	{ .name = "secret", .type = FIELD_TEXT, .flags = FIELD_SECRET },
	{ .name = NULL },
};
static const struct shape thing = { "thing", thing_fields };

static const struct field made_fields[] = {
	{ .name = "id", .type = FIELD_ID, .flags = FIELD_REQUIRED },
	{ .name = "secret", .type = FIELD_TEXT, .flags = FIELD_SECRET },
	{ .name = NULL },
};
static const struct shape made = { "made", made_fields };

static const struct field echo_fields[] = {
	{ .name = "q", .type = FIELD_TEXT },
	{ .name = "limit", .type = FIELD_INT },
	{ .name = NULL },
};
static const struct shape echo = { NULL, echo_fields };

static const struct route routes[] = {
	{ .method = "GET", .path = "/api/things/{id}", .act = read_thing },
	{ .method = "PUT", .path = "/api/things/{id}", .flags = ROUTE_IF_MATCH, .act = change_thing },
	{ .method = "POST", .path = "/api/things", .flags = ROUTE_CREATES, .class = CLASS_ENTRY, .body = &thing,
	  .reply = &made, .act = add_thing },
	{ .method = "POST", .path = "/api/without-right", .act = write_without_right },
	{ .method = "POST", .path = "/api/fails", .act = write_and_fail },
	{ .method = "POST", .path = "/api/refuses", .flags = ROUTE_PUBLIC, .act = write_and_refuse },
	{ .method = "POST", .path = "/api/slow", .flags = ROUTE_SLOW, .body = &thing, .prepare = prepare_slowly,
	  .act = act_prepared },
	{ .method = "GET", .path = "/api/shared", .flags = ROUTE_SHARED, .act = read_shared },
	{ .method = "GET", .path = "/api/echo", .flags = ROUTE_PUBLIC, .query = &echo, .act = read_echo },
	{ .method = "POST", .path = "/api/files", .flags = ROUTE_UPLOAD | ROUTE_CREATES, .body_max = 100000,
	  .act = take_upload },
	{ .method = "GET", .path = "/api/exe", .flags = ROUTE_PUBLIC, .act = send_file },
	{ .method = "GET", .path = "/api/file", .flags = ROUTE_PUBLIC, .query = &echo, .act = send_own_file },
	{ .method = "GET", .path = "/api/export", .class = CLASS_EXPORT, .act = read_shared },
	{ .method = "GET", .path = "/api/my-entry", .class = CLASS_ENTRY, .act = read_shared },
	{ .method = "GET", .path = "/api/broken", .flags = ROUTE_PUBLIC, .act = break_json },
};
static const struct route_table table = { "test", routes, COUNT(routes) };

static int setup(void **state, bool postgres)
{
	struct web *web = web_new(postgres);

	*state = web;
	if (web->db)
		web_start(web, &table);
	return 0;
}

static int setup_sqlite(void **state)
{
	return setup(state, false);
}

static int setup_postgres(void **state)
{
	return setup(state, true);
}

/* As behind a proxy on this machine. */
static int setup_behind_proxy(void **state)
{
	struct web *web = web_new(false);

	*state = web;
	web->options.behind_tls = true;
	web_start(web, &table);
	return 0;
}

static int teardown(void **state)
{
	web_free(*state);
	return 0;
}

static struct web *web_of(void **state)
{
	struct web *web = *state;

	if (!web->db)
		skip();
	return web;
}

static void refusals_have_their_status(void **state)
{
	struct web *web = web_of(state);
	static const struct {
		const char *method, *path, *headers, *body;
		int status;
		const char *code;
	} cases[] = {
		{ "GET", "/api/things/1", "", NULL, 401, "not_signed_in" },
		{ "GET", "/api/things/1", "Cookie: theodoi_session=nobody\r\n", NULL, 401, "not_signed_in" },
		{ "GET", "/api/things/1", AS_7, NULL, 404, "not_found" },
		{ "GET", "/api/things/x", AS_7, NULL, 404, "not_found" },
		{ "GET", "/api/things/1", "Cookie: theodoi_session=user-13\r\n", NULL, 409, "conflict" },
		{ "GET", "/api/things/1", "Authorization: Bearer token-7\r\n", NULL, 404, "not_found" },
		{ "GET", "/api/none", AS_7, NULL, 404, "not_found" },
		{ "GET", "/none", "", NULL, 404, "not_found" },
		{ "DELETE", "/none", "", NULL, 405, "method_not_allowed" },
		{ "DELETE", "/api/things/1", AS_7, NULL, 405, "method_not_allowed" },
		{ "POST", "/api/things", WRITE_7, "{\"name\":1}", 422, "field_type" },
		{ "POST", "/api/things", WRITE_7, "{\"name\"", 400, "bad_json" },
		{ "POST", "/api/things", WRITE_7, "", 400, "bad_json" },
		{ "POST", "/api/things", WRITE_7, "{\"name\":\"\xff\"}", 400, "bad_utf8" },
		{ "POST", "/api/things", AS_7 "X-CSRF-Token: csrf-7\r\nContent-Type: text/plain\r\n",
		  "{\"name\":\"a\"}", 415, "unsupported_media" },
		{ "POST", "/api/things", AS_7 "X-CSRF-Token: csrf-7\r\n", "{\"name\":\"a\"}", 415,
		  "unsupported_media" },
		{ "POST", "/api/things", AS_7 "Content-Type: application/json\r\n", "{\"name\":\"a\"}", 403,
		  "csrf_failed" },
		{ "POST", "/api/things", AS_7 "X-CSRF-Token: csrf-8\r\nContent-Type: application/json\r\n",
		  "{\"name\":\"a\"}", 403, "csrf_failed" },
		{ "POST", "/api/things", WRITE_7 "Origin: https://evil.example\r\n", "{\"name\":\"a\"}", 403,
		  "csrf_failed" },
		{ "POST", "/api/things", WRITE_7 "Origin: null\r\n", "{\"name\":\"a\"}", 403, "csrf_failed" },
		{ "POST", "/api/things", WRITE_7 "Sec-Fetch-Site: cross-site\r\n", "{\"name\":\"a\"}", 403,
		  "csrf_failed" },
		{ "POST", "/api/refuses", "Origin: http://other\r\n", "", 403, "csrf_failed" },
		{ "POST", "/api/refuses", "Sec-Fetch-Site: same-site\r\n", "", 403, "csrf_failed" },
		{ "POST", "/api/things", "Content-Type: application/json\r\n", "{\"name\":\"a\"}", 401,
		  "not_signed_in" },
		{ "PUT", "/api/things/1", WRITE_7, NULL, 428, "precondition_required" },
		{ "PUT", "/api/things/1", WRITE_7 "If-Match: \"x\"\r\n", NULL, 428, "precondition_required" },
		{ "PUT", "/api/things/1", WRITE_7 "If-Match: \"1\"\r\n", NULL, 412, "stale_version" },
		{ "POST", "/api/without-right", WRITE_7, NULL, 500, "internal" },
		{ "GET", "/api/echo?x=1", "", NULL, 422, "field_unknown" },
		{ "GET", "/api/echo?limit=a", "", NULL, 422, "field_type" },
		{ "GET", "/api/echo?q=%ff", "", NULL, 422, "field_invalid" },
		{ "GET", "/api/exe", "", NULL, 500, "internal" },
		{ "GET", "/api/broken", "", NULL, 500, "internal" },
		{ "POST", "/api/things", WRITE_7 "Idempotency-Key: with space\r\n", "{\"name\":\"a\"}", 422,
		  "field_invalid" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		web_expect(web, cases[i].method, cases[i].path, cases[i].headers, cases[i].body, cases[i].status,
			   cases[i].code);
	assert_int_equal(web_count(web, "SELECT count(*) FROM item"), 0);
}

static void writes_come_back_after_the_commit(void **state)
{
	struct web *web = web_of(state);
	struct answer answer = web_once(web, "POST", "/api/things", WRITE_7 "Origin: http://test\r\n",
					"{\"name\":\"Hue\xcc\x82\xcc\x81\",\"amount\":3}");
	char path[128];

	assert_int_equal(answer.status, 201);
	assert_string_equal(answer_header(&answer, "Content-Type"), "application/json");
	assert_string_equal(answer_header(&answer, "Cache-Control"), "no-store");
	answer_copy(&answer, "Location", path, sizeof(path));
	answer_free(&answer);
	assert_int_equal(web_count(web, "SELECT count(*) FROM item WHERE name = 'Hu\xe1\xba\xbf'"), 1);

	answer = web_once(web, "GET", path, AS_7, NULL);
	assert_int_equal(answer.status, 200);
	assert_non_null(strstr(answer.body, "\"name\":\"Hu\xe1\xba\xbf\""));
	assert_string_equal(answer_header(&answer, "ETag"), "\"3\"");
	answer_free(&answer);
	web_expect(web, "GET", path, AS_7 "If-None-Match: \"3\"\r\n", NULL, 200, NULL);
	web_expect(web, "GET", path, AS_7 "If-None-Match: \"1\", W/\"3\"\r\n", NULL, 200, NULL);
	web_expect(web, "GET", path, AS_7 "If-None-Match: \"33\"\r\n", NULL, 200, NULL);

	answer = web_once(web, "HEAD", path, AS_7, NULL);
	assert_int_equal(answer.status, 200);
	assert_int_equal(answer.length, 0);
	assert_true(strtol(answer_header(&answer, "Content-Length"), NULL, 10) > 20);
	answer_free(&answer);

	answer = web_once(web, "OPTIONS", path, "", NULL);
	assert_int_equal(answer.status, 204);
	assert_string_equal(answer_header(&answer, "Allow"), "PUT, GET, HEAD, OPTIONS");
	answer_free(&answer);

	web_expect(web, "PUT", path, WRITE_7 "If-Match: \"3\"\r\n", NULL, 204, NULL);
	web_expect(web, "PUT", path, WRITE_7 "If-Match: \"3\"\r\n", NULL, 412, "stale_version");
	web_expect(web, "PUT", path, "Authorization: Bearer token-7\r\nIf-Match: W/\"4\"\r\n", NULL, 204, NULL);
	web_expect(web, "POST", "/api/things", WRITE_7, "{\"name\":\"Hu\xe1\xba\xbf\"}", 409, "duplicate");
}

static void failed_writes_leave_nothing_and_refused_ones_what_they_wrote(void **state)
{
	struct web *web = web_of(state);

	web_expect(web, "POST", "/api/fails", WRITE_7, NULL, 409, "conflict");
	web_expect(web, "POST", "/api/without-right", WRITE_7, NULL, 500, "internal");
	assert_int_equal(web_count(web, "SELECT count(*) FROM item"), 0);
	web_expect(web, "POST", "/api/refuses", "", NULL, 409, "conflict");
	assert_int_equal(web_count(web, "SELECT count(*) FROM item WHERE name = 'refused'"), 1);
}

static void repeats_get_the_first_answer(void **state)
{
	struct web *web = web_of(state);
	static const char body[] = "{\"name\":\"once\",\"secret\":\"hunter2\"}";
	struct answer first, again;

	first = web_once(web, "POST", "/api/things", WRITE_7 "Idempotency-Key: k1\r\n", body);
	assert_int_equal(first.status, 201);
	assert_non_null(strstr(first.body, "hunter2"));
	again = web_once(web, "POST", "/api/things", WRITE_7 "Idempotency-Key: k1\r\n", body);
	assert_int_equal(again.status, 201);
	assert_string_equal(answer_header(&again, "Idempotent-Replayed"), "true");
	assert_non_null(strstr(again.body, "\"secret\":null"));
	assert_memory_equal(strstr(first.body, "\"id\":"), strstr(again.body, "\"id\":"), 10);
	answer_free(&first);
	answer_free(&again);
	assert_int_equal(web_count(web, "SELECT count(*) FROM item"), 1);
	assert_int_equal(web_count(web, "SELECT count(*) FROM idempotency WHERE reply LIKE '%hunter2%'"), 0);

	web_expect(web, "POST", "/api/things", WRITE_7 "Idempotency-Key: k1\r\n", "{\"name\":\"other\"}", 422,
		   "idempotency_mismatch");
	web_expect(web, "POST", "/api/things", "Cookie: theodoi_session=user-8\r\nX-CSRF-Token: csrf-8\r\n"
		   "Content-Type: application/json\r\nIdempotency-Key: k1\r\n", "{\"name\":\"other\"}", 201, NULL);
	/* What failed may be tried again. */
	web_expect(web, "POST", "/api/things", WRITE_7 "Idempotency-Key: k2\r\n", "{\"name\":\"other\"}", 409,
		   "duplicate");
	web_expect(web, "POST", "/api/things", WRITE_7 "Idempotency-Key: k2\r\n", "{\"name\":\"third\"}", 201, NULL);
}

static void a_slow_preparation_holds_nobody_up(void **state)
{
	struct web *web = web_of(state);
	int slow = web_connect(web);
	static const char body[] = "{\"name\":\"slow\",\"amount\":600}";
	uint64_t start = monotonic_us();
	struct answer answer;

	web_ask(slow, "POST", "/api/slow", WRITE_7, body, strlen(body));
	for (int i = 0; i < 50; i++)
		web_expect(web, "GET", "/api/echo", "", NULL, 200, NULL);
	assert_true(monotonic_us() - start < 600000);
	answer = web_answer(slow, false);
	assert_int_equal(answer.status, 204);
	assert_int_equal(web_count(web, "SELECT count(*) FROM item WHERE name = 'slow'"), 1);
	answer_free(&answer);
	close(slow);
}

static void shared_replies_hold_until_the_next_commit(void **state)
{
	struct web *web = web_of(state);
	struct answer first, second;
	char etag[128], header[256];

	atomic_store(&shared_runs, 0);
	first = web_once(web, "GET", "/api/shared", AS_7, NULL);
	second = web_once(web, "GET", "/api/shared", AS_7, NULL);
	assert_int_equal(first.status, 200);
	assert_string_equal(first.body, second.body);
	assert_non_null(strstr(first.body, "\"run\":1,"));
	assert_string_equal(answer_header(&first, "Cache-Control"), "private, no-cache");
	answer_copy(&first, "ETag", etag, sizeof(etag));
	answer_free(&second);

	snprintf(header, sizeof(header), AS_7 "If-None-Match: %s\r\n", etag);
	web_expect(web, "GET", "/api/shared", header, NULL, 304, NULL);
	second = web_once(web, "GET", "/api/shared", AS_7 "Accept-Encoding: gzip\r\n", NULL);
	assert_string_equal(answer_header(&second, "Content-Encoding"), "gzip");
	assert_true(second.length < first.length / 4);
	answer_free(&second);
	/* The same digest of scope, and another one. */
	web_expect(web, "GET", "/api/shared", "Cookie: theodoi_session=user-9\r\n", NULL, 200, NULL);
	assert_int_equal(atomic_load(&shared_runs), 1);
	web_expect(web, "GET", "/api/shared", "Cookie: theodoi_session=user-8\r\n", NULL, 200, NULL);
	assert_int_equal(atomic_load(&shared_runs), 2);
	web_expect(web, "GET", "/api/shared?lang=en", AS_7, NULL, 200, NULL);
	assert_int_equal(atomic_load(&shared_runs), 3);

	web_expect(web, "POST", "/api/things", WRITE_7, "{\"name\":\"new\"}", 201, NULL);
	second = web_once(web, "GET", "/api/shared", AS_7, NULL);
	assert_non_null(strstr(second.body, "\"run\":4,"));
	assert_string_not_equal(answer_header(&second, "ETag"), etag);
	answer_free(&first);
	answer_free(&second);
}

static void queries_and_headers_pass(void **state)
{
	struct web *web = web_of(state);
	struct answer answer = web_once(web, "GET", "/api/echo?q=Hu%C3%AA%CC%81+1&limit=99&lang=en", "", NULL);

	assert_int_equal(answer.status, 200);
	assert_string_equal(answer.body,
			    "{\"q\":\"Hu\xe1\xba\xbf 1\",\"limit\":50,\"lang\":\"en\",\"address\":\"127.0.0.1\"}");
	assert_null(answer_header(&answer, "X-Bad"));
	assert_string_equal(answer_header(&answer, "X-Good"), "yes");
	assert_string_equal(answer_header(&answer, "Set-Cookie"),
			    "name=value; Max-Age=60; Path=/; HttpOnly; SameSite=Strict");
	assert_string_equal(answer_header(&answer, "X-Content-Type-Options"), "nosniff");
	assert_string_equal(answer_header(&answer, "Referrer-Policy"), "no-referrer");
	assert_non_null(strstr(answer_header(&answer, "Content-Security-Policy"), "default-src 'none'"));
	answer_free(&answer);
	answer = web_once(web, "GET", "/api/echo", "Accept-Language: en-GB,vi;q=0.5\r\n"
			  "X-Forwarded-For: 203.0.113.9\r\n", NULL);
	assert_non_null(strstr(answer.body, "\"lang\":\"en\",\"address\":\"127.0.0.1\""));
	answer_free(&answer);
}

static void files_are_sent_as_attachments(void **state)
{
	struct web *web = web_of(state);
	struct answer answer = web_once(web, "GET", "/api/file?q=b%C3%A1o%20c%22%0A.pdf", "", NULL);

	assert_int_equal(answer.status, 200);
	assert_string_equal(answer.body, "evidence");
	assert_string_equal(answer_header(&answer, "Content-Type"), "application/pdf");
	assert_string_equal(answer_header(&answer, "Content-Disposition"),
			    "attachment; filename=\"b_o c__.pdf\"; filename*=UTF-8''b%C3%A1o%20c%22%0A.pdf");
	assert_non_null(strstr(answer_header(&answer, "Content-Security-Policy"), "sandbox"));
	answer_free(&answer);
}

static void uploads_are_spooled_and_removed(void **state)
{
	struct web *web = web_of(state);
	static char file[100001];
	char digest[SHA256_HEX_MAX];
	int fd = web_connect(web);
	struct answer answer;

	memset(file, 'x', sizeof(file));
	web_ask(fd, "POST", "/api/files", WRITE_7 "X-File-Name: b%C3%A1o.pdf\r\n", file, 100000);
	answer = web_answer(fd, false);
	assert_int_equal(answer.status, 201);
	assert_non_null(strstr(answer.body, "\"name\":\"b\xc3\xa1o.pdf\""));
	assert_non_null(strstr(answer.body, sha256_hex(file, 100000, digest)));
	assert_non_null(strstr(answer.body, "\"size\":100000"));
	answer_free(&answer);

	/* One byte too many: read to its end and refused, the connection still good. */
	web_ask(fd, "POST", "/api/files", WRITE_7, file, 100001);
	answer = web_answer(fd, false);
	assert_int_equal(answer.status, 413);
	answer_free(&answer);
	web_ask(fd, "POST", "/api/files", "X-File-Name: a\r\n", file, 100000);
	answer = web_answer(fd, false);
	assert_int_equal(answer.status, 401);
	answer_free(&answer);
	close(fd);
	assert_int_equal(web_spooled(web), 0);

	/* Ended in the middle. */
	fd = web_connect(web);
	web_send(fd, "POST /api/files HTTP/1.1\r\nHost: test\r\n" WRITE_7 "Content-Length: 90000\r\n\r\n12345",
		 strlen("POST /api/files HTTP/1.1\r\nHost: test\r\n" WRITE_7 "Content-Length: 90000\r\n\r\n12345"));
	for (int i = 0; i < 500 && web_spooled(web) == 0; i++)
		sleep_ms(10);
	assert_int_equal(web_spooled(web), 1);
	close(fd);
	for (int i = 0; i < 500 && web_spooled(web) > 0; i++)
		sleep_ms(10);
	assert_int_equal(web_spooled(web), 0);
}

static void bodies_have_a_limit(void **state)
{
	struct web *web = web_of(state);
	static char body[BODY_DEFAULT + 1];
	int fd = web_connect(web);
	struct answer answer;

	memset(body, ' ', sizeof(body));
	memcpy(body, "{\"name\":\"a\"}", 12);
	web_ask(fd, "POST", "/api/things", WRITE_7, body, BODY_DEFAULT);
	answer = web_answer(fd, false);
	assert_int_equal(answer.status, 201);
	answer_free(&answer);
	web_ask(fd, "POST", "/api/things", WRITE_7, body, sizeof(body));
	answer = web_answer(fd, false);
	assert_int_equal(answer.status, 413);
	assert_non_null(strstr(answer.body, "64 KB"));
	answer_free(&answer);
	close(fd);

	/* In chunks of which nobody said how many there are. */
	fd = web_connect(web);
	web_ask(fd, "POST", "/api/things", WRITE_7 "Transfer-Encoding: chunked\r\n", NULL, 0);
	for (int i = 0; i < 20; i++) {
		web_send(fd, "2000\r\n", 6);
		web_send(fd, body, 0x2000);
		web_send(fd, "\r\n", 2);
	}
	web_send(fd, "0\r\n\r\n", 5);
	answer = web_answer(fd, false);
	assert_int_equal(answer.status, 413);
	answer_free(&answer);
	close(fd);

	/* Told before it is sent. */
	fd = web_connect(web);
	web_ask(fd, "POST", "/api/things", WRITE_7 "Expect: 100-continue\r\nContent-Length: 100000\r\n", NULL, 0);
	answer = web_answer(fd, false);
	assert_int_equal(answer.status, 413);
	assert_string_equal(answer_header(&answer, "Connection"), "close");
	answer_free(&answer);
	close(fd);
	fd = web_connect(web);
	web_ask(fd, "POST", "/api/things", WRITE_7 "Content-Length: 999999999\r\n", NULL, 0);
	answer = web_answer(fd, false);
	assert_int_equal(answer.status, 413);
	answer_free(&answer);
	close(fd);
}

static void heads_have_a_limit(void **state)
{
	struct web *web = web_of(state);
	static char headers[20000];
	struct answer answer;
	size_t used = 0;

	for (int i = 0; i < 8; i++)
		used += (size_t)snprintf(headers + used, sizeof(headers) - used, "X-Long-%d: %0990d\r\n", i, i);
	web_expect(web, "GET", "/api/echo", headers, NULL, 200, NULL);
	for (int i = 8; i < 18; i++)
		used += (size_t)snprintf(headers + used, sizeof(headers) - used, "X-Long-%d: %0990d\r\n", i, i);
	answer = web_once(web, "GET", "/api/echo", headers, NULL);
	assert_int_equal(answer.status, 431);
	answer_free(&answer);
}

static void a_connection_is_kept(void **state)
{
	struct web *web = web_of(state);
	int fd = web_connect(web);
	struct answer answer;
	char body[64];

	for (int i = 0; i < 20; i++) {
		snprintf(body, sizeof(body), "{\"name\":\"n%d\"}", i);
		web_ask(fd, "POST", "/api/things", WRITE_7, body, strlen(body));
		answer = web_answer(fd, false);
		assert_int_equal(answer.status, 201);
		answer_free(&answer);
		web_ask(fd, "GET", "/api/echo", "", NULL, 0);
		answer = web_answer(fd, false);
		assert_int_equal(answer.status, 200);
		answer_free(&answer);
	}
	close(fd);
}

static void a_client_may_leave_while_its_write_waits(void **state)
{
	struct web *web = web_of(state);
	char body[64];

	for (int i = 0; i < 50; i++) {
		int fd = web_connect(web);

		snprintf(body, sizeof(body), "{\"name\":\"gone %d\",\"amount\":10}", i);
		web_ask(fd, "POST", i % 2 ? "/api/things" : "/api/slow", WRITE_7, body, strlen(body));
		close(fd);
	}
	for (int i = 0; i < 500 && web_count(web, "SELECT count(*) FROM item") < 50; i++)
		sleep_ms(10);
	assert_int_equal(web_count(web, "SELECT count(*) FROM item"), 50);
}

static void documents_are_served(void **state)
{
	struct web *web = web_of(state);
	struct answer answer = web_once(web, "GET", "/api/openapi.json", "", NULL);
	struct arena *mem = arena_new(0);
	struct error err = { .code = ERR_none };
	json_t *document = json_parse(mem, answer.body, answer.length, &err);
	char etag[64], header[128];

	assert_non_null(document);
	assert_string_equal(json_get_text(document, "openapi"), "3.1.0");
	assert_non_null(json_object_get(json_object_get(document, "paths"), "/api/things/{id}"));
	assert_null(json_object_get(json_object_get(document, "paths"), "/metrics"));
	answer_copy(&answer, "ETag", etag, sizeof(etag));
	snprintf(header, sizeof(header), "If-None-Match: %s\r\n", etag);
	web_expect(web, "GET", "/api/openapi.json", header, NULL, 304, NULL);
	answer_free(&answer);
	arena_free(mem);
	answer = web_once(web, "GET", "/api/docs", "", NULL);
	assert_int_equal(answer.status, 200);
	assert_non_null(strstr(answer.body, "id=\"not_found\""));
	assert_null(strstr(answer.body, "<script"));
	answer_free(&answer);
	web_expect(web, "GET", "/healthz", "", NULL, 200, NULL);
	answer = web_once(web, "GET", "/metrics", "", NULL);
	assert_non_null(strstr(answer.body, "theodoi_http_requests_total{method=\"GET\",route=\"/api/docs\",status=\"2xx\"} 1"));
	answer_free(&answer);
}

static void a_proxy_tells_the_address(void **state)
{
	struct web *web = web_of(state);
	static const struct {
		const char *header, *address;
	} cases[] = {
		{ "", "127.0.0.1" },
		{ "X-Forwarded-For: 203.0.113.9\r\n", "203.0.113.9" },
		{ "X-Forwarded-For: 10.0.0.1, 203.0.113.9\r\n", "203.0.113.9" },
		{ "X-Forwarded-For: 2001:db8::7\r\n", "2001:db8::7" },
		{ "X-Forwarded-For: nonsense\r\n", "127.0.0.1" },
	};
	char wanted[128];

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct answer answer = web_once(web, "GET", "/api/echo", cases[i].header, NULL);

		snprintf(wanted, sizeof(wanted), "\"address\":\"%s\"", cases[i].address);
		assert_non_null(strstr(answer.body, wanted));
		assert_non_null(strstr(answer_header(&answer, "Set-Cookie"), "; Secure"));
		answer_free(&answer);
	}
}

/* Sends until it is refused; how many went through. */
static int until_refused(struct web *web, const char *path, const char *headers)
{
	int fd = web_connect(web), count = 0;
	struct answer answer;

	for (; count < 20000; count++) {
		web_ask(fd, "GET", path, headers, NULL, 0);
		answer = web_answer(fd, false);
		if (answer.status == 429)
			break;
		assert_true(answer.status == 200 || answer.status == 401);
		answer_free(&answer);
	}
	assert_non_null(strstr(answer.body, "too_many_requests"));
	assert_true(strtol(answer_header(&answer, "Retry-After"), NULL, 10) >= 1);
	answer_free(&answer);
	close(fd);
	return count;
}

static void rates_are_limited_per_account_and_address(void **state)
{
	struct web *web = web_of(state);
	int count = until_refused(web, "/api/export", AS_7);

	assert_in_range(count, 20, 30);
	web_expect(web, "GET", "/api/export", AS_7, NULL, 429, "too_many_requests");
	web_expect(web, "GET", "/api/shared", AS_7, NULL, 200, NULL);
	web_expect(web, "GET", "/api/export", "Cookie: theodoi_session=user-8\r\n", NULL, 200, NULL);
	count = until_refused(web, "/api/export", "X-Forwarded-For: 203.0.113.9\r\n");
	assert_in_range(count, 100, 160);
	web_expect(web, "GET", "/api/export", "X-Forwarded-For: 203.0.113.10\r\n", NULL, 401, "not_signed_in");
}

static atomic_bool writer_held;

static bool hold_writer(struct call *c, void *arg)
{
	(void)c;
	(void)arg;
	while (atomic_load(&writer_held))
		sleep_ms(1);
	return true;
}

static void forget_job(struct write_job *job, bool ok)
{
	(void)job;
	(void)ok;
}

static void reading_gives_way_while_too_much_waits_for_the_writer(void **state)
{
	enum { JOBS = 2500 };
	struct web *web = web_of(state);
	struct write_job *jobs = calloc(JOBS, sizeof(*jobs));
	struct error err = { .code = ERR_none };
	struct call c = { .mem = web->db->mem, .err = &err };

	atomic_store(&writer_held, true);
	for (int i = 0; i < JOBS; i++) {
		jobs[i] = (struct write_job){ .act = hold_writer, .call = &c, .done = forget_job };
		assert_true(writer_submit(web->db->store, &jobs[i]));
	}
	for (int i = 0; i < 500 && !atomic_load(&web->server->shedding); i++)
		sleep_ms(10);
	web_expect(web, "GET", "/api/shared", AS_7, NULL, 503, "unavailable");
	web_expect(web, "GET", "/api/export", AS_7, NULL, 503, "unavailable");
	web_expect(web, "GET", "/api/my-entry", AS_7, NULL, 200, NULL);
	web_expect(web, "GET", "/healthz", "", NULL, 200, NULL);
	atomic_store(&writer_held, false);
	for (int i = 0; i < 500 && atomic_load(&web->server->shedding); i++)
		sleep_ms(10);
	web_expect(web, "GET", "/api/shared", AS_7, NULL, 200, NULL);
	web_expect(web, "POST", "/api/things", WRITE_7, "{\"name\":\"last\"}", 201, NULL);
	free(jobs);
}

/* The page of the web application carries the nonce that its policy names, a new one each time. */
static void a_page_has_a_nonce_of_its_own(void **state)
{
	struct web *web = web_of(state);
	struct answer first, second;
	char policy[2048], nonce[128] = "";
	const char *at;

	if (!embedded_find("web/dist/index.html")) {
		web_expect(web, "GET", "/", "Accept: text/html\r\n", NULL, 404, "not_found");
		return;
	}
	first = web_once(web, "GET", "/overview/66", "Accept: text/html,*/*\r\n", NULL);
	second = web_once(web, "GET", "/overview/66", "Accept: text/html,*/*\r\n", NULL);
	assert_int_equal(first.status, 200);
	answer_copy(&first, "Content-Security-Policy", policy, sizeof(policy));
	at = strstr(policy, "'nonce-");
	assert_non_null(at);
	memcpy(nonce, at + 7, strcspn(at + 7, "'"));
	assert_int_equal(strlen(nonce), TOKEN_TEXT_MAX - 1);
	assert_non_null(strstr(first.body, nonce));
	assert_null(strstr(first.body, "__CSP_NONCE__"));
	assert_null(strstr(second.body, nonce));
	assert_null(answer_header(&first, "ETag"));
	answer_free(&first);
	answer_free(&second);
	web_expect(web, "GET", "/assets/none.js", "Accept: */*\r\n", NULL, 404, "not_found");
}

#define BOTH(test) \
	cmocka_unit_test_setup_teardown(test, setup_sqlite, teardown), \
	{ #test " (postgres)", test, setup_postgres, teardown, NULL }

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(refusals_have_their_status, setup_sqlite, teardown),
		BOTH(writes_come_back_after_the_commit),
		BOTH(failed_writes_leave_nothing_and_refused_ones_what_they_wrote),
		BOTH(repeats_get_the_first_answer),
		cmocka_unit_test_setup_teardown(a_slow_preparation_holds_nobody_up, setup_sqlite, teardown),
		BOTH(shared_replies_hold_until_the_next_commit),
		cmocka_unit_test_setup_teardown(queries_and_headers_pass, setup_sqlite, teardown),
		cmocka_unit_test_setup_teardown(files_are_sent_as_attachments, setup_sqlite, teardown),
		cmocka_unit_test_setup_teardown(uploads_are_spooled_and_removed, setup_sqlite, teardown),
		cmocka_unit_test_setup_teardown(bodies_have_a_limit, setup_sqlite, teardown),
		cmocka_unit_test_setup_teardown(heads_have_a_limit, setup_sqlite, teardown),
		cmocka_unit_test_setup_teardown(a_connection_is_kept, setup_sqlite, teardown),
		BOTH(a_client_may_leave_while_its_write_waits),
		cmocka_unit_test_setup_teardown(a_proxy_tells_the_address, setup_behind_proxy, teardown),
		cmocka_unit_test_setup_teardown(rates_are_limited_per_account_and_address, setup_behind_proxy, teardown),
		cmocka_unit_test_setup_teardown(reading_gives_way_while_too_much_waits_for_the_writer, setup_sqlite, teardown),
		cmocka_unit_test_setup_teardown(a_page_has_a_nonce_of_its_own, setup_sqlite, teardown),
		cmocka_unit_test_setup_teardown(documents_are_served, setup_sqlite, teardown),
	};

	crypto_init();
	log_level_set(LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
