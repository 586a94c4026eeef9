#include "letter/letter_keep.h"

#include "base/arena.h"

static const char *const *keep_texts(struct arena *mem, const char *const *texts, size_t count)
{
	const char **kept = ARENA_ARRAY(mem, const char *, count);
	for (size_t i = 0; i < count; i++)
		kept[i] = arena_strdup(mem, texts[i]);
	return kept;
}

static const struct letter_reference *keep_references(struct arena *mem, const struct letter_reference *from, size_t count)
{
	struct letter_reference *kept = ARENA_ARRAY(mem, struct letter_reference, count);
	for (size_t i = 0; i < count; i++) {
		kept[i] = from[i];
		kept[i].number = arena_strdup(mem, from[i].number);
		kept[i].number_normal = arena_strdup(mem, from[i].number_normal);
		kept[i].type = arena_strdup(mem, from[i].type);
		kept[i].issuer = arena_strdup(mem, from[i].issuer);
		kept[i].title = arena_strdup(mem, from[i].title);
	}
	return kept;
}

static const struct letter_task *keep_tasks(struct arena *mem, const struct letter_task *from, size_t count)
{
	struct letter_task *kept = ARENA_ARRAY(mem, struct letter_task, count);
	for (size_t i = 0; i < count; i++) {
		kept[i] = from[i];
		kept[i].text = arena_strdup(mem, from[i].text);
		kept[i].lead = keep_texts(mem, from[i].lead, from[i].lead_count);
		kept[i].cooperating = keep_texts(mem, from[i].cooperating, from[i].cooperating_count);
		kept[i].product = arena_strdup(mem, from[i].product);
		kept[i].deadline.wording = arena_strdup(mem, from[i].deadline.wording);
		kept[i].recurrence.every = arena_strdup(mem, from[i].recurrence.every);
	}
	return kept;
}

void letter_keep(struct arena *mem, const struct letter_document *from, struct letter_document *to)
{
	*to = *from;
	to->issuer = arena_strdup(mem, from->issuer);
	to->superior = arena_strdup(mem, from->superior);
	to->number = arena_strdup(mem, from->number);
	to->number_normal = arena_strdup(mem, from->number_normal);
	to->type = arena_strdup(mem, from->type);
	to->place = arena_strdup(mem, from->place);
	to->subject = arena_strdup(mem, from->subject);
	to->addressees = keep_texts(mem, from->addressees, from->addressee_count);
	to->references = keep_references(mem, from->references, from->reference_count);
	to->signer.prefix = arena_strdup(mem, from->signer.prefix);
	to->signer.position = arena_strdup(mem, from->signer.position);
	to->signer.name = arena_strdup(mem, from->signer.name);
	to->recipients = keep_texts(mem, from->recipients, from->recipient_count);
	to->tasks = keep_tasks(mem, from->tasks, from->task_count);
}
