/* Arbitrary bytes as a centre and its edges; see scenario_fuzz.h. */
#include "scenario_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    return fuzz_scenario(bytes, size, "anl");
}
