#ifndef EVIDENCE_ACTIONS_H
#define EVIDENCE_ACTIONS_H

#include "evidence/evidence.h"
#include "evidence/evidence_store.h"

struct file;
struct submission;

/* The room's actions, for its routes. */

enum { EVIDENCE_FILES_MAX = 200 };

/* Whether a file may be added by the caller now to that cell (0: to the whole); name and number of files too.
 */
bool evidence_may_add(struct call *c, id submission_id, id indicator_id, const char *name,
		      struct submission *s);

/* What of a link is its file's. */
void evidence_file_set(struct evidence *evidence, const struct file *file);
struct file evidence_file(const struct evidence *evidence);

/* Links a file that is in the folder already. `evidence` says name, type, hash, size, submission and indicator.
 */
bool evidence_add(struct call *c, const struct evidence *evidence, struct evidence *out);

bool evidence_remove(struct call *c, id evidence_id);
bool evidence_restore(struct call *c, id evidence_id, struct evidence *out);

/* A file the caller may read, with its bytes checked; file_damaged is kept for evidence_tell_damage. */
bool evidence_open(struct call *c, id evidence_id, struct evidence *out);

#endif
