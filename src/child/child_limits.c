#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "child/child.h"

/* The child's side: what it may use, and its two descriptors. */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static bool limit(int resource, rlim_t most)
{
	struct rlimit value = { most, most };

	return !setrlimit(resource, &value);
}

static bool set_limits(const struct child_limits *limits)
{
	/* Sanitizers reserve terabytes of addresses. */
	return limit(RLIMIT_CPU, (rlim_t)limits->cpu_seconds) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) &&
	       limit(RLIMIT_NOFILE, 3) && limit(RLIMIT_NPROC, 0) &&
	       (SANITIZED || limit(RLIMIT_AS, (rlim_t)limits->memory));
}

/* What reading from memory needs; abort() included, so that a defect is seen as one. */
static const int allowed[] = {
	SCMP_SYS(read),	     SCMP_SYS(write),	       SCMP_SYS(exit),	     SCMP_SYS(exit_group),
	SCMP_SYS(brk),	     SCMP_SYS(munmap),	       SCMP_SYS(mremap),     SCMP_SYS(madvise),
	SCMP_SYS(futex),     SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(getpid),    SCMP_SYS(gettid),	       SCMP_SYS(tgkill),     SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime),
};

/* Asked by libraries on their way; refused without harm. */
static const int asked[] = {
	SCMP_SYS(open),	   SCMP_SYS(openat), SCMP_SYS(stat),  SCMP_SYS(newfstatat),	SCMP_SYS(statx),
	SCMP_SYS(lstat),   SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
	SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
};
static const int harmless[] = {
	SCMP_SYS(close),	 SCMP_SYS(fstat),	   SCMP_SYS(lseek),	 SCMP_SYS(gettimeofday),
	SCMP_SYS(sched_yield),	 SCMP_SYS(sched_getaffinity), SCMP_SYS(getrusage), SCMP_SYS(times),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(uname),	   SCMP_SYS(sysinfo),	 SCMP_SYS(getuid),
	SCMP_SYS(geteuid),	 SCMP_SYS(getgid),	   SCMP_SYS(getegid),
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool add_all(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count)
{
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++)
		ok = !seccomp_rule_add(filter, action, calls[i], 0);
	return ok;
}

/* Memory, but none that can be executed. */
static bool allow_memory(scmp_filter_ctx filter)
{
	return !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
				 SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) &&
	       !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
				 SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

static bool set_filter(bool may_ask_files)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool ok = filter && add_all(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed)) && allow_memory(filter);

	if (ok && may_ask_files)
		ok = add_all(filter, SCMP_ACT_ERRNO(ENOENT), asked, COUNT(asked)) &&
		     add_all(filter, SCMP_ACT_ALLOW, harmless, COUNT(harmless));
	ok = ok && !seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return ok;
}

/* Not having it done harms nobody. */
static void go_first_when_memory_is_short(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, "1000", 4) < 0)
		errno = 0;
	close(fd);
}

bool child_give_up(const struct child_limits *limits)
{
	/* libzip asks for the local time of each part; a zone that is known by now needs no file later. */
	if (setenv("TZ", "UTC0", 1))
		return false;
	tzset();
	go_first_when_memory_is_short();
	if (close_range(3, ~0U, 0) || prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0) ||
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return false;
	/* A sanitizer's own calls are its maker's affair; the program people run is built without. */
	return set_limits(limits) && (SANITIZED || set_filter(limits->may_ask_files));
}

bool child_read_input(struct buf *in)
{
	char chunk[16384];
	ssize_t got;

	while ((got = read(0, chunk, sizeof(chunk))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		buf_add(in, chunk, (size_t)got);
		if (in->overflow)
			return false;
	}
	return true;
}

bool child_write(const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t wrote = write(1, at, size);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return false;
		at += wrote;
		size -= (size_t)wrote;
	}
	return true;
}
