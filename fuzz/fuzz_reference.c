/*
 * References: BibTeX, RIS, CSL JSON, by what the text looks like. What is made of them is a section
 * of YAML that reads, with as many sources as there were references.
 */
#include "libfyaml.h"
#include "io/reference.h"
#include "tree_check.h"

static void read_as(fuzz_input *input, const char *name)
{
    ent_text text = {name, input->at, input->length};
    ent_sources_made list = {0};
    ent_work quiet = input->work;
    if (ent_read_references(&input->work, &text, &list) != ENT_OK) {
        return;
    }
    ent_buffer out = ent_buffer_init(input->work.arena, 0);
    const ent_node *root = NULL;
    ent_put_sources_made(&out, &list);
    ent_text section = {"sources.yaml", ent_buffer_text(&out), out.length};
    if (list.count == 0 || ent_read_yaml(&quiet, &section, &root) != ENT_OK ||
        ent_node_get(root, "sources")->count != list.count) {
        __builtin_trap();
    }
}

static ent_status one(void *argument)
{
    fuzz_input *input = argument;
    read_as(input, "refs.bib");
    read_as(input, "refs.ris");
    return ENT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    return fuzz_run(bytes, length, one);
}
