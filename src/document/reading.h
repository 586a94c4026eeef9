#ifndef DOCUMENT_READING_H
#define DOCUMENT_READING_H

#include "document/document.h"
#include "file/file.h"

struct error;
struct store;

/*
 * A file dropped on the page, read into drafts of documents and tasks: its text
 * is taken by src/extract, understood by src/letter, and the units it names are
 * looked for. That takes from milliseconds to minutes (scans), so it happens on a
 * thread of its own; with several nodes one of them takes each reading.
 */
enum reading_state { READING_WAITING, READING_RUNNING, READING_DONE, READING_FAILED };
enum { READING_WAITING_MAX = 20 };

struct reading {
	id id, unit_id;
	const char *unit_path;
	struct file file;
	enum reading_state state;
	int pages_done, pages_total;
	bool from_picture;
	const char *problem;   /* code word of what failed; "" */
	const char *text;      /* reading_get only */
	const char *documents; /* JSON array; reading_get only */
	id document_id, file_id; /* of a document: its text alone is wanted */
	id created_by;
	instant created_at, accepted_at;
	int64_t version;
};

/* Right: DOCUMENT_MANAGE of the unit. Fails with reading_full when too many wait. */
bool reading_may_add(struct call *c, id unit_id);
bool reading_add(struct call *c, id unit_id, const struct file *file, struct reading *out);

/* Right: DOCUMENT_READ of the unit. */
bool reading_get(struct call *c, id reading_id, struct reading *out);

/*
 * What the registry has already that this reading seems to be once more: documents with the same file, or with the
 * number and the date of one that was read. Of a reading that reading_get gave.
 */
bool reading_known(struct call *c, const struct reading *reading, struct document_ref **out, size_t *count);

bool reading_list(struct call *c, id unit_id, id after, int limit, struct reading **out, size_t *count);
bool reading_remove(struct call *c, id reading_id);

/* What else names readings by their id; set once at start by the room above: called when one is forgotten. */
void reading_forgotten_set(bool (*forgotten)(struct call *c, id reading_id));

/* In the write that makes documents and tasks of it. Right: DOCUMENT_MANAGE. stale_version when `version` is another's; reading_accepted when it was. */
bool reading_accept(struct call *c, id reading_id, int64_t version, struct reading *out);

/* A document of it is too secret to be kept: nothing of the reading is either. In the write that accepted it. */
bool reading_withhold(struct call *c, const struct reading *reading);

/* The file of a reading becomes the first file of the document made from it, with its text. */
bool reading_file_to(struct call *c, const struct reading *reading, id document_id);

/* The thread that reads; `now`: the product's clock. Stop before the writer is stopped. */
struct reading_worker;
struct reading_worker *reading_worker_start(struct store *store, instant (*now)(void));
void reading_worker_stop(struct reading_worker *worker);

/* A new file is there to be read: wakes the thread of this process. */
void reading_wake(void);

const char *reading_state_word(enum reading_state state);

#endif
