#ifndef TASK_TASK_CALENDAR_API_H
#define TASK_TASK_CALENDAR_API_H

#include "http/http.h"

extern const struct route_table task_calendar_routes;

#endif
