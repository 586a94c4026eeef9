#include "http/compress.h"

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#define ZLIB_CONST
#include <zlib.h>

static pthread_key_t state_key;
static pthread_once_t state_once = PTHREAD_ONCE_INIT;

static void state_free(void *arg)
{
	deflateEnd(arg);
	free(arg);
}

static void state_key_make(void)
{
	pthread_key_create(&state_key, state_free);
}

/*
 * A deflate state takes 260 KB to set up: one per thread, reset for each reply. The next level takes 2.5 times as long
 * for 3 % less.
 */
static z_stream *state_get(void)
{
	enum { LEVEL = 3, GZIP_WINDOW = 15 + 16, MEMORY = 8 };
	z_stream *state;

	pthread_once(&state_once, state_key_make);
	state = pthread_getspecific(state_key);
	if (state)
		return deflateReset(state) == Z_OK ? state : NULL;
	state = calloc(1, sizeof(*state));
	if (!state)
		return NULL;
	if (deflateInit2(state, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
		free(state);
		return NULL;
	}
	if (pthread_setspecific(state_key, state)) {
		state_free(state);
		return NULL;
	}
	return state;
}

size_t compress_gzip(const void *bytes, size_t length, void *out, size_t room)
{
	z_stream *state;

	if (length > UINT_MAX || room > UINT_MAX)
		return 0;
	state = state_get();
	if (!state)
		return 0;
	state->next_in = bytes;
	state->avail_in = (uInt)length;
	state->next_out = out;
	state->avail_out = (uInt)room;
	return deflate(state, Z_FINISH) == Z_STREAM_END ? room - state->avail_out : 0;
}

static bool refused(const char *parameters, size_t length)
{
	const char *q = memmem(parameters, length, "q=0", 3);

	if (!q)
		return false;
	for (q += 3; q < parameters + length; q++)
		if (*q != '.' && *q != '0' && *q != ' ')
			return false;
	return true;
}

bool compress_accepted(const char *accept_encoding, const char *coding)
{
	size_t wanted = strlen(coding), length;
	const char *at = accept_encoding;

	while (at && *at) {
		while (*at == ' ' || *at == ',')
			at++;
		length = strcspn(at, ",");
		if (length >= wanted && !strncasecmp(at, coding, wanted) &&
		    (length == wanted || at[wanted] == ' ' || at[wanted] == ';'))
			return !refused(at + wanted, length - wanted);
		at += length;
	}
	return false;
}
