/* Arbitrary bytes as a NegoLog scenario; see scenario_fuzz.h. */
#include "scenario_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    return fuzz_scenario(bytes, size, "json");
}
