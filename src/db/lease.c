#include "db/lease.h"

#include <pthread.h>

#include "base/crypto.h"
#include "db/db.h"

/* Process-wide: the name this process goes by, unlike any other. */
static pthread_once_t holder_once = PTHREAD_ONCE_INIT;
static char holder[TOKEN_TEXT_MAX];

static void name_holder(void)
{
	crypto_init();
	token_new(holder);
}

bool lease_take(struct call *c, const char *name, int64_t ms, bool *held)
{
	pthread_once(&holder_once, name_holder);
	int64_t changed = 0;
	/* A lease that ends later than any could is of a clock since set back. */
	if (!db_exec_count(c,
			   "INSERT INTO lease (name, holder, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE "
			   "SET holder = excluded.holder, until = excluded.until "
			   "WHERE lease.holder = excluded.holder OR lease.until <= $4 OR lease.until > $5",
			   DB_ARGS(db_text(name), db_text(holder), db_int(c->now + ms), db_int(c->now),
				   db_int(c->now + 2 * ms)),
			   &changed))
		return false;
	*held = changed > 0;
	return true;
}
