#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "db/db_driver.h"

/* Rows of these are written once and never changed or taken away. */
static const char *const append_only[] = { "event", "event_block", "submission_value" };

struct token {
	const char *start;
	size_t length;
	bool quoted; /* a name for certain */
};

static bool word_start(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

static const char *skip_quoted(const char *at)
{
	char quote = *at++;

	while (*at) {
		if (*at++ != quote)
			continue;
		if (*at != quote)
			break;
		at++;
	}
	return at;
}

/* The next word or quoted name behind `*at`; false at the end. Text, numbers and comments are passed over. */
static bool next_word(const char **at, struct token *token)
{
	const char *p = *at;

	for (;;) {
		if (!*p) {
			*at = p;
			return false;
		}
		if (p[0] == '-' && p[1] == '-') {
			p += strcspn(p, "\n");
		} else if (p[0] == '/' && p[1] == '*') {
			const char *end = strstr(p + 2, "*/");
			p = end ? end + 2 : p + strlen(p);
		} else if (*p == '\'') {
			p = skip_quoted(p);
		} else if (*p == '"') {
			const char *end = skip_quoted(p);
			*token = (struct token){ p + 1, (size_t)(end - p) >= 2 ? (size_t)(end - p) - 2 : 0, true };
			*at = end;
			return true;
		} else if (word_start(*p)) {
			*token = (struct token){ p, 0, false };
			while (word_start(*p) || isdigit((unsigned char)*p))
				p++;
			token->length = (size_t)(p - token->start);
			*at = p;
			return true;
		} else {
			p++;
		}
	}
}

static bool names(struct token token, const char *word)
{
	return strlen(word) == token.length && strncasecmp(token.start, word, token.length) == 0;
}

static bool is(struct token token, const char *keyword)
{
	return !token.quoted && names(token, keyword);
}

static const char *protected_name(struct token token)
{
	for (size_t i = 0; i < sizeof(append_only) / sizeof(append_only[0]); i++)
		if (names(token, append_only[i]))
			return append_only[i];
	return NULL;
}

/* Statements that change nothing by themselves; WITH reads unless a verb follows. */
static bool reads(struct token first)
{
	static const char *const words[] = { "SELECT", "VALUES", "EXPLAIN",  "PRAGMA",    "SHOW",   "SET",
					     "BEGIN",  "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is(first, words[i]))
			return true;
	return false;
}

static bool verb(struct token token)
{
	return is(token, "INSERT") || is(token, "UPDATE") || is(token, "DELETE");
}

/* Words that may stand between a verb and the table it changes. */
static bool between(struct token token)
{
	static const char *const words[] = { "OR", "REPLACE", "IGNORE", "ABORT", "FAIL", "ROLLBACK",
					     "FROM", "ONLY", "TABLE", "IF", "EXISTS", "MERGE", "INTO" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is(token, words[i]))
			return true;
	return false;
}

/* REPLACE is a function too, unless it begins the statement or follows OR. */
static bool alters_rows(struct token previous, struct token token)
{
	if (is(token, "REPLACE"))
		return previous.length == 0 || is(previous, "OR");
	return is(token, "UPDATE") || is(token, "DELETE") || is(token, "TRUNCATE") || is(token, "DROP") ||
	       is(token, "ALTER");
}

struct db_scan db_scan(const char *sql)
{
	struct db_scan scan = { false, NULL };
	struct token token, previous = { "", 0, false };
	const char *inserted = NULL; /* protected table an INSERT names */
	bool target = false;         /* the next name is what a verb changes */
	bool with = false;

	while (next_word(&sql, &token)) {
		if (previous.length == 0) {
			with = is(token, "WITH");
			scan.writes = !with && !reads(token);
		} else if (with && verb(token)) {
			scan.writes = true;
		}
		if (is(previous, "DO") && is(token, "UPDATE")) {
			if (inserted)
				scan.protected_table = inserted;
			target = false;
		} else if (is(previous, "INTO") && !target) {
			inserted = protected_name(token);
		} else if (alters_rows(previous, token)) {
			target = true;
		} else if (target && !between(token) && *sql != '.') {
			const char *name = protected_name(token);
			if (name)
				scan.protected_table = name;
			target = false;
		}
		previous = token;
	}
	return scan;
}
