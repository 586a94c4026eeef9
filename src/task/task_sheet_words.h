#ifndef TASK_TASK_SHEET_WORDS_H
#define TASK_TASK_SHEET_WORDS_H

#include "base/error.h"

/* The sentences of messages/task_sheet_wording.def. */
enum task_sheet_word {
#define WORDING(name, vi, en) TASK_WORD_##name,
#include "messages/task_sheet_wording.def"
#undef WORDING
};

#endif
