#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

/* Under AddressSanitizer room not handed out is poisoned and every allocation is followed by some of it. */
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISON 1
#endif
#endif

#ifdef ARENA_POISON
#include <sanitizer/asan_interface.h>
enum { GUARD = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
enum { GUARD = 0 };
#endif

enum { ALIGNMENT = alignof(max_align_t), FIRST_BLOCK = 4096, BLOCK_MAX = 256 * 1024 };
static const size_t DEFAULT_MAX = (size_t)64 * 1024 * 1024;

struct block {
	struct block *next; /* older */
	size_t size;
	size_t used;
	alignas(max_align_t) char bytes[];
};

struct hook {
	struct hook *next; /* older */
	void (*call)(void *arg);
	void *arg;
};

/* Lies at the start of its first block's bytes, so that a small arena is one malloc. */
struct arena {
	struct block *newest; /* the one that allocations are taken from */
	struct block *first;
	struct block *large; /* one allocation each */
	struct hook *hooks;
	size_t next_size;
	size_t used;
	size_t max;
};

static size_t round_up(size_t size)
{
	return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static struct block *block_new(size_t size)
{
	struct block *block = malloc(sizeof(*block) + size);
	if (!block)
		die("out of memory: an arena asked for %zu bytes", size);
	block->next = NULL;
	block->size = size;
	block->used = 0;
	ASAN_POISON_MEMORY_REGION(block->bytes, size);
	return block;
}

static void block_free(struct block *block)
{
	ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
	free(block);
}

static void block_list_free(struct block *block, const struct block *end)
{
	while (block != end) {
		struct block *next = block->next;
		block_free(block);
		block = next;
	}
}

struct arena *arena_new(size_t max)
{
	struct block *block = block_new(FIRST_BLOCK - sizeof(struct block));
	struct arena *mem = (void *)block->bytes;
	ASAN_UNPOISON_MEMORY_REGION(mem, sizeof(*mem));
	block->used = round_up(sizeof(*mem) + GUARD);
	*mem = (struct arena){
		.newest = block,
		.first = block,
		.next_size = (size_t)2 * FIRST_BLOCK,
		.max = max ? max : DEFAULT_MAX,
	};
	return mem;
}

static void run_hooks(struct arena *mem)
{
	/* A hook may defer a further one. */
	while (mem->hooks) {
		struct hook *hook = mem->hooks;
		mem->hooks = hook->next;
		hook->call(hook->arg);
	}
}

void arena_reset(struct arena *mem)
{
	run_hooks(mem);
	block_list_free(mem->large, NULL);
	block_list_free(mem->newest, mem->first);
	mem->large = NULL;
	mem->newest = mem->first;
	mem->next_size = (size_t)2 * FIRST_BLOCK;
	mem->used = 0;

	struct block *first = mem->first;
	first->used = round_up(sizeof(*mem) + GUARD);
	ASAN_POISON_MEMORY_REGION(first->bytes + first->used, first->size - first->used);
}

void arena_free(struct arena *mem)
{
	if (!mem)
		return;
	run_hooks(mem);
	block_list_free(mem->large, NULL);
	block_list_free(mem->newest, NULL);
}

static void *block_take(struct block *block, size_t size, size_t room)
{
	char *at = block->bytes + block->used;
	block->used += room;
	ASAN_UNPOISON_MEMORY_REGION(at, size);
	return at;
}

/* `size` bytes as they are; NULL when the arena's maximum would be passed. */
static void *take(struct arena *mem, size_t size)
{
	if (size > mem->max - mem->used)
		return NULL;
	mem->used += size;

	size_t room = round_up((size ? size : 1) + GUARD);
	struct block *block = mem->newest;
	if (room <= block->size - block->used)
		return block_take(block, size, room);

	/* Something large gets a block to itself; the rest of the newest stays in use. */
	if (room > mem->next_size / 4) {
		block = block_new(room);
		block->next = mem->large;
		mem->large = block;
		return block_take(block, size, room);
	}

	block = block_new(mem->next_size);
	block->next = mem->newest;
	mem->newest = block;
	if (mem->next_size < BLOCK_MAX)
		mem->next_size *= 2;
	return block_take(block, size, room);
}

static void *take_or_die(struct arena *mem, size_t size)
{
	void *at = take(mem, size);
	if (!at)
		die("an arena of at most %zu bytes was asked for %zu more than its %zu", mem->max, size, mem->used);
	return at;
}

void *arena_alloc(struct arena *mem, size_t size)
{
	return memset(take_or_die(mem, size), 0, size);
}

void *arena_array(struct arena *mem, size_t count, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(count, size, &total))
		die("an arena was asked for %zu times %zu bytes", count, size);
	return arena_alloc(mem, total);
}

/* In its block, when nothing came after it and there is room. */
static bool grow_in_place(struct block *block, char *at, size_t old_size, size_t size)
{
	size_t old_room = round_up((old_size ? old_size : 1) + GUARD);
	size_t room = round_up(size + GUARD);
	if (at + old_room != block->bytes + block->used || room > block->size - (block->used - old_room))
		return false;
	block->used += room - old_room;
	ASAN_UNPOISON_MEMORY_REGION(at, size);
	return true;
}

void *arena_grow(struct arena *mem, void *old, size_t old_size, size_t size)
{
	if (size <= old_size)
		return old;
	if (!old)
		return take(mem, size);
	if (size - old_size > mem->max - mem->used)
		return NULL;

	if (grow_in_place(mem->newest, old, old_size, size)) {
		mem->used += size - old_size;
		return old;
	}
	if (mem->large && mem->large->bytes == (char *)old) {
		struct block *block = mem->large;
		size_t room = round_up(size + GUARD);
		ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
		block = realloc(block, sizeof(*block) + room);
		if (!block)
			die("out of memory: an arena asked for %zu bytes", room);
		block->size = room;
		block->used = room;
		mem->large = block;
		ASAN_POISON_MEMORY_REGION(block->bytes + size, room - size);
		mem->used += size - old_size;
		return block->bytes;
	}

	void *at = take(mem, size);
	if (at)
		memcpy(at, old, old_size);
	return at;
}

char *arena_strndup(struct arena *mem, const char *text, size_t length)
{
	if (length == SIZE_MAX)
		die("an arena was asked for a text without end");
	char *copy = take_or_die(mem, length + 1);
	if (length)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *arena_strdup(struct arena *mem, const char *text)
{
	return text ? arena_strndup(mem, text, strlen(text)) : NULL;
}

char *arena_vprintf(struct arena *mem, const char *format, va_list args)
{
	char local[256];
	va_list again;
	va_copy(again, args);
	int length = vsnprintf(local, sizeof(local), format, args);
	if (length < 0)
		die("cannot format \"%s\"", format);

	char *text = take_or_die(mem, (size_t)length + 1);
	if ((size_t)length < sizeof(local))
		memcpy(text, local, (size_t)length + 1);
	else
		vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

char *arena_printf(struct arena *mem, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(mem, format, args);
	va_end(args);
	return text;
}

void arena_defer(struct arena *mem, void (*call)(void *arg), void *arg)
{
	struct hook *hook = ARENA_NEW(mem, struct hook);
	hook->call = call;
	hook->arg = arg;
	hook->next = mem->hooks;
	mem->hooks = hook;
}

size_t arena_used(const struct arena *mem)
{
	return mem->used;
}
