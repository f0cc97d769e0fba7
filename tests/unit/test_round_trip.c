/* What is written reads back equal: the example cases, and random ones with every verb and key. */
#include "unit.h"

#include "base/random.h"
#include "io/case.h"

#include <stdlib.h>

static ent_case *read_text(ent_work *work, const char *name, const char *yaml)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    *text = (ent_text){name, yaml, strlen(yaml)};
    ent_case *c = NULL;
    ent_status status = ent_read_case(work, NULL, text, "", &c);
    for (size_t i = 0; status != ENT_OK && i < ent_diags_count(work->diags); i++) {
        print_message("%s\n%s\n", ent_diags_get(work->diags, i)->message, yaml);
    }
    assert_int_equal(status, ENT_OK);
    return c;
}

/* ---- Equality, positions and bytes aside -------------------------------------------------- */

static void same_text(const char *a, const char *b)
{
    assert_int_equal(a == NULL, b == NULL);
    if (a != NULL) {
        assert_string_equal(a, b);
    }
}

static void same_interval(ent_interval a, ent_interval b)
{
    assert_true(a.low == b.low || (isnan(a.low) && isnan(b.low)));
    assert_true(a.high == b.high || (isnan(a.high) && isnan(b.high)));
}

static void same_package(const ent_package *a, const ent_package *b)
{
    same_text(a->name, b->name);
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->choices[i].issue, b->choices[i].issue);
        assert_true(a->choices[i].level == b->choices[i].level);
    }
}

static void same_claim(const ent_case *c, const ent_claim *a, const ent_claim *b)
{
    assert_int_equal(a->party, b->party);
    assert_int_equal(a->verb, b->verb);
    same_package(&a->package, &b->package);
    same_package(&a->other, &b->other);
    assert_int_equal(a->open == NULL, b->open == NULL);
    for (uint32_t i = 0; a->open != NULL && i < c->space.issue_count; i++) {
        assert_int_equal(a->open[i], b->open[i]);
    }
    assert_int_equal(a->ranked_count, b->ranked_count);
    for (size_t i = 0; i < a->ranked_count; i++) {
        assert_int_equal(a->ranked[i], b->ranked[i]);
    }
    assert_int_equal(a->weight_count, b->weight_count);
    for (size_t i = 0; i < a->weight_count; i++) {
        assert_int_equal(a->weights[i].issue, b->weights[i].issue);
        same_interval(a->weights[i].value, b->weights[i].value);
    }
    same_interval(a->interval, b->interval);
    assert_int_equal(a->trusted, b->trusted);
}

static void same_period(ent_period a, ent_period b)
{
    assert_true(a.first == b.first && a.last == b.last);
}

static void same_statement(const ent_case *c, const ent_statement *a, const ent_statement *b)
{
    same_text(a->id, b->id);
    assert_true(a->assumption == b->assumption && a->person == b->person && a->side == b->side);
    same_text(a->date, b->date);
    same_text(a->about, b->about);
    same_period(a->said, b->said);
    same_period(a->meant, b->meant);
    assert_int_equal(a->date_inferred, b->date_inferred);
    assert_int_equal(a->supersedes_count, b->supersedes_count);
    for (size_t i = 0; i < a->supersedes_count; i++) {
        assert_int_equal(a->supersedes[i], b->supersedes[i]);
    }
    assert_true(a->source == b->source && a->kind == b->kind);
    same_text(a->words, b->words);
    same_text(a->via, b->via);
    same_text(a->because, b->because);
    same_text(a->name, b->name);
    assert_int_equal(a->credibility, b->credibility);
    assert_int_equal(a->claim_count, b->claim_count);
    for (size_t i = 0; i < a->claim_count; i++) {
        same_claim(c, &a->claims[i], &b->claims[i]);
    }
}

static void same_account(const ent_account_def *a, const ent_account_def *b)
{
    same_text(a->id, b->id);
    same_text(a->name, b->name);
    assert_int_equal(a->only, b->only);
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->believes[i].party, b->believes[i].party);
        assert_int_equal(a->believes[i].statement, b->believes[i].statement);
    }
}

