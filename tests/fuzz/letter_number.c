#include <string.h>

#include "base/arena.h"
#include "fuzz.h"
#include "letter/letter.h"

/* The normal form of a number is its own normal form. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *mem = arena_new(0);
	char *number = arena_alloc(mem, size + 1);
	struct letter_number parts;

	if (size)
		memcpy(number, bytes, size);
	number[size] = '\0';
	char *normal = letter_number_normal(mem, number);
	if (normal) {
		char *again = letter_number_normal(mem, normal);
		if (!again || strcmp(again, normal) != 0)
			__builtin_trap();
	}
	letter_number_split(mem, number, &parts);
	if (normal && !parts.running)
		__builtin_trap();
	arena_free(mem);
	return 0;
}
