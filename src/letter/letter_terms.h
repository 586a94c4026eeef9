#ifndef LETTER_LETTER_TERMS_H
#define LETTER_LETTER_TERMS_H

#include <stdbool.h>
#include <stddef.h>

#include "letter/letter_text.h"

/*
 * Private to the room: the fixed words of official letters, and where in a
 * text they stand. Phrases are compared folded and without blanks, so that
 * scans with lost blanks and marks are read alike.
 */

struct letter_type {
	const char *name;   /* as people write it */
	const char *fold;
	const char *code;   /* in numbers, capitals; NULL: it has none */
	bool party;         /* the code means this in numbers of the Party only */
};

/* Nghị định 30/2020/NĐ-CP annex III, the Party's types, and those of laws. Ended by a NULL name. */
extern const struct letter_type letter_types[];

/* The type whose code this is; NULL: none. `party`: the number has the Party's form. */
const struct letter_type *letter_type_of_code(const char *code, size_t length, bool party);

/* The longest type whose folded name `fold` begins with, or ends with. */
const struct letter_type *letter_type_at_start(const char *fold, size_t length);
const struct letter_type *letter_type_at_end(const char *fold, size_t length);

/* The type that a title line begins with, its marks as they must be ("PHƯỜNG AN PHÚ" is no "PHƯƠNG ÁN"), or is but for its marks. */
const struct letter_type *letter_type_of_title(const struct letter_line *line);

/* Whether `fold` is the phrase, or begins with it, but for `wrong` letters. */
bool letter_is(const char *fold, size_t length, const char *phrase, size_t wrong);
bool letter_begins(const char *fold, size_t length, const char *phrase, size_t wrong);

bool letter_begins_any(const char *fold, size_t length, const char *const *phrases);

/* What a line can be by itself. */
enum letter_motto { LETTER_NO_MOTTO, LETTER_STATE_MOTTO, LETTER_STATE_WORDS, LETTER_PARTY_MOTTO };
enum letter_motto letter_motto(const struct letter_line *line);
bool letter_begins_organ(const struct letter_line *line);    /* an issuer's name begins here */
bool letter_begins_position(const struct letter_line *line); /* "PHÓ CHỦ TỊCH" */
bool letter_begins_sign(const struct letter_line *line);     /* "TM.", "KT.", "T/L" ... */
bool letter_begins_sentence(const struct letter_line *line); /* how bodies begin: grounds, points */
bool letter_is_stamp(const struct letter_line *line);        /* secrecy, urgency, draft, signatures of machines */
bool letter_is_incoming(const struct letter_line *line);     /* "CÔNG VĂN ĐẾN", "ĐẾN": the receiver's stamp begins */
bool letter_is_incomplete(const struct letter_line *line);   /* an issuer's name that goes on below */
bool letter_is_addressing(const struct letter_line *line);   /* "Kính gửi:" */
bool letter_is_receiving(const struct letter_line *line);    /* "Nơi nhận:" */
bool letter_is_annex(const struct letter_line *line);
bool letter_is_subject(const struct letter_line *line, size_t *skip); /* "V/v", bytes to skip */

/* A person's name and nothing else: two to six words with a capital each; a rank or degree may stand before. */
bool letter_is_person(const char *text, size_t length, size_t *skip);

/* Whether a line with wide gaps holds columns; gaps inside of a cell become blanks. */
bool letter_columns(char *text, size_t length);

/* Where in "Trần Văn An ỦY BAN NHÂN DÂN" the next letter begins, or a second column after one blank; 0: nowhere. */
size_t letter_name_then_head(const char *text, size_t length);

#endif
