#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/log.h"
#include "sheet/sheet.h"
#include "sheet/sheet_wire.h"

/* The parent's side of sheet_read: starts the child, takes what it says, and ends it when it takes too long.
 */
enum { PATIENCE_MS = 20000, SCRATCH_MAX = 192 << 20 };

static bool fails(struct error *err, const char *what)
{
	return error_internal(err, "sheet: %s: %s", what, strerrordesc_np(errno));
}

/* This program with the file on 0, the pipe on 1 and nothing else. */
static bool start(int file, int pipe_end, pid_t *child, struct error *err)
{
	char program[] = "/proc/self/exe", command[] = SHEET_CHILD_COMMAND;
	char *arguments[] = { program, command, NULL }, *environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, standard;
	int problem;

	sigemptyset(&none);
	sigemptyset(&standard);
	sigaddset(&standard, SIGTERM);
	sigaddset(&standard, SIGINT);
	sigaddset(&standard, SIGPIPE);
	if (posix_spawn_file_actions_init(&actions))
		return fails(err, "spawn actions");
	if (posix_spawnattr_init(&attributes)) {
		posix_spawn_file_actions_destroy(&actions);
		return fails(err, "spawn attributes");
	}
	problem = posix_spawn_file_actions_adddup2(&actions, file, 0);
	if (!problem)
		problem = posix_spawn_file_actions_adddup2(&actions, pipe_end, 1);
	if (!problem)
		problem = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	if (!problem)
		problem = posix_spawnattr_setsigmask(&attributes, &none);
	if (!problem)
		problem = posix_spawnattr_setsigdefault(&attributes, &standard);
	if (!problem)
		problem =
			posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	if (!problem)
		problem = posix_spawn(child, program, &actions, &attributes, arguments, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (!problem)
		return true;
	errno = problem;
	fails(err, "the child cannot be started");
	return false;
}

static int64_t monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Everything the child says, until it ends; false when it takes too long or says too much. */
static bool listen_to(int pipe_end, struct buf *said)
{
	int64_t until = monotonic_ms() + PATIENCE_MS;
	char chunk[16384];

	for (;;) {
		struct pollfd wait = { .fd = pipe_end, .events = POLLIN };
		int64_t left = until - monotonic_ms();
		int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
		ssize_t got;
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return false;
		got = read(pipe_end, chunk, sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0;
		buf_add(said, chunk, (size_t)got);
		if (said->overflow)
			return false;
	}
}

static int end_child(pid_t child, bool kill_it)
{
	int status = 0;

	if (child <= 0)
		return -1;
	if (kill_it)
		kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static bool judge(struct arena *mem, const struct buf *said, bool heard, int status, struct sheet *out,
		  struct error *err)
{
	if (heard && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return wire_read(mem, said->mem, said->data, said->length, out, err);
	LOG(LOG_WARN, "sheet_child",
		LOG_TEXT("ended", !heard                ? "late"
			      : WIFSIGNALED(status) ? "signal"
						    : "status"),
	    LOG_INT("number", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)));
	if (heard && WIFEXITED(status))
		return error_internal(err, "sheet: the child ended with %d", WEXITSTATUS(status));
	/* It was killed: by the filter, by a limit, or by us. The file is at fault. */
	return error_set(err, ERR_sheet_unreadable, NULL, NULL);
}

static bool read_by_child(struct arena *mem, int file, struct sheet *out, struct error *err)
{
	struct arena *scratch;
	struct buf said;
	int ends[2], status;
	pid_t child = 0;
	bool heard, ok;

	if (pipe2(ends, O_CLOEXEC))
		return fails(err, "pipe");
	if (!start(file, ends[1], &child, err)) {
		close(ends[0]);
		close(ends[1]);
		return false;
	}
	close(ends[1]);
	scratch = arena_new(SCRATCH_MAX);
	buf_init(&said, scratch, WIRE_MAX);
	heard = listen_to(ends[0], &said);
	close(ends[0]);
	status = end_child(child, !heard);
	ok = judge(mem, &said, heard, status, out, err);
	arena_free(scratch);
	return ok;
}

bool sheet_read(struct arena *mem, const char *path, struct sheet *out, struct error *err)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool ok;

	if (file < 0)
		return fails(err, "open of an upload");
	ok = read_by_child(mem, file, out, err);
	close(file);
	return ok;
}
