/* Arbitrary bytes as XML: the tree has no more levels than allowed and its places ascend. */
#include "harness.h"

#include "io/node.h"
#include "io/xml.h"

static void check(const ent_xml *e, int depth, ent_pos *last)
{
    if (depth > ENT_NODE_DEPTH || e->pos.line < last->line ||
        (e->pos.line == last->line && e->pos.column <= last->column)) {
        abort();
    }
    *last = e->pos;
    for (const ent_xml *child = e->first; child != NULL; child = child->next) {
        check(child, depth + 1, last);
    }
}

static ent_status body(void *argument)
{
    fuzz_input *r = argument;
    const ent_text text = {"fuzz.xml", r->at, r->length};
    const ent_xml *root = NULL;
    ent_pos last = {0};
    (void)ent_xml_root_tag(r->work.arena, &text);
    ent_status status = ent_read_xml(&r->work, &text, &root);
    if (status == ENT_OK) {
        check(root, 1, &last);
    } else if (ent_diags_count_of(r->work.diags, ENT_ERROR) == 0) {
        abort();
    }
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    (void)fuzz_once(bytes, size, NULL, body);
    return 0;
}
