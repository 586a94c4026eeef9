#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "audit/audit.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "db/store.h"
#include "options.h"

/* theodoi audit verify: finds any edit of the sealed log, without a server. */

static int fail(const struct error *err)
{
	char sentence[512];
	fprintf(stderr, "theodoi audit: %s\n",
		err->trace[0] ? err->trace : error_sentence(err, LANG_EN, sentence, sizeof(sentence)));
	return 2;
}

static void print_problem(const struct error_detail *problem)
{
	char vi[512], en[512];
	printf("%s: %s / %s\n", error_word(problem->code), error_detail_sentence(problem, LANG_EN, en, sizeof(en)),
	       error_detail_sentence(problem, LANG_VI, vi, sizeof(vi)));
}

static int print_report(const struct audit_report *report)
{
	for (size_t i = 0; i < report->problem_count; i++)
		print_problem(&report->problems[i]);
	printf("%lld blocks, %lld sealed events, %lld not sealed yet\n", (long long)report->blocks,
	       (long long)report->events, (long long)report->unsealed);
	if (report->blocks)
		printf("last seal %lld:%s\n", (long long)report->last_no, report->last_hash);
	if (report->problem_count) {
		printf("%zu problems%s: the log is not as it was sealed\n", report->problem_count,
		       report->problem_count == AUDIT_PROBLEMS_MAX ? " (no more are listed)" : "");
		return 1;
	}
	puts("the log is as it was sealed");
	return 0;
}

/* "12:9f86d0…", as the command itself prints it. */
static bool read_known(char *text, struct audit_known *out)
{
	char *colon = strchr(text, ':');
	if (!colon)
		return false;
	*colon = '\0';
	out->hash = colon + 1;
	return text_to_int(text, 1, INT64_MAX, &out->no) && strlen(out->hash) == AUDIT_HEX_MAX - 1;
}

static int verify(const char *url, const struct audit_known *known)
{
	struct error err = { .code = ERR_none };
	struct audit_report report;
	struct store *store = store_open(&(struct store_options){ .url = url, .readers = 1 }, false, &err);
	if (!store)
		return fail(&err);
	struct call call = { .mem = arena_new(0), .err = &err };
	int status = 2;
	if (store_read(store, &call)) {
		if (audit_verify(&call, known, &report))
			status = print_report(&report);
		store_release(store, &call);
	}
	if (status == 2)
		fail(&err);
	arena_free(call.mem);
	store_close(store);
	return status;
}

/* The key file says which key this instance signs with; the store alone could be made to agree with itself. */
static bool use_key(const char *data, struct error *err)
{
	char path[4096];
	if (snprintf(path, sizeof(path), "%s/%s", data, AUDIT_KEY_FILE) >= (int)sizeof(path))
		return error_internal(err, "the path of the data folder is too long");
	return audit_key_set(path, false, err);
}

static int run(int argc, char **argv)
{
	const char *url = NULL, *data = NULL, *seal = NULL;
	char seal_text[256];
	struct audit_known known;
	struct error err = { .code = ERR_none };
	const struct option options[] = {
		{ "store", "URL", "sqlite:/path/theodoi.db or postgres://...", &url, NULL },
		{ "data", "DIR", "data folder with the key that seals are signed with", &data, NULL },
		{ "seal", "NO:HASH", "a seal noted elsewhere that the store must still hold", &seal, NULL },
		{ NULL, NULL, NULL, NULL, NULL },
	};
	bool subcommand = argc > 1 && strcmp(argv[1], "verify") == 0;
	enum options_result read = options_read(
		options, "theodoi audit verify: recomputes the seals of the event log; exit 1 when anything was altered.",
		subcommand ? argc - 1 : argc, subcommand ? argv + 1 : argv);
	if (read != OPTIONS_READ)
		return options_status(read);
	if (!subcommand || !url) {
		fputs("usage: theodoi audit verify --store URL [--data DIR] [--seal NO:HASH]\n", stderr);
		return 2;
	}
	if (seal) {
		if (snprintf(seal_text, sizeof(seal_text), "%s", seal) >= (int)sizeof(seal_text) ||
		    !read_known(seal_text, &known)) {
			fputs("theodoi audit: --seal is NO:HASH as this command prints it\n", stderr);
			return 2;
		}
	}
	if (data && !use_key(data, &err))
		return fail(&err);
	if (!data)
		fputs("without --data it is not checked whose key signed the seals\n", stderr);
	return verify(url, seal ? &known : NULL);
}

const struct command command_audit = { "audit", "Verifies the seals of the event log.", run };
