#ifndef EVIDENCE_API_H
#define EVIDENCE_API_H

#include "http/http.h"

extern const struct route_table evidence_routes;

#endif
