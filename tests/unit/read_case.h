/* A case from a text in the test, and its analysis. */
#ifndef ENT_READ_CASE_H
#define ENT_READ_CASE_H

#include "unit.h"

#include "answers/analysis.h"
#include "io/case.h"

static inline ent_case *case_of(ent_work *work, const char *yaml)
{
    ent_text text = {"test.yaml", yaml, strlen(yaml)};
    ent_case *c = NULL;
    assert_int_equal(ent_read_case(work, NULL, &text, "", &c), ENT_OK);
    return c;
}

static inline ent_analysis *analysis_of(ent_work *work, const ent_case *c,
                                        const ent_settings *settings)
{
    ent_analysis *analysis = ent_alloc(work->arena, 1, ent_analysis);
    assert_int_equal(ent_analyse(work, c, settings, analysis), ENT_OK);
    return analysis;
}

/* Two sides and three things that they could give. */
#define SMALL_HEAD                                                                                 \
    "entente: 1\n"                                                                                 \
    "title: A test\n"                                                                              \
    "parties:\n"                                                                                   \
    "  north: {name: North, reservation: [0, 0.2]}\n"                                              \
    "  south: {name: South, reservation: [0, 0.2]}\n"                                              \
    "people:\n"                                                                                    \
    "  ann: {name: Ann, for: north}\n"                                                             \
    "  ben: {name: Ben, for: south}\n"                                                             \
    "issues:\n"                                                                                    \
    "  dam: {by: north, for: south, options: [kept, opened, removed]}\n"                           \
    "  toll: {by: north, for: south, options: [kept, halved]}\n"                                   \
    "  port: {by: south, for: north, options: [closed, shared, open]}\n"

/* A small dispute over three things that each side could give. */
static const char small_case[] =
    SMALL_HEAD
    "  fees: {by: south, for: north, items: [pilots, berths]}\n"
    "statements:\n"
    "  - id: ann-old\n"
    "    by: ann\n"
    "    date: 2020-01-01\n"
    "    claims: [{party: north, offers: {toll: halved}, for: {port: open}}]\n"
    "  - id: ann-new\n"
    "    by: ann\n"
    "    date: 2020-02-01\n"
    "    claims: [{party: north, offers: {dam: opened}, for: {port: shared}}]\n"
    "  - id: ann-no\n"
    "    by: ann\n"
    "    date: 2020-03-01\n"
    "    claims: [{party: north, refuses: {dam: removed, port: shared}}]\n"
    "  - id: ben-demand\n"
    "    by: ben\n"
    "    date: 2020-02-01\n"
    "    claims: [{party: south, demands: {dam: removed}, for: {port: shared}}]\n"
    "  - id: ben-on-north\n"
    "    by: ben\n"
    "    date: 2020-02-02\n"
    "    claims: [{party: north, accepts: {dam: removed, port: shared}}]\n"
    "  - id: ben-toll\n"
    "    by: ben\n"
    "    date: 2020-02-03\n"
    "    claims: [{party: south, ranks: [dam, toll]}]\n";

#endif
