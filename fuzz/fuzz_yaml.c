/* The YAML reader: whatever the bytes, it ends in a tree that keeps its promises, or in errors. */
#include "libfyaml.h"
#include "tree_check.h"

static ent_status one(void *argument)
{
    fuzz_input *input = argument;
    const ent_node *root = NULL;
    ent_text text = {"fuzz.yaml", input->at, input->length};
    if (ent_read_yaml(&input->work, &text, &root) == ENT_OK) {
        check_tree(root, 0);
    } else if (ent_diags_count(input->work.diags) == 0) {
        __builtin_trap();
    }
    return ENT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    return fuzz_run(bytes, length, one);
}
