#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/log.h"
#include "child/child.h"

/* The parent's side: starts the child, takes what it says, and ends it when it takes too long. */

static bool fails(struct error *err, const char *what)
{
	return error_internal(err, "child: %s: %s", what, strerrordesc_np(errno));
}

/* posix_spawn takes words it may write to. */
static char **words_copied(struct arena *mem, const char *const *words)
{
	size_t count = 0;
	char **copy;

	while (words && words[count])
		count++;
	copy = ARENA_ARRAY(mem, char *, count + 1);
	for (size_t i = 0; i < count; i++)
		copy[i] = arena_strdup(mem, words[i]);
	return copy;
}

static int set_files(posix_spawn_file_actions_t *actions, int input, int pipe_end)
{
	int problem = posix_spawn_file_actions_adddup2(actions, input, 0);

	if (!problem)
		problem = posix_spawn_file_actions_adddup2(actions, pipe_end, 1);
	if (!problem)
		problem = posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0);
	return problem;
}

static int set_signals(posix_spawnattr_t *attributes)
{
	sigset_t none, standard;
	int problem;

	sigemptyset(&none);
	sigemptyset(&standard);
	sigaddset(&standard, SIGTERM);
	sigaddset(&standard, SIGINT);
	sigaddset(&standard, SIGPIPE);
	problem = posix_spawnattr_setsigmask(attributes, &none);
	if (!problem)
		problem = posix_spawnattr_setsigdefault(attributes, &standard);
	if (!problem)
		problem = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	return problem;
}

static bool start(const struct child_job *job, struct arena *mem, int pipe_end, pid_t *child, struct error *err)
{
	char **arguments = words_copied(mem, job->arguments), **environment = words_copied(mem, job->environment);
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int problem;

	if (posix_spawn_file_actions_init(&actions))
		return fails(err, "spawn actions");
	if (posix_spawnattr_init(&attributes)) {
		posix_spawn_file_actions_destroy(&actions);
		return fails(err, "spawn attributes");
	}
	problem = set_files(&actions, job->input, pipe_end);
	if (!problem)
		problem = set_signals(&attributes);
	if (!problem)
		problem = posix_spawn(child, job->program, &actions, &attributes, arguments, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (!problem)
		return true;
	errno = problem;
	return fails(err, "cannot be started");
}

static int64_t monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum hearing { HEARD, HEARD_TOO_MUCH, HEARD_TOO_LATE, HEARD_ENOUGH };

/* Everything the child says, until it ends. */
static enum hearing listen_to(const struct child_job *job, int pipe_end, struct buf *said)
{
	int64_t until = monotonic_ms() + job->patience_ms;
	char chunk[16384];

	for (;;) {
		struct pollfd wait = { .fd = pipe_end, .events = POLLIN };
		int64_t left = until - monotonic_ms();
		int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
		ssize_t got;
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return HEARD_TOO_LATE;
		got = read(pipe_end, chunk, sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0 ? HEARD : HEARD_TOO_LATE;
		buf_add(said, chunk, (size_t)got);
		if (said->overflow)
			return HEARD_TOO_MUCH;
		if (job->heard && !job->heard(job->arg))
			return HEARD_ENOUGH;
	}
}

static int end_child(pid_t child, bool kill_it)
{
	int status = 0;

	if (kill_it)
		kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static enum child_end judge(enum hearing hearing, int status, struct error *err)
{
	static const char *const words[] = { NULL, "said too much", "late", "stopped" };

	if (hearing == HEARD_ENOUGH)
		return CHILD_STOPPED;
	if (hearing == HEARD && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return CHILD_DONE;
	LOG(LOG_WARN, "child",
	    LOG_TEXT("ended", hearing != HEARD       ? words[hearing]
			      : WIFSIGNALED(status) ? "signal"
						    : "status"),
	    LOG_INT("number", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)));
	if (hearing != HEARD || !WIFEXITED(status))
		return CHILD_KILLED;
	error_internal(err, "child: ended with %d", WEXITSTATUS(status));
	return CHILD_FAILED;
}

bool child_run(const struct child_job *job, struct buf *said, enum child_end *end, struct error *err)
{
	enum hearing hearing;
	int ends[2];
	pid_t child = 0;

	if (pipe2(ends, O_CLOEXEC))
		return fails(err, "pipe");
	if (!start(job, said->mem, ends[1], &child, err)) {
		close(ends[0]);
		close(ends[1]);
		return false;
	}
	close(ends[1]);
	hearing = listen_to(job, ends[0], said);
	close(ends[0]);
	*end = judge(hearing, end_child(child, hearing != HEARD), err);
	return true;
}
