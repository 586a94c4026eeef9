#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "db/db_driver.h"
#include "db/sqlite_handle.h"

/*
 * One step copies all pages under one read transaction: the copy is of one
 * moment, and the writer goes on meanwhile (WAL).
 */
static bool copy(sqlite3 *from, sqlite3 *to, struct error *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	int code;

	if (!backup)
		return error_internal(err, "backup: %s", sqlite3_errmsg(to));
	do {
		code = sqlite3_backup_step(backup, -1);
		if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
			sqlite3_sleep(20);
	} while (code == SQLITE_BUSY || code == SQLITE_LOCKED);
	code = sqlite3_backup_finish(backup);
	if (code == SQLITE_OK)
		return true;
	error_set(err, ERR_backup_failed, NULL, sqlite3_errstr(code), NULL);
	return false;
}

bool sqlite_backup(const char *from, const char *to, struct error *err)
{
	sqlite3 *source = NULL, *target = NULL;
	int file = open(to, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok = false;

	if (file < 0)
		return error_set(err, ERR_backup_failed, NULL, strerror(errno), NULL);
	close(file);
	if (sqlite3_open_v2(from, &source, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		error_internal(err, "backup: %s", sqlite3_errmsg(source));
	else if (sqlite3_open_v2(to, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		error_internal(err, "backup: %s", sqlite3_errmsg(target));
	else
		ok = copy(source, target, err);
	sqlite3_close(target);
	sqlite3_close(source);
	if (!ok)
		unlink(to);
	return ok;
}
