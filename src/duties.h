#ifndef DUTIES_H
#define DUTIES_H

struct duty;
struct store;

/* A thread that runs each duty when its time has come, first soon after the start. */
struct duties;

struct duties *duties_start(struct store *store, const struct duty *table);
void duties_stop(struct duties *duties);

#endif
