#ifndef ROOMS_H
#define ROOMS_H

#include <stdbool.h>
#include <stddef.h>

#include "db/writer.h"

struct config;
struct error;
struct route_table;
struct store;

/* The rooms of the program, put together: what each gives to the server, ended by NULL. */
extern const struct route_table *const room_routes[];

/* Hands the store and each other's hooks to the rooms; before the server starts. */
bool rooms_start(struct store *store, const struct config *config, struct error *err);

/* What a room does from time to time by itself; ended by a NULL name. */
struct duty {
	const char *name;
	int every_s;
	write_action act;  /* run by the writer; or */
	bool (*job)(struct store *store, instant now, struct error *err); /* what mostly reads, and writes by itself */
};
extern const struct duty room_duties[];

#endif
