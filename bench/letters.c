#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "letter/letter.h"

/* Reads each letter many times, from its bytes to its JSON, then one text of the greatest length. */

enum { ROUNDS = 50 };

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void read_once(const char *text, size_t *documents)
{
	struct arena *mem = arena_new(0);
	struct letter_reading reading;
	struct json json;
	struct buf out;
	letter_read(mem, text_nfc(mem, text), &reading);
	buf_init(&out, mem, 0);
	json_start(&json, &out);
	json_array(&json, NULL);
	for (size_t i = 0; i < reading.count; i++)
		letter_document_write(&json, NULL, &reading.documents[i]);
	json_end(&json);
	*documents = reading.count;
	arena_free(mem);
}

static void read_file(struct buf *out, const char *path)
{
	char block[65536];
	size_t length;
	FILE *file = fopen(path, "rb");
	if (!file) {
		fprintf(stderr, "bench_letters: %s cannot be read\n", path);
		exit(1);
	}
	while ((length = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(out, block, length);
	fclose(file);
}

/* Letters one after another until the text is as long as one may be. */
static void read_longest(struct arena *mem, const char *letter, size_t length)
{
	char *text = arena_alloc(mem, LETTER_TEXT_MAX + 1);
	size_t documents;
	if (!length)
		return;
	for (size_t at = 0; at + length < LETTER_TEXT_MAX; at += length)
		memcpy(text + at, letter, length);
	double began = now();
	read_once(text, &documents);
	printf("longest %.0f ms\n", now() - began);
}

int main(int argc, char **argv)
{
	struct arena *mem = arena_new(0);
	struct buf text;
	double most = 0, sum = 0;
	for (int i = 1; i < argc; i++) {
		size_t documents;
		buf_init(&text, mem, LETTER_TEXT_MAX);
		read_file(&text, argv[i]);
		if (!text.length)
			continue;
		double began = now();
		for (int round = 0; round < ROUNDS; round++)
			read_once(text.data, &documents);
		double each = (now() - began) / ROUNDS;
		sum += each;
		most = each > most ? each : most;
		if (i + 1 == argc)
			read_longest(mem, text.data, text.length);
	}
	if (argc > 1)
		printf("letter %.2f ms\nslowest_letter %.2f ms\n", sum / (argc - 1), most);
	arena_free(mem);
	return 0;
}
