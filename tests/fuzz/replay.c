#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "fuzz.h"

/* Gives a fuzz target each of its kept inputs once. */

enum { INPUT_MAX = 64 << 20, PATH_ROOM = 1024 };

static void replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;
	long size;

	if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0 || size > INPUT_MAX)
		die("%s cannot be read", path);
	rewind(file);
	/* To the byte, so that a sanitizer sees a step beyond the end. */
	bytes = malloc((size_t)size ? (size_t)size : 1);
	if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size)
		die("%s cannot be read", path);
	fclose(file);
	LLVMFuzzerTestOneInput(bytes, (size_t)size);
	free(bytes);
}

int main(void)
{
	DIR *dir = opendir(FUZZ_INPUTS);
	struct dirent *entry;
	int count = 0;

	if (!dir)
		die("%s cannot be opened", FUZZ_INPUTS);
	while ((entry = readdir(dir)) != NULL) {
		char path[PATH_ROOM];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", FUZZ_INPUTS, entry->d_name);
		replay(path);
		count++;
	}
	closedir(dir);
	printf("1..1\n%s 1 - %d inputs of %s\n", count ? "ok" : "not ok", count, FUZZ_INPUTS);
	return count ? 0 : 1;
}
