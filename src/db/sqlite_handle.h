#ifndef DB_SQLITE_HANDLE_H
#define DB_SQLITE_HANDLE_H

#include <sqlite3.h>

struct db;

/* Shared by the sqlite*.c files: how long a locked database is waited for, and the library's connection. */
enum { SQLITE_WAIT_MS = 5000 };

sqlite3 *sqlite_handle(struct db *db);

#endif
