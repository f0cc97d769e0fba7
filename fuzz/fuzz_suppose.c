/*
 * Arbitrary text as a supposition about a small case: it is refused with a message, or its claim is
 * one that the case's own decoder could have made.
 */
#include "harness.h"

#include "io/case.h"
#include "record/suppose.h"

static const char yaml[] = "entente: 1\n"
                           "title: A fence\n"
                           "parties: {ana: {}, bo: {}}\n"
                           "issues:\n"
                           "  fence: {by: bo, for: ana, options: [old, wire, boards]}\n"
                           "  tools: {by: ana, for: bo, items: [saw, axe]}\n"
                           "  share: {by: ana, for: bo, range: {from: 0, to: 100, step: 25}}\n"
                           "packages: {draft: {fence: wire, share: 25}}\n";

static void check_package(const ent_case *c, const ent_package *package)
{
    for (size_t i = 0; i < package->count; i++) {
        const ent_choice *choice = &package->choices[i];
        if (choice->issue >= c->space.issue_count ||
            choice->level >= c->space.issues[choice->issue].levels) {
            abort();
        }
    }
}

static ent_status run(void *argument)
{
    fuzz_input *j = argument;
    ent_text text = {"fuzz.yaml", yaml, sizeof yaml - 1};
    ent_case *c = NULL;
    const ent_case *with = NULL;
    if (ent_read_case(&j->work, NULL, &text, "", &c) != ENT_OK) {
        abort();
    }
    const char *const texts[] = {j->at};
    ent_status status = ent_read_suppositions(&j->work, c, texts, 1, &with);
    if ((status == ENT_OK) == (ent_diags_count_of(j->work.diags, ENT_ERROR) > 0)) {
        abort();
    }
    if (status == ENT_OK) {
        const ent_statement *added = &with->statements[c->statement_count];
        const ent_claim *claim = &added->claims[0];
        if (!ent_is_supposed(added) || claim->party >= c->party_count) {
            abort();
        }
        check_package(c, &claim->package);
        check_package(c, &claim->other);
    }
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    (void)fuzz_once(bytes, size, NULL, run);
    return 0;
}
