#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "sheet/sheet.h"
#include "sheet/sheet_wire.h"

/*
 * The child's side of sheet_read. Before the first byte of the file is looked
 * at, the process gives up everything but reading descriptor 0, writing
 * descriptor 1 and memory of its own.
 */
enum { CPU_SECONDS = 10, SHEET_ARENA = 128 << 20, STARTED_WRONG = 3, TOLD_NOTHING = 4 };
#define MEMORY_MAX ((rlim_t)512 << 20)

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

static bool set_limits(void)
{
	/* Sanitizers reserve terabytes of addresses. */
	return limit(RLIMIT_CPU, CPU_SECONDS) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) &&
	       limit(RLIMIT_NOFILE, 3) && limit(RLIMIT_NPROC, 0) &&
	       (SANITIZED || limit(RLIMIT_AS, MEMORY_MAX));
}

/* What reading from memory needs; abort() included, so that a defect is seen as one. */
static const int allowed[] = {
	SCMP_SYS(read),	     SCMP_SYS(write),	       SCMP_SYS(exit),	     SCMP_SYS(exit_group),
	SCMP_SYS(brk),	     SCMP_SYS(munmap),	       SCMP_SYS(mremap),     SCMP_SYS(madvise),
	SCMP_SYS(futex),     SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(getpid),    SCMP_SYS(gettid),	       SCMP_SYS(tgkill),     SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime),
};

/* Memory, but none that can be executed. */
static bool allow_memory(scmp_filter_ctx filter)
{
	return !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
				 SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) &&
	       !seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
				 SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

static bool set_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool ok = filter != NULL;

	for (size_t i = 0; ok && i < sizeof(allowed) / sizeof(allowed[0]); i++)
		ok = !seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	ok = ok && allow_memory(filter) && !seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return ok;
}

static bool give_up_rights(void)
{
	/* libzip asks for the local time of each part; a zone that is known by now needs no file later. */
	if (setenv("TZ", "UTC0", 1))
		return false;
	tzset();
	if (close_range(3, ~0U, 0) || prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0) ||
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return false;
	/* A sanitizer's own calls are its maker's affair; the program people run is built without. */
	return set_limits() && (SANITIZED || set_filter());
}

static bool read_input(struct buf *in)
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

static bool write_output(const struct buf *out)
{
	size_t done = 0;

	while (done < out->length) {
		ssize_t wrote = write(1, out->data + done, out->length - done);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return false;
		done += (size_t)wrote;
	}
	return true;
}

static int answer(void)
{
	struct error err = { .code = ERR_none };
	struct arena *mem;
	struct buf in, out;
	struct sheet sheet;

	if (!give_up_rights())
		return STARTED_WRONG;
	mem = arena_new(SHEET_ARENA);
	buf_init(&in, mem, SHEET_FILE_MAX + 1);
	buf_init(&out, mem, WIRE_MAX);
	if (!read_input(&in))
		error_set(&err, ERR_sheet_too_large, NULL, NULL);
	else if (sheet_read_bytes(mem, in.data, in.length, &sheet, &err) && !wire_write(&out, &sheet))
		error_set(&err, ERR_sheet_too_large, NULL, NULL);
	if (err.code != ERR_none) {
		buf_clear(&out);
		wire_write_error(&out, &err);
	}
	if (!write_output(&out))
		return TOLD_NOTHING;
	arena_free(mem);
	return 0;
}

void sheet_child_run(void)
{
	/* Without exit's handlers: they are of libraries that may want what was given up. */
	_exit(answer());
}
