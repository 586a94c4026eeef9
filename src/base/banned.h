#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/*
 * Functions that are easy to use wrongly do not compile. The build includes
 * this file before every other, so the headers that declare them come first.
 */
#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* No bound, or a bound that leaves the end open: memcpy with a known length, arena_strdup, struct buf. */
#undef strcpy
#define strcpy(...) strcpy_is_banned
#undef strcat
#define strcat(...) strcat_is_banned
#undef strncpy
#define strncpy(...) strncpy_is_banned
#undef strncat
#define strncat(...) strncat_is_banned
#undef stpcpy
#define stpcpy(...) stpcpy_is_banned
#undef sprintf
#define sprintf(...) sprintf_is_banned
#undef vsprintf
#define vsprintf(...) vsprintf_is_banned
#undef gets
#define gets(...) gets_is_banned
#undef alloca
#define alloca(...) alloca_is_banned

/* Silent on bad input: text_to_int, decimal_parse. */
#undef atoi
#define atoi(...) atoi_is_banned
#undef atol
#define atol(...) atol_is_banned
#undef atoll
#define atoll(...) atoll_is_banned
#undef atof
#define atof(...) atof_is_banned

/* Shared state, the machine's time zone: base/civil.h. */
#undef strtok
#define strtok(...) strtok_is_banned
#undef localtime
#define localtime(...) localtime_is_banned
#undef gmtime
#define gmtime(...) gmtime_is_banned
#undef ctime
#define ctime(...) ctime_is_banned
#undef asctime
#define asctime(...) asctime_is_banned

/* Predictable: token_new, id_next. */
#undef rand
#define rand(...) rand_is_banned
#undef srand
#define srand(...) srand_is_banned
#undef tmpnam
#define tmpnam(...) tmpnam_is_banned
#undef mktemp
#define mktemp(...) mktemp_is_banned

/* A shell between us and a program. */
#undef system
#define system(...) system_is_banned
#undef popen
#define popen(...) popen_is_banned

#endif
