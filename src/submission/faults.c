#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "submission/cell_rules.h"

void fault_add(struct faults *faults, enum error_code code, const char *field, const char *arg0,
	       const char *arg1)
{
	faults->total++;
	if (faults->count == ERROR_DETAILS_MAX)
		return;
	if (faults->count == faults->room) {
		size_t room = faults->room ? faults->room * 2 : 8;
		struct error_detail *rows = ARENA_ARRAY(faults->mem, struct error_detail, room);
		if (faults->count)
			memcpy(rows, faults->rows, faults->count * sizeof(*rows));
		faults->rows = rows;
		faults->room = room;
	}
	faults->rows[faults->count++] = (struct error_detail){
		.code = code,
		.field = arena_strdup(faults->mem, field),
		.args = { arena_strdup(faults->mem, arg0), arena_strdup(faults->mem, arg1), NULL },
	};
}

void fault_cell(struct faults *faults, enum error_code code, const struct indicator *indicator,
		const char *part, const char *arg0, const char *arg1)
{
	fault_add(faults, code, arena_printf(faults->mem, "cells/%s/%s", indicator->code, part), arg0, arg1);
}

bool faults_none(const struct faults *faults, struct error *err)
{
	char number[24];

	if (faults->total == 0)
		return true;
	snprintf(number, sizeof(number), "%zu", faults->total);
	error_set(err, ERR_submission_invalid, faults->rows[0].field, number, NULL);
	if (err->code == ERR_submission_invalid && !err->details) {
		err->details = faults->rows;
		err->detail_count = faults->count;
	}
	return false;
}
