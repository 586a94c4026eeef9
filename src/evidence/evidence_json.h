#ifndef EVIDENCE_JSON_H
#define EVIDENCE_JSON_H

#include "evidence/evidence.h"
#include "http/http.h"

struct people;

/* The Evidence object of the API. */
extern const struct shape evidence_shape;

/* `people` must know who added the file. */
void evidence_write(struct json *json, const char *key, const struct evidence *evidence,
		    const struct people *people);

#endif
