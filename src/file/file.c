#include "file/file.h"

#include <pthread.h>
#include <string.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "file/file_folder.h"
#include "file/file_store.h"

bool file_name_check(const char *name, struct error *err)
{
	if (name && name[0] && text_length(name) <= FILE_NAME_LENGTH_MAX)
		return true;
	return error_set(err, ERR_file_name, "name", NULL);
}

bool file_from_bytes(struct arena *mem, const char *name, const void *bytes, size_t size, struct file *out,
		     struct error *err)
{
	char hash[SHA256_HEX_MAX];

	if (size == 0)
		return error_set(err, ERR_file_empty, NULL, NULL);
	*out = (struct file){ .name = name, .size = (int64_t)size };
	if (!file_name_check(name, err) || !file_type_of_bytes(bytes, size, name, &out->type, err))
		return false;
	out->sha256 = arena_strdup(mem, sha256_hex(bytes, size, hash));
	return folder_put(bytes, size, hash, err);
}

bool file_keep(struct call *c, const struct file *file)
{
	bool released;

	if (!store_file_released(c, file->sha256, &released))
		return false;
	/* The upload may have found bytes on the disk that are gone by now. */
	if (released || !folder_has(file->sha256))
		return error_set(c->err, ERR_file_removing, NULL, NULL);
	return store_file_insert(c, file);
}

bool file_get(struct call *c, const char *sha256, bool *found, struct file *out)
{
	return store_file_get(c, sha256, found, out);
}

/*
 * Damage is found while reading, where no event can be written: what was found
 * waits here for file_damage_take. Process-wide; once a room's share is full the
 * log line alone remains.
 */
struct damage {
	const char *room;
	id link;
};
static pthread_mutex_t damages_lock = PTHREAD_MUTEX_INITIALIZER;
enum { ROOMS_MAX = 8 };
static struct damage damages[FILE_DAMAGES_MAX * ROOMS_MAX];
static size_t damage_count;

void file_damage_note(const char *room, id link)
{
	size_t same = 0;
	bool known = false;

	pthread_mutex_lock(&damages_lock);
	for (size_t i = 0; i < damage_count; i++) {
		if (strcmp(damages[i].room, room) != 0)
			continue;
		same++;
		known = known || damages[i].link == link;
	}
	if (!known && same < FILE_DAMAGES_MAX && damage_count < sizeof(damages) / sizeof(damages[0]))
		damages[damage_count++] = (struct damage){ room, link };
	pthread_mutex_unlock(&damages_lock);
}

size_t file_damage_take(const char *room, id links[FILE_DAMAGES_MAX])
{
	size_t count = 0, kept = 0;

	pthread_mutex_lock(&damages_lock);
	for (size_t i = 0; i < damage_count; i++) {
		if (!strcmp(damages[i].room, room))
			links[count++] = damages[i].link;
		else
			damages[kept++] = damages[i];
	}
	damage_count = kept;
	pthread_mutex_unlock(&damages_lock);
	return count;
}

bool file_check_out(const char *room, id link, const struct file *file, struct error *err)
{
	if (file_verify(file->sha256, file->size) == FILE_GOOD)
		return true;
	LOG(LOG_ERROR, "file_damaged", LOG_TEXT("room", room), LOG_INT("link", link));
	file_damage_note(room, link);
	return error_set(err, ERR_file_damaged, NULL, NULL);
}
