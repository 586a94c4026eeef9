#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "fuzz.h"
#include "letter/letter.h"

enum { ARENA_MAX = 1 << 28 };

/* The first two bytes choose the day of the letter, or that none is known. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size < 2)
		return 0;
	struct arena *mem = arena_new(ARENA_MAX);
	struct civil_date written = { 1990 + bytes[0] % 60, 1 + bytes[0] % 12, 1 + bytes[1] % 28 };
	char *wording = arena_alloc(mem, size - 1);
	struct letter_deadline deadline;
	struct letter_recurrence recurrence;

	memcpy(wording, bytes + 2, size - 2);
	wording[size - 2] = '\0';
	if (bytes[1] == 0)
		written = (struct civil_date){ 0 };
	if (text_valid(wording, size - 2))
		letter_deadline_read(mem, wording, written, &deadline, &recurrence);
	arena_free(mem);
	return 0;
}
