#ifndef TASK_TASK_FIGURES_API_H
#define TASK_TASK_FIGURES_API_H

#include "http/http.h"

extern const struct route_table task_figures_routes;

#endif