static void same_issue(const ent_case *c, const ent_issue *a, const ent_issue *b)
{
    same_text(a->id, b->id);
    same_text(a->name, b->name);
    same_text(a->unit, b->unit);
    assert_true(a->kind == b->kind && a->levels == b->levels && a->parts == b->parts);
    for (uint32_t i = 0; i < a->parts; i++) {
        same_text(a->part_ids[i], b->part_ids[i]);
        same_text(a->part_names[i], b->part_names[i]);
    }
    for (uint32_t p = 0; p < c->party_count; p++) {
        assert_int_equal(a->sign[p], b->sign[p]);
        assert_int_equal(ent_gives(a, p), ent_gives(b, p));
    }
    assert_int_equal(a->size_count, b->size_count);
}

static void same_case(const ent_case *a, const ent_case *b)
{
    same_text(a->title, b->title);
    same_text(a->summary, b->summary);
    same_text(a->as_of, b->as_of);
    assert_int_equal(a->party_count, b->party_count);
    assert_int_equal(a->space.issue_count, b->space.issue_count);
    assert_int_equal(a->package_count, b->package_count);
    assert_int_equal(a->statement_count, b->statement_count);
    assert_int_equal(a->account_count, b->account_count);
    for (uint32_t p = 0; p < a->party_count; p++) {
        same_text(a->parties[p].id, b->parties[p].id);
        same_text(a->parties[p].name, b->parties[p].name);
        same_interval(a->parties[p].reservation, b->parties[p].reservation);
    }
    for (uint32_t i = 0; i < a->space.issue_count; i++) {
        same_issue(a, &a->space.issues[i], &b->space.issues[i]);
    }
    for (size_t i = 0; i < a->package_count; i++) {
        same_package(&a->packages[i], &b->packages[i]);
    }
    for (uint32_t i = 0; i < a->statement_count; i++) {
        same_statement(a, &a->statements[i], &b->statements[i]);
    }
    for (size_t i = 0; i < a->account_count; i++) {
        same_account(&a->accounts[i], &b->accounts[i]);
    }
}

static void assert_reads_back(ent_work *work, const ent_case *c)
{
    ent_buffer out = ent_buffer_init(work->arena, 0);
    ent_put_case(&out, c);
    same_case(c, read_text(work, "written.yaml", ent_buffer_text(&out)));
}

/* ---- Examples ----------------------------------------------------------------------------- */

UNIT(the_examples_read_back)
{
    static const char *const names[] = {"camp-david", "hanoi", "labour", "reservoir"};
    const char *source = getenv("ENTENTE_SOURCE");
    assert_non_null(source);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ent_text text;
        const char *path = ent_format(work->arena, "%s/examples/%s.yaml", source, names[i]);
        assert_int_equal(ent_disk.read(ent_disk.user, work, path, 1 << 20, &text), ENT_OK);
        assert_reads_back(work, read_text(work, names[i], ent_copy_text(work->arena, text.at,
                                                                        text.length)));
    }
}

/* ---- Random cases ------------------------------------------------------------------------- */

static const char head[] =
    "entente: 1\n"
    "title: At random\n"
    "parties: {ana: {}, bo: {reservation: [0, 0.5]}, eve: {role: observer}}\n"
    "people: {kim: {for: ana}, lee: {for: bo}, max: {}}\n"
    "issues:\n"
    "  fence: {by: bo, for: ana, options: [old, wire, boards]}\n"
    "  tools: {by: ana, for: bo, items: [saw, axe, rope]}\n"
    "  share: {by: ana, for: bo, range: {from: 0, to: 1, step: 0.1}}\n"
    "  hedge: {by: bo, for: ana, options: [high, low]}\n"
    "packages: {draft: {fence: wire, share: 0.3}}\n";

enum { FENCE = 1, TOOLS = 2, SHARE = 4, HEDGE = 8 };

/* A package of the issues in the mask, flow form. */
static void put_package(ent_buffer *b, ent_stream *s, unsigned mask)
{
    static const char *const tools[] = {"none", "all", "[saw, rope]", "axe"};
    const char *link = "{";
    if (mask & FENCE) {
        ent_putf(b, "%sfence: %s", link, ent_draw_below(s, 2) ? "wire" : "boards");
        link = ", ";
    }
    if (mask & TOOLS) {
        ent_putf(b, "%stools: %s", link, tools[ent_draw_below(s, 4)]);
        link = ", ";
    }
    if (mask & SHARE) {
        ent_putf(b, "%sshare: 0.%u", link, 1 + ent_draw_below(s, 9));
        link = ", ";
    }
    if (mask & HEDGE) {
        ent_putf(b, "%shedge: low", link);
        link = ", ";
    }
    ent_put(b, *link == '{' ? "{}" : "}");
}

