#ifndef TASK_TASK_IMPORT_H
#define TASK_TASK_IMPORT_H

#include "file/file.h"
#include "task/task_sheet.h"

/*
 * A list of tasks brought in from Excel: looked at first, given only when every
 * row is right, all in one write.
 */
struct task_import {
	id id, unit_id;
	struct file file;
	id created_by;
	instant created_at, accepted_at;
};

/* Right: TASK_ASSIGN of the unit; before the file is taken. */
bool task_import_may(struct call *c, id unit_id);

/* The rows of the file, with the units that may lead: the unit itself and all below it. Off the writer: a child process reads. */
bool task_import_read(struct call *c, const struct task_import *import, struct task_sheet_row **rows, size_t *count);

bool task_import_add(struct call *c, id unit_id, const struct file *file, struct task_import *out);

/* One that the caller may accept; fails with task_import_accepted when it was. */
bool task_import_load(struct call *c, id import_id, struct task_import *out);

/* Gives a task for every row. Fails with task_import_faulty while a row is wrong. */
bool task_import_accept(struct call *c, const struct task_import *import, const struct task_sheet_row *rows, size_t count,
			id *made);

bool store_import_insert(struct call *c, const struct task_import *import);
bool store_import_get(struct call *c, id import_id, bool *found, struct task_import *out);
bool store_import_accepted(struct call *c, id import_id);

#endif
