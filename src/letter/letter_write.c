#include "base/civil.h"
#include "base/json.h"
#include "letter/letter.h"

static void write_texts(struct json *json, const char *key, const char *const *texts, size_t count)
{
	json_array(json, key);
	for (size_t i = 0; i < count; i++)
		json_text(json, NULL, texts[i]);
	json_end(json);
}

static void write_date(struct json *json, const char *key, struct civil_date date)
{
	char text[CIVIL_TEXT_MAX];
	json_text(json, key, date.year ? civil_format_date(date, text) : NULL);
}

static void write_month(struct json *json, const char *key, period month)
{
	char text[PERIOD_TEXT_MAX];
	json_text(json, key, month ? period_format(month, text) : NULL);
}

static void write_span(struct json *json, struct letter_span span)
{
	json_object(json, "source");
	json_int(json, "start", (int64_t)span.start);
	json_int(json, "end", (int64_t)span.end);
	json_end(json);
}

static void write_reference(struct json *json, const struct letter_reference *reference)
{
	json_object(json, NULL);
	json_text(json, "number", reference->number);
	json_text(json, "number_normal", reference->number_normal);
	json_text(json, "type", reference->type);
	json_text(json, "issuer", reference->issuer);
	write_date(json, "date", reference->date);
	json_text(json, "title", reference->title);
	write_span(json, reference->source);
	json_end(json);
}

static void write_deadline(struct json *json, const struct letter_deadline *deadline)
{
	static const char *const kinds[] = {
		[LETTER_NO_DEADLINE] = "none", [LETTER_INSTANT] = "instant", [LETTER_QUARTER] = "quarter",
		[LETTER_SOONEST] = "soonest",
	};
	json_object(json, "deadline");
	json_text(json, "wording", deadline->wording);
	json_instant(json, "before", deadline->known ? deadline->before : 0);
	json_text(json, "kind", kinds[deadline->kind]);
	json_end(json);
}

static void write_recurrence(struct json *json, const struct letter_recurrence *recurrence)
{
	if (!recurrence->every) {
		json_null(json, "recurrence");
		return;
	}
	json_object(json, "recurrence");
	json_text(json, "every", recurrence->every);
	if (recurrence->day)
		json_int(json, "day", recurrence->day);
	else
		json_null(json, "day");
	write_month(json, "from", recurrence->from);
	json_end(json);
}

static void write_task(struct json *json, const struct letter_task *task)
{
	json_object(json, NULL);
	json_text(json, "text", task->text);
	write_texts(json, "lead", task->lead, task->lead_count);
	write_texts(json, "cooperating", task->cooperating, task->cooperating_count);
	json_text(json, "product", task->product);
	write_deadline(json, &task->deadline);
	write_recurrence(json, &task->recurrence);
	write_span(json, task->source);
	json_end(json);
}

void letter_document_write(struct json *json, const char *key, const struct letter_document *document)
{
	json_object(json, key);
	json_text(json, "issuer", document->issuer);
	json_text(json, "superior", document->superior);
	json_text(json, "number", document->number);
	json_text(json, "number_normal", document->number_normal);
	json_text(json, "type", document->type);
	json_text(json, "place", document->place);
	write_date(json, "date", document->date);
	write_month(json, "month", document->month);
	json_text(json, "subject", document->subject);
	write_texts(json, "addressees", document->addressees, document->addressee_count);
	json_array(json, "references");
	for (size_t i = 0; i < document->reference_count; i++)
		write_reference(json, &document->references[i]);
	json_end(json);
	json_object(json, "signer");
	json_text(json, "prefix", document->signer.prefix);
	json_text(json, "position", document->signer.position);
	json_text(json, "name", document->signer.name);
	json_end(json);
	write_texts(json, "recipients", document->recipients, document->recipient_count);
	json_array(json, "tasks");
	for (size_t i = 0; i < document->task_count; i++)
		write_task(json, &document->tasks[i]);
	json_end(json);
	write_span(json, document->source);
	json_end(json);
}
