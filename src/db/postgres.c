#include "db/db_driver.h"
#include "base/error.h"
struct db *postgres_open(const char *url, enum db_role role, struct error *err)
{
	(void)role;
	error_internal(err, "%s", url);
	return 0;
}
