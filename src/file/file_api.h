#ifndef FILE_API_H
#define FILE_API_H

#include "file/file.h"
#include "http/http.h"

/*
 * The upload of a ROUTE_UPLOAD | ROUTE_SLOW request, for its `prepare`: name
 * and type checked, the bytes in the folder and on the disk. First ask whether the caller may.
 */
bool file_from_upload(struct request *r, struct file *out);

/* Whether there is anything to take and its name is fit, without taking it: what to ask before the right to add. */
bool file_upload_check(struct request *r);

/* Sends a content that file_check_out found good. */
bool file_reply(struct request *r, const struct file *file);

#endif
