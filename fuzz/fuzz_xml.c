/* Arbitrary bytes as XML: the tree has no more levels than allowed and its places ascend. */
#include "io/node.h"
#include "io/xml.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

typedef struct run {
    ent_work work;
    ent_text text;
} run;

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
    run *r = argument;
    const ent_xml *root = NULL;
    ent_pos last = {0};
    (void)ent_xml_root_tag(r->work.arena, &r->text);
    ent_status status = ent_read_xml(&r->work, &r->text, &root);
    if (status == ENT_OK) {
        check(root, 1, &last);
    } else if (ent_diags_count_of(r->work.diags, ENT_ERROR) == 0) {
        abort();
    }
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    run r = {.work = {.arena = ent_arena_create(NULL), .diags = ent_diags_create(), .threads = 1}};
    char *copy = malloc(size + 1);
    if (copy != NULL) {
        for (size_t i = 0; i < size; i++) {
            copy[i] = (char)bytes[i];
        }
        copy[size] = '\0';
        r.text = (ent_text){"fuzz.xml", copy, size};
        (void)ent_protect(r.work.arena, body, &r);
    }
    ent_arena_destroy(r.work.arena);
    ent_diags_destroy(r.work.diags);
    free(copy);
    return 0;
}
