#ifndef CONFIG_H
#define CONFIG_H

#include <stdbool.h>

#include "base/civil.h"
#include "options.h"

/* How `theodoi serve` was told to run. Texts belong to the command line or the environment. */
struct config {
	const char *store;              /* URL; default: a SQLite file in the data folder */
	const char *data;               /* folder of what is no database: evidence, spool, keys */
	const char *key_file;           /* default: sealing.key in the data folder */
	const char *metrics_token_file; /* NULL: /metrics for loopback only */
	char address[64];               /* of --listen */
	int port;
	int threads;                    /* 0: as many as cores, at least 4 */
	int instance;                   /* 0 to 1023; -1: any */
	bool behind_tls, demo, test_clock, unlimited;
	instant now;                    /* of --now or --now-frozen; 0: the system's */
	bool frozen;
	char store_room[1024], key_room[1024], spool[1024];
};

enum options_result config_read(struct config *config, int argc, char **argv);

#endif
