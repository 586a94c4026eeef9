#ifndef DOCUMENT_DOCUMENT_API_H
#define DOCUMENT_DOCUMENT_API_H

#include "http/http.h"

extern const struct route_table document_routes, reading_routes;

#endif
