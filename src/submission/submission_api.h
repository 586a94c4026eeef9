#ifndef SUBMISSION_API_H
#define SUBMISSION_API_H

#include "http/http.h"

extern const struct route_table submission_routes;

#endif
