#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include <stdbool.h>
#include <stdio.h>

struct error;
struct store;

/*
 * The demonstration: the country's units, the report of Resolution 57 assigned by the
 * centre to the provinces and by Dak Lak to its departments and communes, a year of
 * figures, and the evening of 16 May 2026 in progress. Everything is done by the actions
 * people use, as the people and at the times of the story; the figures are made by a rule,
 * and the same every time.
 *
 * `small`: three periods, six units of Dak Lak, the same named accounts: for tests.
 * Keys must be set (account_key_set, audit_key_set) and the evidence folder. The accounts are told
 * on `out`. The store must be empty: a second time fails.
 */
struct demo_options {
	struct store *store;
	bool small;
};
bool demo_make(const struct demo_options *options, FILE *out, struct error *err);

#endif
