#ifndef TASK_TASK_SHEET_API_H
#define TASK_TASK_SHEET_API_H

#include "http/http.h"

extern const struct route_table task_sheet_routes;

#endif
