#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* What each target defines: reads the input; crashing or hanging is the only failure. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
