#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

static bool wrong(const char *option, const char *value)
{
	fprintf(stderr, "theodoi serve: --%s cannot be '%s'\n", option, value);
	return false;
}

/* "127.0.0.1:8057" or "[::1]:8057". */
static bool read_listen(struct config *config, const char *text)
{
	const char *colon = strrchr(text, ':');
	size_t length = colon ? (size_t)(colon - text) : 0;
	int64_t port;

	if (!colon || !text_to_int(colon + 1, 0, 65535, &port))
		return wrong("listen", text);
	if (length >= 2 && text[0] == '[' && text[length - 1] == ']') {
		text++;
		length -= 2;
	}
	if (length == 0 || length >= sizeof(config->address))
		return wrong("listen", text);
	memcpy(config->address, text, length);
	config->address[length] = '\0';
	config->port = (int)port;
	return true;
}

static bool read_number(const char *option, const char *text, int low, int high, int *out)
{
	int64_t value;

	if (!text)
		return true;
	if (!text_to_int(text, low, high, &value))
		return wrong(option, text);
	*out = (int)value;
	return true;
}

static bool read_clock(struct config *config, const char *now, const char *frozen)
{
	const char *text = frozen ? frozen : now;

	if (!text)
		return true;
	config->frozen = frozen != NULL;
	return civil_parse(text, &config->now) || wrong(frozen ? "now-frozen" : "now", text);
}

static bool read_level(const char *text)
{
	static const char *const words[] = { "debug", "info", "warn", "error" };

	for (int i = 0; i < 4; i++) {
		if (!text_equal(text, words[i]))
			continue;
		log_level_set((enum log_level)i);
		return true;
	}
	return wrong("log-level", text);
}

static bool join(char *out, size_t size, const char *before, const char *folder, const char *name)
{
	int length = snprintf(out, size, "%s%s/%s", before, folder, name);

	return (length > 0 && (size_t)length < size) || wrong("data", folder);
}

static bool complete(struct config *config)
{
	if (!join(config->store_room, sizeof(config->store_room), "sqlite:", config->data, "theodoi.db") ||
	    !join(config->key_room, sizeof(config->key_room), "", config->data, "sealing.key") ||
	    !join(config->spool, sizeof(config->spool), "", config->data, "spool"))
		return false;
	if (!config->store)
		config->store = config->store_room;
	if (!config->key_file)
		config->key_file = config->key_room;
	return true;
}

enum options_result config_read(struct config *config, int argc, char **argv)
{
	const char *listen = "127.0.0.1:8057", *threads = NULL, *instance = NULL, *now = NULL, *frozen = NULL;
	const char *level = "info";
	const struct option options[] = {
		{ "store", "URL", "sqlite:/path/theodoi.db or postgres://..., by default in the data folder",
		  &config->store, NULL },
		{ "data", "DIR", "folder of evidence, uploads under way and keys", &config->data, NULL },
		{ "listen", "ADDRESS:PORT", "where to answer; port 0 takes a free one", &listen, NULL },
		{ "threads", "N", "workers; by default as many as cores, at least 4", &threads, NULL },
		{ "key-file", "FILE", "key of sealed values, by default sealing.key in the data folder",
		  &config->key_file, NULL },
		{ "metrics-token-file", "FILE", "token that /metrics asks for, instead of answering loopback only",
		  &config->metrics_token_file, NULL },
		{ "behind-tls", NULL, "a proxy on this machine holds the certificate: secure cookies, X-Forwarded-For",
		  NULL, &config->behind_tls },
		{ "instance", "N", "number of this node among several on one database, 0 to 1023", &instance, NULL },
		{ "demo", NULL, "says that this is a demonstration, whose clock anybody may move", NULL, &config->demo },
		{ "now", "TIME", "starts the clock at this time, 2026-05-16T20:00:00+07:00", &now, NULL },
		{ "now-frozen", "TIME", "the clock stands at this time", &frozen, NULL },
		{ "test-clock", NULL, "POST /api/test/clock moves the clock", NULL, &config->test_clock },
		{ "unlimited", NULL, "no rate limits: for load tests", NULL, &config->unlimited },
		{ "log-level", "LEVEL", "debug, info, warn or error", &level, NULL },
		{ NULL, NULL, NULL, NULL, NULL },
	};
	enum options_result result;

	memset(config, 0, sizeof(*config));
	config->data = "var";
	config->instance = -1;
	result = options_read(options, "Serves the program over HTTP until it is told to stop.", argc, argv);
	if (result != OPTIONS_READ)
		return result;
	if (!read_listen(config, listen) || !read_number("threads", threads, 1, 64, &config->threads) ||
	    !read_number("instance", instance, 0, 1023, &config->instance) ||
	    !read_clock(config, now, frozen) || !read_level(level) || !complete(config))
		return OPTIONS_WRONG;
	return OPTIONS_READ;
}
