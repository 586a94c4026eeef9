#include "extract/extract.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/text.h"
#include "child/child.h"

/* The parent's side: starts theodoi-extract and trusts nothing of what it says. */
enum { HEAD_MAX = 64 << 10, SCRATCH_MAX = 64 << 20, PATH_ROOM = 1024 };

static const struct kind {
	const char *type, *ending, *word; /* word: of theodoi-extract */
} kinds[] = {
	{ "text/plain", ".txt", "plain" },
	{ "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", "docx" },
	{ "application/pdf", ".pdf", "pdf" },
	{ "image/jpeg", ".jpg", "picture" },
	{ "image/jpeg", ".jpeg", "picture" },
	{ "image/png", ".png", "picture" },
	{ "image/tiff", ".tif", "picture" },
	{ "image/tiff", ".tiff", "picture" },
};

static const struct kind *kind_of(const char *type)
{
	const char *dot = strrchr(type, '.');

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].type, type) || (dot && !strcasecmp(dot, kinds[i].ending)))
			return &kinds[i];
	return NULL;
}

bool extract_takes(const char *type)
{
	return kind_of(type) != NULL;
}

static bool too_large(struct error *err)
{
	char pages[16], pictures[16];

	snprintf(pages, sizeof(pages), "%d", EXTRACT_PAGES_MAX);
	snprintf(pictures, sizeof(pictures), "%d", EXTRACT_PICTURES_MAX);
	return error_set(err, ERR_extract_too_large, NULL, pages, pictures, NULL);
}

/* theodoi-extract lies beside this program (a build), or in ../lib/theodoi (an installation). */
static bool find_program(char *out, struct error *err)
{
	static const char *const places[] = { "", "../lib/theodoi/" };
	char self[PATH_ROOM];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

	while (length > 0 && self[length - 1] != '/')
		length--;
	if (length < 0)
		length = 0;
	self[length] = '\0';
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		int size = snprintf(out, PATH_ROOM, "%s%stheodoi-extract", self, places[i]);
		if (size > 0 && size < PATH_ROOM && !access(out, X_OK))
			return true;
	}
	return error_internal(err, "extract: theodoi-extract is not installed beside %s", self);
}

/* What the child said so far: lines "page", then one line "text" or "error". */
struct hearing {
	const struct extract_progress *progress;
	struct buf said;
	size_t at;             /* of the first line not yet read */
	bool ended;            /* the last line was read; its text follows */
	bool broken;
	int pages;
	bool from_picture;
	size_t length;         /* of the text */
	const char *error;
};

/* The next number of a line, in [0, high]; -1 for anything else. */
static long number_at(char **at, long high)
{
	char *end;
	long value;

	if (**at != ' ' || (*at)[1] < '0' || (*at)[1] > '9')
		return -1;
	errno = 0;
	value = strtol(*at + 1, &end, 10);
	*at = end;
	return errno || value > high ? -1 : value;
}

static bool hear_line(struct hearing *h, char *line)
{
	char *at = line + 4;
	long first, second, third;

	if (text_starts(line, "error ")) {
		h->error = line + 6;
		h->ended = true;
		return true;
	}
	if (!text_starts(line, "page ") && !text_starts(line, "text "))
		return !(h->broken = true);
	first = number_at(&at, EXTRACT_PAGES_MAX);
	second = number_at(&at, EXTRACT_PAGES_MAX);
	h->broken = first < 0 || second < 0;
	if (!h->broken && line[0] == 'p')
		return !h->progress || !h->progress->page || h->progress->page(h->progress->arg, (int)first, (int)second);
	third = number_at(&at, EXTRACT_TEXT_MAX);
	h->broken = h->broken || third < 0;
	h->pages = (int)first;
	h->from_picture = second > 0;
	h->length = third > 0 ? (size_t)third : 0;
	h->ended = true;
	return !h->broken;
}

static bool hear(void *arg)
{
	struct hearing *h = arg;
	char *end;

	while (!h->ended && (end = memchr(h->said.data + h->at, '\n', h->said.length - h->at)) != NULL) {
		/* A copy: `said` grows and moves. */
		char *line = arena_strndup(h->said.mem, h->said.data + h->at, (size_t)(end - h->said.data) - h->at);
		h->at = (size_t)(end - h->said.data) + 1;
		if (!hear_line(h, line))
			return false;
	}
	return h->ended || h->said.length - h->at < HEAD_MAX;
}

static bool fails(struct error *err, const char *word)
{
	static const enum error_code codes[] = { ERR_extract_unreadable, ERR_extract_encrypted, ERR_extract_no_text,
						   ERR_extract_no_model };

	if (!strcmp(word, error_word(ERR_extract_too_large)))
		return too_large(err);
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (!strcmp(word, error_word(codes[i])))
			return error_set(err, codes[i], NULL, NULL);
	return error_set(err, ERR_extract_unreadable, NULL, NULL);
}

static bool take(struct arena *mem, const struct hearing *h, struct extracted *out, struct error *err)
{
	const char *text = h->said.data + h->at;

	if (h->error)
		return fails(err, h->error);
	if (!h->ended || h->said.length - h->at != h->length || !text_valid(text, h->length) || h->pages < 1)
		return error_set(err, ERR_extract_unreadable, NULL, NULL);
	*out = (struct extracted){
		.text = arena_strndup(mem, text, h->length),
		.length = h->length,
		.pages = h->pages,
		.from_picture = h->from_picture,
	};
	return true;
}

static bool read_by_child(struct arena *mem, struct arena *scratch, const struct kind *kind, int file,
			  const struct extract_progress *progress, struct extracted *out, struct error *err)
{
	const char *model = getenv("TESSDATA_PREFIX");
	const char *environment[] = { "LC_ALL=C", "OMP_THREAD_LIMIT=1", NULL, NULL };
	struct hearing hearing = { .progress = progress };
	char program[PATH_ROOM];
	const char *arguments[] = { program, kind->word, NULL };
	struct child_job job = {
		.program = program,
		.arguments = arguments,
		.environment = environment,
		.input = file,
		.patience_ms = EXTRACT_SECONDS_MAX * 1000,
		.heard = hear,
		.arg = &hearing,
	};
	enum child_end end;

	if (model)
		environment[2] = arena_printf(scratch, "TESSDATA_PREFIX=%s", model);
	if (!find_program(program, err))
		return false;
	buf_init(&hearing.said, scratch, EXTRACT_TEXT_MAX + HEAD_MAX);
	if (!child_run(&job, &hearing.said, &end, err) || end == CHILD_FAILED)
		return false;
	if (end == CHILD_STOPPED && !hearing.broken)
		return error_set(err, ERR_unavailable, NULL, NULL);
	if (end != CHILD_DONE)
		return error_set(err, ERR_extract_unreadable, NULL, NULL);
	return take(mem, &hearing, out, err);
}

bool extract_text(struct arena *mem, const char *path, const char *type,
		  const struct extract_progress *progress, struct extracted *out, struct error *err)
{
	const struct kind *kind = kind_of(type);
	struct arena *scratch;
	int file;
	bool ok;

	if (!kind)
		return error_set(err, ERR_extract_type, NULL, NULL);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return error_internal(err, "extract: open: %s", strerrordesc_np(errno));
	scratch = arena_new(SCRATCH_MAX);
	ok = read_by_child(mem, scratch, kind, file, progress, out, err);
	arena_free(scratch);
	close(file);
	return ok;
}