/* Of the issues that the claim does not name: `open`, some of them, or nothing. */
static void put_rest(ent_buffer *b, ent_stream *s, unsigned named)
{
    static const char *const ids[] = {"fence", "tools", "share", "hedge"};
    unsigned open = ent_draw_below(s, 16) & ~named;
    uint32_t way = ent_draw_below(s, 3);
    if (way == 0) {
        ent_put(b, ", rest: open");
    } else if (way == 1 && open != 0) {
        const char *link = ", rest: [";
        for (unsigned i = 0; i < 4; i++) {
            if (open >> i & 1) {
                ent_putf(b, "%s%s", link, ids[i]);
                link = ", ";
            }
        }
        ent_put_char(b, ']');
    }
}

static void put_package_claim(ent_buffer *b, ent_stream *s, const ent_verb_record *verb, bool ana)
{
    unsigned given = ana ? TOOLS | SHARE : FENCE | HEDGE;
    unsigned mask = ent_draw_below(s, 16);
    if (verb->line != ENT_LINE_NONE) { /* on the side that it may be about, off the status quo */
        put_package(b, s, verb->line == ENT_LINE_REQUIRES ? (ana ? FENCE : SHARE)
                          : ana                           ? SHARE
                                                          : FENCE);
        return;
    }
    if (ent_draw_below(s, 5) == 0) {
        ent_put(b, "draft");
        mask = FENCE | SHARE;
    } else {
        put_package(b, s, mask);
    }
    unsigned other = ent_draw_below(s, 16) & ~mask & (given | ent_draw_below(s, 16));
    if (verb->partner[0] != '\0' && (verb->partner_needed == ENT_YES || other != 0)) {
        ent_putf(b, ", %s: ", verb->partner);
        put_package(b, s, other);
        mask |= other;
    }
    if (verb->rest == ENT_YES) {
        put_rest(b, s, mask);
    }
}

static void put_claim(ent_buffer *b, ent_stream *s, const ent_verb_record *verb)
{
    bool ana = ent_draw_below(s, 2) == 0;
    ent_putf(b, "{party: %s, %s: ", ana ? "ana" : "bo", verb->name);
    switch (verb->object) {
    case ENT_OBJECT_ISSUES:
        ent_put(b, ent_draw_below(s, 2) ? "[fence, share, hedge]" : "[tools, fence]");
        break;
    case ENT_OBJECT_WEIGHTS:
        ent_putf(b, "{fence: 0.%u, share: [0.1, 0.%u]}", ent_draw_below(s, 10),
                 1 + ent_draw_below(s, 9));
        break;
    case ENT_OBJECT_INTERVAL:
        ent_putf(b, "[-0.%u, 0.5]", ent_draw_below(s, 10));
        break;
    case ENT_OBJECT_PARTY:
        ent_putf(b, "%s, at: 0.%u", ana ? "bo" : "ana", ent_draw_below(s, 10));
        break;
    case ENT_OBJECT_PACKAGE:
    case ENT_OBJECT_COUNT:
        put_package_claim(b, s, verb, ana);
        break;
    }
    ent_put_char(b, '}');
}

static void put_statement(ent_buffer *b, ent_stream *s, uint32_t i, uint32_t *last)
{
    static const char *const by[] = {"kim", "bo", "lee", "max"};
    uint32_t who = ent_draw_below(s, 4);
    ent_putf(b, "  - {id: s%u, by: %s, date: 2024-%02u", i, by[who], 1 + i);
    if (ent_draw_below(s, 3) == 0) {
        ent_put(b, ent_draw_below(s, 2) ? ", about: 2023" : ", about: \"2023-05-01T10:00Z\"");
    }
    uint32_t grade = ent_draw_below(s, 7);
    if (grade > 0) {
        ent_putf(b, ", credibility: %u", grade);
    }
    ent_put(b, ent_draw_below(s, 3) == 0 ? ", date-basis: inferred" : "");
    if (last[who] != UINT32_MAX && ent_draw_below(s, 2) == 0) {
        ent_putf(b, ", supersedes: %ss%u%s", i % 2 ? "[" : "", last[who], i % 2 ? "]" : "");
    }
    last[who] = i;
    ent_putf(b, ", reported: \"Word %u: so\"", i);
    uint32_t claims = ent_draw_below(s, 4);
    for (uint32_t k = 0; k < claims; k++) {
        ent_put(b, k == 0 ? ", claims: [" : ", ");
        put_claim(b, s, &ent_verbs[ent_draw_below(s, ENT_VERB_COUNT)]);
    }
    ent_put(b, claims > 0 ? "]}\n" : "}\n");
}

