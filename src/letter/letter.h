#ifndef LETTER_LETTER_H
#define LETTER_LETTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/civil.h"
#include "deadline/deadline.h"

struct arena;
struct json;

/*
 * Reads official letters: from the text of a file the documents in it, and of
 * each its fields, the documents it refers to, and a draft task per
 * instruction. Layouts are those of Nghị định 30/2020/NĐ-CP (State) and of the
 * Party's rules (Hướng dẫn 36-HD/VPTW). Pure: no clock, no network, no store.
 * What is not found is NULL; nothing is guessed. All memory is the arena's.
 */

enum {
	LETTER_TEXT_MAX = 4 << 20,  /* bytes; what is beyond is not read */
	LETTER_DOCUMENTS_MAX = 20,
	LETTER_TASKS_MAX = 500,     /* of a document */
	LETTER_ITEMS_MAX = 500,     /* addressees, recipients, references of a document */
};

/* Offsets in characters (code points) of the text as given; `end` exclusive. */
struct letter_span {
	size_t start, end;
};

struct letter_reference {
	const char *number, *number_normal; /* "2203/CV/VPTW", "2203-CV/VPTW" */
	const char *type;                   /* "Công văn" */
	const char *issuer;
	struct civil_date date;             /* year 0: none */
	const char *title;                  /* what it is about, as the letter says */
	struct letter_span source;
};

enum letter_deadline_kind { LETTER_NO_DEADLINE, LETTER_INSTANT, LETTER_QUARTER, LETTER_SOONEST };

struct letter_deadline {
	enum letter_deadline_kind kind;
	const char *wording;   /* as written: "trước ngày 30/4/2026" */
	bool known;            /* whether `before` is set */
	instant before;        /* exclusive */
};

/* "trước 24h00 ngày 16 hằng tháng (bắt đầu từ tháng 5/2026)": every month, day 16, from 2026-05. */
struct letter_recurrence {
	const char *every;     /* "week", "month", "quarter", "half_year", "year"; NULL: none */
	int day;               /* of the month (of the week: 1 Monday); 0: not said */
	period from;           /* a month; 0: not said */
};

struct letter_task {
	const char *text;               /* the instruction, lines joined */
	const char *const *lead;        /* names as written, without "Giao"; several when each is to do it */
	size_t lead_count;
	const char *const *cooperating;
	size_t cooperating_count;
	const char *product;            /* what is to come out of it; NULL: not said */
	struct letter_deadline deadline;
	struct letter_recurrence recurrence;
	struct letter_span source;
};

struct letter_signer {
	const char *prefix;   /* "TL. CHỦ TỊCH", "T/M BAN THƯỜNG VỤ"; several lines joined by "; " without the position */
	const char *position; /* the last line above the name: "PHÓ CHÁNH VĂN PHÒNG" */
	const char *name;
};

struct letter_document {
	const char *issuer, *superior;
	const char *number;             /* as written; "/UBND-VX" while it has none */
	const char *number_normal;      /* NULL while it has none */
	const char *type;               /* "Công văn", "Quyết định", "Thông báo kết luận" */
	const char *place;
	struct civil_date date;         /* year 0: blank */
	period month;                   /* "ngày tháng 5 năm 2026"; 0: not said or `date` is there */
	const char *subject;
	const char *const *addressees;
	size_t addressee_count;
	const struct letter_reference *references; /* each number once, in the order of the text */
	size_t reference_count;
	struct letter_signer signer;
	const char *const *recipients;
	size_t recipient_count;
	const struct letter_task *tasks;
	size_t task_count;
	struct letter_span source;
};

struct letter_reading {
	const struct letter_document *documents;
	size_t count;
};

/* `text` is valid UTF-8 in NFC. A text that is no letter gives a reading without documents. */
void letter_read(struct arena *mem, const char *text, struct letter_reading *out);

/*
 * The normal form of a number: "2203/CV/VPTW" and "2203-CV/VPTW" give
 * "2203-CV/VPTW", "15 / QĐ-BNV" gives "15/QĐ-BNV", upper case, NFC, no spaces;
 * NULL when it is no number or has no running number yet. Never fails otherwise.
 */
char *letter_number_normal(struct arena *mem, const char *number);

/* The parts of a number: 2203, "CV", "VPTW". Missing ones are NULL. */
struct letter_number {
	const char *running, *type, *issuer;
};
void letter_number_split(struct arena *mem, const char *number, struct letter_number *out);

/*
 * A deadline as letters word it, worked out against the day of the letter
 * (year 0: unknown; then only wordings with a full date have `before`).
 */
void letter_deadline_read(struct arena *mem, const char *wording, struct civil_date written,
			  struct letter_deadline *deadline, struct letter_recurrence *recurrence);

/* Writes the document as the API and `theodoi letter` show it. */
void letter_document_write(struct json *json, const char *key, const struct letter_document *document);

/*
 * Units named in a letter, found among those that the caller hands in (the
 * issuing province's and the centre's).
 */
struct letter_unit {
	int64_t id;
	const char *name, *kind; /* kind: code of a unit kind */
	int64_t province_id;
};

enum letter_group { LETTER_GROUP_NONE, LETTER_GROUP_DEPARTMENTS, LETTER_GROUP_COMMUNES, LETTER_GROUP_PROVINCES, LETTER_GROUP_MINISTRIES };

struct letter_match {
	const char *name;         /* as written */
	enum letter_group group;  /* "các sở, ban, ngành"; "UBND các xã, phường" */
	const int64_t *unit_ids;  /* one, all of a group, or none: left open */
	size_t unit_count;
	int confidence;           /* 0 to 100; below 60 no unit is given */
};

/* `province_id` is the issuing office's, 0 when it is a central one. One match per name; a name of two groups gives two. */
void letter_units_match(struct arena *mem, const char *const *names, size_t count, const struct letter_unit *units,
			size_t unit_count, int64_t province_id, struct letter_match **out, size_t *out_count);

#endif
