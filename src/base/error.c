#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

struct message {
	const char *word;
	int status;
	const char *sentence[2]; /* by enum language */
};

static const struct message messages[ERR_count] = {
	/* Failing without saying why is a defect. */
	[ERR_none] = { "none", 500, { "", "" } },
#define MESSAGE(code, status, vi, en) [ERR_##code] = { #code, status, { vi, en } },
#include "messages/all.def"
#undef MESSAGE
};

static const struct message *message_of(enum error_code code)
{
	return &messages[(unsigned)code < ERR_count ? code : ERR_internal];
}

/* Appends at *used, which stays below `size`; false when it had to cut, between characters. */
static bool append(char *out, size_t size, size_t *used, const char *text, size_t length)
{
	size_t fits = utf8_cut(text, length, size - 1 - *used);
	memcpy(out + *used, text, fits);
	*used += fits;
	out[*used] = '\0';
	return fits == length;
}

static void copy_text(char *out, size_t size, const char *text)
{
	size_t used = 0;
	append(out, size, &used, text, strlen(text));
}

bool error_set(struct error *err, enum error_code code, const char *field, ...)
{
	if (!err || err->code != ERR_none)
		return false;
	err->code = code;
	copy_text(err->field, sizeof(err->field), field ? field : "");

	va_list args;
	va_start(args, field);
	for (int i = 0; i < ERROR_ARGS; i++) {
		const char *arg = va_arg(args, const char *);
		if (!arg)
			break;
		copy_text(err->args[i], sizeof(err->args[i]), arg);
	}
	va_end(args);
	return false;
}

bool error_internal(struct error *err, const char *format, ...)
{
	if (!err || err->code != ERR_none)
		return false;
	err->code = ERR_internal;

	char text[sizeof(err->trace) * 2];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	copy_text(err->trace, sizeof(err->trace), text);
	return false;
}

bool error_within(struct error *err, const char *list, size_t at)
{
	char field[sizeof(err->field)];

	copy_text(field, sizeof(field), err->field);
	snprintf(err->field, sizeof(err->field), "%.30s/%zu%s%.40s", list, at, field[0] ? "/" : "", field);
	return false;
}

void error_clear(struct error *err)
{
	*err = (struct error){ .code = ERR_none };
}

int error_status(enum error_code code)
{
	return message_of(code)->status;
}

const char *error_word(enum error_code code)
{
	return message_of(code)->word;
}

bool error_parse(const char *word, enum error_code *out)
{
	for (int code = 1; code < ERR_count; code++) {
		if (!strcmp(error_word((enum error_code)code), word)) {
			*out = (enum error_code)code;
			return true;
		}
	}
	return false;
}

static char *fill(enum error_code code, enum language lang, const char *const args[ERROR_ARGS], char *out,
		  size_t size)
{
	if (!size)
		return out;
	out[0] = '\0';
	size_t used = 0;
	bool whole = true;
	for (const char *at = message_of(code)->sentence[lang == LANG_EN]; *at && whole;) {
		if (at[0] == '{' && at[1] >= '0' && at[1] < '0' + ERROR_ARGS && at[2] == '}') {
			const char *arg = args[at[1] - '0'];
			if (arg)
				whole = append(out, size, &used, arg, strlen(arg));
			at += 3;
		} else {
			size_t run = 1 + strcspn(at + 1, "{");
			whole = append(out, size, &used, at, run);
			at += run;
		}
	}
	return out;
}

char *error_sentence(const struct error *err, enum language lang, char *out, size_t size)
{
	const char *args[ERROR_ARGS];
	for (int i = 0; i < ERROR_ARGS; i++)
		args[i] = err->args[i];
	return fill(err->code, lang, args, out, size);
}

char *error_detail_sentence(const struct error_detail *detail, enum language lang, char *out, size_t size)
{
	return fill(detail->code, lang, detail->args, out, size);
}