static const char *random_case(ent_work *work, uint64_t seed)
{
    ent_stream s = ent_stream_of(seed, 0, 0);
    ent_buffer b = ent_buffer_init(work->arena, 0);
    uint32_t last[] = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
    ent_put(&b, head);
    ent_put(&b, "assumptions:\n  - {id: guess, because: So it is, name: A guess, claims: [");
    put_claim(&b, &s, &ent_verbs[seed % ENT_VERB_COUNT]); /* each verb has its turn */
    ent_put(&b, "]}\nstatements:\n");
    uint32_t count = 1 + ent_draw_below(&s, 10);
    for (uint32_t i = 0; i < count; i++) {
        put_statement(&b, &s, i, last);
    }
    ent_putf(&b, "accounts:\n  hers: {believes: [ana, s0, guess]%s}\n  his: {believes: [bo]}\n",
             ent_draw_below(&s, 2) ? ", only: true" : "");
    return ent_buffer_text(&b);
}

UNIT(random_cases_read_back)
{
    for (uint64_t seed = 0; seed < 20 * ENT_VERB_COUNT; seed++) {
        ent_diags_clear(work->diags);
        assert_reads_back(work, read_text(work, "random.yaml", random_case(work, seed)));
    }
}

/* The keys that are easily lost are written at all, so that equality says something. */
UNIT(no_key_is_lost)
{
    static const char rest[] =
        "statements:\n"
        "  - {id: a, by: kim, date: 2024-01, reported: So, credibility: 5}\n"
        "  - {id: b, by: kim, date: 2024-02, about: 2023, supersedes: a, reported: So, claims: [\n"
        "     {party: ana, offers: {share: 0.5}, for: {fence: wire}, rest: [tools]},\n"
        "     {party: ana, accepts: {share: 0.5}, rest: open},\n"
        "     {party: ana, accepts: {fence: wire, tools: saw, share: 0.5, hedge: low},\n"
        "      rest: open},\n"
        "     {party: ana, never: {tools: all}}, {party: ana, requires: {hedge: low}}]}\n"
        "accounts: {hers: {believes: [b], only: true}}\n";
    ent_case *c = read_text(work, "keys.yaml", ent_format(work->arena, "%s%s", head, rest));
    ent_buffer out = ent_buffer_init(work->arena, 0);
    ent_put_case(&out, c);
    const char *text = ent_buffer_text(&out);
    assert_non_null(strstr(text, "credibility: 5\n"));
    assert_non_null(strstr(text, "about: 2023\n"));
    assert_non_null(strstr(text, "supersedes: [a]\n"));
    assert_non_null(strstr(text, "for: {fence: wire}, rest: [tools]}"));
    assert_non_null(strstr(text, "accepts: {share: 0.5}, rest: open}"));
    assert_non_null(strstr(text, "hedge: low}}\n")); /* nothing was left to open */
    assert_non_null(strstr(text, "never: {tools: [saw, axe, rope]}}"));
    assert_non_null(strstr(text, "requires: {hedge: low}}"));
    assert_non_null(strstr(text, "only: true}\n"));
    assert_true(c->statements[1].claims[1].open[1] && !c->statements[1].claims[1].open[2]);
    assert_null(c->statements[1].claims[2].open);
    same_case(c, read_text(work, "written.yaml", text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_read_back),
        cmocka_unit_test(random_cases_read_back),
        cmocka_unit_test(no_key_is_lost),
    };
    return cmocka_run_group_tests_name("round trip", tests, NULL, NULL);
}
