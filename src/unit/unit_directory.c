#include "unit/unit_directory.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "unit/unit_store.h"

struct directory {
	atomic_int users;
	int64_t generation;
	struct arena *mem; /* holds this struct too */
	struct unit *units; /* by id */
	size_t count;
};

/* Process-wide: the newest snapshot, which holds one use of its own. */
static pthread_mutex_t current_lock = PTHREAD_MUTEX_INITIALIZER;
static struct directory *current;

void directory_release(struct directory *directory)
{
	if (directory && atomic_fetch_sub(&directory->users, 1) == 1)
		arena_free(directory->mem);
}

static struct directory *take_current(int64_t generation)
{
	struct directory *found = NULL;
	pthread_mutex_lock(&current_lock);
	if (current && current->generation == generation) {
		found = current;
		atomic_fetch_add(&found->users, 1);
	}
	pthread_mutex_unlock(&current_lock);
	return found;
}

static void publish(struct directory *directory)
{
	atomic_fetch_add(&directory->users, 1);
	pthread_mutex_lock(&current_lock);
	struct directory *old = current;
	current = directory;
	pthread_mutex_unlock(&current_lock);
	directory_release(old);
}

bool directory_of(struct call *c, struct directory **out)
{
	int64_t generation;
	if (!unit_generation(c, &generation))
		return false;
	*out = take_current(generation);
	if (*out)
		return true;

	struct arena *mem = arena_new(0);
	struct directory *made = ARENA_NEW(mem, struct directory);
	made->mem = mem;
	made->generation = generation;
	atomic_init(&made->users, 1);
	struct call load = *c;
	load.mem = mem;
	if (!unit_store_all(&load, &made->units, &made->count)) {
		arena_free(mem);
		return false;
	}
	publish(made);
	*out = made;
	return true;
}

const struct unit *directory_find(const struct directory *directory, id unit_id)
{
	size_t low = 0, high = directory->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (directory->units[middle].id < unit_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < directory->count && directory->units[low].id == unit_id ? &directory->units[low] : NULL;
}
