/*
 * The merge of three texts: what comes of it, read again, says what it should, whichever way its
 * conflicts are settled; a side that changed nothing gets the other's text. The input is three
 * texts with a line of `%%%` between them.
 */
#include "libfyaml.h"
#include "io/merge.h"
#include "tree_check.h"

static ent_text part(const fuzz_input *input, size_t *at)
{
    const char *from = input->at + *at;
    size_t left = input->length - *at;
    size_t length = 0;
    while (length < left && (length + 4 > left || memcmp(from + length, "%%%\n", 4) != 0)) {
        length++;
    }
    *at += length < left ? length + 4 : length;
    return (ent_text){"part.yaml", ent_copy_text(input->work.arena, from, length), length};
}

static void expect(fuzz_input *input, const ent_text *a, const ent_text *b, const ent_text *want,
                   const ent_text *base)
{
    ent_merge_result merge;
    ent_buffer out = ent_buffer_init(input->work.arena, 0);
    if (ent_merge_texts(&input->work, base, a, b, &out, &merge) == ENT_OK &&
        (out.length != want->length ||
         memcmp(ent_buffer_text(&out), want->at, want->length) != 0 || merge.count > 0)) {
        __builtin_trap();
    }
}

static ent_status one(void *argument)
{
    fuzz_input *input = argument;
    size_t at = 0;
    ent_text base = part(input, &at);
    ent_text a = part(input, &at);
    ent_text b = part(input, &at);
    ent_buffer out = ent_buffer_init(input->work.arena, 0);
    ent_merge_result merge;
    ent_status status = ent_merge_texts(&input->work, &base, &a, &b, &out, &merge);
    if (merge.failed) {
        __builtin_trap();
    }
    if (status == ENT_OK) {
        ent_text merged = {"merged", ent_buffer_text(&out), out.length};
        if ((ent_merge_mark(&merged).line > 0) != (merge.count > 0)) {
            __builtin_trap();
        }
        if (base.length < 3 || memcmp(base.at, "\xEF\xBB\xBF", 3) != 0) {
            expect(input, &base, &a, &a, &base);
        }
    }
    return ENT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    return fuzz_run(bytes, length, one);
}
