#ifndef DEMO_DEMO_STORY_H
#define DEMO_DEMO_STORY_H

#include "assignment/assignment.h"
#include "demo/demo_documents.h"
#include "demo/demo_people.h"
#include "demo/demo_tasks.h"
#include "demo/demo_texts.h"

/* A unit that reports: its people, and its submission of the month at hand. */
struct demo_member {
	struct unit unit;
	unsigned level;
	const struct demo_person *entry, *approver;
	id submission_id;
	int64_t version;
	bool missing; /* has nothing approved this month */
};

struct demo_members {
	struct demo_member *at;
	size_t count;
};

/* What all months share. */
struct demo_story {
	struct demo_people people;
	struct demo_texts texts;
	struct arena *mem;
	id report_id, centre_assignment, province_assignment;
	struct demo_members provinces; /* the province whose story is told in full is the first */
	struct demo_members units;     /* its departments and communes */
	struct demo_documents documents;
	struct demo_tasks tasks;
	instant now;                   /* when the story stands still */
};

/* Lives through one month, up to story->now. A write action: `arg` is a struct demo_month. */
struct demo_month {
	struct demo_story *story;
	period period;
};
bool demo_month_live(struct call *c, void *arg);

#endif
