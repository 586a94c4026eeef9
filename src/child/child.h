#ifndef CHILD_CHILD_H
#define CHILD_CHILD_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct error;

/*
 * Child processes that read files from outside: the file on descriptor 0, what
 * they found on descriptor 1, nothing else. The parent's side is child_run; the
 * child's is child_give_up before the first byte of the file is looked at.
 */
struct child_job {
	const char *program;                 /* path */
	const char *const *arguments;        /* [0] the program's name; ended by NULL */
	const char *const *environment;      /* "NAME=value"; ended by NULL; NULL: empty */
	int input;                           /* the file, open for reading */
	int patience_ms;                     /* then it is killed */
	bool (*heard)(void *arg);            /* when `said` has grown; false ends the child; may be NULL */
	void *arg;
};

enum child_end {
	CHILD_DONE,    /* status 0 */
	CHILD_FAILED,  /* another status: a defect, or started wrongly; err says */
	CHILD_KILLED,  /* by its filter or a limit, by taking too long or saying too much: the file is at fault */
	CHILD_STOPPED, /* `heard` ended it */
};

/*
 * Runs a child to its end. All it says is in `said`, whose maximum bounds it; to
 * be trusted as little as the file. False when it could not be started.
 */
bool child_run(const struct child_job *job, struct buf *said, enum child_end *end, struct error *err);

struct child_limits {
	int cpu_seconds;
	size_t memory;       /* of addresses, bytes */
	bool may_ask_files;  /* libraries that look for files are told "no such file" instead of being killed */
};

/*
 * Leaves the process reading 0, writing 1 and memory of its own that cannot be
 * executed. It is the first to go when memory is short, and goes with its parent. False: do not go on.
 */
bool child_give_up(const struct child_limits *limits);

/* All of descriptor 0; false when it passes the maximum of `in` or cannot be read. */
bool child_read_input(struct buf *in);

bool child_write(const void *bytes, size_t size);

#endif
